/** How programs usually read an account's logs, with the libraries they use. Each returns how many logs it read. */
import { getLogsRetryHelper } from '@ponder/utils'
import { JsonRpcProvider, Network } from 'ethers'
import { type AbiEvent, createPublicClient, http, numberToHex, parseAbiItem, RpcError } from 'viem'
import { logFilters } from '../src/domain/log-filters.ts'
import { addressTopic } from '../src/domain/topics.ts'
import type { Profile } from './profiles.ts'
import { accountAt } from './synthetic-log.ts'

export type PeerScan = (url: string, profile: Profile) => Promise<number>

const account = accountAt(0)
type Pass = { readonly event: AbiEvent; readonly args: Readonly<Record<string, `0x${string}`>> }

/** What the scan reads in three filters: one pass for each event and each place of the account. */
const passes: readonly Pass[] = [
  pass('event Approval(address indexed owner, address indexed spender, uint256 value)', 'owner'),
  pass('event ApprovalForAll(address indexed owner, address indexed operator, bool approved)', 'owner'),
  pass(
    'event Approval(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration)',
    'owner',
  ),
  pass(
    'event Permit(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration, uint48 nonce)',
    'owner',
  ),
  pass('event Lockdown(address indexed owner, address token, address spender)', 'owner'),
  pass('event OperatorSet(address indexed owner, address indexed spender, bool approved)', 'owner'),
  pass('event Approval(address indexed owner, address indexed spender, uint256 indexed id, uint256 amount)', 'owner'),
  pass('event Transfer(address indexed from, address indexed to, uint256 value)', 'from'),
  pass('event Transfer(address indexed from, address indexed to, uint256 value)', 'to'),
  pass('event AuthorizedOperator(address indexed operator, address indexed holder)', 'holder'),
  pass('event RevokedOperator(address indexed operator, address indexed holder)', 'holder'),
  pass(
    'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
    'from',
  ),
  pass(
    'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
    'from',
  ),
  pass(
    'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
    'to',
  ),
  pass(
    'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
    'to',
  ),
]

function pass(signature: string, argument: string): Pass {
  return { event: parseAbiItem([signature]) as AbiEvent, args: { [argument]: account } } // each signature above is an event
}

/** viem getLogs for each event, ten at a time, told the endpoint's range. It gets more retries than its default of three. */
export const viemPerEvent: PeerScan = async (url, { blocks, maximumBlocks = blocks + 1 }) => {
  const client = createPublicClient({ transport: http(url, { retryCount: 12, timeout: 60_000 }) })
  const jobs = passes.flatMap((each) => rangesOf(blocks, maximumBlocks).map((range) => ({ ...each, ...range })))
  let logs = 0
  const work = async () => {
    for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
      const found = await client.getLogs(job)
      logs += found.length
    }
  }
  await Promise.all(Array.from({ length: 10 }, work))
  return logs
}

/** A loop over the ranges, one after the other, told the endpoint's range and our three filters: its best case. */
export const ethersLoop: PeerScan = async (url, { blocks, maximumBlocks = blocks + 1 }) => {
  const provider = new JsonRpcProvider(url, Network.from(1), { staticNetwork: true, batchMaxCount: 1 })
  let logs = 0
  for (const filter of filters) {
    for (const { fromBlock, toBlock } of rangesOf(blocks, maximumBlocks)) {
      const found = await provider.getLogs({ topics: filter, fromBlock: Number(fromBlock), toBlock: Number(toBlock) })
      logs += found.length
    }
  }
  provider.destroy()
  return logs
}

/** As an indexer uses @ponder/utils: every event a source of its own, 500 blocks at first, 5 % more after each answer. */
export const ponderStyle: PeerScan = async (url, { blocks }) => {
  const client = createPublicClient({ transport: http(url, { retryCount: 12, timeout: 60_000 }) })
  const state = { range: 500, confirmed: null as number | null }
  let logs = 0
  const read = async (each: Pass, fromBlock: number, toBlock: number): Promise<number> => {
    try {
      return (await client.getLogs({ ...each, fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) })).length
    } catch (error) {
      const advice = adviceOn(error, fromBlock, toBlock)
      const [first] = advice
      if (first === undefined) throw error
      state.confirmed = first.toBlock - first.fromBlock + 1
      state.range = state.confirmed
      let found = 0
      for (const part of advice) found += await read(each, part.fromBlock, part.toBlock)
      return found
    }
  }
  for (let next = 0; next <= blocks; ) {
    const last = Math.min(blocks, next + state.range - 1)
    const found = await Promise.all(passes.map((each) => read(each, next, last)))
    logs += found.reduce((sum, count) => sum + count, 0)
    next = last + 1
    state.range = state.confirmed ?? Math.round(state.range * 1.05)
  }
  return logs
}

function adviceOn(error: unknown, fromBlock: number, toBlock: number): { fromBlock: number; toBlock: number }[] {
  const refusal = error instanceof Error && 'walk' in error ? findRpcError(error) : null
  if (refusal === null) return []
  const params = { fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock) }
  const advice = getLogsRetryHelper({ error: refusal, params: [params] })
  if (!advice.shouldRetry) return []
  return advice.ranges.map((range) => ({ fromBlock: Number(range.fromBlock), toBlock: Number(range.toBlock) }))
}

function findRpcError(error: Error): RpcError | null {
  return error instanceof RpcError ? error : error.cause instanceof Error ? findRpcError(error.cause) : null
}

/** The three filters of the scan as topics. */
const filters = logFilters.map(({ topic0, accountPosition }) => [
  [...topic0],
  ...Array<null>(accountPosition - 1).fill(null),
  addressTopic(account),
])

function rangesOf(blocks: number, size: number): { fromBlock: bigint; toBlock: bigint }[] {
  return Array.from({ length: Math.ceil((blocks + 1) / size) }, (_, index) => ({
    fromBlock: BigInt(index * size),
    toBlock: BigInt(Math.min(blocks, (index + 1) * size - 1)),
  }))
}
