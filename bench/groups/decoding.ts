/** A reply becomes checked rows many times faster than libraries decode it, and sooner than it was parsed from JSON. */
import { Interface } from 'ethers'
import { formatLog, parseAbi, parseEventLogs, type RpcLog } from 'viem'
import { logFilters } from '../../src/domain/log-filters.ts'
import { packLogs } from '../../src/domain/packed-logs.ts'
import { topics } from '../../src/domain/topics.ts'
import { atLeast, atMost, type Row } from '../row.ts'
import { blockHash } from '../synthetic-chain.ts'
import { logJson, topicsOf } from '../synthetic-log.ts'

const events = [
  'event Approval(address indexed owner, address indexed spender, uint256 value)',
  'event ApprovalForAll(address indexed owner, address indexed operator, bool approved)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event Approval(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration)',
  'event Permit(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration, uint48 nonce)',
  'event Lockdown(address indexed owner, address token, address spender)',
  'event OperatorSet(address indexed owner, address indexed spender, bool approved)',
  'event AuthorizedOperator(address indexed operator, address indexed holder)',
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
] as const
const abi = parseAbi(events)
const interfaceOfEthers = new Interface(events)

/** A reply of usual size. */
const logsPerReply = 1_000
const rounds = 25

type Times = { parse: number; pack: number; viem: number; ethers: number }

/**
 * Every round has logs of its own, as a scan has: the libraries spell each address by a hash, and keep the spellings of
 * the last few thousand. The best round of each counts.
 */
export default async function decoding(): Promise<readonly Row[]> {
  const best: Times = { parse: Infinity, pack: Infinity, viem: Infinity, ethers: Infinity }
  for (let round = 0; round < rounds; round++) {
    const times = measureRound(round)
    for (const key of ['parse', 'pack', 'viem', 'ethers'] as const) best[key] = Math.min(best[key], times[key])
  }
  const perSecond = Math.round(logsPerReply / best.pack)
  return [
    atLeast(`viem parseEventLogs ÷ packLogs (${perSecond}k logs/s)`, best.viem / best.pack, 40),
    atLeast('ethers parseLog ÷ packLogs', best.ethers / best.pack, 150),
    atMost('packLogs ÷ JSON.parse', best.pack / best.parse, 1),
  ]
}

/** Milliseconds for one reply. */
function measureRound(round: number): Times {
  const text = replyText(round)
  const parse = measure(() => JSON.parse(text))
  const logs = parse.result as RpcLog[] // `replyText` wrote them
  const asked = {
    range: { fromBlock: 0n, toBlock: 1_000_000_000n },
    topics: [[...new Set(logFilters.flatMap(({ topic0 }) => topic0))]],
  }
  const pack = measure(() => packLogs(logs, asked))
  const formatted = logs.map((log) => formatLog(log))
  const viem = measure(() => parseEventLogs({ abi, logs: formatted as never })) // its type wants what formatLog leaves open
  const ethers = measure(() => logs.map((log) => interfaceOfEthers.parseLog(log)))
  return { parse: parse.milliseconds, pack: pack.milliseconds, viem: viem.milliseconds, ethers: ethers.milliseconds }
}

function replyText(round: number): string {
  const logs: string[] = []
  for (let serial = round * 2 * logsPerReply; logs.length < logsPerReply; serial++) {
    // ethers throws for a Transfer with a fourth topic when its ABI has the one of three.
    const isItem =
      topicsOf({ account: 0, serial }).length === 4 && topicsOf({ account: 0, serial })[0] === topics.transfer
    const block = 20_000_000 + serial
    if (!isItem) logs.push(logJson({ block, index: serial % 300, account: 0, serial }, blockHash(block)))
  }
  return `[${logs.join(',')}]`
}

function measure<Result>(act: () => Result): { readonly result: Result; readonly milliseconds: number } {
  const startedAt = performance.now()
  const result = act()
  return { result, milliseconds: performance.now() - startedAt }
}
