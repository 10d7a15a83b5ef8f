/** What stops a run, as a test holds it. */
import { setMaxListeners } from 'node:events'

/** As many requests wait for its signal as are under way, which Node would call a leak: a program that starts runs says the same. */
export function stoppable(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}
