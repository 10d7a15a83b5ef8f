import { expect, test } from 'vitest'
import { isLure } from '../../src/domain/lure.ts'

test.each([
  ['a plain token', 'USDT', 'Tether USD', false],
  ['a bridged one with a letter after a dot', 'USDC.e', 'Bridged USDC', false],
  ['an honest host in a name', 'YFI', 'yearn.finance', false],
  ['a token without words', null, null, false],
  ['a word that only contains one of the calls', 'RECLAIM', 'Reclaimed Land', false],
  ['a host in the symbol', 'claim-usdc.xyz', 'USDC', true],
  ['a call in the name', 'USDC', 'Visit the site to get 5000', true],
  ['a call in the symbol', 'Claim', null, true],
  ['a link in the name', 'ETH', 'https://example', true],
  ['a www host', 'WWW.X', null, true],
])('%s', (_, symbol, name, expected) => {
  expect(isLure({ symbol, name })).toBe(expected)
})
