import { describe, expect, test } from 'vitest'
import unsentApproval from '../../rules/unsent-approval/index.ts'
import type { AccountFacts, Grant } from '../../src/rule.ts'
import {
  account,
  allowance,
  approvals,
  at,
  hashOf,
  itemAllowance,
  judgeWith,
  logAt,
  missing,
  nftApproval,
  operator,
  owner,
  permit2Grant,
  spender,
  threats,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const relayer = at(0x4e1a)
const sentBy = (sender: Grant['spender']['address'], over = {}) => ({
  log: { ...logAt(), sender, timestamp: 1_700_000_000, ...over },
})
const gap = { fromBlock: 0n, toBlock: 5n }
const partly = { coverage: { fromBlock: 0n, toBlock: 9n, gaps: [gap] } }
const judge = (grants: readonly Grant[], over = {}, code: AccountFacts['code'] = { kind: 'none' }) =>
  judgeWith(unsentApproval, { approvals: approvals(grants, over), account: account({ code }), threats: known })

const router = at(0x10c4)
const known = threats({
  entries: [
    {
      address: at(0xd1),
      kind: 'drainer',
      chainId: null,
      list: 'notes',
      name: null,
      incidentDate: null,
      isFixed: false,
      isGiven: true,
    },
  ],
  wellKnownContracts: [{ address: router, name: 'A router', role: 'spender' }],
})

const kinds = [
  ['an allowance', allowance],
  ['one NFT', nftApproval],
  ['an operator', operator],
  ['a Permit2 grant', permit2Grant],
  ['one item', itemAllowance],
] as const

describe.each(kinds)('%s', (_, grantTo) => {
  test('in a transaction of somebody else is medium, and only possibly wrong', () => {
    expect(judge([grantTo(sentBy(relayer))])).toMatchObject({
      status: 'found',
      findings: [{ messageId: 'unsent', severity: 'medium', confidence: 'possible', remedy: [{}] }],
    })
  })

  test("in the account's own transaction, however it is spelled: passed", () => {
    expect(judge([grantTo(sentBy(owner))]).status).toBe('passed')
    const lower = owner.toLowerCase() as typeof owner
    expect(judge([grantTo(sentBy(lower))]).status).toBe('passed')
  })
})

test('the evidence names who sent the event, and when', () => {
  const outcome = judge([allowance(sentBy(relayer))])
  const evidence = outcome.status === 'found' ? outcome.findings[0].evidence : []
  expect(evidence.find(({ kind }) => kind === 'log')).toEqual({
    kind: 'log',
    block: '20000000',
    transaction: hashOf(20_000_000n),
    index: 0,
    sender: relayer,
    timestamp: 1_700_000_000,
  })
})

test('a spender that everybody uses is low', () => {
  expect(judge([allowance({ ...sentBy(relayer), spender: spender({ address: router }) })])).toMatchObject({
    findings: [{ messageId: 'well-known', severity: 'low' }],
  })
})

test.each([
  ['a grant that no event announced', [allowance({ origin: 'unannounced', log: null })]],
  ['a guess that state confirmed', [allowance({ origin: 'guessed', log: null })]],
  ['what the contract gives to everybody', [allowance({ origin: 'built-in', ...sentBy(relayer) })]],
  ['a listed drainer, left to its rule', [allowance({ ...sentBy(relayer), spender: spender({ address: at(0xd1) }) })]],
  ['a person, left to its rule', [allowance({ ...sentBy(relayer), spender: spender({ code: 'none' }) })]],
  ['no grants', []],
])('%s: passed', (_, grants) => {
  expect(judge(grants).status).toBe('passed')
})

test.each([
  ['a Safe account or another contract', { kind: 'contract', codeHash: hashOf(1) }],
  ['an account with a delegation', { kind: 'delegated', delegate: at(0xde1e), delegateCodeHash: hashOf(2) }],
] as const)('%s: others send for it, so nothing is judged', (_, code) => {
  expect(judge([allowance(sentBy(relayer))], {}, code).status).toBe('not-applicable')
})

describe('an event that came with a use of the grant', () => {
  const used = [allowance(sentBy(relayer, { isUse: true }))]

  test('gave it, when all blocks were read', () => {
    expect(wordsOf(unsentApproval, judge(used), 'en')[0]).toContain('The same transaction moved TKN out')
  })

  test('may only tell what is left, when blocks are unread: nothing is claimed', () => {
    expect(judge(used, { ...partly, missing: [missing('logs')] }).status).toBe('inconclusive')
  })

  test('a grant of its own is found with blocks unread, too', () => {
    expect(judge([allowance(sentBy(relayer))], { ...partly, missing: [missing('logs')] }).status).toBe('found')
  })
})

test.each(['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'approval-transaction'] as const)(
  '%s not read: inconclusive',
  (about) => {
    expect(judge([allowance()], { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('balances that could not be read change nothing', () => {
  expect(judge([], { missing: [missing('token-balance')] }).status).toBe('passed')
})

test('the message says who sent it and when, as far as it is known', () => {
  const words = (over: object) => wordsOf(unsentApproval, judge([allowance(sentBy(relayer, over))]), 'en')[0]
  expect(words({})).toContain(
    `${relayer} sent the transaction that gave this, on 2023-11-14 22:13 UTC: this account did`,
  )
  expect(words({ timestamp: undefined })).toContain(`${relayer} sent the transaction that gave this: this account did`)
})

test('every message reads in both languages', () => {
  const grants = kinds.flatMap(([, grantTo]) => [
    grantTo(sentBy(relayer)),
    grantTo(sentBy(relayer, { isUse: true, timestamp: undefined })),
    grantTo({ ...sentBy(relayer), spender: spender({ address: router }) }),
  ])
  expectEveryMessage(
    unsentApproval,
    grants.map((grant) => judge([grant])),
  )
})
