/** What left an account since the baseline: its own transactions by their nonces, and transfers that others made. */
import { toFactError } from '../core/errors.ts'
import type { FactMap, FactResult, LogFacts, Missing, OutgoingFacts } from '../core/facts.ts'
import { knownPart } from './baseline.ts'

type Needed = Pick<FactMap, 'chain' | 'account' | 'nonces' | 'baseline'>
type Wanted = { readonly activity: FactResult<'activity'>; readonly logs: FactResult<'logs'> }

/** An account whose transactions could not be read has used its nonces all the same. */
export function outgoingSince(facts: Needed, { activity, logs }: Wanted): OutgoingFacts {
  const { account, nonces, baseline } = facts
  if (baseline.kind === 'none') return { kind: 'none', missing: [] }
  const before = account.code.kind === 'contract' ? null : knownPart(facts, 'nonce')
  const used = before === null ? null : { from: before.next, to: Math.max(before.next, nonces.latest) }
  const own = activity.status === 'ok' ? activity.value.transactions : []
  const sent = own
    .filter(({ nonce }) => used !== null && nonce >= used.from && nonce < used.to)
    .map(({ hash, nonce, block, to, value }) => ({ hash, nonce, block, to, value }))
    .sort((one, other) => one.nonce - other.nonce)
  return { kind: 'compared', used, sent, ...movedSince(facts, logs, new Set(own.map(({ hash }) => hash))) }
}

type Moved = Pick<Extract<OutgoingFacts, { kind: 'compared' }>, 'moved' | 'missing'>

function movedSince(facts: Needed, logs: FactResult<'logs'>, own: ReadonlySet<string>): Moved {
  const before = knownPart(facts, 'tokens')
  if (before === null || before.held.length === 0) return { moved: [], missing: [] }
  if (logs.status === 'failed') return { moved: [], missing: [{ about: 'logs', error: logs.error }] }
  const block = BigInt(before.block)
  const newest = new Map((logs.value.sent ?? []).map(({ contract, log }) => [contract.toLowerCase(), log]))
  const moved = before.held.flatMap(({ token, symbol }) => {
    const log = newest.get(token.toLowerCase())
    return log === undefined || log.block <= block || own.has(log.transaction) ? [] : [{ token, symbol, log }]
  })
  return { moved, missing: missingSince(logs.value, block) }
}

function missingSince({ sent, missing }: LogFacts, block: bigint): readonly Missing[] {
  if (sent === undefined) return [{ about: 'logs', error: toFactError(new Error('not in facts of older versions')) }]
  return missing.filter(
    ({ about, ranges }) => about === 'logs' && (ranges === undefined || ranges.some(({ toBlock }) => toBlock > block)),
  )
}
