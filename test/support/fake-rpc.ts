/** A node in a table: each method's answer, an error to throw, or a function of the parameters. */
import type { CollectContext, CollectOptions, Collector, Wanted } from '../../src/core/collector.ts'
import type { FactKey, FactMap } from '../../src/core/facts.ts'
import type { HistorySource } from '../../src/core/history-source.ts'
import type { LogSource } from '../../src/core/log-source.ts'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import type { SecondReader } from '../../src/core/second-opinion.ts'
import type { Store } from '../../src/core/store.ts'
import { MethodNotSupportedError, RpcRefusedError, StateUnavailableError } from '../../src/rpc/errors.ts'
import { owner } from '../../src/testing.ts'
import { stoppable } from './stoppable.ts'

export type FakeRpc = RpcClient & { readonly asked: readonly { method: ReadMethod; params: readonly unknown[] }[] }
type Answers = { readonly [Method in ReadMethod]?: unknown }

const host = 'rpc.example'

/** A method without an entry is one that this node does not offer. */
export function fakeRpc(answers: Answers): FakeRpc {
  const asked: { method: ReadMethod; params: readonly unknown[] }[] = []
  const request = async (method: ReadMethod, params: readonly unknown[]) => {
    asked.push({ method, params })
    if (!(method in answers)) throw new MethodNotSupportedError({ host, method })
    const entry = answers[method]
    const answer = typeof entry === 'function' ? entry(...params) : entry
    if (answer instanceof Error) throw answer
    return answer
  }
  return { host, endpointId: 'fa4e', requestCount: () => asked.length, request, asked }
}

export const refused = (method: string, message = 'not available in your plan', data?: unknown) =>
  new RpcRefusedError({ host, method }, { code: -32000, message, data })
export const pruned = (method: string) => new StateUnavailableError({ host, method }, 'missing trie node')

/** The same node without some of its methods. */
export function without(rpc: RpcClient, ...methods: readonly ReadMethod[]): RpcClient {
  const request: RpcClient['request'] = async (method, params) => {
    if (methods.includes(method)) throw new MethodNotSupportedError({ host: rpc.host, method })
    return rpc.request(method, params)
  }
  return { ...rpc, request }
}

export const collectOptions = (over: Partial<CollectOptions> = {}): CollectOptions => ({
  account: owner,
  ensName: null,
  expectedChainId: null,
  block: null,
  fromBlock: 0n,
  includesErc1155: true,
  longestScanSeconds: null,
  history: { days: null, mostTransactions: 300 },
  shownByWallet: null,
  tokenLists: [],
  threatLists: [],
  sanctionsLists: [],
  ...over,
})

/** Both halves of a collector, as a run has them. */
export async function read<Key extends FactKey, Needs extends FactKey, Raw, Wants extends FactKey = never>(
  collector: Collector<Key, Needs, Raw, Wants>,
  input: {
    readonly rpc: RpcClient
    readonly facts: Pick<FactMap, Needs>
    readonly options?: Partial<CollectOptions>
    readonly now?: () => number
    readonly store?: Store
    readonly logSource?: LogSource
    readonly historySource?: HistorySource
    readonly second?: SecondReader
  },
  ...wanted: Wanted<Wants>
): Promise<FactMap[Key]> {
  const context: CollectContext = {
    rpc: input.rpc,
    options: collectOptions(input.options),
    store: input.store ?? null,
    ...(input.logSource !== undefined && { logSource: input.logSource }),
    ...(input.historySource !== undefined && { historySource: input.historySource }),
    ...(input.second !== undefined && { second: input.second }),
    signal: stoppable().signal,
    now: input.now ?? (() => 1_730_000_000),
    report: () => undefined,
  }
  return collector.decode(await collector.fetch(context, input.facts, ...wanted), input.facts)
}
