/** The options of `check`, from words to values. Pure. */
import { parseTransactionHash } from '../config/transaction-hash.ts'
import { isHistoryDays, mostHistoryDays } from '../core/history.ts'
import { severities } from '../core/severity.ts'
import { value } from '../core/value.ts'
import { oneOf } from '../domain/expectation.ts'
import type { FailOn, GatherOptions } from '../index.ts'
import { attributed } from './attributed.ts'
import type { CacheFlags } from './cache.ts'
import { readNow } from './clock.ts'
import type { ComparisonFlags } from './comparison.ts'
import { type Output, parseOutputs } from './outputs.ts'
import { badValue, UsageError } from './usage-error.ts'

/** As commander hands them over: absent options are absent. */
export type CheckFlags = CacheFlags &
  ComparisonFlags & {
    /** False for --no-config. */
    readonly config?: string | false
    readonly accounts?: string
    /** The first, and those for when it fails. */
    readonly rpcUrl?: readonly string[]
    readonly chain?: string
    readonly output?: readonly string[]
    readonly sarifAnchor?: string
    readonly failOn?: string
    readonly allowIncomplete?: boolean
    readonly rule?: readonly string[]
    readonly skipRule?: readonly string[]
    readonly plugin?: readonly string[]
    readonly tokenList?: readonly string[]
    readonly shownTokens?: string
    readonly threatList?: readonly string[]
    readonly sanctionsList?: readonly string[]
    readonly expectedSpenders?: string
    readonly fromBlock?: string
    readonly erc1155?: boolean
    readonly tx?: readonly string[]
    readonly history?: string
    readonly historyUrl?: string
    readonly block?: string
    readonly timeout?: string
    readonly now?: string
    readonly maxRps?: string
    readonly maxRequests?: string
    readonly yes?: boolean
    readonly quick?: boolean
    readonly logsFrom?: string
    readonly secondRpcUrl?: string
    /** False for --no-second-opinion. */
    readonly secondOpinion?: boolean
    /** False for --no-color. */
    readonly color?: boolean
    readonly quiet?: boolean
    readonly saveFacts?: string
    readonly facts?: string
    readonly notify?: readonly string[]
  }

export type CheckSettings = {
  readonly outputs: readonly Output[]
  readonly failOn: FailOn
  /** How to read from a node. */
  readonly reading: Pick<
    GatherOptions,
    | 'fromBlock'
    | 'erc1155'
    | 'transactionHashes'
    | 'history'
    | 'block'
    | 'timeoutMs'
    | 'now'
    | 'maximumRps'
    | 'maximumRequests'
    | 'longestScanSeconds'
    | 'quick'
  >
}

/** Nobody waits longer for a search of logs without having said so. */
const longestScanSeconds = 600

/** @throws UsageError */
export function readCheckFlags(flags: CheckFlags): CheckSettings {
  return {
    outputs: parseOutputs(flags.output ?? [], flags.sarifAnchor),
    failOn: readLevel(flags.failOn ?? 'high'),
    reading: readReading(flags),
  }
}

