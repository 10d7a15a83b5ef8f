/** Who is asked for logs, or for own transactions, when it is not the node. Opt-in: it learns the address. */
import type { HistorySource, LogSource } from '../index.ts'
import type { HistorySourceOptions } from '../log-sources/history.ts'
import type { CheckFlags, CheckSettings } from './check-flags.ts'
import type { CliContext } from './context.ts'

/**
 * null when none was given. Says which host will see the address.
 * @throws LogSourceError, LogSourceKeyError
 */
export async function openLogSource(
  { logsFrom }: CheckFlags,
  reading: CheckSettings['reading'],
  { environment: { logsKey }, words, say }: CliContext,
): Promise<LogSource | null> {
  if (logsFrom === undefined) return null
  // Most checks ask nobody else, and need not wait until it is loaded.
  const { createLogSource } = await import('../log-sources/create-log-source.ts')
  const source = createLogSource(logsFrom, sourceOptions(reading, logsKey))
  say(words.logSource(source.host))
  return source
}

/** A key may stand in the shell for another source: that is no reason to stop, and not to be passed over either. */
export async function tellUnusedKey(
  { logsFrom }: CheckFlags,
  { environment: { logsKey }, words, say }: CliContext,
): Promise<void> {
  if (logsFrom === undefined || logsKey === null) return
  const { takesKey } = await import('../log-sources/create-log-source.ts')
  if (!takesKey(logsFrom)) say(words.unusedLogsKey)
}

/**
 * null when none was given. Says which host will see the address.
 * @throws HistorySourceError
 */
export async function openHistorySource(
  { historyUrl }: CheckFlags,
  reading: CheckSettings['reading'],
  { environment: { historyKey }, words, say }: CliContext,
): Promise<HistorySource | null> {
  if (historyUrl === undefined) return null
  const { createHistorySource } = await import('../log-sources/history.ts')
  const source = createHistorySource(historyUrl, sourceOptions(reading, historyKey))
  say(words.historySource(source.host))
  return source
}

/** The limits that hold for the endpoint hold for a source as well. */
function sourceOptions(
  { timeoutMs, maximumRps, maximumRequests }: CheckSettings['reading'],
  key: string | null,
): HistorySourceOptions {
  return {
    ...(key !== null && { key }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
  }
}
