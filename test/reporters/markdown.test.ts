import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report, Seen } from '../../src/core/report.ts'
import { markdownText } from '../../src/reporters/escape.ts'
import { reporters } from '../../src/reporters/index.ts'
import { countTags, renderMarkdown } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { manyFindings, refusedLogs, reportOf, treasuryReport } from './sample-reports.ts'

const print = (report: Report, locale: 'en' | 'ja' = 'en') =>
  reporters.markdown(report, { locale, useColor: false, width: 80 })
const mebibyte = 1024 * 1024

test.each(['en', 'ja'] as const)('looks like this for several accounts (%s)', (locale) => {
  expect(print(treasuryReport(locale), locale)).toMatchSnapshot()
})

test('is GitHub’s own kind of Markdown', () => {
  const counts = countTags(renderMarkdown(print(treasuryReport())))
  expect(counts).toMatchObject({ h1: 1, h2: 5, h3: 9, table: 1, tr: 3, td: 10, ol: 2 })
  expect(Object.keys(counts)).not.toContain('a')
})

test('an account with nothing to tell has its row in the table, and no part of its own', () => {
  const text = print(reportOf({}))
  expect(text).toContain('| `0x00000000000000000000000000000000000A11cE` | Ethereum | No problem found | nothing | 0 |')
  expect(text).not.toContain('## `0x')
})

test.each([
  ['en', 'Not known | not known | 1 |'],
  ['ja', '判断できず | 不明 | 1 |'],
] as const)('of an account that could not be read nobody says that nothing was found (%s)', (locale, cells) => {
  const text = print(reportOf({ approvals: refusedLogs }, { locale }), locale)
  expect(text).toContain(`| \`0x00000000000000000000000000000000000A11cE\` | Ethereum | ${cells}`)
})

describe('what an account holds, and what waits', () => {
  const withSeen = (seen: Seen | undefined) => {
    const report = treasuryReport()
    const targets = report.result.targets.slice(0, 1).map(({ seen: _, ...target }) => ({ ...target, seen }))
    return print({ ...report, result: { ...report.result, targets } } as Report) // one account
  }
  const seen: Seen = { balance: '0', coin: 'ETH', kind: 'account', transactionsSent: 3, tokensHeld: 2 }
  const waiting = { pending: 1, queued: 2, invisible: 0, isComplete: true }

  test('is one short line each, below the heading', () => {
    expect(withSeen({ ...seen, waiting })).toContain(
      'block 21000000\n\n- Holds: 0 ETH, 2 tokens; 3 transactions sent\n- Waiting: 1 pending; 2 queued behind a missing nonce\n\n###',
    )
  })

  test('is not told as nothing where it was not read', () => {
    expect(withSeen({ ...seen, balance: null, tokensHeld: null })).toContain(
      '- Holds: balance not read, tokens not all read; 3 transactions sent\n\n###',
    )
    expect(withSeen({ ...seen, waiting: { ...waiting, pending: 0, queued: 0, isComplete: false } })).toContain(
      '- Waiting: not known: the endpoint does not show what waits\n',
    )
    for (const unread of [undefined, { ...seen, balance: null, tokensHeld: null, transactionsSent: null }])
      expect(withSeen(unread)).not.toMatch(/- (?:Holds|Waiting)/)
  })

  test('keeps the symbol of a coin from being Markdown', () => {
    const text = withSeen({ ...seen, coin: '[x](https://a.example)' })
    expect(text).toMatch(/^- Holds: 0 .*, 2 tokens/m)
    expect(Object.keys(countTags(renderMarkdown(text)))).not.toContain('a')
    expect(text).not.toContain('https://a.example')
  })
})

