/** Several accounts, on one chain or on many, in one run. */
import type { Gathered, UncheckedTarget } from '../core/collection.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { RpcClient } from '../core/rpc.ts'
import { chainName } from '../domain/chains.ts'
import { InvalidOptionError } from '../engine/option-errors.ts'
import type { GatherOptions } from '../engine/options.ts'
import { checkEndpoints, clientOf } from './clients.ts'
import { accountOf, gatherAccount } from './gather.ts'
import { type Prepared, prepare } from './prepare.ts'

/**
 * Reads several targets at the same time, each as `gather` does, and returns them in the order in which they were given. What goes wrong
 * at one takes nothing from the others: a node that fails leaves its own targets with failed facts, and a name that cannot be
 * resolved is `unchecked`.
 * @throws CheckupError, before anything is asked, for what nobody could check: see `gather`
 */
export async function gatherMany(targets: readonly GatherOptions[]): Promise<readonly Gathered[]> {
  if (!Array.isArray(targets) || targets.length === 0) {
    throw new InvalidOptionError('targets', 'they are not an array with a target in it', 'Give at least one target.')
  }
  const prepared = targets.map((options) => {
    const ready = prepare(options)
    checkEndpoints(options)
    return ready
  })
  return Promise.all(prepared.map(async (target) => gatherOne(target, await clientOf(target.options, target.signal))))
}

async function gatherOne(target: Prepared, rpc: RpcClient): Promise<Gathered> {
  const begun = { rpc, requests: rpc.requestCount(), atMs: (target.options.now ?? Date.now)() }
  const account = await accountOf(target, rpc).catch(asCheckupError)
  if (account instanceof CheckupError) return unchecked(target, account, begun)
  return { kind: 'collected', collection: await gatherAccount(target, { rpc, account }) }
}

/** Anything else is a bug. */
function asCheckupError(error: unknown): CheckupError {
  if (error instanceof CheckupError) return error
  throw error
}

type Begun = { readonly rpc: RpcClient; readonly requests: number; readonly atMs: number }

function unchecked({ options, asked }: Prepared, error: CheckupError, { rpc, requests, atMs }: Begun): UncheckedTarget {
  const { expectedChainId: id } = asked
  return {
    kind: 'unchecked',
    input: options.address,
    label: options.label ?? null,
    chain: id === null ? null : { id, name: chainName(id).name },
    error: toFactError(error),
    endpoint: { host: rpc.host, requests: rpc.requestCount() - requests },
    startedAt: new Date(atMs).toISOString(),
  }
}
