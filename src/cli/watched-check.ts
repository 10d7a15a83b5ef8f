/** One run of a watch: a check with a signal of its own, whose failure is told and ends nothing else. */
import { setMaxListeners } from 'node:events'
import { keysIn } from '../config/environment.ts'
import type { Report } from '../core/report.ts'
import type { Transition } from '../notify/notification.ts'
import type { CheckFlags } from './check-flags.ts'
import check from './commands/check.ts'
import type { CliContext, WatchPort } from './context.ts'
import { describeFailure } from './describe-failure.ts'

export type Watched = {
  readonly addresses: readonly string[]
  readonly flags: CheckFlags
  /** What is wrong with the options is thrown, and not told. */
  readonly isFirst: boolean
}

/** Sentences that every run would say again: said once. */
const longestMemory = 1000

export type Ended = { readonly report: Report; readonly changes: readonly Transition['change'][] }

/** @returns null when the run failed or was stopped */
export type RunCheck = (watched: Watched) => Promise<Ended | null>

export function watchedCheck(context: CliContext): RunCheck {
  const said = new Set<string>()
  const sayOnce = (text: string) => {
    if (said.has(text)) return
    if (said.size < longestMemory) said.add(text)
    context.say(text)
  }
  const kept = new Map<string, string>()
  return async ({ addresses, flags, isFirst }) => {
    let ended: Ended | null = null
    const own = ownSignal(context.signal)
    const watch: WatchPort = {
      kept,
      sayAgain: context.say,
      onReport: (report, changes) => {
        ended = { report, changes }
      },
    }
    try {
      await check(addresses, flags, { ...context, signal: own.signal, say: sayOnce, watch })
    } catch (error) {
      const { lines, exitCode } = describeFailure(error, settingOf(flags, context))
      if (isFirst && exitCode === 2) throw error
      for (const line of lines) context.say(line)
    } finally {
      own.release()
    }
    return ended
  }
}

/** What waits for the watch's own signal stays for as long as the watch does, so a run's requests wait for another one. */
function ownSignal(outer: AbortSignal): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const stop = () => controller.abort()
  if (outer.aborted) stop()
  outer.addEventListener('abort', stop, { once: true })
  return { signal: controller.signal, release: () => outer.removeEventListener('abort', stop) }
}

function settingOf(flags: CheckFlags, { locale, variables, environment }: CliContext) {
  const given = Object.values(flags)
    .flat()
    .filter((text) => typeof text === 'string')
  return { locale, texts: [...given, ...Object.values(variables)], secrets: keysIn(environment) }
}
