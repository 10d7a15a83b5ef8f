/** Puts outcomes into the report that people and programs rely on. */
import type { Address } from 'viem'
import type { Collection, UncheckedTarget } from '../core/collection.ts'
import type { Coverage, FactResults, MempoolFacts } from '../core/facts.ts'
import type { Finding, Severity } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import {
  changes,
  type EarlierFinding,
  type Marks,
  type Notice,
  outcomeStatuses,
  type Place,
  type Report,
  type ReportOutcome,
  type ReportTarget,
  reportSchemaUrl,
  reportSchemaVersion,
  type Seen,
  type Verdict,
} from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import { severities } from '../core/severity.ts'
import type { Locale } from '../core/text.ts'
import { stateOf } from '../domain/account-state.ts'
import { gasSpending } from '../domain/gas-spending.ts'
import { allWaiting } from '../domain/queue.ts'
import type { NotAsked } from './baseline.ts'
import { chainOf, isOtherChain } from './chain-of.ts'
import { type ExitPolicy, exitCodeOf, isComplete, isWhole } from './exit-code.ts'
import { localizeEarlier, localizeOutcome } from './localize.ts'
import { localizeNotice, sortNotices } from './notices.ts'
import type { CollectedTarget } from './options.ts'
import { runOf } from './report-run.ts'
import { sortTargets, sortUnchecked } from './sort-targets.ts'

/** One account with what its rules ended in. */
export type ReportedTarget = Pick<CollectedTarget, 'collection' | 'tags' | 'declaredAt'> & {
  readonly outcomes: readonly Outcome[]
  /** Ids of rules that its settings switch off. */
  readonly switchedOff?: readonly string[]
  /** Findings of the baseline that it has no more; absent without a baseline. */
  readonly earlier?: readonly EarlierFinding[]
}
type Judged = {
  /** Ids of rules that nobody asked for. */
  readonly notSelected?: readonly string[]
  readonly targets: readonly ReportedTarget[]
  readonly unchecked: readonly (UncheckedTarget & { readonly declaredAt?: Place })[]
  readonly notices?: readonly Notice[]
  /** What was compared with, and its targets that are not among these. */
  readonly baseline?: { readonly startedAt: string; readonly notAsked: readonly NotAsked[] }
}

export type ReportOptions = ExitPolicy & {
  readonly tool: { readonly name: string; readonly version: string }
  readonly locale: Locale
  readonly rules: readonly Rule[]
}

/** One report of any number of targets: the same one, byte for byte, in whatever order they are given. */
export function buildReport(judged: Judged, options: ReportOptions): Report {
  const { baseline, notices = [], notSelected = [] } = judged
  const targets = sortTargets(judged.targets)
  const collections = targets.map(({ collection }) => collection)
  const outcomes = targets.map((target) => target.outcomes)
  const unchecked = sortUnchecked(judged.unchecked)
  const notAsked = baseline?.notAsked ?? []
  const words = { rules: options.rules, locale: options.locale }
  return {
    $schema: reportSchemaUrl,
    schemaVersion: reportSchemaVersion,
    run: {
      tool: options.tool,
      locale: options.locale,
      ...runOf(collections, unchecked),
      ...(baseline !== undefined && {
        baseline: { startedAt: baseline.startedAt, ...(options.failOnNew === true && { failOnNew: true }) },
      }),
    },
    result: {
      summary: {
        complete: isWhole({ outcomes, unchecked: unchecked.length }),
        exitCode: exitCodeOf({ outcomes, unchecked: unchecked.length }, options),
        ...countsOf(outcomes.flat()),
        ...(baseline !== undefined && { changes: changesOf(targets, notAsked) }),
      },
      ...(notSelected.length > 0 && { notSelected }),
      targets: targets.map((target) => toTarget(target, options)),
      ...(unchecked.length > 0 && {
        unchecked: unchecked.map(({ kind, endpoint, failovers, startedAt, ...target }) => target),
      }),
      ...(notAsked.length > 0 && {
        notAsked: notAsked.map((place) => ({
          ...place,
          earlier: place.earlier.map((finding) => localizeEarlier(finding, words)),
        })),
      }),
      ...(notices.length > 0 && {
        notices: sortNotices(notices).map((notice) => localizeNotice(notice, options.locale)),
      }),
    },
  }
}

/** What a summary counts, from outcomes with words or without. */
export function countsOf(outcomes: readonly (Outcome | ReportOutcome)[]) {
  const found = outcomes.flatMap(allFindingsOf)
  const suppressed = found.filter(({ suppressions }) => suppressions !== undefined).length
  return {
    findings: countBy(
      severities,
      found.filter(({ suppressions }) => suppressions === undefined).map(({ severity }) => severity),
    ),
    ...(suppressed > 0 && { suppressed }),
    outcomes: countBy(
      outcomeStatuses,
      outcomes.map(({ status }) => status),
    ),
  }
}

