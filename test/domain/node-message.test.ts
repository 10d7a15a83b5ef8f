import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNodeRefusal } from '../../src/domain/node-message.ts'

type Refusal = {
  readonly provider: string
  readonly httpStatus?: number
  readonly code: number
  readonly message: string
  readonly data?: unknown
  readonly action: string
  readonly maximumBlocks?: string
  readonly suggestedRange?: readonly [string, string]
  readonly retryAfterMs?: number
}

const file = new URL('../../fixtures/rpc/refusals.json', import.meta.url)
const refusals = JSON.parse(readFileSync(file, 'utf8')) as readonly Refusal[] // our own fixture

describe('messages that nodes really send', () => {
  test.each(refusals)(
    '$provider: $message',
    ({ provider, action, maximumBlocks, suggestedRange, retryAfterMs, ...error }) => {
      const { isQuota, isMethodMissing, ...read } = readNodeRefusal(error)
      const [from, to] = suggestedRange ?? []
      expect(read).toEqual({
        action,
        ...(maximumBlocks === undefined ? {} : { maximumBlocks: BigInt(maximumBlocks) }),
        ...(from === undefined || to === undefined
          ? {}
          : { suggestedRange: { fromBlock: BigInt(from), toBlock: BigInt(to) } }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      })
    },
  )
})

const actionOf = (message: string, code = -32000, over: object = {}) =>
  readNodeRefusal({ code, message, ...over }).action

describe('what a refusal means', () => {
  test.each([
    ['execution reverted', 3, {}, 'reverted'],
    ['execution reverted: ERC20: transfer amount exceeds balance', -32000, {}, 'reverted'],
    ['VM Exception while processing transaction: revert', -32603, {}, 'reverted'],
    ['VM execution error.', -32015, { data: 'Reverted 0x08c379a0' }, 'reverted'],
    ['VM execution error.', -32015, { data: 'OutOfGasException' }, 'unknown'],
    ['out of gas', -32000, {}, 'unknown'],
    ['the method eth_x does not exist/is not available', -32601, {}, 'unsupported'],
    ['unsupported method: txpool_content', -32000, {}, 'unsupported'],
    ['missing trie node 5f2c (path )', -32000, {}, 'state-unavailable'],
    ['required historical state unavailable (reexec=128)', -32000, {}, 'state-unavailable'],
    ['state not available', -32000, {}, 'state-unavailable'],
    ['header not found', -32000, {}, 'retry'],
    ['Internal error', -32603, {}, 'retry'],
    ['Internal error', -32603, { data: 'details' }, 'unknown'],
    ['Internal error', -32000, {}, 'unknown'],
    ['something broke', -32000, { httpStatus: 500 }, 'retry'],
    ['something broke', -32000, { httpStatus: 400 }, 'unknown'],
    ['no words that matter', -32005, {}, 'slow-down'],
    ['no words that matter', -32000, { httpStatus: 429 }, 'slow-down'],
    ['no words that matter', -32000, { httpStatus: 413 }, 'split-results'],
    ['eth_getLogs is limited to a maximum of 25 requests per second', -32000, {}, 'slow-down'],
    ['', 0, {}, 'unknown'],
  ] as const)('%s (%i, %j): %s', (message, code, over, action) => {
    expect(actionOf(message, code, over)).toBe(action)
  })

  test.each([
    ['Block range is too wide for network 1: the maximum is 2000 blocks', 2_000n],
    ['block range limited to 2,000 blocks on tier 1', 2_000n],
    ['block range too large (error 5): limit 3000', 3_000n],
    ['block range exceeds 1 month of history; maximum 216000 blocks', 216_000n],
    ['block range too large: max 1024 blocks per request, see docs section 4.2', 1_024n],
    ['block range too large: maximum of 10 000 blocks', 10_000n],
    ["block range too large: maximum of 1_000_000 or 500'000 blocks", 500_000n],
    ['block range 0 to 100000 is too large: at most ten thousand blocks', undefined],
    ['block range too large: maximum is 10 blocks', 10n],
    ['block range too large: maximum is 1 block', 1n],
    ['block range too large for the free plan: 10 blocks', 10n],
    ['block range too large on this tier: 10k block range', 10_000n],
  ])('%s: %s blocks', (message, maximumBlocks) => {
    expect(readNodeRefusal({ code: -32602, message }).maximumBlocks).toBe(maximumBlocks)
  })

  test('a spent quota and a missing method are told apart from their like', () => {
    expect(readNodeRefusal({ code: -32005, message: 'daily request count exceeded' })).toEqual({
      action: 'slow-down',
      isQuota: true,
    })
    expect(readNodeRefusal({ code: -32601, message: '' })).toEqual({ action: 'unsupported', isMethodMissing: true })
    expect(readNodeRefusal({ code: -32000, message: 'invalid api key' })).toEqual({ action: 'unsupported' })
  })
})

describe('how long to wait', () => {
  test.each([
    ['rate limit, retry in 10s', 10_000],
    ['rate limit, retry in 10m0s', 600_000],
    ['rate limit, retry in 1h2m3s', 3_723_000],
    ['rate limit: try again in 5 seconds', 5_000],
    ['rate limit: retry after 250ms', 250],
    ['rate limit: try again in 1.5s', 1_500],
    ['rate limit: try again in 2 minutes', 120_000],
    ['rate limit of 30 per second', undefined],
    ['rate limit, retry later', undefined],
  ])('%s', (message, retryAfterMs) => {
    expect(readNodeRefusal({ code: -32005, message }).retryAfterMs).toBe(retryAfterMs)
  })
})

describe('numbers that are no limit', () => {
  test.each([
    ['an asked range', 'block range too large: 16000000 - 17000000'],
    ['a link with a number', 'block range too large, see https://rpc.example/plans/500'],
    ['a hash', 'block range too large 0x18b0000'],
    ['a size in bytes', 'block range too large (5000 bytes)'],
    ['zero', 'block range too large, max 0'],
  ])('%s', (_, message) => {
    expect(readNodeRefusal({ code: -32000, message })).toEqual({ action: 'shrink-range' })
  })

  test.each(['please narrow your search', 'query window too wide', 'the requested span is too long'])(
    'what is said of the length is no rate, whatever the code: %s',
    (message) => {
      expect(readNodeRefusal({ code: -32005, message })).toEqual({ action: 'shrink-range' })
    },
  )

  test('a suggested range that ends before it begins is no suggestion', () => {
    const message = 'query returned more than 10000 results. Try with this block range [0x20, 0x10].'
    expect(readNodeRefusal({ code: -32005, message })).toEqual({ action: 'split-results' })
  })
})

test('any text and data at all is read without throwing, and in a moment', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string({ maxLength: 5_000 }), fc.anything(), (code, message, data) => {
      expect(typeof readNodeRefusal({ code, message, data }).action).toBe('string')
    }),
    { seed: 20 },
  )
})

test.each(['max block '.repeat(50_000), 'exceed '.repeat(50_000), '1 '.repeat(50_000), 'retry 1h'.repeat(50_000)])(
  'a long hostile text costs no time (%#)',
  (message) => {
    const started = performance.now()
    readNodeRefusal({ code: -32000, message, data: message })
    expect(performance.now() - started).toBeLessThan(1_000)
  },
)
