/** A run that ends in the midst of its log scan, and the next one over the same cache. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BlockRange } from '../../src/core/facts.ts'
import { blockCount, mergeRanges, subtractRanges } from '../../src/domain/block-range.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { decodeCollection } from '../../src/index.ts'
import { at, hashOf } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import type { Handler, JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
/** Blocks of the small chain, and of each range that the endpoint takes: 1,503 requests for all three filters. */
const lastBlock = 1000
const cap = 2n
const fewest = 3 * Math.ceil((lastBlock + 1) / Number(cap))
/** The newest blocks are read anew each time. */
const margin = { fromBlock: BigInt(lastBlock - 63), toBlock: BigInt(lastBlock) }
/** Requests under way at once: the last unit of work. */
const mostUnderWay = 64
const stopAfter = 400

type Filter = { readonly fromBlock: string; readonly toBlock: string; readonly topics?: readonly unknown[] }
type Asked = BlockRange & { readonly position: number }

let chain: JsonRpcServer
let asked: Asked[]
let onScan: () => void
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-'))
  asked = []
  onScan = () => {}
  chain = await startSmallChain({ over: { eth_getLogs: getLogs } })
})
afterEach(async () => {
  await chain.close()
  await rm(folder, { recursive: true })
})

/** An approval in every seventh block. */
const getLogs: Handler = ({ params: [filter] }) => {
  const { fromBlock, toBlock, topics: words = [] } = filter as Filter // the command asked
  if (fromBlock === undefined || words.length === 0) return { result: [] }
  const range = { fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) }
  if (blockCount(range) > cap) return { error: { code: -32602, message: `block range is limited to ${cap} blocks` } }
  asked.push({ ...range, position: words.length - 1 })
  onScan()
  const blocks = Array.from({ length: Number(blockCount(range)) }, (_, index) => Number(range.fromBlock) + index)
  return { result: words.length === 2 ? blocks.filter((block) => block % 7 === 0).map(approvalIn) : [] }
}

function approvalIn(block: number) {
  return {
    address: at(0x70).toLowerCase(),
    topics: [topics.approval, addressTopic(account), addressTopic(at(0x5e00 + block))],
    data: hashOf(5),
    blockNumber: `0x${block.toString(16)}`,
    blockHash: hashOf(block),
    transactionHash: hashOf(0xf000 + block),
    logIndex: '0x0',
    removed: false,
  }
}

type Cache = { readonly cache: string; readonly onStart?: Parameters<typeof cli>[1] }

async function check({ cache, onStart = {} }: Cache) {
  const facts = join(folder, 'facts.json')
  const options = ['--rule', 'unlimited-allowance', '--cache-dir', join(folder, cache), '--save-facts', facts]
  const run = await cli([account, '--rpc-url', chain.url, '--quiet', '--erc1155', ...options], onStart)
  const read = asked.splice(0)
  return { ...run, read, logs: async () => decodeCollection(await readFile(facts, 'utf8')).facts.logs }
}

/** The command gets the signal in the midst of its scan. */
const stopped = (signal: NodeJS.Signals): NonNullable<Parameters<typeof cli>[1]> => ({
  onStart: (child) => {
    let answers = 0
    onScan = () => {
      if (++answers === stopAfter) child.kill(signal)
    }
  },
})

/** Blocks that both asked for, in the same place of the topics, without those that every run reads. */
function readTwice(first: readonly Asked[], second: readonly Asked[]): bigint {
  return [1, 2, 3].reduce((sum, position) => {
    const own = (ranges: readonly Asked[]) =>
      mergeRanges(
        ranges.filter((range) => range.position === position).map(({ fromBlock, toBlock }) => ({ fromBlock, toBlock })),
      ).flatMap((range) => subtractRanges(range, [margin]))
    const earlier = own(first)
    const both = own(second).flatMap((range) => subtractRanges(range, subtractRanges(range, earlier)))
    return both.reduce((blocks, range) => blocks + blockCount(range), sum)
  }, 0n)
}

test.each([
  ['SIGKILL', null],
  ['SIGINT', 130],
] as const)(
  'after %s the next run reads the rest, and finds what an undisturbed one finds',
  async (signal, exitCode) => {
    const undisturbed = await check({ cache: 'undisturbed' })
    const expected = await undisturbed.logs()
    expect(expected).toMatchObject({ status: 'ok', value: { missing: [], coverage: { gaps: [] } } })
    expect(undisturbed.read.length).toBeGreaterThanOrEqual(fewest)
    expect(undisturbed.read.length).toBeLessThanOrEqual(Math.ceil(fewest * 1.02)) // a slow machine may ask for a few again

    const first = await check({ cache: 'disturbed', onStart: stopped(signal) })
    onScan = () => {}
    expect(first.exitCode).toBe(exitCode)
    expect(first.read.length).toBeGreaterThanOrEqual(stopAfter)
    expect(first.read.length).toBeLessThan(undisturbed.read.length)

    const second = await check({ cache: 'disturbed' })
    expect(await second.logs()).toEqual(expected)
    expect(readTwice(first.read, second.read)).toBeLessThanOrEqual(BigInt(mostUnderWay) * cap)
    expect(second.read.length).toBeLessThan(undisturbed.read.length)
  },
)
