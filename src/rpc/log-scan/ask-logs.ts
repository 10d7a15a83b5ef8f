/** One eth_getLogs for some blocks of a lane, checked and packed. */
import type { Hex } from 'viem'
import type { BlockRange } from '../../core/facts.ts'
import type { PackedLogs } from '../../core/log-scan.ts'
import { packLogs } from '../../domain/packed-logs.ts'
import { addressTopic } from '../../domain/topics.ts'
import type { Lane } from './plan.ts'
import { ask, type Scan } from './state.ts'

/** Throws an `RpcError`, or `MalformedReplyError` when the answer is not one to this question. */
export async function askLogs(scan: Scan, lane: Lane, range: BlockRange): Promise<PackedLogs> {
  const topics = topicsOf(lane)
  const fromBlock = `0x${range.fromBlock.toString(16)}`
  const toBlock = `0x${range.toBlock.toString(16)}`
  const reply = await ask(scan, 'eth_getLogs', [{ fromBlock, toBlock, topics }])
  const events = new Set<string>(lane.filter.topic0)
  const accounts = new Set<string>(lane.accounts.map(addressTopic))
  const { accountPosition } = lane.filter
  const isAsked = (found: readonly string[]) => events.has(found[0] ?? '') && accounts.has(found[accountPosition] ?? '')
  return packLogs(reply, { range, isAsked })
}

/** Topics of the filter, with null for what stands before the account. */
export function topicsOf({ filter, accounts }: Lane): readonly (readonly Hex[] | null)[] {
  const between = Array.from({ length: filter.accountPosition - 1 }, () => null)
  return [filter.topic0, ...between, accounts.map(addressTopic)]
}
