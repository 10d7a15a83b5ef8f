/** Three hundred own transactions in ninety days: what each way to find them costs, and how long it takes on a limited endpoint. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { numberToHex } from 'viem/utils'
import activityCollector from '../../src/collectors/activity.ts'
import type { ActivityFacts } from '../../src/core/facts.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { MethodNotSupportedError } from '../../src/rpc/errors.ts'
import { account, at, chain, hashOf, nonces, owner } from '../../src/testing.ts'
import { boundSeconds } from '../profiles.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

const head = 21_000_000
const secondsPerBlock = 12
const windowBlocks = (90 * 86_400) / secondsPerBlock
const count = isQuick ? 60 : 300
/** Sent before the ninety days. */
const older = 40
const limited = { blocks: head, accounts: 1, logsPerAccount: 0, latencyMs: 80, requestsPerSecond: 40, burst: 40 }

/** The blocks of all transactions, the oldest first: some alone, some in crowds, as people send. */
const blocks = [
  ...spread(older, head - 10 * windowBlocks, windowBlocks),
  ...spread(count, head - windowBlocks, windowBlocks),
]

function spread(size: number, first: number, length: number): readonly number[] {
  let noise = 7
  const random = () => {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0
    return noise / 2 ** 32
  }
  return Array.from({ length: size }, () => first + 1 + Math.floor(random() * (length - 2))).toSorted((a, b) => a - b)
}

export default async function history(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { name, methods, floor, bar } of ways) {
    const { client, asked } = counted(methods)
    const { transactions, missing } = await read(client)
    const finding = asked.filter((method) => !isDetail(method)).length
    rows.push(
      holds(`${name}: found and proven`, {
        figure: `${transactions.length}/${count}`,
        bar: 'all',
        passed: transactions.length === count && missing.length === 0,
      }),
      atMost(`${name}: requests per transaction (floor ${floor.toFixed(2)})`, finding / count, bar),
    )
  }
  return [...rows, ...(await timed())]
}

/** Each probe of a stretch with one transaction tells one bit; so many bits say where all are, and each block is read once. */
const bits = Array.from({ length: count }, (_, index) => Math.log2((windowBlocks - index) / (index + 1)))
const bisectionFloor = bits.reduce((sum, bit) => sum + bit, 0) / count + 1

const ways = [
  { name: 'index by address', methods: ['ots_searchTransactionsBefore'], floor: 1 / 25, bar: 0.25 },
  { name: 'sender and nonce', methods: ['eth_getTransactionBySenderAndNonce'], floor: 1, bar: 1.2 },
  { name: 'traces', methods: ['trace_filter'], floor: 1, bar: 1.2 },
  { name: 'nonces of past blocks', methods: [], floor: bisectionFloor, bar: bisectionFloor * 1.2 },
] as const

const details = ['eth_getTransactionReceipt', 'eth_feeHistory', 'eth_getBlockByNumber of a time']

/** What is read of a transaction once it is found. */
function isDetail(method: string): boolean {
  return details.includes(method)
}

