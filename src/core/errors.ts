/** The one base class of everything that may go wrong on purpose, and its form as plain data. */
import type { z } from 'zod'
import type { factErrorSchema } from './error-schema.ts'
import type { DeepReadonly } from './schema.ts'
import type { FindingData } from './value.ts'

export type FactError = DeepReadonly<z.infer<typeof factErrorSchema>>

export type CheckupErrorOptions = {
  /** One sentence with the values that matter. Never an RPC URL, never an input that may be a secret. */
  readonly message: string
  readonly data?: FindingData
  readonly hints?: readonly string[]
  readonly cause?: unknown
}

export class CheckupError extends Error {
  readonly code: string
  readonly data: FindingData
  readonly hints: readonly string[]

  constructor(code: string, options: CheckupErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.data = options.data ?? {}
    this.hints = options.hints ?? []
  }
}

/** The plain form of anything thrown. An error that is not ours keeps its name only: its text may hold a URL with a key. */
export function toFactError(error: unknown): FactError {
  if (error instanceof CheckupError) {
    return { code: error.code, message: error.message, data: error.data, hints: error.hints }
  }
  const name = error instanceof Error ? error.name : typeof error
  return {
    code: 'unexpected-error',
    message: `An unexpected error ended this step (${name}).`,
    data: { name: { type: 'untrusted-text', value: name } },
    hints: [],
  }
}
