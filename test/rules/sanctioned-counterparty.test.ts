import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import sanctionedCounterparty from '../../rules/sanctioned-counterparty/index.ts'
import type { AccountFacts, ProvenParty, ProvenTransfer, TransferFacts } from '../../src/rule.ts'
import { account, at, chain, hashOf, judgeWith, logAt, missing, owner, transfers, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const listedToken = at(0x70)
const otherToken = at(0x71)
const target = at(0xbad)
const stranger = at(0x57)
const tokens = [
  { address: listedToken, symbol: 'HRBR', decimals: 6, isListed: true },
  { address: otherToken, symbol: 'COIN', decimals: 6, isListed: false },
]

const day = 86_400
/** Noon, so that a day more or less is a whole one. */
const now = Date.UTC(2026, 10, 23, 12) / 1000
const dayBefore = (days: number) => new Date((now - days * day) * 1000).toISOString().slice(0, 10)
const list = (over: Partial<TransferFacts['sanctions'][number]> = {}) => ({
  name: 'given.txt',
  date: dayBefore(3),
  entries: 5,
  ...over,
})

const moved = (block: bigint, over: Partial<ProvenTransfer> = {}): ProvenTransfer => ({
  contract: listedToken,
  amount: 5n,
  log: logAt(block),
  sender: null,
  ...over,
})
const party = (over: Partial<ProvenParty> = {}): ProvenParty => ({
  address: target,
  sent: null,
  claimedSent: null,
  emptySent: null,
  received: null,
  claimedReceived: null,
  called: null,
  lists: ['given.txt'],
  ...over,
})
const sent = party({ sent: moved(10n) })

type Given = {
  readonly over?: Partial<TransferFacts>
  readonly code?: AccountFacts['code']
  readonly options?: object
}
const judge = (parties: readonly ProvenParty[], { over = {}, code, options = {} }: Given = {}) =>
  judgeWith(
    sanctionedCounterparty,
    {
      chain: chain({ observedAt: now }),
      account: account(code && { code }),
      transfers: transfers({ parties, tokens, sanctions: [list()], ...over }),
    },
    { ...options },
  )
const inShort = (...args: Parameters<typeof judge>) => {
  const outcome = judge(...args)
  return outcome.status === 'found'
    ? outcome.findings.map(({ messageId, confidence }) => `${messageId} ${confidence}`).join()
    : outcome.status
}

test('without a list nothing is compared', () => {
  expect(judge([], { over: { sanctions: [] } }).status).toBe('not-applicable')
})

test('a list that names nobody on this chain is no comparison', () => {
  expect(judge([], { over: { sanctions: [list({ entries: 0 })] } }).status).toBe('not-applicable')
  expect(judge([], { over: { sanctions: [list({ entries: 0 }), list({ name: 'b', entries: 1 })] } }).status).toBe(
    'passed',
  )
})

test('nobody on the list: passed', () => {
  expect(judge([]).status).toBe('passed')
  expect(judge([{ ...sent, lists: [] }]).status).toBe('passed')
})

test('tokens went to a listed address: the list is named with its date', () => {
  expect(judge([sent])).toMatchObject({
    status: 'found',
    findings: [
      {
        severity: 'medium',
        confidence: 'certain',
        messageId: 'sent',
        subject: { kind: 'counterparty', address: target },
        data: { counterparty: { value: target }, list: { value: 'given.txt' }, date: { value: dayBefore(3) } },
        evidence: [
          { kind: 'log', block: '10' },
          { kind: 'list', name: 'given.txt', date: dayBefore(3) },
        ],
      },
    ],
  })
})

describe('what is a dealing', () => {
  const called = { transaction: hashOf(5), block: 30n, withCoins: false }
  const unlisted = (over: Partial<ProvenTransfer> = {}) => moved(10n, { contract: otherToken, ...over })
  test.each<[string, Partial<ProvenParty>, string]>([
    ['a transaction of the account to it', { called }, 'sent certain'],
    ['a token that the account sent itself', { claimedSent: unlisted({ sender: owner }) }, 'sent certain'],
    ['a token that somebody says was sent', { claimedSent: unlisted({ sender: stranger }) }, 'passed'],
    ['a transfer of nothing', { emptySent: moved(10n, { amount: 0n, sender: stranger }) }, 'passed'],
    ['a listed token from it', { received: moved(10n) }, 'received certain'],
    [
      'nothing from it, although it sent that itself',
      { claimedReceived: moved(10n, { amount: 0n, sender: target }) },
      'passed',
    ],
    ['another token that it sent itself', { claimedReceived: unlisted({ sender: target }) }, 'received certain'],
    ['another token that somebody says came from it', { claimedReceived: unlisted({ sender: stranger }) }, 'passed'],
    [
      'an NFT that it sent itself',
      { claimedReceived: moved(10n, { amount: null, sender: target }) },
      'received certain',
    ],
    [
      'a listed token from it, and a forgery since',
      { received: moved(10n), claimedReceived: unlisted({ sender: stranger }) },
      'received certain',
    ],
    ['both ways', { sent: moved(10n), received: moved(11n) }, 'sent certain'],
  ])('%s', (_, over, expected) => {
    expect(inShort([party(over)])).toBe(expected)
  })

  test('only what counts is evidence', () => {
    const forged = unlisted({ sender: stranger })
    const outcome = judge([party({ called, claimedSent: forged, received: moved(11n) })])
    expect(outcome).toMatchObject({
      findings: [
        {
          evidence: [
            { kind: 'transaction', hash: hashOf(5), block: '30' },
            { kind: 'log', block: '11' },
            { kind: 'list' },
          ],
        },
      ],
    })
  })

  test.each<[string, NonNullable<AccountFacts['code']>]>([
    ['a contract', { kind: 'contract', codeHash: hashOf(1) }],
    ['a delegated account', { kind: 'delegated', delegate: at(7), delegateCodeHash: null }],
  ])('others send for %s, so that an event is a possible dealing', (_, code) => {
    expect(inShort([party({ claimedSent: unlisted({ sender: stranger }) })], { code })).toBe('sent possible')
    expect(inShort([sent], { code })).toBe('sent certain')
  })
})

describe('of many events that name a listed address', () => {
  const forged = moved(20n, { contract: otherToken, sender: stranger })
  const own = { ...moved(30n, { contract: otherToken, sender: owner }), place: 'claimedSent' } as const
  const theirs = { ...moved(10n, { contract: otherToken, sender: target }), place: 'claimedReceived' } as const
  const gap = (place: 'claimedSent' | 'claimedReceived') => ({ gaps: [{ place, fromBlock: 21n, toBlock: 29n }] })

  test.each<[string, Partial<ProvenParty>, string]>([
    ['a forgery hides no transfer of the account', { claimedSent: forged, more: [own] }, 'sent certain'],
    ['a forgery hides none of theirs', { claimedReceived: forged, more: [theirs] }, 'received certain'],
    ['forgeries alone are no dealing', { claimedSent: forged, more: [{ ...own, sender: stranger }] }, 'passed'],
    ['some were not kept', { claimedSent: forged, ...gap('claimedSent') }, 'inconclusive'],
    ['some that came were not kept', { claimedReceived: forged, ...gap('claimedReceived') }, 'inconclusive'],
    ['what was not kept changes nothing', { sent: moved(10n), ...gap('claimedSent') }, 'sent certain'],
  ])('%s', (_, over, expected) => {
    expect(inShort([party(over)])).toBe(expected)
  })

  test('of somebody on no list it does not matter what was kept', () => {
    expect(inShort([party({ lists: [], claimedSent: forged, ...gap('claimedSent') })])).toBe('passed')
  })

  test('what came is known, and what went may be hidden: that is said beside it', () => {
    const outcome = judge([party({ received: moved(10n), claimedSent: forged, ...gap('claimedSent') })])
    expect(outcome).toMatchObject({
      findings: [{ messageId: 'received' }],
      because: { missing: [{ about: 'transfers', error: { code: 'transfers-left-out' } }] },
    })
  })
})

describe('how old a list may be', () => {
  test.each([
    ['today', dayBefore(0), {}, 'found'],
    ['tomorrow, where it is today already', dayBefore(-1), {}, 'found'],
    ['as old as may be', dayBefore(30), {}, 'found'],
    ['a day older', dayBefore(31), {}, 'inconclusive'],
    ['as old as a longer time allows', dayBefore(90), { maximumListAgeDays: 90 }, 'found'],
    ['older than a shorter time allows', dayBefore(3), { maximumListAgeDays: 2 }, 'inconclusive'],
  ])('%s', (_, date, options, status) => {
    expect(judge([sent], { over: { sanctions: [list({ date })] }, options }).status).toBe(status)
  })

  test.each([
    ['old', dayBefore(31), 'sanctions-list-old'],
    ['without a date', null, 'sanctions-list-undated'],
    ['from the day after tomorrow', dayBefore(-2), 'sanctions-list-future'],
    ['of no day', 'soon', 'sanctions-list-undated'],
  ])('one that is %s is not used, with its reason', (_, date, code) => {
    expect(judge([sent], { over: { sanctions: [list({ date })] } })).toMatchObject({
      status: 'inconclusive',
      because: { kind: 'fact-incomplete', missing: [{ about: 'sanctions-list', error: { code } }] },
    })
  })

  test.each([
    ['2025-03-21', 'inconclusive'],
    ['2025-03-22', 'found'],
  ])('one of %s, with addresses that were taken off since or without: %s, however long the time', (date, status) => {
    const mixer: Address = '0x910Cbd523D972eb0a6f4cAe4618aD62622b39DbF'
    const outcome = judge([{ ...sent, address: mixer }], {
      over: { sanctions: [list({ date })] },
      options: { maximumListAgeDays: 10_000 },
    })
    expect(outcome.status).toBe(status)
  })

  test('beside an old list a new one is used, and the old one is missing all the same', () => {
    const sanctions = [list(), list({ name: 'old.txt', date: dayBefore(300) })]
    expect(judge([{ ...sent, lists: ['given.txt', 'old.txt'] }], { over: { sanctions } })).toMatchObject({
      status: 'found',
      findings: [{ evidence: [{ kind: 'log' }, { kind: 'list', name: 'given.txt' }] }],
      because: { missing: [{ error: { code: 'sanctions-list-old' } }] },
    })
    expect(judge([{ ...sent, lists: ['old.txt'] }], { over: { sanctions } }).status).toBe('inconclusive')
  })

  test('of two lists with one name both must be new', () => {
    expect(judge([sent], { over: { sanctions: [list(), list({ date: dayBefore(300) })] } }).status).toBe('inconclusive')
  })

  test('every list that names it is evidence', () => {
    const sanctions = [list(), list({ name: 'second.txt', date: dayBefore(1) })]
    const outcome = judge([{ ...sent, lists: ['given.txt', 'second.txt'] }], { over: { sanctions } })
    const lists = outcome.status === 'found' && outcome.findings[0].evidence.filter(({ kind }) => kind === 'list')
    expect(lists).toEqual(sanctions.map(({ name, date }) => ({ kind: 'list', name, date })))
  })
})

test.each(['logs', 'transfers', 'transaction-sender', 'activity'] as const)(
  '%s that could not be read: inconclusive, and a finding stays a finding',
  (about) => {
    const over = { missing: [missing(about)] }
    expect(judge([], { over }).status).toBe('inconclusive')
    expect(judge([sent], { over })).toMatchObject({ status: 'found', because: { kind: 'fact-incomplete' } })
  },
)

test.each(['lookalikes', 'token-metadata'] as const)('%s that are missing change nothing', (about) => {
  expect(judge([], { over: { missing: [missing(about)] } }).status).toBe('passed')
})

test('every message reads in both languages', () => {
  const received = judge([party({ received: moved(10n) })])
  expectEveryMessage(sanctionedCounterparty, [judge([sent]), received])
  expect(wordsOf(sanctionedCounterparty, received, 'en')[0]).toContain(`on the list given.txt of ${dayBefore(3)}.`)
})
