/** Callbacks of the program that uses this package. */

/**
 * What a listener throws is an error of its own program, and must not look like an answer that failed: it is thrown again
 * outside of the run. As a microtask: thrown in a tick or an immediate it would hold up others of that queue.
 */
export function tell<Event>(listener: ((event: Event) => void) | undefined, event: Event): void {
  try {
    listener?.(event)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
