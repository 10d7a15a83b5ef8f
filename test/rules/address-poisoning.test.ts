import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import addressPoisoning from '../../rules/address-poisoning/index.ts'
import type { AccountFacts, ProvenParty, ProvenTransfer, TransferFacts } from '../../src/rule.ts'
import { account, at, hashOf, judgeWith, logAt, missing, owner, transfers, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const listed = at(0x70)
const unlisted = at(0x71)
const counterfeit = at(0x72)
const wordless = at(0x73)
const stranger = at(0xbad)
const paid: Address = '0xabC4444444444444444444444444444444441234'
const alike: Address = '0xabC5555555555555555555555555555555551234'
const alsoAlike: Address = '0xabC6666666666666666666666666666666661234'

const tokens = [
  { address: listed, symbol: 'HRBR', decimals: 6, isListed: true },
  { address: unlisted, symbol: 'COIN', decimals: 6, isListed: false },
  { address: counterfeit, symbol: 'НRBR', decimals: 6, isListed: false },
  { address: wordless, symbol: null, decimals: null, isListed: false },
]
const moved = (block: bigint, over: Partial<ProvenTransfer> = {}): ProvenTransfer => ({
  contract: listed,
  amount: 5_000_000n,
  log: logAt(block),
  sender: null,
  ...over,
})
const party = (address: Address, over: Partial<ProvenParty> = {}): ProvenParty => ({
  address,
  sent: null,
  claimedSent: null,
  emptySent: null,
  received: null,
  claimedReceived: null,
  called: null,
  lists: [],
  ...over,
})
const empty = (block: bigint, sender: Address | null = stranger) => moved(block, { amount: 0n, sender })
const recipient = party(paid, { sent: moved(10n) })

type Given = {
  readonly over?: Partial<TransferFacts>
  readonly code?: AccountFacts['code']
  readonly options?: object
}
const judge = (parties: readonly ProvenParty[], { over = {}, code, options = {} }: Given = {}) =>
  judgeWith(
    addressPoisoning,
    { account: account(code && { code }), transfers: transfers({ parties, tokens, ...over }) },
    { ...options },
  )
const signOf = (imitator: Partial<ProvenParty>, given?: Given) => {
  const outcome = judge([recipient, party(alike, imitator)], given)
  return outcome.status === 'found' ? outcome.findings.map(({ data }) => data.sign?.value) : outcome.status
}
const contractCode = { kind: 'contract', codeHash: hashOf(1) } as const
const delegated = { kind: 'delegated', delegate: at(7), delegateCodeHash: hashOf(1) } as const

test('nobody resembles anybody: passed', () => {
  expect(judge([]).status).toBe('passed')
})

test('a transfer of nothing to a lookalike, in a transaction of somebody else', () => {
  expect(judge([recipient, party(alike, { emptySent: empty(20n) })])).toMatchObject({
    status: 'found',
    findings: [
      {
        severity: 'high',
        confidence: 'likely',
        subject: { kind: 'counterparty', address: paid },
        data: {
          imitated: { value: paid },
          lookalike: { value: alike },
          lookalikes: { value: 1 },
          sign: { value: 'empty' },
        },
        evidence: [
          { kind: 'log', block: '10' },
          { kind: 'log', block: '20', transaction: hashOf(20n), sender: stranger },
        ],
      },
    ],
  })
})

describe('what makes a lookalike an imitation', () => {
  test.each<[string, Partial<ProvenParty>, readonly string[] | string]>([
    ['nothing but its looks', {}, 'passed'],
    ['a transfer of nothing to it, which the account sent itself', { emptySent: empty(20n, owner) }, 'passed'],
    ['a transfer of nothing to it, whose sender was not read', { emptySent: empty(20n, null) }, ['empty']],
    ['a transfer of nothing from it', { claimedReceived: moved(20n, { amount: 0n }) }, ['empty']],
    ['a real amount of a listed token to it', { sent: moved(20n, { sender: stranger }) }, 'passed'],
    [
      'an amount that the account sent itself',
      { claimedSent: moved(20n, { contract: unlisted, sender: owner }) },
      'passed',
    ],
    [
      'an amount that somebody else sent',
      { claimedSent: moved(20n, { contract: unlisted, sender: stranger }) },
      ['unsent'],
    ],
    ['an NFT that somebody else sent', { claimedSent: moved(20n, { amount: null, sender: stranger }) }, ['unsent']],
    ['an amount whose sender was not read', { claimedSent: moved(20n, { contract: unlisted }) }, 'passed'],
    ['an amount of a counterfeit to it', { claimedSent: moved(20n, { contract: counterfeit }) }, ['counterfeit']],
    ['an amount of a counterfeit from it', { claimedReceived: moved(20n, { contract: counterfeit }) }, ['counterfeit']],
    ['one whole unit from it', { received: moved(20n, { amount: 1_000_000n }) }, ['dust']],
    ['more than a whole unit from it', { received: moved(20n, { amount: 1_000_001n }) }, 'passed'],
    ['an NFT from it', { claimedReceived: moved(20n, { amount: null }) }, 'passed'],
    [
      'a small amount of a token without decimals',
      { claimedReceived: moved(20n, { contract: wordless, amount: 1n }) },
      'passed',
    ],
  ])('%s', (_, imitator, expected) => {
    expect(signOf(imitator)).toEqual(expected)
  })

  test.each([
    ['0.5', 500_000n, ['dust']],
    ['0.5', 500_001n, 'passed'],
    ['0', 0n, ['empty']],
    ['0', 1n, 'passed'],
  ])('with up to %s units as dust, %s', (dustUnits, amount, expected) => {
    expect(signOf({ claimedReceived: moved(20n, { amount }) }, { options: { dustUnits: Number(dustUnits) } })).toEqual(
      expected,
    )
  })

  test('a real payment hides no forgery, and a forgery no payment', () => {
    const forged = moved(5n, { contract: unlisted, sender: stranger })
    expect(signOf({ sent: moved(30n), claimedSent: forged })).toEqual(['unsent'])
    const outcome = judge([{ ...recipient, claimedSent: forged }, party(alike, { emptySent: empty(20n) })])
    expect(outcome).toMatchObject({ findings: [{ evidence: [{ block: '10' }, { block: '20' }] }] })
  })

  test('the newest sign is told', () => {
    expect(signOf({ emptySent: empty(20n), received: moved(21n, { amount: 1n }) })).toEqual(['dust'])
    expect(signOf({ emptySent: empty(22n), received: moved(21n, { amount: 1n }) })).toEqual(['empty'])
  })
})

describe('how alike', () => {
  const signed = { emptySent: empty(20n) }
  test.each<[string, Address, number, string]>([
    ['three and four digits', alike, 1000, 'found'],
    ['two leading ones', '0xabD5555555555555555555555555555555551234', 1000, 'passed'],
    ['three trailing ones', '0xabC5555555555555555555555555555555559234', 1000, 'passed'],
    ['seven digits among the most pairs that allow them', alike, 2_684_354, 'found'],
    ['seven digits among one pair more', alike, 2_684_355, 'passed'],
    ['eight digits among them', '0xabC4555555555555555555555555555555551234', 2_684_355, 'found'],
  ])('%s', (_, address, counterparties, status) => {
    expect(judge([recipient, party(address, signed)], { over: { recipients: 1, counterparties } }).status).toBe(status)
  })
})

describe('whom the account sent to', () => {
  const imitator = party(alike, { emptySent: empty(20n) })
  test.each<[string, Partial<ProvenParty>, Given['code'], string]>([
    ['nobody', {}, undefined, 'passed'],
    ['by a listed token', { sent: moved(10n) }, undefined, 'found'],
    ['by its own transaction', { claimedSent: moved(10n, { contract: unlisted, sender: owner }) }, undefined, 'found'],
    [
      'by the word of a contract',
      { claimedSent: moved(10n, { contract: unlisted, sender: stranger }) },
      undefined,
      'passed',
    ],
    ['by the word of a contract, unread', { claimedSent: moved(10n, { contract: unlisted }) }, undefined, 'passed'],
    ['as a contract account', { claimedSent: moved(10n, { contract: unlisted }) }, contractCode, 'found'],
    [
      'as a delegated account',
      { claimedSent: moved(10n, { contract: unlisted, sender: stranger }) },
      delegated,
      'found',
    ],
    ['with coins', { called: { transaction: hashOf(5), block: 30n, withCoins: true } }, undefined, 'found'],
    ['without coins', { called: { transaction: hashOf(5), block: 30n, withCoins: false } }, undefined, 'passed'],
  ])('%s', (_, given, code, status) => {
    expect(judge([party(paid, given), imitator], code && { code }).status).toBe(status)
  })

  test('coins are the proof where no transfer is', () => {
    const called = { transaction: hashOf(5), block: 30n, withCoins: true }
    expect(judge([party(paid, { called }), imitator])).toMatchObject({
      findings: [
        {
          evidence: [
            { kind: 'transaction', hash: hashOf(5), block: '30' },
            { kind: 'log', block: '20' },
          ],
        },
      ],
    })
  })

  test('what others do in the name of an account that others send for proves nothing', () => {
    const claimedSent = moved(20n, { contract: unlisted, sender: stranger })
    expect(signOf({ claimedSent })).toEqual(['unsent'])
    expect(signOf({ claimedSent }, { code: delegated })).toBe('passed')
    expect(signOf({ emptySent: empty(20n) }, { code: contractCode })).toEqual(['empty'])
  })

  test('a lookalike that was paid itself still imitates, and of two that seem to, the later one does', () => {
    const victim = party(alike, { sent: moved(30n), emptySent: empty(20n) })
    const subjects = (...parties: readonly ProvenParty[]) => {
      const outcome = judge(parties)
      return outcome.status === 'found' ? outcome.findings.map(({ subject }) => subject) : outcome.status
    }
    expect(subjects(recipient, victim)).toEqual([{ kind: 'counterparty', address: paid }])
    expect(subjects({ ...recipient, emptySent: empty(40n) }, victim)).toEqual([{ kind: 'counterparty', address: paid }])
  })
})

test('many imitators of one recipient are one finding: all are counted, and the five newest shown', () => {
  const fill = (index: number) => index.toString(16).padStart(33, '0')
  const imitators = Array.from({ length: 7 }, (_, index) =>
    party(`0xabC${fill(index)}1234`, { emptySent: empty(BigInt(20 + index)) }),
  )
  const outcome = judge([recipient, ...imitators])
  expect(outcome).toMatchObject({
    findings: [{ data: { lookalikes: { value: 7 }, lookalike: { value: `0xabC${fill(6)}1234` } } }],
  })
  const blocks = outcome.status === 'found' && outcome.findings[0].evidence.map((each) => 'block' in each && each.block)
  expect(blocks).toEqual(['10', '26', '25', '24', '23', '22'])
})

test.each(['logs', 'transfers', 'lookalikes', 'transaction-sender', 'token-metadata', 'activity'] as const)(
  '%s that could not be read: inconclusive, and a finding stays a finding',
  (about) => {
    const over = { missing: [missing(about)] }
    expect(judge([], { over }).status).toBe('inconclusive')
    expect(judge([recipient, party(alike, { emptySent: empty(20n) })], { over })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete' },
    })
  },
)

test('balances that could not be read change nothing', () => {
  expect(judge([], { over: { missing: [missing('token-balance')] } }).status).toBe('passed')
})

test('every message reads in both languages', () => {
  const one = (imitator: Partial<ProvenParty>) => judge([recipient, party(alike, imitator)])
  const several = judge([
    recipient,
    party(alike, { emptySent: empty(20n) }),
    party(alsoAlike, { emptySent: empty(21n) }),
  ])
  const outcomes = [
    one({ emptySent: empty(20n) }),
    one({ claimedSent: moved(20n, { contract: unlisted, sender: stranger }) }),
    one({ claimedReceived: moved(20n, { contract: counterfeit }) }),
    one({ received: moved(20n, { amount: 1n }) }),
    several,
  ]
  expectEveryMessage(addressPoisoning, outcomes)
  expect(wordsOf(addressPoisoning, several, 'en')[0]).toBe(
    `This account sent to ${paid}. 2 addresses with the same beginning and end are in its history too. The newest is ${alsoAlike}, by a transfer of nothing.`,
  )
  expect(wordsOf(addressPoisoning, several, 'ja')[0]).toContain('履歴に2個あります')
})
