/** `wallet-checkup`: the check-up as a library. Reads only; never accepts a key. See README, "As a library". */
import { setMaxListeners } from 'node:events'
import builtInRules from '../rules/index.ts'
import collectors, { quickCollectors } from './collectors/index.ts'
import { type AddressInput, parseAddress } from './config/address.ts'
import type { Collection } from './core/collection.ts'
import type { CollectOptions } from './core/collector.ts'
import type { Report } from './core/report.ts'
import type { RpcClient } from './core/rpc.ts'
import type { Rule } from './core/rule.ts'
import type { Locale } from './core/text.ts'
import { count } from './domain/rpc-reply.ts'
import { checkCollection, checkGatherOptions, checkJudgeOptions, checkLocale } from './engine/check-options.ts'
import { gatherFacts } from './engine/checkup.ts'
import { WrongChainError } from './engine/collect.ts'
import { judgeFacts } from './engine/judgement.ts'
import { localizeReport as localize } from './engine/localize.ts'
import { InvalidOptionError } from './engine/option-errors.ts'
import type { CheckupOptions, GatherOptions, JudgeOptions } from './engine/options.ts'
import type { SecondReaders } from './engine/second-opinion.ts'
import { checkRuleOptions, selectRules } from './engine/select-rules.ts'
import { createRpcClient } from './rpc/client.ts'
import { endpointIdOf } from './rpc/endpoint.ts'
import { resolveEns } from './rpc/ens.ts'
import { createSecondReader } from './rpc/second-reader.ts'

export { AddressError, parseAddress, parseAddresses } from './config/address.ts'
export { findSecret, SecretInputError } from './config/secrets.ts'
export type { Collection } from './core/collection.ts'
export type { Progress, SanctionsList, ThreatList, TokenList } from './core/collector.ts'
export { CheckupError, type FactError } from './core/errors.ts'
export type { Finding, Severity } from './core/finding.ts'
export type { HistorySource } from './core/history-source.ts'
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
export type { CheckupOptions, GatherOptions, JudgeOptions } from './engine/options.ts'
export { InvalidRuleOptionsError, NoRulesSelectedError, UnknownRuleError } from './engine/select-rules.ts'
export { createLogSource, type LogSourceOptions } from './log-sources/create-log-source.ts'
export { createHistorySource, type HistorySourceOptions } from './log-sources/history.ts'
export { type EthersProvider, fromEthers } from './rpc/from-ethers.ts'
export { fromViem, type ViemClient } from './rpc/from-viem.ts'
export { type CacheOptions, createCache } from './store/create-cache.ts'
export { parseSanctionsList } from './threats/parse-sanctions-list.ts'
export { parseThreatList } from './threats/parse-threat-list.ts'
export { parseTokenList } from './tokens/parse-token-list.ts'

/** The built-in rules, in report order. */
export const rules: readonly Rule[] = builtInRules

/**
 * Reads what the rules need to know about an account. A node that fails, wholly or in part, does not throw:
 * its facts are failed or incomplete, and judging them ends in `inconclusive`.
 * @throws CheckupError when it cannot begin: AddressError, SecretInputError, UnknownRuleError, an invalid option or endpoint,
 *   an ENS name that cannot be resolved
 */
export async function gather(options: GatherOptions): Promise<Collection> {
  checkGatherOptions(options)
  const known = options.rules ?? rules
  const selected = selectRules(known, options)
  checkRuleOptions(known, options.ruleOptions ?? {})
  const input = parseAddress(options.address)
  const shownByWallet = options.shownTokens?.map(tokenAddress) ?? null
  const signal = signalOf(options.signal)
  const rpc = await clientOf(options, signal)
  const secondReaders = secondReadersOf(options, { rpc, signal })
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
        includesErc1155: options.erc1155 === true,
        longestScanSeconds: options.longestScanSeconds ?? null,
        history: historyOf(options.history),
        shownByWallet,
        tokenLists: options.tokenLists ?? [],
        threatLists: options.threatLists ?? [],
        sanctionsLists: options.sanctionsLists ?? [],
      },
      store: options.store ?? null,
      ...(options.logSource !== undefined && { logSource: options.logSource }),
      ...(options.historySource !== undefined && { historySource: options.historySource }),
      label: options.label ?? null,
      ...(secondReaders !== null && { secondReaders }),
      ruleOptions: options.ruleOptions ?? {},
      signal,
      now: options.now ?? Date.now,
      onProgress: options.onProgress ?? (() => {}),
    },
  )
}