function readReading(flags: CheckFlags): CheckSettings['reading'] {
  if (flags.quick === true) refuseScanFlags(flags)
  const block = readBlock('--block', flags.block)
  const fromBlock = readBlock('--from-block', flags.fromBlock)
  if (block !== undefined && fromBlock !== undefined && fromBlock > block) throw new UsageError('usage-block-order')
  const history = readHistory(flags.history)
  const timeoutMs = readTimeout(flags.timeout)
  const now = readNow(flags.now)
  const maximumRps = readRate(flags.maxRps)
  const maximumRequests = readCount('--max-requests', flags.maxRequests)
  // Whoever narrows the search, or limits its cost, knows what they ask for.
  const isChosen = flags.yes === true || maximumRequests !== undefined || fromBlock !== undefined
  return {
    ...(fromBlock !== undefined && { fromBlock }),
    ...(flags.erc1155 === true && { erc1155: true }),
    ...(flags.tx !== undefined && { transactionHashes: flags.tx.map(readTransactionHash) }),
    ...(history !== undefined && { history }),
    ...(block !== undefined && { block }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(now !== undefined && { now }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
    ...(!isChosen && { longestScanSeconds }),
    ...(flags.quick === true && { quick: true }),
  }
}

/** Lists that are part of saved facts. */
const listFlags = {
  tokenList: '--token-list',
  shownTokens: '--shown-tokens',
  threatList: '--threat-list',
  sanctionsList: '--sanctions-list',
} as const satisfies { readonly [Flag in keyof CheckFlags]?: string }

/** Options that say how to ask a node mean nothing for facts that were saved. */
const liveFlags = {
  accounts: '--accounts',
  rpcUrl: '--rpc-url',
  chain: '--chain',
  fromBlock: '--from-block',
  erc1155: '--erc1155',
  tx: '--tx',
  history: '--history',
  historyUrl: '--history-url',
  block: '--block',
  timeout: '--timeout',
  now: '--now',
  maxRps: '--max-rps',
  maxRequests: '--max-requests',
  yes: '--yes',
  quick: '--quick',
  logsFrom: '--logs-from',
  secondRpcUrl: '--second-rpc-url',
  cacheDir: '--cache-dir',
  saveFacts: '--save-facts',
  notify: '--notify',
} as const satisfies { readonly [Flag in keyof CheckFlags]?: string }

/** @throws UsageError when something was given that saved facts have no use for */
export function refuseLiveFlags(flags: CheckFlags, addresses: readonly string[]): void {
  for (const [flag, option] of Object.entries(liveFlags)) {
    if (flags[flag as keyof typeof liveFlags] !== undefined) refuse(option) // a key of the table
  }
  for (const [flag, option] of Object.entries(listFlags)) {
    if (flags[flag as keyof typeof listFlags] === undefined) continue // a key of the table
    throw new UsageError('usage-facts-lists', { option: value.text(option) })
  }
  if (typeof flags.config === 'string') refuse('--config')
  if (addresses.length > 0) refuse('ADDRESS')
}

/**
 * That there is no address, or where it went: `--rpc-url 0x…` takes it for its own value.
 * @throws UsageError
 */
export function refuseNoAddress(flags: CheckFlags): never {
  for (const [flag, option] of Object.entries(liveFlags)) {
    const all = flags[flag as keyof typeof liveFlags] // a key of the table
    const given = Array.isArray(all) ? all[0] : all
    if (typeof given !== 'string' || !/^0x[0-9a-f]{40}$|^[^\s./:]+\.eth$/i.test(given)) continue
    throw new UsageError('usage-address-as-value', { option: value.text(option), address: value.untrustedText(given) })
  }
  throw new UsageError('usage-no-address')
}

/** @throws UsageError for options about a search that --quick leaves out */
function refuseScanFlags({ fromBlock, logsFrom, yes, erc1155 }: CheckFlags): void {
  if (fromBlock !== undefined) throw new UsageError('usage-quick-alone', { option: value.text('--from-block') })
  if (erc1155 !== undefined) throw new UsageError('usage-quick-alone', { option: value.text('--erc1155') })
  if (logsFrom !== undefined) throw new UsageError('usage-quick-alone', { option: value.text('--logs-from') })
  if (yes !== undefined) throw new UsageError('usage-quick-alone', { option: value.text('--yes') })
}

function refuse(option: string): never {
  throw new UsageError('usage-facts-alone', { option: value.text(option) })
}

const levels: readonly string[] = [...severities, 'never'] satisfies FailOn[]

function readLevel(text: string): FailOn {
  if (!levels.includes(text)) throw badValue('--fail-on', oneOf(levels))
  return text as FailOn // one of the levels
}

function readBlock(option: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  if (!/^(?:\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text))
    throw badValue(option, { kind: 'whole', values: ['0', '21000000', '0x1406f40'], from: 0 })
  return BigInt(text)
}

/** @throws UsageError, SecretInputError */
function readTransactionHash(text: string): string {
  return attributed({ option: '--tx' }, () => parseTransactionHash(text, '--tx'))
}

/** Whole days. */
function readHistory(text: string | undefined): number | 'all' | undefined {
  if (text === undefined || text === 'all') return text
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (!isHistoryDays(days))
    throw badValue('--history', { kind: 'whole', values: ['30', '365'], from: 1, to: mostHistoryDays, also: 'all' })
  return days
}

function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (seconds <= 0) throw badValue('--timeout', { kind: 'number', values: ['0.5', '30', '120'], above: 0, to: 999_999 })
  return seconds * 1000
}

function readRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const rate = /^\d{1,5}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (rate <= 0) throw badValue('--max-rps', { kind: 'number', values: ['0.5', '10', '25'], above: 0, to: 99_999 })
  return rate
}

function readCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,11}$/.test(text)) throw badValue(option, { kind: 'whole', values: ['100', '5000'], from: 1 })
  return Number(text)
}
