import { describe, expect, test } from 'vitest'
import { blockCount } from '../../../src/domain/block-range.ts'
import { logFilters } from '../../../src/domain/log-filters.ts'
import { addressTopic, topics } from '../../../src/domain/topics.ts'
import { StateUnavailableError } from '../../../src/rpc/errors.ts'
import {
  account,
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

const many = (count: number, step: number) =>
  Array.from({ length: count }, (_, number) => logAt({ block: number * step, index: 0 }))
const cutAt = (maximum: number) => (_: Question, found: readonly RpcLog[]) => found.slice(0, maximum)

describe('an answer that was cut without a word', () => {
  test.each([500, 1_000, 1_024, 1_500, 10_000])('at %i logs is found out, and every log is read', async (maximum) => {
    const logs = many(maximum * 3, 7)
    const { rpc } = simulate({ head: maximum * 21, logs, answer: cutAt(maximum) })
    const reading = await read(rpc, requestFor(range(0, maximum * 21)))
    expect(new Set(reading.places).size).toBe(maximum * 3)
    expect(reading.places).toHaveLength(maximum * 3)
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumLogs).toBe(maximum)
  })

  test('at a number that nobody would guess is found out by its return, and earlier answers are read again', async () => {
    const logs = many(5_000, 10)
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 20_000n) throw refused(-32602, 'max block range 20000')
      return found.slice(0, 777)
    }
    const { rpc } = simulate({ head: 50_000, logs, answer })
    const reading = await read(rpc, requestFor(range(0, 49_999)))
    expect(new Set(reading.places).size).toBe(5_000)
    expect(reading.gaps).toEqual([])
    expect(reading.limits.maximumLogs).toBe(777)
  })

  test('in two filters at the same number is found out', async () => {
    const received = many(2_000, 10).map((log) => ({
      ...log,
      topics: [topics.transfer, word(1), addressTopic(account)],
      logIndex: '0x1',
    }))
    const { rpc } = simulate({ head: 20_000, logs: [...many(2_000, 10), ...received], answer: cutAt(777) })
    const reading = await read(rpc, requestFor(range(0, 20_000), { filters: logFilters.slice(0, 2) }))
    expect(new Set(reading.places).size).toBe(4_000)
    expect(reading.gaps).toEqual([])
  })

  describe('at a usual limit, by a node that gave or stated more', () => {
    const logs = many(9_000, 3)
    const readAll = async (answer: (asked: Question, found: readonly RpcLog[]) => unknown, known = {}) => {
      const { rpc } = simulate({ head: 29_999, logs, answer })
      const reading = await read(rpc, requestFor(range(0, 29_999), known))
      // Blocks that are delivered again replace what was delivered before.
      expect(new Set(reading.places).size).toBe(9_000)
      expect(reading.gaps).toEqual([])
      return reading
    }

    test('is found out when an earlier scan learned a larger one', async () => {
      const reading = await readAll(cutAt(1_000), { known: { maximumLogs: 10_000 } })
      expect(reading.limits.maximumLogs).toBe(1_000)
    })

    test.each([1_000, 1_024, 2_000])('is found out when the first answer was whole: later %i', async (later) => {
      let answers = 0
      await readAll((asked, found) => {
        if (blockCount(asked) > 10_000n) throw refused(-32602, 'block range is too wide, the maximum is 10000 blocks')
        return found.slice(0, answers++ === 0 ? undefined : later)
      })
    })

    test('is found out when the node stated a larger one and kept to it at first', async () => {
      let answers = 0
      await readAll((_, found) => {
        if (++answers > 3) return found.slice(0, 1_000)
        if (found.length > 5_000) throw refused(-32005, 'query returned more than 5000 results')
        return found
      })
    })

    test('is found out when a part of an answer comes back with less than the whole showed', async () => {
      let answers = 0
      // 3,500 of 10,500 blocks: round, so it is read again in parts, and each of them is cut at what nobody would guess.
      await readAll((asked, found) => {
        if (blockCount(asked) > 10_500n) throw refused(-32602, 'block range is too wide, the maximum is 10500 blocks')
        return found.slice(0, answers++ === 0 ? undefined : 777)
      })
    })
  })

  test('is not found where parts have no logs at all that the whole showed: their blocks are a gap', async () => {
    const logs = many(1_000, 10)
    let answers = 0
    const answer = (asked: Question, found: readonly RpcLog[]) => (answers++ > 0 && asked.fromBlock === 0n ? [] : found)
    const reading = await read(simulate({ head: 9_999, logs, answer }).rpc, requestFor(range(0, 9_999)))
    expect(reading.gaps).toMatchObject([{ range: range(0, 4_990), error: { code: 'logs-unconfirmed' } }])
    expect(reading.places).toHaveLength(500)
  })

  test('is not suspected of a node that says what it takes, below that', async () => {
    const answer = (_: Question, found: readonly RpcLog[]) => {
      if (found.length > 2_000) throw refused(-32005, 'query returned more than 2000 results')
      return found
    }
    const { rpc, asked } = simulate({ head: 9_999, logs: many(10_000, 1), answer })
    const reading = await read(rpc, requestFor(range(0, 9_999)))
    expect(reading.places).toHaveLength(10_000)
    expect(asked.length).toBeLessThanOrEqual(9)
  })

  test('is not suspected again and again of a number that proved to be chance', async () => {
    // Two hundred ranges with 500 logs each, and the newest with 1,000.
    const newest = Array.from({ length: 500 }, (_, number) => logAt({ block: 99_500 + number, index: 1 }))
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 500n) throw refused(-32602, 'block range is too wide, the maximum is 500 blocks')
      return found
    }
    const { rpc, asked } = simulate({ head: 99_999, logs: [...many(100_000, 1), ...newest], answer })
    const reading = await read(rpc, requestFor(range(0, 99_999)))
    expect(reading.places).toHaveLength(100_500)
    expect(reading.gaps).toEqual([])
    expect(asked.length).toBeLessThan(400)
  })

  test('with exactly as many logs as there are costs two more requests', async () => {
    const { rpc, asked } = simulate({ head: 10_000, logs: many(1_000, 10) })
    const reading = await read(rpc, requestFor(range(0, 10_000)))
    expect(reading.places).toHaveLength(1_000)
    expect(reading.limits.maximumLogs).toBeNull()
    expect(asked).toHaveLength(3)
  })

  test('within one block is a gap', async () => {
    const logs = Array.from({ length: 1_000 }, (_, index) => logAt({ block: 8, index }))
    const reading = await read(simulate({ head: 15, logs }).rpc, requestFor(range(0, 15)))
    expect(reading.gaps).toMatchObject([{ range: range(8, 8), error: { code: 'logs-cut' } }])
    expect(reading.places).toEqual([])
  })
})

