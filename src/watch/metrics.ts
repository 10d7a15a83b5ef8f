/** The metrics of a watch: those of its last report, and its own. Pure. */
import { tool } from '../core/tool.ts'
import type { WatchState } from './state.ts'

const prefix = `${tool.name.replaceAll('-', '_')}_watch`
const end = '# EOF\n'

/** @param ofReport OpenMetrics of the last report that there is; null before the first */
export function watchMetrics(ofReport: string | null, { startedMs, runs, missed, last, nextMs }: WatchState): string {
  const begun = ofReport === null ? '' : ofReport.slice(0, ofReport.lastIndexOf(end))
  const lines = [
    ...gauge('start_timestamp_seconds', 'When the watch began.', startedMs / 1000),
    `# TYPE ${prefix}_runs counter`,
    `# HELP ${prefix}_runs Runs that ended with a report, and runs that failed.`,
    `${prefix}_runs_total{status="ended"} ${runs.ended}`,
    `${prefix}_runs_total{status="failed"} ${runs.failed}`,
    `# TYPE ${prefix}_missed counter`,
    `# HELP ${prefix}_missed Times of the schedule that passed while a run was under way.`,
    `${prefix}_missed_total ${missed}`,
    ...(last === null ? [] : lastRun(last)),
    ...(nextMs === null ? [] : gauge('next_run_timestamp_seconds', 'When the next run is due.', nextMs / 1000)),
  ]
  return `${begun}${lines.map((line) => `${line}\n`).join('')}${end}`
}

function lastRun({ status, endedMs }: NonNullable<WatchState['last']>): readonly string[] {
  return [
    ...gauge('last_run_ended', '1 if the last run ended with a report, 0 if it failed.', status === 'ended' ? 1 : 0),
    ...gauge('last_end_timestamp_seconds', 'When the last run ended or failed.', endedMs / 1000),
  ]
}

function gauge(name: string, help: string, number: number): readonly string[] {
  const full = `${prefix}_${name}`
  const unit = name.endsWith('_seconds') ? [`# UNIT ${full} seconds`] : []
  return [`# TYPE ${full} gauge`, ...unit, `# HELP ${full} ${help}`, `${full} ${number}`]
}
