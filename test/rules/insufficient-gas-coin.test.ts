import { describe, expect, test } from 'vitest'
import insufficientGasCoin from '../../rules/insufficient-gas-coin/index.ts'
import {
  account,
  at,
  chain,
  fees,
  hashOf,
  holding,
  judgeWith,
  missing,
  owner,
  token,
  tokens,
  wordsOf,
} from '../../src/testing.ts'

// 65,000 gas at twice the base fee of 20 gwei and a tip of 1 gwei.
const cost = 65_000n * 41_000_000_000n
const held = tokens({ holdings: [holding()] })
const delegated = { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } as const
const withBalance = (balance: bigint, over = {}) =>
  judgeWith(insufficientGasCoin, { account: account({ balance }), tokens: held, ...over })

test.each([
  ['exactly the cost of a transfer', cost, 'passed'],
  ['a wei less', cost - 1n, 'found'],
  ['nothing', 0n, 'found'],
])('%s', (_, balance, status) => {
  expect(withBalance(balance).status).toBe(status)
})

const bait = holding({ lists: [], token: token({ symbol: 'claim-it.example' }) })
const unlisted = holding({ lists: [], token: token({ address: at(0x71) }) })

test('only tokens that the owner likely means to have are counted', () => {
  const holdings = [holding(), bait, unlisted]
  const counted = (over = {}) => withBalance(0n, { tokens: tokens({ holdings, ...over }) })
  expect(counted()).toMatchObject({ findings: [{ data: { tokens: { value: 1 } } }] })
  expect(counted({ shownByWallet: [at(0x71)] })).toMatchObject({ findings: [{ data: { tokens: { value: 2 } } }] })
})

test('on a chain that no list covers, a token that is no bait counts', () => {
  const uncovered = { lists: [{ name: 'bundled', date: '2026-10-01', entries: 0 }] }
  expect(withBalance(0n, { tokens: tokens({ ...uncovered, holdings: [unlisted] }) }).status).toBe('found')
  expect(withBalance(0n, { tokens: tokens({ ...uncovered, holdings: [bait] }) }).status).toBe('not-applicable')
})

test('a token whose standard could not be read is held all the same', () => {
  const holdings = [holding({ token: token({ standard: 'unknown' }) })]
  const unread = tokens({ holdings, missing: [missing('token-metadata')] })
  expect(withBalance(0n, { tokens: unread }).status).toBe('found')
  expect(withBalance(cost, { tokens: unread }).status).toBe('passed')
})

test.each([
  ['no tokens', { tokens: tokens() }],
  ['an NFT collection only', { tokens: tokens({ holdings: [holding({ token: token({ standard: 'erc721' }) })] }) }],
  [
    'a contract account, which pays no gas',
    { account: account({ balance: 0n, code: { kind: 'contract', codeHash: hashOf(1) } }) },
  ],
  ['bait on no list', { tokens: tokens({ holdings: [bait] }) }],
  ['a token on no list, which anybody may have sent', { tokens: tokens({ holdings: [holding({ lists: [] })] }) }],
])('does not apply to %s', (_, over) => {
  expect(withBalance(0n, over).status).toBe('not-applicable')
})

test('the exact amount is in the data, and rounded up in the sentence', () => {
  const outcome = withBalance(cost - 1n)
  expect(outcome).toMatchObject({
    findings: [
      {
        severity: 'high',
        confidence: 'certain',
        messageId: 'short',
        subject: { kind: 'account' },
        data: { missing: { value: '1' }, topUp: { value: '1000000000000' }, cost: { value: String(cost) } },
        evidence: [
          { method: 'eth_getBalance', block: '21000000', value: String(cost - 1n) },
          { method: 'eth_feeHistory', value: '20000000000' },
        ],
      },
    ],
  })
  expect(wordsOf(insufficientGasCoin, outcome, 'en')[2]).toContain(`Send at least 0.000001 ETH to ${owner}`)
})

test('the sentence names coin, chain and amounts in both languages', () => {
  const polygon = chain({ chainId: 137, name: 'Polygon', coin: { symbol: 'POL', decimals: 18 } })
  const outcome = withBalance(10n ** 15n, { chain: polygon })
  expect(wordsOf(insufficientGasCoin, outcome, 'en').slice(0, 4)).toEqual([
    'The account holds 1 token on Polygon but only 0.001 POL. Sending a token there takes up to 0.002665 POL.',
    // Before anything is sent to it: an account whose key somebody has is emptied of what comes.
    'If coins that came here before left at once without you, or a transaction of this account waits that you neither sent nor confirmed, send nothing more: somebody who has the key of this account takes whatever comes. What to do then: wallet-checkup rules swept-account.',
    `Send at least 0.001665 POL to ${owner} from another account of yours or from an exchange. Where several findings name an amount to send to this account, send the highest of them, not their sum, then run this check again.`,
    'Choose Polygon (chain ID 137) as the network of that transfer: POL on another chain does not pay for gas here.',
  ])
  expect(wordsOf(insufficientGasCoin, outcome, 'ja')[0]).toBe(
    'このアカウントは Polygon に1種類のトークンを持っていますが、残高は 0.001 POL しかありません。Polygon でトークンを送るには、最大で 0.002665 POL が必要です。',
  )
})

test('an account with a delegate is not simply told to send coins', () => {
  const outcome = withBalance(0n, { account: account({ balance: 0n, code: delegated }) })
  expect(outcome).toMatchObject({ findings: [{ messageId: 'short-with-delegate' }] })
  expect(wordsOf(insufficientGasCoin, outcome, 'en')[1]).toContain(
    `Send nothing to this account until you know that you chose ${at(0xde)} yourself`,
  )
  expect(wordsOf(insufficientGasCoin, outcome, 'ja')[1]).toContain('このアカウントには何も送らないでください')
})

test('a chain without a base fee is measured by its gas price', () => {
  const legacy = { fees: fees({ nextBaseFee: null, tips: null, gasPrice: 10n }) }
  expect(withBalance(650_000n, legacy).status).toBe('passed')
  expect(withBalance(649_999n, legacy)).toMatchObject({
    findings: [{ evidence: [{}, { method: 'eth_gasPrice', value: '10' }] }],
  })
})

test('the gas of a transfer is an option', () => {
  const facts = { account: account({ balance: cost }), tokens: held }
  expect(judgeWith(insufficientGasCoin, facts, { transferGas: 65_001 }).status).toBe('found')
})

describe('unread facts', () => {
  test('unknown fees are inconclusive', () => {
    const unknown = fees({ nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] })
    expect(withBalance(0n, { fees: unknown }).status).toBe('inconclusive')
    expect(withBalance(0n, { fees: new Error('refused') }).status).toBe('inconclusive')
  })

  test.each(['token-balance', 'logs'] as const)('unread %s may hide a token', (about) => {
    const unread = { tokens: tokens({ missing: [missing(about)] }) }
    expect(withBalance(0n, unread)).toMatchObject({
      status: 'inconclusive',
      because: { kind: 'fact-incomplete', fact: 'tokens' },
    })
  })

  test('an unread name of a token hides none', () => {
    const unnamed = { tokens: tokens({ holdings: [bait], missing: [missing('token-metadata')] }) }
    expect(withBalance(0n, unnamed).status).toBe('not-applicable')
  })

  test('an unread name of a token does not matter', () => {
    const unnamed = { tokens: tokens({ holdings: [holding()], missing: [missing('token-metadata')] }) }
    expect(withBalance(cost, unnamed).status).toBe('passed')
  })
})
