/** Symbols and names that a run reads are kept for the runs of a week. What else a token says is read each time. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { encodeAbiParameters } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import tokensCollector from '../../src/collectors/tokens.ts'
import type { TokenFacts } from '../../src/core/facts.ts'
import type { Store } from '../../src/core/store.ts'
import { selectors } from '../../src/domain/token-calls.ts'
import { createCache } from '../../src/store/create-cache.ts'
import { forgivingStore } from '../../src/store/forgiving-store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { openStore } from '../../src/store/open-store.ts'
import { at, chain, hashOf, logs } from '../../src/testing.ts'
import { emptyFolder } from '../store/support/folder.ts'
import { type FakeContract, fakeContracts } from '../support/fake-contracts.ts'
import { read, refused } from '../support/fake-rpc.ts'

const string = (text: string) => encodeAbiParameters([{ type: 'string' }], [text])
const token = at(0x70)
const other = at(0x71)
const day = 24 * 3600
const began = 1_760_000_000

const tkn: FakeContract = {
  'balanceOf(address)': 7n,
  'symbol()': string('TKN'),
  'name()': string('Token'),
  'decimals()': 6n,
}
const renamed: FakeContract = { ...tkn, 'symbol()': string('NEW'), 'name()': string('New name'), 'decimals()': 8n }

type Run = {
  readonly store?: Store
  /** The pinned block, and Unix seconds of its time after the first. */
  readonly block?: bigint
  readonly seconds?: number
  /** Another chain with the same id. */
  readonly branch?: bigint
  readonly chainId?: number
  readonly contracts?: readonly FakeContract[]
  readonly header?: (tag: Hex) => unknown
}

/** One run about tokens at 0x70, 0x71 and so on. `asked`: the tokens whose symbols were asked for; `headers`: the blocks that were. */
async function run({
  store,
  block = 1_000n,
  seconds = 0,
  branch = 0n,
  chainId = 31337,
  contracts = [tkn],
  header,
}: Run): Promise<{ facts: TokenFacts; asked: readonly unknown[]; headers: readonly unknown[] }> {
  const hashAt = (number: bigint) => hashOf(number + branch * 1_000_000n)
  const addresses = contracts.map((_, index) => at(0x70 + index))
  const table = new Map(contracts.map((contract, index) => [at(0x70 + index), contract]))
  const standing = (tag: Hex) => ({ number: tag, hash: hashAt(BigInt(tag)) })
  const rpc = fakeContracts(table, { eth_getBlockByNumber: header ?? standing })
  const pinned = { number: block, hash: hashAt(block), timestamp: began + seconds }
  const tokens = addresses.map((address) => ({ chainId: null, address }))
  const facts = await read(tokensCollector, {
    rpc,
    facts: { chain: chain({ chainId, block: pinned, head: pinned }), logs: logs() },
    options: { tokenLists: [{ name: 'mine.json', date: '2026-01-02', tokens }] },
    ...(store !== undefined && { store }),
  })
  return {
    facts,
    asked: rpc.asked.flatMap(({ params: [call] }) => (isSymbolCall(call) ? [call.to] : [])),
    headers: rpc.asked.flatMap(({ method, params: [tag] }) => (method === 'eth_getBlockByNumber' ? [tag] : [])),
  }
}

function isSymbolCall(call: unknown): call is { to: Hex } {
  return typeof call === 'object' && call !== null && 'data' in call && call.data === selectors['symbol()']
}

const wordsOf = ({ holdings }: TokenFacts) => holdings.map(({ token: { symbol, name } }) => [symbol, name])

test('a second run asks for no words of a token that the first has seen, and says the same', async () => {
  const store = memoryStore()
  const cold = await run({ store })
  expect([cold.asked, cold.headers]).toEqual([[token], []])
  expect(wordsOf(cold.facts)).toEqual([['TKN', 'Token']])
  const warm = await run({ store, block: 1_100n, seconds: 1_200 })
  expect([warm.asked, warm.headers]).toEqual([[], ['0x3e8']])
  expect(warm.facts).toEqual(cold.facts)
  const without = await run({ block: 1_100n, seconds: 1_200 })
  expect([without.asked, without.facts]).toEqual([[token], cold.facts])
})

test('a run at the same block need not ask whether the chain is the same', async () => {
  const store = memoryStore()
  await run({ store })
  expect(await run({ store })).toMatchObject({ asked: [], headers: [] })
})

