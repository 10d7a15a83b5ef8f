/** Who is asked for logs when it is not the node. Opt-in: it learns the address. */
import { createLogSource, type LogSource } from '../index.ts'
import type { CheckFlags, CheckSettings } from './check-flags.ts'
import type { CliContext } from './context.ts'

/**
 * null when none was given. Says which host will see the address.
 * @throws LogSourceError, LogSourceKeyError
 */
export function openLogSource(
  { logsFrom }: CheckFlags,
  { timeoutMs, maximumRps, maximumRequests }: CheckSettings['reading'],
  { environment: { logsKey }, words, say }: CliContext,
): LogSource | null {
  if (logsFrom === undefined) return null
  const source = createLogSource(logsFrom, {
    ...(logsKey !== null && { key: logsKey }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
  })
  say(words.logSource(source.host))
  return source
}
