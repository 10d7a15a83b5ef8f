/** What holds for every format there is. */
import { afterEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { manyFindings, reportOf, treasuryReport } from './sample-reports.ts'

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

function frozen<Item>(item: Item): Item {
  if (typeof item === 'object' && item !== null) Object.values(Object.freeze(item)).forEach(frozen)
  return item
}

/** A batch is of one Safe account, so that format has nothing to write here. */
const formats = Object.entries(reporters).filter(([format]) => format !== 'safe-batch')

describe.each(formats)('%s', (format, write) => {
  test.each(['en', 'ja'] as const)(
    'is the same, byte for byte, in every time zone, and changes no report (%s)',
    (locale) => {
      const options = { locale, useColor: false, width: 100, anchor: 'wallets.yaml' }
      const report: Report = frozen(treasuryReport(locale))
      const texts = ['UTC', 'Asia/Tokyo', 'America/St_Johns'].map((name) => {
        process.env.TZ = name
        return write(report, options)
      })
      expect(new Set(texts).size).toBe(1)
      expect(texts[0] === '' || texts[0]?.endsWith('\n')).toBe(true)
      if (locale === 'ja' && !['openmetrics', 'calls'].includes(format))
        expect(texts[0]).toMatch(/\p{Script=Hiragana}/u)
    },
  )

  test('writes a report of nothing at all, and says nothing good of it', () => {
    const empty = reportOf({})
    const report = { ...empty, result: { ...empty.result, targets: [] } }
    const text = write(report, { locale: 'en', useColor: false, width: 100 })
    expect(text).not.toMatch(/no problem|found no/i)
  })

  test('names every critical finding that it has room for', () => {
    const report = manyFindings({ critical: 3 })
    const text = write(report, { locale: 'en', useColor: false, width: 100, anchor: 'wallets.yaml' })
    if (format === 'openmetrics') expect(text).toMatch(/^wallet_checkup_findings\{.*severity="critical"\} 3$/m)
    else if (format === 'calls') expect(text.trimEnd().split('\n')).toHaveLength(1)
    else for (const spender of spendersOf(report)) expect(text).toContain(spender)
  })
})

function spendersOf({ result }: Report): readonly string[] {
  return result.targets.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) =>
      outcome.status === 'found'
        ? outcome.findings.flatMap(({ subject }) => (subject.kind === 'allowance' ? subject.spender : []))
        : [],
    ),
  )
}
