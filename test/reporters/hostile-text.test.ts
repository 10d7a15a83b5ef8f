/** Strings that attackers write: none of them may reach a terminal as more than harmless words. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { approvals } from '../../src/testing.ts'
import { readWorkflowCommands } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { reportOf } from './sample-reports.ts'

const options = { locale: 'en', useColor: false, width: 80 } as const

/** Everything a terminal obeys or hides, except the line breaks of the report itself. */
const obeyedOrHidden = /(?!\n)\p{C}|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
const ownColors = /\u001b\[(?:1|2|22|31|33|36|39|1;31|22;39)m/g

describe.each(hostileNames)('%s', (_, hostile) => {
  test('is harmless in the table', () => {
    expect(reporters.table(sickWith(hostile), options)).not.toMatch(obeyedOrHidden)
    expect(reporters.table(forged(hostile), options)).not.toMatch(obeyedOrHidden)
  })

  test('adds no line of its own to the table', () => {
    const text = reporters.table(sickWith(hostile), { ...options, width: 110 })
    expect(text).not.toMatch(/^1\. Nothing to do/m)
    expect(text).not.toMatch(/^Result: fine/m)
  })

  test('is no command for the runner of a pipeline that prints the report', () => {
    for (const report of [sickWith(hostile), forged(hostile)]) {
      for (const format of ['table', 'json', 'markdown', 'csv', 'junit', 'sarif', 'openmetrics'] as const) {
        const text = reporters[format](report, { ...options, anchor: 'wallets.yaml' })
        expect([format, readWorkflowCommands(text)]).toEqual([format, []])
      }
    }
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
