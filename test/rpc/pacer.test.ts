import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPacer, type Pacer, type PacerOptions, pacerOf, type Turn } from '../../src/rpc/pacer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Endpoint = {
  readonly requestsPerSecond: number
  readonly burst: number
  readonly latencyMs: number
  readonly retryAfterMs?: number
}

type Load = {
  readonly requests: number
  readonly readers?: number
  readonly limit?: number
  readonly knownRate?: number
}

/** Sends requests through a pacer to an endpoint with a token bucket, on a clock that jumps to the next event. */
async function run(endpoint: Endpoint, { requests, readers = 64, limit, knownRate }: Load, options: PacerOptions = {}) {
  const pacer = createPacer(options)
  if (limit !== undefined) pacer.limitTo(limit)
  if (knownRate !== undefined) pacer.expect(knownRate)
  const bucket = { tokens: endpoint.burst, at: performance.now() }
  const isTaken = () => {
    const seconds = (performance.now() - bucket.at) / 1000
    bucket.tokens = Math.min(endpoint.burst, bucket.tokens + seconds * endpoint.requestsPerSecond)
    bucket.at = performance.now()
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
  const seen = { sentAt: [] as number[], refused: 0, most: 0, out: 0 }
  const started = performance.now()
  let next = 0
  const one = async (isRetry: boolean): Promise<void> => {
    const turn = await pacer.acquire({ isRetry })
    if (turn === null) throw new Error('no turn')
    seen.sentAt.push(performance.now())
    seen.most = Math.max(seen.most, ++seen.out)
    await sleep(endpoint.latencyMs / 2)
    const isAccepted = isTaken()
    await sleep(endpoint.latencyMs / 2)
    seen.out--
    if (isAccepted) return turn.answered()
    seen.refused++
    turn.limited(endpoint.retryAfterMs ?? null)
    return one(true)
  }
  const reader = async () => {
    while (next++ < requests) await one(false)
  }
  await untilDone(Promise.all(Array.from({ length: readers }, reader)))
  return { ...seen, seconds: (performance.now() - started) / 1000, pace: pacer.pace() }
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

async function untilDone<Result>(work: Promise<Result>): Promise<Result> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  done.catch(() => {})
  while (!isDone) await vi.advanceTimersToNextTimerAsync()
  return done
}

/** The time that no sender can undercut. */
function boundOf({ requestsPerSecond, burst, latencyMs }: Endpoint, requests: number): number {
  const byRate = (requests - burst) / requestsPerSecond
  return Math.max(byRate, (Math.ceil(requests / 64) * latencyMs) / 1000) + latencyMs / 1000
}

describe('an endpoint whose rate nobody told', () => {
  test.each<[string, Endpoint, number]>([
    ['40 a second', { requestsPerSecond: 40, burst: 40, latencyMs: 80 }, 400],
    ['25 a second with Retry-After', { requestsPerSecond: 25, burst: 25, latencyMs: 80, retryAfterMs: 1000 }, 500],
    ['500 a second', { requestsPerSecond: 500, burst: 500, latencyMs: 80 }, 4000],
    ['a bucket larger than a second', { requestsPerSecond: 40, burst: 200, latencyMs: 80 }, 800],
    ['a small bucket', { requestsPerSecond: 40, burst: 5, latencyMs: 80 }, 400],
  ])('%s: read within a tenth of the bound, few refusals', async (_, endpoint, requests) => {
    const { seconds, refused, sentAt } = await run(endpoint, { requests })
    expect(seconds / boundOf(endpoint, requests)).toBeLessThanOrEqual(1.1)
    expect(refused / sentAt.length).toBeLessThanOrEqual(0.12)
  })

  test('its rate is learned', async () => {
    const { pace } = await run({ requestsPerSecond: 40, burst: 40, latencyMs: 80 }, { requests: 600 })
    expect(pace.learned).toBeGreaterThan(36)
    expect(pace.learned).toBeLessThan(46)
    expect(pace.expected).toBe(pace.learned)
  })

  test('the wider, the slower it grows: a bucket that is empty then refuses all that is out', async () => {
    const endpoint = { requestsPerSecond: 40, burst: 120, latencyMs: 240 }
    const { most, refused } = await run(endpoint, { requests: 200 })
    expect(most).toBeGreaterThan(40)
    expect(refused).toBeLessThanOrEqual(20)
  })

  test('a known rate spares most of the refusals', async () => {
    const endpoint = { requestsPerSecond: 40, burst: 40, latencyMs: 80 }
    const blind = await run(endpoint, { requests: 600 })
    const known = await run(endpoint, { requests: 600, knownRate: 39 })
    expect(known.refused).toBeLessThan(blind.refused / 2)
  })

  test.each([5, 400])('a known rate of %d that is wrong is corrected', async (knownRate) => {
    const endpoint = { requestsPerSecond: 40, burst: 40, latencyMs: 80 }
    const { seconds, pace } = await run(endpoint, { requests: 1200, knownRate })
    expect(pace.learned).toBeGreaterThan(30)
    expect(pace.learned).toBeLessThan(60)
    expect(seconds).toBeLessThan(45)
  })

  test('whatever its bucket, everything is answered, in bounded time, and refusals stay bounded', async () => {
    const endpoints = fc.record({
      requestsPerSecond: fc.integer({ min: 2, max: 200 }),
      burst: fc.integer({ min: 1, max: 400 }),
      latencyMs: fc.integer({ min: 4, max: 400 }),
    })
    await fc.assert(
      fc.asyncProperty(endpoints, async (endpoint) => {
        const { seconds, refused, most } = await run(endpoint, { requests: 200 })
        expect(most).toBeLessThanOrEqual(64)
        // A whole window is out when the bucket runs dry, and the rounds after it halve: together at most two windows.
        expect(refused).toBeLessThanOrEqual(2 * 64 + 0.3 * 200)
        // A bucket of one or two at many a second measures too little for some seconds: 4.1 times was the most of 600 runs.
        expect(seconds).toBeLessThanOrEqual(5 * boundOf(endpoint, 200) + 5)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

describe('an endpoint without a limit', () => {
  test('the first request goes alone, then as many as 64 at once', async () => {
    const endpoint = { requestsPerSecond: 1e9, burst: 1e9, latencyMs: 100 }
    const { sentAt, most, refused, pace } = await run(endpoint, { requests: 600 })
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(100)
    expect(most).toBe(64)
    expect(refused).toBe(0)
    expect(pace.learned).toBeNull()
    expect(pace.expected).toBeCloseTo(640, -1)
  })

  test('before the first answer nothing is expected', () => {
    expect(createPacer().pace()).toEqual({ learned: null, expected: null })
  })
})

describe("the user's own limit", () => {
  test('holds in every second', async () => {
    const endpoint = { requestsPerSecond: 1e9, burst: 1e9, latencyMs: 20 }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 80 }), async (limit) => {
        const { sentAt, pace } = await run(endpoint, { requests: limit * 3, limit })
        for (const from of sentAt)
          expect(sentAt.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(limit)
        expect(pace.expected).toBeCloseTo(limit)
      }),
      { numRuns: 15 },
    )
  }, 60_000)

  test('the lowest of two holds', async () => {
    const pacer = createPacer()
    pacer.limitTo(10)
    pacer.limitTo(50)
    expect(pacer.pace().expected).toBeCloseTo(10)
  })
})

/** A pacer with its window open for more than one. */
async function warm(pacer: Pacer, answers = 8): Promise<void> {
  for (let index = 0; index < answers; index++) (await granted(pacer)).answered()
}

async function granted(pacer: Pacer, isRetry = false): Promise<Turn> {
  const turn = await untilDone(pacer.acquire({ isRetry }))
  if (turn === null) throw new Error('no turn')
  return turn
}

describe('turns', () => {
  test('come in order, retries first', async () => {
    const pacer = createPacer()
    const first = await granted(pacer)
    const order: string[] = []
    const wait = (name: string, isRetry: boolean) =>
      pacer.acquire({ isRetry }).then((turn) => {
        order.push(name)
        turn?.answered()
      })
    const all = Promise.all([wait('one', false), wait('two', false), wait('again', true)])
    first.answered()
    await untilDone(all)
    expect(order).toEqual(['again', 'one', 'two'])
  })

  test("that are not used take nobody's time, however slow the pace", async () => {
    const pacer = createPacer()
    pacer.limitTo(0.1)
    const begun = performance.now()
    const used = await granted(pacer)
    used.answered()
    const rest = Promise.all(
      Array.from({ length: 5 }, () => pacer.acquire({ isRetry: false }).then((turn) => turn?.unused())),
    )
    await untilDone(rest)
    expect(performance.now() - begun).toBeLessThan(2 * 10_000)
  })

  test('that are not used go to the next', async () => {
    const pacer = createPacer()
    const first = await granted(pacer)
    const second = pacer.acquire({ isRetry: false })
    first.unused()
    expect(await second).not.toBeNull()
  })

  test('end with the signal, and leave neither listener nor timer', async () => {
    const pacer = createPacer()
    await warm(pacer)
    ;(await granted(pacer)).limited(20_000)
    const controller = new AbortController()
    const waiting = pacer.acquire({ isRetry: false, signal: controller.signal })
    expect(vi.getTimerCount()).toBe(1)
    controller.abort()
    expect(await waiting).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
    expect(await pacer.acquire({ isRetry: false, signal: controller.signal })).toBeNull()
  })

  test('are fewer after faults', async () => {
    const pacer = createPacer()
    await warm(pacer, 7)
    const turns = await Promise.all(Array.from({ length: 8 }, () => granted(pacer)))
    for (const turn of turns) turn.failed()
    await granted(pacer)
    const next = pacer.acquire({ isRetry: false })
    const state = await Promise.race([next.then(() => 'granted'), Promise.resolve('waiting')])
    expect(state).toBe('waiting')
  })
})

describe('refusals', () => {
  test('Retry-After holds for everybody', async () => {
    const pacer = createPacer()
    await warm(pacer)
    const started = performance.now()
    ;(await granted(pacer)).limited(3_000)
    await Promise.all([granted(pacer), granted(pacer, true)])
    expect(performance.now() - started).toBeGreaterThanOrEqual(3_000)
  })

  test.each([
    ['an hour', 3_600_000, 30_000],
    ['a month', 2_592_000_000, 30_000],
    ['no end', 1e23, 30_000],
    ['as long as is waited', 30_000, 30_000],
    ['a moment less', 29_999, 29_999],
  ])('a Retry-After of %s is waited for up to the longest pause', async (_, waitMs, waitedMs) => {
    const pacer = createPacer()
    await warm(pacer)
    const started = performance.now()
    ;(await granted(pacer)).limited(waitMs)
    await granted(pacer)
    expect(performance.now() - started).toBe(waitedMs)
  })

  test('the longest pause can be chosen', async () => {
    const pacer = createPacer({ longestWaitMs: 200 })
    await warm(pacer)
    const started = performance.now()
    ;(await granted(pacer)).limited(86_400_000)
    await granted(pacer)
    expect(performance.now() - started).toBe(200)
  })

  test('a wait longer than any timer is not one of no time', async () => {
    const pacer = createPacer()
    pacer.limitTo(1e-7)
    ;(await granted(pacer)).answered()
    const started = performance.now()
    const next = pacer.acquire({ isRetry: false })
    await vi.advanceTimersToNextTimerAsync()
    expect(performance.now() - started).toBe(2 ** 31 - 1)
    await untilDone(next)
    expect(performance.now() - started).toBeGreaterThanOrEqual(1e10)
  })

  test('requests that were out together are one round', async () => {
    const pacer = createPacer()
    await warm(pacer)
    const turns = await Promise.all([granted(pacer), granted(pacer), granted(pacer)])
    await vi.advanceTimersByTimeAsync(100)
    for (const turn of turns) turn.limited(null)
    expect(pacer.refusals()).toMatchObject({ rounds: 1, hasEverAnswered: true })
  })

  test('round after round, one at a time is asked, ever more slowly; an answer ends it', async () => {
    const pacer = createPacer({ backoffMs: 100 })
    const sentAt: number[] = []
    for (let round = 0; round < 4; round++) {
      const turn = await granted(pacer)
      sentAt.push(performance.now())
      turn.limited(null)
    }
    expect(sentAt.slice(1).map((at, index) => Math.round(at - (sentAt[index] ?? 0)))).toEqual([100, 200, 400])
    expect(pacer.refusals()).toMatchObject({ rounds: 4, hasEverAnswered: false })
    const last = await granted(pacer)
    last.answered()
    expect(pacer.refusals()).toEqual({ rounds: 0, lastedMs: 0, hasEverAnswered: true })
  })

  test('giving up ends all waiting, and the next may try again', async () => {
    const pacer = createPacer({ backoffMs: 100 })
    ;(await granted(pacer)).limited(null)
    const waiting = [pacer.acquire({ isRetry: false }), pacer.acquire({ isRetry: true })]
    pacer.giveUp()
    expect(await Promise.all(waiting)).toEqual([null, null])
    expect(vi.getTimerCount()).toBe(0)
    await granted(pacer)
  })
})

test('an endpoint has one pacer in the process, another endpoint another', () => {
  expect(pacerOf('0011223344556677', {})).toBe(pacerOf('0011223344556677', {}))
  expect(pacerOf('0011223344556677', {})).not.toBe(pacerOf('7766554433221100', {}))
})
