/** An SQD portal as a source of logs: one stream over all events of all accounts, as far as the portal goes in one answer. */
import type { Address } from 'viem'
import { toFactError } from '../core/errors.ts'
import type { BlockRange } from '../core/facts.ts'
import type { LogFilter, LogGap } from '../core/log-scan.ts'
import type { LogListener, LogQuestion, LogSource } from '../core/log-source.ts'
import { blockCount } from '../domain/block-range.ts'
import { addressTopic } from '../domain/topics.ts'
import { InvalidReplyError } from '../rpc/errors.ts'
import { discoverWhere, type SharedBlock } from './agreement.ts'
import { SourceBehindError } from './errors.ts'
import { type PortalBlock, readBlocks, readFirstBlock } from './portal-reply.ts'
import { createRequests, isTooMuch, type Limits, type Requests } from './requests.ts'
import { packRows, type Row } from './rows.ts'

export type PortalSetting = Limits & {
  /** Of the data set, `…/datasets/NAME`. Without user and query. */
  readonly url: URL
  readonly key: string | null
}

/** A public portal takes 20 requests in 10 seconds. */
const usualPerSecond = 2
/** Asked for at once to begin with: a portal looks at every block, and one that takes a minute has taken too long. */
const firstWindow = 1_000_000n
const smallestWindow = 1000n
/** A portal takes questions of up to 256 KiB, and each filter names all accounts. */
const mostAccounts = 500

