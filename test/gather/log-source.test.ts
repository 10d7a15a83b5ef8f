import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogSource, type GatherOptions, gatherMany, judgeMany } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

let chain: JsonRpcServer
let elsewhere: JsonRpcServer
beforeEach(async () => {
  chain = await startSmallChain()
  elsewhere = await startSmallChain()
})
afterEach(() => Promise.all([chain, elsewhere].map((server) => server.close())))

const sourceOf = () => createLogSource(`rpc:${elsewhere.url}`, { backoffMs: 1 })
const targets = (count: number, over: Partial<GatherOptions>): readonly GatherOptions[] =>
  Array.from({ length: count }, (_, index) => ({ address: at(index + 1), rpcUrl: chain.url, ...over }))

test('several accounts share one scan of another endpoint', async () => {
  const counts: number[] = []
  for (const count of [1, 5]) {
    const before = elsewhere.posts()
    const gathered = await gatherMany(targets(count, { logSource: sourceOf() }))
    const gaps = gathered.map((one) => {
      const logs = one.kind === 'collected' ? one.collection.facts.logs : undefined
      return logs?.status === 'ok' ? logs.value.coverage.gaps.length : 'nothing was read'
    })
    expect(gaps).toEqual(Array.from({ length: count }, () => 0))
    counts.push(elsewhere.posts() - before)
  }
  expect(counts[0]).toBeGreaterThan(2)
  expect(counts[1]).toBe(counts[0])
})

test('what several accounts ask of a source is counted once', async () => {
  const { run } = judgeMany(await gatherMany(targets(5, { logSource: sourceOf() })), { failOn: 'never' })
  const asked = run.endpoints.filter(({ role }) => role === 'logs')
  expect(elsewhere.posts()).toBeGreaterThan(2)
  expect(asked).toEqual([{ host: new URL(elsewhere.url).host, requests: elsewhere.posts(), role: 'logs' }])
})
