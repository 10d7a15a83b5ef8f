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

export type WatchedCheck = {
  /** Begins when the run before has told others of itself. @returns null when the run failed or was stopped */
  readonly run: (watched: Watched) => Promise<Ended | null>
  /** Once the last run has told others, or could not. */
  readonly whenTold: () => Promise<void>
}

/** @param onTold hears each report again, with what became of its messages */
export function watchedCheck(context: CliContext, onTold: (report: Report) => void): WatchedCheck {
  const said = new Set<string>()
  const sayOnce = (text: string) => {
    if (said.has(text)) return
    if (said.size < longestMemory) said.add(text)
    context.say(text)
  }
  const kept = new Map<string, string>()
  const sayFailure = (error: unknown, flags: CheckFlags) => {
    for (const line of describeFailure(error, settingOf(flags, context)).lines) context.say(line)
  }
  let telling = Promise.resolve()
  const run = async ({ addresses, flags, isFirst }: Watched) => {
    await telling
    if (context.signal.aborted) return null
    let ended: Ended | null = null
    const own = ownSignal(context.signal)
    const watch: WatchPort = {
      kept,
      sayAgain: context.say,
      onReport: (report, changes, tell) => {
        ended = { report, changes }
        telling = tell().then(onTold, (error: unknown) => sayFailure(error, flags))
      },
    }
    try {
      await check(addresses, flags, { ...context, signal: own.signal, say: sayOnce, watch })
    } catch (error) {
      if (isFirst && describeFailure(error, settingOf(flags, context)).exitCode === 2) throw error
      sayFailure(error, flags)
    } finally {
      void telling.then(own.release)
    }
    return ended
  }
  return { run, whenTold: () => telling }
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
