/** The long part of `check`. It takes longer to load than a node takes to answer, so it loads while a node is asked. */
import type { Collection } from '../core/collection.ts'
import type { HistorySource } from '../core/history-source.ts'
import type { LogSource } from '../core/log-source.ts'
import type { Store } from '../core/store.ts'
import { decodeCollection, encodeCollection, type GatherOptions, gather, judgeCollection } from '../index.ts'
import type { OwnRpcClient } from '../rpc/client.ts'
import { attributed } from './attributed.ts'
import { openCache } from './cache.ts'
import type { CheckFlags, CheckSettings } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { readDocument, writeWhole } from './files.ts'
import { writeReports } from './outputs.ts'
import { startProgress } from './progress.ts'

export type Check = {
  readonly flags: CheckFlags
  readonly settings: CheckSettings
  readonly ruleOptions: NonNullable<GatherOptions['ruleOptions']>
}

export type LiveCheck = Check & {
  readonly address: string
  readonly chainId?: number
  readonly rpc: OwnRpcClient
  readonly lists: Pick<GatherOptions, 'tokenLists' | 'threatLists' | 'sanctionsLists' | 'shownTokens'>
  readonly logSource: LogSource | null
  readonly historySource: HistorySource | null
  readonly second: Pick<GatherOptions, 'secondOpinion' | 'secondRpcUrl'>
}

/** @returns the exit code of the report */
export async function checkAccount(check: LiveCheck, context: CliContext): Promise<number> {
  return judge(await gatherLive(check, context), check, context)
}

/** @returns the exit code of the report */
export async function judgeFile(file: string, check: Check, context: CliContext): Promise<number> {
  const { text } = await readDocument(file, context)
  const collection = attributed({ option: '--facts', path: file }, () => decodeCollection(text))
  return judge(collection, check, context)
}

async function judge(
  collection: Collection,
  { flags, settings, ruleOptions }: Check,
  context: CliContext,
): Promise<number> {
  const report = judgeCollection(collection, {
    ...selectionOf(flags),
    ruleOptions,
    locale: context.locale,
    failOn: settings.failOn,
    allowIncomplete: flags.allowIncomplete ?? false,
  })
  const useColor = flags.color !== false && !context.environment.noColor
  await writeReports(report, settings.outputs, { ...context, useColor })
  return report.result.summary.exitCode
}

async function gatherLive(check: LiveCheck, context: CliContext): Promise<Collection> {
  const { address, flags, settings, ruleOptions, chainId, rpc, lists, logSource, historySource, second } = check
  const store = openCache(flags, context)
  const { stderr, locale, words } = context
  const progress = flags.quiet === true ? null : startProgress({ stream: stderr, locale, words })
  try {
    await learnRate(rpc, store)
    const collection = await gather({
      address,
      rpc,
      ...(chainId !== undefined && { chainId }),
      ...selectionOf(flags),
      ruleOptions,
      ...lists,
      ...settings.reading,
      ...second,
      ...(progress !== null && { onProgress: progress.onProgress }),
      ...(store !== null && { store }),
      ...(logSource !== null && { logSource }),
      ...(historySource !== null && { historySource }),
      signal: context.signal,
    })
    progress?.stop()
    await saveFacts(collection, flags, context)
    return collection
  } finally {
    progress?.stop()
    await store?.close()
  }
}

async function learnRate(rpc: OwnRpcClient, store: Store | null): Promise<void> {
  const known = await store?.endpoints.limits(rpc.endpointId)
  if (known?.requestsPerSecond != null) rpc.expectRate(known.requestsPerSecond)
}

function selectionOf({ rule, skipRule }: CheckFlags): Pick<GatherOptions, 'onlyRules' | 'skipRules'> {
  return { onlyRules: rule ?? [], skipRules: skipRule ?? [] }
}

async function saveFacts(collection: Collection, { saveFacts: file, quiet }: CheckFlags, { say, words }: CliContext) {
  if (file === undefined) return
  await writeWhole(file, encodeCollection(collection))
  if (quiet !== true) say(words.savedFacts(file))
}
