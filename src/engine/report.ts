/** Puts outcomes into the report that people and programs rely on. */
import type { Collection, UncheckedTarget } from '../core/collection.ts'
import type { Coverage, FactResults, MempoolFacts } from '../core/facts.ts'
import type { Severity } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import {
  outcomeStatuses,
  type Place,
  type Report,
  type ReportTarget,
  reportSchemaUrl,
  reportSchemaVersion,
  type Seen,
  type Verdict,
} from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { chainName } from '../domain/chains.ts'
import { type ExitPolicy, exitCodeOf, isComplete, isWhole } from './exit-code.ts'
import { localizeOutcome } from './localize.ts'
import type { CollectedTarget } from './options.ts'
import { runOf } from './report-run.ts'
import { sortTargets, sortUnchecked } from './sort-targets.ts'

/** One account with what its rules ended in. */
export type ReportedTarget = Pick<CollectedTarget, 'collection' | 'tags' | 'declaredAt'> & {
  readonly outcomes: readonly Outcome[]
}
type Judged = {
  readonly targets: readonly ReportedTarget[]
  readonly unchecked: readonly (UncheckedTarget & { readonly declaredAt?: Place })[]
}

export type ReportOptions = ExitPolicy & {
  readonly tool: { readonly name: string; readonly version: string }
  readonly locale: Locale
  readonly rules: readonly Rule[]
}

/** One report of any number of targets: the same one, byte for byte, in whatever order they are given. */
export function buildReport({ targets: given, unchecked: left }: Judged, options: ReportOptions): Report {
  const targets = sortTargets(given)
  const collections = targets.map(({ collection }) => collection)
  const outcomes = targets.map((target) => target.outcomes)
  const unchecked = sortUnchecked(left)
  const all = outcomes.flat()
  return {
    $schema: reportSchemaUrl,
    schemaVersion: reportSchemaVersion,
    run: { tool: options.tool, locale: options.locale, ...runOf(collections, unchecked) },
    result: {
      summary: {
        complete: isWhole({ outcomes, unchecked: unchecked.length }),
        exitCode: exitCodeOf({ outcomes, unchecked: unchecked.length }, options),
        findings: countBy(
          severities,
          all.flatMap(findingsOf).map(({ severity }) => severity),
        ),
        outcomes: countBy(
          outcomeStatuses,
          all.map(({ status }) => status),
        ),
      },
      targets: targets.map((target) => toTarget(target, options)),
      ...(unchecked.length > 0 && { unchecked: unchecked.map(({ kind, endpoint, startedAt, ...target }) => target) }),
    },
  }
}

function toTarget(
  { collection, outcomes, tags, declaredAt }: ReportedTarget,
  { rules, locale }: ReportOptions,
): ReportTarget {
  const { chain } = collection.facts
  const block = chain.status === 'ok' ? chain.value.block : null
  return {
    account: collection.account,
    label: collection.label,
    ...(tags !== undefined && { tags }),
    ...(declaredAt !== undefined && { declaredAt }),
    chain: chainOf(collection),
    block: block && { ...block, number: String(block.number) },
    seen: seenOf(collection.facts),
    verdict: verdictOf(outcomes),
    outcomes: outcomes.map((outcome) => localizeOutcome(outcome, rules, locale)),
    coverage: coverageOf(collection.facts),
    ...listedHistory(collection),
  }
}

/** What somebody else than the endpoint listed of the account's transactions. */
function listedHistory({ historySource, facts: { activity } }: Collection): Pick<ReportTarget, 'listedHistory'> {
  if (historySource === undefined || activity.status === 'failed' || activity.value.listed === undefined) return {}
  return { listedHistory: { host: historySource.host, ...activity.value.listed } }
}

/** The chain that the endpoint serves; where it did not say, the one that it was to serve. */
function chainOf({ chainId, facts: { chain } }: Collection): ReportTarget['chain'] {
  if (chain.status === 'ok') return { id: chain.value.chainId, name: chain.value.name }
  return chainId === undefined ? null : { id: chainId, name: chainName(chainId).name }
}

function seenOf({ chain, account, nonces, tokens, mempool }: FactResults): Seen {
  const kind = account.status === 'ok' ? account.value.code.kind : null
  // A list of holdings with a part missing is no count.
  const isCounted = tokens.status === 'ok' && tokens.value.missing.every(({ about }) => about === 'token-metadata')
  return {
    balance: account.status === 'ok' ? String(account.value.balance) : null,
    coin: chain.status === 'ok' ? chain.value.coin.symbol : null,
    kind: kind === 'none' ? 'account' : kind,
    transactionsSent: nonces.status === 'ok' && kind !== 'contract' ? nonces.value.latest : null,
    tokensHeld: isCounted ? tokens.value.holdings.length : null,
    waiting: mempool.status === 'ok' && kind !== 'contract' ? waitingOf(mempool.value) : null,
  }
}

/** null where no source was asked, as at a past block. */
function waitingOf({ sources, transactions, named = [], missing }: MempoolFacts): Seen['waiting'] {
  if (sources.every(({ status }) => status === 'not-asked')) return null
  const counted = (place: string) => transactions.filter(({ state }) => state === place).length
  return {
    pending: counted('pending'),
    queued: counted('queued'),
    invisible: named.filter(({ status }) => status === 'unknown').length,
    isComplete: missing.every(({ about }) => about !== 'mempool'),
  }
}

/** The worst thing that is known; `inconclusive` when nothing is, but not everything was seen. */
export function verdictOf(outcomes: readonly Outcome[]): Verdict {
  const found = new Set<Severity>(outcomes.flatMap(findingsOf).map(({ severity }) => severity))
  if (found.has('critical')) return 'critical'
  if (found.has('high') || found.has('medium') || found.has('low')) return 'attention'
  return isComplete(outcomes) ? 'no-findings' : 'inconclusive'
}

function findingsOf(outcome: Outcome) {
  return outcome.status === 'found' ? outcome.findings : []
}

function countBy<const Name extends string>(names: readonly Name[], items: readonly Name[]): Record<Name, number> {
  const count = (name: Name) => items.filter((item) => item === name).length
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number> // one entry per name
}

function coverageOf({ logs }: FactResults): ReportTarget['coverage'] {
  if (logs.status === 'failed') return []
  const { coverage, source } = logs.value
  const [fromBlock, toBlock] = [String(coverage.fromBlock), String(coverage.toBlock)]
  const gaps = coverage.gaps.map(toReportRange)
  return [{ fact: 'logs', fromBlock, toBlock, gaps, ...(source !== undefined && { source }) }]
}

function toReportRange({ fromBlock, toBlock }: Coverage['gaps'][number]) {
  return { fromBlock: String(fromBlock), toBlock: String(toBlock) }
}
