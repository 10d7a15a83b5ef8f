/** The port through which collectors ask a node. `src/rpc` implements it; tests write a ten-line object. */
import type { FactError } from './errors.ts'

/** Every JSON-RPC method this program may send. All of them read; anything else throws before it leaves the process. */
export const readMethods = [
  'alchemy_getTokenBalances',
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
  // Runs calls on a copy of a block's state and forgets them: nothing of it is signed, sent or kept.
  'eth_simulateV1',
  'eth_syncing',
  'ots_searchTransactionsBefore',
  'trace_filter',
  'txpool_content',
  'txpool_contentFrom',
  'txpool_inspect',
  'web3_clientVersion',
] as const
export type ReadMethod = (typeof readMethods)[number]

/** Requests per second. */
export type Pace = {
  /** What the endpoint allows, as its refusals taught; null before the first of them. */
  readonly learned: number | null
  /** What to reckon with from now on: the least of what is known, or what the time its answers take allows. null before the first answer. */
  readonly expected: number | null
}

/** Who was asked, and how often. `failure`: why it is not asked any more, where another one took its place. */
export type Contact = { readonly host: string; readonly requests: number; readonly failure?: FactError }

export interface RpcClient {
  /** Host of the endpoint without user, path, query: the only part of the URL that may be printed. */
  readonly host: string
  /** 16 hex digits that tell one endpoint, key included, from another without showing anything of its URL. */
  readonly endpointId: string
  /** How many requests left the process so far, retries included. */
  readonly requestCount: () => number
  /** Of several endpoints behind one client: each with the requests that went to it, in order of use. Absent: there is only one. */
  readonly endpoints?: () => readonly Contact[]
  /** How fast requests go. A client of somebody else may have no such measure. */
  readonly pace?: () => Pace
  /**
   * Sends one read and returns `result` as it came. Retries rate limits and passing faults with back-off.
   * Throws an `RpcError` (see `src/rpc/errors.ts`) that says which kind of failure it was; never returns a substitute.
   */
  readonly request: (method: ReadMethod, params: readonly unknown[]) => Promise<unknown>
  /** As `request`; the call may wait for others a moment, and travel with them. Absent: this client has no such way. */
  readonly requestTogether?: RpcClient['request']
  /** Stands for an account that is read together with others; absent: it is read alone. Only `src/rpc` looks at it. */
  readonly member?: object
}
