import fc from 'fast-check'
import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import type { PackedLogs } from '../../src/core/log-scan.ts'
import { chooseCounterparties, recipientsIn } from '../../src/domain/choose-counterparties.ts'
import { createCounterpartyTable } from '../../src/domain/counterparty-table.ts'
import { partyReader } from '../../src/domain/party-reader.ts'
import { topics } from '../../src/domain/topics.ts'
import { at, hashOf, owner } from '../../src/testing.ts'
import { type GivenTransfer, packTransfers } from '../support/packed-transfers.ts'

const friend = at(0xf1e4d)
const lower = (address: Address) => address.toLowerCase() as Address
const out = (to: Address, block: number, over: Partial<GivenTransfer> = {}) => ({ from: owner, to, block, ...over })
const into = (from: Address, block: number, over: Partial<GivenTransfer> = {}) => ({ from, to: owner, block, ...over })

function tableOf(sent: readonly GivenTransfer[], received: readonly GivenTransfer[] = [], most?: number) {
  const table = createCounterpartyTable(owner, most)
  table.add(packTransfers(...sent), 1)
  table.add(packTransfers(...received), 2)
  return table
}

describe('the table of counterparties', () => {
  test('knows each address once, who got something, and when it was last seen', () => {
    const table = tableOf(
      [out(friend, 5), out(friend, 9, { amount: 0n }), out(at(2), 7, { amount: 0n })],
      [into(at(3), 11), into(friend, 3)],
    )
    expect(table.count()).toBe(3)
    const seen = [0, 1, 2].map((index) => [table.addressAt(index), table.isRecipient(index), table.newestBlock(index)])
    expect(seen).toEqual([
      [lower(friend), true, 9],
      [lower(at(2)), false, 7],
      [lower(at(3)), false, 11],
    ])
    expect(table.indexOf(at(3))).toBe(2)
    expect(table.indexOf(at(4))).toBeNull()
    expect(recipientsIn(table)).toBe(1)
  })

  test('an NFT is something; the account itself, minting and burning are nobody', () => {
    const table = tableOf([out(friend, 1, { tokenId: 0n }), out(owner, 2), out(at(0), 3)], [into(at(0), 4)])
    expect(table.count()).toBe(1)
    expect(table.isRecipient(0)).toBe(true)
  })

  test.each([
    ['another event', { topic0: topics.approval }],
    ['no amount', { data: '0x' as const }],
    ['half an amount', { data: '0x00' as const }],
  ])('%s is no transfer', (_, over) => {
    expect(tableOf([out(friend, 1, over)]).count()).toBe(0)
  })

  test.each([
    ['two words, the first of them zero', `${hashOf(0)}${hashOf(5).slice(2)}` as const, false],
    ['two words, the second of them zero', `${hashOf(5)}${hashOf(0).slice(2)}` as const, true],
  ])('%s', (_, data, isRecipient) => {
    expect(tableOf([out(friend, 1, { data })]).isRecipient(0)).toBe(isRecipient)
  })

  test('the same logs twice, in other parts and another order, make the same table', () => {
    const transfer = fc.record({ party: fc.integer({ min: 1, max: 40 }), amount: fc.integer({ min: 0, max: 2 }) })
    fc.assert(
      fc.property(fc.array(transfer, { maxLength: 60 }), fc.boolean(), (given, isTwice) => {
        const logs = given.map(({ party, amount }, block) =>
          packTransfers(out(at(party), block, { amount: BigInt(amount) })),
        )
        const words = (order: readonly PackedLogs[]) => {
          const table = createCounterpartyTable(owner)
          for (const part of order) table.add(part, 1)
          const all = Array.from({ length: table.count() }, (_, index) => index)
          return all
            .map((index) => `${table.addressAt(index)} ${table.isRecipient(index)} ${table.newestBlock(index)}`)
            .sort()
        }
        expect(words([...logs.toReversed(), ...(isTwice ? logs : [])])).toEqual(words(logs))
        expect(words(logs)).toHaveLength(new Set(given.map(({ party }) => party)).size)
      }),
    )
  })

  test('grows, and says when it holds no more', () => {
    const many = Array.from({ length: 1000 }, (_, index) => out(at(index + 1), index))
    const table = tableOf(many)
    expect([table.count(), table.isFull()]).toEqual([1000, false])
    expect(table.addressAt(table.indexOf(at(777)) ?? -1)).toBe(lower(at(777)))
    const full = tableOf(many, [], 1000)
    expect([full.count(), full.isFull()]).toEqual([1000, false])
    const over = tableOf(many, [], 999)
    expect([over.count(), over.isFull()]).toEqual([999, true])
  })
})

