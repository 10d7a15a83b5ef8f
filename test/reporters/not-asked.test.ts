import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import type { Locale } from '../../src/core/text.ts'
import { reporters } from '../../src/reporters/index.ts'
import { reportOf, treasuryReport } from './sample-reports.ts'

/** One rule is switched off for the first account, another one was not selected for the run. */
function narrowed(locale: Locale = 'en', report: Report = treasuryReport(locale)): Report {
  const [first, ...rest] = report.result.targets
  if (first === undefined) throw new Error('the sample has targets')
  const targets = [{ ...first, switchedOff: ['stale-approval'] }, ...rest]
  return { ...report, result: { ...report.result, notSelected: ['nonce-gap'], targets } }
}

const written = (format: keyof typeof reporters, locale: Locale = 'en', report = narrowed(locale)) =>
  reporters[format](report, { locale, useColor: false, width: 200, anchor: 'wallets.yaml' })
const times = (text: string, part: string) => text.split(part).length - 1

describe('a rule that was not asked is named with the reason', () => {
  test.each(['table', 'markdown', 'sarif'] as const)('%s', (format) => {
    const text = written(format)
    const off = '1 check is switched off for this account by the config file, and not asked: stale-approval'
    expect(times(text, off)).toBe(1)
    expect(times(text, 'Not asked, by --rule or --skip-rule (1): nonce-gap')).toBe(1)
  })

  test.each(['table', 'markdown'] as const)('%s in Japanese', (format) => {
    const text = written(format, 'ja')
    expect(text).toContain('オフにしたため、調べていない項目(1件): stale-approval')
    expect(text).toContain('指定により、調べていない項目(1件): nonce-gap')
  })

  test('csv has a row of each account for each', () => {
    const rows = written('csv').split('\r\n')
    expect(rows.filter((row) => row.includes('"Switched off by the config file, and not asked."'))).toHaveLength(1)
    const left = rows.filter((row) => row.includes('"Left out by --rule or --skip-rule, and not asked."'))
    expect(left).toHaveLength(2)
    expect(left[0]).toMatch(/^"not asked",.*"nonce-gap"/)
  })

  test('junit skips it, and counts it', () => {
    const xml = written('junit')
    expect(times(xml, '<skipped type="switched-off"')).toBe(1)
    expect(times(xml, '<skipped type="not-selected"')).toBe(2)
    expect(xml).toContain('<testcase name="stale-approval"')
  })

  test('sarif says it as a note, which fails nothing', () => {
    const [run] = JSON.parse(written('sarif')).runs
    const notes = run.invocations[0].toolConfigurationNotifications.filter(
      (each: { level: string }) => each.level === 'note',
    )
    expect(notes).toHaveLength(2)
    expect(notes[0].descriptor).toEqual({ id: 'not-asked', index: 5 })
  })

  test('markdown names it at an account with nothing else to tell', () => {
    const text = written('markdown', 'en', narrowed('en', reportOf({})))
    expect(text).toContain('switched off for this account by the config file, and not asked: stale-approval')
  })

  test.each(['table', 'markdown', 'csv', 'junit', 'sarif'] as const)(
    '%s says nothing where all was asked',
    (format) => {
      expect(written(format, 'en', treasuryReport())).not.toMatch(/not asked|Not asked/)
    },
  )
})

describe('a summary in Markdown', () => {
  test('has the warning that stands beside unsigned calls, once for each finding that has some', () => {
    const report = treasuryReport()
    const withCalls = report.result.targets
      .flatMap(({ outcomes }) => outcomes)
      .flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []))
      .filter(({ remedy, suppressions }) => remedy !== undefined && suppressions === undefined)
    expect(withCalls.length).toBeGreaterThan(0)
    const warning = 'Your wallet shows these values before you confirm. Confirm only if they are the same.'
    expect(times(written('markdown', 'en', report), warning)).toBe(withCalls.length)
  })

  test('names the blocks that nobody read', () => {
    expect(written('markdown', 'en', treasuryReport())).toContain('- 20500000 to 20999999 (500,000 blocks)')
  })
})
