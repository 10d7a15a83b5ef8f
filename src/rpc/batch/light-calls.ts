/** Which reads may travel in a batch: those that are answered at once, and shortly. A batch is as slow as its slowest call. */
import type { ReadMethod } from '../../core/rpc.ts'

const lightMethods: ReadonlySet<string> = new Set<ReadMethod>([
  'eth_feeHistory',
  'eth_getBalance',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getTransactionByHash',
  'eth_getTransactionBySenderAndNonce',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'ots_searchTransactionsBefore',
  'txpool_contentFrom',
])
/** Letters of an eth_call: longer ones read many contracts at once. */
const longestCall = 2_000

export function isLight(method: ReadMethod, params: readonly unknown[]): boolean {
  if (method === 'eth_getBlockByNumber') return params[1] === false
  if (method === 'eth_call') return params.length === 2 && JSON.stringify(params).length <= longestCall
  return lightMethods.has(method)
}