describe('who is chosen', () => {
  const paid: Address = '0xabc4444444444444444444444444444444441234'
  const like = (fill: string): Address => `0xabc${fill.repeat(33)}1234`
  const limits = { similar: 100, listed: 100, other: 0 }
  const chosen = (table: ReturnType<typeof tableOf>, over = {}) => {
    const { addresses, leftOut } = chooseCounterparties(table, { listed: [], limits: { ...limits, ...over } })
    return [[...addresses].sort(), leftOut]
  }

  test('a recipient and who resembles it, whichever way tokens went', () => {
    const table = tableOf([out(paid, 1), out(like('5'), 2, { amount: 0n }), out(friend, 3)], [into(like('6'), 4)])
    expect(chosen(table)).toEqual([[paid, like('5'), like('6')], ['other']])
  })

  test('two that resemble each other, of whom nobody got anything, are no pair', () => {
    expect(chosen(tableOf([out(like('5'), 2, { amount: 0n })], [into(like('6'), 4)]))).toEqual([[], ['other']])
  })

  test('the newest where there are too many, with whom they resemble', () => {
    const many = [...'56789'].map((fill, index) => out(like(fill), index + 2, { amount: 0n }))
    expect(chosen(tableOf([out(paid, 1), ...many]), { similar: 3 })).toEqual([
      [paid, like('8'), like('9')],
      ['similar', 'other'],
    ])
    expect(chosen(tableOf([out(paid, 1), ...many]), { similar: 6, other: 6 })[1]).toEqual([])
  })

  test('listed ones that are there, and the newest of the others', () => {
    const table = tableOf([out(at(1), 1), out(at(2), 2), out(at(3), 3)])
    const choose = (over: object) =>
      chooseCounterparties(table, { listed: [at(1), at(2), at(9)], limits: { ...limits, ...over } })
    expect([...choose({}).addresses].sort()).toEqual([lower(at(1)), lower(at(2))])
    expect(choose({ listed: 1 })).toMatchObject({ addresses: new Set([lower(at(2))]), leftOut: ['listed', 'other'] })
    expect([...choose({ listed: 0, other: 2 }).addresses].sort()).toEqual([lower(at(2)), lower(at(3))])
  })

  test('a full table says that it does not know everybody', () => {
    expect(chosen(tableOf([out(at(1), 1), out(at(2), 2)], [], 1))[1]).toEqual(['all', 'other'])
  })

  test('any number of contrived recipients costs no more than comparing each with fifty', () => {
    const many = Array.from({ length: 4000 }, (_, index) =>
      out(`0xabc${index.toString(16).padStart(33, '0')}1234`, index + 1),
    )
    const table = tableOf(many)
    const before = performance.now()
    const { addresses, leftOut } = chooseCounterparties(table, { listed: [] })
    expect(performance.now() - before).toBeLessThan(3000)
    expect(addresses.size).toBeGreaterThanOrEqual(400)
    expect(leftOut).toEqual(['similar', 'other'])
  })
})