/**
 * Judges a collection, fresh or decoded from a file. Pure: no network, no clock.
 * @throws CheckupError: InvalidOptionError, UnknownOptionError, UnknownRuleError, NoRulesSelectedError, InvalidRuleOptionsError
 */
export function judgeCollection(collection: Collection, options: JudgeOptions = {}): Report {
  checkCollection(collection)
  checkJudgeOptions(options)
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

/**
 * The same report in another language. Findings of rules that are not among `from` keep the words they have.
 * @throws InvalidOptionError
 */
export function localizeReport(report: Report, locale: Locale, from: readonly Rule[] = rules): Report {
  checkLocale(locale)
  return localize(report, from, locale)
}

/** A signal of our own: as many requests wait for it as are under way, which Node would call a leak of the caller's. */
function signalOf(given: AbortSignal | undefined): AbortSignal {
  const signal = AbortSignal.any(given === undefined ? [] : [given])
  setMaxListeners(0, signal)
  return signal
}

async function clientOf(options: GatherOptions, signal: AbortSignal): Promise<RpcClient> {
  const { rpc, rpcUrl, store } = options
  if (rpc !== undefined && rpcUrl !== undefined)
    throw new InvalidOptionError('rpc', 'it is given together with rpcUrl', 'Give one of the two.')
  if (rpc !== undefined) return rpc
  if (rpcUrl === undefined)
    throw new InvalidOptionError(
      'rpcUrl',
      'it is missing',
      'Give rpcUrl: https://rpc.example, or a client of yours as rpc.',
    )
  const known = await store?.endpoints.limits(endpointIdOf(rpcUrl))
  return createRpcClient({
    url: rpcUrl,
    signal,
    knownRate: known?.requestsPerSecond ?? null,
    ...limitsOf(options),
  })
}

/** Whoever names a time knows what they ask for. Else a busy account would be read for longer than anybody waits. */
function historyOf(asked: GatherOptions['history']): CollectOptions['history'] {
  if (asked === undefined) return { days: 90, mostTransactions: 300 }
  return { days: asked === 'all' ? null : asked, mostTransactions: 10_000 }
}

type SecondRun = { readonly rpc: RpcClient; readonly signal: AbortSignal }

/** null when no second opinion is wanted. @throws InvalidOptionError, InvalidEndpointError */
function secondReadersOf(options: GatherOptions, run: SecondRun): SecondReaders | null {
  if (options.secondOpinion === false) return null
  const { rpc, signal } = run
  const second = secondClientOf(options, run)
  return {
    first: createSecondReader(rpc, { signal }),
    ...(second !== null && { second: createSecondReader(second, { signal }) }),
  }
}

function secondClientOf(options: GatherOptions, { rpc, signal }: SecondRun): RpcClient | null {
  const { secondRpcUrl, secondRpc } = options
  if (secondRpcUrl !== undefined && secondRpc !== undefined)
    throw new InvalidOptionError('secondRpc', 'it is given together with secondRpcUrl', 'Give one of the two.')
  if (secondRpcUrl === undefined) return secondRpc ?? null
  if (endpointIdOf(secondRpcUrl) === rpc.endpointId)
    throw new InvalidOptionError('secondRpcUrl', 'it is the endpoint under check', 'Give another endpoint.')
  return createRpcClient({ url: secondRpcUrl, signal, ...limitsOf(options) })
}

/** What holds for each endpoint by its URL. */
function limitsOf({ timeoutMs, maximumRps, maximumRequests }: GatherOptions) {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
  }
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
  if (input.kind === 'ens')
    throw new InvalidOptionError('shownTokens', 'it has a name in it', 'Name tokens by their addresses.')
  return input.address
}
