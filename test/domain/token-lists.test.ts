import { expect, test } from 'vitest'
import { isExpected, listsOfChain } from '../../src/domain/token-lists.ts'
import { at, holding, token, tokens } from '../../src/testing.ts'

const elsewhere = { name: 'far away', date: '2026-10-01', entries: 0 }
const here = { name: 'bundled', date: '2026-10-01', entries: 1 }
const unlisted = holding({ lists: [] })
const bait = holding({ lists: [], token: token({ symbol: 'claim-it.example' }) })

test('a list without tokens of the chain is no list of the chain', () => {
  expect(listsOfChain(tokens({ lists: [elsewhere, here] }))).toEqual([here])
})

test.each([
  ['on a list', holding(), {}, true],
  ['on no list', unlisted, {}, false],
  ['on no list, and shown by the wallet', unlisted, { shownByWallet: [at(0x70)] }, true],
  ['on no list, and not shown by the wallet', unlisted, { shownByWallet: [at(0x71)] }, false],
  ['on a chain that no list covers', unlisted, { lists: [elsewhere] }, true],
  ['on a chain that no list covers, with the words of bait', bait, { lists: [elsewhere] }, false],
  ['with the words of bait, and shown by the wallet', bait, { shownByWallet: [at(0x70)] }, true],
])('a token %s', (_, held, over, expected) => {
  expect(isExpected(held, tokens(over))).toBe(expected)
})
