import type { Address } from 'viem'
import { encodeAbiParameters } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import sentToLookalike from '../../rules/sent-to-lookalike/index.ts'
import transfersCollector from '../../src/collectors/transfers.ts'
import type { SanctionsList } from '../../src/core/collector.ts'
import type { ActivityFacts, FactResult, PartiesInLogs, Party, Transfer } from '../../src/core/facts.ts'
import {
  account,
  activity,
  at,
  chain,
  hashOf,
  judgeWith,
  logAt,
  logs,
  missing,
  owner,
  ownTransaction,
} from '../../src/testing.ts'
import { type FakeContract, fakeContracts } from '../support/fake-contracts.ts'
import { read, refused } from '../support/fake-rpc.ts'

const coin = at(0x70)
const listedCoin = at(0x71)
const paid: Address = '0xAbC4444444444444444444444444444444441234'
const alike: Address = '0xaBc5555555555555555555555555555555551234'
const stranger = at(0xbad)

const token: FakeContract = {
  'symbol()': encodeAbiParameters([{ type: 'string' }], ['COIN']),
  'name()': encodeAbiParameters([{ type: 'string' }], ['Coin']),
  'decimals()': 6n,
}
const moved = (block: bigint, over: Partial<Transfer> = {}): Transfer => ({
  contract: coin,
  amount: 5n,
  log: logAt(block),
  ...over,
})
const party = (address: Address, over: Partial<Party> = {}): Party => ({
  address,
  sent: null,
  claimedSent: null,
  emptySent: null,
  received: null,
  claimedReceived: null,
  ...over,
})
const inLogs = (parties: readonly Party[], over: Partial<PartiesInLogs> = {}): PartiesInLogs => ({
  parties,
  counterparties: parties.length,
  recipients: parties.filter(({ sent, claimedSent }) => sent !== null || claimedSent !== null).length,
  leftOut: [],
  ...over,
})
const done = (value: ActivityFacts): FactResult<'activity'> => ({ status: 'ok', value })

type Given = {
  readonly transfers?: PartiesInLogs
  readonly own?: FactResult<'activity'>
  readonly sanctionsLists?: readonly SanctionsList[]
  readonly code?: ReturnType<typeof account>['code']
  readonly over?: object
}

async function collect({ transfers, own = done(activity()), sanctionsLists = [], code, over = {} }: Given) {
  const senders = (hash: string) => ({ from: hash === hashOf(5n) ? owner : stranger })
  const contracts = new Map([coin, listedCoin].map((address) => [address, token]))
  const rpc = fakeContracts(contracts, { eth_getTransactionByHash: senders, ...over })
  const facts = await read(
    transfersCollector,
    {
      rpc,
      facts: {
        chain: chain({ chainId: 31337 }),
        account: account(code && { code }),
        logs: logs(transfers && { transfers }),
      },
      options: {
        sanctionsLists,
        tokenLists: [{ name: 'mine', date: '2026-01-02', tokens: [{ chainId: 31337, address: listedCoin }] }],
      },
    },
    { activity: own },
  )
  const asked = rpc.asked.filter(({ method }) => method === 'eth_getTransactionByHash').map(({ params }) => params[0])
  return { facts, asked }
}

const pair = inLogs([
  party(paid, { claimedSent: moved(5n) }),
  party(alike, { emptySent: moved(6n, { amount: 0n }) }),
  party(at(9)),
])
const list = (over: Partial<SanctionsList> = {}): SanctionsList => ({
  name: 'given',
  date: '2026-10-01',
  entries: [{ chainId: null, address: at(9) }],
  ...over,
})

