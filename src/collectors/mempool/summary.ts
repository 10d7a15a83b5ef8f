/** A line of txpool_inspect: `0x…: 1 wei + 21000 gas × 5 wei`, as Geth, Reth and others write it. */
import type { PendingSummary } from '../../core/facts.ts'
import { address, MalformedReplyError } from '../../domain/rpc-reply.ts'

export type Summary = Omit<PendingSummary, 'state' | 'source'>

const what = 'txpool_inspect'
const line = /^(contract creation|0x[0-9a-fA-F]{40}): (\d{1,78}) wei \+ (\d{1,20}) gas × (\d{1,78}) wei$/

/**
 * The price is the most that the transaction pays. Nethermind writes other words, the sender's address and the tip: its line is
 * none of these, and nothing is read into it.
 * @throws MalformedReplyError
 */
export function readSummary(nonce: string, words: unknown): Summary {
  const [, to, value, gas, price] = (typeof words === 'string' && line.exec(words)) || []
  const isNonce = /^\d{1,15}$/.test(nonce)
  if (!isNonce || to === undefined || value === undefined || gas === undefined || price === undefined) {
    throw new MalformedReplyError(what)
  }
  return {
    nonce: Number(nonce),
    to: to === 'contract creation' ? null : address(to, what),
    value: BigInt(value),
    gasLimit: BigInt(gas),
    maxFeePerGas: BigInt(price),
  }
}
