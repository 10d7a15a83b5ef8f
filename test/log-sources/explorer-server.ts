/** A block explorer over a list of logs, which answers as Blockscout does under /api and as Etherscan does under /v2/api. */

import { hashOfBlock, head, type RpcLog, word } from './discoveries.ts'
import { type Answer, type Asked, startHttpServer } from './http-server.ts'

export type Explorer = {
  readonly logs: readonly RpcLog[]
  /** The newest block that it has. */
  readonly newest?: number
  /** Where it stops without a word. */
  readonly mostRows?: number
  readonly isIndexed?: boolean
  readonly hashOf?: (block: number) => string
  /** An answer in place of its own. */
  readonly instead?: (asked: Asked, count: number) => Answer | null
}

export function startExplorer(explorer: Explorer) {
  let count = 0
  return startHttpServer((asked) => explorer.instead?.(asked, count++) ?? answer(explorer, asked))
}

export const isAboutLogs = ({ query }: Asked) => query.module === 'logs'

function answer(
  { isIndexed = true, newest = head, hashOf = hashOfBlock, ...explorer }: Explorer,
  asked: Asked,
): Answer {
  const { path, query } = asked
  if (path === '/api/v2/main-page/indexing-status') {
    return { body: { finished_indexing: isIndexed, finished_indexing_blocks: isIndexed, indexed_blocks_ratio: '1.00' } }
  }
  const [, listed] = /^\/api\/v2\/blocks\/(\d+)$/.exec(path) ?? []
  if (listed !== undefined) {
    const block = Number(listed)
    if (block > newest) return { status: 404, body: { message: 'Not found' } }
    return { body: { height: block, hash: hashOf(block), parent_hash: hashOf(block - 1), type: 'block' } }
  }
  if (path === '/v2/api' && query.module === 'proxy') {
    const block = Number(query.tag)
    const result = block > newest ? null : { number: query.tag, hash: hashOf(block), transactions: [] }
    return { body: { jsonrpc: '2.0', id: 1, result } }
  }
  if (isAboutLogs(asked) && path === '/api') return { body: blockscoutRows(rowsFor(explorer, query)) }
  if (isAboutLogs(asked) && path === '/v2/api') return { body: etherscanRows(rowsFor(explorer, query)) }
  return { status: 404, body: '<html>nothing here</html>' }
}

function rowsFor({ logs, mostRows = 1000 }: Explorer, query: Asked['query']): readonly RpcLog[] {
  const { fromBlock, toBlock, topic0 } = query
  const found = logs.filter(({ blockNumber, topics }) => {
    const block = Number(blockNumber)
    const isRight = ([1, 2, 3] as const).every((position) => {
      const wanted = query[`topic${position}`]
      // A topic without its operator is refused by both.
      return wanted === undefined || (query[`topic0_${position}_opr`] === 'and' && topics[position] === wanted)
    })
    return block >= Number(fromBlock) && block <= Number(toBlock) && topics[0] === topic0 && isRight
  })
  return found.slice(0, mostRows)
}

/** Missing topics are null, and older versions leave the block's hash out. */
function blockscoutRows(logs: readonly RpcLog[]): unknown {
  if (logs.length === 0) return { message: 'No logs found', result: [], status: '0' }
  const result = logs.map(({ blockHash: _, removed: __, topics, ...log }) => ({
    ...log,
    topics: [...topics, null, null, null].slice(0, 4),
    gasPrice: '0x1',
    gasUsed: '0x1',
    timeStamp: '0x1',
    transactionIndex: '0x0',
  }))
  return { message: 'OK', result, status: '1' }
}

/** Zero is `0x`. */
function etherscanRows(logs: readonly RpcLog[]): unknown {
  if (logs.length === 0) return { status: '0', message: 'No records found', result: [] }
  const result = logs.map(({ removed: _, logIndex, ...log }) => ({
    ...log,
    logIndex: logIndex === '0x0' ? '0x' : logIndex,
    timeStamp: '0x1',
    transactionIndex: '0x',
  }))
  return { status: '1', message: 'OK', result }
}

/** Another chain's blocks. */
export const otherHash = (block: number) => word(0xdead0000 + block)