describe('who resembles a recipient', () => {
  test('both of a pair are kept, with who sent the transactions and what the token says of itself', async () => {
    const { facts, asked } = await collect({ transfers: pair })
    expect(facts).toEqual({
      parties: [
        { ...party(paid), claimedSent: { ...moved(5n), sender: owner }, called: null, lists: [] },
        { ...party(alike), emptySent: { ...moved(6n, { amount: 0n }), sender: stranger }, called: null, lists: [] },
      ],
      counterparties: 3,
      recipients: 1,
      tokens: [{ address: coin, symbol: 'COIN', decimals: 6, isListed: false }],
      sanctions: [],
      coverage: logs().coverage,
      missing: [],
    })
    expect([...asked].sort()).toEqual([hashOf(5n), hashOf(6n)])
  })

  test('a real amount of a listed token left, whoever sent the transaction: nobody is asked', async () => {
    const sent = moved(5n, { contract: listedCoin })
    const claimedReceived = moved(7n)
    const transfers = inLogs([party(paid, { sent }), party(alike, { claimedReceived })])
    const { facts, asked } = await collect({ transfers })
    expect(facts.tokens).toMatchObject([{ address: listedCoin, isListed: true }, { isListed: false }])
    expect(asked).toEqual([])
  })

  test('what a contract account does is sent by somebody else always: nobody is asked', async () => {
    const { facts, asked } = await collect({ transfers: pair, code: { kind: 'contract', codeHash: hashOf(1) } })
    expect(facts.parties).toHaveLength(2)
    expect(asked).toEqual([])
  })

  test('who got coins is a recipient too, as far as own transactions were read', async () => {
    const transaction = ownTransaction({ to: paid, value: 1n, hash: hashOf(0xc0), block: 30n })
    const others = inLogs([party(alike, { emptySent: moved(6n, { amount: 0n }) })])
    const { facts } = await collect({ transfers: others, own: done(activity([transaction])) })
    expect(facts).toMatchObject({ recipients: 1, counterparties: 2 })
    expect(facts.parties.map(({ address, called }) => [address, called])).toEqual([
      [alike, null],
      [paid, { transaction: hashOf(0xc0), block: 30n, withCoins: true }],
    ])
  })

  test.each([
    ['failed', { value: 1n, succeeded: false }],
    ['carried no coins', { value: 0n }],
    ['created a contract', { value: 1n, to: null }],
  ])('a transaction that %s makes no recipient', async (_, over) => {
    const own = done(activity([ownTransaction({ to: paid, ...over })]))
    const { facts } = await collect({ transfers: inLogs([party(alike, { received: moved(6n) })]), own })
    expect(facts.parties).toEqual([])
  })

  test.each([
    ['the oldest with coins', [0n, 1n, 1n, 0n], 3],
    ['the newest where none carried coins', [0n, 0n], 1],
  ])('of several transactions to an address %s is kept', async (_, values, expected) => {
    const newestFirst = values.map((value, index) => ownTransaction({ to: paid, value, hash: hashOf(index + 1) }))
    const own = done(activity(newestFirst))
    const transfers = inLogs([party(paid, { sent: moved(5n) }), party(alike, { received: moved(6n) })])
    const { facts } = await collect({ transfers, own })
    expect(facts.parties[0]?.called?.transaction).toBe(hashOf(expected))
  })

  test('coins to somebody, then to an imitation, then to the first again: the imitation was paid later', async () => {
    const coins = (to: Address, block: bigint) => ownTransaction({ to, value: 1n, hash: hashOf(block), block })
    const own = done(activity([coins(paid, 40n), coins(alike, 30n), coins(paid, 10n)]))
    const emptySent = moved(6n, { amount: 0n })
    const { facts } = await collect({ transfers: inLogs([party(alike, { emptySent })]), own })
    expect(judgeWith(sentToLookalike, { transfers: facts })).toMatchObject({
      findings: [{ subject: { address: alike }, evidence: [{ block: '30' }, { block: '10' }, { block: '6' }] }],
    })
  })
})

describe('who is on a list', () => {
  test('is kept with the names of the lists; the date is the list’s own word', async () => {
    const lists = [
      list(),
      list({ name: 'other', date: null, entries: [{ chainId: 1, address: at(9) }] }),
      list({ name: 'third', entries: [{ chainId: 31337, address: at(9) }] }),
    ]
    const claimedReceived = moved(7n)
    const { facts, asked } = await collect({
      transfers: inLogs([party(at(8), { claimedReceived }), party(at(9), { claimedReceived })]),
      sanctionsLists: lists,
    })
    expect(facts.parties).toMatchObject([
      { address: at(9), lists: ['given', 'third'], claimedReceived: { sender: stranger } },
    ])
    expect(facts.sanctions).toEqual([
      { name: 'given', date: '2026-10-01', entries: 1 },
      { name: 'other', date: null, entries: 0 },
      { name: 'third', date: '2026-10-01', entries: 1 },
    ])
    expect(asked).toEqual([hashOf(7n)])
  })

  test('and was called by the account, although no transfer names it', async () => {
    const own = done(activity([ownTransaction({ to: at(9), value: 0n })]))
    const { facts } = await collect({ own, sanctionsLists: [list()] })
    expect(facts.parties).toMatchObject([{ address: at(9), lists: ['given'], called: { withCoins: false } }])
  })
})

