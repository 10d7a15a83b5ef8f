/** 10,000 pairs of token and spender that events named, decided by state: how many requests that takes, and how many a live one adds. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Address, Hex } from 'viem'
import { encodeAbiParameters, getAddress, keccak256 } from 'viem/utils'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import approvalsCollector from '../../src/collectors/approvals.ts'
import type { ApprovalEvent, ApprovalFacts, BlockRef } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at, chain, hashOf, logs, owner, threats, tokens } from '../../src/testing.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

const spendersPerToken = 5
const pairCount = isQuick ? 2_000 : 10_000
/** One pair in so many has something left. */
const liveEvery = 100

type Pair = { readonly token: Address; readonly spender: Address; readonly left: bigint }

const pairs: readonly Pair[] = Array.from({ length: pairCount }, (_, index) => ({
  token: getAddress(at(0x70000000n + BigInt(Math.floor(index / spendersPerToken)))),
  spender: getAddress(at(0x5e000000n + BigInt(index % 40))),
  left: index % liveEvery === 0 ? BigInt(index + 1) : 0n,
}))

export default async function approvals(): Promise<readonly Row[]> {
  const node = await startAnvil(['--gas-limit', '50000000'])
  try {
    await install(node)
    const block = await headOf(node)
    const ended = await read(
      node,
      block,
      pairs.filter(({ left }) => left === 0n),
    )
    const all = await read(node, block, pairs)
    const live = pairs.filter(({ left }) => left > 0n)
    const asked = (methods: Asked) => [...methods.values()].reduce((sum, count) => sum + count, 0)
    const calls = (ended.asked.get('eth_call') ?? 0) / (ended.pairs / 1000)
    return [
      holds('approvals that are right', {
        figure: `${rightOf(all.facts)}/${live.length} live, ${ended.facts.endedCount}/${ended.pairs} ended`,
        bar: 'all',
        passed:
          rightOf(all.facts) === live.length &&
          all.facts.grants.length === live.length &&
          ended.facts.grants.length === 0 &&
          ended.facts.endedCount === ended.pairs &&
          all.facts.missing.length === 0,
      }),
      atMost('eth_call per 1,000 pairs', calls, 1),
      atMost('requests per verified approval', asked(ended.asked) / ended.pairs, 0.001),
      atMost('further requests per live approval', (asked(all.asked) - asked(ended.asked)) / live.length, 5),
    ]
  } finally {
    await node.stop()
  }
}

type Asked = ReadonlyMap<string, number>
type Reading = { readonly facts: ApprovalFacts; readonly asked: Asked; readonly pairs: number }

/** The collector on its own, after a scan that found an Approval of each pair, and that each token left the account since. */
async function read(node: DevelopmentNode, block: BlockRef, named: readonly Pair[]): Promise<Reading> {
  const client = createRpcClient({ url: node.url })
  const asked = new Map<string, number>()
  const request: RpcClient['request'] = (method, params) => {
    asked.set(method, (asked.get(method) ?? 0) + 1)
    // The events were not mined, and neither were their transactions.
    return method === 'eth_getTransactionByHash' ? Promise.resolve({ from: owner }) : client.request(method, params)
  }
  const known = {
    chain: chain({ block, head: block }),
    tokens: tokens(),
    threats: threats(),
    logs: logs({ approvals: named.flatMap(eventsOf), sent: named.map(usedAfter) }),
  }
  const options = { account: owner, shownByWallet: null, tokenLists: [] }
  const context = { options, rpc: { ...client, request }, store: null } as unknown as Parameters<
    typeof approvalsCollector.fetch
  >[0] // the collector takes no more of it
  const facts = approvalsCollector.decode(await approvalsCollector.fetch(context, known), known)
  return { facts, asked, pairs: named.length }
}

/** What one Approval becomes: a candidate of either standard. */
function eventsOf({ token, spender }: Pair, index: number): readonly ApprovalEvent[] {
  const log = { block: 0n, transaction: hashOf(index), index }
  const common = { contract: token, spender, permit2: null, log } as const
  return [
    { ...common, kind: 'erc20', tokenId: null },
    { ...common, kind: 'erc721', tokenId: BigInt(index) },
  ]
}

function usedAfter({ token }: Pair) {
  return { contract: token, log: { block: 0n, transaction: hashOf(pairCount), index: pairCount } }
}

function rightOf({ grants }: ApprovalFacts): number {
  const left = new Map(pairs.map((pair) => [`${pair.token} ${pair.spender}`, pair.left]))
  return grants.filter(
    (grant) =>
      grant.kind === 'allowance' && grant.amount === left.get(`${grant.token.address} ${grant.spender.address}`),
  ).length
}

async function headOf(node: DevelopmentNode): Promise<BlockRef> {
  const { number, hash, timestamp } = (await node.send('eth_getBlockByNumber', ['latest', false])) as Record<
    string,
    Hex
  >
  return { number: BigInt(number ?? 0), hash: hash ?? '0x', timestamp: Number(timestamp) }
}

/** OpenZeppelin's token at every address, with what is left of the live allowances in its storage. */
async function install(node: DevelopmentNode): Promise<void> {
  await installPreinstalls(node)
  const file = createRequire(import.meta.url).resolve(
    '@openzeppelin/contracts/build/contracts/ERC20PresetFixedSupply.json',
  )
  const { deployedBytecode } = JSON.parse(readFileSync(file, 'utf8')) as { deployedBytecode: Hex }
  const addresses = [...new Set(pairs.map(({ token }) => token))]
  for (let start = 0; start < addresses.length; start += 100) {
    const some = addresses.slice(start, start + 100)
    await Promise.all(some.map((address) => node.send('anvil_setCode', [address, deployedBytecode])))
  }
  for (const { token, spender, left } of pairs) {
    if (left > 0n) await node.send('anvil_setStorageAt', [token, allowanceSlot(spender), hashOf(left)])
  }
}

/** OpenZeppelin's ERC-20 keeps allowances by owner and spender in its second slot. */
function allowanceSlot(spender: Address): Hex {
  const inMapping = (key: Address, slot: Hex) =>
    keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }], [key, slot]))
  return inMapping(spender, inMapping(owner, hashOf(1)))
}
