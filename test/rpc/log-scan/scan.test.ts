import { describe, expect, test } from 'vitest'
import { blockCount } from '../../../src/domain/block-range.ts'
import { logFilters } from '../../../src/domain/log-filters.ts'
import { addressTopic, topics } from '../../../src/domain/topics.ts'
import {
  ConnectionError,
  HttpStatusError,
  MethodNotSupportedError,
  RateLimitedError,
  ReplyTooLargeError,
  RequestStoppedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../../src/rpc/errors.ts'
import {
  account,
  accountAt,
  every,
  logAt,
  place,
  type Question,
  type RpcLog,
  range,
  read,
  refused,
  requestFor,
  simulate,
  word,
} from './simulated-endpoint.ts'

const rangeLimit = (maximum: number, error: () => Error) => (asked: Question, found: readonly RpcLog[]) => {
  if (blockCount(asked) > BigInt(maximum)) throw error()
  return found
}
const ranges = (asked: readonly Question[]) => asked.map(({ fromBlock, toBlock }) => ({ fromBlock, toBlock }))

describe('an endpoint without limits', () => {
  test('is asked once per filter, and every log is there', async () => {
    const received = logAt({ block: 4, index: 1 }, { topics: [topics.transfer, word(9), addressTopic(account)] })
    const multi = logAt({ block: 5, index: 1 }, { topics: [topics.transferSingle, word(9), word(8), word(0xacc000)] })
    const { rpc, asked } = simulate({ head: 100, logs: [logAt({ block: 3, index: 5 }), received, multi] })
    const { places, gaps, chunks } = await read(rpc, requestFor(range(0, 100), { filters: logFilters }))
    expect(places).toEqual(['3:5', '4:1', '5:1'])
    expect(gaps).toEqual([])
    expect(chunks.map(({ filter }) => filter.name)).toEqual(['granted', 'received', 'received-multi'])
    expect(asked.map(({ position }) => position)).toEqual([1, 2, 3])
  })

  test('ranges without blocks ask nothing', async () => {
    const { rpc, methods } = simulate({ head: 9 })
    const { gaps, chunks, requests } = await read(rpc, requestFor(range(5, 4)))
    expect([gaps, chunks, requests, methods]).toEqual([[], [], 0, []])
  })

  test('several ranges are all read, and nothing between them', async () => {
    const { rpc } = simulate({ head: 100, logs: every(10, 100) })
    const request = requestFor(range(0, 100), { ranges: () => [range(80, 95), range(0, 20)] })
    const { places, chunks } = await read(rpc, request)
    expect(places).toEqual(['0:0', '10:0', '20:0', '80:0', '90:0'])
    expect(chunks.map(({ range }) => range)).toEqual([range(80, 95), range(0, 20)])
  })
})

describe('a limit on the range', () => {
  const last = 30_000
  const logs = every(1_000, last)

  test.each([
    [
      'exceed maximum block range: 10000',
      [range(20_001, 30_000), range(10_001, 20_000), range(1, 10_000), range(0, 0)],
    ],
    [
      'range 30001 exceeds limit of 10000',
      [range(20_001, 30_000), range(10_001, 20_000), range(1, 10_000), range(0, 0)],
    ],
  ])('stated as "%s" is read from the refusal and kept to, newest first', async (message, chunks) => {
    const { rpc, asked } = simulate({ head: last, logs, answer: rangeLimit(10_000, () => refused(-32602, message)) })
    const reading = await read(rpc, requestFor(range(0, last)))
    expect(ranges(asked)).toEqual([range(0, last), ...chunks])
    expect(reading.places).toHaveLength(31)
    expect(reading.limits).toEqual({
      maximumBlocks: 10_000n,
      maximumLogs: null,
      maximumTopics: null,
      requestsPerSecond: null,
    })
  })

  test.each([
    { limit: 1_000, sizes: [10_000, 5_000, 3_000, 2_000, 1_000, 1_000], refusals: 5 },
    { limit: 5_000, sizes: [10_000, 5_000, 5_000], refusals: 2 },
    { limit: 10_000, sizes: [10_000, 20_000, 10_000, 10_000], refusals: 2 },
    { limit: 50_000, sizes: [10_000, 20_000, 50_000, 100_000, 50_000, 50_000], refusals: 2 },
    { limit: 100_000, sizes: [10_000, 20_000, 50_000, 100_000, 100_000], refusals: 1 },
    { limit: 7_777, sizes: [10_000, 5_000, 5_000], refusals: 2 },
  ])('of $limit that is not named is found from the usual one on', async ({ limit, sizes, refusals }) => {
    const error = () => refused(-32005, 'Requested range exceeds maximum RPC range limit')
    const logs = every(997, 1_000_000)
    const { rpc, asked } = simulate({ head: 1_000_000, logs, answer: rangeLimit(limit, error) })
    const reading = await read(rpc, requestFor(range(0, 1_000_000)))
    expect(asked.slice(0, sizes.length + 1).map(blockCount)).toEqual([1_000_001, ...sizes].map(BigInt))
    expect(asked.filter((one) => blockCount(one) > limit)).toHaveLength(refusals)
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(logs.length)
  })

  test('that is not named is looked for by one request at a time', async () => {
    let [out, most] = [0, 0]
    const error = () => refused(-32005, 'Requested range exceeds maximum RPC range limit')
    const { rpc, asked } = simulate({ head: 1_000_000, answer: rangeLimit(50_000, error) })
    const counting = {
      ...rpc,
      request: async (...[method, params]: Parameters<typeof rpc.request>) => {
        if (method !== 'eth_getLogs') return rpc.request(method, params)
        out++
        if (asked.length < 5) most = Math.max(most, out)
        return rpc.request(method, params).finally(() => out--)
      },
    }
    await read(counting, requestFor(range(0, 1_000_000)))
    expect(most).toBe(1)
  })

  test('that was learned before is not probed for', async () => {
    const { rpc, asked } = simulate({ head: last, logs, answer: rangeLimit(10_000, () => refused(-32602, 'no')) })
    await read(rpc, requestFor(range(0, last), { known: { maximumBlocks: 10_000n } }))
    expect(asked).toHaveLength(4)
  })

  test('that falls while the scan runs is learned again', async () => {
    let answers = 0
    const { rpc } = simulate({
      head: 2_000_000,
      logs: every(10_000, 2_000_000),
      answer: (asked, found) => {
        const maximum = answers++ < 60 ? 10_000n : 3_000n
        if (blockCount(asked) > maximum) throw refused(-32602, `block range limit is ${maximum}`)
        return found
      },
    })
    const reading = await read(rpc, requestFor(range(0, 2_000_000)))
    expect(reading.places).toHaveLength(201)
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumBlocks).toBe(3_000n)
  })

  test('one request is under way until an answer came, then several', async () => {
    const waiting: (() => void)[] = []
    const { rpc } = simulate({
      head: 100_000,
      answer: async (asked, found) => {
        if (blockCount(asked) > 1_000n) throw refused(-32602, 'max block range 1000')
        await new Promise<void>((resolve) => waiting.push(resolve))
        return found
      },
    })
    const reading = read(rpc, requestFor(range(0, 99_999)))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(waiting).toHaveLength(1)
    waiting.shift()?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(waiting).toHaveLength(64)
    const timer = setInterval(() => {
      for (const resume of waiting.splice(0)) resume()
    }, 1)
    expect((await reading).chunks).toHaveLength(100)
    clearInterval(timer)
  })

  test('progress counts the blocks read over all filters', async () => {
    const { rpc } = simulate({
      head: last,
      logs,
      answer: rangeLimit(10_000, () => refused(-32602, 'max block range 10000')),
    })
    const heard: [bigint, bigint][] = []
    await read(rpc, requestFor(range(0, last), { filters: logFilters }), { onProgress: (...at) => heard.push(at) })
    expect(heard.at(0)).toEqual([10_000n, 90_003n])
    expect(heard.at(-1)).toEqual([90_003n, 90_003n])
  })

  test('even a single block refused ends, as gaps', async () => {
    const { rpc, asked } = simulate({ head: 9, answer: rangeLimit(0, () => refused(-32602, 'block range too large')) })
    const reading = await read(rpc, requestFor(range(0, 20_000_000)))
    expect(reading.ranges).toEqual([range(0, 20_000_000)])
    expect(asked.length).toBeLessThan(100)
  })
})

