import fc from 'fast-check'
import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { blockCount } from '../../src/domain/block-range.ts'
import {
  ConnectionError,
  HttpStatusError,
  MethodNotSupportedError,
  RateLimitedError,
  ReplyTooLargeError,
  RequestStoppedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../src/rpc/errors.ts'
import { type LogReading, type LogRequest, readLogs } from '../../src/rpc/read-logs.ts'

const place = { host: 'node.example', method: 'eth_getLogs' }
const word = (number: number | bigint): Hex => `0x${number.toString(16).padStart(64, '0')}`
const topic = word(0xfeed)
const contract: Hex = `0x${'c0'.repeat(20)}`

type Place = { readonly block: number; readonly index: number }

const logAt = ({ block, index }: Place, over: object = {}) => ({
  address: contract,
  topics: [topic],
  data: '0x',
  blockNumber: `0x${block.toString(16)}`,
  blockHash: word(block),
  transactionHash: word(block * 1000 + index),
  logIndex: `0x${index.toString(16)}`,
  removed: false,
  ...over,
})

type Node = {
  readonly logs?: readonly object[]
  /** Throws to refuse a range; may return another answer than the node's logs. */
  readonly answer?: (range: BlockRange, found: readonly object[]) => unknown
}

/** A node that knows some logs, and what it was asked. */
function simulate({ logs = [], answer }: Node) {
  const asked: BlockRange[] = []
  const rpc: RpcClient = {
    host: place.host,
    endpointId: 'fa4e',
    requestCount: () => asked.length,
    request: async (_method, [filter]) => {
      const { fromBlock, toBlock } = filter as { fromBlock: Hex; toBlock: Hex } // our own reader asks
      const range = { fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) }
      asked.push(range)
      const found = logs.filter((log) => {
        const block = BigInt((log as { blockNumber: Hex }).blockNumber) // the logs above
        return block >= range.fromBlock && block <= range.toBlock
      })
      return answer === undefined ? found : answer(range, found)
    },
  }
  return { rpc, asked }
}

const refused = (code: number, message: string, data?: unknown) => new RpcRefusedError(place, { code, message, data })
const request = (fromBlock: number, toBlock: number, over: Partial<LogRequest> = {}): LogRequest => ({
  topics: [topic],
  fromBlock: BigInt(fromBlock),
  toBlock: BigInt(toBlock),
  ...over,
})
const places = ({ logs }: LogReading) => logs.map(({ blockNumber, logIndex }) => `${blockNumber}:${logIndex}`)
const range = (fromBlock: number, toBlock: number) => ({ fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) })

const rangeLimit = (maximum: number, error: () => Error) => (asked: BlockRange, found: readonly object[]) => {
  if (blockCount(asked) > BigInt(maximum)) throw error()
  return found
}
const every = (step: number, last: number) =>
  Array.from({ length: Math.floor(last / step) + 1 }, (_, number) => logAt({ block: number * step, index: 0 }))

describe('a node without limits', () => {
  test('is asked once, and its logs come in order', async () => {
    const places3 = [
      { block: 9, index: 1 },
      { block: 3, index: 5 },
      { block: 9, index: 0 },
    ]
    const { rpc, asked } = simulate({ logs: places3.map((at) => logAt(at)) })
    const reading = await readLogs(rpc, request(0, 10))
    expect(places(reading)).toEqual(['3:5', '9:0', '9:1'])
    expect(reading.coverage).toEqual({ ...range(0, 10), gaps: [] })
    expect(reading.failures).toEqual([])
    expect(asked).toEqual([range(0, 10)])
  })

  test('a log keeps every field, in lower case', async () => {
    const address = `0x${'AB'.repeat(20)}`
    const { rpc } = simulate({ logs: [logAt({ block: 7, index: 2 }, { address, data: '0xABCD' })] })
    expect((await readLogs(rpc, request(7, 7))).logs).toEqual([
      {
        address: address.toLowerCase(),
        topics: [topic],
        data: '0xabcd',
        blockNumber: 7n,
        blockHash: word(7),
        transactionHash: word(7002),
        logIndex: 2,
      },
    ])
  })

  test('a range without blocks asks nothing', async () => {
    const { rpc, asked } = simulate({})
    expect(await readLogs(rpc, request(5, 4))).toEqual({
      logs: [],
      coverage: { ...range(5, 4), gaps: [] },
      failures: [],
    })
    expect(asked).toEqual([])
  })

  test('topics and contracts are sent as they were given', async () => {
    const filters: unknown[] = []
    const rpc: RpcClient = {
      host: '',
      endpointId: 'fa4e',
      requestCount: () => 0,
      request: async (_, [filter]) => [filters.push(filter)].slice(1),
    }
    await readLogs(rpc, request(1, 255, { topics: [[topic, word(2)], null, word(3)], address: contract }))
    expect(filters).toEqual([
      { fromBlock: '0x1', toBlock: '0xff', topics: [[topic, word(2)], null, word(3)], address: contract },
    ])
  })
})

