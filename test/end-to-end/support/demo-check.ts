/** The real command over the demo chain, with the lists that a user would give. */
import type { Address } from 'viem'
import { type Demo, startDemo } from '../../../fixtures/chains/demo.ts'
import { writeDemoLists } from '../../../fixtures/chains/demo-lists.ts'
import type { Subject } from '../../../src/core/finding.ts'
import type { Report, ReportFinding, ReportOutcome } from '../../../src/core/report.ts'
import { type CliRun, cli } from '../../support/cli.ts'

export type DemoCheck = {
  readonly demo: Demo
  /** `check` on this account at a fresh head. */
  readonly check: (account: Address, ...more: readonly string[]) => Promise<CliRun>
  readonly stop: () => Promise<void>
}

export async function startDemoCheck(): Promise<DemoCheck> {
  const demo = await startDemo()
  const lists = await writeDemoLists(demo)
  const given = [
    '--token-list',
    lists.tokenList,
    '--threat-list',
    lists.threatList,
    '--shown-tokens',
    lists.shownTokens,
  ]
  return {
    demo,
    check: async (account, ...more) => {
      await demo.refresh()
      return cli(['check', account, '--rpc-url', demo.node.url, '--chain', String(demo.chainId), ...given, ...more])
    },
    stop: async () => {
      await lists.remove()
      await demo.node.stop()
    },
  }
}

export function outcomes(report: Report): readonly ReportOutcome[] {
  return report.result.targets.flatMap((target) => target.outcomes)
}

export function statuses(report: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(outcomes(report).map(({ ruleId, status }) => [ruleId, status]))
}

export function findings(report: Report, ruleId?: string): readonly ReportFinding[] {
  return outcomes(report).flatMap((outcome) =>
    outcome.status === 'found' && (ruleId === undefined || outcome.ruleId === ruleId) ? outcome.findings : [],
  )
}

/** A finding in short: what a test can list. */
export function inShort({ ruleId, messageId, severity, subject }: ReportFinding): string {
  return `${severity} ${ruleId}/${messageId} ${subjectWords(subject)}`
}

export function subjectWords({ kind, ...identity }: Subject): string {
  return [kind, ...Object.values(identity)].join(' ')
}
