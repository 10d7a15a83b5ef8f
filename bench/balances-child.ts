/** Reads ten thousand balances once, by our reads or by a peer's, in a process that has read none before: as a command does. */
import { createPublicClient, erc20Abi, http } from 'viem'
import { multicall3Address } from '../fixtures/chains/preinstalls.ts'
import type { RpcClient } from '../src/core/rpc.ts'
import { readCall } from '../src/domain/token-calls.ts'
import { createRpcClient } from '../src/rpc/client.ts'
import { readMany } from '../src/rpc/read-many.ts'
import { owner, tokens } from './balance-tokens.ts'

export type BalanceReport = {
  /** Milliseconds, from the list of tokens to their balances. */
  readonly wall: number
  readonly requests: number
  /** Bytes of JSON. */
  readonly up: number
  readonly down: number
  /** Balances that are as they were made. */
  readonly right: number
}

const [who = '', url = ''] = process.argv.slice(2)
const read = who === 'peer' ? readPeer : readOurs
read().then((report) => process.send?.(report))

async function readOurs(): Promise<BalanceReport> {
  const client = createRpcClient({ url })
  // Every run asks for the chain first, and so does the peer's below: neither pays for its connection.
  await client.request('eth_chainId', [])
  const traffic: { readonly sent: unknown; readonly received: unknown }[] = []
  const request: RpcClient['request'] = async (method, params) => {
    const result = await client.request(method, params)
    traffic.push({ sent: { jsonrpc: '2.0', id: 1, method, params }, received: { jsonrpc: '2.0', id: 1, result } })
    return result
  }
  const startedAt = performance.now()
  const reads = tokens.map(({ address }) => ({ ...readCall(address, 'balanceOf(address)', owner), words: 1 as const }))
  const results = await readMany({ ...client, request }, reads, 0n)
  const wall = performance.now() - startedAt
  const right = results.filter((result, index) => {
    return result.status === 'ok' && BigInt(result.data) === tokens[index]?.balance
  })
  const bytes = (side: 'sent' | 'received') => traffic.reduce((sum, each) => sum + JSON.stringify(each[side]).length, 0)
  return { wall, requests: traffic.length, up: bytes('sent'), down: bytes('received'), right: right.length }
}

async function readPeer(): Promise<BalanceReport> {
  const client = createPublicClient({ transport: http(url) })
  await client.getChainId()
  const startedAt = performance.now()
  const contracts = tokens.map(({ address }) => {
    return { address, abi: erc20Abi, functionName: 'balanceOf', args: [owner] } as const
  })
  const results = await client.multicall({ contracts, multicallAddress: multicall3Address, blockNumber: 0n })
  const wall = performance.now() - startedAt
  const right = results.filter(({ result }, index) => result === tokens[index]?.balance)
  return { wall, requests: Number.NaN, up: Number.NaN, down: Number.NaN, right: right.length }
}