describe('what is read of the chosen', () => {
  const listed = at(0x71)
  const log = (block: number, index = 0) => ({ block: BigInt(block), transaction: hashOf(block * 1000 + index), index })
  const read = (sent: readonly GivenTransfer[], received: readonly GivenTransfer[] = [], closely = [lower(friend)]) => {
    const chosen = new Set([lower(friend)])
    const reader = partyReader({ chosen, closely: new Set(closely), listed: new Set([lower(listed)]) })
    // One by one, the newest first, and the first of them twice.
    for (const each of [...sent, ...sent.slice(0, 1)]) reader.add(packTransfers(each), 1)
    for (const each of [...received, ...received.slice(0, 1)]) reader.add(packTransfers(each), 2)
    return reader.result()
  }
  const nothing = { sent: null, claimedSent: null, emptySent: null, received: null, claimedReceived: null }

  test('what went out: the oldest real one, the oldest claim, and the newest of nothing', () => {
    const sent = [
      out(friend, 9, { amount: 0n, index: 2 }),
      out(friend, 9, { amount: 0n, index: 1, contract: listed }),
      out(friend, 6, { amount: 60n, contract: listed }),
      out(friend, 5, { amount: 50n, contract: listed }),
      out(friend, 4, { amount: 40n }),
      out(friend, 3, { tokenId: 7n }),
      out(at(2), 1),
    ]
    expect(read(sent)).toEqual([
      {
        ...nothing,
        address: friend,
        sent: { contract: listed, amount: 50n, log: log(5) },
        claimedSent: { contract: at(0x70), amount: null, log: log(3) },
        emptySent: { contract: at(0x70), amount: 0n, log: log(9, 2) },
        more: [
          { contract: at(0x70), amount: 40n, log: log(4), place: 'claimedSent' },
          { contract: listed, amount: 0n, log: log(9, 1), place: 'emptySent' },
        ],
      },
    ])
    expect(read(sent.toReversed())).toEqual(read(sent))
  })

  test('what came in: the newest real one and the newest claim, of nothing too', () => {
    const received = [
      into(friend, 9, { amount: 0n, contract: listed }),
      into(friend, 8, { amount: 80n }),
      into(friend, 7, { amount: 70n, contract: listed }),
      into(friend, 6, { amount: 60n, contract: listed }),
    ]
    expect(read([], received)).toEqual([
      {
        ...nothing,
        address: friend,
        received: { contract: listed, amount: 70n, log: log(7) },
        claimedReceived: { contract: listed, amount: 0n, log: log(9) },
        more: [
          { contract: listed, amount: 60n, log: log(6), place: 'received' },
          { contract: at(0x70), amount: 80n, log: log(8), place: 'claimedReceived' },
        ],
      },
    ])
    expect(read([], received.toReversed())).toEqual(read([], received))
  })

  const claims = (count: number) => Array.from({ length: count }, (_, index) => out(friend, index + 1))
  const blocksOf = (given: readonly GivenTransfer[], closely?: Address[]) =>
    read(given, [], closely).map(({ claimedSent, more = [], gaps }) => [
      [claimedSent, ...more].map((each) => Number(each?.log.block)),
      gaps ?? [],
    ])

  test('the eight oldest and the eight newest of a kind, and between which blocks others stand', () => {
    const all = Array.from({ length: 18 }, (_, index) => index + 1)
    expect(blocksOf(claims(16))).toEqual([[all.slice(0, 16), []]])
    expect(blocksOf(claims(18))).toEqual([
      [[...all.slice(0, 8), ...all.slice(10)], [{ place: 'claimedSent', fromBlock: 8n, toBlock: 11n }]],
    ])
  })

  test('of those that are not looked at closely the oldest and the newest', () => {
    expect(blocksOf(claims(2), [])).toEqual([[[1, 2], []]])
    expect(blocksOf(claims(4), [])).toEqual([[[1, 4], [{ place: 'claimedSent', fromBlock: 1n, toBlock: 4n }]]])
  })

  test('of real amounts that went out the oldest says all', () => {
    const paid = claims(40).map((each) => ({ ...each, contract: listed }))
    expect(read(paid)).toEqual([{ ...nothing, address: friend, sent: { contract: listed, amount: 1n, log: log(1) } }])
  })

  test('the same, whatever the order and however often', () => {
    const order = fc.shuffledSubarray(claims(30), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(order, (given) => {
        expect(read([...given, ...given])).toEqual(read(claims(30)))
      }),
    )
  })

  test('an item that a listed contract moves is no amount', () => {
    expect(read([out(friend, 3, { tokenId: 7n, contract: listed })])).toMatchObject([{ sent: null, claimedSent: {} }])
  })

  test('of two in one block the log index decides', () => {
    const two = [out(friend, 5, { amount: 7n, index: 3 }), out(friend, 5, { amount: 6n, index: 2 })]
    expect(read(two)).toMatchObject([{ claimedSent: { amount: 6n } }])
  })
})
