import { expect, test } from 'vitest'
import { imitatedSymbols } from '../../src/domain/imitated-symbol.ts'

test.each([
  ['the very letters', 'USDC'],
  ['small letters', 'usdc'],
  ['Cyrillic letters', 'USDС'],
  ['Greek and Cyrillic letters', 'WΕТН'],
  ['wide letters', 'ＵＳＤＴ'],
  ['bold letters', '𝐔𝐒𝐃𝐓'],
  ['accents', 'ÚŠḊC'],
  ['the sign of a currency', 'USD₮'],
  ['a zero width space', 'US\u200bDC'],
  ['blanks and points around it', ' USDC. '],
  ['Lisu letters', 'ꓴꓢꓓꓚ'],
])('%s', (_, symbol) => {
  expect(imitatedSymbols([])(symbol)).toBe(true)
})

test.each([
  ['another symbol', 'COIN'],
  ['one letter more', 'USDCX'],
  ['no symbol', null],
  ['nothing', ''],
  ['nothing but signs', '***'],
])('%s is no imitation', (_, symbol) => {
  expect(imitatedSymbols([null, ''])(symbol)).toBe(false)
})

test('a listed token at hand is imitated too', () => {
  expect(imitatedSymbols(['TKN', 'HRBR'])('НRBR')).toBe(true)
  expect(imitatedSymbols(['TKN', null])('НRBR')).toBe(false)
})