describe('a limit on the results', () => {
  const logs = every(1, 999)
  const resultLimit =
    (maximum: number, hint: (asked: Question) => string = () => '') =>
    (asked: Question, found: readonly RpcLog[]) => {
      if (found.length > maximum) throw refused(-32005, `query returned more than ${maximum} results.${hint(asked)}`)
      return found
    }

  test('is learned, and only ranges that hold too much are cut', async () => {
    const { rpc, asked } = simulate({ head: 999, logs, answer: resultLimit(150) })
    const reading = await read(rpc, requestFor(range(0, 999)))
    expect(reading.places).toHaveLength(1_000)
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumLogs).toBe(150)
    expect(asked.length).toBeLessThanOrEqual(10)
  })

  test('the suggested range is taken, and its density for the rest', async () => {
    const hint = ({ fromBlock }: Question) => ` Try with this block range [${fromBlock}, ${fromBlock + 399n}].`
    const { rpc, asked } = simulate({ head: 999, logs, answer: resultLimit(400, hint) })
    const reading = await read(rpc, requestFor(range(0, 999)))
    expect(ranges(asked)).toEqual([range(0, 999), range(0, 399), range(640, 999), range(400, 639)])
    expect(reading.places).toHaveLength(1_000)
  })

  test('a suggestion outside the asked range is not followed', async () => {
    const { rpc } = simulate({
      head: 999,
      logs,
      answer: resultLimit(400, () => ' Try with this block range [5000, 6000].'),
    })
    const reading = await read(rpc, requestFor(range(0, 999)))
    expect(reading.places).toHaveLength(1_000)
    expect(reading.gaps).toEqual([])
  })

  test('a heavy account costs less than twice the fewest requests', async () => {
    const heavy = Array.from({ length: 60_000 }, (_, number) => logAt({ block: 8_000_000 + number * 200, index: 0 }))
    const { rpc, asked } = simulate({ head: 20_000_000, logs: heavy, answer: resultLimit(10_000) })
    const reading = await read(rpc, requestFor(range(0, 20_000_000)))
    expect(reading.places).toHaveLength(60_000)
    expect(asked.length).toBeLessThanOrEqual(12)
  })

  test('one block with too many is a gap, the others are read', async () => {
    const crowd = Array.from({ length: 300 }, (_, index) => logAt({ block: 50, index }))
    const { rpc } = simulate({ head: 99, logs: [...crowd, logAt({ block: 49, index: 0 })], answer: resultLimit(200) })
    const reading = await read(rpc, requestFor(range(0, 99)))
    expect(reading.gaps).toMatchObject([{ range: range(50, 50), error: { code: 'rpc-refused' } }])
    expect(reading.places).toEqual(['49:0'])
  })

  test.each([
    ['an answer too large to read', () => new ReplyTooLargeError(place)],
    ['HTTP 413', () => new HttpStatusError(place, 413)],
    ['a query that took too long', () => refused(-32000, 'log query timed out')],
  ])('%s counts as too many', async (_, error) => {
    const answer = (_asked: Question, found: readonly RpcLog[]) => {
      if (found.length > 10) throw error()
      return found
    }
    const { rpc } = simulate({ head: 99, logs: every(1, 99), answer })
    const reading = await read(rpc, requestFor(range(0, 99)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(100)
  })
})

describe('several accounts', () => {
  const accounts = Array.from({ length: 8 }, (_, index) => accountAt(index))
  const logs = accounts.map((_, index) => logAt({ block: 10 * index, index, account: index }))

  test('share every request', async () => {
    const { rpc, asked } = simulate({ head: 100, logs })
    const { places, chunks } = await read(rpc, requestFor(range(0, 100), { accounts }))
    expect(places).toHaveLength(8)
    expect(chunks).toMatchObject([{ accounts, range: range(0, 100) }])
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['words about topics', () => refused(-32602, 'exceed max addresses or topics per search position')],
    ['a body that is too large', () => new HttpStatusError(place, 413)],
    ['words about the body', () => refused(-32600, 'request entity too large')],
  ])('are asked for in groups that the node takes: %s', async (_, error) => {
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (asked.accounts > 3) throw error()
      return found
    }
    const { rpc, asked } = simulate({ head: 100, logs, answer })
    const reading = await read(rpc, requestFor(range(0, 100), { accounts, filters: logFilters.slice(0, 2) }))
    expect(reading.places).toHaveLength(8)
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumTopics).toBe(2)
    expect(asked.map(({ accounts }) => accounts)).toEqual([8, 4, 2, 2, 2, 2, 2, 2, 2, 2])
  })

  test('a group size that was learned before is kept to', async () => {
    const { rpc, asked } = simulate({ head: 100, logs })
    await read(rpc, requestFor(range(0, 100), { accounts, known: { maximumTopics: 3 } }))
    expect(asked.map(({ accounts }) => accounts)).toEqual([3, 3, 2])
  })

  test('an endpoint that refuses even one account teaches nothing about groups', async () => {
    const answer = () => {
      throw refused(-32000, 'Unauthorized: You must authenticate your request with an API key')
    }
    const { rpc, asked } = simulate({ head: 100, logs, answer })
    const reading = await read(rpc, requestFor(range(0, 100), { accounts }))
    expect(reading.ranges).toEqual([range(0, 100)])
    expect(reading.limits.maximumTopics).toBeNull()
    expect(asked).toHaveLength(4)
  })
})

