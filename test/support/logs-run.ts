/** Runs of the logs collector, at an endpoint that gives 1,000 blocks at a time and has a log every 500. */
import { setMaxListeners } from 'node:events'
import type { Address } from 'viem'
import logsCollector from '../../src/collectors/logs.ts'
import type { CollectContext } from '../../src/core/collector.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Store } from '../../src/core/store.ts'
import { chain } from '../../src/testing.ts'
import {
  type Endpoint,
  every,
  account as firstAccount,
  type Question,
  type RpcLog,
  refused,
  simulate,
  word,
} from '../rpc/log-scan/simulated-endpoint.ts'
import { collectOptions } from './fake-rpc.ts'
import { stoppable } from './stoppable.ts'

export const cap = 1_000
export const limited = ({ fromBlock, toBlock }: Question, found: readonly RpcLog[]) => {
  if (toBlock - fromBlock >= BigInt(cap)) throw refused(-32602, `block range is too wide, the maximum is ${cap} blocks`)
  return found
}

export const endpoint = (head: number, over: Partial<Endpoint> = {}) =>
  simulate({ head, logs: every(500, head), answer: limited, ...over })

export type Run = {
  readonly store?: Store | null
  readonly rpc: RpcClient
  readonly head: number
  readonly hash?: `0x${string}`
  readonly fromBlock?: bigint
  readonly account?: Address
  readonly signal?: AbortSignal
}

export async function check({
  store = null,
  rpc,
  head,
  hash = word(0xb10c0000 + head),
  fromBlock = 0n,
  account = firstAccount,
  signal = stoppable().signal,
}: Run) {
  const block = { number: BigInt(head), hash, timestamp: 1_730_000_000 }
  const facts = { chain: chain({ block, head: block }) }
  // Every request under way listens to it.
  setMaxListeners(0, signal)
  const context: CollectContext = {
    rpc,
    options: collectOptions({ account, fromBlock }),
    store,
    signal,
    now: () => 0,
    report: () => undefined,
  }
  return logsCollector.decode(await logsCollector.fetch(context, facts), facts)
}
