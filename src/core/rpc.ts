/** The port through which collectors ask a node. `src/rpc` implements it; tests write a ten-line object. */

/** Every JSON-RPC method this program may send. All of them read; anything else throws before it leaves the process. */
export const readMethods = [
  'eth_blobBaseFee',
  'eth_blockNumber',
  'eth_call',
  'eth_chainId',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getBlockReceipts',
  'eth_getCode',
  'eth_getLogs',
  'eth_getStorageAt',
  'eth_getTransactionByHash',
  'eth_getTransactionBySenderAndNonce',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_maxPriorityFeePerGas',
  'eth_syncing',
  'ots_getApiLevel',
  'ots_searchTransactionsBefore',
  'txpool_content',
  'txpool_contentFrom',
  'web3_clientVersion',
] as const
export type ReadMethod = (typeof readMethods)[number]

export interface RpcClient {
  /** Host of the endpoint without user, path, query: the only part of the URL that may be printed. */
  readonly host: string
  /** 16 hex digits that tell one endpoint, key included, from another without showing anything of its URL. */
  readonly endpointId: string
  /** How many requests left the process so far, retries included. */
  readonly requestCount: () => number
  /**
   * Sends one read and returns `result` as it came. Retries rate limits and passing faults with back-off.
   * Throws an `RpcError` (see `src/rpc/errors.ts`) that says which kind of failure it was; never returns a substitute.
   */
  readonly request: (method: ReadMethod, params: readonly unknown[]) => Promise<unknown>
}
