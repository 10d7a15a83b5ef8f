import { setMaxListeners } from 'node:events'

/** `end` takes back what nobody waits for any more: requests that are out, and those that wait for their turn. */
export type RunSignal = { readonly signal: AbortSignal; readonly end: () => void }

/** For the clients of one run: aborts with `outer`, or at the end of the run. A fact that failed does not wait for its other requests. */
export function runSignal(outer: AbortSignal): RunSignal {
  const run = new AbortController()
  // As many requests wait for it as are under way, which Node would call a leak.
  setMaxListeners(0, run.signal)
  const end = () => {
    outer.removeEventListener('abort', end)
    run.abort()
  }
  if (outer.aborted) run.abort()
  else outer.addEventListener('abort', end, { once: true })
  return { signal: run.signal, end }
}
