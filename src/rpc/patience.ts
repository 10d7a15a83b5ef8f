/** When to stop asking a node that no longer answers: each failure costs, each answer restores. */
import { CheckupError } from '../core/errors.ts'

export type Patience = {
  /** A node that answered is alive. */
  readonly reset: () => void
  readonly spend: (error: unknown) => void
  readonly isOver: () => boolean
  /** Throws the failure that ended the patience, once it is over. */
  readonly check: () => void
}

const wholePatience = 48

/** By error code: slow failures cost more. Four timeouts in a row are two minutes of waiting by default. */
const costs: Readonly<Record<string, number>> = {
  stopped: wholePatience,
  'method-not-supported': wholePatience,
  'wait-too-long': wholePatience,
  'rpc-timeout': 12,
  'client-timeout': 12,
  'rate-limited': 16,
  'connection-failed': 12,
  'http-status': 3,
}

export function createPatience(): Patience {
  let left = wholePatience
  let last: CheckupError | null = null
  return {
    reset: () => {
      left = wholePatience
      last = null
    },
    spend: (error) => {
      if (!(error instanceof CheckupError)) return
      left -= costOf(error)
      last = error
    },
    isOver: () => left <= 0,
    check: () => {
      if (left <= 0 && last !== null) throw last
    },
  }
}

/** Where no other endpoint could take its place, the failure of the first is what counts. */
function costOf({ code, cause }: CheckupError): number {
  const isDisagreement = code === 'endpoint-disagrees' && cause instanceof CheckupError
  return costs[isDisagreement ? cause.code : code] ?? 1
}