describe('a limit on the range', () => {
  const last = 30_000
  const logs = every(1_000, last)

  test.each([
    ['stated', 10_000, 'exceed maximum block range: 10000', 5],
    ['stated, not on the ladder', 7_777, 'block range is too wide (maximum 7777)', 5],
    ['stated as the distance', 9_999, 'eth_getLogs is limited to a 10,000 range', 6],
    ['without a number', 10_000, 'block range is too wide', 6],
    ['in words nobody knows', 5_000, 'computer says no', 12],
  ])('%s: everything is read', async (_, maximum, message, mostRequests) => {
    const { rpc, asked } = simulate({ logs, answer: rangeLimit(maximum, () => refused(-32602, message)) })
    const reading = await readLogs(rpc, request(0, last))
    expect(reading.coverage.gaps).toEqual([])
    expect(places(reading)).toHaveLength(31)
    expect(asked.length).toBeLessThanOrEqual(mostRequests)
  })

  test('the newest blocks are read first, and the limit is kept', async () => {
    const { rpc, asked } = simulate({
      logs,
      answer: rangeLimit(10_000, () => refused(-32602, 'max block range 10000')),
    })
    await readLogs(rpc, request(0, last))
    expect(asked).toEqual([
      range(0, 30_000),
      range(20_001, 30_000),
      range(10_001, 20_000),
      range(1, 10_000),
      range(0, 0),
    ])
  })

  test('progress counts the blocks read, of all', async () => {
    const { rpc } = simulate({ logs, answer: rangeLimit(10_000, () => refused(-32602, 'max block range 10000')) })
    const heard: [bigint, bigint][] = []
    await readLogs(rpc, request(0, last), { onBlocks: (...blocks) => heard.push(blocks) })
    expect(heard).toEqual([10_000n, 20_000n, 30_000n, 30_001n].map((read) => [read, 30_001n]))
  })

  test('even a single block refused ends, as gaps', async () => {
    const { rpc, asked } = simulate({ answer: rangeLimit(0, () => refused(-32602, 'block range too large')) })
    const reading = await readLogs(rpc, request(0, 20_000_000))
    expect(reading.coverage.gaps).toEqual([range(0, 20_000_000)])
    expect(asked.length).toBeLessThan(60)
    expect(reading.failures.at(-1)?.error.code).toBe('rpc-refused')
  })
})

