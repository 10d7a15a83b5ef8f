import { describe, expect, test } from 'vitest'
import { stateSchema } from '../../src/core/state.ts'
import { stateOf } from '../../src/domain/account-state.ts'
import { account, approvals, at, hashOf, holding, missing, safeAccount, token, tokens } from '../../src/testing.ts'
import { factResults } from '../support/collections.ts'

const block = '21000000'
const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })

test('a person’s account: balance, nonce, tokens, who may spend, and that it is no Safe', () => {
  const state = stateOf(factResults({ tokens: tokens({ holdings: [holding({ balance: 5n })] }) }))
  expect(state).toEqual({
    balance: { amount: '1000000000000000000', block },
    nonce: { next: 7, block },
    tokens: { held: [{ token: at(0x70), symbol: 'TKN', decimals: 18, amount: '5' }], block },
    safe: { kind: 'none', block },
    spenders: { known: [], block },
  })
  expect(stateSchema.parse(state)).toEqual(state)
})

test('a Safe account: who decides, and what has power over it', () => {
  const state = stateOf(factResults({ account: contract, safe: safeAccount() }))
  expect(state.nonce).toBeNull()
  expect(state.safe).toEqual({
    kind: 'safe',
    owners: [at(0xe1), at(0xe2), at(0xe3)],
    threshold: 2,
    nonce: '12',
    singleton: at(0x5afe),
    modules: [],
    guard: null,
    moduleGuard: null,
    fallbackHandler: at(0xfa11),
    block,
  })
})

describe('what was not read, or not completely, is null', () => {
  const refused = new Error('refused')
  test.each([
    ['the chain', { chain: refused }, ['balance', 'nonce', 'tokens', 'safe', 'spenders']],
    ['the account', { account: refused }, ['balance', 'nonce']],
    ['the nonces', { nonces: refused }, ['nonce']],
    ['the tokens', { tokens: refused }, ['tokens']],
    ['a balance of a token', { tokens: tokens({ missing: [missing('token-balance')] }) }, ['tokens']],
    ['a name of a token', { tokens: tokens({ missing: [missing('token-metadata')] }) }, []],
    ['the logs', { tokens: tokens({ missing: [missing('logs')] }) }, []],
    ['whether it is a Safe', { safe: { kind: 'unknown', missing: [missing('safe')] } }, ['safe']],
    ['its owners', { safe: safeAccount({ missing: [missing('safe')] }) }, ['safe']],
    ['its modules', { safe: safeAccount({ missing: [missing('safe-module')] }) }, ['safe']],
    ['its guard', { safe: safeAccount({ guard: 'unread' }) }, ['safe']],
    ['the approvals', { approvals: refused }, ['spenders']],
    ['an allowance', { approvals: approvals([], { missing: [missing('allowance')] }) }, ['spenders']],
    ['a balance that an approval covers', { approvals: approvals([], { missing: [missing('token-balance')] }) }, []],
    ['the code of its owners', { safe: safeAccount({ missing: [missing('safe-owner')] }) }, []],
  ] as const)('%s', (_, given, expected) => {
    const state = stateOf(factResults(given))
    expect(Object.entries(state).flatMap(([part, known]) => (known === null ? [part] : []))).toEqual(expected)
  })
})

test('tokens that nobody listed are not kept', () => {
  const own = holding({ lists: [], token: token({ address: at(0x71) }) })
  const held = stateOf(factResults({ tokens: tokens({ holdings: [own, holding()] }) })).tokens?.held
  expect(held?.map((one) => one.token)).toEqual([at(0x70)])
})
