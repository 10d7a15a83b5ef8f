/** A watch over a real chain: what happens while it runs, and while it does not, is told once, and no block is left out. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, transact } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import type { BlockRange } from '../../src/core/facts.ts'
import { mergeRanges } from '../../src/domain/block-range.ts'
import { notificationSchema } from '../../src/notify/notification.ts'
import { at } from '../../src/testing.ts'
import { type Receiver, startReceiver } from '../notify/support/receiver.ts'
import { cli } from '../support/cli.ts'
import { type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'

const owner = at(0x0e4e7)
const [early, late] = [at(0x5e001), at(0x5e002)]
const maximum = 2n ** 256n - 1n
let node: DevelopmentNode
let proxy: NodeProxy
let receiver: Receiver
let folder: string
let token: Address
/** Ranges of blocks that logs were asked for. */
let ranges: BlockRange[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-watch-'))
  receiver = await startReceiver()
  node = await startAnvil()
  await installPreinstalls(node)
  await fund(node, owner, 10n ** 20n)
  for (const spender of [early, late]) await node.send('anvil_setCode', [spender, '0x00'])
  token = getAddress(await deploy(node, { name: 'ERC20PresetFixedSupply', args: ['Coin', 'COIN', 1000n, owner] }))
  proxy = await startNodeProxy(node.url, (method, [filter]) => {
    const { fromBlock, toBlock } = (filter ?? {}) as { readonly fromBlock?: string; readonly toBlock?: string } // our own client wrote it
    if (method === 'eth_getLogs' && fromBlock !== undefined && toBlock !== undefined) {
      ranges.push({ fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) })
    }
    return pass
  })
}, 60_000)
afterAll(async () => {
  await proxy?.stop()
  await node?.stop()
  await receiver.close()
  await rm(folder, { recursive: true })
})

const approve = (spender: Address, amount: bigint) =>
  transact(node, {
    from: owner,
    to: token,
    abi: contract('ERC20PresetFixedSupply').abi,
    functionName: 'approve',
    args: [spender, amount],
  })
const mine = (blocks: number) => node.send('anvil_mine', [`0x${blocks.toString(16)}`])
const head = async () => BigInt((await node.send('eth_blockNumber')) as string) // a number, as every node says it

/** What was told, in the order in which it was: kinds of change with their spenders. */
const told = () =>
  receiver.messages.flatMap(({ text }) =>
    notificationSchema
      .parse(JSON.parse(text))
      .transitions.flatMap((transition) =>
        'finding' in transition && transition.finding.subject.kind === 'allowance'
          ? [`${transition.change} ${transition.finding.subject.spender}`]
          : [transition.change],
      ),
  )

/** Watches every second; after each run `onRun` may do something, or end the watch. */
function watch(onRun: (number: number, child: ChildProcess) => Promise<void> | void) {
  const options = ['--rule', 'unlimited-allowance', '--every', '1s', '--listen', 'off', '--notify', 'webhook=HOOK']
  return cli(['watch', owner, '--rpc-url', proxy.url, ...options], {
    env: { HOOK: receiver.url, WALLET_CHECKUP_CACHE_DIR: join(folder, 'cache') },
    onStart: (child) =>
      child.stderr?.on('data', (chunk) => {
        for (const [, number] of String(chunk).matchAll(/ Run (\d+): /g)) void onRun(Number(number), child)
      }),
  })
}

test('an approval while it runs, one while it is down, and the end of both', async () => {
  await mine(200)
  const first = await watch(async (number, child) => {
    if (number === 1) await approve(early, maximum)
    if (told().length > 0) child.kill('SIGTERM')
  })
  expect(first.exitCode).toBe(143)
  expect(told()).toEqual([`new ${early}`])
  const [seen, ...gaps] = mergeRanges(ranges)
  expect([seen?.fromBlock, gaps]).toEqual([0n, []])
  const seenUntil = seen?.toBlock ?? 0n

  await approve(late, maximum)
  const missedBlock = await head()
  await mine(500)
  ranges = []
  const second = await watch(async (number, child) => {
    if (number === 1) {
      await approve(early, 0n)
      await approve(late, 5n)
    }
    if (told().includes(`resolved ${late}`)) child.kill('SIGTERM')
  })
  expect(second.exitCode).toBe(143)
  const story = told()
  expect(story.slice(0, 2)).toEqual([`new ${early}`, `new ${late}`])
  expect([...story.slice(2)].sort()).toEqual([`resolved ${early}`, `resolved ${late}`])
  // From where the last run ended (the newest blocks are read anew), with nothing left out; and not from the beginning.
  const [again, ...others] = mergeRanges(ranges)
  expect(others).toEqual([])
  expect(again?.fromBlock).toBeLessThanOrEqual(seenUntil + 1n)
  expect(again?.fromBlock).toBeGreaterThan(seenUntil - 100n)
  expect(again?.toBlock).toBeGreaterThan(missedBlock + 500n)
})
