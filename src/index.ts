/** `wallet-checkup`: the check-up as a library. Reads only; never accepts a key. See README, "As a library". */
import builtInRules from '../rules/index.ts'
import type { Collection } from './core/collection.ts'
import type { Report } from './core/report.ts'
import type { Rule } from './core/rule.ts'
import type { Locale } from './core/text.ts'
import { checkCollection, checkJudgedTargets, checkJudgeOptions, checkLocale } from './engine/check-options.ts'
import { judgeFacts, judgeTargets } from './engine/judgement.ts'
import { localizeReport as localize } from './engine/localize.ts'
import type { CheckupOptions, JudgedTarget, JudgeOptions } from './engine/options.ts'
import { gather } from './gather/gather.ts'

export { AddressError, parseAddress, parseAddresses } from './config/address.ts'
export { findSecret, SecretInputError } from './config/secrets.ts'
export type { Collection, Gathered, UncheckedTarget } from './core/collection.ts'
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
export type { Suppression, WatchedAccount } from './domain/suppression.ts'
export { InvalidSuppressionError } from './engine/check-suppressions.ts'
export { type FailOn, failOnLevels } from './engine/exit-code.ts'
export {
  decodeCollection,
  decodeGathered,
  encodeCollection,
  encodeGathered,
  FactsFileError,
} from './engine/facts-file.ts'
export type { CheckupOptions, GatherOptions, JudgedTarget, JudgeOptions } from './engine/options.ts'
export { InvalidRuleOptionsError, NoRulesSelectedError, UnknownRuleError } from './engine/select-rules.ts'
export { updateBaseline } from './engine/update-baseline.ts'
export { gather } from './gather/gather.ts'
export { gatherMany } from './gather/gather-many.ts'
export { createLogSource, type LogSourceOptions } from './log-sources/create-log-source.ts'
export { createHistorySource, type HistorySourceOptions } from './log-sources/history.ts'
export { loadPlugins, type PluginOptions } from './plugins/load-plugins.ts'
export { createFailover, type FailoverOptions } from './rpc/failover/failover.ts'
export { type EthersProvider, fromEthers } from './rpc/from-ethers.ts'
export { fromViem, type ViemClient } from './rpc/from-viem.ts'
export { type CacheOptions, createCache } from './store/create-cache.ts'
export { parseSanctionsList } from './threats/parse-sanctions-list.ts'
export { parseThreatList } from './threats/parse-threat-list.ts'
export { parseTokenList } from './tokens/parse-token-list.ts'

/** The built-in rules, in report order. */
export const rules: readonly Rule[] = builtInRules

/**
 * Judges a collection, fresh or decoded from a file. Pure: no network, no clock.
 * @throws CheckupError: InvalidOptionError, UnknownOptionError, UnknownRuleError, NoRulesSelectedError, InvalidRuleOptionsError
 */
export function judgeCollection(collection: Collection, options: JudgeOptions = {}): Report {
  checkCollection(collection)
  checkJudgeOptions(options)
  return judgeFacts(options.rules ?? rules, collection, withDefaults(options))
}

/**
 * Judges several targets into one report, which has them by chain and account, in whatever order they are given. Options of a rule
 * that a target brings outrank those for all. Pure: no network, no clock.
 * @throws CheckupError: what `judgeCollection` throws
 */
export function judgeMany(targets: readonly JudgedTarget[], options: JudgeOptions = {}): Report {
  checkJudgedTargets(targets)
  checkJudgeOptions(options)
  return judgeTargets(options.rules ?? rules, targets, withDefaults(options))
}

function withDefaults(options: JudgeOptions) {
  return {
    ...options,
    locale: options.locale ?? 'en',
    failOn: options.failOn ?? 'high',
    allowIncomplete: options.allowIncomplete ?? false,
    ruleOptions: options.ruleOptions ?? {},
  }
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
