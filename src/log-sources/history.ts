/** An account's own transactions from Etherscan's API (version 2), or from Blockscout's copy of it. */
import { numberToHex } from 'viem/utils'
import { CheckupError } from '../core/errors.ts'
import type { HistoryQuestion, HistoryRow, HistorySource } from '../core/history-source.ts'
import { value } from '../core/value.ts'
import { fields, hash32, MalformedReplyError } from '../domain/rpc-reply.ts'
import { SourceChainUnknownError, SourceWrongChainError } from './errors.ts'
import { createSite, type Site } from './explorer.ts'
import { readRows } from './explorer-reply.ts'
import type { Limits } from './requests.ts'
import type { Row } from './rows.ts'
import { askSource } from './source-failure.ts'

export type HistorySourceOptions = Limits & { readonly key?: string }

/** The one variable that holds its key. */
export const historyKeyVariable = 'WALLET_CHECKUP_HISTORY_KEY'

/** Not such a source. What was given is not repeated, it may hold a key. */
export class HistorySourceError extends CheckupError {
  constructor(problem: 'url' | 'credentials' | 'key') {
    super('invalid-history-source', {
      message: {
        url: 'The URL of the history is not a URL that begins with https:// or http://.',
        credentials: 'The URL of the history holds a user, a query or a fragment.',
        key: `The variable ${historyKeyVariable} holds characters that no key has.`,
      }[problem],
      data: { problem: value.keyword(problem), variable: value.text(historyKeyVariable) },
      hints: [`Give the URL of an API, such as https://api.example/v2/api, and its key in ${historyKeyVariable}.`],
    })
  }
}

const pageSize = 1_000
const maximumPages = 20
/** How far behind the block of the run a source is looked for. */
const stepsBack = [0n, 32n, 1024n]

/**
 * Etherscan's API when the path ends in `/v2/api`, else a Blockscout site, with or without `/api`. It learns the account.
 * @throws HistorySourceError, which never repeats what was given
 */
export function createHistorySource(text: string, { key, ...limits }: HistorySourceOptions = {}): HistorySource {
  if (!URL.canParse(text)) throw new HistorySourceError('url')
  const url = new URL(text)
  const { protocol, username, password, search, hash } = url
  if (protocol !== 'https:' && protocol !== 'http:') throw new HistorySourceError('url')
  if (`${username}${password}${search}${hash}` !== '') throw new HistorySourceError('credentials')
  if (key !== undefined && !/^[\x21-\x7e]{1,1000}$/.test(key)) throw new HistorySourceError('key')
  const kind = /\/v2\/api\/?$/.test(url.pathname) ? 'etherscan' : 'blockscout'
  if (kind === 'blockscout') url.pathname = url.pathname.replace(/\/api\/?$/, '/')
  const site = createSite({ ...limits, kind, url, key: key ?? null })
  return { host: site.host, requestCount: site.requestCount, list: (question) => list(site, question) }
}

async function list(site: Site, question: HistoryQuestion): Promise<readonly HistoryRow[]> {
  await checkChain(site, question)
  return askSource(site, () => listPages(site, question))
}

async function listPages(site: Site, question: HistoryQuestion): Promise<readonly HistoryRow[]> {
  const rows = new Map<string, HistoryRow>()
  let toBlock = question.pinned.number
  for (let page = 0; page < maximumPages; page++) {
    const listed = await askPage(site, question, toBlock)
    const own = listed.filter(({ from }) => String(from).toLowerCase() === question.account.toLowerCase())
    for (const row of own.map(readRow)) rows.set(row.hash, row)
    const [oldest = toBlock] = listed.map(blockOf).toSorted((one, other) => Number(one - other))
    // A page that is not full is the last; one that does not leave its block has more there than it lists.
    if (listed.length < pageSize || rows.size >= question.most || oldest >= toBlock) break
    toBlock = oldest
  }
  return [...rows.values()].toSorted((one, other) => other.nonce - one.nonce)
}

async function askPage(site: Site, question: HistoryQuestion, toBlock: bigint): Promise<readonly Row[]> {
  const { account, chainId, fromBlock, signal } = question
  const range = { startblock: String(fromBlock), endblock: String(toBlock) }
  const paging = { page: '1', offset: String(pageSize), sort: 'desc' }
  const parameters = { module: 'account', action: 'txlist', address: account, ...range, ...paging }
  const answer = await site.ask(parameters, { chainId, signal, read: readRows })
  if (answer.status !== 'rows') throw new MalformedReplyError('txlist')
  return answer.rows
}

/** Nothing about the account is asked of a source whose blocks are not the endpoint's. */
async function checkChain(site: Site, { chainId, pinned, rpc, signal }: HistoryQuestion): Promise<void> {
  let isOther = false
  for (const back of stepsBack.filter((step) => step <= pinned.number)) {
    const number = pinned.number - back
    const theirs = await askSource(site, () => site.blockHash(number, { chainId, signal }))
    if (theirs === null) continue
    const block = fields(await rpc.request('eth_getBlockByNumber', [numberToHex(number), false]), 'a block')
    if (hash32(block.hash, 'the hash of a block') === theirs) return
    isOther = true
  }
  throw isOther ? new SourceWrongChainError(site.host) : new SourceChainUnknownError(site.host)
}

/** Both write numbers in decimals. */
function readRow(row: Row): HistoryRow {
  const nonce = decimal(row.nonce)
  return { hash: hash32(row.hash, 'txlist'), nonce: Number(nonce), block: blockOf(row) }
}

function blockOf({ blockNumber }: Row): bigint {
  return decimal(blockNumber)
}

function decimal(text: unknown): bigint {
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) throw new MalformedReplyError('txlist')
  return BigInt(text)
}