describe('refusals that stay', () => {
  const oldRefused = (edge: number) => (block: number) =>
    block < edge ? new StateUnavailableError(place, 'pruned history unavailable') : [logAt({ block, index: 0 })]

  test.each([
    ['the method does not exist', new MethodNotSupportedError(place)],
    ['a key is missing', refused(-32000, 'Unauthorized: You must authenticate your request with an API key')],
    ['the run was stopped', new RequestStoppedError(place)],
  ])('%s: one request, one gap per filter', async (_, error) => {
    const answer = () => {
      throw error
    }
    const { rpc, asked } = simulate({ head: 9, answer })
    const reading = await read(rpc, requestFor(range(0, 20_000_000), { filters: logFilters }))
    expect(asked).toHaveLength(1)
    expect(reading.gaps).toMatchObject(
      logFilters.map((filter) => ({ filter, range: range(0, 20_000_000), error: { code: error.code } })),
    )
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
    const { rpc, methods } = simulate({ head: 9, answer })
    const reading = await read(rpc, requestFor(range(0, 20_000_000)))
    expect(methods.length).toBeLessThan(mostRequests)
    expect(reading.ranges.at(0)?.fromBlock).toBe(0n)
    expect(reading.ranges.reduce((sum, gap) => sum + blockCount(gap), 0n)).toBe(20_000_001n)
    expect(reading.gaps.at(0)?.error.code).toBe(error.code)
  })

  test.each([401, 403, 404])('HTTP %i without words is asked once more, and no smaller range', async (status) => {
    const answer = () => {
      throw new HttpStatusError(place, status)
    }
    const { rpc, asked } = simulate({ head: 9, answer })
    const reading = await read(rpc, requestFor(range(0, 20_000_000), { filters: logFilters }))
    expect(asked.map(blockCount)).toEqual([20_000_001n, 20_000_001n])
    expect(reading.gaps).toMatchObject(
      Array(3).fill({
        range: range(0, 20_000_000),
        error: { code: 'http-status', message: expect.stringContaining(`${status}`) },
      }),
    )
  })

  test('one such status of a machine among others ends nothing', async () => {
    let requests = 0
    const answer = (_: Question, found: readonly RpcLog[]) => {
      if (requests++ === 0) throw new HttpStatusError(place, 404)
      return found
    }
    const { rpc, asked } = simulate({ head: 1_000, logs: every(100, 1_000), answer })
    const reading = await read(rpc, requestFor(range(0, 1_000)))
    expect(asked).toHaveLength(2)
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(11)
  })

  test('blocks a node refuses as pruned are one gap for all filters, newer ones are read', async () => {
    const edge = 19_912_345
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (asked.fromBlock < edge) throw new StateUnavailableError(place, 'pruned history unavailable')
      return found
    }
    const { rpc, asked } = simulate({
      head: 20_000_000,
      logs: every(50_000, 20_000_000),
      answer,
      onCanary: oldRefused(edge),
    })
    const reading = await read(rpc, requestFor(range(0, 20_000_000), { filters: logFilters }))
    expect(reading.ranges).toEqual(Array(3).fill(range(0, edge - 1)))
    expect(reading.gaps).toMatchObject(Array(3).fill({ error: { code: 'state-unavailable' } }))
    expect(reading.places).toEqual(['19950000:0', '20000000:0'])
    expect(asked.length).toBeLessThan(60)
  })

  test('the edge of what is kept is found behind a range limit, too', async () => {
    const edge = 912_345
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 10_000n) throw refused(-32602, 'max block range 10000')
      if (asked.fromBlock < edge) throw new StateUnavailableError(place, 'Archive requests require a personal token')
      return found
    }
    const { rpc } = simulate({ head: 1_000_000, logs: every(1_000, 1_000_000), answer, onCanary: oldRefused(edge) })
    const reading = await read(rpc, requestFor(range(0, 1_000_000)))
    expect(reading.ranges).toEqual([range(0, edge - 1)])
    expect(reading.places).toHaveLength(88)
  })
})

