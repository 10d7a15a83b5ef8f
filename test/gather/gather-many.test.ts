import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Collection, type Gathered, type GatherOptions, gather, gatherMany, judgeMany } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { type JsonRpcServer, startJsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

// One time for all, so that facts read twice are the same.
const startedAtMs = Date.now()
const now = () => startedAtMs
let chain: JsonRpcServer
let other: JsonRpcServer
let dead: JsonRpcServer
beforeAll(async () => {
  chain = await startSmallChain()
  other = await startSmallChain({ over: { eth_chainId: { result: '0xa' } } })
  dead = await startJsonRpcServer({})
})
afterAll(() => Promise.all([chain, other, dead].map((server) => server.close())))

const target = (place: number, over: Partial<GatherOptions> = {}): GatherOptions => ({
  address: at(place),
  rpcUrl: chain.url,
  now,
  ...over,
})
const collectionsOf = (gathered: readonly Gathered[]): readonly Collection[] =>
  gathered.flatMap((one) => (one.kind === 'collected' ? [one.collection] : []))

describe('several targets', () => {
  test('come back in the order in which they were given, each with its own label and chain', async () => {
    const gathered = await gatherMany([target(3), target(1, { label: 'savings' }), target(2, { rpcUrl: other.url })])
    expect(collectionsOf(gathered).map(({ account, label }) => [account, label])).toEqual([
      [at(3), null],
      [at(1), 'savings'],
      [at(2), null],
    ])
    const { targets } = judgeMany(gathered).result
    expect(targets.map((one) => [one.chain?.id, one.account])).toEqual([
      [10, at(2)],
      [31_337, at(1)],
      [31_337, at(3)],
    ])
  })

  test('hold the same facts as each alone', async () => {
    const [one, two] = collectionsOf(await gatherMany([target(1), target(2)]))
    expect(one?.facts).toEqual((await gather(target(1))).facts)
    expect(two?.facts).toEqual((await gather(target(2))).facts)
  })

  test('a chain that fails, and one that is another, take nothing from the others', async () => {
    const gathered = await gatherMany([
      target(1),
      target(2, { rpcUrl: dead.url, chainId: 5 }),
      target(3, { rpcUrl: other.url, chainId: 1 }),
    ])
    const report = judgeMany(gathered, { failOn: 'never' })
    const statusesOf = (account: string) =>
      new Set(report.result.targets.find((one) => one.account === account)?.outcomes.map(({ status }) => status))
    expect(statusesOf(at(1))).not.toContain('inconclusive')
    expect([...statusesOf(at(2))]).toEqual(['inconclusive'])
    expect([...statusesOf(at(3))].sort()).toEqual(['found', 'inconclusive'])
    expect(report.result.targets.find((one) => one.account === at(2))?.chain).toEqual({ id: 5, name: 'chain 5' })
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
    expect(judgeMany(gathered).result.summary.exitCode).toBe(1)
  })

  test('a name that cannot be resolved is unchecked, with the reason, and the others are whole', async () => {
    const gathered = await gatherMany([
      target(1),
      target(2, { address: 'example.eth', label: 'ops', chainId: 31_337 }),
      target(3, { address: 'other.eth', rpcUrl: dead.url }),
    ])
    expect(gathered.map(({ kind }) => kind)).toEqual(['collected', 'unchecked', 'unchecked'])
    expect(gathered[1]).toMatchObject({
      input: 'example.eth',
      label: 'ops',
      chain: { id: 31_337, name: 'development chain' },
      error: { code: 'ens-not-available' },
      startedAt: new Date(startedAtMs).toISOString(),
    })
    expect(gathered[2]).toMatchObject({ input: 'other.eth', label: null, chain: null })
    const { result } = judgeMany(gathered)
    expect(result.unchecked?.map(({ input }) => input)).toEqual(['example.eth', 'other.eth'])
    expect(result.summary).toMatchObject({ complete: false, exitCode: 3 })
  })

  test('one that is stopped stops none of the others', async () => {
    const gathered = await gatherMany([target(1), target(2, { signal: AbortSignal.abort() })])
    expect(collectionsOf(gathered).map(({ interrupted }) => interrupted)).toEqual([false, true])
    expect(judgeMany(gathered).run.interrupted).toBe(true)
  })
})

test.each<[string, unknown, string]>([
  ['no target', [], 'invalid-option'],
  ['nothing', undefined, 'invalid-option'],
  ['a wrong address among good ones', ['0x12'], 'address-too-short'],
  ['a private key among good ones', ['ab'.repeat(32)], 'secret-input'],
])('%s is refused before anything is asked', async (_, given, code) => {
  const before = chain.requests.length
  const targets = Array.isArray(given)
    ? given.flatMap((address: string) => [target(1), target(2, { address })])
    : (given as readonly GatherOptions[]) // what JavaScript may bring
  await expect(gatherMany(targets)).rejects.toMatchObject({ code })
  expect(chain.requests.length).toBe(before)
})
