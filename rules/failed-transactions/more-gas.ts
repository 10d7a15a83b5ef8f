/** Which gas limit to set for a call that ran out of gas, and what showed it. */
import type { ChainFacts, Evidence, OwnTransaction } from '../../src/rule.ts'
import { largestGasLimit } from './largest-gas-limit.ts'

export type MoreGas = {
  readonly newGasLimit: bigint
  /** `capped`: it may not be told more, however much it needs. `none`: it had all that a transaction may have. */
  readonly room: 'enough' | 'capped' | 'none'
}

/** What was tried with success, or half as much again where nothing was tried; never more than the chain takes. */
export function moreGas({ gasLimit, withMoreGas }: OwnTransaction, chain: ChainFacts): MoreGas {
  const wanted = withMoreGas === 'succeeds' ? gasLimit * 2n : (gasLimit * 3n + 1n) / 2n
  const largest = largestGasLimit(chain, gasLimit)
  if (largest === null || wanted <= largest) return { newGasLimit: wanted, room: 'enough' }
  return { newGasLimit: largest, room: gasLimit < largest ? 'capped' : 'none' }
}

/** The same call with twice its gas, on the state that it was made on. Older facts files may not say which that was. */
export function triedWithMoreGas({ block, gasLimit, withMoreGas, replayedAt }: OwnTransaction): readonly Evidence[] {
  if (withMoreGas === undefined || replayedAt === undefined) return []
  const triedAt = replayedAt === 'after' ? block : block - 1n
  return [
    { kind: 'read', method: 'eth_call', block: String(triedAt), value: `${withMoreGas} with ${gasLimit * 2n} gas` },
  ]
}