test('a run that was stopped says so above everything', () => {
  expect(print(reportOf({}, { interrupted: true }))).toMatch(/^# Wallet check-up\n\n> The run was stopped\./)
})

test('a call that was seen to fail is not offered', () => {
  const report = reportOf({})
  const many = manyFindings({ critical: 1 })
  const targets = many.result.targets.map((target) => ({
    ...target,
    outcomes: target.outcomes.map((outcome) =>
      outcome.status === 'found'
        ? {
            ...outcome,
            findings: outcome.findings.map((finding) => ({
              ...finding,
              remedy: finding.remedy?.map((call) => ({
                ...call,
                simulation: { status: 'reverts' as const, block: '1' },
              })),
            })),
          }
        : outcome,
    ),
  }))
  const failing = { ...report, result: { ...report.result, targets } } as Report // as many findings as before
  expect(print(many)).toContain('- Data: `0x095ea7b3')
  expect(print(failing)).not.toContain('- Data:')
})

describe('as much as GitHub takes', () => {
  const text = print(manyFindings({ critical: 300, high: 300, info: 3000 }))

  test('is written, the gravest first, and what is left out is counted', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mebibyte)
    expect(Buffer.byteLength(text)).toBeGreaterThan(0.95 * mebibyte)
    const written = (severity: string) => text.match(new RegExp(`^### ${severity}: `, 'gm'))?.length ?? 0
    const infos = written('For your information')
    expect([written('Critical'), written('High')]).toEqual([300, 300])
    expect(text).toMatch(
      new RegExp(
        `^# Wallet check-up\\n\\n> This summary was cut at 1 MiB\\. Left out: ${(3000 - infos).toLocaleString('en')} findings and (?:nothing else|1 other part)\\.`,
      ),
    )
  })

  test('a report that fits is not cut', () => {
    expect(print(manyFindings({ critical: 300 }))).not.toContain('was cut')
  })

  test('in characters of three bytes as well', () => {
    const japanese = print(manyFindings({ critical: 300, high: 3000 }, 'ja'), 'ja')
    expect(Buffer.byteLength(japanese)).toBeLessThanOrEqual(mebibyte)
    expect(japanese).toMatch(/^> このまとめは 1 MiB で打ち切りました。/m)
  })

  test('of so many accounts that their table alone is too long', () => {
    const report = treasuryReport()
    const targets = Array.from({ length: 12_000 }, (_, index) => report.result.targets[index % 2]).flatMap(
      (target) => target ?? [],
    )
    const many = print({ ...report, result: { ...report.result, targets } })
    expect(Buffer.byteLength(many)).toBeLessThanOrEqual(mebibyte)
    expect(many).toContain('was cut at 1 MiB')
  })
})

const harmless = countTags(renderMarkdown(print(forged('USDC'))))
const exact = ['h1', 'h2', 'h3', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ul', 'ol', 'li']
const own = new Set([...exact, 'p', 'em', 'strong', 'code', 'blockquote'])

function expectHarmless(text: string): void {
  const counts = countTags(renderMarkdown(text))
  expect(Object.keys(counts).filter((name) => !own.has(name))).toEqual([])
  for (const name of exact) expect([name, counts[name]]).toEqual([name, harmless[name]])
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
  // Mentions are found in the text that is shown, whatever was escaped.
  expect(text).not.toMatch(/(?<!\[)@/)
}

test.each(hostileNames)('%s adds no link, no HTML, no cell and no heading', (_, hostile) => {
  expectHarmless(print(forged(hostile)))
  const counts = countTags(renderMarkdown(print(sickWith(hostile))))
  expect(Object.keys(counts).filter((name) => !own.has(name))).toEqual([])
})

test('any string adds no link, no HTML, no cell and no heading', () => {
  const signs = fc.array(fc.constantFrom(...'\\`*_{}[]()#+-.!|<>~&@:/=^$"\' \n\tax1'))
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        signs.map((all) => all.join('')),
      ),
      (hostile) => {
        expectHarmless(print(forged(hostile)))
      },
    ),
    { numRuns: 150 },
  )
})

test.each([
  ['a link', 'https://a.example', 'https\\[://\\]a.example', 'https[://]a.example'],
  ['styles', '*a* _b_ `c`', '\\*a\\* \\_b\\_ \\`c\\`', '*a* _b_ `c`'],
  ['a mention', '@everyone', '\\[@\\]everyone', '[@]everyone'],
  ['a list', '1. a', '1\\. a', '1. a'],
  ['a day', '2027-01-31', '2027-01-31', '2027-01-31'],
  ['a rule', '- - -', '\\- - -', '- - -'],
])('%s is written so that it reads as it was', (_, text, written, shown) => {
  expect(markdownText(text)).toBe(written)
  expect(renderMarkdown(markdownText(text))).toBe(`<p>${shown}</p>`)
})