/** Without suppressed ones. */
function changesOf(targets: readonly ReportedTarget[], notAsked: readonly NotAsked[]) {
  const found = targets.flatMap(({ outcomes }) => outcomes.flatMap(findingsOf)).flatMap(({ change }) => change ?? [])
  const earlier = [...targets, ...notAsked]
    .flatMap((target) => target.earlier ?? [])
    .filter(({ suppressions }) => suppressions === undefined)
  return countBy([...changes, 'absent', 'unknown'], [...found, ...earlier.map(({ change }) => change)])
}

function toTarget(
  { collection, outcomes, switchedOff = [], tags, declaredAt, earlier }: ReportedTarget,
  { rules, locale }: ReportOptions,
): ReportTarget {
  return {
    account: collection.account,
    label: collection.label,
    ...(tags !== undefined && { tags }),
    ...(declaredAt !== undefined && { declaredAt }),
    chain: chainOf(collection),
    block: blockOf(collection),
    seen: seenOf(collection),
    verdict: verdictOf(outcomes),
    outcomes: outcomes.map((outcome) => localizeOutcome(outcome, rules, locale)),
    ...(switchedOff.length > 0 && { switchedOff }),
    coverage: coverageOf(collection.facts),
    ...listedHistory(collection),
    ...spendingOf(collection.facts),
    state: stateOf(collection.facts),
    ...(earlier !== undefined && { earlier: earlier.map((finding) => localizeEarlier(finding, { rules, locale })) }),
  }
}

function spendingOf({ activity }: FactResults): Pick<ReportTarget, 'spending'> {
  const spending = activity.status === 'ok' ? gasSpending(activity.value) : null
  return spending === null ? {} : { spending }
}

/** What somebody else than the endpoint listed of the account's transactions. */
function listedHistory({ historySource, facts: { activity } }: Collection): Pick<ReportTarget, 'listedHistory'> {
  if (historySource === undefined || activity.status === 'failed' || activity.value.listed === undefined) return {}
  return { listedHistory: { host: historySource.host, ...activity.value.listed } }
}

/** A block of another chain says nothing of this one. */
function blockOf({ facts: { chain } }: Collection): ReportTarget['block'] {
  if (chain.status === 'failed' || isOtherChain(chain.value)) return null
  const { block } = chain.value
  return { ...block, number: String(block.number) }
}

function seenOf({ account: address, facts: { chain, account, nonces, tokens, mempool } }: Collection): Seen {
  const kind = account.status === 'ok' ? account.value.code.kind : null
  // A list of holdings with a part missing is no count.
  const isCounted = tokens.status === 'ok' && tokens.value.missing.every(({ about }) => about === 'token-metadata')
  return {
    balance: account.status === 'ok' ? String(account.value.balance) : null,
    coin: chain.status === 'ok' ? chain.value.coin.symbol : null,
    kind: kind === 'none' ? 'account' : kind,
    transactionsSent: nonces.status === 'ok' && kind !== 'contract' ? nonces.value.latest : null,
    tokensHeld: isCounted ? tokens.value.holdings.length : null,
    waiting: mempool.status === 'ok' && kind !== 'contract' ? waitingOf(mempool.value, address) : null,
  }
}

/** null where no source was asked, as at a past block. What others sent is not of this account's queue. */
function waitingOf({ named = [], ...mempool }: MempoolFacts, account: Address): Seen['waiting'] {
  const { sources, missing } = mempool
  if (sources.every(({ status }) => status === 'not-asked')) return null
  const counted = (place: string) => allWaiting(mempool).filter(({ state }) => state === place).length
  return {
    pending: counted('pending'),
    queued: counted('queued'),
    unplaced: named.filter((one) => one.status === 'waiting' && one.place === 'unplaced' && one.from === account)
      .length,
    invisible: named.filter(({ status }) => status === 'unknown').length,
    isComplete: missing.every(({ about }) => about !== 'mempool'),
    scope: 'endpoint',
  }
}

/** The worst thing that is known; `inconclusive` when nothing is, but not everything was seen. */
export function verdictOf(outcomes: readonly Outcome[]): Verdict {
  const found = new Set<Severity>(outcomes.flatMap(findingsOf).map(({ severity }) => severity))
  if (found.has('critical')) return 'critical'
  if (found.has('high') || found.has('medium') || found.has('low')) return 'attention'
  return isComplete(outcomes) ? 'no-findings' : 'inconclusive'
}

/** Without suppressed ones. */
function findingsOf(outcome: Outcome | ReportOutcome) {
  return allFindingsOf(outcome).filter(({ suppressions }) => suppressions === undefined)
}

function allFindingsOf(outcome: Outcome | ReportOutcome): readonly (Finding & Marks)[] {
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
