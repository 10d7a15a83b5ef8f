/** Whatever others do before, between and after: what the history of an account holds is found, or said to be unknown. */
import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { encodeAbiParameters } from 'viem/utils'
import { expect, test } from 'vitest'
import addressPoisoning from '../../rules/address-poisoning/index.ts'
import sentToLookalike from '../../rules/sent-to-lookalike/index.ts'
import { readTransfers } from '../../src/collectors/logs/read-transfers.ts'
import transfersCollector from '../../src/collectors/transfers.ts'
import { logFilters } from '../../src/domain/log-filters.ts'
import { account, activity, at, chain, hashOf, judgeWith, logs, owner } from '../../src/testing.ts'
import { type FakeContract, fakeContracts } from '../support/fake-contracts.ts'
import { read } from '../support/fake-rpc.ts'
import { type GivenTransfer, packTransfers } from '../support/packed-transfers.ts'

const stranger = at(0xbad)
const friend: Address = '0xAbC4444444444444444444444444444444441234'
const alike: Address = '0xaBc5555555555555555555555555555555551234'
const listed = at(0x71)
const unlisted = at(0x72)
const forged = at(0x73)
const coin = (symbol: string): FakeContract => ({
  'symbol()': encodeAbiParameters([{ type: 'string' }], [symbol]),
  'name()': encodeAbiParameters([{ type: 'string' }], ['Coin']),
  'decimals()': 6n,
})
const contracts = new Map([
  [listed, coin('COIN')],
  [unlisted, coin('HRBR')],
  [forged, coin('FRG')],
])

/** What somebody did, and what it shows to whom it names. */
const deeds = {
  // The account itself.
  pays: { sender: owner, contract: listed, amount: 9_000_000n, isOut: true, isPayment: true },
  'pays an unlisted token': { sender: owner, contract: unlisted, amount: 9_000_000n, isOut: true, isPayment: true },
  'sends nothing': { sender: owner, contract: listed, amount: 0n, isOut: true },
  // Others, in its name.
  'is paid by a forgery': { sender: stranger, contract: forged, amount: 9_000_000n, isOut: true, isSign: true },
  'is sent nothing by others': { sender: stranger, contract: listed, amount: 0n, isOut: true, isSign: true },
  // To the account.
  'pays back': { sender: stranger, contract: listed, amount: 9_000_000n },
  'pays back an unlisted token': { sender: stranger, contract: unlisted, amount: 9_000_000n },
  'sends dust': { sender: stranger, contract: listed, amount: 5n, isSign: true },
  'sends unlisted dust': { sender: stranger, contract: unlisted, amount: 5n, isSign: true },
  'sends back nothing': { sender: stranger, contract: forged, amount: 0n, isSign: true },
} as const satisfies Record<string, Deed>
type Deed = {
  readonly sender: Address
  readonly contract: Address
  readonly amount: bigint
  readonly isOut?: true
  readonly isPayment?: true
  readonly isSign?: true
}
type Event = { readonly kind: keyof typeof deeds; readonly to: Address }

const kinds = Object.keys(deeds) as (keyof typeof deeds)[] // its own keys
const oneEvent: fc.Arbitrary<Event> = fc.record({
  kind: fc.constantFrom(...kinds),
  to: fc.constantFrom(friend, alike, alike),
})
/** Some deeds are done very often. */
const history: fc.Arbitrary<readonly Event[]> = fc
  .array(fc.tuple(oneEvent, fc.constantFrom(1, 1, 1, 2, 9, 20)), { minLength: 1, maxLength: 9 })
  .map((given) => given.flatMap(([event, times]) => Array.from({ length: times }, () => event)))

/** By their places: block 1 is the first. */
function truthOf(events: readonly Event[]) {
  const first = (to: Address, has: 'isPayment' | 'isSign') => {
    const place = events.findIndex((event) => event.to === to && has in deeds[event.kind])
    return place === -1 ? null : place
  }
  const pairs = [
    [friend, alike],
    [alike, friend],
  ] as const
  const each = pairs.map(([paid, other]) => {
    const [before, after] = [first(paid, 'isPayment'), first(other, 'isPayment')]
    const isImitator = before !== null && first(other, 'isSign') !== null
    const isTheFirst = after !== null && before !== null && after < before
    return {
      isPoisoned: isImitator && !(isTheFirst && first(paid, 'isSign') !== null),
      isLost: isImitator && after !== null && after > before,
    }
  })
  return { isPoisoned: each.some(({ isPoisoned }) => isPoisoned), isLost: each.some(({ isLost }) => isLost) }
}

