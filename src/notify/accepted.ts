/** Whether what happened since a baseline is told no more because a later baseline took it. Pure. */
import type { Finding, Subject } from '../core/finding.ts'
import type { KnownTarget } from '../core/state.ts'
import { stateFor } from '../domain/baseline.ts'
import { judgesOfState } from '../engine/baseline-state.ts'

type Part = keyof typeof judgesOfState
const parts = Object.keys(judgesOfState) as readonly Part[] // its own keys, and no others

/** What of an account is compared to find it; all of it for other subjects. */
const partsOf: { readonly [Kind in Subject['kind']]?: readonly Part[] } = {
  account: ['balance'],
  token: ['tokens'],
  transaction: ['nonce'],
  nonce: ['nonce', 'safe'],
}

/**
 * A finding that tells of a time is measured from the block of its baseline: one of a later block has taken it. With the same one it
 * is gone because somebody set it right.
 */
export function isAccepted(
  { ruleId, subject, data }: Pick<Finding, 'ruleId' | 'subject' | 'data'>,
  known: Pick<KnownTarget, 'state' | 'compared'>,
): boolean {
  const { since } = data
  const state = stateFor(ruleId, known)
  if (state === null || since?.type !== 'block') return false
  const own = parts.filter((part) => judges(part).includes(ruleId))
  const about = own.filter((part) => (partsOf[subject.kind] ?? parts).includes(part))
  // Of a rule that somebody added it is not known what it compares; one of a single part compares that.
  const compared = own.length === 0 ? parts : about.length === 0 ? own : about
  return compared.some((part) => BigInt(state[part]?.block ?? 0) > BigInt(since.value))
}

function judges(part: Part): readonly string[] {
  return judgesOfState[part]
}
