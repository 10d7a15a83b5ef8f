/** A Blockscout over a development chain, asked for one account's transactions: it lists what the chain's own node has. */
import type { DevelopmentNode } from '../../../fixtures/chains/anvil.ts'
import { type Answer, type Asked, type HttpServer, startHttpServer } from '../../log-sources/http-server.ts'

/** A row as explorers write it: numbers in decimals. */
export type HistoryRow = {
  readonly blockNumber: string
  readonly hash: string
  readonly nonce: string
  readonly from: string
  readonly to: string
  readonly isError: string
}

type Block = { readonly hash: string; readonly transactions: readonly Readonly<Record<string, string>>[] }

/** @param tell what it says in place of the rows that it has */
export function startHistoryExplorer(
  node: DevelopmentNode,
  tell: (rows: readonly HistoryRow[], asked: Asked) => Answer = (rows) => listOf(rows),
): Promise<HttpServer> {
  return startHttpServer(async (asked) => {
    const { path, query } = asked
    const [, listed] = /^\/api\/v2\/blocks\/(\d+)$/.exec(path) ?? []
    if (listed !== undefined)
      return { body: { height: Number(listed), hash: (await blockOf(node, Number(listed))).hash } }
    if (path === '/api' && query.action === 'txlist') return tell(await rowsOf(node, query.address ?? ''), asked)
    return { status: 404, body: { message: 'Not found' } }
  })
}

export function listOf(rows: readonly HistoryRow[]): Answer {
  return { body: { status: '1', message: 'OK', result: rows } }
}

async function rowsOf(node: DevelopmentNode, address: string): Promise<readonly HistoryRow[]> {
  const head = Number(await node.send('eth_blockNumber'))
  const rows: HistoryRow[] = []
  for (let number = head; number >= 0; number--) {
    for (const { hash = '', nonce, from = '', to = '' } of (await blockOf(node, number)).transactions) {
      if (![from, to].some((party) => party?.toLowerCase() === address.toLowerCase())) continue
      rows.push({ blockNumber: String(number), hash, nonce: String(Number(nonce)), from, to, isError: '0' })
    }
  }
  return rows
}

async function blockOf(node: DevelopmentNode, number: number): Promise<Block> {
  return (await node.send('eth_getBlockByNumber', [`0x${number.toString(16)}`, true])) as Block
}
