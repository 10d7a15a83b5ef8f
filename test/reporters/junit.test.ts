import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { flawsOfJunit, readJunit } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { gappedFacts, reportOf, sickFacts, treasuryReport } from './sample-reports.ts'

const print = (report: Report, locale: 'en' | 'ja' = 'en') =>
  reporters.junit(report, { locale, useColor: false, width: 80 })

describe('the test report of several accounts', () => {
  const text = print(treasuryReport())
  const [ops, cold, vault] = readJunit(text)
  const caseOf = (suite: typeof ops, rule: string) => suite?.testcase.find(({ name }) => name === rule)

  test('keeps to the schema, in both languages', async () => {
    expect(await flawsOfJunit([text, print(treasuryReport('ja'), 'ja'), print(reportOf({}))])).toEqual([])
  })

  test('has a suite for each account on a chain, and for what was not checked', () => {
    expect([ops, cold, vault].map((suite) => suite?.name)).toEqual([
      '0x00000000000000000000000000000000000A11cE (ops) on Ethereum',
      '0x00000000000000000000000000000000000A11cE (cold, "old") on Ethereum',
      'vault.eth',
    ])
  })

  test.each([
    ['of findings, one of them suppressed', ops, '4', '2', '0', '2'],
    ['that was read in part', cold, '4', '0', '2', '1'],
    ['of which nothing is known', vault, '1', '0', '1', '0'],
  ])('counts the cases %s', (_, suite, tests, failures, errors, skipped) => {
    expect(suite).toMatchObject({ tests, failures, errors, skipped })
  })

  test('a case fails by what was found, with the steps', () => {
    expect(caseOf(ops, 'listed-spender')?.failure).toEqual({
      type: 'critical',
      message: '0x0000000000000000000000000000000000000Bad may take up to 250 USDC of yours.',
      '#text': [
        'Critical: A listed thief may take your tokens',
        '0x0000000000000000000000000000000000000Bad may take up to 250 USDC of yours.',
        'The spender may take the tokens at any moment.',
        '1. Send the call below to 0x00000000000000000000000000000000000005dC. It sets the allowance to zero.',
        '2. Do not answer anyone who offers to recover tokens.',
      ].join('\n'),
    })
  })

  test('a case errs by what could not be checked', () => {
    expect(caseOf(cold, 'cheap-transaction')?.error).toMatchObject({
      type: 'fact-failed',
      message: expect.stringMatching(/^Could not read the current fees\. /),
    })
    expect(caseOf(vault, 'account')?.error).toMatchObject({ type: 'rpc-refused' })
  })

  test.each([
    [
      'where every finding is suppressed',
      'cheap-transaction',
      'suppressed',
      'Left alone until 2027-01-31: the weekly payout waits, on purpose (Nonce 7 offers too little.)',
    ],
    ['where it does not apply', 'delegation', 'not-applicable', 'Does not apply to this account.'],
  ])('a case is skipped %s', (_, rule, type, message) => {
    expect(caseOf(ops, rule)?.skipped).toEqual({ type, message })
  })

  test('a case that passed holds nothing', () => {
    expect(caseOf(cold, 'stale-head')).toEqual({ name: 'stale-head', classname: expect.any(String), time: '0' })
  })
})

/** The report of a sick account whose first finding is also incomplete, with other findings beside it. */
function incomplete(suppressions?: Report['result']['targets'][number]['outcomes']): Report {
  const report = reportOf(sickFacts())
  const [known] = reportOf(gappedFacts()).result.targets
  const because = known?.outcomes.flatMap((outcome) => ('because' in outcome && outcome.because) || [])[0]
  if (because === undefined) throw new Error('a gap has its reason')
  const targets = report.result.targets.map((target) => ({
    ...target,
    outcomes: target.outcomes.map((outcome) =>
      outcome.status === 'found' && outcome.ruleId === 'listed-spender'
        ? {
            ...outcome,
            because,
            findings: outcome.findings.flatMap((finding) => [
              { ...finding, ...(suppressions && { suppressions: [{ reason: 'known', expires: '2027-01-31' }] }) },
              { ...finding, ...(suppressions && { suppressions: [{ reason: 'known', expires: '2027-01-31' }] }) },
            ]),
          }
        : outcome,
    ),
  }))
  return { ...report, result: { ...report.result, targets } } as Report // two findings: not empty
}

test('several findings of a rule are one failure that counts them, and says that there may be more', () => {
  const [suite] = readJunit(print(incomplete()))
  const failure = suite?.testcase.find(({ name }) => name === 'listed-spender')?.failure
  expect(failure?.message).toMatch(/of yours\. \(and 1 more finding\)$/)
  expect(failure?.['#text']).toMatch(/There may be more than what was found\. Could not read the current fees\./)
})

test('suppressed findings of a check that was not complete excuse no error', () => {
  const [suite] = readJunit(print(incomplete([])))
  expect(suite?.testcase.find(({ name }) => name === 'listed-spender')).toMatchObject({
    error: { type: 'fact-failed' },
  })
})

test('is the same, byte for byte, for the same report', () => {
  expect(print(treasuryReport())).toBe(print(treasuryReport()))
})

test('strings that attackers write keep to the schema and add no suite', async () => {
  const texts = hostileNames.flatMap(([, hostile]) => [print(sickWith(hostile)), print(forged(hostile))])
  expect(await flawsOfJunit(texts)).toEqual([])
  for (const text of texts) {
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
    expect(readJunit(text).length).toBeLessThanOrEqual(2)
  }
})

test('any string keeps to the schema', async () => {
  const texts = fc.sample(anyText, { numRuns: 150, seed: 6 }).map((hostile) => print(forged(hostile), 'ja'))
  expect(await flawsOfJunit(texts)).toEqual([])
  for (const text of texts) expect(readJunit(text)).toHaveLength(2)
})
