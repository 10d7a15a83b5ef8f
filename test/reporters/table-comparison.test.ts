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

function withSince({ result, ...rest }: Report): Report {
  const since = { type: 'block', value: '20000000' } as const
  const targets = result.targets.map(({ earlier, ...target }) => ({
    ...target,
    ...(earlier !== undefined && {
      earlier: earlier.map((finding) => ({ ...finding, data: { ...finding.data, since } })),
    }),
  }))
  return { ...rest, result: { ...result, targets } }
}

function endedIn(ended: Pick<Report['result']['summary'], 'exitCode' | 'complete'>): Report {
  const { run, result } = report
  return {
    ...report,
    run: { ...run, baseline: { startedAt: run.startedAt, failOnNew: true } },
    result: { ...result, summary: { ...result.summary, ...ended } },
  }
}

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

  test.each([
    ['en', 'Accepted with the baseline: A listed thief may take your tokens (listed-spender). It was:'],
    ['ja', 'ベースラインに取り入れ済み: '],
  ] as const)(
    'says in %s that what happened before the baseline is accepted, and not that it is gone',
    (locale, expected) => {
      const text = print(withSince(report), { locale })
      expect(text).toContain(expected)
      expect(text).not.toMatch(/Gone: |解消: /)
      expect(text).toMatch(/Not known any more: |今回は不明: /)
      const page = reporters.markdown(withSince(report), { locale, useColor: false, width: 100 })
      expect(page).toContain(locale === 'en' ? '- accepted with the baseline: ' : '- ベースラインに取り入れ済み: ')
    },
  )

  test.each([
    [0, true, 'Exit code 0: every selected check was made, and no finding that is new or changed since the baseline'],
    [0, false, 'Exit code 0: no finding that is new or changed since the baseline (--fail-on-new) reaches the level'],
    [1, true, 'Exit code 1: at least one finding that is new or changed since the baseline (--fail-on-new) reaches'],
    [3, false, 'Exit code 3: some checks could not be made, and no finding that is new or changed since the baseline'],
  ] as const)(
    'with --fail-on-new: what exit code %i means (everything checked: %s)',
    (exitCode, complete, expected) => {
      const ofNew = endedIn({ exitCode, complete })
      expect(print(ofNew)).toContain(expected)
      expect(flat(reporters.markdown(ofNew, { locale: 'en', useColor: false, width: 100 }))).toContain(expected)
      expect(print({ ...ofNew, run: { ...ofNew.run, interrupted: true } })).toContain('Exit code 130 or 143')
      expect(print({ ...ofNew, run: report.run })).not.toContain('new or changed')
    },
  )

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
