/** After a run: what changed since the one before is told to those who want to know, and remembered. */
import { createHash } from 'node:crypto'
import type { Report } from '../core/report.ts'
import { reportSchema } from '../index.ts'
import { type Delivery, notifierKey, overheardHost, tell } from '../notify/notify.ts'
import type { Notifier } from '../notify/requests.ts'
import { keepKnown, transitionsOf } from '../notify/transitions.ts'
import { systemClock } from '../watch/loop.ts'
import { errorSentence } from '../words/index.ts'
import { openCache } from './cache.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'

export type Telling = {
  readonly notifiers: readonly Notifier[]
  /** What tells the runs that are compared from others: the file they follow, or their accounts. */
  readonly scope: readonly string[]
  readonly flags: CheckFlags
  /** What the report was compared with, and what is where nothing is remembered. */
  readonly baseline?: Report | null | undefined
}

/** @returns the report with what became of each message. What a failed one was about is told with the next run. */
export async function tellOthers(report: Report, telling: Telling, context: CliContext): Promise<Report> {
  const { notifiers } = telling
  if (notifiers.length === 0) return report
  for (const host of new Set(notifiers.map(overheardHost))) {
    if (host !== null) context.say(context.words.plainNotify(host))
  }
  const memory = openMemory(telling, context)
  try {
    const deliveries = await Promise.all(
      notifiers.map((notifier) => tellOne(report, { notifier, memory, telling }, context)),
    )
    const made = deliveries.filter((delivery) => delivery !== null)
    return made.length === 0 ? report : { ...report, run: { ...report.run, deliveries: made } }
  } finally {
    await memory.close()
  }
}

/** How a watch's run differs from the one before: counts by kind of change. */
export async function changesSince(report: Report, telling: Telling, context: CliContext) {
  const memory = openMemory(telling, context)
  const compared = { baseline: telling.baseline ?? null }
  try {
    const earlier = await memory.get('watch')
    await memory.put('watch', keepKnown(earlier, report))
    return earlier === null ? [] : transitionsOf(earlier, report, compared).map(({ change }) => change)
  } finally {
    await memory.close()
  }
}

type One = { readonly notifier: Notifier; readonly memory: Memory; readonly telling: Telling }

async function tellOne(
  report: Report,
  { notifier, memory, telling: { baseline = null } }: One,
  { say, signal, locale, watch }: CliContext,
): Promise<Delivery | null> {
  const key = notifierKey(notifier)
  const earlier = (await memory.get(key)) ?? baseline
  const transitions = transitionsOf(earlier, report, { baseline })
  const ports = { now: systemClock.now, sleep: systemClock.sleep, random: Math.random, signal }
  const delivery = await tell(notifier, { transitions, report }, ports)
  if (delivery?.error === undefined) await memory.put(key, keepKnown(earlier, report))
  else (watch?.sayAgain ?? say)(errorSentence(delivery.error, locale))
  return delivery
}

type Memory = {
  readonly get: (name: string) => Promise<Report | null>
  readonly put: (name: string, report: Report) => Promise<void>
  readonly close: () => Promise<void>
}

/** The cache, and for as long as a watch lives also its own memory: where a cache fails, nothing is told twice. */
function openMemory({ scope, flags }: Telling, context: CliContext): Memory {
  const store = openCache(flags, context)
  const kept = context.watch?.kept
  const base = createHash('sha256').update(JSON.stringify(scope)).digest('hex').slice(0, 32)
  return {
    get: async (name) => {
      const key = `${base} ${name}`
      return readReport(kept?.get(key) ?? (await store?.reports.get(key)) ?? null)
    },
    put: async (name, report) => {
      const key = `${base} ${name}`
      const text = JSON.stringify(report)
      kept?.set(key, text)
      await store?.reports.put(key, text)
    },
    close: async () => store?.close(),
  }
}

/** null for one of another version: then all that is found is told once more. */
function readReport(text: string | null): Report | null {
  if (text === null) return null
  const read = reportSchema.safeParse(parsed(text))
  return read.success ? read.data : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut short, or not ours: the schema says no to it.
    return null
  }
}
