/** Which gas limit to set for a call that ran out of gas, and what showed it. */
import type { Evidence, OwnTransaction } from '../../src/rule.ts'

/** What was tried with success, or half as much again where nothing was tried. */
export function newGasLimit({ gasLimit, withMoreGas }: OwnTransaction): bigint {
  return withMoreGas === 'succeeds' ? gasLimit * 2n : (gasLimit * 3n + 1n) / 2n
}

/** The same call with twice its gas, on the state that it was made on. Older facts files may not say which that was. */
export function triedWithMoreGas({ block, gasLimit, withMoreGas, replayedAt }: OwnTransaction): readonly Evidence[] {
  if (withMoreGas === undefined || replayedAt === undefined) return []
  const triedAt = replayedAt === 'after' ? block : block - 1n
  return [
    { kind: 'read', method: 'eth_call', block: String(triedAt), value: `${withMoreGas} with ${gasLimit * 2n} gas` },
  ]
}
