/** Which reads may travel in a batch, and how many of them: it is as slow as its slowest call, and as large as all its answers. */
import type { ReadMethod } from '../../core/rpc.ts'

/** The most that one batch weighs. */
export const mostWeight = 50

const lightMethods: ReadonlySet<string> = new Set<ReadMethod>([
  'eth_feeHistory',
  'eth_getBalance',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getTransactionByHash',
  'eth_getTransactionBySenderAndNonce',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'txpool_contentFrom',
])
/** Letters of an eth_call, and of a simulation: longer ones do the work of many. */
const longestCall = 2_000
const longestSimulation = 20_000
const weights = { light: 1, page: 2, block: 3, simulation: 5 } as const

/** null: it goes alone. */
export function weightOf(method: ReadMethod, params: readonly unknown[]): number | null {
  switch (method) {
    case 'eth_getBlockByNumber':
      return params[1] === false ? weights.light : weights.block
    case 'eth_getBlockReceipts':
      return weights.block
    case 'ots_searchTransactionsBefore':
      return weights.page
    case 'eth_call':
      return params.length === 2 && isShort(params, longestCall) ? weights.light : null
    case 'eth_simulateV1':
      return isShort(params, longestSimulation) ? weights.simulation : null
    default:
      return lightMethods.has(method) ? weights.light : null
  }
}

function isShort(params: readonly unknown[], longest: number): boolean {
  return JSON.stringify(params).length <= longest
}
