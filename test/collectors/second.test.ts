import { describe, expect, test } from 'vitest'
import second from '../../src/collectors/second.ts'
import type { CollectContext } from '../../src/core/collector.ts'
import type { SecondFacts } from '../../src/core/facts.ts'
import type { Reading, SecondAnswer } from '../../src/core/second-opinion.ts'
import { chain, hashOf, owner } from '../../src/testing.ts'
import { collectOptions, fakeRpc } from '../support/fake-rpc.ts'
import { stoppable } from '../support/stoppable.ts'

const facts = { chain: chain() }
const { block } = facts.chain
const blockWords = (number: bigint) => `${number}, ${hashOf(number)}, ${block.timestamp}`

type Answer = SecondAnswer | ((reading: Reading) => SecondAnswer)
type Answers = Partial<Record<Reading['kind'], Answer>>
const said = (value: string): SecondAnswer => ({ kind: 'value', value })
const refused: SecondAnswer = {
  kind: 'failed',
  error: { code: 'rpc-refused', message: 'The node refused.', data: {}, hints: [] },
}

const sound: Answers = {
  'chain-id': said('1'),
  block: (reading) => said(blockWords('block' in reading && reading.block !== 'latest' ? reading.block : block.number)),
  balance: said('5'),
  nonce: said('7'),
  code: said('0x'),
}

async function readFrom(answers: Answers | null, signal = stoppable().signal) {
  const asked: Reading[] = []
  const reader: CollectContext['second'] = {
    host: 'second.example',
    requestCount: () => asked.length,
    read: async (readings) => {
      asked.push(...readings)
      return readings.map((reading) => {
        const answer = answers?.[reading.kind] ?? refused
        return typeof answer === 'function' ? answer(reading) : answer
      })
    },
  }
  const context: CollectContext = {
    rpc: fakeRpc({}),
    options: collectOptions(),
    store: null,
    ...(answers !== null && { second: reader }),
    signal,
    now: () => 1_730_000_010,
    report: () => undefined,
  }
  const read = async (): Promise<SecondFacts> => second.decode(await second.fetch(context, facts), facts)
  return { read, asked }
}

test('without a second endpoint there is none, and that is complete', async () => {
  const { read } = await readFrom(null)
  expect(await read()).toEqual({ endpoint: null, missing: [] })
})

test('the account is read at the block of the run', async () => {
  const { read, asked } = await readFrom(sound)
  expect(await read()).toEqual({
    endpoint: {
      host: 'second.example',
      head: block,
      observedAt: 1_730_000_010,
      block,
      balance: 5n,
      nonce: 7,
      code: '0x',
    },
    missing: [],
  })
  expect(asked.slice(-3)).toEqual(
    ['balance', 'nonce', 'code'].map((kind) => ({ kind, address: owner, block: block.number })),
  )
})

test('an endpoint of another chain is not told the account', async () => {
  const { read, asked } = await readFrom({ ...sound, 'chain-id': said('137') })
  await expect(read()).rejects.toMatchObject({ code: 'second-other-chain' })
  expect(asked).toEqual([{ kind: 'chain-id' }])
})

test('one that does not answer fails with its own reason', async () => {
  const { read } = await readFrom({})
  await expect(read()).rejects.toMatchObject({ code: 'rpc-refused' })
})

test('a part that is refused is missing, and nothing is made up for it', async () => {
  const { read } = await readFrom({ ...sound, balance: refused })
  expect(await read()).toMatchObject({
    endpoint: { balance: null, nonce: 7, code: '0x' },
    missing: [{ about: 'second-endpoint', error: { code: 'rpc-refused' } }],
  })
})

describe('an endpoint behind', () => {
  const behind = (blocks: bigint, arrivesAfter: number): Answers => {
    let asked = 0
    return {
      ...sound,
      block: (reading) => {
        if ('block' in reading && reading.block === 'latest') return said(blockWords(block.number - blocks))
        return asked++ < arrivesAfter ? { kind: 'absent' } : said(blockWords(block.number))
      },
    }
  }

  test('by little is waited for', async () => {
    const { read } = await readFrom(behind(2n, 1))
    expect(await read()).toMatchObject({ endpoint: { block, balance: 5n }, missing: [] })
  })

  test('by much is not, and is asked nothing about the account', async () => {
    const { read, asked } = await readFrom(behind(33n, 1))
    expect(await read()).toMatchObject({
      endpoint: { head: { number: block.number - 33n }, block: null, balance: null, nonce: null, code: null },
      missing: [{ about: 'second-endpoint', error: { code: 'second-without-block' } }],
    })
    expect(asked.map(({ kind }) => kind)).toEqual(['chain-id', 'block', 'block'])
  })

  test('is not waited for once the run is stopped', async () => {
    const { read } = await readFrom(behind(2n, 1), AbortSignal.abort())
    expect(await read()).toMatchObject({ endpoint: { block: null }, missing: [{ about: 'second-endpoint' }] })
  })
})
