/** Facts that were read without a baseline, or with another one, are compared with the one given when they are judged. Pure. */
import type { Collection } from '../core/collection.ts'
import type { FactResult, FactResults } from '../core/facts.ts'
import type { Report } from '../core/report.ts'
import { baselineFacts, knownTargets } from '../domain/baseline.ts'
import { outgoingSince } from '../domain/outgoing.ts'

export function withBaseline(collection: Collection, baseline: Report | undefined): Collection {
  const { account, label, facts } = collection
  if (baseline === undefined || facts.chain.status === 'failed') return collection
  const { chainId } = facts.chain.value
  const known: FactResult<'baseline'> = {
    status: 'ok',
    value: baselineFacts(knownTargets(baseline), { account, label, chainId }),
  }
  // Who reads an account asks the node for what this comparison would not know.
  if (isSame(facts.baseline, known)) return collection
  return { ...collection, facts: { ...facts, baseline: known, outgoing: outgoingOf({ ...facts, baseline: known }) } }
}

/** A baseline is plain JSON. */
function isSame(one: FactResult<'baseline'>, other: FactResult<'baseline'>): boolean {
  return one.status === 'ok' && JSON.stringify(one) === JSON.stringify(other)
}

function outgoingOf(facts: FactResults): FactResult<'outgoing'> {
  const { chain, account, nonces, baseline } = facts
  if (chain.status === 'failed') return chain
  if (account.status === 'failed') return account
  if (nonces.status === 'failed') return nonces
  if (baseline.status === 'failed') return baseline
  const needed = { chain: chain.value, account: account.value, nonces: nonces.value, baseline: baseline.value }
  return { status: 'ok', value: outgoingSince(needed, facts) }
}
