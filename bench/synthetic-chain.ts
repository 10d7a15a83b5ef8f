/** A chain that a few numbers decide: the same for every reader, and known to the judge of completeness. */
import type { LogFilter } from '../src/core/log-scan.ts'
import { addressTopic } from '../src/domain/topics.ts'
import type { Profile } from './profiles.ts'
import { accountAt, type Draft, kindOf, mix, word } from './synthetic-log.ts'

export type TopicFilter = readonly (string | readonly string[] | null)[]
export type SyntheticChain = ReturnType<typeof createChain>

/** How much of the chain goes by before its accounts begin. */
const quietStart = 0.3
/** A quarter of an account's logs comes in waves: this many, each this part of the chain wide. */
const waves = 12
const waveWidth = 0.001

export function createChain({
  blocks,
  accounts,
  logsPerAccount,
}: Pick<Profile, 'blocks' | 'accounts' | 'logsPerAccount'>) {
  const drafts = draftAll({ blocks, accounts, logsPerAccount })
  const accountByTopic: ReadonlyMap<string, number> = new Map(
    Array.from({ length: accounts }, (_, index) => [addressTopic(accountAt(index)), index]),
  )
  /** The drafts of these blocks, both ends included. */
  const between = (fromBlock: number, toBlock: number): readonly Draft[] =>
    drafts.slice(firstFrom(drafts, fromBlock), firstFrom(drafts, toBlock + 1))
  return {
    between,
    /** The logs of these blocks that a filter of eth_getLogs asks for. Only accounts are looked for after the first topic. */
    select: (range: { fromBlock: number; toBlock: number }, filter: TopicFilter): readonly Draft[] => {
      const sets = filter.map((position) => (position === null ? null : new Set([position].flat())))
      const [wanted = null] = sets
      const places = sets.slice(1).map((set) => set && new Set([...set].map((topic) => accountByTopic.get(topic))))
      return between(range.fromBlock, range.toBlock).filter((draft) => {
        const { topic0, position } = kindOf(draft)
        if (wanted !== null && !wanted.has(topic0)) return false
        return places.every((set, place) => set === null || (position === place + 1 && set.has(draft.account)))
      })
    },
    /** What a complete scan of the first so many accounts finds. */
    truth: ({ topic0, accountPosition }: LogFilter, count: number): readonly Draft[] => {
      const wanted = new Set<string>(topic0)
      return drafts.filter((draft) => {
        const kind = kindOf(draft)
        return draft.account < count && kind.position === accountPosition && wanted.has(kind.topic0)
      })
    },
    block: (number: number, forkFrom = Number.POSITIVE_INFINITY) => ({
      number: `0x${number.toString(16)}`,
      hash: blockHash(number, number >= forkFrom),
      parentHash: blockHash(number - 1, number - 1 >= forkFrom),
      timestamp: `0x${(1_600_000_000 + number * 12).toString(16)}`,
      // Every block holds a log of somebody, so none has an empty bloom.
      logsBloom: `0x${'01'.padStart(512, '0')}`,
      transactions: [],
    }),
  }
}

/** The number of the block is in its hash, so that a hash finds its block. */
export function blockHash(number: number, isFork = false): `0x${string}` {
  return `0x${isFork ? 'f' : 'b'}${word(BigInt(Math.max(0, number))).slice(1)}`
}

export function blockOfHash(hash: string): number {
  return Number(`0x${hash.slice(3)}`)
}

/** The fewest answers of at most so many blocks and logs that cover the whole chain. */
export function fewestRanges(found: readonly Draft[], { blocks, maximumBlocks, maximumLogs }: Profile): number {
  let ranges = 0
  let next = 0
  let first = 0
  while (next <= blocks) {
    const byBlocks = maximumBlocks === undefined ? blocks : next + maximumBlocks - 1
    const overfull = maximumLogs === undefined ? undefined : found[first + maximumLogs]
    // The range ends before the block of the first log that is too many.
    const last = overfull === undefined ? byBlocks : Math.min(byBlocks, overfull.block - 1)
    while ((found[first]?.block ?? Number.POSITIVE_INFINITY) <= last) first++
    next = last + 1
    ranges++
  }
  return ranges
}

function draftAll(chain: Pick<Profile, 'blocks' | 'accounts' | 'logsPerAccount'>): readonly Draft[] {
  const places: Omit<Draft, 'index'>[] = []
  for (let account = 0; account < chain.accounts; account++) {
    for (let serial = 0; serial < chain.logsPerAccount; serial++) {
      places.push({ block: blockFor(account, serial, chain), account, serial })
    }
  }
  places.sort((one, other) => one.block - other.block)
  let block = -1
  let index = 0
  return places.map((place) => {
    index = place.block === block ? index + 1 : 1
    block = place.block
    return { ...place, index }
  })
}

function blockFor(
  account: number,
  serial: number,
  { blocks, logsPerAccount }: Pick<Profile, 'blocks' | 'logsPerAccount'>,
) {
  const start = Math.floor(blocks * quietStart)
  const span = blocks - start
  const noise = mix(account * 7919 + serial)
  if (serial % 4 === 0) {
    const wave = mix(account * 131 + (noise % waves)) % 1_000_000
    return (
      start +
      Math.floor((wave / 1_000_000) * span * (1 - waveWidth)) +
      (noise % Math.max(1, Math.floor(span * waveWidth)))
    )
  }
  return start + Math.min(span, Math.floor(((serial + (noise % 1000) / 1000) * span) / logsPerAccount))
}

function firstFrom(drafts: readonly Draft[], block: number): number {
  let low = 0
  let high = drafts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((drafts[middle]?.block ?? 0) < block) low = middle + 1
    else high = middle
  }
  return low
}
