import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { flawsOfOpenMetrics, readPrometheus } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { gappedFacts, refusedLogs, reportOf, sickFacts, treasuryReport } from './sample-reports.ts'

const print = (report: Report) => reporters.openmetrics(report, { locale: 'en', useColor: false, width: 80 })
const account = '0x00000000000000000000000000000000000A11cE'

/** Samples of one metric: its labels and its value. */
function samplesOf(report: Report, name: string) {
  const family = readPrometheus(print(report)).find((each) => each.name === `wallet_checkup_${name}`)
  return (family?.metrics ?? []).map(({ labels = {}, value }) => [labels, value] as const)
}

describe('the metrics of several accounts', () => {
  test('keep to both formats, and say what they are', () => {
    const text = print(treasuryReport())
    expect(flawsOfOpenMetrics(text)).toEqual([])
    expect(readPrometheus(text).every(({ type }) => type === 'GAUGE')).toBe(true)
  })

  test('count findings by severity, suppressed ones left out, and of an incomplete account none that would be zero', () => {
    const ops = { account, chain: '1', label: 'ops' }
    expect(samplesOf(treasuryReport(), 'findings')).toEqual([
      [{ ...ops, severity: 'critical' }, '1'],
      [{ ...ops, severity: 'high' }, '1'],
      [{ ...ops, severity: 'medium' }, '0'],
      [{ ...ops, severity: 'low' }, '0'],
      [{ ...ops, severity: 'info' }, '0'],
    ])
  })

  test('say of each check what it ended in', () => {
    const states = samplesOf(treasuryReport(), 'check')
      .filter(([{ label, rule }, value]) => label !== 'ops' && rule === 'listed-spender' && value === '1')
      .map(([{ state }]) => state)
    expect(states).toEqual(['inconclusive'])
    expect(samplesOf(treasuryReport(), 'check')).toHaveLength(2 * 4 * 4)
  })

  test('say what the run was, and what it is against the baseline', () => {
    const report = treasuryReport()
    expect(samplesOf(report, 'complete')).toEqual([[{}, '0']])
    expect(samplesOf(report, 'exit_code')).toEqual([[{}, '1']])
    expect(samplesOf(report, 'unchecked_targets')).toEqual([[{}, '1']])
    expect(samplesOf(report, 'suppressed_findings')).toEqual([[{}, '1']])
    expect(samplesOf(report, 'baseline_findings').map(([{ change }, value]) => [change, value])).toEqual([
      ['new', '1'],
      ['unchanged', '1'],
      ['updated', '0'],
      ['absent', '1'],
      ['unknown', '1'],
    ])
    expect(samplesOf(report, 'last_run_timestamp_seconds')).toEqual([[{}, '1795420800']])
  })

  test('count the messages that did not arrive, and none where none was to be sent', () => {
    const report = treasuryReport()
    const delivery = { kind: 'slack', host: 'hooks.example' }
    const deliveries = [
      { ...delivery, status: 'failed' },
      { ...delivery, status: 'delivered' },
      { ...delivery, status: 'failed' },
    ] as const
    const told = { ...report, run: { ...report.run, deliveries } }
    expect(samplesOf(report, 'notifications')).toEqual([])
    expect(samplesOf(told, 'notifications')).toEqual([
      [{ status: 'delivered' }, '1'],
      [{ status: 'failed' }, '2'],
    ])
    expect(flawsOfOpenMetrics(print(told))).toEqual([])
  })
})

test('the time of the last complete run is there only when the run was complete', () => {
  expect(samplesOf(reportOf(sickFacts()), 'last_complete_timestamp_seconds')).toEqual([[{}, '1795420800']])
  expect(print(reportOf(gappedFacts()))).not.toContain('last_complete')
})

test('what could not be read has no sample, least of all a zero', () => {
  const text = print(reportOf({ account: refusedLogs, nonces: refusedLogs, tokens: refusedLogs, chain: refusedLogs }))
  expect(text).toContain('wallet_checkup_complete 0\n')
  expect(text).not.toMatch(/wallet_checkup_(?:balance|tokens|transactions|block|findings)/)
})

test('a balance keeps all its digits', () => {
  const report = reportOf({})
  const targets = report.result.targets.map((target) => ({
    ...target,
    seen: { balance: '123456789012345678901234', coin: 'ETH', kind: null, transactionsSent: null, tokensHeld: null },
  }))
  const text = print({ ...report, result: { ...report.result, targets } })
  expect(text).toContain(`wallet_checkup_balance_wei{account="${account}",chain="1"} 123456789012345678901234\n`)
  expect(flawsOfOpenMetrics(text)).toEqual([])
})

test('an account that stands there twice without a chain gives no sample twice', () => {
  const report = reportOf({ chain: refusedLogs })
  const targets = [...report.result.targets, ...report.result.targets]
  const text = print({ ...report, result: { ...report.result, targets } })
  expect(flawsOfOpenMetrics(text)).toEqual([])
  expect(text).toContain(`wallet_checkup_target_complete{account="${account}",chain="",target="2"} 0\n`)
})

test('no name from a chain is a label', () => {
  const text = print(sickWith('Claim at claim-usdc.xyz'))
  expect(text.match(/claim-usdc/gi)).toHaveLength(text.match(/label="/g)?.length ?? 0)
})

test.each(hostileNames)('%s keeps to both formats', (_, hostile) => {
  for (const report of [sickWith(hostile), forged(hostile)]) {
    const text = print(report)
    expect(flawsOfOpenMetrics(text)).toEqual([])
    expect(readPrometheus(text).length).toBeGreaterThan(5)
    expect(text.length).toBeLessThan(60_000)
  }
})

test('any string keeps to both formats', () => {
  fc.assert(
    fc.property(anyText, (hostile) => {
      const text = print(forged(hostile))
      expect(flawsOfOpenMetrics(text)).toEqual([])
      expect(readPrometheus(text).length).toBeGreaterThan(5)
    }),
    { numRuns: 150 },
  )
})
