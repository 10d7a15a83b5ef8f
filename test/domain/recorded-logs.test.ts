/**
 * Logs of Ethereum's main network, recorded by others and not part of this project: `UPSTREAM_DATA_DIR` names the folder that holds
 * them. What we read from each must be what viem and ethers read, and nothing may be lost on the way.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Interface } from 'ethers'
import { type Address, formatLog, type Hex, type RpcLog } from 'viem'
import { decodeEventLog, getAddress, parseAbi } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import type { ApprovalEvent } from '../../src/core/facts.ts'
import { approvalReader, receivedReader } from '../../src/domain/approval-events.ts'
import { logFilters } from '../../src/domain/log-filters.ts'
import { packLogs, readPacked } from '../../src/domain/packed-logs.ts'
import { topics } from '../../src/domain/topics.ts'

const folder = process.env.UPSTREAM_DATA_DIR
const recordings = folder === undefined ? [] : ['rpc/erigon-rpc-tests/integration/mainnet', 'rpc/execution-apis/tests']
const why = 'set UPSTREAM_DATA_DIR to the folder of recorded answers to run these'

const signatures = [
  'event Approval(address indexed owner, address indexed spender, uint256 value)',
  'event Approval(address indexed owner, address indexed spender, uint256 indexed tokenId)',
  'event ApprovalForAll(address indexed owner, address indexed operator, bool approved)',
  'event Approval(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration)',
  'event Permit(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration, uint48 nonce)',
  'event Lockdown(address indexed owner, address token, address spender)',
  'event OperatorSet(address indexed owner, address indexed spender, bool approved)',
  'event Approval(address indexed owner, address indexed spender, uint256 indexed id, uint256 amount)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
] as const

type Arguments = Readonly<Record<string, unknown>>

/** The arguments of a log by name, as a library reads them. Throws when it cannot. */
const decoders = {
  viem: (signature: string, log: RpcLog): Arguments => {
    const { args } = decodeEventLog({ abi: parseAbi([signature]), data: log.data, topics: log.topics as [Hex] })
    return args as unknown as Arguments
  },
  ethers: (signature: string, log: RpcLog): Arguments => {
    const parsed = new Interface([signature]).parseLog(log)
    if (parsed === null) throw new Error('not this event')
    return parsed.args.toObject() as Arguments
  },
}
type Library = keyof typeof decoders
const libraries: readonly Library[] = ['viem', 'ethers']

function readBy(library: Library, log: RpcLog): Arguments {
  for (const signature of signatures) {
    try {
      return decoders[library](signature, log)
    } catch {
      // Another signature may fit: Approval has four.
    }
  }
  throw new Error(`${library} reads nothing from ${log.transactionHash} ${log.logIndex}`)
}

describe.skipIf(folder === undefined)(`recorded logs (${why})`, () => {
  const replies = recordings.flatMap((name) => repliesIn(join(folder ?? '', name)))
  const logs = replies.flat()
  const of = (wanted: ReadonlySet<string>, position: number) =>
    logs.filter(({ topics: words }) => wanted.has(words[0] ?? '') && words.length > position)

  test('are there', () => {
    expect(logs.length).toBeGreaterThan(600)
    expect(of(new Set([topics.permit2Permit]), 1).length).toBeGreaterThan(0)
  })

  test('every field of every log comes back from packed bytes as viem gives it', () => {
    for (const reply of replies) {
      const expected = reply.map((log) => formatLog(log)).map(fieldsOf)
      expect([...readPacked(pack(reply))].map(fieldsOf)).toEqual(expected.sort(byPlace))
    }
  })

  test.each(libraries)('every approval is read as %s reads it', (library) => {
    const approvals = of(approvalTopics, 1)
    expect(approvals.length).toBeGreaterThan(50)
    for (const log of approvals) {
      const said = readBy(library, log)
      expect(approvalsOf(log, spelled(said.owner))).toEqual(expectedApprovals(log, said))
    }
  })

  test.each(libraries)('every transfer is read as %s reads it', (library) => {
    const transfers = [...of(new Set([topics.transfer]), 2), ...of(multiTopics, 3)]
    expect(transfers.length).toBeGreaterThan(200)
    for (const log of transfers) {
      const { to } = readBy(library, log)
      const kind = multiTopics.has(log.topics[0] ?? '') ? 'multi' : log.topics.length === 4 ? 'nft' : 'fungible'
      const reader = receivedReader(spelled(to))
      reader.add(readPacked(pack([log])))
      const received = [{ contract: getAddress(log.address), kind, log: placeOf(log) }]
      expect(reader.result()).toEqual({ items: received, unreadable: [] })
    }
  })
})

