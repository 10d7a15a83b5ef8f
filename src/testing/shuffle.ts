/** Facts in the order in which another node, or another run, might have answered. Deterministic: a seed gives one order. */

/** Lists whose order says something: the words of `src/core/facts` tell which. A node gives the owners and modules of a Safe in the contract's, and what a transaction lists in the transaction's. */
const ordered: ReadonlySet<string> = new Set(['owners', 'modules', 'blobVersionedHashes', 'accessList', 'storageKeys'])

/** The same data with its lists in another order, seed 0 backwards; what has an order of its own keeps it. */
export function shuffled<Data>(data: Data, seed: number): Data {
  const next = numbers(seed)
  const reorder = (items: readonly unknown[]) => (seed === 0 ? items.toReversed() : shuffle(items, next))
  const walk = (item: unknown, key: string): unknown => {
    if (Array.isArray(item)) {
      const items = item.map((one) => walk(one, key))
      return ordered.has(key) ? items : reorder(items)
    }
    if (typeof item !== 'object' || item === null) return item
    return Object.fromEntries(Object.entries(item).map(([name, part]) => [name, walk(part, name)]))
  }
  return walk(data, '') as Data // the same shape: only the order of lists differs
}

/** Fisher and Yates. */
function shuffle(items: readonly unknown[], next: (below: number) => number): readonly unknown[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = next(last + 1)
    ;[result[last], result[other]] = [result[other], result[last]]
  }
  return result
}

/** Whole numbers below a limit, by mulberry32: the same on every machine, and seeds that differ by one are not alike. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
