/** The order of targets in a report: by chain, account and label, and never by what came first. Pure. */
import type { UncheckedTarget } from '../core/collection.ts'
import type { Place } from '../core/report.ts'
import { chainOf } from './chain-of.ts'
import type { CollectedTarget } from './options.ts'

type Sortable = Pick<CollectedTarget, 'collection' | 'tags' | 'declaredAt'>
/** Compared one by one; numbers and null by size, words by their code units, as every machine does. */
type Key = readonly (number | string | null)[]

export function sortTargets<Target extends Sortable>(targets: readonly Target[]): readonly Target[] {
  return sortBy(targets, ({ collection, tags, declaredAt }) => {
    const { account, label } = collection
    const chain = chainOf(collection)?.id ?? null
    return [
      chain,
      account.toLowerCase(),
      label,
      declaredAt?.file ?? null,
      declaredAt?.line ?? null,
      tags?.join() ?? null,
    ]
  })
}

export function sortUnchecked<Target extends UncheckedTarget & { readonly declaredAt?: Place }>(
  targets: readonly Target[],
): readonly Target[] {
  return sortBy(targets, ({ chain, input, label, declaredAt }) => [
    chain?.id ?? null,
    input,
    label,
    declaredAt?.file ?? null,
    declaredAt?.line ?? null,
  ])
}

function sortBy<Target>(targets: readonly Target[], keyOf: (target: Target) => Key): readonly Target[] {
  return targets
    .map((target) => ({ target, key: keyOf(target) }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ target }) => target)
}

function compare(one: Key, other: Key): number {
  for (const [index, left] of one.entries()) {
    const right = other[index] ?? null
    if (left === right) continue
    // What is not known comes last.
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -1 : 1
  }
  return 0
}
