/** Why a second endpoint cannot say anything about the run's block. */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

/** It serves another chain, so it is told nothing about the account. */
export class OtherChainError extends CheckupError {
  constructor(host: string, { expected, actual }: { readonly expected: number; readonly actual: string }) {
    super('second-other-chain', {
      message: `The second endpoint ${host} serves chain ${actual}, not ${expected}, so it was told nothing else.`,
      data: { host: value.text(host), expected: value.text(String(expected)), actual: value.text(actual) },
      hints: ['Give a second endpoint of the same chain.'],
    })
  }
}

/** The block that every read of the run uses is not there: it lags, or keeps no blocks so old. */
export class BlockNotThereError extends CheckupError {
  constructor(host: string, block: bigint) {
    super('second-without-block', {
      message: `The second endpoint ${host} does not have block ${block}.`,
      data: { host: value.text(host), block: value.block(block) },
      hints: ['Run the check again, or give another second endpoint.'],
    })
  }
}