describe('a limit on the results', () => {
  const logs = every(1, 99)
  const resultLimit =
    (maximum: number, hint: (asked: BlockRange) => string) => (asked: BlockRange, found: readonly object[]) => {
      if (found.length > maximum) throw refused(-32005, `query returned more than ${maximum} results.${hint(asked)}`)
      return found
    }

  test('a range with too many is split until each part fits', async () => {
    const { rpc } = simulate({ logs, answer: resultLimit(10, () => '') })
    const reading = await readLogs(rpc, request(0, 99))
    expect(places(reading)).toEqual(logs.map((_, block) => `${block}:0`))
    expect(reading.coverage.gaps).toEqual([])
  })

  test('the suggested range is taken', async () => {
    const hint = ({ fromBlock }: BlockRange) => ` Try with this block range [${fromBlock}, ${fromBlock + 39n}].`
    const { rpc, asked } = simulate({ logs, answer: resultLimit(40, hint) })
    await readLogs(rpc, request(0, 99))
    expect(asked).toEqual([range(0, 99), range(40, 99), range(80, 99), range(40, 79), range(0, 39)])
  })

  test('a suggestion outside the asked range is not followed', async () => {
    const { rpc, asked } = simulate({ logs, answer: resultLimit(50, () => ' Try with this block range [5000, 6000].') })
    const reading = await readLogs(rpc, request(0, 99))
    expect(asked).toEqual([range(0, 99), range(50, 99), range(0, 49)])
    expect(reading.coverage.gaps).toEqual([])
  })

  test('one block with too many is a gap, the others are read', async () => {
    const crowd = Array.from({ length: 30 }, (_, index) => logAt({ block: 50, index }))
    const { rpc } = simulate({ logs: [...crowd, logAt({ block: 49, index: 0 })], answer: resultLimit(20, () => '') })
    const reading = await readLogs(rpc, request(0, 99))
    expect(reading.coverage.gaps).toEqual([range(50, 50)])
    expect(places(reading)).toEqual(['49:0'])
    expect(reading.failures).toMatchObject([{ range: range(50, 50), error: { code: 'rpc-refused' } }])
  })

  test.each([
    ['an answer too large to read', () => new ReplyTooLargeError(place, 100)],
    ['HTTP 413', () => new HttpStatusError(place, 413)],
    ['a query that took too long', () => refused(-32000, 'log query timed out')],
  ])('%s counts as too many', async (_, error) => {
    const answer = (_asked: BlockRange, found: readonly object[]) => {
      if (found.length > 10) throw error()
      return found
    }
    const { rpc } = simulate({ logs, answer })
    const reading = await readLogs(rpc, request(0, 99))
    expect(reading.coverage.gaps).toEqual([])
    expect(places(reading)).toHaveLength(100)
  })

  test.each([999, 1_000, 1_001, 1_024, 10_000])(
    '%i logs exactly: trusted only when nodes do not stop there',
    async (size) => {
      const many = Array.from({ length: size * 2 }, (_, number) => logAt({ block: number, index: 0 }))
      const cut = { logs: many, answer: (_: BlockRange, found: readonly object[]) => found.slice(0, size) }
      const { rpc } = simulate(cut)
      const reading = await readLogs(rpc, request(0, size * 2 - 1))
      const isKnownCut = ![999, 1_001].includes(size)
      expect(places(reading)).toHaveLength(isKnownCut ? size * 2 : size)
      expect(reading.coverage.gaps).toEqual([])
    },
  )

  test('one block with exactly 1000 logs is a gap, and what it showed is kept', async () => {
    const logsOfBlock = Array.from({ length: 1_000 }, (_, index) => logAt({ block: 8, index }))
    const reading = await readLogs(simulate({ logs: logsOfBlock }).rpc, request(0, 15))
    expect(reading.logs).toHaveLength(1_000)
    expect(reading.coverage.gaps).toEqual([range(8, 8)])
    expect(reading.failures[0]?.error.message).toContain('exactly 1000 logs')
  })
})

describe('refusals that stay', () => {
  test.each([
    ['the method does not exist', new MethodNotSupportedError(place)],
    ['a key is missing', refused(-32000, 'Unauthorized: You must authenticate your request with an API key')],
    ['too many owners at once', refused(-32000, 'exceed max addresses or topics per search position')],
    ['the run was stopped', new RequestStoppedError(place)],
  ])('%s: one request, one gap', async (_, error) => {
    const answer = () => {
      throw error
    }
    const { rpc, asked } = simulate({ answer })
    const reading = await readLogs(rpc, request(0, 20_000_000))
    expect(asked).toHaveLength(1)
    expect(reading.coverage.gaps).toEqual([range(0, 20_000_000)])
    expect(reading.failures).toMatchObject([{ range: range(0, 20_000_000), error: { code: error.code } }])
  })

  test.each([
    ['a rate limit for ever', new RateLimitedError(place), 4],
    ['a node that is gone', new ConnectionError(place, 'ECONNREFUSED'), 5],
    ['a node that never answers in time', new RpcTimeoutError(place, 30_000), 5],
    ['a gateway error for ever', new HttpStatusError(place, 502), 17],
  ])('%s ends after a few tries', async (_, error, mostRequests) => {
    const answer = () => {
      throw error
    }
    const { rpc, asked } = simulate({ answer })
    const reading = await readLogs(rpc, request(0, 20_000_000))
    expect(asked.length).toBeLessThan(mostRequests)
    expect(reading.coverage.gaps).toEqual([range(0, 20_000_000)])
    expect(reading.failures.at(-1)?.error.code).toBe(error.code)
  })

  test('blocks a pruned node lost are one gap, newer ones are read', async () => {
    const answer = (asked: BlockRange, found: readonly object[]) => {
      if (asked.fromBlock < 19_912_345n) throw new StateUnavailableError(place, 'pruned history unavailable')
      return found
    }
    const { rpc, asked } = simulate({ logs: every(50_000, 20_000_000), answer })
    const reading = await readLogs(rpc, request(0, 20_000_000))
    expect(reading.coverage.gaps).toEqual([range(0, 19_912_344)])
    expect(places(reading)).toEqual(['19950000:0', '20000000:0'])
    expect(reading.failures).toMatchObject([{ range: range(0, 19_912_344), error: { code: 'state-unavailable' } }])
    expect(asked.length).toBeLessThan(120)
  })
})

