/** A Blockscout over a development chain: it lists what the chain's own node knows. */
import type { DevelopmentNode } from '../../../fixtures/chains/anvil.ts'
import { type Asked, type HttpServer, startHttpServer } from '../../log-sources/http-server.ts'

type Log = { readonly topics: readonly string[]; readonly blockHash: string }

/** @param lag how many blocks it is behind the node */
export function startChainExplorer(node: DevelopmentNode, lag = 0): Promise<HttpServer> {
  return startHttpServer(async ({ path, query }) => {
    if (path === '/api/v2/main-page/indexing-status') return { body: { finished_indexing_blocks: true } }
    const [, listed] = /^\/api\/v2\/blocks\/(\d+)$/.exec(path) ?? []
    if (listed !== undefined) {
      const head = Number(await node.send('eth_blockNumber', []))
      const block = Number(listed) > head - lag ? null : await node.send('eth_getBlockByNumber', [hex(listed), false])
      if (block === null) return { status: 404, body: { message: 'Not found' } }
      return { body: { height: Number(listed), hash: (block as { hash: string }).hash } }
    }
    const logs = (await node.send('eth_getLogs', [filterOf(query)])) as readonly Log[]
    if (logs.length === 0) return { body: { message: 'No logs found', result: [], status: '0' } }
    const result = logs.map(({ blockHash: _, topics, ...log }) => ({
      ...log,
      topics: [...topics, null, null, null].slice(0, 4),
    }))
    return { body: { message: 'OK', result, status: '1' } }
  })
}

function filterOf({ fromBlock = '0', toBlock = '0', topic0, topic1, topic2, topic3 }: Asked['query']) {
  const topics = [topic0, topic1, topic2, topic3].map((topic) => topic ?? null)
  return {
    fromBlock: hex(fromBlock),
    toBlock: hex(toBlock),
    topics: topics.slice(0, topics.findLastIndex(Boolean) + 1),
  }
}

function hex(number: string): string {
  return `0x${Number(number).toString(16)}`
}
