/** `wallet-checkup`: the check-up as a library. Reads only; never accepts a key. See README, "As a library". */
import { setMaxListeners } from 'node:events'
import builtInRules from '../rules/index.ts'
import collectors, { quickCollectors } from './collectors/index.ts'
import { type AddressInput, parseAddress } from './config/address.ts'
import { InvalidOptionError } from './config/option-error.ts'
import type { Collection } from './core/collection.ts'
import type { Progress, ThreatList, TokenList } from './core/collector.ts'
import type { LogSource } from './core/log-source.ts'
import type { Report } from './core/report.ts'
import type { RpcClient } from './core/rpc.ts'
import type { Rule } from './core/rule.ts'
import type { Store } from './core/store.ts'
import type { Locale } from './core/text.ts'
import { count } from './domain/rpc-reply.ts'
import { gatherFacts } from './engine/checkup.ts'
import { WrongChainError } from './engine/collect.ts'
import type { FailOn } from './engine/exit-code.ts'
import type { RuleOptions } from './engine/judge.ts'
import { judgeFacts } from './engine/judgement.ts'
import { localizeReport as localize } from './engine/localize.ts'
import { checkRuleOptions, type RuleSelection, selectRules } from './engine/select-rules.ts'
import { createRpcClient } from './rpc/client.ts'
import { endpointIdOf } from './rpc/endpoint.ts'
import { resolveEns } from './rpc/ens.ts'

export { AddressError, parseAddress, parseAddresses } from './config/address.ts'
export { findSecret, SecretInputError } from './config/secrets.ts'
export type { Collection } from './core/collection.ts'
export type { Progress, ThreatList, TokenList } from './core/collector.ts'
export { CheckupError, type FactError } from './core/errors.ts'
export type { Finding, Severity } from './core/finding.ts'
export type { LogSource } from './core/log-source.ts'
export type { Outcome } from './core/outcome.ts'
export { type Report, type ReportFinding, type ReportOutcome, type ReportTarget, reportSchema } from './core/report.ts'
export { type ReadMethod, type RpcClient, readMethods } from './core/rpc.ts'
export type { Rule } from './core/rule.ts'
export type { Store } from './core/store.ts'
export type { Locale } from './core/text.ts'
export { tool } from './core/tool.ts'
export { type FailOn, failOnLevels } from './engine/exit-code.ts'
export { decodeCollection, encodeCollection, FactsFileError } from './engine/facts-file.ts'
export { InvalidRuleOptionsError, NoRulesSelectedError, UnknownRuleError } from './engine/select-rules.ts'
export { createLogSource, type LogSourceOptions } from './log-sources/create-log-source.ts'
export { type CacheOptions, createCache } from './store/create-cache.ts'
export { parseThreatList } from './threats/parse-threat-list.ts'
export { parseTokenList } from './tokens/parse-token-list.ts'

/** The built-in rules, in report order. */
export const rules: readonly Rule[] = builtInRules

type RulesOption = RuleSelection & {
  /** The rules to run; the built-in ones when absent. */
  readonly rules?: readonly Rule[]
  /** Per rule id the options that differ from their defaults; see `rules ID` on the command line. */
  readonly ruleOptions?: RuleOptions
}

export type GatherOptions = RulesOption & {
  /** The account: 0x and 40 hex digits (a checksum is checked when there is one), or an ENS name on a chain that has ENS. */
  readonly address: string
  /** One of `rpcUrl` and `rpc` is needed. http or https; a key in it leaves this process for that host only. */
  readonly rpcUrl?: string
  /** A client of your own. Must throw for a failed request, never return a substitute. */
  readonly rpc?: RpcClient
  /** The chain the endpoint must serve. Another one: nothing about the account is asked, and a rule says so. */
  readonly chainId?: number
  /** Your own name for the account, repeated in the report. */
  readonly label?: string
  readonly tokenLists?: readonly TokenList[]
  readonly threatLists?: readonly ThreatList[]
  /** Tokens that the wallet shows (0x addresses), for the rules that say which ones it does not. */
  readonly shownTokens?: readonly string[]
  /** First block of log scans; 0 when absent. */
  readonly fromBlock?: bigint
  /** Seconds. A log scan that will take longer stops before the long part, which is then missing; no limit when absent. */
  readonly longestScanSeconds?: number
  /** The block to read state at; the newest when absent. */
  readonly block?: bigint
  /** Milliseconds that one request may take, from `rpcUrl` only; 30000 when absent. */
  readonly timeoutMs?: number
  /** No more requests in any second, and no more requests at all, from `rpcUrl` only. What was not asked is missing. */
  readonly maximumRps?: number
  readonly maximumRequests?: number
  /** True: state only, no logs. Listed tokens and known spenders are looked at, and everything else is missing. */
  readonly quick?: boolean
  /** Stops the run: what was read by then is kept, the rest is missing with the code `stopped`. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Keeps what was read for later runs; nothing is kept when absent. */
  readonly store?: Store
  /** Who lists logs in place of the endpoint (`createLogSource`). It learns the account; what is live is still read from the endpoint. */
  readonly logSource?: LogSource
  /** Milliseconds since 1970; `Date.now` when absent. */
  readonly now?: () => number
}

export type JudgeOptions = RulesOption & {
  /** The language of the report's sentences; `en` when absent. */
  readonly locale?: Locale
  /** The lowest severity for which `result.summary.exitCode` is 1; `high` when absent. */
  readonly failOn?: FailOn
  /** True: what could not be evaluated does not make the exit code 3. */
  readonly allowIncomplete?: boolean
}

export type CheckupOptions = GatherOptions & JudgeOptions

