/** The long part of `check`. It takes longer to load than a node takes to answer, so it loads while a node is asked. */
import type { HistorySource } from '../core/history-source.ts'
import type { LogSource } from '../core/log-source.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { Rule } from '../core/rule.ts'
import type { Store } from '../core/store.ts'
import { decodeGathered, type Gathered, type GatherOptions, gather, gatherMany, type Report } from '../index.ts'
import type { Notifier } from '../notify/requests.ts'
import type { OwnRpcClient } from '../rpc/client.ts'
import { attributed } from './attributed.ts'
import { openCache } from './cache.ts'
import type { CheckFlags, CheckSettings } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { readDocument } from './files.ts'
import { type Finish, finishCheck } from './finish-check.ts'
import { startProgress } from './progress.ts'
import { saveFacts } from './save-facts.ts'

export type Check = {
  readonly flags: CheckFlags
  readonly settings: CheckSettings
  readonly ruleOptions: NonNullable<GatherOptions['ruleOptions']>
  /** Absent: the built-in ones. */
  readonly rules?: readonly Rule[]
  /** null: nothing is compared, or there is no baseline yet. */
  readonly baseline: Report | null
}

export type LiveCheck = Check & {
  /** At least one, each once. */
  readonly addresses: readonly string[]
  readonly chainId?: number
  readonly notifiers: readonly Notifier[]
  readonly rpc: RpcClient
  /** The endpoints behind it. */
  readonly clients: readonly OwnRpcClient[]
  /** Takes back their requests that nobody waits for any more. */
  readonly endRequests: () => void
  readonly lists: Pick<GatherOptions, 'tokenLists' | 'threatLists' | 'sanctionsLists' | 'shownTokens'>
  readonly logSource: LogSource | null
  readonly historySource: HistorySource | null
  readonly second: Pick<GatherOptions, 'secondOpinion' | 'secondRpcUrl'>
}

/** @returns the exit code of the report */
export async function checkAccounts(check: LiveCheck, context: CliContext): Promise<number> {
  const { addresses, flags, notifiers } = check
  const scope = ['accounts', flags.chain ?? '', ...addresses.map((address) => address.toLowerCase()).sort()]
  const gathered = await gatherLive(check, context)
  return judge(gathered, { ...check, telling: { notifiers, scope } }, context)
}

/** @returns the exit code of the report */
export async function judgeFile(file: string, check: Check, context: CliContext): Promise<number> {
  const { text } = await readDocument(file, context)
  const gathered = attributed({ option: '--facts', path: file }, () => decodeGathered(text))
  return judge(gathered, check, context)
}

async function judge(
  gathered: readonly Gathered[],
  { flags, settings, ruleOptions, rules, baseline, telling }: Check & Pick<Finish, 'telling'>,
  context: CliContext,
): Promise<number> {
  const judging = { ruleOptions, ...(rules !== undefined && { rules }) }
  const told = telling === undefined ? {} : { telling }
  return finishCheck(gathered, { flags, settings, baseline, judging, ...told }, context)
}

async function gatherLive(check: LiveCheck, context: CliContext): Promise<readonly Gathered[]> {
  const { flags, clients } = check
  const store = openCache(flags, context)
  const { stderr, locale, words } = context
  const progress = flags.quiet === true ? null : startProgress({ stream: stderr, locale, words })
  try {
    await Promise.all(clients.map((client) => learnRate(client, store)))
    const gathered = await gatherAll(check, {
      ...(progress !== null && { onProgress: progress.onProgress }),
      ...(store !== null && { store }),
      signal: context.signal,
    }).finally(check.endRequests)
    progress?.stop()
    await saveFacts(gathered, flags, context)
    return gathered
  } finally {
    progress?.stop()
    await store?.close()
  }
}

/** @throws CheckupError when there is one name only, and it cannot be resolved: then there is no account to report on */
async function gatherAll(
  { addresses, flags, settings, ruleOptions, baseline, chainId, rpc, lists, ...sources }: LiveCheck,
  run: Pick<GatherOptions, 'onProgress' | 'store' | 'signal'>,
): Promise<readonly Gathered[]> {
  const { rules, logSource, historySource, second } = sources
  const [first, ...others] = addresses.map(
    (address): GatherOptions => ({
      address,
      rpc,
      ...(chainId !== undefined && { chainId }),
      ...selectionOf(flags),
      ruleOptions,
      ...(rules !== undefined && { rules }),
      ...lists,
      ...(baseline !== null && { baseline }),
      ...settings.reading,
      ...second,
      ...run,
      ...(logSource !== null && { logSource }),
      ...(historySource !== null && { historySource }),
    }),
  )
  if (first === undefined) return []
  if (others.length > 0) return gatherMany([first, ...others])
  return [{ kind: 'collected', collection: await gather(first) }]
}

async function learnRate(rpc: OwnRpcClient, store: Store | null): Promise<void> {
  const known = await store?.endpoints.limits(rpc.endpointId)
  if (known?.requestsPerSecond != null) rpc.expectRate(known.requestsPerSecond)
}

function selectionOf({ rule, skipRule }: CheckFlags): Pick<GatherOptions, 'onlyRules' | 'skipRules'> {
  return { onlyRules: rule ?? [], skipRules: skipRule ?? [] }
}
