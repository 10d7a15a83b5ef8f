/** What a check-up may miss, and that it says so: blocks that were not read, blocks that are gone, and approvals that no event tells. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCache, type Report, type RpcClient } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { findings } from '../end-to-end/support/demo-check.ts'
import { type Behave, pass, startNodeProxy } from '../end-to-end/support/node-proxy.ts'
import { readmes } from '../support/readme.ts'
import { type CaseChain, friend, startCaseChain } from './chain-of-cases.ts'
import { inShort, reportOf, type Scene, sceneOn, unreadRules } from './scenario.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain?.stop())

const preset = ({ deploy, owner }: Scene) => deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, owner)
const mine = (blocks: number) => chain.node.send('anvil_mine', [toHex(blocks)])

test('an approval in a block that the chain has dropped is no finding, though it was kept', async () => {
  const scene = await sceneOn(chain)
  const token = await preset(scene)
  const directory = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
  const store = createCache({ directory })
  try {
    const fork = await chain.node.send('evm_snapshot')
    await token.from(scene.owner, 'approve', chain.router, 5n)
    await token.from(scene.owner, 'approve', friend, 7n)
    // Deeper than what a run never keeps.
    await mine(200)
    const before = await reportOf(scene, { store })
    expect(findings(before, 'unexpected-spender').map(inShort).sort()).toEqual([
      'grant of allowance 5',
      'grant of allowance 7',
    ])

    expect(await chain.node.send('evm_revert', [fork])).toBe(true)
    await token.from(scene.owner, 'approve', chain.router, 6n)
    await mine(200)
    const after = await reportOf(scene, { store })
    expect(findings(after).map(inShort)).toEqual(['grant of allowance 6'])
    expect(unreadRules(after)).toEqual([])
    for (const transaction of transactionsIn(after)) {
      expect(await chain.node.send('eth_getTransactionReceipt', [transaction])).not.toBeNull()
    }
    const [old, now] = [before, after].map(({ result }) => result.targets[0]?.block?.hash)
    expect(now).toMatch(/^0x[0-9a-f]{64}$/)
    expect(now).not.toBe(old)
  } finally {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  }
})

function transactionsIn(report: Report): readonly string[] {
  const logs = findings(report).flatMap(({ evidence }) => evidence.flatMap((each) => (each.kind === 'log' ? each : [])))
  expect(logs.length).toBeGreaterThan(0)
  return logs.map(({ transaction }) => transaction)
}

test.each([1000, 10_000])('a node that answers with the first %i logs and no word of the rest', async (most) => {
  const scene = await sceneOn(chain)
  const token = await scene.deploy('BusyToken')
  for (let sent = 0; sent < most + 200; sent += 400) {
    await token.from(scene.owner, 'approveMany', 0x5e0000n + BigInt(sent), 400n)
  }
  await token.from(scene.owner, 'approve', chain.router, 5n)
  await mine(3)
  let longest = 0
  const request: RpcClient['request'] = async (method, params) => {
    const result = await chain.rpc.request(method, params)
    if (method !== 'eth_getLogs' || !Array.isArray(result)) return result
    longest = Math.max(longest, result.length)
    return result.slice(0, most)
  }
  const report = await reportOf(scene, { rpc: { ...chain.rpc, request } })
  expect(longest).toBeGreaterThan(most)
  expect(findings(report, 'unexpected-spender').map(inShort)).toEqual(['grant of allowance 5'])
  expect(unreadRules(report)).toEqual([])
})

/** Every rule that rests on events: without all of them, none of these can say that there is nothing. */
const restingOnLogs = [
  'approval-to-account',
  'unexpected-spender',
  'unlimited-allowance',
  'operator-approval',
  'permit2-grant',
  'dormant-permit2-grant',
  'implicit-approval',
  'unsolicited-approval',
]

describe('blocks that were not read', () => {
  /** An old approval and a new one, with the blocks of both. */
  async function twoApprovals() {
    const scene = await sceneOn(chain)
    const token = await preset(scene)
    await token.from(scene.owner, 'approve', chain.router, 5n)
    const older = Number(await chain.node.send('eth_blockNumber'))
    await mine(20)
    await token.from(scene.owner, 'approve', friend, 7n)
    await mine(5)
    return { scene, older }
  }

  async function check(scene: Scene, behave: Behave) {
    const proxy = await startNodeProxy(chain.node.url, behave)
    try {
      return await reportOf(scene, { rpc: createRpcClient({ url: proxy.url, maximumAttempts: 2, backoffMs: 1 }) })
    } finally {
      await proxy.stop()
    }
  }

  test('are named, and what the others show is found', async () => {
    const { scene, older } = await twoApprovals()
    const report = await check(scene, (method, [filter]) => {
      const { fromBlock } = (filter ?? {}) as { fromBlock?: string }
      return method === 'eth_getLogs' && Number(fromBlock) <= older
        ? { kind: 'refuse', code: -32000, message: 'history before this block is pruned' }
        : pass
    })
    expect(findings(report, 'unexpected-spender').map(inShort)).toEqual(['grant of allowance 7'])
    const target = report.result.targets[0]
    expect(target?.coverage.flatMap(({ gaps }) => gaps).some(({ toBlock }) => Number(toBlock) >= older)).toBe(true)
    for (const outcome of target?.outcomes ?? []) {
      if (restingOnLogs.includes(outcome.ruleId)) expect(outcome).toHaveProperty('because')
    }
    expect(report.result.summary.complete).toBe(false)
  })

  test('leave every rule about approvals undecided where there are no others', async () => {
    const { scene } = await twoApprovals()
    const report = await check(scene, (method) =>
      method === 'eth_getLogs' ? { kind: 'refuse', code: -32601, message: 'the method does not exist' } : pass,
    )
    expect(unreadRules(report)).toEqual(restingOnLogs)
  })
})

test.each(['permit', 'CryptoPunks', 'CryptoKitties', 'MoonCats', 'Aave', 'Compound', 'Morpho', 'Euler', 'ERC-7715'])(
  '%s: both READMEs say that it cannot be seen',
  async (word) => {
    for (const { file } of readmes) {
      const text = await readFile(file, 'utf8')
      const limits = text.split(/^### (?:What it cannot see|見えないこと)$/m)[1]?.split(/^## /m)[0]
      expect(limits).toContain(word)
    }
  },
)
