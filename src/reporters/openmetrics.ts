import { outcomeStatuses, type Report, type ReportTarget } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { severities } from '../core/severity.ts'
import { tool } from '../core/tool.ts'
import { labelText } from './escape.ts'
import { findingsOf, isSuppressed, uncheckedOf, unknownsOf } from './report-rows.ts'

/**
 * Metrics for Prometheus: OpenMetrics 1.0, and read by the textfile collector too, which knows neither state sets nor times of
 * samples. What could not be read has no sample: a zero would look like good news. No name from a chain is a label.
 */
const openmetrics: Reporter = (report) => {
  const lines = [...runFamilies(report), ...targetFamilies(report)].flatMap(familyLines)
  return [...lines, '# EOF', ''].join('\n')
}

export default openmetrics

type Labels = Readonly<Record<string, string>>
type Sample = readonly [value: number | string, labels?: Labels]
type Family = {
  readonly name: string
  readonly help: string
  readonly unit?: 'seconds' | 'wei'
  readonly samples: readonly Sample[]
}

const prefix = tool.name.replaceAll('-', '_')

function familyLines({ name, help, unit, samples }: Family): readonly string[] {
  if (samples.length === 0) return []
  const full = `${prefix}_${name}`
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${full} ${unit}`]),
    ...samples.map(([number, labels = {}]) => `${full}${labelList(labels)} ${number}`),
  ]
}

function labelList(labels: Labels): string {
  const list = Object.entries(labels).map(([name, text]) => `${name}="${labelText(text)}"`)
  return list.length === 0 ? '' : `{${list.join(',')}}`
}

function runFamilies(report: Report): readonly Family[] {
  const { run, result } = report
  const { complete, exitCode, changes, suppressed } = result.summary
  const startedAt = Date.parse(run.startedAt) / 1000
  return [
    { name: 'build_info', help: 'The version that made the report.', samples: [[1, { version: run.tool.version }]] },
    {
      name: 'last_run_timestamp_seconds',
      help: 'When the run began.',
      unit: 'seconds',
      samples: [[startedAt]],
    },
    {
      name: 'last_complete_timestamp_seconds',
      help: 'When the run began, if every selected check of it was made. Absent otherwise.',
      unit: 'seconds',
      samples: complete ? [[startedAt]] : [],
    },
    {
      name: 'run_duration_seconds',
      help: 'How long the run took.',
      unit: 'seconds',
      samples: [[run.durationSeconds]],
    },
    { name: 'complete', help: '1 if every selected check was made, else 0.', samples: [[complete ? 1 : 0]] },
    { name: 'exit_code', help: 'The exit code of the run.', samples: [[exitCode]] },
    {
      name: 'unchecked_targets',
      help: 'Names of accounts that could not be resolved. What could not be checked of the others: target_complete.',
      samples: [[uncheckedOf(report).length]],
    },
    {
      name: 'suppressed_findings',
      help: 'Findings that a suppression excuses.',
      samples: suppressed === undefined ? [] : [[suppressed]],
    },
    {
      name: 'baseline_findings',
      help: 'Findings by what they are against the baseline.',
      samples: Object.entries(changes ?? {}).map(([change, count]) => [count, { change }] as const),
    },
    {
      name: 'notifications',
      help: 'Messages that the run had to send, by what became of them. Absent where there was none.',
      samples: deliverySamples(run),
    },
  ]
}

function deliverySamples({ deliveries }: Report['run']): readonly Sample[] {
  if (deliveries === undefined) return []
  return (['delivered', 'failed'] as const).map((status) => [
    deliveries.filter((one) => one.status === status).length,
    { status },
  ])
}

type Named = { readonly target: ReportTarget; readonly labels: Labels }

function targetFamilies({ result }: Report): readonly Family[] {
  const named = nameTargets(result.targets)
  const family = (name: string, help: string, samples: (named: Named) => readonly Sample[]): Family => ({
    name,
    help,
    samples: named.flatMap(samples),
  })
  const number = (name: string, help: string, of: (target: ReportTarget) => number | string | null | undefined) =>
    family(name, help, ({ target, labels }) => {
      const known = of(target) ?? null
      return known === null ? [] : [[known, labels]]
    })
  return [
    number('target_complete', '1 if every selected check of the account was made, else 0.', (target) =>
      target.outcomes.length > 0 && unknownsOf(target).length === 0 ? 1 : 0,
    ),
    family(
      'findings',
      'Findings by severity, suppressed ones left out. Of an account that was not checked completely, only those above zero.',
      findingSamples,
    ),
    family('check', 'What each check ended in: 1 for its state, 0 for the others.', checkSamples),
    { ...number('balance_wei', 'Balance of the chain’s coin.', ({ seen }) => seen?.balance), unit: 'wei' },
    number('tokens', 'Tokens that the account holds.', ({ seen }) => seen?.tokensHeld),
    number('transactions_sent', 'Nonces that the account has used.', ({ seen }) => seen?.transactionsSent),
    number('block_number', 'The block that was read.', ({ block }) => block?.number),
    {
      ...number('block_timestamp_seconds', 'The time of that block.', ({ block }) => block?.timestamp),
      unit: 'seconds',
    },
  ]
}

/** An account whose chain could not be read may stand there twice, and no two samples may have the same labels. */
function nameTargets(targets: readonly ReportTarget[]): readonly Named[] {
  const seen = new Map<string, number>()
  return targets.map((target) => {
    const { account, chain, label } = target
    const labels = { account, chain: chain === null ? '' : String(chain.id), ...(label !== null && { label }) }
    const key = JSON.stringify(Object.values(labels).map(labelText))
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return { target, labels: count === 1 ? labels : { ...labels, target: String(count) } }
  })
}

function findingSamples({ target, labels }: Named): readonly Sample[] {
  const open = findingsOf(target).filter((finding) => !isSuppressed(finding))
  const isComplete = target.outcomes.length > 0 && unknownsOf(target).length === 0
  return severities.flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length
    return count === 0 && !isComplete ? [] : [[count, { ...labels, severity }] as const]
  })
}

function checkSamples({ target, labels }: Named): readonly Sample[] {
  // A rule ends in one outcome; a report that somebody else wrote may say otherwise.
  const outcomes = new Map(target.outcomes.map((outcome) => [labelText(outcome.ruleId), outcome])).values()
  return [...outcomes].flatMap(({ ruleId, status }) =>
    outcomeStatuses.map((state) => [state === status ? 1 : 0, { ...labels, rule: ruleId, state }] as const),
  )
}
