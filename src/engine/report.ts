/** Puts outcomes into the report that people and programs rely on. */
import type { Collection } from '../core/collection.ts'
import type { Coverage, FactResults } from '../core/facts.ts'
import type { Severity } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import {
  outcomeStatuses,
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
import { type ExitPolicy, exitCodeOf, isComplete } from './exit-code.ts'
import { localizeOutcome } from './localize.ts'

export type JudgedTarget = { readonly collection: Collection; readonly outcomes: readonly Outcome[] }

export type ReportOptions = ExitPolicy & {
  readonly tool: { readonly name: string; readonly version: string }
  readonly locale: Locale
  readonly rules: readonly Rule[]
}

export function buildReport({ collection, outcomes }: JudgedTarget, options: ReportOptions): Report {
  const { startedAt, durationSeconds, interrupted, facts } = collection
  return {
    $schema: reportSchemaUrl,
    schemaVersion: reportSchemaVersion,
    run: {
      tool: options.tool,
      startedAt,
      durationSeconds,
      locale: options.locale,
      interrupted,
      endpoints: endpointsOf(collection),
      lists: listsOf(facts),
    },
    result: {
      summary: {
        complete: isComplete(outcomes),
        exitCode: exitCodeOf(outcomes, options),
        findings: countBy(
          severities,
          outcomes.flatMap(findingsOf).map(({ severity }) => severity),
        ),
        outcomes: countBy(
          outcomeStatuses,
          outcomes.map(({ status }) => status),
        ),
      },
      targets: [toTarget(collection, outcomes, options)],
    },
  }
}

function endpointsOf({ endpoint, logSource, historySource, secondOpinion }: Collection): Report['run']['endpoints'] {
  const second = secondOpinion?.endpoint
  return [
    endpoint,
    ...(logSource === undefined ? [] : [{ ...logSource, role: 'logs' } as const]),
    ...(historySource === undefined ? [] : [{ ...historySource, role: 'history' } as const]),
    ...(second === undefined ? [] : [{ ...second, role: 'second-opinion' } as const]),
  ]
}

function toTarget(
  collection: Collection,
  outcomes: readonly Outcome[],
  { rules, locale }: ReportOptions,
): ReportTarget {
  const { chain } = collection.facts
  const block = chain.status === 'ok' ? chain.value.block : null
  return {
    account: collection.account,
    label: collection.label,
    chain: chain.status === 'ok' ? { id: chain.value.chainId, name: chain.value.name } : null,
    block: block && { ...block, number: String(block.number) },
    seen: seenOf(collection.facts),
    verdict: verdictOf(outcomes),
    outcomes: outcomes.map((outcome) => localizeOutcome(outcome, rules, locale)),
    coverage: coverageOf(collection.facts),
  }
}

function seenOf({ chain, account, nonces, tokens }: FactResults): Seen {
  const kind = account.status === 'ok' ? account.value.code.kind : null
  // A list of holdings with a part missing is no count.
  const isCounted = tokens.status === 'ok' && tokens.value.missing.every(({ about }) => about === 'token-metadata')
  return {
    balance: account.status === 'ok' ? String(account.value.balance) : null,
    coin: chain.status === 'ok' ? chain.value.coin.symbol : null,
    kind: kind === 'none' ? 'account' : kind,
    transactionsSent: nonces.status === 'ok' && kind !== 'contract' ? nonces.value.latest : null,
    tokensHeld: isCounted ? tokens.value.holdings.length : null,
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

function listsOf({ threats, tokens, safe, transfers }: FactResults): Report['run']['lists'] {
  const releases = safe.status === 'ok' && safe.value.kind === 'safe' ? safe.value.lists : []
  const sanctions = transfers.status === 'ok' ? transfers.value.sanctions : []
  return [
    ...[threats, tokens].flatMap((fact) => (fact.status === 'ok' ? fact.value.lists : [])),
    ...releases,
    // One without a date is not used.
    ...sanctions.flatMap(({ date, ...list }) => (date === null ? [] : { ...list, date })),
  ]
}
