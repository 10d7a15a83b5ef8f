import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { readWorkflowCommands } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { manyFindings, reportOf, treasuryReport } from './sample-reports.ts'

const print = (report: Report, locale: 'en' | 'ja' = 'en') =>
  reporters.github(report, { locale, useColor: false, width: 80 })
const read = (report: Report) => readWorkflowCommands(print(report))
const account = '0x00000000000000000000000000000000000A11cE'

test('annotates the lines of the config file, the worst first, suppressed findings left out', () => {
  const config = { file: 'ops/wallet-checkup.config.yaml' }
  expect(read(treasuryReport())).toEqual([
    {
      name: 'error',
      properties: { ...config, line: '12', title: 'Critical: A listed thief may take your tokens' },
      message: `${account} (ops) on Ethereum: 0x0000000000000000000000000000000000000Bad may take up to 250 USDC of yours. [listed-spender]`,
    },
    {
      name: 'error',
      properties: { ...config, line: '12', title: 'High: The endpoint is behind the chain' },
      message: expect.stringMatching(/\[stale-head\]$/),
    },
    {
      name: 'warning',
      properties: { ...config, line: '18', title: 'could not be checked' },
      message: expect.stringMatching(/^vault\[\.\]eth was not checked\. The node refused eth_getLogs/),
    },
    {
      name: 'warning',
      properties: { ...config, line: '15', title: 'could not be checked' },
      message: expect.stringContaining('Could not be checked: cheap-transaction. Could not read the current fees.'),
    },
    {
      name: 'warning',
      properties: { ...config, line: '15', title: 'could not be checked' },
      message: expect.stringContaining('Could not be checked: listed-spender. Could not read all of the approvals.'),
    },
  ])
})

test('names no file where none declares the account', () => {
  const report = treasuryReport()
  const targets = report.result.targets.map(({ declaredAt: _, ...target }) => target)
  for (const { properties } of read({ ...report, result: { ...report.result, targets, unchecked: [] } }))
    expect(Object.keys(properties)).toEqual(['title'])
})

test('an account without findings has no annotation', () => {
  expect(print(reportOf({}))).toBe('')
})

test('speaks Japanese', () => {
  expect(print(treasuryReport('ja'), 'ja')).toContain('title=緊急%3A リストに載っている相手に使用許可を与えています::')
})

test('one reason that stops several checks is one annotation', () => {
  const report = treasuryReport()
  const targets = report.result.targets.slice(1).map((target) => ({
    ...target,
    outcomes: target.outcomes.flatMap((outcome) =>
      outcome.ruleId === 'cheap-transaction' ? [outcome, { ...outcome, ruleId: 'another-rule' }] : [],
    ),
  }))
  const [only, ...rest] = read({ ...report, result: { ...report.result, targets, unchecked: [] } })
  expect(only?.message).toContain('Could not be checked: cheap-transaction, another-rule. Could not read')
  expect(rest).toEqual([])
})

describe('as many as GitHub shows', () => {
  test.each([
    [10, 10, null],
    [11, 10, '2 more annotations of this kind: GitHub shows ten of a step. The report has them all.'],
    [1000, 10, '991 more annotations of this kind: GitHub shows ten of a step. The report has them all.'],
  ])('of %i of a kind, %i are written', (count, written, last) => {
    const commands = read(manyFindings({ critical: count, medium: count, info: count }))
    for (const kind of ['error', 'warning', 'notice']) {
      const own = commands.filter(({ name }) => name === kind)
      expect(own).toHaveLength(written)
      if (last !== null)
        expect(own.at(-1)).toEqual({ name: kind, properties: { title: 'Wallet check-up' }, message: last })
    }
  })

  test('the graver ones of a kind come first', () => {
    const titles = read(manyFindings({ high: 20, critical: 3 })).map(
      ({ properties }) => properties.title?.split(':')[0],
    )
    expect(titles).toEqual([...Array(3).fill('Critical'), ...Array(6).fill('High'), 'Wallet check-up'])
  })
})

const own = new Set(['error', 'warning', 'notice'])

function expectOnlyOwn(text: string): void {
  const commands = readWorkflowCommands(text)
  expect(commands.filter(({ name }) => !own.has(name))).toEqual([])
  expect(text.split('\n')).toHaveLength(commands.length + 1)
  for (const { properties, message } of commands) {
    expect(Object.keys(properties).filter((key) => !['file', 'line', 'title'].includes(key))).toEqual([])
    expect(`${message}${Object.values(properties).join('')}`).not.toMatch(/\p{C}/u)
  }
}

test.each(hostileNames)('%s adds no command, and no property', (_, hostile) => {
  expectOnlyOwn(print(sickWith(hostile)))
  expectOnlyOwn(print(forged(hostile)))
})

test('any string adds no command, and no property', () => {
  const pieces = fc.array(fc.constantFrom('::', '%', '%0A', '%25', '\n', '\r', ',', '=', 'error ', '##[', ']', 'a'))
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        pieces.map((all) => all.join('')),
      ),
      (hostile) => {
        expectOnlyOwn(print(forged(hostile)))
      },
    ),
    { numRuns: 200 },
  )
})
