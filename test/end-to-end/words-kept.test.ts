/** What tokens say of themselves, over runs of the command that share a cache. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from 'viem'
import { numberToHex, pad, toHex } from 'viem/utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, transact } from '../../fixtures/chains/contracts.ts'
import type { Report } from '../../src/core/report.ts'
import { selectors } from '../../src/domain/token-calls.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import { findings } from './support/demo-check.ts'
import { type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

const holder = at(0x401de4)
type Chain = { readonly node: DevelopmentNode; readonly proxy: NodeProxy; readonly token: Address }

let chains: Chain[] = []
let folder: string
beforeEach(async () => {
  chains = []
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterEach(async () => {
  for (const { node, proxy } of chains) {
    await proxy.stop()
    await node.stop()
  }
  await rm(folder, { recursive: true, force: true })
})

/** Since a run began. `texts`: requests that ask for a symbol, alone or among others. `blocks`: of which headers were asked for. */
let counted: { readonly requests: number; readonly texts: number; readonly blocks: readonly unknown[] }

/** A chain on which the holder has a token with this symbol, and has approved somebody to take of it. */
async function startChain(symbol: string): Promise<Chain> {
  const node = await startAnvil()
  const proxy = await startNodeProxy(node.url, (method, params) => {
    const isText = method === 'eth_call' && JSON.stringify(params).includes(selectors['symbol()'].slice(2))
    const block = method === 'eth_getBlockByNumber' ? [params[0]] : []
    const { requests, texts, blocks } = counted
    counted = { requests: requests + 1, texts: texts + (isText ? 1 : 0), blocks: [...blocks, ...block] }
    return pass
  })
  await fund(node, holder, 10n ** 19n)
  const token = await deploy(node, { name: 'NamedToken', args: ['A token', symbol, 6, 10n ** 12n, holder] })
  const { abi } = contract('NamedToken')
  await transact(node, { from: holder, to: token, abi, functionName: 'approve', args: [at(0xbad), 5n] })
  await node.send('anvil_mine', [numberToHex(100n)])
  const chain = { node, proxy, token }
  chains.push(chain)
  return chain
}

/** @param listed the tokens of a list that the run is given */
async function check(
  { proxy, token }: Chain,
  cache: string,
  listed: readonly Address[] = [token],
): Promise<{ report: Report; told: string } & typeof counted> {
  counted = { requests: 0, texts: 0, blocks: [] }
  const list = join(folder, 'tokens.txt')
  await writeFile(list, listed.join('\n'))
  const lists = listed.length === 0 ? [] : ['--token-list', list]
  const where = ['--rpc-url', proxy.url, '--chain', '31337', '--cache-dir', join(folder, cache), ...lists]
  const report = reportOf(await cli(['check', holder, ...where, '-o', 'json']))
  return { report, told: JSON.stringify(findings(report)), ...counted }
}

test('a run with a warm cache asks for no words, and its report is that of a run with a cold one', async () => {
  const chain = await startChain('TKN')
  expect((await check(chain, 'kept')).texts).toBeGreaterThan(0)
  const read = await chain.node.send('eth_blockNumber')
  await chain.node.send('anvil_mine', [numberToHex(10n)])
  const warm = await check(chain, 'kept')
  const cold = await check(chain, 'other')
  expect(warm.report.result).toEqual(cold.report.result)
  expect(warm.told).toContain('TKN')
  expect(warm.texts).toBe(0)
  expect(warm.blocks.filter((block) => block === read)).toHaveLength(1)
  expect(cold.texts).toBeGreaterThan(0)
  expect(warm.requests).toBeLessThan(cold.requests)
}, 120_000)

test('a token that came later is asked for its words', async () => {
  const chain = await startChain('TKN')
  await check(chain, 'kept')
  const later = await deploy(chain.node, { name: 'Bytes32Token', args: [10n ** 18n, holder] })
  const listed = [chain.token, later]
  const grown = await check(chain, 'kept', listed)
  expect(grown.texts).toBeGreaterThan(0)
  expect(grown.told).toContain('OMKR')
  expect(grown.told).toContain('TKN')
  expect((await check(chain, 'kept', listed)).texts).toBe(0)
}, 120_000)

test('a token on no list is told by what it calls itself now', async () => {
  const chain = await startChain('TKN')
  expect((await check(chain, 'kept', [])).told).toContain('TKN')
  const symbolSlot = pad('0x1', { size: 32 })
  const lure = '$ Visit x.co'
  const short = pad(toHex(lure), { dir: 'right', size: 31 }) + (2 * lure.length).toString(16).padStart(2, '0')
  await chain.node.send('anvil_setStorageAt', [chain.token, symbolSlot, short])
  await chain.node.send('anvil_mine', [numberToHex(10n)])
  const warm = await check(chain, 'kept', [])
  const cold = await check(chain, 'other', [])
  expect(warm.told).not.toContain('TKN')
  expect(warm.report.result).toEqual(cold.report.result)
}, 120_000)

test('a development chain that began anew is told by its own words', async () => {
  const before = await startChain('OLD')
  expect((await check(before, 'kept')).told).toContain('OLD')
  const anew = await startChain('NEW')
  expect(anew.token).toBe(before.token)
  const { told } = await check(anew, 'kept')
  expect(told).toContain('NEW')
  expect(told).not.toContain('OLD')
}, 120_000)