const withoutHeads = (methods: readonly string[]) => methods.filter((method) => method !== 'eth_blockNumber')

describe('logs that a node no longer has', () => {
  const head = 1_000_000
  const edge = 612_345
  const prefixGap = (gaps: readonly { range: { fromBlock: bigint; toBlock: bigint } }[]) => {
    expect(gaps).toHaveLength(1)
    expect(gaps[0]?.range.fromBlock).toBe(0n)
    expect(gaps[0]?.range.toBlock).toBeGreaterThanOrEqual(BigInt(edge - 1))
    // The search ends where its steps are fine enough.
    expect(gaps[0]?.range.toBlock).toBeLessThan(BigInt(edge + 1_000))
  }

  test('are a gap although the node says "none"', async () => {
    const { rpc } = simulate({ head, logs: every(50_000, head), prunedBefore: edge })
    const reading = await read(rpc, requestFor(range(0, head)))
    prefixGap(reading.gaps)
    expect(reading.gaps).toMatchObject([{ error: { code: 'logs-pruned' } }])
    expect(reading.places).toEqual(
      [650_000, 700_000, 750_000, 800_000, 850_000, 900_000, 950_000, 1_000_000].map((at) => `${at}:0`),
    )
  })

  test('are a gap when the scan goes in many steps, and their blocks are not asked for', async () => {
    const answer = (asked: Question, found: readonly RpcLog[]) => {
      if (blockCount(asked) > 1_000n) throw refused(-32602, 'max block range 1000')
      return found
    }
    const { rpc, asked } = simulate({ head, logs: every(50_000, head), prunedBefore: edge, answer })
    const reading = await read(rpc, requestFor(range(0, head)))
    prefixGap(reading.gaps)
    expect(asked.length).toBeLessThan(600)
  })

  test('are not looked for when the account itself has logs in the oldest tenth', async () => {
    const { rpc, methods } = simulate({ head, logs: every(50_000, head) })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toEqual([])
    // The scan, and the pinned block by its hash and by its number.
    expect(withoutHeads(methods)).toEqual(['eth_getLogs', 'eth_getLogs', 'eth_getBlockByNumber'])
  })

  test('are believed to be none when an old block answers with its logs', async () => {
    const { rpc, methods } = simulate({ head })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toEqual([])
    expect(withoutHeads(methods)).toHaveLength(8) // the scan, four headers, one old block, the pinned block twice
    expect(reading.requests).toBe(8 + 10) // five machines' heads, at the beginning and at the end
  })

  test('cannot be missed on a chain without any', async () => {
    const { rpc } = simulate({ head, hasBloom: () => false })
    expect((await read(rpc, requestFor(range(0, head)))).gaps).toEqual([])
  })

  test.each<[string, (block: number) => unknown]>([
    ['are null', () => Promise.resolve(null)],
    ['are refused as unknown', () => refused(-32000, 'header not found')],
    ['are refused as pruned', () => new StateUnavailableError(place, 'pruned history unavailable')],
  ])('are a gap where their headers %s', async (_, gone) => {
    const onHeader = (block: number) => (block < edge ? gone(block) : undefined)
    const { rpc } = simulate({ head, logs: every(50_000, head), prunedBefore: edge, onHeader })
    const reading = await read(rpc, requestFor(range(0, head)))
    prefixGap(reading.gaps)
    expect(reading.gaps).toMatchObject([{ error: { code: 'logs-pruned' } }])
    expect(reading.places[0]).toBe('650000:0')
  })

  test('are there where only their headers are not', async () => {
    const onHeader = (block: number) => (block < edge ? Promise.resolve(null) : undefined)
    const { rpc } = simulate({ head, logs: every(50_000, head).slice(4), onHeader })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toHaveLength(17)
  })

  test.each<[string, (block: number) => unknown]>([
    ['logs of a later block', (block) => [logAt({ block: Math.max(block, edge), index: 0, account: 999 })]],
    ['what is no log', (block) => (block < edge ? [{ junk: 1 }] : [logAt({ block, index: 0 })])],
  ])('are a gap although an old block is answered with %s', async (_, onCanary) => {
    const { rpc } = simulate({ head, logs: every(50_000, head), prunedBefore: edge, onCanary })
    prefixGap((await read(rpc, requestFor(range(0, head)))).gaps)
  })

  describe('on a chain whose headers announce none', () => {
    const headerWith = (gasUsed: string) => (block: number) => ({
      number: `0x${block.toString(16)}`,
      hash: word(0xb10c0000 + block),
      logsBloom: `0x${'0'.repeat(512)}`,
      transactions: [word(1), word(2)],
      gasUsed,
    })
    const someLog = (since: number) => (block: number) => (block < since ? [] : [logAt({ block, index: 0 })])
    const gapsOf = async (gasUsed: string, since: number) => {
      const onHeader = headerWith(gasUsed)
      const logs = every(50_000, head)
      const { rpc } = simulate({ head, logs, prunedBefore: edge, onHeader, onCanary: someLog(since) })
      return (await read(rpc, requestFor(range(0, head)))).gaps
    }

    test('are a gap where old blocks did more than transfers and show none', async () => {
      prefixGap(await gapsOf('0xa411', edge)) // 42,001: more than two transfers
    })

    test('are not confirmed where no such block shows any: nothing before the first own log is believed', async () => {
      const gaps = await gapsOf('0xa411', head + 1)
      expect(gaps).toMatchObject([{ range: range(0, 649_999), error: { code: 'logs-unconfirmed' } }])
    })

    test('are believed to be none where an old block shows its own', async () => {
      expect(await gapsOf('0xa411', 0)).toEqual([])
    })

    test('cannot be missed where blocks hold only transfers', async () => {
      expect(await gapsOf('0xa410', edge)).toEqual([])
    })
  })

  test('a canary stands where blocks have logs: the first ones of a chain have none', async () => {
    const { rpc } = simulate({ head, prunedBefore: edge, hasBloom: (block) => block > 150_000 })
    prefixGap((await read(rpc, requestFor(range(0, head)))).gaps)
  })

  test('of a young range are not looked for', async () => {
    const { rpc, methods } = simulate({ head })
    await read(rpc, requestFor(range(head - 200, head)))
    expect(withoutHeads(methods)).toHaveLength(3)
  })

  test('nothing older than an own log is believed when no canary can answer', async () => {
    const onCanary = () => {
      throw refused(-32602, 'a filter without topics is not welcome here')
    }
    const { rpc } = simulate({ head, logs: every(300_000, head).slice(2), onCanary })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toMatchObject([{ range: range(0, 599_999), error: { code: 'rpc-refused' } }])
    expect(reading.places).toEqual(['600000:0', '900000:0'])
  })

  test('an empty answer newer than an own log is believed, whatever filter it is of', async () => {
    const onCanary = () => {
      throw refused(-32602, 'a filter without topics is not welcome here')
    }
    const { rpc } = simulate({ head, logs: every(300_000, head).slice(2), onCanary })
    const reading = await read(rpc, requestFor(range(0, head), { filters: logFilters.slice(0, 2) }))
    expect(reading.ranges).toEqual([range(0, 599_999), range(0, 599_999)])
    expect(reading.chunks.map(({ filter, range }) => [filter.name, range])).toContainEqual([
      'received',
      range(600_000, head),
    ])
  })

  test('an index that finds nothing anywhere is not believed', async () => {
    const { rpc } = simulate({ head, onCanary: () => [] })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toMatchObject([{ range: range(0, head), error: { code: 'logs-unconfirmed' } }])
  })
})

