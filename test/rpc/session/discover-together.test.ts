import { describe, expect, test } from 'vitest'
import { toFactError } from '../../../src/core/errors.ts'
import type { LogChunk } from '../../../src/core/log-scan.ts'
import type { LogSource } from '../../../src/core/log-source.ts'
import { readPacked } from '../../../src/domain/packed-logs.ts'
import { SourceBehindError } from '../../../src/log-sources/errors.ts'
import { InvalidReplyError } from '../../../src/rpc/errors.ts'
import { scanLogs } from '../../../src/rpc/log-scan/scan.ts'
import { discoverTogether } from '../../../src/rpc/session/scan-room.ts'
import { createSession } from '../../../src/rpc/session/session.ts'
import { accountAt, logAt, range, requestFor, simulate } from '../log-scan/simulated-endpoint.ts'

const head = 10_000
/** Four accounts by turns. */
const logs = Array.from({ length: 60 }, (_, index) => logAt({ block: index * 160, index: 0, account: index % 4 }))
const placesFor = (account: number) =>
  logs.filter((_, index) => index % 4 === account).map(({ blockNumber }) => BigInt(blockNumber))

/** Lists what a node would; `onQuestion` may answer in its place, with the reason why it lists nothing. */
function sourceFor(
  mostAccounts?: number,
  onQuestion: (accounts: readonly number[]) => Error | null | Promise<Error | null> = () => null,
) {
  const asked: (readonly number[])[] = []
  const source: LogSource = {
    host: 'source.example',
    requestCount: () => asked.length,
    ...(mostAccounts !== undefined && { mostAccounts }),
    discover: async (question, listener) => {
      const accounts = [0, 1, 2, 3].filter((one) => question.accounts.includes(accountAt(one)))
      asked.push(accounts)
      const failure = await onQuestion(accounts)
      if (failure === null) return (await scanLogs(simulate({ head, logs }).rpc, question, listener)).gaps
      // One half is listed all the same: the source as such can be used.
      const half = () => [range(0, 4999)]
      const { gaps } = await scanLogs(simulate({ head, logs }).rpc, { ...question, ranges: half }, listener)
      const missing = question.filters.flatMap((filter) =>
        question
          .ranges(filter)
          .map(({ toBlock }) => ({ filter, range: { fromBlock: 5000n, toBlock }, error: toFactError(failure) })),
      )
      return [...gaps, ...missing]
    },
  }
  return { source, asked }
}

type Own = { readonly account: number; readonly signal?: AbortSignal; readonly open?: ReturnType<typeof range> }

function discoverAll(source: LogSource, accounts: readonly Own[]) {
  const endpoint = simulate({ head, logs })
  const session = createSession(endpoint.rpc)
  const joined = accounts.map(({ signal = new AbortController().signal }) => session.join({ signal, scans: true }))
  return Promise.all(
    accounts.map(async ({ account, open = range(0, head), ...own }, index) => {
      const held: LogChunk[] = []
      const { gaps } = await discoverTogether(joined[index]?.rpc ?? endpoint.rpc, source, {
        chainId: 1,
        request: requestFor(open, { accounts: [accountAt(account)], pinned: requestFor(range(0, head)).pinned }),
        observe: {
          settle: async (chunk) => chunk,
          onSettled: () => undefined,
          takeBack: async () => undefined,
          onTakenBack: () => undefined,
          forget: async () => undefined,
          place: source,
          hold: (chunk) => void held.push(chunk),
          onRead: () => undefined,
          ...own,
        },
      })
      const blocks = held.flatMap((chunk) => [...readPacked(chunk.logs)].map(({ blockNumber }) => blockNumber))
      return {
        blocks: [...new Set(blocks)].sort((one, other) => Number(one - other)),
        gaps: gaps.map(({ range: { fromBlock, toBlock }, error }) => `${fromBlock}-${toBlock} ${error.code}`),
      }
    }),
  )
}
const everybody = [0, 1, 2, 3].map((account) => ({ account }))

describe('accounts that ask a source', () => {
  test.each([
    ['for all at once', 1000, [[0, 1, 2, 3]]],
    ['for so many at once as it takes', 3, [[0, 1, 2], [3]]],
    ['for each, where it takes one', 1, [[0], [1], [2], [3]]],
    ['for each, where it does not say', undefined, [[0], [1], [2], [3]]],
  ])('%s', async (_, mostAccounts, questions) => {
    const { source, asked } = sourceFor(mostAccounts)
    const found = await discoverAll(source, everybody)
    expect(asked).toEqual(questions)
    expect(found).toEqual(everybody.map(({ account }) => ({ blocks: placesFor(account), gaps: [] })))
  })

  test('for other blocks each by themselves', async () => {
    const { source, asked } = sourceFor(1000)
    const [one, other] = await discoverAll(source, [{ account: 0 }, { account: 1, open: range(5000, head) }])
    expect(asked).toEqual([[0], [1]])
    expect(one?.blocks).toEqual(placesFor(0))
    expect(other?.blocks).toEqual(placesFor(1).filter((block) => block >= 5000n))
  })

  test('miss nothing because of one whose logs it cannot list', async () => {
    const { source } = sourceFor(1000, (accounts) =>
      accounts.includes(2) ? new InvalidReplyError({ host: 'source.example', method: 'getLogs' }, 'log') : null,
    )
    const found = await discoverAll(source, everybody)
    expect(found.map(({ gaps }) => gaps)).toEqual([[], [], [`5000-${head} invalid-reply`], []])
    for (const account of [0, 1, 3]) expect(found[account]?.blocks).toEqual(placesFor(account))
  })

  test('all miss the blocks that it does not have, for its reason', async () => {
    const { source, asked } = sourceFor(1000, () => new SourceBehindError('source.example', 4999n))
    const found = await discoverAll(source, everybody)
    expect(new Set(found.flatMap(({ gaps }) => gaps))).toEqual(new Set([`5000-${head} log-source-behind`]))
    expect(asked).toHaveLength(1)
  })

  test('leave when they are stopped, and the others are told everything', async () => {
    const stop = new AbortController()
    const { source } = sourceFor(1000, async () => {
      stop.abort()
      return null
    })
    const [stopped, ...others] = await discoverAll(source, [
      { account: 0, signal: stop.signal },
      { account: 1 },
      { account: 2 },
    ])
    expect(stopped).toEqual({ blocks: [], gaps: [`0-${head} stopped`] })
    expect(others).toEqual([1, 2].map((account) => ({ blocks: placesFor(account), gaps: [] })))
  })
})