export function createPortal({ url, key, ...limits }: PortalSetting): LogSource {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` }
  const requests = createRequests({
    perSecond: usualPerSecond,
    ...limits,
    url: url.href,
    key,
    headers,
    method: 'getLogs',
  })
  const portal = { base: url.pathname.replace(/\/$/, ''), requests }
  const { host, requestCount } = requests
  return {
    host,
    requestCount,
    mostAccounts,
    discover: (question, listener) =>
      discoverWhere(question, {
        host,
        firstBlock: async () => (await metadata(portal, listener)) ?? 0n,
        blockHash: async (block) => {
          const blocks = await ask(portal, { range: { fromBlock: block, toBlock: block }, filters: [], listener })
          return blocks?.find(({ number }) => number === block)?.hash ?? null
        },
        read: (ranges, newest) => readAll(portal, { question, ranges, newest, listener }),
      }),
  }
}

type Portal = { readonly base: string; readonly requests: Requests }

type Task = {
  readonly question: LogQuestion
  readonly ranges: (filter: LogFilter) => readonly BlockRange[]
  readonly newest: SharedBlock
  readonly listener: LogListener
}

async function readAll(portal: Portal, task: Task): Promise<readonly LogGap[]> {
  const { question, ranges, listener } = task
  const groups = sameRanges(question.filters, ranges)
  const total = groups.reduce((sum, { filters, range }) => sum + blockCount(range) * BigInt(filters.length), 0n)
  const gaps: LogGap[] = []
  const state = { window: firstWindow, largest: null, read: 0n }
  for (const { filters, range } of groups) {
    const onBlocks = (blocks: bigint) => {
      state.read += blocks * BigInt(filters.length)
      listener.onProgress?.(state.read, total)
    }
    gaps.push(...(await readRange(portal, { ...task, filters, range, state, onBlocks })))
  }
  return gaps
}

type Group = { readonly filters: readonly LogFilter[]; readonly range: BlockRange }

/** Filters that ask for the same blocks share one stream. */
function sameRanges(filters: readonly LogFilter[], ranges: Task['ranges']): readonly Group[] {
  const groups = new Map<string, { filters: LogFilter[]; range: BlockRange }>()
  for (const filter of filters) {
    for (const range of ranges(filter)) {
      const key = `${range.fromBlock} ${range.toBlock}`
      const group = groups.get(key) ?? { filters: [], range }
      group.filters.push(filter)
      groups.set(key, group)
    }
  }
  return [...groups.values()]
}

type Work = Task &
  Group & {
    /** Blocks to ask for next, and what was once too much. */
    readonly state: { window: bigint; largest: bigint | null }
    readonly onBlocks: (blocks: bigint) => void
  }

async function readRange(portal: Portal, work: Work): Promise<readonly LogGap[]> {
  const { range, filters, state, listener, onBlocks } = work
  for (let next = range.fromBlock; next <= range.toBlock; ) {
    const asked = { fromBlock: next, toBlock: smaller(range.toBlock, next + state.window - 1n) }
    try {
      const blocks = await ask(portal, { range: asked, filters, listener, accounts: work.question.accounts })
      const read = { fromBlock: next, toBlock: lastOf(blocks, { portal, asked, newest: work.newest }) }
      const found = rowsByFilter(work, blocks ?? [])
      if (found === null) throw new InvalidReplyError({ host: portal.requests.host, method: 'getLogs' }, 'another')
      await deliver(work, read, found)
      onBlocks(blockCount(read))
      next = read.toBlock + 1n
      state.window = smaller(state.window * 2n, state.largest ?? state.window * 2n)
    } catch (error) {
      if (isTooMuch(error) && blockCount(asked) > smallestWindow) {
        state.largest = blockCount(asked) / 2n
        state.window = larger(blockCount(asked) / 4n, smallestWindow)
        continue
      }
      const rest = { fromBlock: next, toBlock: range.toBlock }
      return filters.map((filter) => ({ filter, range: rest, error: toFactError(error) }))
    }
  }
  return []
}

/** The last block that the portal looked at. Throws when it is none of those asked for, or another chain's. */
function lastOf(
  blocks: readonly PortalBlock[] | null,
  { portal, asked, newest }: { readonly portal: Portal; readonly asked: BlockRange; readonly newest: SharedBlock },
): bigint {
  const { host } = portal.requests
  const first = blocks?.[0]
  const last = blocks?.at(-1)
  if (first === undefined || last === undefined) throw new SourceBehindError(host, larger(asked.fromBlock - 1n, 0n))
  const isAsked = first.number >= asked.fromBlock && last.number <= asked.toBlock
  // Blocks between the first asked and the first named would be blocks that nobody looked at.
  const isWhole = isAsked && first.number === asked.fromBlock
  if (!isWhole) throw new InvalidReplyError({ host, method: 'getLogs' }, 'start')
  if (last.number === newest.number && last.hash !== newest.hash)
    throw new SourceBehindError(host, larger(asked.fromBlock - 1n, 0n))
  return last.number
}

type Found = ReadonlyMap<LogFilter, readonly Row[]>

/** null when a row is none of those asked for: then something else is said than what they are. */
function rowsByFilter({ filters, question }: Work, blocks: readonly PortalBlock[]): Found | null {
  const rows = blocks.flatMap(({ logs }) => logs.map((row) => ({ row, topics: topicsOf(row) })))
  const words = new Set<unknown>(question.accounts.map(addressTopic))
  const known = new Set<Row>()
  const found = new Map<LogFilter, readonly Row[]>()
  for (const filter of filters) {
    const events = new Set<unknown>(filter.topic0)
    const own = rows.flatMap(({ row, topics }) =>
      events.has(topics[0]) && words.has(topics[filter.accountPosition]) ? [row] : [],
    )
    for (const row of own) known.add(row)
    found.set(filter, own)
  }
  return known.size === rows.length ? found : null
}

/** Hex digits of either case mean the same. */
function topicsOf({ topics }: Row): readonly unknown[] {
  if (!Array.isArray(topics)) return []
  return topics.map((topic: unknown) => (typeof topic === 'string' ? topic.toLowerCase() : topic))
}

async function deliver({ question, listener }: Work, range: BlockRange, found: Found): Promise<void> {
  const { accounts } = question
  for (const [filter, rows] of found) {
    await listener.onChunk({ filter, accounts, range, logs: packRows(rows, { filter, accounts, range }) })
  }
}

type Question = {
  readonly range: BlockRange
  readonly filters: readonly LogFilter[]
  readonly accounts?: readonly Address[]
  readonly listener: LogListener
}

function ask({ base, requests }: Portal, { range, filters, accounts = [], listener }: Question) {
  const words = accounts.map(addressTopic)
  const body = {
    type: 'evm',
    fromBlock: Number(range.fromBlock),
    toBlock: Number(range.toBlock),
    fields: {
      block: { number: true, hash: true },
      log: { address: true, topics: true, data: true, transactionHash: true, logIndex: true },
    },
    logs: filters.map(({ topic0, accountPosition }) => ({ topic0, [`topic${accountPosition}`]: words })),
  }
  const path = `${base}/stream`
  return requests.send({ path, body, signal: listener.signal, read: (reply) => readBlocks(reply, requests) })
}

function metadata({ base, requests }: Portal, { signal }: LogListener): Promise<bigint | null> {
  return requests.send({ path: `${base}/metadata`, signal, read: (reply) => readFirstBlock(reply, requests) })
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}
