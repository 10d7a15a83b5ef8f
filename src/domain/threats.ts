/** Looks addresses up in the threat facts. Addresses compare by value: spelling and case do not matter. */
import type { Address, Hex } from 'viem'
import type { ThreatEntry, ThreatFacts } from '../core/facts.ts'

type NamedAddress = ThreatFacts['knownDelegates'][number]
type WellKnown = ThreatFacts['wellKnownContracts'][number]

type ThreatIndex = {
  readonly entries: ReadonlyMap<string, readonly ThreatEntry[]>
  readonly wellKnown: ReadonlyMap<string, WellKnown>
  readonly knownDelegates: ReadonlyMap<string, string>
  readonly dangerousDelegates: ReadonlyMap<string, string>
  readonly codeFamilies: ReadonlyMap<string, { readonly name: string; readonly list: string }>
}

/** Facts are frozen plain data, so an index made once stays true. */
const indexes = new WeakMap<ThreatFacts, ThreatIndex>()

/**
 * What the lists say about an address, in list order. Well-known contracts outrank bundled lists of attackers and of malicious
 * delegates, which name them by mistake; not the lists that the user gave, and not where anybody can use what they may take.
 * An incident of their own is a fact about them, however well known.
 */
export function findThreats(threats: ThreatFacts, kind: ThreatEntry['kind'], address: Address): readonly ThreatEntry[] {
  const index = indexOf(threats)
  const key = address.toLowerCase()
  const entries = index.entries.get(key)?.filter((entry) => entry.kind === kind) ?? []
  const role = index.wellKnown.get(key)?.role ?? null
  const isOutranking = kind !== 'exploited-spender' && role !== null && role !== 'open-executor'
  return isOutranking ? entries.filter(({ isGiven }) => isGiven) : entries
}

/** Every list that names an address, whatever it says of it, with the day its data ends; also where other lists outrank it. */
export function listsThatName(
  threats: ThreatFacts,
  address: Address,
): readonly { readonly name: string; readonly date: string }[] {
  const named = new Set(
    indexOf(threats)
      .entries.get(address.toLowerCase())
      ?.map(({ list }) => list) ?? [],
  )
  return threats.lists
    .filter(({ name }) => named.has(name))
    .map(({ name, date }) => ({ name, date }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** The name of a contract that everybody uses; null for any other address. */
export function wellKnownName(threats: ThreatFacts, address: Address): string | null {
  return indexOf(threats).wellKnown.get(address.toLowerCase())?.name ?? null
}

/** What an approval given to a contract that everybody uses means; null for any other address. */
export function wellKnownRole(threats: ThreatFacts, address: Address): WellKnown['role'] | null {
  return indexOf(threats).wellKnown.get(address.toLowerCase())?.role ?? null
}

/** The maker of a delegate that wallets use; null for any other address. */
export function knownDelegateName(threats: ThreatFacts, delegate: Address): string | null {
  return indexOf(threats).knownDelegates.get(delegate.toLowerCase()) ?? null
}

/** The name of honest code that hands an account to everybody when it is delegated to; null for any other address. */
export function dangerousDelegateName(threats: ThreatFacts, delegate: Address): string | null {
  return indexOf(threats).dangerousDelegates.get(delegate.toLowerCase()) ?? null
}

/** The family of malicious delegates that a code hash belongs to, and the list that says so; null for other code. */
export function findDelegateFamily(
  threats: ThreatFacts,
  codeHash: Hex,
): { readonly name: string; readonly list: string } | null {
  return indexOf(threats).codeFamilies.get(codeHash.toLowerCase()) ?? null
}

function indexOf(threats: ThreatFacts): ThreatIndex {
  const known = indexes.get(threats)
  if (known !== undefined) return known
  const index = {
    entries: groupByAddress(threats.entries),
    wellKnown: new Map(threats.wellKnownContracts.map((contract) => [contract.address.toLowerCase(), contract])),
    knownDelegates: byAddress(threats.knownDelegates),
    dangerousDelegates: byAddress(threats.dangerousDelegates),
    codeFamilies: new Map(
      threats.delegateCodeHashes.map(({ hash, name, list }) => [hash.toLowerCase(), { name, list }]),
    ),
  }
  indexes.set(threats, index)
  return index
}

function groupByAddress(entries: readonly ThreatEntry[]): ReadonlyMap<string, readonly ThreatEntry[]> {
  const groups = new Map<string, ThreatEntry[]>()
  for (const entry of entries) {
    const key = entry.address.toLowerCase()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  // Whichever list was read first: what is said of an address is always the same.
  for (const group of groups.values()) group.sort((one, other) => (listing(one) < listing(other) ? -1 : 1))
  return groups
}

function listing({ list, name }: ThreatEntry): string {
  return `${list}\n${name ?? ''}`
}

function byAddress(named: readonly NamedAddress[]): ReadonlyMap<string, string> {
  return new Map(named.map(({ address, name }) => [address.toLowerCase(), name]))
}
