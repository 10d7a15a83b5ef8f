/** Etherscan's API, and Blockscout's copy of it, as a source of logs: one event of one account at a time, so many rows at once. */
import { numberToHex } from 'viem/utils'
import type { BlockRange } from '../core/facts.ts'
import type { LogQuestion, LogSource } from '../core/log-source.ts'
import { addressTopic } from '../domain/topics.ts'
import type { HttpReply } from '../rpc/transport.ts'
import { discoverWhere } from './agreement.ts'
import { SourceIncompleteError } from './errors.ts'
import { type Rows, readIsIndexed, readListedBlock, readNodeBlock, readRows } from './explorer-reply.ts'
import { type Lane, readLanes } from './lanes.ts'
import { createRequests, type Limits, type Requests } from './requests.ts'

export type ExplorerSetting = Limits & {
  readonly kind: 'etherscan' | 'blockscout'
  /** For Etherscan the API's own address, `…/v2/api`; for Blockscout the site. Without user and query. */
  readonly url: URL
  readonly key: string | null
}

/** Both stop here without a word. */
const mostRows = 1000
/** What both allow without a key, or with a free one. */
const usualPerSecond = 3

type Explorer = { readonly kind: ExplorerSetting['kind']; readonly url: URL; readonly requests: Requests }

export function createExplorer({ kind, url, key, ...limits }: ExplorerSetting): LogSource {
  const withKey = new URL(url)
  if (key !== null) withKey.searchParams.set('apikey', key)
  const requests = createRequests({ perSecond: usualPerSecond, ...limits, url: withKey.href, key, method: 'getLogs' })
  const explorer = { kind, url: withKey, requests }
  const { host, requestCount } = requests
  return {
    host,
    requestCount,
    discover: (question, listener) => {
      const { signal } = listener
      return discoverWhere(question, {
        host,
        blockHash: (block) => blockHash(explorer, block, { chainId: question.chainId, signal }),
        firstBlock: async () => {
          if (kind === 'blockscout') await checkIndexed(explorer, signal)
          return 0n
        },
        read: (ranges) => {
          const ask = (lane: Lane, range: BlockRange) =>
            askRows(explorer, { lane, range }, { chainId: question.chainId, signal })
          return readLanes({ ...question, ranges }, listener, { host, mostRows, ask })
        },
      })
    },
  }
}

/** One of the two, for lists other than logs. */
export type Site = {
  readonly host: string
  readonly requestCount: () => number
  /** The hash of its own block, lower case; null when it does not have it. */
  readonly blockHash: (block: bigint, run: Run) => Promise<string | null>
  readonly ask: (
    parameters: Readonly<Record<string, string>>,
    run: Run & { readonly read: (reply: HttpReply, requests: Requests) => Rows },
  ) => Promise<Rows>
}

export function createSite({ kind, url, key, ...limits }: ExplorerSetting): Site {
  const withKey = new URL(url)
  if (key !== null) withKey.searchParams.set('apikey', key)
  const requests = createRequests({ perSecond: usualPerSecond, ...limits, url: withKey.href, key, method: 'txlist' })
  const site = { kind, url: withKey, requests }
  return {
    host: requests.host,
    requestCount: requests.requestCount,
    blockHash: (block, run) => blockHash(site, block, run),
    ask: (parameters, { chainId, signal, read }) => {
      const path =
        kind === 'blockscout'
          ? sitePath(withKey, '/api', parameters)
          : sitePath(withKey, '', { chainid: String(chainId), ...parameters })
      return requests.send({ path, signal, read: (reply) => read(reply, requests) })
    },
  }
}

type Run = Pick<LogQuestion, 'chainId'> & { readonly signal: AbortSignal | undefined }
type Place = { readonly lane: Lane; readonly range: BlockRange }

function askRows({ kind, url, requests }: Explorer, { lane, range }: Place, { chainId, signal }: Run): Promise<Rows> {
  const { filter, account, event } = lane
  const parameters = {
    module: 'logs',
    action: 'getLogs',
    fromBlock: String(range.fromBlock),
    toBlock: String(range.toBlock),
    topic0: event,
    [`topic0_${filter.accountPosition}_opr`]: 'and',
    [`topic${filter.accountPosition}`]: addressTopic(account),
  }
  const path =
    kind === 'blockscout'
      ? sitePath(url, '/api', parameters)
      : sitePath(url, '', { chainid: String(chainId), ...parameters, page: '1', offset: String(mostRows) })
  return requests.send({ path, signal, read: (reply) => readRows(reply, requests) })
}

/** Blockscout is asked for its own list, which says what it has read. Etherscan has no such list with hashes: its node answers. */
function blockHash({ kind, url, requests }: Explorer, block: bigint, { chainId, signal }: Run): Promise<string | null> {
  if (kind === 'blockscout') {
    const path = sitePath(url, `/api/v2/blocks/${block}`, {})
    return requests.send({ path, signal, read: (reply) => readListedBlock(reply, requests) })
  }
  const call = { module: 'proxy', action: 'eth_getBlockByNumber', tag: numberToHex(block), boolean: 'false' }
  const path = sitePath(url, '', { chainid: String(chainId), ...call })
  return requests.send({ path, signal, read: (reply) => readNodeBlock(reply, requests) })
}

/** Before it has read all blocks, an explorer lists those that it has as if there were no others. Throws `SourceIncompleteError`. */
async function checkIndexed({ url, requests }: Explorer, signal: AbortSignal | undefined): Promise<void> {
  const path = sitePath(url, '/api/v2/main-page/indexing-status', {})
  const isIndexed = await requests.send({ path, signal, read: (reply) => readIsIndexed(reply, requests) })
  if (!isIndexed) throw new SourceIncompleteError(requests.host)
}

/** Keeps what the URL has in front of its path, and its key. */
function sitePath(url: URL, path: string, parameters: Readonly<Record<string, string>>): string {
  const asked = new URL(url)
  if (path !== '') asked.pathname = `${url.pathname.replace(/\/$/, '')}${path}`
  for (const [name, parameter] of Object.entries(parameters)) asked.searchParams.set(name, parameter)
  return asked.pathname + asked.search
}
