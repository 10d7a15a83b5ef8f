import { setMaxListeners } from 'node:events'

/** Ctrl-C and friends: the first one stops the gathering, so that what was read can be reported; the second one ends the process. */
export type Interrupt = {
  readonly signal: AbortSignal
  /** 130 or 143 once a signal came, by the shells' rule of 128 + its number; null before. */
  readonly exitCode: () => number | null
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController()
  // As many requests wait for it as are under way, which Node would call a leak.
  setMaxListeners(0, controller.signal)
  let exitCode: number | null = null
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (exitCode !== null) process.exit(exitCodes[name])
      exitCode = exitCodes[name]
      onFirst()
      controller.abort()
    })
  }
  return { signal: controller.signal, exitCode: () => exitCode }
}
