/** What became of a call that was tried, as facts say it. */
import { CheckupError, toFactError } from '../core/errors.ts'
import type { Simulation } from '../core/simulation.ts'
import { revertReason } from '../domain/revert-reason.ts'
import { readNumber } from '../domain/token-calls.ts'
import type { CallResult } from '../rpc/read-contracts.ts'
import type { TryResult } from '../rpc/try-calls.ts'

/** @param isGone whether the read after the call shows that it did what it is for; null when it does not tell */
export function toSimulation(
  result: TryResult,
  { block: number, isGone }: { readonly block: bigint; readonly isGone: (after: CallResult) => boolean | null },
): Simulation {
  const block = String(number)
  if (result.status === 'failed') return { status: 'unknown', block, error: result.error }
  const ran = { block, ...(result.gasUsed !== null && { gasUsed: String(result.gasUsed) }) }
  if (result.status === 'reverted') {
    const reason = revertReason(result.data)
    return { status: 'reverts', ...ran, ...(reason !== null && { reason }) }
  }
  const gone = result.after === null ? null : isGone(result.after)
  if (gone === false) return { status: 'no-effect', ...ran }
  // Some tokens answer that they did not do it, instead of failing.
  if (gone === null && readNumber(result.data) === 0n) {
    return { status: 'unknown', block, error: toFactError(new RevocationDoubtfulError()) }
  }
  return { status: 'succeeds', ...ran, isConfirmed: gone === true }
}

class RevocationDoubtfulError extends CheckupError {
  constructor() {
    super('revocation-doubtful', {
      message: 'The contract answers that it did not do it, and what the call would leave could not be read.',
    })
  }
}
