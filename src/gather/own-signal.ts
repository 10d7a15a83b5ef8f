/** A signal for each target that aborts with the caller's, and leaves nothing behind at it. */
import { setMaxListeners } from 'node:events'

type Followers = Set<WeakRef<AbortController>>

/** By the caller's signal: it gets one listener, however many targets it stops. */
const followers = new WeakMap<AbortSignal, Followers>()
/** By our own: a controller that nobody holds could not abort any more. */
const controllers = new WeakMap<AbortSignal, AbortController>()
const forgotten = new FinalizationRegistry<() => void>((forget) => forget())

/**
 * A signal of our own: as many requests wait for it as are under way, which Node would call a leak of the caller's. Not by
 * `AbortSignal.any`: what listens to such a signal is kept for as long as the process lives, and some programs never end.
 */
export function ownSignal(given: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController()
  const { signal } = controller
  setMaxListeners(0, signal)
  controllers.set(signal, controller)
  if (given === undefined) return signal
  if (given.aborted) controller.abort(given.reason)
  const own = followersOf(given)
  const follower = new WeakRef(controller)
  own.add(follower)
  forgotten.register(signal, () => own.delete(follower))
  return signal
}

function followersOf(given: AbortSignal): Followers {
  const known = followers.get(given)
  if (known !== undefined) return known
  const own: Followers = new Set()
  followers.set(given, own)
  given.addEventListener('abort', () => stopAll(own, given.reason), { once: true })
  return own
}

function stopAll(own: Followers, reason: unknown): void {
  for (const follower of own) follower.deref()?.abort(reason)
}
