/** 10,000 token balances on a development node with 50 M gas per call, beside viem's multicall on the same chain. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Address, createPublicClient, erc20Abi, type Hex, http } from 'viem'
import { encodeAbiParameters, keccak256 } from 'viem/utils'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { installPreinstalls, multicall3Address } from '../../fixtures/chains/preinstalls.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { readCall } from '../../src/domain/token-calls.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { readMany } from '../../src/rpc/read-many.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

const owner: Address = '0x00000000000000000000000000000000000a11ce'
const tokenCount = 10_000
const rounds = isQuick ? 3 : 7

type Token = { readonly address: Address; readonly balance: bigint; readonly isProxy: boolean }

/** Three in ten stand behind a proxy, and the account holds one in twelve. */
const tokens: readonly Token[] = Array.from({ length: tokenCount }, (_, index) => ({
  address: keccak256(encodeAbiParameters([{ type: 'uint256' }], [BigInt(index)])).slice(0, 42) as Hex, // hex, cut
  balance: index % 12 === 0 ? 10n ** 18n + BigInt(index) : 0n,
  isProxy: index % 10 < 3,
}))

/** The peer and we in turn, each round with clients that know nothing yet. */
export default async function balances(): Promise<readonly Row[]> {
  const node = await startAnvil(['--gas-limit', '50000000'])
  try {
    await install(node)
    const runs: Run[] = []
    for (let round = 0; round < rounds; round++) runs.push({ ours: await readOurs(node), peer: await readPeer(node) })
    const [first] = runs
    if (first === undefined) return []
    const { requests, up, down, right } = first.ours
    const ratio = median(runs.map(({ ours }) => ours.wall)) / median(runs.map(({ peer }) => peer.wall))
    return [
      holds('balances that are right', { figure: `${right}/${tokenCount}`, bar: 'all', passed: right === tokenCount }),
      atMost('requests', requests, 3),
      atMost("wall ÷ viem multicall's", ratio, 0.1),
      atMost('bytes up per read', up / tokenCount, 50),
      atMost('bytes down per read', down / tokenCount, 8),
    ]
  } finally {
    await node.stop()
  }
}

type Ours = {
  readonly wall: number
  readonly requests: number
  readonly up: number
  readonly down: number
  readonly right: number
}
type Run = { readonly ours: Ours; readonly peer: { readonly wall: number } }

async function readOurs({ url }: DevelopmentNode): Promise<Ours> {
  const client = createRpcClient({ url })
  let [up, down] = [0, 0]
  const request: RpcClient['request'] = async (method, params) => {
    const result = await client.request(method, params)
    up += JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }).length
    down += JSON.stringify({ jsonrpc: '2.0', id: 1, result }).length
    return result
  }
  const startedAt = performance.now()
  const reads = tokens.map(({ address }) => ({ ...readCall(address, 'balanceOf(address)', owner), words: 1 as const }))
  const results = await readMany({ ...client, request }, reads, 0n)
  const wall = performance.now() - startedAt
  const right = results.filter((result, index) => {
    return result.status === 'ok' && BigInt(result.data) === tokens[index]?.balance
  })
  return { wall, requests: client.requestCount(), up, down, right: right.length }
}

async function readPeer({ url }: DevelopmentNode): Promise<{ readonly wall: number }> {
  const client = createPublicClient({ transport: http(url) })
  const startedAt = performance.now()
  const contracts = tokens.map(({ address }) => {
    return { address, abi: erc20Abi, functionName: 'balanceOf', args: [owner] } as const
  })
  const results = await client.multicall({ contracts, multicallAddress: multicall3Address, blockNumber: 0n })
  const wall = performance.now() - startedAt
  const isRight = results.every(({ result }, index) => result === tokens[index]?.balance)
  if (!isRight) throw new Error('the peer did not read the balances')
  return { wall }
}

/** Puts OpenZeppelin's token, or a proxy before it, at every address. */
async function install(node: DevelopmentNode): Promise<void> {
  await installPreinstalls(node)
  const implementation: Address = '0x00000000000000000000000000000000000c0de5'
  await node.send('anvil_setCode', [implementation, runtimeCode('ERC20PresetFixedSupply')])
  for (let start = 0; start < tokenCount; start += 100) {
    await Promise.all(tokens.slice(start, start + 100).map((token) => installToken(node, token, implementation)))
  }
}

/** Where EIP-1967 keeps the implementation, and OpenZeppelin's ERC-20 the balance. */
const implementationSlot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'
const balanceSlot = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [owner, 0n]))

async function installToken(node: DevelopmentNode, token: Token, implementation: Address): Promise<void> {
  const { address, balance, isProxy } = token
  const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`
  await node.send('anvil_setCode', [address, runtimeCode(isProxy ? 'ERC1967Proxy' : 'ERC20PresetFixedSupply')])
  if (isProxy) await node.send('anvil_setStorageAt', [address, implementationSlot, word(BigInt(implementation))])
  if (balance > 0n) await node.send('anvil_setStorageAt', [address, balanceSlot, word(balance)])
}

const codes = new Map<string, Hex>()

/** As OpenZeppelin publishes it. */
function runtimeCode(name: string): Hex {
  const known = codes.get(name)
  if (known !== undefined) return known
  const file = createRequire(import.meta.url).resolve(`@openzeppelin/contracts/build/contracts/${name}.json`)
  const { deployedBytecode } = JSON.parse(readFileSync(file, 'utf8')) as { deployedBytecode: Hex }
  codes.set(name, deployedBytecode)
  return deployedBytecode
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
