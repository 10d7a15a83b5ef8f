/** The fee market as eth_feeHistory shows it. */
import type { FeePercentiles } from '../core/facts.ts'
import { fields, list, MalformedReplyError, quantity } from './rpc-reply.ts'

/** The percentiles of a block's tips that this program asks for, weighed by gas. */
export const tipPercentiles = [10, 50, 90] as const

export type FeeHistory = {
  readonly oldestBlock: bigint
  /** Wei per gas: one for each block and one for the block after them; null on a chain that names none. */
  readonly baseFees: readonly bigint[] | null
  /** Wei per blob gas of the block after them; null where the node does not tell, or has no blobs. */
  readonly blobBaseFee: bigint | null
  readonly blocks: readonly { readonly gasUsedRatio: number; readonly tips: FeePercentiles }[]
}

/** Checks an answer of eth_feeHistory that was asked for `tipPercentiles`. */
export function decodeFeeHistory(reply: unknown): FeeHistory {
  const history = fields(reply, 'eth_feeHistory')
  const ratios = list(history.gasUsedRatio, 'the gas ratios of eth_feeHistory').map(decodeRatio)
  const rewards = list(history.reward, 'the tips of eth_feeHistory')
  if (ratios.length === 0 || rewards.length !== ratios.length) throw new MalformedReplyError('eth_feeHistory')
  return {
    oldestBlock: quantity(history.oldestBlock, 'the oldest block of eth_feeHistory'),
    baseFees: decodeBaseFees(history.baseFeePerGas, ratios.length),
    blobBaseFee: decodeBlobBaseFee(history.baseFeePerBlobGas, ratios.length),
    blocks: ratios.map((gasUsedRatio, index) => ({ gasUsedRatio, tips: decodeTips(rewards[index]) })),
  }
}

function decodeBaseFees(reply: unknown, blockCount: number): readonly bigint[] | null {
  if (reply === undefined || reply === null) return null
  const baseFees = list(reply, 'the base fees of eth_feeHistory').map((fee) => quantity(fee, 'a base fee'))
  if (baseFees.length !== blockCount + 1) throw new MalformedReplyError('the base fees of eth_feeHistory')
  return baseFees
}

/** Zeros, or nothing, where there are no blobs: their price is a wei at the least. What else is no list of prices says nothing. */
function decodeBlobBaseFee(reply: unknown, blockCount: number): bigint | null {
  if (!Array.isArray(reply) || reply.length !== blockCount + 1) return null
  const fee = quantity(reply.at(-1), 'a base fee of blobs')
  return fee === 0n ? null : fee
}

function decodeRatio(reply: unknown): number {
  if (typeof reply !== 'number' || !(reply >= 0)) throw new MalformedReplyError('a gas ratio of eth_feeHistory')
  return reply
}

function decodeTips(reply: unknown): FeePercentiles {
  const tips = list(reply, 'the tips of a block')
  if (tips.length !== tipPercentiles.length) throw new MalformedReplyError('the tips of a block')
  const [p10, p50, p90] = tips.map((tip) => quantity(tip, 'a tip'))
  if (p10 === undefined || p50 === undefined || p90 === undefined) throw new MalformedReplyError('the tips of a block')
  return { p10, p50, p90 }
}

/** Each percentile's median over the blocks (wei per gas). null without blocks: an empty market has no tips. */
export function medianTips(blocks: readonly FeePercentiles[]): FeePercentiles | null {
  const p10 = median(blocks.map((tips) => tips.p10))
  const p50 = median(blocks.map((tips) => tips.p50))
  const p90 = median(blocks.map((tips) => tips.p90))
  return p10 === null || p50 === null || p90 === null ? null : { p10, p50, p90 }
}

/** The middle value; of an even number the mean of the two middle ones, rounded down. null of nothing. */
export function median(values: readonly bigint[]): bigint | null {
  const sorted = values.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0))
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2n
}
