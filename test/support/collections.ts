/** What a run read, by hand: a healthy account's facts with the given ones in place. */
import type { Collection } from '../../src/core/collection.ts'
import { toFactError } from '../../src/core/errors.ts'
import type { FactKey, FactMap, FactResults } from '../../src/core/facts.ts'
import { facts as healthyFacts, owner } from '../../src/testing.ts'

type GivenFacts = { readonly [Key in FactKey]?: FactMap[Key] | Error }

export function factResults(given: GivenFacts = {}): FactResults {
  const results = Object.entries({ ...healthyFacts(), ...given }).map(([key, fact]) => [
    key,
    fact instanceof Error ? { status: 'failed', error: toFactError(fact) } : { status: 'ok', value: fact },
  ])
  return Object.fromEntries(results) as FactResults // one entry per fact: the healthy ones have all
}

export function collectionOf(given: GivenFacts = {}, over: Partial<Collection> = {}): Collection {
  return {
    account: owner,
    label: null,
    endpoint: { host: 'rpc.example', requests: 41 },
    startedAt: '2026-11-23T08:00:00.000Z',
    durationSeconds: 1.5,
    interrupted: false,
    facts: factResults(given),
    ...over,
  }
}