const spelled = (address: unknown) => getAddress(String(address))
const multiTopics: ReadonlySet<string> = new Set([topics.transferSingle, topics.transferBatch])
const grantTopics = logFilters[0]?.topic0.filter((topic) => topic !== topics.transfer) ?? []
const approvalTopics: ReadonlySet<string> = new Set(grantTopics)
const anyBlocks = { range: { fromBlock: 0n, toBlock: 2n ** 40n }, topics: [] }
const pack = (reply: readonly RpcLog[]) => packLogs(reply, anyBlocks)

type Reading = Pick<ApprovalEvent, 'kind' | 'contract' | 'spender' | 'tokenId' | 'permit2'>

/** What we read from this log about this owner. Every contract counts as Permit2 here: the shape is what is read. */
function approvalsOf(log: RpcLog, owner: Address): readonly Reading[] {
  const reader = approvalReader({ owner, isPermit2: () => true })
  reader.add(readPacked(pack([log])))
  const { items, unreadable } = reader.result()
  expect(unreadable).toEqual([])
  for (const item of items) expect(item.log).toEqual(placeOf(log))
  return items.map(({ log: _, isEnd: __, ...reading }) => reading)
}

function placeOf({ blockNumber, transactionHash, logIndex }: RpcLog) {
  return { block: BigInt(blockNumber ?? 0), transaction: transactionHash, index: Number(logIndex) }
}

function expectedApprovals(log: RpcLog, said: Arguments): readonly Reading[] {
  const contract = getAddress(log.address)
  const amountOrId = said.tokenId ?? said.id ?? said.value
  const plain = { contract, spender: spelled(said.spender ?? said.operator), tokenId: null, permit2: null }
  switch (log.topics[0]) {
    case topics.approval:
      return [
        { ...plain, kind: 'erc20' },
        { ...plain, kind: 'erc721', tokenId: BigInt(String(amountOrId)) },
      ]
    case topics.approvalForAll:
      return [{ ...plain, kind: 'operator' }]
    case topics.operatorSet:
      return [{ ...plain, kind: 'operator-set' }]
    case topics.itemApproval:
      return [{ ...plain, kind: 'item-allowance', tokenId: BigInt(String(amountOrId)) }]
    default:
      return [{ ...plain, kind: 'permit2', contract: spelled(said.token), permit2: contract }]
  }
}

type Fields = ReturnType<typeof fieldsOf>

function fieldsOf(log: {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly blockNumber: bigint | null
  readonly logIndex: number | null
  readonly transactionHash: string | null
}) {
  return {
    address: log.address.toLowerCase(),
    topics: [...log.topics],
    data: log.data,
    block: log.blockNumber ?? -1n,
    index: log.logIndex ?? -1,
    transaction: log.transactionHash,
  }
}

function byPlace(one: Fields, other: Fields): number {
  return Number(one.block - other.block) || one.index - other.index
}

/** Some recordings are packed; without the programs that unpack them they are left out. */
const canUnpack = ['tar', 'bzip2'].every((program) => spawnSync(program, ['--version']).status === 0)

/** The logs of each answer to eth_getLogs or eth_getBlockReceipts in the recordings. */
function repliesIn(place: string): readonly (readonly RpcLog[])[] {
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
  return files.map((file) => join(place, file)).flatMap((file) => exchangesIn(file).flatMap(logsIn))
}

function exchangesIn(file: string): readonly unknown[] {
  if (file.endsWith('.json')) return JSON.parse(readFileSync(file, 'utf8')) as unknown[]
  if (file.endsWith('.io')) return readFileSync(file, 'utf8').split('\n').flatMap(answerIn)
  if (!file.endsWith('.tar') || !canUnpack) return []
  const { stdout } = spawnSync('tar', ['-xjOf', file], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  return JSON.parse(stdout) as unknown[]
}

function answerIn(line: string): readonly unknown[] {
  return line.startsWith('<< ') ? [{ response: JSON.parse(line.slice(3)) as unknown }] : []
}

function logsIn(exchange: unknown): readonly (readonly RpcLog[])[] {
  const result = (exchange as { response?: { result?: unknown } }).response?.result
  if (!Array.isArray(result)) return []
  const items = result.filter((item): item is object => typeof item === 'object' && item !== null)
  const logs = items.flatMap((item) => ('logs' in item ? (item.logs as RpcLog[]) : isLog(item) ? [item] : []))
  return logs.length === 0 ? [] : [logs]
}

function isLog(item: object): item is RpcLog {
  return 'topics' in item && 'logIndex' in item
}
