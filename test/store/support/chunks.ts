/** Chunks of made-up logs: each log says which account it is about, in which block, at which index. */
import type { Address, Hex } from 'viem'
import type { BlockRange } from '../../../src/core/facts.ts'
import type { LogChunk, LogFilter, PackedLogs } from '../../../src/core/log-scan.ts'
import type { LogKey, Store } from '../../../src/core/store.ts'
import { packLogs, readPacked } from '../../../src/domain/packed-logs.ts'

export type MadeLog = {
  readonly account: Address
  readonly block: number
  readonly index?: number
  /** Bytes of data. */
  readonly size?: number
}

const word = (value: number | bigint | string) => BigInt(value).toString(16).padStart(64, '0')

export const alice: Address = `0x${'a1'.repeat(20)}`
export const bob: Address = `0x${'b0'.repeat(20)}`
export const granted: LogFilter = { name: 'granted', topic0: [`0x${'11'.repeat(32)}`], accountPosition: 1 }
export const received: LogFilter = { name: 'received', topic0: [`0x${'22'.repeat(32)}`], accountPosition: 2 }
export const blocks = (from: number, to: number): BlockRange => ({ fromBlock: BigInt(from), toBlock: BigInt(to) })

type Made = {
  readonly range: BlockRange
  readonly logs: readonly MadeLog[]
  readonly accounts?: readonly Address[]
  readonly filter?: LogFilter
  readonly chain?: number
}

export function chunk({
  range,
  logs,
  accounts = [alice],
  filter = granted,
  chain = 1,
}: Made): LogChunk & { chain: number } {
  return { chain, filter, accounts, range, logs: packed({ range, logs, filter }) }
}

function packed({ range, logs, filter }: Required<Pick<Made, 'range' | 'logs' | 'filter'>>): PackedLogs {
  const reply = logs.map(({ account, block, index = 0, size = 32 }) => {
    const topics: readonly Hex[] = [filter.topic0[0] ?? '0x', ...[1, 2].map((): Hex => `0x${word(account)}`)]
    return {
      address: `0x${'cc'.repeat(20)}`,
      topics: topics.slice(0, filter.accountPosition + 1),
      data: `0x${'dd'.repeat(size)}`,
      blockNumber: `0x${block.toString(16)}`,
      blockHash: `0x${word(block)}`,
      transactionHash: `0x${word(block * 1000 + index)}`,
      logIndex: `0x${index.toString(16)}`,
    }
  })
  return packLogs(reply, { range, topics: [] })
}

export const keyOf = (account: Address = alice, filter: LogFilter = granted, chain = 1): LogKey => ({
  chain,
  filter: filter.name,
  account,
})

/** What is read back: "block/index" of each log, in the order it came. */
export async function placesIn(store: Store, range: BlockRange, key: LogKey = keyOf()): Promise<readonly string[]> {
  const places: string[] = []
  for await (const part of store.logs.read(key, range)) {
    for (const { blockNumber, logIndex } of readPacked(part)) places.push(`${blockNumber}/${logIndex}`)
  }
  return places
}