describe('refusals that no words explain', () => {
  const head = 1_000_000
  const logs = every(10_000, head)
  const mystery = () => refused(-32000, 'mystery 17')
  const both = { filters: logFilters.slice(0, 2) }

  test('of everything: a few blocks are asked for, then all of each filter is a gap in the words of the node', async () => {
    const answer = () => {
      throw mystery()
    }
    const { rpc, asked } = simulate({ head, answer })
    const reading = await read(rpc, requestFor(range(0, head), { filters: logFilters }))
    expect(asked.map(blockCount)).toEqual(logFilters.flatMap(() => [1_000_001n, 10n, 1n, 1n, 10n]))
    expect(reading.gaps).toMatchObject(
      logFilters.map((filter) => ({
        filter,
        range: range(0, head),
        error: { code: 'rpc-refused', data: { nodeMessage: { value: 'mystery 17' } } },
      })),
    )
  })

  test('of several accounts at once: fewer are asked for', async () => {
    const answer = ({ accounts }: Question, found: readonly RpcLog[]) => {
      if (accounts > 1) throw mystery()
      return found
    }
    const accounts = [0, 1, 2, 3].map(accountAt)
    const { rpc } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), { accounts }))
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumTopics).toBe(1)
    expect(reading.places).toHaveLength(101)
  })

  test('of one filter: the others are read', async () => {
    const answer = ({ position }: Question, found: readonly RpcLog[]) => {
      if (position === 2) throw mystery()
      return found
    }
    const { rpc } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), both))
    expect(reading.gaps).toMatchObject([{ filter: both.filters[1], range: range(0, head) }])
    expect(reading.places).toHaveLength(101)
  })

  test('of old blocks: their edge is found, and newer ones are read for every filter', async () => {
    const edge = 300_007
    const isOld = (block: bigint) => block < BigInt(edge)
    const answer = ({ fromBlock }: Question, found: readonly RpcLog[]) => {
      if (isOld(fromBlock)) throw mystery()
      return found
    }
    const onCanary = (block: number) => (block < edge ? mystery() : [logAt({ block, index: 0 })])
    const { rpc, asked } = simulate({ head, logs, answer, onCanary })
    const reading = await read(rpc, requestFor(range(0, head), both))
    expect(reading.gaps).toMatchObject(
      both.filters.map((filter) => ({
        filter,
        range: range(0, edge - 1),
        error: { data: { nodeMessage: { value: 'mystery 17' } } },
      })),
    )
    expect(reading.places).toHaveLength(70)
    expect(asked.length).toBeLessThan(180)
  })

  test('of old blocks is learned where the limits are known, too', async () => {
    const edge = 300_007
    const answer = ({ fromBlock }: Question, found: readonly RpcLog[]) => {
      if (fromBlock < BigInt(edge)) throw mystery()
      return found
    }
    const onCanary = (block: number) => (block < edge ? mystery() : [logAt({ block, index: 0 })])
    const { rpc, asked } = simulate({ head, logs, answer, onCanary })
    const known = { maximumBlocks: 10_000n, requestsPerSecond: 50 }
    const reading = await read(rpc, requestFor(range(0, head), { ...both, known }))
    expect(reading.ranges).toEqual([range(0, edge - 1), range(0, edge - 1)])
    expect(reading.places).toHaveLength(70)
    expect(asked.length).toBeLessThan(70 * 2 + 300)
  })

  test.each([1, 12])(
    'of the newest %i blocks, which the node may not have yet: all others are read',
    async (missing) => {
      const known = BigInt(head - missing)
      const answer = ({ toBlock }: Question, found: readonly RpcLog[]) => {
        if (toBlock > known) throw mystery()
        return found
      }
      const { rpc, asked } = simulate({ head, logs, answer })
      const reading = await read(rpc, requestFor(range(0, head), both))
      expect(reading.gaps).toMatchObject(
        both.filters.map((filter) => ({ filter, range: range(head - missing + 1, head) })),
      )
      expect(reading.places).toHaveLength(100)
      expect(asked.length).toBeLessThan(60)
    },
  )

  test.each([
    ['as the node says', undefined],
    ['as was learned before', { maximumBlocks: 10n }],
  ])('of the newest blocks, where few are taken at once, %s: all others are read', async (_, known) => {
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 10n) throw refused(-32600, 'up to a 10 block range')
      if (asked.toBlock > 1_988n) throw mystery()
      return found
    }
    const { rpc } = simulate({ head: 2_000, logs: every(100, 2_000), answer })
    const reading = await read(rpc, requestFor(range(0, 2_000), { ...both, ...(known && { known }) }))
    expect(reading.ranges).toEqual([range(1_989, 2_000), range(1_989, 2_000)])
    expect(reading.places).toHaveLength(20)
  })

  test('of single blocks far apart cost those alone', async () => {
    const bad = [0n, 250_000n, 500_000n]
    const answer = ({ fromBlock, toBlock }: Question, found: readonly RpcLog[]) => {
      if (bad.some((block) => fromBlock <= block && block <= toBlock)) throw mystery()
      return found
    }
    const { rpc, asked } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.ranges).toEqual(bad.map((block) => range(Number(block), Number(block))))
    expect(asked.length).toBeLessThan(250)
  })

  test('of one filter in old blocks leave those of the others read', async () => {
    const answer = ({ fromBlock, position }: Question, found: readonly RpcLog[]) => {
      if (position === 1 && fromBlock < 700_000n) throw mystery()
      return found
    }
    const { rpc } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), both))
    expect(reading.gaps).toMatchObject([{ filter: both.filters[0], range: range(0, 699_999) }])
  })

  test('in some blocks and silence in others: nothing counts as read that no old log proves', async () => {
    const onCanary = (block: number) => (block < 300_007 ? mystery() : [logAt({ block, index: 0 })])
    const answer = ({ fromBlock, position }: Question, found: readonly RpcLog[]) => {
      if (position === 2 && fromBlock < 300_007n) throw mystery()
      return found
    }
    const { rpc } = simulate({ head, logs, answer, onCanary, prunedBefore: 300_007 })
    const reading = await read(rpc, requestFor(range(0, head), both))
    expect(reading.ranges).toEqual([range(0, 300_006), range(0, 300_006)])
  })

  test('while others are under way take none of these', async () => {
    const answer = ({ fromBlock, toBlock }: Question, found: readonly RpcLog[]) => {
      if (fromBlock <= 1_509n && toBlock >= 1_500n) throw mystery()
      return found
    }
    const { rpc } = simulate({ head: 3_000, logs: every(10, 3_000), answer })
    const holes = [range(0, 900), range(1_500, 2_000), range(2_900, 3_000)]
    const reading = await read(rpc, requestFor(range(0, 3_000), { known: {}, ranges: () => holes }))
    expect(reading.ranges).toEqual([range(1_500, 1_509)])
  })

  test('of more than one account at once for a single block: each is asked for alone', async () => {
    const answer = ({ accounts }: Question, found: readonly RpcLog[]) => {
      if (accounts > 1) throw mystery()
      return found
    }
    const accounts = [0, 1, 2, 3].map(accountAt)
    const { rpc } = simulate({ head: 100, logs: every(100, 100), answer })
    const reading = await read(rpc, requestFor(range(100, 100), { accounts }))
    expect([reading.ranges, reading.places]).toEqual([[], ['100:0']])
  })

  test('of one filter for many accounts teach nothing about accounts', async () => {
    const answer = ({ position }: Question, found: readonly RpcLog[]) => {
      if (position === 2) throw mystery()
      return found
    }
    const accounts = Array.from({ length: 300 }, (_, index) => accountAt(index))
    const { rpc, asked } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), { ...both, accounts }))
    expect(reading.gaps).toMatchObject([{ filter: both.filters[1], range: range(0, head) }])
    expect(reading.limits.maximumTopics).toBe(null)
    expect(asked.length).toBeLessThan(10)
  })

  test.each([
    ['blind', undefined],
    ['with a limit that was learned before', { maximumBlocks: 10_000n }],
  ])('by one of two machines leave no gap: %s', async (_, known) => {
    let requests = 0
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (requests++ % 2 === 0) throw mystery()
      if (blockCount(asked) > 10_000n) throw refused(-32600, 'up to a 10000 block range')
      return found
    }
    const { rpc, asked } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), known && { known }))
    expect([reading.gaps, reading.places.length]).toEqual([[], 101])
    expect(asked.length).toBeLessThan(600)
  })

  test('of one filter, where few accounts are taken at once: the filter after it is read', async () => {
    const answer = ({ position, accounts }: Question, found: readonly RpcLog[]) => {
      if (accounts > 10) throw refused(-32602, 'exceed max topics')
      if (position === 2) throw mystery()
      return found
    }
    const accounts = Array.from({ length: 500 }, (_, index) => accountAt(index))
    const { rpc } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), { filters: logFilters, accounts }))
    expect(reading.gaps).toMatchObject([{ filter: logFilters[1], range: range(0, head) }])
    expect(reading.places).toHaveLength(101)
  })

  test('end at once when the run is stopped', async () => {
    const controller = new AbortController()
    const answer = () => {
      setTimeout(() => controller.abort(), 20)
      throw mystery()
    }
    const { rpc } = simulate({ head, answer })
    const started = performance.now()
    const stopped = { signal: controller.signal, catchUpMs: 20_000 }
    const reading = await read(rpc, requestFor(range(0, head)), stopped)
    expect(reading.gaps).toMatchObject([{ range: range(0, head), error: { code: 'stopped' } }])
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test.each([2, 3, 4])('%i times in a row by chance leave no gap', async (hiccups) => {
    let left = hiccups
    const answer = (_: Question, found: readonly RpcLog[]) => {
      if (left-- > 0) throw mystery()
      return found
    }
    const accounts = [0, 1, 2].map(accountAt)
    const { rpc } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head), { ...both, accounts }))
    expect([reading.gaps, reading.limits.maximumTopics]).toEqual([[], null])
    expect(reading.places).toHaveLength(101)
  })

  test('of ranges that are too long: shorter ones are read', async () => {
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 3_000n) throw mystery()
      return found
    }
    const { rpc, asked } = simulate({ head: 60_000, logs: every(100, 60_000), answer })
    const reading = await read(rpc, requestFor(range(0, 60_000)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(601)
    expect(asked.length).toBeLessThan(60)
  })

  test('of one block among many cost that block alone', async () => {
    const answer = ({ fromBlock, toBlock }: Question, found: readonly RpcLog[]) => {
      if (fromBlock <= 505_000n && toBlock >= 505_000n) throw mystery()
      return found
    }
    const { rpc, asked } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.ranges).toEqual([range(505_000, 505_000)])
    expect(reading.places).toHaveLength(101)
    expect(asked.length).toBeLessThan(60)
  })

  test.each([2, 50, 3_000])('of %i blocks in a row cost those alone', async (length) => {
    const [first, last] = [505_000, 505_000 + length - 1]
    const answer = ({ fromBlock, toBlock }: Question, found: readonly RpcLog[]) => {
      if (fromBlock <= BigInt(last) && toBlock >= BigInt(first)) throw mystery()
      return found
    }
    const { rpc, asked } = simulate({ head, logs, answer })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.ranges).toEqual([range(first, last)])
    expect(reading.places).toHaveLength(101)
    expect(asked.length).toBeLessThan(100)
  })

  test('of the only block asked for are a gap after two more tries', async () => {
    const answer = () => {
      throw mystery()
    }
    const { rpc, asked } = simulate({ head: 5, answer })
    expect((await read(rpc, requestFor(range(5, 5)))).ranges).toEqual([range(5, 5)])
    expect(asked).toHaveLength(3)
  })

  test('give way to what is known of the smaller request', async () => {
    let requests = 0
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (requests++ === 0) throw mystery()
      if (blockCount(asked) > 5n) throw refused(-32602, 'max block range 5')
      return found
    }
    const { rpc } = simulate({ head: 100, logs: every(10, 100), answer })
    const reading = await read(rpc, requestFor(range(0, 100)))
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumBlocks).toBe(5n)
    expect(reading.places).toHaveLength(11)
  })
})

