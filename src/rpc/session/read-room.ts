/**
 * Where contract reads of several accounts at one block find each other, so that a node is asked for all of them at once. Each
 * gets its own results: a failure that another's reads may have caused is not taken for theirs.
 */
import { toFactError } from '../../core/errors.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { createBatcher } from '../batch/batcher.ts'
import { RequestStoppedError } from '../errors.ts'
import type { CallResult } from '../read-contracts.ts'

type Read = { readonly to: string; readonly data: string; readonly words?: number }
/** One result for each read, in their order. Never throws what a node can cause. */
type ReadAll<Kind extends Read> = (
  rpc: RpcClient,
  reads: readonly Kind[],
  block: bigint,
) => Promise<readonly CallResult[]>

type Waiting<Kind extends Read> = {
  readonly reads: readonly Kind[]
  readonly settle: (results: readonly CallResult[]) => void
  readonly fail: (error: unknown) => void
}

export type ReadRoom<Kind extends Read> = (
  reads: readonly Kind[],
  at: { readonly block: bigint; readonly signal: AbortSignal },
) => Promise<readonly CallResult[]>

/** @param root asks for everybody: it does not end when one account is stopped */
export function createReadRoom<Kind extends Read>(root: RpcClient, readAll: ReadAll<Kind>): ReadRoom<Kind> {
  const batchers = new Map<bigint, ReturnType<typeof createBatcher<Waiting<Kind>>>>()
  const batcherAt = (block: bigint) => {
    const send = (waiting: readonly Waiting<Kind>[]) => readTogether(waiting, (reads) => readAll(root, reads, block))
    const batcher = batchers.get(block) ?? createBatcher({ most: () => Number.POSITIVE_INFINITY, send })
    batchers.set(block, batcher)
    return batcher
  }
  return async (reads, { block, signal }) => {
    if (reads.length === 0) return []
    return new Promise((resolve, fail) => {
      const stop = () => resolve(reads.map(() => stopped(root)))
      if (signal.aborted) return stop()
      signal.addEventListener('abort', stop, { once: true })
      const settle = (results: readonly CallResult[]) => {
        signal.removeEventListener('abort', stop)
        resolve(results)
      }
      batcherAt(block).add({ reads, settle, fail })
    })
  }
}

function stopped({ host }: RpcClient): CallResult {
  return { status: 'failed', error: toFactError(new RequestStoppedError({ host, method: 'eth_call' })) }
}

type Ask<Kind> = (reads: readonly Kind[]) => Promise<readonly CallResult[]>

async function readTogether<Kind extends Read>(waiting: readonly Waiting<Kind>[], ask: Ask<Kind>): Promise<void> {
  try {
    const results = await readOnce(waiting, ask)
    // An endpoint that is down for all need not be asked by each.
    const isAlive = [...results.values()].some((result) => result.status !== 'failed' || !isOutage(result))
    const isShared = waiting.length > 1 && isAlive
    await Promise.all(
      waiting.map(async ({ reads, settle }) => settle(await ownResults(reads, { results, ask, isShared }))),
    )
  } catch (error) {
    for (const { fail } of waiting) fail(error)
  }
}

/** What several ask is asked once. */
async function readOnce<Kind extends Read>(
  waiting: readonly Waiting<Kind>[],
  ask: Ask<Kind>,
): Promise<ReadonlyMap<string, CallResult>> {
  const different = new Map(waiting.flatMap(({ reads }) => reads.map((read) => [keyOf(read), read] as const)))
  const results = await ask([...different.values()])
  return new Map([...different.keys()].map((key, index) => [key, resultAt(results, index)]))
}

type Known<Kind> = {
  readonly results: ReadonlyMap<string, CallResult>
  readonly ask: Ask<Kind>
  /** Whether a failure may be due to what others asked at the same time. */
  readonly isShared: boolean
}

async function ownResults<Kind extends Read>(
  reads: readonly Kind[],
  { results, ask, isShared }: Known<Kind>,
): Promise<readonly CallResult[]> {
  const own = reads.map((read) => results.get(keyOf(read)))
  const doubtful = isShared ? reads.filter((_, index) => isDoubtful(own[index])) : []
  const again = (doubtful.length === 0 ? [] : await ask(doubtful)).values()
  return own.map((result) => {
    const known = isShared && isDoubtful(result) ? again.next().value : result
    if (known === undefined) throw new Error('a contract read has no result')
    return known
  })
}

/** Codes of failures that one bad read may cause for all that are asked with it. */
const sharedFailures: ReadonlySet<string> = new Set([
  'http-status',
  'invalid-reply',
  'malformed-reply',
  'rpc-refused',
  'rpc-timeout',
])

/** What an endpoint in trouble says to everybody, too. */
const outages: ReadonlySet<string> = new Set(['http-status', 'rpc-timeout'])

function isOutage({ error }: Extract<CallResult, { status: 'failed' }>): boolean {
  return outages.has(error.code) || !sharedFailures.has(error.code)
}

function isDoubtful(result: CallResult | undefined): boolean {
  return result?.status === 'failed' && sharedFailures.has(result.error.code)
}

function keyOf({ to, data, words = 0 }: Read): string {
  return `${to.toLowerCase()} ${data} ${words}`
}

function resultAt(results: readonly CallResult[], index: number): CallResult {
  const result = results[index]
  if (result === undefined) throw new Error('a contract read has no result')
  return result
}
