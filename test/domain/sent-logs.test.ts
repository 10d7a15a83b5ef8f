import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { LogEntry } from '../../src/domain/newest-logs.ts'
import { sentReader } from '../../src/domain/sent-logs.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { at, hashOf, owner } from '../../src/testing.ts'

const token = at(0x70)
const lower = token.toLowerCase() as Address
const own = addressTopic(owner)
const to = addressTopic(at(9))

/** In block 10, in a transaction of the block's own number. */
function sent(over: Partial<LogEntry> = {}): LogEntry {
  const { blockNumber = 10n } = over
  const shape = { address: lower, topics: [topics.transfer, own, to], data: hashOf(5) }
  return { ...shape, blockNumber, transactionHash: hashOf(blockNumber), logIndex: 3, ...over }
}
const read = (logs: readonly LogEntry[], since?: ReadonlyMap<string, bigint>) => {
  const reader = sentReader(owner, since)
  // One by one, as parts of a scan arrive.
  for (const log of logs) reader.add([log])
  return reader.result()
}
const place = (block: bigint, index = 3) => ({ block, transaction: hashOf(block), index })
const blocks = (result: ReturnType<typeof read>) =>
  result.map(({ log, older = [], wholeFrom }) => [[log, ...older].map(({ block }) => Number(block)), wholeFrom])
const inBlocks = (...numbers: readonly number[]) => numbers.map((number) => sent({ blockNumber: BigInt(number) }))

describe('a transfer out of the account', () => {
  test.each<[string, Hex[]]>([
    ['a token', [topics.transfer, own, to]],
    ['an NFT', [topics.transfer, own, to, hashOf(1)]],
    ['an ERC-1155 item, moved by somebody', [topics.transferSingle, to, own, to]],
    ['ERC-1155 items', [topics.transferBatch, own, own, to]],
  ])('%s', (_, given) => {
    expect(read([sent({ topics: given })])).toEqual([{ contract: token, log: place(10n), older: [], wholeFrom: 0n }])
  })

  test.each<[string, Hex[]]>([
    ['a token that came', [topics.transfer, to, own]],
    ['an ERC-1155 item that came', [topics.transferSingle, own, to, own]],
    ['an approval', [topics.approval, own, to]],
  ])('not %s', (_, given) => {
    expect(read([sent({ topics: given })])).toEqual([])
  })
})

describe('of each contract', () => {
  test('the newest of each transaction is kept, and older transactions with it', () => {
    const twice = sent({ blockNumber: 3n, logIndex: 5 })
    expect(read([...inBlocks(1, 3, 2), twice])).toEqual([
      { contract: token, log: place(3n, 5), older: [place(2n), place(1n)], wholeFrom: 0n },
    ])
  })

  test('eight transactions, and from which block on that is all', () => {
    expect(blocks(read(inBlocks(1, 2, 3, 4, 5, 6, 7, 8)))).toEqual([[[8, 7, 6, 5, 4, 3, 2, 1], 0n]])
    expect(blocks(read(inBlocks(1, 2, 3, 4, 5, 6, 7, 8, 9)))).toEqual([[[9, 8, 7, 6, 5, 4, 3, 2], 2n]])
  })

  test('all since the block of a baseline that knows it, and the newest of before', () => {
    const since = new Map([[lower, 5n]])
    const many = Array.from({ length: 20 }, (_, index) => 6 + index)
    expect(blocks(read(inBlocks(4, 5, ...many), since))).toEqual([[many.toReversed(), 6n]])
    expect(blocks(read(inBlocks(4, 3, 5), since))).toEqual([[[5], 5n]])
    const [kept] = read(inBlocks(...Array.from({ length: 1001 }, (_, index) => 6 + index)), since)
    expect([kept?.older?.length, kept?.wholeFrom]).toEqual([999, 7n])
  })

  test('whatever the order and however often: no transaction since the block that is said was left out', () => {
    const log = fc.record({ contract: fc.integer({ min: 1, max: 2 }), block: fc.integer({ min: 1, max: 30 }) })
    const known = fc.integer({ min: 0, max: 31 })
    fc.assert(
      fc.property(
        fc.array(log, { maxLength: 60 }),
        known,
        fc.array(fc.nat(), { maxLength: 60 }),
        (given, block, order) => {
          const logs = given.map((each) =>
            sent({ address: at(each.contract).toLowerCase() as Address, blockNumber: BigInt(each.block) }),
          )
          const since = new Map([[at(1).toLowerCase(), BigInt(block)]])
          const result = read(logs, since)
          for (const { contract, log, older = [], wholeFrom = 0n } of result) {
            const there = new Set(given.filter((each) => at(each.contract) === contract).map((each) => each.block))
            const kept = [log, ...older].map((each) => Number(each.block))
            expect(kept[0]).toBe(Math.max(...there))
            expect([...there].filter((each) => each >= wholeFrom && !kept.includes(each))).toEqual([])
            if (contract === at(1)) expect(wholeFrom <= BigInt(block) + 1n).toBe(true)
          }
          expect(result).toHaveLength(new Set(given.map(({ contract }) => contract)).size)
          const shuffled = logs
            .map((each, index) => ({ each, by: order[index] ?? 0 }))
            .sort((one, other) => one.by - other.by)
          expect(read([...shuffled.map(({ each }) => each), ...logs], since)).toEqual(result)
        },
      ),
    )
  })

  test('several transactions of one block, each with several events, in any order', () => {
    const log = fc.record({
      block: fc.integer({ min: 1, max: 6 }),
      place: fc.integer({ min: 0, max: 3 }),
      event: fc.nat(2),
    })
    fc.assert(
      fc.property(fc.array(log, { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 60 }), (given, order) => {
        const logs = given.map(({ block, place, event }) =>
          sent({
            blockNumber: BigInt(block),
            transactionHash: hashOf(block * 10 + place),
            logIndex: place * 3 + event,
          }),
        )
        const result = read(logs)
        const newest = new Map<Hex, LogEntry>()
        for (const each of logs) {
          const known = newest.get(each.transactionHash)
          if (known === undefined || each.logIndex > known.logIndex) newest.set(each.transactionHash, each)
        }
        const all = [...newest.values()]
          .map(({ blockNumber, transactionHash, logIndex }) => [blockNumber, transactionHash, logIndex] as const)
          .sort(([one, , left], [other, , right]) => Number(other - one) || right - left)
        const kept = result.flatMap(({ log, older = [] }) => [log, ...older])
        expect(kept.map(({ block, transaction, index }) => [block, transaction, index])).toEqual(all.slice(0, 8))
        expect(result.map(({ wholeFrom }) => wholeFrom)).toEqual(
          given.length === 0 ? [] : [all[8] ? all[8][0] + 1n : 0n],
        )
        const by = (index: number) => order[index] ?? 0
        const shuffled = logs.map((each, index) => ({ each, at: by(index) })).sort((one, other) => one.at - other.at)
        expect(read([...shuffled.map(({ each }) => each), ...logs])).toEqual(result)
      }),
    )
  })
})
