/** One eth_getLogs for some blocks of a lane, checked and packed. */
import type { BlockRange } from '../../core/facts.ts'
import type { PackedLogs } from '../../core/log-scan.ts'
import { askedTopics } from '../../domain/asked-logs.ts'
import { packLogs } from '../../domain/packed-logs.ts'
import type { Lane } from './plan.ts'
import { ask, type Scan } from './state.ts'

/** Throws an `RpcError`, or `MalformedReplyError` when the answer is not one to this question. */
export async function askLogs(scan: Scan, lane: Lane, range: BlockRange): Promise<PackedLogs> {
  const topics = askedTopics(lane)
  const fromBlock = `0x${range.fromBlock.toString(16)}`
  const toBlock = `0x${range.toBlock.toString(16)}`
  const reply = await ask(scan, 'eth_getLogs', [{ fromBlock, toBlock, topics }])
  return packLogs(reply, { range, topics })
}
