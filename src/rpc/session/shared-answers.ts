/** Answers that are the same for every account of a run: each is asked for once. A failure is shared on its way, and then forgotten. */
import type { ReadMethod, RpcClient } from '../../core/rpc.ts'

type Request = RpcClient['request']

/** As many answers are remembered; the oldest go first. */
const mostRemembered = 2_000
/** Such a whole answer may be megabytes. */
const largeMethods: ReadonlySet<string> = new Set<ReadMethod>([
  'eth_getBlockByHash',
  'eth_getBlockReceipts',
  'txpool_content',
  'txpool_inspect',
])
/** What has no block stays as it is for the length of a run, or is wanted as it was at its beginning. */
const constants: ReadonlySet<string> = new Set<ReadMethod>([
  'eth_blobBaseFee',
  'eth_chainId',
  'eth_gasPrice',
  'eth_maxPriorityFeePerGas',
  'eth_syncing',
  'web3_clientVersion',
])
/** Where the block stands among the parameters. */
const blockAt: { readonly [Method in ReadMethod]?: number } = {
  eth_call: 1,
  eth_feeHistory: 1,
  eth_getBalance: 1,
  eth_getBlockByNumber: 0,
  eth_getCode: 1,
  eth_getStorageAt: 2,
  eth_getTransactionCount: 1,
}
const mined: ReadonlySet<string> = new Set<ReadMethod>(['eth_getTransactionByHash', 'eth_getTransactionReceipt'])

type Sharing = 'always' | 'while-asked' | 'never'

/** The same requests, each sent once. What may change while the run lasts is sent each time. */
export function shareAnswers(request: Request): Request {
  const answers = new Map<string, Promise<unknown>>()
  return (method, params) => {
    const sharing = sharingOf(method, params)
    if (sharing === 'never') return request(method, params)
    const key = JSON.stringify([method, params])
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = request(method, params)
    answers.set(key, answer)
    const forget = () => void answers.delete(key)
    answer.then((reply) => {
      if (sharing === 'while-asked' || isUnsettled(method, reply)) forget()
    }, forget)
    const [oldest] = answers.keys()
    if (answers.size > mostRemembered && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}

function sharingOf(method: ReadMethod, params: readonly unknown[]): Sharing {
  if (constants.has(method) || mined.has(method)) return 'always'
  if (largeMethods.has(method)) return 'while-asked'
  const place = blockAt[method]
  // A block by a word such as "pending" is another one a moment later.
  const isFixed = place !== undefined && isNumber(params[place])
  if (!isFixed) return method === 'eth_getBlockByNumber' && params[0] === 'finalized' ? 'always' : 'never'
  return method === 'eth_getBlockByNumber' && params[1] === true ? 'while-asked' : 'always'
}

function isNumber(block: unknown): boolean {
  return typeof block === 'string' && /^0x[0-9a-f]+$/i.test(block)
}

/** A transaction that is not known, or not mined, may be so by the next time. So may a block. */
function isUnsettled(method: ReadMethod, reply: unknown): boolean {
  if (reply === null) return true
  if (method !== 'eth_getTransactionByHash') return false
  return typeof reply !== 'object' || !('blockNumber' in reply) || reply.blockNumber === null
}
