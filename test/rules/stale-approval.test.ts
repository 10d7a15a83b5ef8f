import { describe, expect, test } from 'vitest'
import staleApproval from '../../rules/stale-approval/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  chain,
  itemAllowance,
  judgeWith,
  logAt,
  missing,
  nftApproval,
  operator,
  permit2Grant,
  spender,
  threats,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const day = 86_400
const now = chain().block.timestamp
const ago = (seconds: number) => now - seconds
const given = (seconds: number) => ({ log: { ...logAt(20_000_000n), timestamp: ago(seconds) } })
const moved = (seconds: number) => ({ lastTransfer: { ...logAt(20_000_100n), timestamp: ago(seconds) } })
const never = { lastTransfer: null }
const judge = (grants: readonly Grant[], over = {}, options = {}) =>
  judgeWith(staleApproval, { approvals: approvals(grants, over), threats: threats() }, options)
const gapAt = (toBlock: bigint) => ({
  coverage: { fromBlock: 0n, toBlock: 21_000_000n, gaps: [{ fromBlock: 0n, toBlock }] },
})

const seen = [
  ['an allowance', allowance],
  ['one NFT', nftApproval],
  ['an operator', operator],
  ['an ERC-777 operator', (over: object) => operator({ standard: 'erc777', ...over })],
  ['a Permit2 grant', permit2Grant],
] as const
const unseen = [
  ['one item', itemAllowance],
  ['an ERC-6909 operator', (over: object) => operator({ standard: 'erc6909', ...over })],
  ['an ERC-7540 operator', (over: object) => operator({ standard: 'erc7540', ...over })],
] as const

describe.each(seen)('%s', (_, grantTo) => {
  test('that has rested for 180 days is low', () => {
    expect(judge([grantTo({ ...given(180 * day), ...never })])).toMatchObject({
      status: 'found',
      findings: [{ messageId: 'unused', severity: 'low', confidence: 'likely', remedy: [{ purpose: 'revoke' }] }],
    })
  })

  test('that has rested for a second less: passed', () => {
    expect(judge([grantTo({ ...given(180 * day - 1), ...never })]).status).toBe('passed')
  })

  test('whose token left a second too late: passed', () => {
    expect(judge([grantTo({ ...given(400 * day), ...moved(180 * day - 1) })]).status).toBe('passed')
    expect(judge([grantTo({ ...given(400 * day), ...moved(180 * day) })]).status).toBe('found')
  })

  test('of which nobody knows whether it was used: nothing is claimed', () => {
    expect(judge([grantTo(given(400 * day))], { missing: [missing('logs')] }).status).toBe('inconclusive')
  })
})

describe.each(unseen)('%s', (_, grantTo) => {
  test('that was given long ago is said to be unseen', () => {
    expect(judge([grantTo(given(180 * day))])).toMatchObject({
      status: 'found',
      findings: [{ messageId: 'unseen', severity: 'low', confidence: 'possible' }],
    })
    expect(judge([grantTo(given(180 * day - 1))]).status).toBe('passed')
  })

  test('may have been given again in blocks that were not read', () => {
    const old = [grantTo(given(400 * day))]
    expect(judge(old, { ...gapAt(20_000_000n), missing: [missing('logs')] }).status).toBe('inconclusive')
    expect(judge(old, { ...gapAt(19_999_999n), missing: [missing('logs')] }).status).toBe('found')
  })
})

test.each([
  ['a grant whose time was not read', [allowance({ log: logAt(), ...never })]],
  ['a grant without an event', [allowance({ log: null, origin: 'unannounced' })]],
  ['what the contract gives to everybody', [allowance({ ...given(400 * day), ...never, origin: 'built-in' })]],
  ['a Permit2 grant that sleeps', [permit2Grant({ ...given(400 * day), ...never, outerAllowance: 0n })]],
  ['a person, left to its rule', [allowance({ ...given(400 * day), ...never, spender: spender({ code: 'none' }) })]],
  ['no grants', []],
])('%s: not said here', (_, grants) => {
  expect(judge(grants).status).toBe('passed')
})

test('the days are an option', () => {
  const grants = [allowance({ ...given(30 * day), ...never })]
  expect(judge(grants, {}, { days: 30 }).status).toBe('found')
  expect(judge(grants, {}, { days: 31 }).status).toBe('passed')
  expect(staleApproval.options.safeParse({ days: 0 }).success).toBe(false)
})

test.each(['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'approval-transaction'] as const)(
  '%s not read: inconclusive',
  (about) => {
    expect(judge([], { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('balances that could not be read change nothing', () => {
  expect(judge([], { missing: [missing('token-balance')] }).status).toBe('passed')
})

test('the message says when it was given, and when the token last left', () => {
  const words = (over: object) => wordsOf(staleApproval, judge([allowance({ ...given(400 * day), ...over })]), 'en')[0]
  expect(words(never)).toContain('no TKN has left this account since: it has rested for 400 days.')
  expect(words(moved(200 * day))).toContain(
    'TKN last left this account on 2024-04-10 03:33 UTC: it has rested for 200 days.',
  )
})

test('the last transfer is evidence too', () => {
  const outcome = judge([allowance({ ...given(400 * day), ...moved(200 * day) })])
  const evidence = outcome.status === 'found' ? outcome.findings[0].evidence : []
  expect(evidence.filter(({ kind }) => kind === 'log')).toMatchObject([
    { block: '20000000', timestamp: ago(400 * day) },
    { block: '20000100', timestamp: ago(200 * day) },
  ])
})

test('every message reads in both languages', () => {
  const grants = [
    ...seen.flatMap(([, grantTo]) => [
      grantTo({ ...given(400 * day), ...never }),
      grantTo({ ...given(400 * day), ...moved(200 * day) }),
    ]),
    ...unseen.map(([, grantTo]) => grantTo(given(400 * day))),
  ]
  expectEveryMessage(
    staleApproval,
    grants.map((grant) => judge([grant])),
  )
})