/** A whole history by the slowest way, details included, on an endpoint that takes forty requests a second. */
async function timed(): Promise<readonly Row[]> {
  const { server, url, requests } = await startLimited()
  try {
    const startedAt = performance.now()
    const { transactions } = await read(createRpcClient({ url }))
    const seconds = (performance.now() - startedAt) / 1000
    const bound = boundSeconds(limited, requests())
    return [
      holds(`${count} transactions at 40/s`, {
        figure: `${transactions.length} in ${seconds.toFixed(1)} s, ${requests()} requests`,
        bar: 'all',
        passed: transactions.length === count,
      }),
      atMost('time beside what so many requests take at 40/s', seconds / bound, 1.15),
    ]
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

async function read(rpc: RpcClient): Promise<ActivityFacts> {
  const block = { number: BigInt(head), hash: hashOf(head), timestamp: timeOf(head) }
  const known = { chain: chain({ block, head: block }), account: account(), nonces: nonces({ latest: blocks.length }) }
  const options = { account: owner, history: { days: 90, mostTransactions: 300 } }
  const context = { rpc, options, store: null } as unknown as Parameters<typeof activityCollector.fetch>[0] // it takes no more of it
  return activityCollector.decode(await activityCollector.fetch(context, known), known)
}

function counted(methods: readonly string[]) {
  const asked: string[] = []
  const host = 'rpc.example'
  const request: RpcClient['request'] = async (method, params) => {
    // A block without its transactions gives the time of one that is found, however it was found.
    asked.push(method === 'eth_getBlockByNumber' && params[1] === false ? 'eth_getBlockByNumber of a time' : method)
    if (isListing(method) && !methods.includes(method)) throw new MethodNotSupportedError({ host, method })
    return answer(method, params)
  }
  return { client: { host, endpointId: 'be4c', requestCount: () => asked.length, request }, asked }
}

function isListing(method: string): boolean {
  return ways.some(({ methods }) => methods.some((listing) => listing === method))
}

function timeOf(block: number): number {
  return 1_480_000_000 + block * secondsPerBlock
}

/** What a node says about the account. */
function answer(method: string, params: readonly unknown[]): unknown {
  const [first, second] = params
  switch (method) {
    case 'eth_getTransactionCount':
      return numberToHex(blocks.filter((block) => block <= Number(second)).length)
    case 'eth_getBlockByNumber':
      return blockAt(Number(first), second === true)
    case 'eth_getTransactionReceipt':
      return receiptOf(Number(BigInt(String(first)) - 0xace000n))
    case 'eth_feeHistory':
      return {
        oldestBlock: second,
        baseFeePerGas: ['0x64', '0x64'],
        gasUsedRatio: [0.5],
        reward: [['0x1', '0xa', '0x14']],
      }
    case 'eth_getTransactionBySenderAndNonce':
      return transactionOf(Number(second))
    case 'eth_getTransactionByHash':
      return transactionOf(Number(BigInt(String(first)) - 0xace000n))
    case 'trace_filter':
      return tracesIn(first as { readonly fromBlock: string })
    case 'ots_searchTransactionsBefore':
      return pageBefore(Number(second))
    default:
      return null
  }
}

function blockAt(number: number, isWhole: boolean) {
  const own = blocks.flatMap((block, nonce) => (block === number ? [transactionOf(nonce)] : []))
  return { number: numberToHex(number), timestamp: numberToHex(timeOf(number)), transactions: isWhole ? own : [] }
}

function transactionOf(nonce: number) {
  return {
    ...{ hash: hashOf(0xace000 + nonce), from: owner, to: at(0xb0b), nonce: numberToHex(nonce), type: '0x2' },
    ...{ blockNumber: numberToHex(blocks[nonce] ?? 0), gas: '0x5208', value: '0x1', input: '0x' },
    ...{ maxFeePerGas: '0xc8', maxPriorityFeePerGas: '0xa' },
  }
}

function receiptOf(nonce: number) {
  const { hash, blockNumber } = transactionOf(nonce)
  return { transactionHash: hash, blockNumber, status: '0x1', gasUsed: '0x5208', effectiveGasPrice: '0x6e' }
}

function tracesIn({ fromBlock }: { readonly fromBlock: string }) {
  const nonces = blocks.flatMap((block, nonce) => (block >= Number(fromBlock) ? [nonce] : []))
  return nonces.map((nonce) => ({ transactionHash: hashOf(0xace000 + nonce), traceAddress: [], type: 'call' }))
}

function pageBefore(before: number) {
  const listed = blocks.flatMap((block, nonce) => (block < before ? [transactionOf(nonce)] : [])).toReversed()
  // A page never ends inside a block.
  const last = listed[24]?.blockNumber
  const txs = listed.filter(({ blockNumber }, index) => index < 25 || blockNumber === last)
  return { txs, receipts: [], firstPage: false, lastPage: txs.length === listed.length }
}

type Limited = { readonly server: Server; readonly url: string; readonly requests: () => number }

/** The same node behind a token bucket, without the methods that list. */
async function startLimited(): Promise<Limited> {
  let tokens = limited.burst
  let filledAt = performance.now()
  let answered = 0
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer) // no encoding is set
    const { id, method, params } = JSON.parse(Buffer.concat(parts).toString()) as {
      readonly id: unknown
      readonly method: string
      readonly params: readonly unknown[]
    } // our own client wrote it
    const now = performance.now()
    tokens = Math.min(limited.burst, tokens + ((now - filledAt) / 1000) * limited.requestsPerSecond)
    filledAt = now
    const isAllowed = tokens >= 1
    if (isAllowed) tokens -= 1
    if (isAllowed) answered++
    const refusal = { code: -32601, message: `the method ${method} does not exist` }
    const body = isListing(method)
      ? { jsonrpc: '2.0', id, error: refusal }
      : { jsonrpc: '2.0', id, result: answer(method, params) }
    setTimeout(() => {
      response.writeHead(isAllowed ? 200 : 429, { 'content-type': 'application/json' })
      response.end(isAllowed ? JSON.stringify(body) : '{}')
    }, limited.latencyMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's
  return { server, url: `http://127.0.0.1:${port}`, requests: () => answered }
}
