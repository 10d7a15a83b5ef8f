import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RpcClient } from '../../../src/core/rpc.ts'
import type { CallResult } from '../../../src/rpc/read-contracts.ts'
import { createReadRoom } from '../../../src/rpc/session/read-room.ts'

type Read = { readonly to: string; readonly data: string }
const read = (to: number, data = 0): Read => ({ to: `0x${to}`, data: `0x${data}` })
const root = { host: 'node.example' } as RpcClient // the room asks it for nothing but its name
const answerTo = ({ to, data }: Read, block: bigint): CallResult => ({
  status: 'ok',
  data: `0x${to.slice(2)}${data.slice(2)}${block}`,
})
const failure = (code: string): CallResult => ({
  status: 'failed',
  error: { code, message: code, data: {}, hints: [] },
})
const signal = new AbortController().signal

/** `answers` says what becomes of reads that are asked at once. */
function roomOf(answers: (reads: readonly Read[], block: bigint) => readonly CallResult[] | Error) {
  const asked: (readonly Read[])[] = []
  const room = createReadRoom<Read>(root, async (_, reads, block) => {
    asked.push(reads)
    await new Promise((resolve) => setTimeout(resolve, 1))
    const results = answers(reads, block)
    if (results instanceof Error) throw results
    return results
  })
  return { asked, readFor: (reads: readonly Read[], block = 7n, stop = signal) => room(reads, { block, signal: stop }) }
}
const honest = (reads: readonly Read[], block: bigint) => reads.map((one) => answerTo(one, block))

describe('contract reads of several accounts', () => {
  test('are asked at once, what two of them want once, and each has its own results in its own order', async () => {
    const { asked, readFor } = roomOf(honest)
    const [one, two] = await Promise.all([readFor([read(1), read(2)]), readFor([read(3), read(2), read(1)])])
    expect(one).toEqual([read(1), read(2)].map((each) => answerTo(each, 7n)))
    expect(two).toEqual([read(3), read(2), read(1)].map((each) => answerTo(each, 7n)))
    expect(asked).toEqual([[read(1), read(2), read(3)]])
  })

  test('of two blocks are apart', async () => {
    const { asked, readFor } = roomOf(honest)
    const results = await Promise.all([readFor([read(1)], 7n), readFor([read(1)], 8n)])
    expect(results).toEqual([[answerTo(read(1), 7n)], [answerTo(read(1), 8n)]])
    expect(asked).toHaveLength(2)
  })

  test('of an account that wants nothing ask nothing', async () => {
    const { asked, readFor } = roomOf(honest)
    expect(await readFor([])).toEqual([])
    expect(asked).toEqual([])
  })

  test('give each what it asked for, whoever asks for what and when', async () => {
    const someRead = fc.record({ to: fc.integer({ min: 1, max: 9 }), data: fc.integer({ min: 0, max: 3 }) })
    const account = fc.record({
      reads: fc.array(someRead, { maxLength: 8 }),
      block: fc.bigInt({ min: 1n, max: 2n }),
      waits: fc.nat(6),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(account, { maxLength: 12 }), fc.integer({ min: 0, max: 9 }), async (accounts, bad) => {
        // A read of one contract fails all that are asked with it.
        const { readFor } = roomOf((reads, block) =>
          reads.some(({ to }) => to === `0x${bad}`)
            ? reads.map((one, index) =>
                index === 0 && one.to !== `0x${bad}` ? answerTo(one, block) : failure('rpc-refused'),
              )
            : honest(reads, block),
        )
        await Promise.all(
          accounts.map(async ({ reads, block, waits }) => {
            await new Promise((resolve) => setTimeout(resolve, waits))
            const own = reads.map(({ to, data }) => read(to, data))
            const results = await readFor(own, block)
            expect(results).toHaveLength(own.length)
            results.forEach((result, index) => {
              const expected = answerTo(own[index] ?? read(0), block)
              if (result.status === 'ok') expect(result).toEqual(expected)
              else expect(own.some(({ to }) => to === `0x${bad}`) || bad === 0).toBe(true)
            })
          }),
        )
      }),
      { numRuns: 60 },
    )
  }, 30_000)
})

describe('what one account reads', () => {
  test.each(['http-status', 'rpc-timeout', 'rpc-refused', 'invalid-reply', 'malformed-reply'])(
    'and fails all reads with it by %s, is asked apart: the others have theirs',
    async (code) => {
      const { asked, readFor } = roomOf((reads, block) =>
        reads.map((one, index) =>
          index > 0 && reads.some(({ to }) => to === '0x9')
            ? failure(code)
            : one.to === '0x9'
              ? failure(code)
              : answerTo(one, block),
        ),
      )
      const [first, bad, last] = await Promise.all([
        readFor([read(1)]),
        readFor([read(9), read(2)]),
        readFor([read(3), read(4)]),
      ])
      expect(first).toEqual([answerTo(read(1), 7n)])
      expect(last).toEqual([answerTo(read(3), 7n), answerTo(read(4), 7n)])
      expect(bad.map(({ status }) => status)).toEqual(['failed', 'failed'])
      expect(asked).toHaveLength(3)
    },
  )

  test.each(['rate-limited', 'stopped', 'connection-failed', 'request-budget-used'])(
    'and the endpoint fails by %s, is not asked again for each',
    async (code) => {
      const { asked, readFor } = roomOf((reads, block) =>
        reads.map((one) => (one.to === '0x1' ? answerTo(one, block) : failure(code))),
      )
      const [one, two] = await Promise.all([readFor([read(1)]), readFor([read(2)])])
      expect([...one, ...two].map(({ status }) => status)).toEqual(['ok', 'failed'])
      expect(asked).toHaveLength(1)
    },
  )

  test('where nothing at all is answered, is not asked again for each', async () => {
    const { asked, readFor } = roomOf((reads) => reads.map(() => failure('http-status')))
    await Promise.all([readFor([read(1)]), readFor([read(2)])])
    expect(asked).toHaveLength(1)
  })

  test('and is stopped, ends at once: the others have theirs', async () => {
    const stopping = new AbortController()
    const { readFor } = roomOf(honest)
    const [one, two] = [readFor([read(1), read(2)], 7n, stopping.signal), readFor([read(1)])]
    stopping.abort()
    expect((await one).map((result) => result.status === 'failed' && result.error.code)).toEqual(['stopped', 'stopped'])
    expect(await two).toEqual([answerTo(read(1), 7n)])
    expect((await readFor([read(3)], 7n, stopping.signal))[0]).toMatchObject({
      status: 'failed',
      error: { code: 'stopped' },
    })
  })

  test('and meets a bug, is told so, and so are all who asked with it', async () => {
    const { readFor } = roomOf(() => new Error('a bug'))
    const outcomes = await Promise.allSettled([readFor([read(1)]), readFor([read(2)])])
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
      'a bug',
      'a bug',
    ])
  })
})
