/** When nobody tries any more: an endpoint that refuses everything, or one method, for its rate. */
import type { Client } from './ask.ts'
import type { RpcPlace } from './errors.ts'
import { monotonicMs } from './monotonic.ts'
import type { Failed } from './read-reply.ts'
import { WaitTooLongError } from './wait-too-long.ts'

/** Nothing is asked more often, even while others are answered. */
const attemptsAtAll = 40
/** In first pauses: how long an endpoint may refuse everything. About a minute: some count by the minute. */
const patiencePauses = 130
/** So often it is asked within that time, even when each time it asks to wait for most of it. */
const fewestRounds = 3
/** In first pauses: how long one method may be refused while others are answered. */
const methodPauses = 10

/** The endpoint answers nobody any more. One that never answered at all is asked less often. */
export function isRefusingAll({ pacer, settings }: Client): boolean {
  const { rounds, lastedMs, hasEverAnswered } = pacer.refusals()
  if (!hasEverAnswered && rounds >= settings.maximumAttempts) return true
  const isLong = lastedMs >= patiencePauses * settings.backoffMs
  return isLong && rounds >= Math.min(fewestRounds, settings.maximumAttempts)
}

/** Others are answered, but not this: providers also refuse single methods in the words of a rate limit. */
export function isHopeless(
  { pacer, settings, answeredAt }: Client,
  method: string,
  { count, since }: { readonly count: number; readonly since: number },
): boolean {
  if (count >= attemptsAtAll) return true
  const waitedMs = monotonicMs() - since
  const areOthersAnswered = pacer.refusals().lastedMs < waitedMs
  const isMethodAnswered = (answeredAt.get(method) ?? Number.NEGATIVE_INFINITY) >= since
  const isLong = count >= settings.maximumAttempts && waitedMs >= methodPauses * settings.backoffMs
  return isLong && areOthersAnswered && !isMethodAnswered
}

/** Whether it asks to wait for longer than anything is waited for: then nobody waits, and asks again at once. */
export function isTooLong({ settings }: Client, { again, waitMs }: Failed): boolean {
  return again !== 'no' && waitMs !== null && waitMs > settings.longestWaitMs
}

/** A refusal for good. Its method is not asked until the time is nearly over; others may be limited by themselves. */
export function refuseForGood(client: Client, { error, again, waitMs }: Failed, place: RpcPlace): Failed {
  const refused = { status: 'failed', error, again: 'no', waitMs: null } as const
  if (again !== 'rate' || waitMs === null) return refused
  client.refusedUntil.set(place.method, monotonicMs() + waitMs)
  return { ...refused, error: new WaitTooLongError(place, waitMs) }
}

/** Why the method is not to be asked yet; null when it may be. */
export function lastingRefusal({ refusedUntil, settings }: Client, place: RpcPlace): WaitTooLongError | null {
  const leftMs = (refusedUntil.get(place.method) ?? 0) - monotonicMs()
  return leftMs > settings.longestWaitMs ? new WaitTooLongError(place, leftMs) : null
}