async function statusesOf(events: readonly Event[]) {
  const reader = readTransfers({ owner, listed: [], tokens: new Set([listed.toLowerCase()]) })
  const given = events.map(({ kind, to }, index): GivenTransfer & { readonly isOut: boolean } => {
    const { contract, amount, ...deed } = deeds[kind]
    const isOut = 'isOut' in deed
    return { contract, amount, block: index + 1, isOut, ...(isOut ? { from: owner, to } : { from: to, to: owner }) }
  })
  const hear = (add: typeof reader.first) => {
    for (const filter of logFilters) {
      const isOut = filter.name === 'granted'
      if (isOut || filter.name === 'received')
        add(filter, packTransfers(...given.filter((each) => each.isOut === isOut)))
    }
  }
  hear(reader.first)
  hear(reader.second())
  const inLogs = reader.result()
  const senders = new Map(events.map(({ kind }, index) => [hashOf((index + 1) * 1000), deeds[kind].sender]))
  const rpc = fakeContracts(contracts, { eth_getTransactionByHash: (hash: Hex) => ({ from: senders.get(hash) }) })
  const transfers = await read(
    transfersCollector,
    {
      rpc,
      facts: { chain: chain({ chainId: 31337 }), account: account(), logs: logs({ transfers: inLogs }) },
      options: { tokenLists: [{ name: 'mine', date: '2026-01-02', tokens: [{ chainId: 31337, address: listed }] }] },
    },
    { activity: { status: 'ok', value: activity() } },
  )
  const [lost, poisoned] = [sentToLookalike, addressPoisoning].map(
    (rule) => judgeWith(rule, { account: account(), transfers }).status,
  )
  return { lost, poisoned, hasGaps: transfers.parties.some(({ gaps = [] }) => gaps.length > 0) }
}

test('an imitation, and a payment to it, are found or not known, and never made up', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (events) => {
      const { isLost, isPoisoned } = truthOf(events)
      const { lost, poisoned, hasGaps } = await statusesOf(events)
      const expected = (isThere: boolean) => (isThere ? 'found' : 'passed')
      if (hasGaps) {
        if (isLost) expect(lost).not.toBe('passed')
        if (isPoisoned) expect(poisoned).not.toBe('passed')
        if (!isLost) expect(lost).not.toBe('found')
        return
      }
      expect({ lost, poisoned }).toEqual({ lost: expected(isLost), poisoned: expected(isPoisoned) })
    }),
    { numRuns: 300 },
  )
}, 60_000)

test.each<[string, readonly Event[], 'found' | 'inconclusive' | 'passed']>([
  [
    'a forgery before the payment',
    [
      { kind: 'pays', to: friend },
      { kind: 'is paid by a forgery', to: alike },
      { kind: 'pays an unlisted token', to: alike },
    ],
    'found',
  ],
  [
    'a payment of the imitator after its dust',
    [
      { kind: 'pays', to: friend },
      { kind: 'sends dust', to: alike },
      { kind: 'pays', to: alike },
      { kind: 'pays back', to: alike },
    ],
    'found',
  ],
  [
    'a payment among a great many forgeries',
    [
      { kind: 'pays', to: friend },
      ...Array.from({ length: 20 }, () => ({ kind: 'is paid by a forgery', to: alike }) as const),
      { kind: 'pays an unlisted token', to: alike },
      ...Array.from({ length: 20 }, () => ({ kind: 'is paid by a forgery', to: alike }) as const),
    ],
    'inconclusive',
  ],
  [
    'a great many honest payments',
    Array.from({ length: 40 }, () => ({ kind: 'pays an unlisted token', to: friend }) as const),
    'passed',
  ],
])('%s: %s', async (_, events, status) => {
  expect((await statusesOf(events)).lost).toBe(status)
})