test('a failure of an unknown kind that passes leaves no gap', async () => {
  let failures = 3
  const answer = (_: BlockRange, found: readonly object[]) => {
    if (failures-- > 0) throw refused(-32000, 'hiccup')
    return found
  }
  const { rpc } = simulate({ logs: every(10_000, 1_000_000), answer })
  const reading = await readLogs(rpc, request(0, 1_000_000))
  expect(reading.coverage.gaps).toEqual([])
  expect(places(reading)).toHaveLength(101)
})

test('a block beyond the node its head is the only gap', async () => {
  const answer = (asked: BlockRange, found: readonly object[]) => {
    if (asked.toBlock > 999_999n) throw refused(-32602, 'block range extends beyond current head block')
    return found
  }
  const { rpc, asked } = simulate({ logs: every(10_000, 990_000), answer })
  const reading = await readLogs(rpc, request(0, 1_000_000))
  expect(reading.coverage.gaps).toEqual([range(1_000_000, 1_000_000)])
  expect(places(reading)).toHaveLength(100)
  expect(asked.length).toBeLessThan(60)
})

describe('answers that are wrong', () => {
  const good = logAt({ block: 5, index: 0 })
  test.each<[string, unknown]>([
    ['no list', { logs: [] }],
    ['null', null],
    ['a log that is no object', ['0x']],
    ['a removed log', [{ ...good, removed: true }]],
    ['a pending log', [{ ...good, blockNumber: null, blockHash: null }]],
    ['a log of another block', [{ ...good, blockNumber: '0x6' }]],
    ['a log of another topic', [{ ...good, topics: [word(1)] }]],
    ['a log without topics', [{ ...good, topics: [] }]],
    ['five topics', [{ ...good, topics: [topic, topic, topic, topic, topic] }]],
    ['a short topic', [{ ...good, topics: ['0xfeed'] }]],
    ['a short address', [{ ...good, address: '0x1234' }]],
    ['another contract', [{ ...good, address: `0x${'11'.repeat(20)}` }]],
    ['data that is no hex', [{ ...good, data: 'hello' }]],
    ['an index that is no quantity', [{ ...good, logIndex: 0 }]],
    ['a short transaction hash', [{ ...good, transactionHash: '0x12' }]],
    ['two logs in one place', [good, { ...good, transactionHash: word(9) }]],
  ])('%s: a gap, no log', async (_, reply) => {
    const { rpc } = simulate({ answer: () => reply })
    const reading = await readLogs(rpc, request(5, 5, { address: contract }))
    expect(reading.logs).toEqual([])
    expect(reading.coverage.gaps).toEqual([range(5, 5)])
    expect(reading.failures).toMatchObject([{ range: range(5, 5), error: { code: 'invalid-reply' } }])
  })

  test('the same log twice counts once', async () => {
    const reading = await readLogs(simulate({ logs: [good, good] }).rpc, request(0, 9))
    expect(places(reading)).toEqual(['5:0'])
    expect(reading.coverage.gaps).toEqual([])
  })

  test('one bad log among many blocks costs its own block', async () => {
    const bad = logAt({ block: 70_000, index: 0 }, { data: 'hello' })
    const { rpc } = simulate({
      logs: [...every(10_000, 60_000), bad, ...[80_000, 90_000].map((block) => logAt({ block, index: 0 }))],
    })
    const reading = await readLogs(rpc, request(0, 100_000))
    expect(reading.coverage.gaps).toEqual([range(70_000, 70_000)])
    expect(places(reading)).toHaveLength(9)
  })

  test('any of several topics or contracts is accepted, and null stands for all', async () => {
    const other: Hex = `0x${'11'.repeat(20)}`
    const logs = [
      logAt({ block: 1, index: 0 }, { topics: [word(2), word(77)] }),
      logAt({ block: 2, index: 0 }, { address: other, topics: [topic, word(78)] }),
    ]
    const reading = await readLogs(
      simulate({ logs }).rpc,
      request(0, 9, { topics: [[topic, word(2)], null], address: [contract, other] }),
    )
    expect(places(reading)).toEqual(['1:0', '2:0'])
  })
})

