/** The unsigned calls of a report: those to go on with, and how many are left out and why. */
import type { UnsignedCall } from '../core/finding.ts'
import type { Report, ReportFinding, ReportTarget } from '../core/report.ts'
import { inRemovalOrder, isRevocation } from '../domain/revocation-call.ts'

export type FoundCall = {
  readonly call: UnsignedCall
  readonly finding: ReportFinding
  readonly target: ReportTarget
}

/**
 * `failing`: it was tried, and fails or changes nothing. `untried`: nobody could try it. `disputed`: its finding rests on a read
 * that was answered in two ways. `unfit`: it does more than to revoke. `person`: its account is no contract, so it is no Safe.
 */
export const leftOutReasons = ['failing', 'untried', 'disputed', 'unfit', 'person'] as const
export type LeftOut = Readonly<Record<(typeof leftOutReasons)[number], number>>
export type Choice = { readonly calls: readonly FoundCall[]; readonly leftOut: LeftOut }

/** Everything that a wallet could sign, except what would only cost a fee. */
export function usableCalls(report: Report): Choice {
  return choose(everyCall(report), (found) => reasonAgainst(found))
}

/** Revocations that were seen to work: in a batch, one call that fails undoes all the others. */
export function batchCalls(report: Report): Choice {
  const revocations = everyCall(report).filter(({ call }) => call.purpose === 'revoke')
  return choose(revocations, (found) => {
    if (isPerson(found.target)) return 'person'
    const reason = reasonAgainst(found)
    if (reason !== null) return reason
    const { call, target } = found
    if (call.chainId !== target.chain?.id || !isRevocation(call, target.account)) return 'unfit'
    return call.simulation?.status === 'succeeds' ? null : 'untried'
  })
}

/** Whoever signs for it alone; false where its code was not read. */
export function isPerson({ seen }: ReportTarget): boolean {
  return seen?.kind === 'account' || seen?.kind === 'delegated'
}

function reasonAgainst({ call: { simulation }, finding }: FoundCall): keyof LeftOut | null {
  if (finding.disputed !== undefined) return 'disputed'
  return simulation?.status === 'reverts' || simulation?.status === 'no-effect' ? 'failing' : null
}

function choose(all: readonly FoundCall[], reasonOf: (found: FoundCall) => keyof LeftOut | null): Choice {
  const reasons = all.map(reasonOf)
  const count = (reason: keyof LeftOut) => reasons.filter((each) => each === reason).length
  return {
    calls: inRemovalOrder(eachOnce(all.filter((_, index) => reasons[index] === null))),
    leftOut: {
      failing: count('failing'),
      untried: count('untried'),
      disputed: count('disputed'),
      unfit: count('unfit'),
      person: count('person'),
    },
  }
}

function everyCall(report: Report): readonly FoundCall[] {
  return report.result.targets.flatMap((target) =>
    target.outcomes.flatMap((outcome) =>
      outcome.status === 'found'
        ? outcome.findings.flatMap((finding) => (finding.remedy ?? []).map((call) => ({ call, finding, target })))
        : [],
    ),
  )
}

/** Two findings may ask for the same call: it is to be sent once. */
function eachOnce(all: readonly FoundCall[]): readonly FoundCall[] {
  const seen = new Set<string>()
  return all.filter(({ call: { simulation: _, ...call }, target }) => {
    const identity = JSON.stringify([target.account, Object.entries(call).sort()]).toLowerCase()
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  })
}
