import type { Evidence, FactMap, PendingTransaction } from '../../src/rule.ts'
import type { Problem } from './problem.ts'

/** What showed the transaction, and what its fees were compared with. */
export function evidenceOf(
  stuck: PendingTransaction,
  { chain, fees }: Pick<FactMap, 'chain' | 'fees'>,
  problem: Problem,
): readonly [Evidence, ...Evidence[]] {
  return [
    { kind: 'read', method: stuck.source, block: 'pending', value: stuck.hash },
    ...priceRead({ chain, fees }, problem),
    ...runRead(stuck),
  ]
}

/** What the node answered when the transaction was run without being sent. */
function runRead({ simulation }: PendingTransaction): readonly Evidence[] {
  if (simulation?.status !== 'reverts') return []
  const { block, reason } = simulation
  return [{ kind: 'read', method: 'eth_call', block, value: reason === undefined ? 'reverts' : `reverts: ${reason}` }]
}

/** The price that it was held against; none where none was read. */
export function priceRead({ chain, fees }: Pick<FactMap, 'chain' | 'fees'>, problem: Problem): readonly Evidence[] {
  const block = String(chain.head.number)
  if (problem === 'low-blob-fee') {
    return [{ kind: 'read', method: 'eth_feeHistory baseFeePerBlobGas', block, value: String(fees.blobBaseFee) }]
  }
  const { nextBaseFee, gasPrice } = fees
  if (nextBaseFee !== null) return [{ kind: 'read', method: 'eth_feeHistory', block, value: String(nextBaseFee) }]
  return gasPrice === null ? [] : [{ kind: 'read', method: 'eth_gasPrice', block, value: String(gasPrice) }]
}
