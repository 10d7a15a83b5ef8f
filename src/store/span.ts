import type { BlockRange } from '../core/facts.ts'

/** A block range as the database has it. Both ends belong to it. */
export type Span = { readonly from: number; readonly to: number }

/** No chain will have this many blocks: a range may end here to mean "all there are". */
const lastBlock = BigInt(Number.MAX_SAFE_INTEGER) - 1n

export function spanOf({ fromBlock, toBlock }: BlockRange): Span {
  return { from: Number(fromBlock), to: Number(toBlock < lastBlock ? toBlock : lastBlock) }
}

export function rangeOf({ from, to }: Span): BlockRange {
  return { fromBlock: BigInt(from), toBlock: BigInt(to) }
}