test('a stop keeps what was read, and the rest is one gap', async () => {
  const controller = new AbortController()
  const { rpc, asked } = simulate({
    logs: every(1_000, 30_000),
    answer: rangeLimit(10_000, () => refused(-32602, 'max block range 10000')),
  })
  const reading = await readLogs(rpc, request(0, 30_000), {
    signal: controller.signal,
    onBlocks: () => controller.abort(),
  })
  expect(asked).toHaveLength(2)
  expect(places(reading)).toHaveLength(10)
  expect(reading.coverage.gaps).toEqual([range(0, 20_000)])
  expect(reading.failures).toMatchObject([{ range: range(0, 20_000), error: { code: 'stopped' } }])
})

test('a stop does not wait for the answer on its way', async () => {
  const controller = new AbortController()
  const rpc: RpcClient = {
    host: '',
    endpointId: '',
    requestCount: () => 0,
    request: () => new Promise(() => undefined),
  }
  const reading = readLogs(rpc, request(0, 9), { signal: controller.signal })
  controller.abort()
  await expect(reading).resolves.toMatchObject({ coverage: { gaps: [range(0, 9)] } })
})

test('a bug of ours is not taken for a refusal', async () => {
  const answer = () => {
    throw new TypeError('undefined is not a function')
  }
  await expect(readLogs(simulate({ answer }).rpc, request(0, 9))).rejects.toThrow(TypeError)
})

const transientErrors = [
  () => refused(-32603, 'Internal error'),
  () => refused(-32000, 'hiccup'),
  () => new HttpStatusError(place, 503),
  () => new RateLimitedError(place),
  () => new RpcTimeoutError(place, 1),
]

test('whatever limits a node has, every log of the blocks read is there once, and the gaps are the rest', async () => {
  const blocks = fc.uniqueArray(fc.record({ block: fc.nat(3_000), index: fc.nat(5) }), {
    selector: ({ block, index }) => `${block}:${index}`,
    maxLength: 60,
  })
  const scenario = fc.record({
    blocks,
    from: fc.nat(1_500),
    length: fc.nat(1_500),
    maximumRange: fc.integer({ min: 1, max: 4_000 }),
    isNumberTold: fc.boolean(),
    maximumResults: fc.integer({ min: 1, max: 60 }),
    // Which requests fail for no reason of theirs: a list of small numbers, used in turn.
    chances: fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
  })
  await fc.assert(
    fc.asyncProperty(
      scenario,
      async ({ blocks, from, length, maximumRange, isNumberTold, maximumResults, chances }) => {
        let asked = 0
        const answer = (range: BlockRange, found: readonly object[]) => {
          const transient = transientErrors[chances[asked++ % chances.length] ?? 9]
          if (transient !== undefined) throw transient()
          const told = isNumberTold ? `: ${maximumRange}` : ''
          if (blockCount(range) > BigInt(maximumRange)) throw refused(-32602, `exceeds maximum block range${told}`)
          if (found.length > maximumResults) throw refused(-32005, `query returned more than ${maximumResults} results`)
          return found
        }
        const { rpc } = simulate({ logs: blocks.map((at) => logAt(at)), answer })
        const reading = await readLogs(rpc, request(from, from + length))
        const { gaps } = reading.coverage
        const isInGap = (block: bigint) => gaps.some((gap) => gap.fromBlock <= block && block <= gap.toBlock)

        const expected = blocks
          .filter(({ block }) => block >= from && block <= from + length && !isInGap(BigInt(block)))
          .sort((a, b) => a.block - b.block || a.index - b.index)
          .map(({ block, index }) => `${block}:${index}`)
        expect(places({ ...reading, logs: reading.logs.filter(({ blockNumber }) => !isInGap(blockNumber)) })).toEqual(
          expected,
        )

        for (const [index, gap] of gaps.entries()) {
          expect(gap.fromBlock).toBeGreaterThanOrEqual(BigInt(from))
          expect(gap.toBlock).toBeLessThanOrEqual(BigInt(from + length))
          expect(gap.toBlock).toBeGreaterThanOrEqual(gap.fromBlock)
          expect(gap.fromBlock).toBeGreaterThan((gaps[index - 1]?.toBlock ?? -2n) + 1n)
        }
        const failed = reading.failures.reduce((sum, { range }) => sum + blockCount(range), 0n)
        expect(failed).toBe(gaps.reduce((sum, gap) => sum + blockCount(gap), 0n))
      },
    ),
    { numRuns: 300, seed: 20 },
  )
})
