import { describe, expect, test } from 'vitest'
import balanceDrop from '../../rules/balance-drop/index.ts'
import type { BaselineFacts, Holding } from '../../src/rule.ts'
import { account, at, baseline, holding, judgeWith, missing, tokens, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const block = '20000000'
const ether = 10n ** 18n
const coins = (before: bigint, now: bigint, options = {}) =>
  judgeWith(
    balanceDrop,
    { account: account({ balance: now }), baseline: baseline({ balance: { amount: String(before), block } }) },
    options,
  )
const payroll = at(0x70)
const held = (amount: bigint): BaselineFacts =>
  baseline({ tokens: { held: [{ token: payroll, symbol: 'TKN', decimals: 18, amount: String(amount) }], block } })
const inTokens = (before: bigint, over: Parameters<typeof tokens>[0] = {}) =>
  judgeWith(balanceDrop, { tokens: tokens(over), baseline: held(before) })
const now = (balance: bigint): readonly Holding[] => [holding({ balance })]

describe('the coin', () => {
  test.each([
    ['a quarter', 8n * ether, 6n * ether, 'passed'],
    ['a wei more than a quarter', 8n * ether, 6n * ether - 1n, 'found'],
    ['nothing', ether, ether, 'passed'],
    ['more than before', ether, 9n * ether, 'passed'],
    ['all', ether, 0n, 'found'],
    ['all of nothing', 0n, 0n, 'passed'],
    ['all of very little', ether / 100n, 0n, 'passed'],
    ['a wei more than very little', ether / 100n + 1n, 0n, 'found'],
  ] as const)('%s is gone: %s → %s', (_, before, left, status) => {
    expect(coins(before, left).status).toBe(status)
  })

  test('the share and the least fall are options', () => {
    expect(coins(100n * ether, 89n * ether, { percent: 10 }).status).toBe('found')
    expect(coins(100n * ether, 90n * ether, { percent: 10 }).status).toBe('passed')
    expect(coins(ether, 0n, { leastCoins: 1 }).status).toBe('passed')
    expect(coins(ether, 0n, { leastCoins: 0.999 }).status).toBe('found')
  })

  test('says how much, since when', () => {
    expect(coins(8n * ether, ether)).toMatchObject({
      findings: [
        {
          severity: 'high',
          subject: { kind: 'account' },
          data: { lost: { value: String(7n * ether) }, now: { value: String(ether) }, since: { value: block } },
        },
      ],
    })
  })
})

describe('a token', () => {
  test.each([
    ['a quarter is gone', 75n, 'passed'],
    ['more than a quarter is gone', 74n, 'found'],
    ['more is there', 200n, 'passed'],
  ] as const)('%s', (_, left, status) => {
    expect(inTokens(100n, { holdings: now(left), gone: [] }).status).toBe(status)
  })

  test('nothing is left', () => {
    expect(inTokens(100n, { gone: [payroll] })).toMatchObject({
      findings: [{ subject: { kind: 'token', token: payroll }, data: { lost: { value: '100' }, now: { value: '0' } } }],
    })
  })

  test('nobody asked about it: inconclusive, not gone', () => {
    expect(inTokens(100n)).toMatchObject({
      status: 'inconclusive',
      because: { missing: [{ about: 'token-balance', contract: payroll, error: { code: 'token-not-asked' } }] },
    })
  })

  test('balances that could not be read: inconclusive', () => {
    expect(inTokens(100n, { holdings: now(100n), missing: [missing('token-balance')] }).status).toBe('inconclusive')
  })

  test('logs that could not be read change nothing', () => {
    expect(inTokens(100n, { holdings: now(100n), missing: [missing('logs')] }).status).toBe('passed')
  })
})

describe('the baseline', () => {
  test('there is none: the rule does not apply', () => {
    expect(judgeWith(balanceDrop, {}).status).toBe('not-applicable')
  })

  test.each([
    ['the balance', { balance: null }],
    ['the tokens', { tokens: null }],
  ])('does not have %s: inconclusive', (_, over) => {
    expect(judgeWith(balanceDrop, { baseline: baseline(over) })).toMatchObject({
      status: 'inconclusive',
      because: { fact: 'baseline', missing: [{ about: 'baseline', error: { code: 'baseline-unread' } }] },
    })
  })

  test('is of an earlier version that kept no state: inconclusive', () => {
    expect(judgeWith(balanceDrop, { baseline: { kind: 'known', state: null, missing: [] } }).status).toBe(
      'inconclusive',
    )
  })

  test.each([
    ['20999999', 'found'],
    ['21000000', 'found'],
    ['21000001', 'inconclusive'],
  ])('of block %s, where block 21000000 is checked: %s', (of, status) => {
    const balance = { amount: String(9n * ether), block: of }
    expect(judgeWith(balanceDrop, { baseline: baseline({ balance }) }).status).toBe(status)
  })

  test('what it has is compared, and what it lacks is told', () => {
    const outcome = judgeWith(balanceDrop, { account: account({ balance: 0n }), baseline: baseline({ tokens: null }) })
    expect(outcome).toMatchObject({ status: 'found', because: { missing: [{ error: { code: 'baseline-unread' } }] } })
  })
})

test('its words are whole in both languages', () => {
  const outcomes = [coins(8n * ether, ether), inTokens(100n * ether, { gone: [payroll] })]
  expectEveryMessage(balanceDrop, outcomes)
  expect(wordsOf(balanceDrop, coins(8n * ether, ether), 'en')[0]).toBe(
    '7 ETH of 8 ETH are gone since block 20000000. 1 ETH is left.',
  )
})