test('only a token that was not seen is asked for its words', async () => {
  const store = memoryStore()
  await run({ store })
  const { asked, facts } = await run({ store, block: 1_001n, contracts: [tkn, renamed] })
  expect(asked).toEqual([other])
  expect(wordsOf(facts)).toEqual([
    ['TKN', 'Token'],
    ['NEW', 'New name'],
  ])
  expect((await run({ store, block: 1_002n, contracts: [tkn, renamed] })).asked).toEqual([])
})

test.each([
  ['a second less than a week later are as kept', 7 * day - 1, [], 'TKN'],
  ['a week later are read anew', 7 * day, [token], 'NEW'],
])('words %s; decimals are those of the pinned block', async (_, seconds, asked, symbol) => {
  const store = memoryStore()
  await run({ store })
  const later = await run({ store, block: 2_000n, seconds, contracts: [renamed] })
  expect(later.asked).toEqual(asked)
  expect(later.facts.holdings).toMatchObject([{ token: { symbol, decimals: 8 } }])
})

test('words that were read anew count for a week from then', async () => {
  const store = memoryStore()
  await run({ store })
  await run({ store, block: 2_000n, seconds: 7 * day, contracts: [renamed] })
  const { asked, facts } = await run({ store, block: 3_000n, seconds: 14 * day - 1 })
  expect([asked, wordsOf(facts)]).toEqual([[], [['NEW', 'New name']]])
})

test('a run at an earlier block leaves what a later block said', async () => {
  const store = memoryStore()
  await run({ store, contracts: [renamed] })
  expect(wordsOf((await run({ store, block: 900n })).facts)).toEqual([['TKN', 'Token']])
  const { asked, facts } = await run({ store, block: 1_100n, contracts: [renamed] })
  expect([asked, wordsOf(facts)]).toEqual([[], [['NEW', 'New name']]])
})

describe('words do not count', () => {
  test.each<[string, Run]>([
    ['at an earlier block than theirs', { block: 999n }],
    ['on a chain that has another block in that place', { block: 1_100n, branch: 1n }],
    ['at another block with the number of theirs', { branch: 1n }],
    ['on a chain with another id', { block: 1_100n, chainId: 31338 }],
    ['where the block does not exist', { block: 1_100n, header: () => null }],
    ['where the block cannot be asked for', { block: 1_100n, header: () => refused('eth_getBlockByNumber') }],
    ['where another block is answered', { block: 1_100n, header: () => ({ number: '0x1', hash: hashOf(1_000n) }) }],
  ])('%s', async (_, place) => {
    const store = memoryStore()
    await run({ store })
    const { asked, facts } = await run({ store, ...place, contracts: [renamed] })
    expect([asked, wordsOf(facts)]).toEqual([[token], [['NEW', 'New name']]])
    expect(facts.missing).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['garbage', '{"status":'],
    ['a name that is missing', `1000 ${hashOf(1_000n)} ${began} ${string('TKN')}`],
    ['a text that says nothing', `1000 ${hashOf(1_000n)} ${began} ${string('TKN')} ${string('')}`],
    ['half a byte', `1000 ${hashOf(1_000n)} ${began} ${string('TKN')} 0x1`],
  ])('that somebody else wrote: %s', async (_, text) => {
    const store = memoryStore()
    const damaged = { ...store, immutable: { ...store.immutable, get: async () => text } }
    const { asked, facts } = await run({ store: damaged })
    expect([asked, wordsOf(facts)]).toEqual([[token], [['TKN', 'Token']]])
  })
})

/** An ABI string in which nothing is cut off that a reader is shown: 64 characters of four bytes. */
const longest = '𝕏'.repeat(64)

