/** The refusals that providers really send, as they send them: none is an answer, none is misread, none shows the key. */
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergeRanges } from '../../src/domain/block-range.ts'
import type { NodeRefusal } from '../../src/domain/node-message.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { type JsonRpcServer, startJsonRpcServer } from '../support/json-rpc-server.ts'
import { range, read, requestFor } from './log-scan/simulated-endpoint.ts'

type Refusal = {
  readonly provider: string
  readonly code: number
  readonly message: string
  readonly data?: unknown
  readonly httpStatus?: number
  readonly action: NodeRefusal['action']
}

const refusals = JSON.parse(
  readFileSync(new URL('../../fixtures/rpc/refusals.json', import.meta.url), 'utf8'),
) as readonly Refusal[] // our own file

const key = 'k3y-of-the-user'
let server: JsonRpcServer
let refusal: Refusal | undefined

beforeAll(async () => {
  server = await startJsonRpcServer({
    '*': () => {
      if (refusal === undefined) return { result: [] }
      const { code, message, data, httpStatus } = refusal
      return { error: data === undefined ? { code, message } : { code, message, data }, status: httpStatus ?? 200 }
    },
  })
})
afterAll(() => server.close())

/** Each an endpoint of its own: what one refuses must not slow down the next. */
let clients = 0
const client = () => {
  const url = `${server.url}/v2/${key}?apikey=${key}&client=${++clients}`
  return createRpcClient({ url, maximumAttempts: 3, backoffMs: 1, longestWaitMs: 1 })
}
const filter = { fromBlock: '0x0', toBlock: '0xffff', topics: [] }

describe.each(refusals.map((refusal, index) => ({ name: `${index}: ${refusal.provider}`, ...refusal })))(
  '$name ($action)',
  (given) => {
    beforeAll(() => {
      refusal = given
    })

    test('the request fails, and only a rate limit or a passing fault is tried again', async () => {
      const before = server.requests.length
      const error = await client()
        .request('eth_getLogs', [filter])
        .then(
          () => 'answered',
          (reason: unknown) => reason,
        )
      expect(error).toBeInstanceOf(Error)
      const isTriedAgain = server.requests.length - before > 1
      if (isTriedAgain) expect(['slow-down', 'retry']).toContain(given.action)
      if (given.action === 'slow-down') {
        expect(['rate-limited', 'wait-too-long']).toContain((error as { code?: string }).code)
      }
      if (given.action === 'state-unavailable') expect(error).toMatchObject({ code: 'state-unavailable' })
      expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain(key)
    })

    test('a log scan that meets nothing else ends in gaps with a reason, never in "no logs"', async () => {
      const { chunks, gaps } = await read(client(), requestFor(range(0, 4_000)))
      expect(chunks).toEqual([])
      expect(mergeRanges(gaps.map((gap) => gap.range))).toEqual([range(0, 4_000)])
    })
  },
)