describe('trouble that passes', () => {
  test('one failure of an unknown kind leaves no gap', async () => {
    let failures = 1
    const answer = (_: Question, found: readonly RpcLog[]) => {
      if (failures-- > 0) throw refused(-32000, 'hiccup')
      return found
    }
    const { rpc } = simulate({ head: 1_000_000, logs: every(10_000, 1_000_000), answer })
    const reading = await read(rpc, requestFor(range(0, 1_000_000)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(101)
  })

  test('failures of an unknown kind leave no gap once the endpoint has answered', async () => {
    let requests = 0
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 10_000n) throw refused(-32602, 'max block range 10000')
      if (++requests % 7 === 0) throw refused(-32000, 'hiccup')
      return found
    }
    const { rpc } = simulate({ head: 1_000_000, logs: every(10_000, 1_000_000), answer })
    const reading = await read(rpc, requestFor(range(0, 1_000_000)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(101)
  })

  test('an outage that fails all that is under way leaves no gap', async () => {
    let answers = 0
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 1_000n) throw refused(-32602, 'max block range 1000')
      if (answers++ > 5 && answers < 18) throw new HttpStatusError(place, 503)
      return found
    }
    const { rpc } = simulate({ head: 200_000, logs: every(1_000, 200_000), answer })
    const reading = await read(rpc, requestFor(range(0, 200_000)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(201)
  })

  test('a range that always breaks the connection is a gap of its own', async () => {
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (asked.fromBlock <= 555n && asked.toBlock >= 555n) throw new ConnectionError(place, 'ECONNRESET')
      return found
    }
    const { rpc } = simulate({ head: 1_000, logs: every(10, 1_000), answer })
    const reading = await read(rpc, requestFor(range(0, 1_000), { known: { maximumBlocks: 100n } }))
    expect(reading.ranges.some((gap) => gap.fromBlock <= 555n && gap.toBlock >= 555n)).toBe(true)
    expect(reading.places).toContain('1000:0')
  })
})

describe('answers that are wrong', () => {
  const good = logAt({ block: 5, index: 0 })
  test.each<[string, unknown]>([
    ['no list', { logs: [] }],
    ['null', null],
    ['a log that is no object', ['0x']],
    ['a removed log', [{ ...good, removed: true }]],
    ['a log of another block', [{ ...good, blockNumber: '0x6' }]],
    ['a log of another event', [{ ...good, topics: [word(1), ...good.topics.slice(1)] }]],
    ['a log of another account', [{ ...good, topics: [good.topics[0], word(1)] }]],
    ['a log without topics', [{ ...good, topics: [] }]],
    ['data that is no hex', [{ ...good, data: 'hello' }]],
    ['two logs in one place', [good, { ...good, transactionHash: word(9) }]],
  ])('%s: a gap, no log', async (_, reply) => {
    const { rpc } = simulate({ head: 5, answer: () => reply })
    const reading = await read(rpc, requestFor(range(5, 5)))
    expect(reading.places).toEqual([])
    expect(reading.gaps).toMatchObject([{ range: range(5, 5), error: { code: 'malformed-reply' } }])
  })

  test('one bad log among many blocks costs its own block', async () => {
    const bad = logAt({ block: 70_000, index: 0 }, { data: 'hello' })
    const others = every(10_000, 100_000).filter(({ blockNumber }) => Number(blockNumber) !== 70_000)
    const { rpc } = simulate({ head: 100_000, logs: [...others, bad] })
    const reading = await read(rpc, requestFor(range(0, 100_000)))
    expect(reading.ranges).toEqual([range(70_000, 70_000)])
    expect(reading.places).toHaveLength(10)
  })

  test('a bug of ours is not taken for a refusal', async () => {
    const answer = () => {
      throw new TypeError('undefined is not a function')
    }
    await expect(read(simulate({ head: 9, answer }).rpc, requestFor(range(0, 9)))).rejects.toThrow(TypeError)
  })

  test('an observer that throws ends the scan', async () => {
    const onChunk = () => {
      throw new RangeError('disk')
    }
    await expect(read(simulate({ head: 9 }).rpc, requestFor(range(0, 9)), { onChunk })).rejects.toThrow(RangeError)
  })
})

describe('a stop', () => {
  test('soon after the beginning keeps what was read of an account without logs', async () => {
    const controller = new AbortController()
    const answer = rangeLimit(1_000, () => refused(-32602, 'max block range 1000'))
    const { rpc } = simulate({ head: 200_000, answer })
    // One request after the other, as at an endpoint with a low rate.
    let turn = Promise.resolve()
    let sent = 0
    const request: typeof rpc.request = (...asked) => {
      const own = turn.then(() => {
        if (++sent === 40) controller.abort()
        return rpc.request(...asked)
      })
      turn = own.then(
        () => {},
        () => {},
      )
      return own
    }
    const reading = await read({ ...rpc, request }, requestFor(range(0, 200_000)), { signal: controller.signal })
    expect(new Set(reading.gaps.map(({ error }) => error.code))).toEqual(new Set(['stopped']))
    expect(reading.chunks.length).toBeGreaterThan(5)
  })

  test('keeps what was read, and the rest is a gap', async () => {
    const controller = new AbortController()
    const answer = rangeLimit(10_000, () => refused(-32602, 'max block range 10000'))
    const { rpc } = simulate({ head: 30_000, logs: every(1_000, 30_000), answer })
    const reading = await read(rpc, requestFor(range(0, 30_000)), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    expect(reading.places.length).toBeGreaterThan(0)
    expect(reading.gaps.at(0)).toMatchObject({ error: { code: 'stopped' } })
    expect(reading.gaps.at(0)?.range.fromBlock).toBe(0n)
  })

  test('does not wait for the answer on its way', async () => {
    const controller = new AbortController()
    const { rpc } = simulate({ head: 9, answer: () => new Promise(() => undefined) })
    const reading = read(rpc, requestFor(range(0, 9)), { signal: controller.signal })
    controller.abort()
    expect((await reading).gaps).toMatchObject([{ range: range(0, 9), error: { code: 'stopped' } }])
  })
})

describe('an estimate', () => {
  const tiny = rangeLimit(10, () => refused(-32600, 'You can make eth_getLogs requests with up to a 10 block range.'))
  const paced = (over: Parameters<typeof simulate>[0]) => {
    const { rpc, asked } = simulate(over)
    return { rpc: { ...rpc, pace: () => ({ learned: null, expected: 25 }) }, asked }
  }

  test('that is too long stops the scan after a handful of requests, and says so', async () => {
    const { rpc, asked } = paced({ head: 1_000_000, answer: tiny })
    const heard: number[] = []
    const reading = await read(rpc, requestFor(range(0, 1_000_000)), {
      longestSeconds: 600,
      onEstimate: ({ requests }) => heard.push(requests),
    })
    expect(asked.length).toBeLessThan(6)
    expect(heard[0]).toBe(100_000)
    expect(reading.gaps).toMatchObject([{ range: range(0, 999_990), error: { code: 'scan-too-long' } }])
    expect(reading.chunks).toHaveLength(1)
  })

  describe('at a pace that falls', () => {
    const hundred = rangeLimit(100, () => refused(-32600, 'up to a 100 block range'))
    const scan = async (paceAt: (answers: number) => number) => {
      let answers = 0
      const { rpc, asked } = simulate({
        head: 1_000_000,
        answer: (question, found) => {
          const logs = hundred(question, found)
          answers++
          return logs
        },
      })
      const pace = () => ({ learned: null, expected: paceAt(answers) })
      const reading = await read({ ...rpc, pace }, requestFor(range(0, 1_000_000)), { longestSeconds: 600 })
      return { requests: asked.length, codes: reading.gaps.map(({ error }) => error.code) }
    }

    test('for a moment: goes on, as ten thousand requests take 400 seconds at 25 a second', async () => {
      expect((await scan((answers) => (answers > 30 && answers < 60 ? 5 : 25))).codes).toEqual([])
    })
    test('for good: stops once that is sure', async () => {
      const { requests, codes } = await scan((answers) => (answers > 30 ? 12 : 25))
      expect(codes).toEqual(['scan-too-long'])
      expect(requests).toBeGreaterThan(40)
      expect(requests).toBeLessThan(150)
    })
    test('far below any doubt: stops at once', async () => {
      const { requests, codes } = await scan(() => 2)
      expect(codes).toEqual(['scan-too-long'])
      expect(requests).toBeLessThan(6)
    })
  })

  describe('that a remembered limit makes long', () => {
    const head = 20_000_000
    const known = { maximumBlocks: 10n, requestsPerSecond: 25 }

    test('is looked for anew before that stops it, and the endpoint may give more by now', async () => {
      const { rpc, asked } = paced({ head, logs: every(100_000, head) })
      const reading = await read(rpc, requestFor(range(0, head), { known }), { longestSeconds: 600 })
      expect(reading.gaps).toEqual([])
      expect(reading.places).toHaveLength(201)
      expect(reading.limits.maximumBlocks).toBe(null)
      expect(asked.length).toBeLessThan(70)
    })
    test('stops where it still holds', async () => {
      const { rpc, asked } = paced({ head, answer: tiny })
      const reading = await read(rpc, requestFor(range(0, head), { known }), { longestSeconds: 600 })
      expect(reading.gaps).toMatchObject([{ error: { code: 'scan-too-long' } }])
      expect(reading.limits.maximumBlocks).toBe(10n)
      expect(asked.length).toBeLessThan(200)
    })
    test('takes a longer one from the words of the refusal', async () => {
      const { rpc } = paced({ head, answer: rangeLimit(500, () => refused(-32600, 'up to a 500 block range')) })
      const reading = await read(rpc, requestFor(range(0, head), { known }), { longestSeconds: 600 })
      expect(reading.gaps).toMatchObject([{ error: { code: 'scan-too-long', data: { cap: { value: '500' } } } }])
      expect(reading.limits.maximumBlocks).toBe(500n)
    })
    test.each<[string, () => Error]>([
      ['time out', () => new RpcTimeoutError(place, 30_000)],
      ['are refused for their rate', () => new RateLimitedError(place)],
      ['are refused in words that nobody understands', () => refused(-32000, 'hiccup')],
    ])('keeps to it where longer ranges %s', async (_, error) => {
      const { rpc, asked } = paced({ head: 2_000_000, answer: rangeLimit(1_000, error) })
      const before = { known: { maximumBlocks: 1_000n } }
      const reading = await read(rpc, requestFor(range(0, 2_000_000), before))
      expect([reading.gaps, reading.limits.maximumBlocks]).toEqual([[], 1_000n])
      expect(asked.length).toBeLessThan(2_010)
    })
    test('is kept where another one is only guessed', async () => {
      const answer = (asked: Question, found: readonly RpcLog[]) => {
        if (blockCount(asked) > 100_000n) throw refused(-32602, 'block range is too large')
        if (blockCount(asked) > 10n) throw new RpcTimeoutError(place, 30_000)
        return found
      }
      const { rpc } = paced({ head, answer })
      const reading = await read(rpc, requestFor(range(0, head), { known }), { longestSeconds: 600 })
      expect(reading.limits.maximumBlocks).toBe(10n)
    })
    test('is kept where nothing longer is answered', async () => {
      const answer = rangeLimit(10, () => new RpcTimeoutError(place, 30_000))
      const { rpc, asked } = paced({ head, answer })
      const reading = await read(rpc, requestFor(range(0, head), { known }), { longestSeconds: 600 })
      expect(reading.gaps).toMatchObject([{ error: { code: 'rpc-timeout' } }])
      expect(reading.limits.maximumBlocks).toBe(10n)
      expect(asked.length).toBeLessThan(100)
    })
  })

  describe('where the node names no limit', () => {
    const head = 20_000_000
    const slow = { longestSeconds: 600 }

    test.each([
      ['words that nobody understands', 'execution aborted'],
      ['a time-out in words', 'query timeout exceeded'],
      ['a range in words', 'block range too large'],
      ['too many results, though there are none', 'query returned more than 10000 results'],
    ])('stops the scan by the size that answers reach: %s', async (_, message) => {
      const { rpc, asked } = paced({ head, answer: rangeLimit(100, () => refused(-32000, message)) })
      const reading = await read(rpc, requestFor(range(0, head)), slow)
      expect(asked.length).toBeLessThan(800)
      expect(reading.gaps).toMatchObject([{ error: { code: 'scan-too-long' } }])
      expect(reading.gaps[0]?.range.fromBlock).toBe(0n)
    })

    test('does not stop one that speeds up when trouble passes', async () => {
      let requests = 0
      const answer = (asked: Question, found: readonly RpcLog[]) => {
        if (requests++ < 60 && blockCount(asked) > 100n) throw refused(-32000, 'hiccup')
        return found
      }
      const { rpc } = paced({ head, logs: every(50_000, head), answer })
      const reading = await read(rpc, requestFor(range(0, head)), slow)
      expect(reading.gaps).toEqual([])
      expect(reading.places).toHaveLength(401)
    })

    test('does not stop one whose newest blocks are crowded', async () => {
      const crowd = Array.from({ length: 100_000 }, (_, index) => logAt({ block: head - 100_000 + index, index: 0 }))
      const answer = (_: Question, found: readonly RpcLog[]) => {
        if (found.length > 1_000) throw refused(-32005, 'query returned more than 1000 results')
        return found
      }
      const { rpc } = paced({ head, logs: [...every(500_000, head - 200_000), ...crowd], answer })
      const reading = await read(rpc, requestFor(range(0, head)), slow)
      expect(reading.gaps).toEqual([])
      expect(new Set(reading.places).size).toBe(100_040)
    })

    test('does not stop one that begins with what is left between blocks read before', async () => {
      const scraps = Array.from({ length: 190 }, (_, index) => range(head - 20 * index - 9, head - 20 * index))
      const { rpc } = paced({ head, logs: every(1_000_000, head) })
      const request = requestFor(range(0, head), { ranges: () => [range(0, 15_000_000), ...scraps] })
      expect((await read(rpc, request, slow)).gaps).toEqual([])
    })
  })

  test('that nobody limits stops nothing', async () => {
    const { rpc } = paced({ head: 1_000, answer: tiny })
    expect((await read(rpc, requestFor(range(0, 1_000)), { longestSeconds: null })).gaps).toEqual([])
    expect((await read(rpc, requestFor(range(0, 1_000)), { longestSeconds: 600 })).gaps).toEqual([])
  })
})