describe('is not kept', () => {
  test.each<[string, FakeContract]>([
    ['a symbol that could not be read', { ...tkn, 'symbol()': refused('eth_call') }],
    ['a name that could not be read', { ...tkn, 'name()': refused('eth_call') }],
    ['an answer without a text', { ...tkn, 'symbol()': '0x' }],
    ['an empty text', { ...tkn, 'name()': string('') }],
    ['a text of which a reader sees a part only', { ...tkn, 'symbol()': string(`${longest}!`) }],
    ['a text of 100,000 bytes', { ...tkn, 'name()': string('x'.repeat(100_000)) }],
  ])('%s: the next run asks again', async (_, contract) => {
    const store = memoryStore()
    const writes: string[] = []
    const watched = {
      ...store,
      immutable: { ...store.immutable, put: async (key: string) => void writes.push(key) },
    }
    await run({ store: watched, contracts: [contract] })
    expect(writes).toEqual([])
    const { asked, facts } = await run({ store: watched, block: 1_100n })
    expect([asked, wordsOf(facts)]).toEqual([[token], [['TKN', 'Token']]])
    expect(writes).toEqual([`words 31337 ${token.toLowerCase()}`])
  })

  test('what failed, in the place of what did not', async () => {
    const store = memoryStore()
    await run({ store })
    const failing = { ...tkn, 'symbol()': refused('eth_call'), 'name()': refused('eth_call') }
    const { facts } = await run({ store, block: 999n, contracts: [failing] })
    expect(facts.missing).toMatchObject([{ about: 'token-metadata', contract: token }])
    expect(await run({ store, block: 1_100n, contracts: [failing] })).toMatchObject({
      asked: [],
      facts: { missing: [] },
    })
  })

  test('more than a reader is shown of the longest text', async () => {
    const store = memoryStore()
    const contracts = [{ ...tkn, 'symbol()': string(longest), 'name()': string(longest) }]
    const cold = await run({ store, contracts })
    expect(wordsOf(cold.facts)).toEqual([[longest, longest]])
    const kept = await store.immutable.get(`words 31337 ${token.toLowerCase()}`)
    expect(kept?.length).toBeLessThan(1_400)
    const warm = await run({ store, block: 1_100n, contracts })
    expect([warm.asked, warm.facts]).toEqual([[], cold.facts])
  })
})

test('words of more than four blocks: those of three are looked up, the rest are read together and are then of a fourth', async () => {
  const store = memoryStore()
  const runs: { asked: number; headers: number }[] = []
  for (const [index, count] of [1, 2, 3, 4, 5, 6, 6].entries()) {
    const contracts = Array.from({ length: count }, () => tkn)
    const { asked, headers } = await run({ store, block: 1_000n + BigInt(index), contracts })
    runs.push({ asked: asked.length, headers: headers.length })
  }
  expect(runs.map(({ asked }) => asked)).toEqual([1, 1, 1, 1, 1, 3, 0])
  expect(runs.map(({ headers }) => headers)).toEqual([0, 1, 2, 3, 4, 3, 4])
})

describe('in a folder', () => {
  const many = Array.from({ length: 300 }, () => ({ ...tkn, 'name()': string(longest) }))

  test('words of two runs at once are all kept, and a later run asks for none', async () => {
    const directory = await emptyFolder()
    const stores = [createCache({ directory }), createCache({ directory })]
    await Promise.all(stores.map((store, index) => run({ store, contracts: many.slice(0, 20 + index) })))
    for (const store of stores) await store.close()
    const later = createCache({ directory })
    const { asked, facts } = await run({ store: later, block: 1_100n, contracts: many.slice(0, 21) })
    await later.close()
    expect([asked, facts.holdings.length]).toEqual([[], 21])
  })

  test('on a full disk, what could not be kept is asked for again, and nothing is missing', async () => {
    const directory = await emptyFolder()
    const told: string[] = []
    const open = () => openStore({ directory, maximumPages: 60 })
    const full = forgivingStore({ open, onTrouble: ({ code }) => told.push(code) })
    const expected = (await run({ contracts: many })).facts
    expect((await run({ store: full, contracts: many })).facts).toEqual(expected)
    expect(told).toEqual(['cache-full'])
    const { asked, facts } = await run({ store: full, block: 1_100n, contracts: many })
    await full.close()
    expect(facts).toEqual(expected)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThan(300)
  })

  test('that is a file, every run asks and nothing is missing', async () => {
    const told: string[] = []
    const directory = join(await emptyFolder(), 'file')
    await writeFile(directory, '')
    const store = createCache({ directory, onTrouble: ({ code }) => told.push(code) })
    for (const block of [1_000n, 1_001n]) {
      const { asked, facts } = await run({ store, block })
      expect([asked, wordsOf(facts), facts.missing]).toEqual([[token], [['TKN', 'Token']], []])
    }
    await store.close()
    expect(told).toEqual(['cache-unwritable'])
  })
})