describe('what is missing', () => {
  test('own transactions that could not be read, with their reason', async () => {
    const { error } = missing('activity', 'activity-unreadable')
    const { facts } = await collect({ transfers: pair, own: { status: 'failed', error } })
    expect(facts.parties).toHaveLength(2)
    expect(facts.missing).toEqual([{ about: 'activity', error }])
  })

  test('a part of them, but not what they cost', async () => {
    const own = done(activity([], { missing: [missing('activity'), missing('block-fees')] }))
    expect((await collect({ own })).facts.missing).toEqual([missing('activity')])
  })

  test.each([
    ['refused', refused('eth_getTransactionByHash')],
    ['unknown to the node', null],
  ])('a transaction that is %s has no sender, and that is said', async (_, answer) => {
    const { facts } = await collect({ transfers: pair, over: { eth_getTransactionByHash: answer } })
    expect(facts.parties).toMatchObject([{ claimedSent: { sender: null } }, { emptySent: { sender: null } }])
    expect(facts.missing.map(({ about }) => about)).toEqual(['transaction-sender'])
  })

  test('what the logs lack', async () => {
    const lacking = logs({ transfers: pair, missing: [missing('logs')] })
    const facts = { chain: chain(), account: account(), logs: lacking }
    const { missing: found } = await read(
      transfersCollector,
      { rpc: fakeContracts(new Map(), { eth_getTransactionByHash: { from: owner } }), facts },
      { activity: done(activity()) },
    )
    expect(found).toEqual([missing('logs')])
  })

  test.each([
    [['similar'], ['lookalikes']],
    [['all', 'listed'], ['transfers']],
    [
      ['all', 'similar'],
      ['transfers', 'lookalikes'],
    ],
    [['other'], []],
  ] as const)('of %s too many: %s', async (leftOut, abouts) => {
    const { facts } = await collect({ transfers: inLogs([], { leftOut }) })
    expect(facts.missing.map(({ about }) => about)).toEqual(abouts)
  })

  test('more transactions than are asked about, as forgers make them: the first of each, then others, and that is said', async () => {
    const claims = (parties: number) =>
      Array.from({ length: parties }, (_, index) => {
        const block = BigInt(1000 * (index + 1))
        const more = Array.from({ length: 9 }, (_, place) => ({
          ...moved(block + BigInt(place) + 1n),
          place: 'claimedSent' as const,
        }))
        const address: Address = `0xabc${(index + 0x10000).toString(16).padStart(33, '4')}1234`
        return party(address, { claimedSent: moved(block), more })
      })
    const within = await collect({ transfers: inLogs(claims(100)) })
    expect([within.asked.length, within.facts.missing]).toEqual([1000, []])
    const { facts, asked } = await collect({ transfers: inLogs(claims(101)) })
    expect(asked).toHaveLength(1000)
    expect(asked).toContain(hashOf(101_000n))
    expect(facts.missing.map(({ about }) => about)).toEqual(['lookalikes', 'transfers'])
  })

  test('others that were left out, where coins went to somebody whom they may resemble', async () => {
    const own = done(activity([ownTransaction({ to: paid, value: 1n })]))
    const { facts } = await collect({ transfers: inLogs([], { leftOut: ['other'] }), own })
    expect(facts.missing).toMatchObject([{ about: 'lookalikes', error: { code: 'too-many-counterparties' } }])
  })

  test('no logs were searched: nobody is known, and nobody is asked', async () => {
    const { facts, asked } = await collect({})
    expect(facts).toMatchObject({ parties: [], counterparties: 0, recipients: 0 })
    expect(asked).toEqual([])
  })
})