describe('the newest blocks', () => {
  const head = 1_000
  const unsettled = range(937, 1_000)
  const unknownBlock = () => {
    throw refused(-32000, 'unknown block')
  }

  test('of an endpoint that lags behind are read again until it knows the pinned block', async () => {
    let isBehind = true
    const { rpc } = simulate({
      head,
      logs: [logAt({ block: 999, index: 0 })],
      answer: (_, found) => (isBehind ? [] : found),
      onPinned: () => {
        if (!isBehind) return []
        setTimeout(() => {
          isBehind = false
        }, 5)
        return unknownBlock()
      },
      onHead: () => (isBehind ? '0x3de' : '0x3e8'), // 990, 1000
    })
    const reading = await read(rpc, requestFor(range(0, head)), { catchUpMs: 30 })
    expect(reading.gaps).toEqual([])
    expect(reading.places).toEqual(['999:0'])
    expect(reading.chunks.map(({ range }) => range)).toEqual([range(0, head), unsettled])
  })

  test('are read again when the endpoint was behind at first, though it knows the pinned block at the end', async () => {
    let scans = 0
    let heads = 0
    const { rpc } = simulate({
      head,
      logs: [logAt({ block: 999, index: 0 })],
      answer: (_, found) => (scans++ === 0 ? [] : found),
      onHead: () => (heads++ === 1 ? '0x3de' : '0x3e8'), // 990, 1000
    })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toEqual([])
    expect(reading.places).toEqual(['999:0'])
    expect(reading.chunks.map(({ range }) => range)).toEqual([range(0, head), unsettled])
  })

  test.each([
    ['says so', unknownBlock],
    ['answers null', () => Promise.resolve(null)],
  ])('of an endpoint that stays behind and %s are a gap', async (_, onPinned) => {
    const { rpc } = simulate({ head, onPinned, onHead: () => '0x3de' })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toMatchObject([{ range: unsettled, error: { code: 'endpoint-behind' } }])
  })

  test('from the head of an endpoint that is far behind are a gap', async () => {
    const { rpc } = simulate({ head, onPinned: unknownBlock, onHead: () => '0x64' })
    expect((await read(rpc, requestFor(range(0, head)))).ranges).toEqual([range(101, head)])
  })

  const nothingAt = (number: number) => (block: number) => (block === number ? Promise.resolve(null) : undefined)

  test('from the head of an endpoint that has no pinned block yet are a gap', async () => {
    const { rpc } = simulate({ head, onPinned: unknownBlock, onHeader: nothingAt(head), onHead: () => '0x64' })
    const reading = await read(rpc, requestFor(range(0, head)))
    expect(reading.gaps).toMatchObject([{ range: range(101, head), error: { code: 'endpoint-behind' } }])
  })

  test('count where logs cannot be asked for by block hash', async () => {
    const onPinned = () => {
      throw refused(-32602, 'invalid argument 0: blockHash is not supported')
    }
    expect((await read(simulate({ head, onPinned }).rpc, requestFor(range(0, head)))).gaps).toEqual([])
  })

  test.each([
    [
      'has another hash',
      (block: number) => (block === head ? { number: '0x3e8', hash: word(1), logsBloom: '0x00' } : undefined),
    ],
    ['is gone', nothingAt(head)],
  ])('are a gap when the pinned block %s', async (_, onHeader) => {
    const { rpc } = simulate({ head, onHeader })
    const reading = await read(rpc, requestFor(range(0, head), { filters: logFilters.slice(0, 2) }))
    expect(reading.gaps).toMatchObject([
      { range: unsettled, error: { code: 'reorganised' } },
      { range: unsettled, error: { code: 'reorganised' } },
    ])
  })

  test('are not asked for when only old blocks are read', async () => {
    const { rpc } = simulate({ head, onPinned: unknownBlock })
    const old = { ...requestFor(range(0, head)), ranges: () => [range(0, 900)] }
    expect((await read(rpc, old)).gaps).toEqual([])
  })
})
