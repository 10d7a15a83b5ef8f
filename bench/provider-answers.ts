/** What a simulated provider answers once a request got past its rate limit. */
import type { Profile } from './profiles.ts'
import { blockHash, blockOfHash, type SyntheticChain, type TopicFilter } from './synthetic-chain.ts'
import { type Draft, logJson } from './synthetic-log.ts'

/** The body of the answer, and what the provider's books call it. */
export type Reply = { readonly body: string; readonly kind: 'answered' | 'refused' }
export type Call = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] }
export type Setting = {
  readonly chain: SyntheticChain
  readonly profile: Profile
  /** Whether this request meets the machine that lags behind. */
  readonly isLagging: boolean
}

type LogQuestion = {
  readonly fromBlock?: string
  readonly toBlock?: string
  readonly blockHash?: string
  readonly topics?: TopicFilter
}

export function answer(call: Call, setting: Setting): Reply {
  const { profile, isLagging } = setting
  const head = profile.head ?? profile.blocks
  const seen = isLagging ? head - (profile.lag?.blocks ?? 0) : head
  switch (call.method) {
    case 'eth_chainId':
      return ok(call, '"0x1"')
    case 'web3_clientVersion':
      return ok(call, '"simulated/1"')
    case 'eth_syncing':
      return ok(call, 'false')
    case 'eth_blockNumber':
      return ok(call, JSON.stringify(`0x${seen.toString(16)}`))
    case 'eth_getBlockByNumber':
      return blockReply(call, { ...setting, seen })
    case 'eth_getLogs':
      return logsReply(call, { ...setting, seen })
    default:
      return refuse(call, -32601, `the method ${call.method} does not exist/is not available`)
  }
}

type Seeing = Setting & { readonly seen: number }

function blockReply(call: Call, { chain, profile, seen }: Seeing): Reply {
  const [tag] = call.params
  const asked = typeof tag === 'string' && tag.startsWith('0x') ? Number(tag) : tag === 'finalized' ? seen - 64 : seen
  return ok(call, asked > seen ? 'null' : JSON.stringify(chain.block(asked, profile.forkFrom)))
}

function logsReply(call: Call, setting: Seeing): Reply {
  const { profile, seen } = setting
  const question = call.params[0] as LogQuestion // a request of our own reader, or of a known library
  if (question.blockHash !== undefined) return blockLogs(call, question.blockHash, setting)
  const fromBlock = Number(question.fromBlock)
  const toBlock = Number(question.toBlock)
  const refusal = refusalOf(question, { fromBlock, toBlock, profile })
  if (refusal !== null) return refuse(call, refusal.code, refusal.message)
  const range = { fromBlock: Math.max(fromBlock, profile.historyFrom ?? 0), toBlock: Math.min(toBlock, seen) }
  const logs = foundIn(setting, range, question.topics ?? [])
  const { maximumLogs = Number.POSITIVE_INFINITY, cutsSilently, refusals } = profile
  if (logs.length <= maximumLogs || cutsSilently === true) return logList(call, logs.slice(0, maximumLogs), profile)
  const last = Math.max(fromBlock, (logs[maximumLogs]?.block ?? toBlock) - 1)
  const message = fill(refusals?.results ?? 'query returned more than {limit} results', {
    limit: maximumLogs,
    from: `0x${fromBlock.toString(16)}`,
    to: `0x${last.toString(16)}`,
  })
  return refuse(call, refusals?.resultsCode ?? -32005, message)
}

function refusalOf(
  { topics = [] }: LogQuestion,
  { fromBlock, toBlock, profile }: { fromBlock: number; toBlock: number; profile: Profile },
): { code: number; message: string } | null {
  const { maximumBlocks, maximumTopics = 1000, refusals = {}, historyFrom = 0, historyRefusal } = profile
  const asked = toBlock - fromBlock + 1
  if (maximumBlocks !== undefined && asked > maximumBlocks) {
    const message = fill(refusals.range ?? 'range {asked} exceeds limit of {limit}', { asked, limit: maximumBlocks })
    return { code: refusals.rangeCode ?? -32602, message }
  }
  const isOverfull = topics.some((position) => Array.isArray(position) && position.length > maximumTopics)
  if (isOverfull) return { code: -32602, message: 'exceed max topics' }
  if (historyRefusal !== undefined && fromBlock < historyFrom) return { code: -32602, message: historyRefusal }
  return null
}

function blockLogs(call: Call, hash: string, setting: Seeing): Reply {
  const { chain, profile, seen } = setting
  const number = blockOfHash(hash)
  const isKnown = number <= seen && hash === blockHash(number, number >= (profile.forkFrom ?? Number.POSITIVE_INFINITY))
  if (!isKnown) return refuse(call, -32000, 'unknown block')
  const logs = chain.between(number, number)
  return logList(call, number < (profile.historyFrom ?? 0) ? [] : [stranger(number), ...logs], profile)
}

/** A question without topics asks for everything: then each block has a log of somebody else, too. */
function foundIn(
  { chain }: Setting,
  range: { fromBlock: number; toBlock: number },
  topics: TopicFilter,
): readonly Draft[] {
  if (range.fromBlock > range.toBlock) return []
  if (topics.length > 0) return chain.select(range, topics)
  return range.fromBlock === range.toBlock
    ? [stranger(range.fromBlock), ...chain.between(range.fromBlock, range.toBlock)]
    : chain.between(range.fromBlock, range.toBlock)
}

const strangerIndex = 999_999

function stranger(block: number): Draft {
  return { block, index: 0, account: strangerIndex, serial: 0 }
}

function logList(call: Call, logs: readonly Draft[], { forkFrom = Number.POSITIVE_INFINITY }: Profile): Reply {
  return ok(call, `[${logs.map((log) => (log.block >= forkFrom ? forkedText(log) : textOf(log))).join(',')}]`)
}

const forkedText = (log: Draft): string => logJson(log, blockHash(log.block, true))

const texts = new WeakMap<Draft, string>()

function textOf(log: Draft): string {
  const text = texts.get(log) ?? logJson(log, blockHash(log.block))
  texts.set(log, text)
  return text
}

/** What a node has on its disk. Else the work of a thousand accounts' logs would be the provider's slowness. */
export function prepareLogs(chain: SyntheticChain, { blocks }: Profile): void {
  for (const log of chain.between(0, blocks)) textOf(log)
}

function ok({ id }: Call, result: string): Reply {
  return { kind: 'answered', body: `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}` }
}

function refuse({ id }: Call, code: number, message: string): Reply {
  return { kind: 'refused', body: JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }) }
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
