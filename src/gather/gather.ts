/** Reads what the rules need to know about one account: where lists and clients meet the engine. */
import type { Address } from 'viem'
import allCollectors, { quickCollectors } from '../collectors/index.ts'
import type { Collection } from '../core/collection.ts'
import { tell } from '../core/listener.ts'
import type { RpcClient } from '../core/rpc.ts'
import { count } from '../domain/rpc-reply.ts'
import { gatherFacts } from '../engine/checkup.ts'
import { type AnyCollector, WrongChainError } from '../engine/collect.ts'
import type { GatherOptions } from '../engine/options.ts'
import { resolveEns } from '../rpc/ens.ts'
import { runSignal } from '../rpc/run-signal.ts'
import { checkEndpoints, clientOf, type SecondClients, secondReadersOf } from './clients.ts'
import { type Prepared, prepare } from './prepare.ts'

/**
 * Reads what the rules need to know about an account. A node that fails, wholly or in part, does not throw:
 * its facts are failed or incomplete, and judging them ends in `inconclusive`.
 * @throws CheckupError when it cannot begin: AddressError, SecretInputError, UnknownRuleError, an invalid option or endpoint,
 *   an ENS name that cannot be resolved
 */
export async function gather(options: GatherOptions): Promise<Collection> {
  const prepared = prepare(options)
  checkEndpoints(options)
  const run = runSignal(prepared.signal)
  try {
    const rpc = await clientOf(options, run.signal)
    return await gatherAccount(prepared, { rpc, account: await accountOf(prepared, rpc) })
  } finally {
    run.end()
  }
}

type Asked = {
  readonly rpc: RpcClient
  readonly account: Address
  /** Those of the options when absent. */
  readonly collectors?: readonly AnyCollector[]
  /** Those that other targets ask as well; absent: this target is alone. */
  readonly seconds?: SecondClients
}

/** Never throws for what a node does. */
export function gatherAccount(
  prepared: Prepared,
  { rpc, account, seconds, collectors = collectorsOf(prepared) }: Asked,
) {
  const { options, rules, asked, signal } = prepared
  const secondReaders = secondReadersOf(options, { rpc, signal, ...(seconds !== undefined && { seconds }) })
  return gatherFacts(
    { collectors, rules },
    {
      rpc,
      options: { ...asked, account },
      store: options.store ?? null,
      ...(options.logSource !== undefined && { logSource: options.logSource }),
      ...(options.historySource !== undefined && { historySource: options.historySource }),
      label: options.label ?? null,
      ...(secondReaders !== null && { secondReaders }),
      ruleOptions: options.ruleOptions ?? {},
      signal,
      now: options.now ?? Date.now,
      onProgress: (progress) => tell(options.onProgress, progress),
    },
  )
}

export function collectorsOf({ options }: Prepared): readonly AnyCollector[] {
  return options.quick === true ? quickCollectors : allCollectors
}

/** @throws CheckupError when the name has no address, or the node does not tell */
export async function accountOf({ input, asked }: Prepared, rpc: RpcClient): Promise<Address> {
  if (input.kind === 'address') return input.address
  const { expectedChainId } = asked
  const chainId = count(await rpc.request('eth_chainId', []), 'eth_chainId')
  // The name's owner on another chain may be somebody else.
  if (expectedChainId !== null && expectedChainId !== chainId) throw new WrongChainError({ expectedChainId, chainId })
  return resolveEns(rpc, input.name, chainId)
}