/**
 * Reads what the rules need to know about an account. A node that fails, wholly or in part, does not throw:
 * its facts are failed or incomplete, and judging them ends in `inconclusive`.
 * @throws CheckupError when it cannot begin: AddressError, SecretInputError, UnknownRuleError, an invalid option or endpoint,
 *   an ENS name that cannot be resolved
 */
export async function gather(options: GatherOptions): Promise<Collection> {
  const known = options.rules ?? rules
  const selected = selectRules(known, options)
  checkRuleOptions(known, options.ruleOptions ?? {})
  checkBlocks(options)
  checkNumbers(options)
  const input = parseAddress(options.address)
  const shownByWallet = options.shownTokens?.map(tokenAddress) ?? null
  const signal = signalOf(options.signal)
  const rpc = await clientOf(options, signal)
  return gatherFacts(
    { collectors: options.quick === true ? quickCollectors : collectors, rules: selected },
    {
      rpc,
      options: {
        account: await accountOf(input, rpc, options.chainId),
        ensName: input.kind === 'ens' ? input.name : null,
        expectedChainId: options.chainId ?? null,
        block: options.block ?? null,
        fromBlock: options.fromBlock ?? 0n,
        longestScanSeconds: options.longestScanSeconds ?? null,
        shownByWallet,
        tokenLists: options.tokenLists ?? [],
        threatLists: options.threatLists ?? [],
      },
      store: options.store ?? null,
      ...(options.logSource !== undefined && { logSource: options.logSource }),
      label: options.label ?? null,
      signal,
      now: options.now ?? Date.now,
      onProgress: options.onProgress ?? (() => {}),
    },
  )
}

/**
 * Judges a collection, fresh or decoded from a file. Pure: no network, no clock.
 * @throws UnknownRuleError, NoRulesSelectedError, InvalidRuleOptionsError
 */
export function judgeCollection(collection: Collection, options: JudgeOptions = {}): Report {
  return judgeFacts(options.rules ?? rules, collection, {
    ...options,
    locale: options.locale ?? 'en',
    failOn: options.failOn ?? 'high',
    allowIncomplete: options.allowIncomplete ?? false,
    ruleOptions: options.ruleOptions ?? {},
  })
}

/** `gather` and `judgeCollection` in one. Throws what these throw. */
export async function checkup(options: CheckupOptions): Promise<Report> {
  return judgeCollection(await gather(options), options)
}

/** The same report in another language. Findings of rules that are not among `from` keep the words they have. */
export function localizeReport(report: Report, locale: Locale, from: readonly Rule[] = rules): Report {
  return localize(report, from, locale)
}

/** A signal of our own: as many requests wait for it as are under way, which Node would call a leak of the caller's. */
function signalOf(given: AbortSignal | undefined): AbortSignal {
  const signal = AbortSignal.any(given === undefined ? [] : [given])
  setMaxListeners(0, signal)
  return signal
}

async function clientOf(options: GatherOptions, signal: AbortSignal): Promise<RpcClient> {
  const { rpc, rpcUrl, timeoutMs, maximumRps, maximumRequests, store } = options
  if (rpc !== undefined && rpcUrl !== undefined) throw new InvalidOptionError('rpc', 'give rpc or rpcUrl, not both')
  if (rpc !== undefined) return rpc
  if (rpcUrl === undefined) throw new InvalidOptionError('rpcUrl', 'an endpoint is needed: rpcUrl or rpc')
  const known = await store?.endpoints.limits(endpointIdOf(rpcUrl))
  return createRpcClient({
    url: rpcUrl,
    signal,
    knownRate: known?.requestsPerSecond ?? null,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
  })
}

async function accountOf(input: AddressInput, rpc: RpcClient, expectedChainId: number | undefined) {
  if (input.kind === 'address') return input.address
  const chainId = count(await rpc.request('eth_chainId', []), 'eth_chainId')
  // The name's owner on another chain may be somebody else.
  if (expectedChainId !== undefined && expectedChainId !== chainId)
    throw new WrongChainError({ expectedChainId, chainId })
  return resolveEns(rpc, input.name, chainId)
}

function tokenAddress(text: string) {
  const input = parseAddress(text)
  if (input.kind === 'ens') throw new InvalidOptionError('shownTokens', 'a token is named by its address')
  return input.address
}

function checkNumbers({ maximumRps, maximumRequests, longestScanSeconds }: GatherOptions): void {
  if (maximumRps !== undefined && !(maximumRps > 0)) throw new InvalidOptionError('maximumRps', 'it is not above zero')
  if (maximumRequests !== undefined && !(Number.isSafeInteger(maximumRequests) && maximumRequests > 0)) {
    throw new InvalidOptionError('maximumRequests', 'it is not a positive whole number')
  }
  if (longestScanSeconds !== undefined && !(longestScanSeconds >= 0)) {
    throw new InvalidOptionError('longestScanSeconds', 'a time is not negative')
  }
}

function checkBlocks({ block, fromBlock, chainId, timeoutMs }: GatherOptions): void {
  if (block !== undefined && block < 0n) throw new InvalidOptionError('block', 'a block number is not negative')
  if (fromBlock !== undefined && fromBlock < 0n)
    throw new InvalidOptionError('fromBlock', 'a block number is not negative')
  if (block !== undefined && fromBlock !== undefined && fromBlock > block) {
    throw new InvalidOptionError('fromBlock', 'it is after the block to read state at')
  }
  if (chainId !== undefined && !(Number.isSafeInteger(chainId) && chainId > 0)) {
    throw new InvalidOptionError('chainId', 'it is not a positive whole number')
  }
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1)) {
    throw new InvalidOptionError('timeoutMs', 'it is not a time that can be waited for')
  }
}
