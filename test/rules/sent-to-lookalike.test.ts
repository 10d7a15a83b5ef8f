import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import sentToLookalike from '../../rules/sent-to-lookalike/index.ts'
import type { ProvenParty, ProvenTransfer } from '../../src/rule.ts'
import { account, at, hashOf, judgeWith, logAt, missing, owner, transfers } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const listed = at(0x70)
const paid: Address = '0xabC4444444444444444444444444444444441234'
const alike: Address = '0xabC5555555555555555555555555555555551234'
const tokens = [{ address: listed, symbol: 'HRBR', decimals: 6, isListed: true }]
const moved = (block: bigint, over: Partial<ProvenTransfer> = {}): ProvenTransfer => ({
  contract: listed,
  amount: 5_000_000n,
  log: logAt(block),
  sender: null,
  ...over,
})
const party = (address: Address, over: Partial<ProvenParty> = {}): ProvenParty => ({
  ...{ address, sent: null, claimedSent: null, emptySent: null, received: null, claimedReceived: null, called: null },
  lists: [],
  ...over,
})
const empty = moved(20n, { amount: 0n, sender: at(0xbad) })
const recipient = party(paid, { sent: moved(10n) })
const judge = (imitator: Partial<ProvenParty>, over: object = {}) =>
  judgeWith(sentToLookalike, {
    transfers: transfers({ parties: [recipient, party(alike, imitator)], tokens, ...over }),
  })

test('an imitation that nothing was sent to: passed', () => {
  expect(judge({ emptySent: empty }).status).toBe('passed')
})

test('tokens sent to the imitation after a transfer of nothing had brought it into the history', () => {
  expect(judge({ emptySent: empty, sent: moved(30n, { amount: 9_000_000n }) })).toMatchObject({
    status: 'found',
    findings: [
      {
        severity: 'critical',
        confidence: 'likely',
        subject: { kind: 'counterparty', address: alike },
        data: {
          lookalike: { value: alike },
          imitated: { value: paid },
          what: { value: 'tokens' },
          amount: { value: '9000000', symbol: 'HRBR' },
          hash: { value: hashOf(30n) },
        },
        evidence: [{ block: '30' }, { block: '10' }, { block: '20' }],
      },
    ],
  })
})

describe('what was sent', () => {
  test.each([
    ['coins', { called: { transaction: hashOf(5), block: 30n, withCoins: true } }, 'coins'],
    ['an item', { sent: moved(30n, { amount: null }) }, 'item'],
    ['a token of which nothing is known', { claimedSent: moved(30n, { contract: at(0x99), sender: owner }) }, 'tokens'],
  ])('%s', (_, over, what) => {
    expect(judge({ emptySent: empty, ...over })).toMatchObject({ findings: [{ data: { what: { value: what } } }] })
  })
})

test.each([
  ['in the same block as the one that it resembles', 10n],
  ['before it', 9n],
])('one that was paid %s is not the imitation', (_, block) => {
  expect(judge({ emptySent: empty, sent: moved(block) }).status).toBe('passed')
})

test('one that only an event of others says was paid: passed', () => {
  expect(judge({ emptySent: empty, claimedSent: moved(30n, { sender: at(0xbad) }) }).status).toBe('passed')
})

test.each([
  ['a contract', { kind: 'contract', codeHash: hashOf(1) } as const, null],
  ['a delegated', { kind: 'delegated', delegate: at(7), delegateCodeHash: hashOf(1) } as const, at(0xbad)],
])('%s account: the forged event that makes the imitation is no payment; a listed token is', (_, code, sender) => {
  const counterfeit = { address: at(0x72), symbol: 'НRBR', decimals: 6, isListed: false }
  const statusOf = (imitator: Partial<ProvenParty>) =>
    judgeWith(sentToLookalike, {
      account: account({ code }),
      transfers: transfers({ parties: [recipient, party(alike, imitator)], tokens: [...tokens, counterfeit] }),
    }).status
  const claimedSent = moved(30n, { contract: at(0x72), sender })
  expect(statusOf({ claimedSent })).toBe('passed')
  expect(statusOf({ claimedSent, emptySent: empty })).toBe('passed')
  expect(statusOf({ claimedSent, sent: moved(31n) })).toBe('found')
  expect(statusOf({ claimedSent: { ...claimedSent, sender: owner }, emptySent: empty })).toBe('found')
})

test('one that resembles and has no sign of an imitation: passed', () => {
  expect(judge({ sent: moved(30n) }).status).toBe('passed')
})

test.each(['logs', 'transfers', 'lookalikes', 'transaction-sender', 'token-metadata', 'activity'] as const)(
  'inconclusive without %s',
  (about) => {
    expect(judge({ emptySent: empty }, { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('every message in both languages', () => {
  expectEveryMessage(sentToLookalike, [
    judge({ emptySent: empty, sent: moved(30n) }),
    judge({ emptySent: empty, sent: moved(30n, { amount: null }) }),
    judge({ emptySent: empty, called: { transaction: hashOf(5), block: 30n, withCoins: true } }),
  ])
})
