/**
 * What of an account's state a baseline takes from a report. Each rule that compares has its own, which moves on when that rule has
 * looked; `state` is what all of them have compared. Pure.
 */
import type { ReportOutcome, ReportTarget } from '../core/report.ts'
import type { AccountState } from '../core/state.ts'
import { apartCode, stateFor } from '../domain/baseline.ts'

type Part = keyof AccountState

/** Who compares each part with the baseline. A part that moved on before they looked would hide what happened in between. */
export const judgesOfState = {
  balance: ['balance-drop', 'unexpected-outgoing'],
  nonce: ['unexpected-outgoing'],
  tokens: ['balance-drop', 'unexpected-outgoing'],
  safe: ['safe-owner-changed', 'unexpected-outgoing'],
  spenders: ['unexpected-spender'],
} as const satisfies Readonly<Record<Part, readonly string[]>>

const parts = Object.keys(judgesOfState) as readonly Part[] // its own keys, and no others
const judges: ReadonlySet<string> = new Set(Object.values(judgesOfState).flat())

type Targets = { readonly before: ReportTarget | undefined; readonly now: ReportTarget }

/** Part by part. What was not known is filled by what was read now; else an earlier part stays, with its block, until it was judged. */
export function nextState({ before, now }: Targets): Pick<ReportTarget, 'state' | 'compared'> {
  const { state: earlier } = before ?? {}
  if (earlier === undefined) return statesOf(now)
  if (now.state === undefined) return statesOf({ state: earlier, compared: before?.compared })
  const targets = { before, now }
  const state = mixed({ earlier, read: now.state }, (part) => isJudged(part, targets))
  const own = [...judges].flatMap((id) => {
    const next = ownState(id, targets)
    return next === null || isSame(next, state) ? [] : [[id, next] as const]
  })
  return own.length === 0 ? { state } : { state, compared: Object.fromEntries(own) }
}

/** Earlier outcomes of those rules that were not asked now: by these the next update knows who judges the account. */
export function keptOutcomes({ before, now }: Targets): readonly ReportOutcome[] {
  const asked = new Set(now.outcomes.map(({ ruleId }) => ruleId))
  return (before?.outcomes ?? []).filter(({ ruleId }) => judges.has(ruleId) && !asked.has(ruleId))
}

function statesOf({ state, compared }: Partial<Pick<ReportTarget, 'state' | 'compared'>>) {
  return { ...(state !== undefined && { state }), ...(compared !== undefined && { compared }) }
}

type States = { readonly earlier: AccountState; readonly read: AccountState }

function mixed({ earlier, read }: States, isTaken: (part: Part) => boolean): AccountState {
  const isNext = (part: Part) => earlier[part] == null || (isNewer(earlier[part], read[part]) && isTaken(part))
  const take = <Name extends Part>(part: Name): AccountState[Name] => (isNext(part) ? read[part] : earlier[part])
  return {
    balance: take('balance'),
    nonce: take('nonce'),
    tokens: take('tokens'),
    safe: take('safe'),
    spenders: take('spenders') ?? null,
  }
}

function isNewer(before: AccountState[Part], now: AccountState[Part]): boolean {
  return before != null && now != null && BigInt(now.block) >= BigInt(before.block)
}

/** By all who judge it here, now or before; and by one at least. */
function isJudged(part: Part, { before, now }: Targets): boolean {
  const known = [...now.outcomes, ...keptOutcomes({ before, now })].map(({ ruleId }) => ruleId)
  const asked = judgesOfState[part].filter((id) => known.includes(id))
  return asked.length > 0 && asked.every((id) => hasCompared(id, part, { before, now }))
}

function hasCompared(id: string, part: Part, { before, now }: Targets): boolean {
  const outcome = now.outcomes.find(({ ruleId }) => ruleId === id)
  if (outcome === undefined) return false
  // There was nothing to compare with, or this never was a Safe account.
  if (outcome.status === 'not-applicable')
    return id === 'safe-owner-changed' && earlierFor(id, before)?.safe?.kind !== 'safe'
  if (outcome.status === 'passed' || outcome.because === undefined) return true
  if (outcome.because.kind !== 'fact-incomplete') return false
  return outcome.because.missing.every(
    // Parts of different blocks are told once, and can be compared only after they are of one. Coins need no token.
    ({ about, error }) => error.code === apartCode || (part === 'balance' && about === 'token-balance'),
  )
}

/** null: the baseline has no state. */
function earlierFor(id: string, before: ReportTarget | undefined): AccountState | null {
  const { state = null, compared } = before ?? {}
  return stateFor(id, { state, compared })
}

/** Its parts only; the others are null. */
function ownState(id: string, { before, now }: Targets): AccountState | null {
  const earlier = earlierFor(id, before)
  if (earlier === null || now.state === undefined) return null
  const own = parts.filter((part) => judgesOfState[part].some((judge) => judge === id))
  const read = id === 'unexpected-outgoing' ? withEarlierTokens({ earlier, read: now.state }) : now.state
  const next = mixed({ earlier, read }, (part) => hasCompared(id, part, { before, now }))
  const only = <Name extends Part>(part: Name): AccountState[Name] | null => (own.includes(part) ? next[part] : null)
  return {
    balance: only('balance'),
    nonce: only('nonce'),
    tokens: only('tokens'),
    safe: only('safe'),
    spenders: only('spenders') ?? null,
  }
}

/** It compares which tokens left, by the logs, and not how much of them there is: balances that could not be read hold nothing back. */
function withEarlierTokens({ earlier, read }: States): AccountState {
  if (read.tokens !== null || earlier.tokens === null || read.balance === null) return read
  return { ...read, tokens: { held: earlier.tokens.held, block: read.balance.block } }
}

function isSame(own: AccountState, state: AccountState): boolean {
  return parts.every((part) => own[part] == null || JSON.stringify(own[part]) === JSON.stringify(state[part]))
}
