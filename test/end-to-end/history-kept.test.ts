/** The account's history over two runs of the command that share a cache. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { Report } from '../../src/core/report.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import { findings, statuses } from './support/demo-check.ts'
import { type Behave, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

const sender = at(0x5e4d)
const failing = at(0xbad)
let node: DevelopmentNode
let proxy: NodeProxy
let cache: string
let asked: readonly (readonly [string, unknown])[] = []

/** No index, and it remembers what it was asked. */
const plain: Behave = (method, params) => {
  asked = [...asked, [method, params[1]]]
  const isIndex = /^ots_|BySenderAndNonce|trace_filter/.test(method)
  return isIndex ? { kind: 'refuse', code: -32601, message: 'the method does not exist' } : pass
}

beforeAll(async () => {
  node = await startAnvil()
  proxy = await startNodeProxy(node.url, plain)
  cache = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
  await node.send('anvil_setBalance', [sender, numberToHex(10n ** 19n)])
  await node.send('anvil_setCode', [failing, '0x60006000fd'])
}, 30_000)
afterAll(async () => {
  await proxy?.stop()
  await node?.stop()
  if (cache !== undefined) await rm(cache, { recursive: true, force: true })
})

const send = (to: string) => node.send('eth_sendTransaction', [{ from: sender, to, gas: '0x186a0', value: '0x0' }])
const mine = (blocks: number) => node.send('anvil_mine', [numberToHex(blocks)])

async function check(): Promise<{ report: Report; probes: readonly number[] }> {
  asked = []
  const only = ['--rule', 'failed-transactions', '--rule', 'overpaid-gas', '-o', 'json', '--cache-dir', cache]
  const run = await cli(['check', sender, '--rpc-url', proxy.url, '--chain', '31337', ...only])
  // The oldest block shows whether the node tells past state at all.
  const probes = asked.flatMap(([method, tag]) =>
    method === 'eth_getTransactionCount' && tag !== 'pending' && tag !== '0x0' ? [Number(tag)] : [],
  )
  return { report: reportOf(run), probes }
}

test('the second run asks only for what came after the first, and says the same of the rest', async () => {
  await send(at(0xb0b))
  await mine(50)
  await send(failing)
  await mine(150)
  const first = await check()
  expect(first.probes.length).toBeGreaterThan(8)
  expect(findings(first.report)).toMatchObject([{ ruleId: 'failed-transactions' }])
  const second = await check()
  const head = Number(await node.send('eth_blockNumber'))
  expect(second.probes).toEqual([head])
  expect(second.report.result).toEqual(first.report.result)
  await mine(20)
  await send(failing)
  const third = await check()
  expect(Math.min(...third.probes)).toBeGreaterThan(head - 65)
  expect(findings(third.report)).toHaveLength(2)
  expect(statuses(third.report)).toMatchObject({ 'overpaid-gas': 'passed' })
}, 60_000)
