import type { Missing } from '../core/facts.ts'

/** So many contracts with the same failure are named one by one. */
const maximumNamed = 20

/**
 * Says each failure once per contract, and once for all of them when a whole node failed: an entry without a contract
 * stands for any. Nothing that is missing gets lost, only the list of names.
 */
export function mergeMissing(entries: readonly Missing[]): readonly Missing[] {
  const groups = new Map<string, Map<string, Missing>>()
  for (const entry of entries) {
    const cause = JSON.stringify([entry.about, entry.error.code, entry.error.message])
    const group = groups.get(cause) ?? new Map<string, Missing>()
    group.set(`${entry.contract}`, group.get(`${entry.contract}`) ?? entry)
    groups.set(cause, group)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group.values()
    return group.size > maximumNamed && first !== undefined
      ? [{ about: first.about, error: first.error }]
      : [...group.values()]
  })
}
