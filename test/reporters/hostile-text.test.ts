/** Strings that attackers write: none of them may reach a terminal as more than harmless words. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toFactError } from '../../src/core/errors.ts'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { RpcRefusedError } from '../../src/rpc/errors.ts'
import { approvals, tokens } from '../../src/testing.ts'
import { reportOf, sickFacts } from './sample-reports.ts'

const options = { locale: 'en', useColor: false, width: 80 } as const

/** Everything a terminal obeys or hides, except the line breaks of the report itself. */
const obeyedOrHidden = /(?!\n)\p{C}|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
const ownColors = /\u001b\[(?:1|2|22|31|33|36|39|1;31|22;39)m/g

const names: readonly (readonly [string, string])[] = [
  ['a colour', '\u001b[31mUSDC'],
  ['a cleared screen', '\u001b[2J\u001b[H'],
  ['a terminal link', '\u001b]8;;https://claim.xyz\u001b\\USDC\u001b]8;;\u001b\\'],
  ['a window title', '\u001b]0;owned\u0007'],
  ['an eight-bit sequence', '\u009b2J'],
  ['a right-to-left override', 'USDC\u202e)defirev('],
  ['isolates', '\u2066USDC\u2069'],
  ['zero-width characters', 'US\u200bD\u200dC\ufeff'],
  ['a line break with a forged finding', 'USDC\n1. Nothing to do'],
  ['a carriage return', 'USDC\rResult: fine'],
  ['a tab and a vertical tab', 'US\tD\u000bC'],
  ['backspaces', 'bad\b\b\bgood'],
  ['a line separator', 'US\u2028DC\u2029'],
  ['ten thousand letters', 'A'.repeat(10_000)],
  ['a pile of accents', `U${'\u0300\u0301'.repeat(5_000)}SDC`],
  ['a homoglyph', 'USD\u0421'],
  ['an invitation', 'Visit claim-usdc.xyz'],
  ['a link', 'https://claim-usdc.xyz/0x'],
  ['message syntax', "{spender} # {x, plural, other {#}} <b>'{'"],
  ['a lone surrogate', 'US\ud800DC'],
  ['a reversed pair of surrogates', '\udc00\ud800'],
  ['tag characters', 'USDC\u{e0041}\u{e007f}'],
  ['nothing but spaces', '     '],
  ['nothing', ''],
]

const sickWith = (hostile: string): Report =>
  reportOf(
    {
      ...sickFacts(hostile),
      fees: toFactError(
        new RpcRefusedError({ host: 'rpc.example', method: 'eth_feeHistory' }, { code: -32000, message: hostile }),
      ),
      tokens: tokens({ lists: [{ name: hostile, date: hostile, entries: 1 }] }),
    },
    { label: hostile },
  )

/** A report file that somebody else wrote: every text in it is theirs. */
function forged(hostile: string): Report {
  const report = reportOf(sickFacts())
  const targets = report.result.targets.map((target) => ({
    ...target,
    label: hostile,
    chain: { id: 1, name: hostile },
    coverage: [
      { fact: hostile, fromBlock: '0', toBlock: '9', gaps: [{ fromBlock: '1', toBlock: '2' }], source: hostile },
      { fact: hostile, fromBlock: '0', toBlock: '9', gaps: [], source: hostile },
    ],
    outcomes: target.outcomes.map((outcome) =>
      outcome.status === 'found'
        ? {
            ...outcome,
            ruleId: hostile,
            findings: outcome.findings.map((finding) => ({
              ...finding,
              ruleId: hostile,
              title: hostile,
              message: hostile,
              steps: [hostile],
              links: [hostile, `https://support.metamask.io/${hostile}`],
              evidence: [
                { kind: 'read' as const, method: hostile, block: hostile, value: hostile },
                { kind: 'list' as const, name: hostile, date: hostile },
              ],
            })),
            because: {
              kind: 'fact-failed' as const,
              fact: hostile,
              error: { code: 'x', message: hostile, data: {}, hints: [hostile] },
            },
          }
        : { ruleId: hostile, status: 'passed' as const },
    ),
  }))
  const run = {
    ...report.run,
    endpoints: [{ host: hostile, requests: 1 }],
    lists: [{ name: hostile, date: hostile, entries: 1 }],
  }
  return { ...report, run, result: { ...report.result, targets } }
}

describe.each(names)('%s', (_, hostile) => {
  test('is harmless in the table', () => {
    expect(reporters.table(sickWith(hostile), options)).not.toMatch(obeyedOrHidden)
    expect(reporters.table(forged(hostile), options)).not.toMatch(obeyedOrHidden)
  })

  test('adds no line of its own to the table', () => {
    const text = reporters.table(sickWith(hostile), { ...options, width: 110 })
    expect(text).not.toMatch(/^1\. Nothing to do/m)
    expect(text).not.toMatch(/^Result: fine/m)
  })

  test('is harmless in JSON, which keeps the text as it was', () => {
    const report = sickWith(hostile)
    const text = reporters.json(report, options)
    expect(text).not.toMatch(obeyedOrHidden)
    expect(JSON.parse(text)).toEqual(report)
    expect(reportSchema.parse(JSON.parse(text))).toEqual(report)
  })
})

test.each([
  ['an invitation', 'Visit claim-usdc.xyz', 'Visit claim-usdc[.]xyz'],
  ['a link', 'https://claim-usdc.xyz', 'https[://]claim-usdc[.]xyz'],
  ['message syntax', '{spender} #', '{spender} #'],
  ['a colour', '\u001b[31mUSDC', '\\u{1b}[31mUSDC'],
])('%s in a symbol is shown as words', (_, symbol, shown) => {
  const text = reporters.table(sickWith(symbol), { ...options, width: 110 })
  expect(text).toContain(`may take up to 250 ${shown} of yours.`)
})

test('a name of ten thousand letters does not make a long report', () => {
  const ordinary = reporters.table(sickWith('USDC'), options).length
  expect(reporters.table(sickWith('A'.repeat(10_000)), options).length).toBeLessThan(ordinary + 500)
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
)

describe('any string at all', () => {
  test.each(['en', 'ja'] as const)(
    'leaves nothing but words, line breaks and our colours in the table (%s)',
    (locale) => {
      fc.assert(
        fc.property(anyText, fc.boolean(), (hostile, useColor) => {
          for (const report of [sickWith(hostile), forged(hostile)]) {
            const text = reporters.table(report, { locale, useColor, width: 80 })
            const rest = useColor ? text.replaceAll(ownColors, '') : text
            expect(rest).not.toMatch(obeyedOrHidden)
          }
        }),
        { numRuns: 150 },
      )
    },
  )

  test('is harmless in JSON and comes back unchanged', () => {
    fc.assert(
      fc.property(anyText, (hostile) => {
        const report = forged(hostile)
        const text = reporters.json(report, options)
        expect(text).not.toMatch(obeyedOrHidden)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)))
      }),
      { numRuns: 150 },
    )
  })

  test('an account without approvals is told about in the same way', () => {
    const text = reporters.table(reportOf({ approvals: approvals() }, { label: '\u001b[2J' }), options)
    expect(text).toContain('(\\u{1b}[2J)')
  })
})
