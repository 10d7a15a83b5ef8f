import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reporters } from '../../src/reporters/index.ts'
import { isFormula, readCsv } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { reportOf, treasuryReport } from './sample-reports.ts'

const print = (report: ReturnType<typeof reportOf>, locale: 'en' | 'ja' = 'en') =>
  reporters.csv(report, { locale, useColor: false, width: 80 })
const rowsOf = (text: string) => {
  const [titles = [], ...rows] = readCsv(text)
  return rows.map((cells) => Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? ''])))
}

describe('the CSV of several accounts', () => {
  const rows = rowsOf(print(treasuryReport()))

  test('has a row for each finding, each check not made, and each account not checked', () => {
    expect(rows.map(({ Status, Severity, Rule }) => [Status, Severity, Rule])).toEqual([
      ['found', 'High', 'stale-head'],
      ['found', 'Low', 'cheap-transaction'],
      ['found', 'Critical', 'listed-spender'],
      ['could not be checked', '', 'cheap-transaction'],
      ['could not be checked', '', 'listed-spender'],
      ['could not be checked', '', ''],
    ])
  })

  test('says whose finding it is, what changed, and where the account is declared', () => {
    expect(rows[2]).toMatchObject({
      Account: '0x00000000000000000000000000000000000A11cE',
      Label: 'ops',
      'Chain ID': '1',
      Chain: 'Ethereum',
      Block: '21000000',
      Message: '0x0000000000000000000000000000000000000Bad may take up to 250 USDC of yours.',
      Change: 'new',
      'Declared at': 'ops/wallet-checkup.config.yaml:12',
    })
  })

  test('says who left a finding alone, until when', () => {
    expect(rows[1]).toMatchObject({
      'Left alone until': '2027-01-31',
      'Reason to leave it': 'the weekly payout waits, on purpose',
    })
  })

  test('keeps quotes and commas of a label inside its cell', () => {
    expect(rows[3]?.Label).toBe('cold, "old"')
  })

  test('names an account that could not be checked as it was written', () => {
    expect(rows[5]).toMatchObject({ Account: 'vault.eth', 'Declared at': 'ops/wallet-checkup.config.yaml:18' })
  })
})

test('an account without findings has the row of titles alone', () => {
  expect(readCsv(print(reportOf({})))).toHaveLength(1)
})

test('rows end in CRLF, and titles follow the language', () => {
  const text = print(treasuryReport('ja'), 'ja')
  expect(text.startsWith('"状態","重大度","ルール",')).toBe(true)
  expect(text.split('\r\n')).toHaveLength(8)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

const width = 16

test.each(hostileNames)('%s stays in its cell, and is no formula', (_, hostile) => {
  for (const report of [sickWith(hostile), forged(hostile)]) {
    const text = print(report)
    const rows = readCsv(text)
    expect(rows.every((cells) => cells.length === width)).toBe(true)
    expect(rows.flat().filter(isFormula)).toEqual([])
    expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{C}/u)
  }
})

test('any string stays in its cell', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('', '=', '+', '-', '@', '＝'), (hostile, start) => {
      const rows = readCsv(print(forged(start + hostile)))
      expect(rows.every((cells) => cells.length === width)).toBe(true)
      expect(rows.flat().filter(isFormula)).toEqual([])
    }),
    { numRuns: 150 },
  )
})
