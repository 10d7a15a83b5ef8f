/** Several accounts, on one chain or on many, in one run. */
import type { Gathered, UncheckedTarget } from '../core/collection.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { RpcClient } from '../core/rpc.ts'
import { chainName } from '../domain/chains.ts'
import type { AnyCollector } from '../engine/collect.ts'
import { type Contacts, contactsOf, contactsSince, shareOf } from '../engine/contacts.ts'
import { InvalidOptionError } from '../engine/option-errors.ts'
import type { GatherOptions } from '../engine/options.ts'
import { neededCollectors } from '../engine/select-rules.ts'
import { createSession } from '../rpc/session/session.ts'
import { checkEndpoints, type SecondClients } from './clients.ts'
import { accountOf, collectorsOf, gatherAccount } from './gather.ts'
import { type Endpoint, groupTargets } from './groups.ts'
import { withPin } from './pin.ts'
import { type Prepared, prepare } from './prepare.ts'
import { countSources, shareSources } from './share-sources.ts'

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
  const sourcesBefore = countSources(targets)
  const gathered = new Map<Prepared, Gathered>()
  const endpoints = await groupTargets(prepared)
  const seconds: SecondClients = new Map()
  await Promise.all(
    endpoints.map(async (endpoint) => {
      for (const [target, result] of await gatherAtEndpoint(endpoint, seconds)) gathered.set(target, result)
    }),
  )
  const results = prepared.flatMap((target) => {
    const one = gathered.get(target)
    return one === undefined ? [] : [{ options: target.options, gathered: one }]
  })
  return shareSources(results, sourcesBefore)
}

type Result = readonly [Prepared, Gathered]

async function gatherAtEndpoint({ rpc, groups, end }: Endpoint, seconds: SecondClients): Promise<readonly Result[]> {
  const before = contactsOf(rpc)
  try {
    const results = await Promise.all(groups.map((targets) => gatherGroup({ rpc, targets, seconds })))
    return shareRequests(results.flat(), contactsSince(before, rpc))
  } finally {
    end()
  }
}

type Group = { readonly rpc: RpcClient; readonly targets: readonly Prepared[]; readonly seconds: SecondClients }

async function gatherGroup({ rpc, targets, seconds }: Group): Promise<readonly Result[]> {
  if (targets.length === 1)
    return Promise.all(targets.map(async (one) => [one, await gatherOne(one, { rpc, seconds })] as const))
  const session = createSession(rpc)
  const pinned = withPin(rpc)
  return Promise.all(
    // All join before the first is read.
    targets
      .map((target) => ({ target, ...session.join({ signal: target.signal, scans: scansLogs(target) }) }))
      .map(async ({ target, rpc: own, leave }) => {
        const collectors = pinned(collectorsOf(target))
        return [target, await gatherOne(target, { rpc: own, collectors, seconds }).finally(leave)] as const
      }),
  )
}

/** Whether the logs will be read together with those of others: a source may have to be asked about each account by itself. */
function scansLogs(target: Prepared): boolean {
  const { options, rules } = target
  const isShared = options.logSource === undefined || (options.logSource.mostAccounts ?? 1) > 1
  if (options.quick === true || !isShared) return false
  return neededCollectors(collectorsOf(target), rules).some(({ key }) => key === 'logs')
}

/** What was asked together belongs to nobody alone. */
function shareRequests(results: readonly Result[], asked: Contacts): readonly Result[] {
  return results.map(([target, gathered], index) => {
    const own = shareOf(asked, { index, of: results.length })
    if (gathered.kind === 'unchecked') return [target, { ...gathered, ...own }]
    return [target, { ...gathered, collection: { ...gathered.collection, ...own } }]
  })
}

type Reading = Pick<Group, 'rpc' | 'seconds'> & { readonly collectors?: readonly AnyCollector[] }

async function gatherOne(target: Prepared, { rpc, seconds, collectors }: Reading): Promise<Gathered> {
  const begun = { rpc, before: contactsOf(rpc), atMs: (target.options.now ?? Date.now)() }
  const account = await accountOf(target, rpc).catch(asCheckupError)
  if (account instanceof CheckupError) return unchecked(target, account, begun)
  const collection = await gatherAccount(target, {
    rpc,
    account,
    seconds,
    ...(collectors !== undefined && { collectors }),
  })
  return { kind: 'collected', collection }
}

/** Anything else is a bug. */
function asCheckupError(error: unknown): CheckupError {
  if (error instanceof CheckupError) return error
  throw error
}

type Begun = {
  readonly rpc: RpcClient
  readonly before: ReturnType<typeof contactsOf>
  readonly atMs: number
}

function unchecked({ options, asked }: Prepared, error: CheckupError, { rpc, before, atMs }: Begun): UncheckedTarget {
  const { expectedChainId: id } = asked
  return {
    kind: 'unchecked',
    input: options.address,
    label: options.label ?? null,
    chain: id === null ? null : { id, name: chainName(id).name },
    error: toFactError(error),
    ...contactsSince(before, rpc),
    startedAt: new Date(atMs).toISOString(),
  }
}
