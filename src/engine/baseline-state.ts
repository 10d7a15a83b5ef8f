/** Which parts of an account's state a baseline takes from a report: those that every rule which compares them has judged. Pure. */
import type { ReportOutcome, ReportTarget } from '../core/report.ts'
import type { AccountState } from '../core/state.ts'

type Part = keyof AccountState

/** Who compares each part with the baseline. A part that moved on before they looked would hide what happened in between. */
export const judgesOfState = {
  balance: ['balance-drop', 'unexpected-outgoing'],
  nonce: ['unexpected-outgoing'],
  tokens: ['balance-drop', 'unexpected-outgoing'],
  safe: ['safe-owner-changed', 'unexpected-outgoing'],
  spenders: ['unexpected-spender'],
} as const satisfies Readonly<Record<Part, readonly string[]>>

const judges: ReadonlySet<string> = new Set(Object.values(judgesOfState).flat())

type Targets = { readonly before: ReportTarget | undefined; readonly now: ReportTarget }

/** Part by part. What was not known is filled by what was read now; else an earlier part stays, with its block, until it was judged. */
export function nextState({ before, now }: Targets): Pick<ReportTarget, 'state'> {
  const [earlier, read] = [before?.state, now.state]
  if (earlier === undefined) return read === undefined ? {} : { state: read }
  if (read === undefined) return { state: earlier }
  const isTaken = (part: Part) => isNewer(earlier[part], read[part]) && isJudged(part, { before, now })
  return {
    state: {
      balance: isTaken('balance') ? read.balance : (earlier.balance ?? read.balance),
      nonce: isTaken('nonce') ? read.nonce : (earlier.nonce ?? read.nonce),
      tokens: isTaken('tokens') ? read.tokens : (earlier.tokens ?? read.tokens),
      safe: isTaken('safe') ? read.safe : (earlier.safe ?? read.safe),
      spenders: (isTaken('spenders') ? read.spenders : (earlier.spenders ?? read.spenders)) ?? null,
    },
  }
}

/** Earlier outcomes of those rules that were not asked now: by these the next update knows who judges the account. */
export function keptOutcomes({ before, now }: Targets): readonly ReportOutcome[] {
  const asked = new Set(now.outcomes.map(({ ruleId }) => ruleId))
  return (before?.outcomes ?? []).filter(({ ruleId }) => judges.has(ruleId) && !asked.has(ruleId))
}

function isNewer(before: AccountState[Part], now: AccountState[Part]): boolean {
  return before != null && now != null && BigInt(now.block) >= BigInt(before.block)
}

/** By all who judge it here, now or before; and by one at least. */
function isJudged(part: Part, { before, now }: Targets): boolean {
  const known = [...now.outcomes, ...keptOutcomes({ before, now })].map(({ ruleId }) => ruleId)
  const asked = judgesOfState[part].filter((id) => known.includes(id))
  return asked.length > 0 && asked.every((id) => hasCompared(now.outcomes.find(({ ruleId }) => ruleId === id)))

  function hasCompared(outcome: ReportOutcome | undefined): boolean {
    if (outcome === undefined) return false
    if (outcome.status === 'found') return outcome.because === undefined
    if (outcome.status !== 'not-applicable') return outcome.status === 'passed'
    // There was nothing to compare with, or this never was a Safe account.
    return outcome.ruleId === 'safe-owner-changed' && before?.state?.safe?.kind !== 'safe'
  }
}
