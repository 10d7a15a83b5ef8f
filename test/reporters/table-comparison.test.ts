/** What the table says of a baseline and of suppressions. */
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import type { Locale } from '../../src/core/text.ts'
import { reporters } from '../../src/reporters/index.ts'
import { treasuryReport } from './sample-reports.ts'

const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
const print = (report: Report, over: { readonly showsSuppressed?: boolean; readonly locale?: Locale } = {}) =>
  flat(reporters.table(report, { locale: report.run.locale, useColor: false, width: 100, ...over }))
const report = treasuryReport()

describe('the table of a report that was compared', () => {
  test('marks what is new before its title, and nothing else', () => {
    expect(print(report)).toContain('1. NEW: A listed thief may take your tokens')
    expect(print(report).match(/NEW:|CHANGED:/g)).toHaveLength(1)
  })

  test('counts what is left alone, and leaves it out', () => {
    const text = print(report)
    expect(text).toContain('1 finding is left alone by suppressions (in full with --show-suppressed).')
    expect(text).not.toContain('A transaction waits because it offers too little')
  })

  test('shows it when asked, with the reason and the day', () => {
    const text = print(report, { showsSuppressed: true })
    expect(text).toContain('Left alone (1)')
    expect(text).toContain('A transaction waits because it offers too little (cheap-transaction)')
    expect(text).toContain('Left alone until 2027-01-31: the weekly payout waits, on purpose')
  })

  test('says what is gone, and what is not known any more', () => {
    const text = print(report)
    expect(text).toContain('Since the baseline (2)')
    expect(text).toContain('Gone: A listed thief may take your tokens (listed-spender). It was:')
    expect(text).toContain('Not known any more: A listed thief may take your tokens')
  })

  test('names the suppressions that need a look', () => {
    expect(print(report)).toContain('About your suppressions')
    expect(print(report)).toContain('A suppression of stale-head ended on 2026-11-01.')
  })

  test('counts what the baseline has of accounts that were not asked about', () => {
    const [, target] = report.result.targets
    const { account, label, chain, earlier = [] } = target ?? { account: null }
    const notAsked = [{ account, label, chain, earlier }] as NonNullable<Report['result']['notAsked']>
    expect(print({ ...report, result: { ...report.result, notAsked } })).toContain(
      'The baseline has 2 findings of an account that this check was not asked about.',
    )
  })

  test('speaks Japanese', () => {
    const text = print(treasuryReport('ja'))
    expect(text).toContain('[新規] ')
    expect(text).toContain('1件の検出結果を、設定により除外しています')
    expect(text).toContain('ベースラインとの違い(2件)')
  })
})

test('hostile words of an earlier report stay words', () => {
  const [first, second] = report.result.targets
  if (first === undefined || second === undefined) throw new Error('the sample has two accounts')
  const earlier = (second.earlier ?? []).map((finding) => ({
    ...finding,
    title: 'a\u001b[31mb{x}',
    message: 'c\u202ed',
  }))
  const text = print({ ...report, result: { ...report.result, targets: [first, { ...second, earlier }] } })
  for (const control of ['\u001b', '\u202e']) expect(text).not.toContain(control)
  expect(text).toContain('{x}')
})
