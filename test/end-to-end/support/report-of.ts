/** The JSON report of a run of the real command. */
import { type Report, reportSchema } from '../../../src/core/report.ts'
import type { CliRun } from '../../support/cli.ts'

/** The JSON report on stdout, checked with the shipped schema's source. Shows stderr when there is none. */
export function reportOf({ stdout, stderr }: CliRun): Report {
  if (!stdout.startsWith('{')) throw new Error(`no report on stdout; stderr says: ${stderr}`)
  return reportSchema.parse(JSON.parse(stdout))
}
