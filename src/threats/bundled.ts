/** The threat facts that ship with the program, cut down to one chain. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type { ThreatEntry, ThreatFacts } from '../core/facts.ts'
import {
  dangerousDelegates,
  delegateList,
  knownDelegates,
  maliciousDelegateCode,
  maliciousDelegates,
} from './delegates.ts'
import { incidentList, incidents } from './incidents.ts'
import { spenderNames } from './spender-names.ts'
import { wellKnownContracts } from './well-known.ts'

const wellKnownRoles = ['spender', 'open-executor', 'other'] as const

/** What the bundled lists say on one chain. `lists[].entries` counts what holds there. */
export function bundledThreats(chainId: number): Omit<ThreatFacts, 'missing'> {
  const spenders = incidentEntries(chainId)
  const delegates = delegateEntries()
  return {
    lists: [
      { ...incidentList, entries: spenders.length },
      { ...delegateList, entries: delegates.length + maliciousDelegateCode.length },
    ],
    entries: [...spenders, ...delegates],
    delegateCodeHashes: maliciousDelegateCode.map(({ name, hash }) => ({
      name,
      hash: hash as Hex, // our own constants: a test reads every one
      list: delegateList.name,
    })),
    knownDelegates: Object.entries(knownDelegates).flatMap(([name, addresses]) =>
      words(addresses).map((address) => ({ address: toAddress(address), name })),
    ),
    dangerousDelegates: Object.entries(dangerousDelegates).map(([name, address]) => ({
      address: toAddress(address),
      name,
    })),
    wellKnownContracts: wellKnown(chainId),
  }
}

/** Those collected by hand hold on every chain; the names of a chain add to them. */
function wellKnown(chainId: number): ThreatFacts['wellKnownContracts'] {
  const named = (block: string, role: (typeof wellKnownRoles)[number]) =>
    lines(block).map((line) => ({ address: toAddress(line.slice(0, 42)), name: line.slice(43), role }))
  const everywhere = wellKnownRoles.flatMap((role) => named(wellKnownContracts[role], role))
  const known = new Set(everywhere.map(({ address }) => address))
  const here = named(spenderNames[chainId] ?? '', 'spender')
  return [...everywhere, ...here.filter(({ address }) => !known.has(address))]
}

function incidentEntries(chainId: number): readonly ThreatEntry[] {
  const entries: ThreatEntry[] = []
  let incident: Omit<ThreatEntry, 'address' | 'chainId'> | null = null
  for (const line of lines(incidents)) {
    const heading = /^(\d{4}-\d\d-\d\d) (attacker|exploited|fixed) (.+)$/.exec(line)
    if (heading !== null) {
      const [, incidentDate = null, whose, name = null] = heading
      const kind = whose === 'attacker' ? 'drainer' : 'exploited-spender'
      incident = { kind, list: incidentList.name, name, incidentDate, isFixed: whose === 'fixed', isGiven: false }
      continue
    }
    for (const word of words(line)) {
      const [chain, address] = word.split(':')
      if (incident === null || address === undefined) throw new Error(`unreadable line in our incidents: ${line}`)
      if (Number(chain) === chainId) entries.push({ address: toAddress(address), chainId, ...incident })
    }
  }
  return entries
}

function delegateEntries(): readonly ThreatEntry[] {
  return words(maliciousDelegates).map((address) => ({
    address: toAddress(address),
    chainId: null,
    kind: 'delegate',
    list: delegateList.name,
    name: null,
    incidentDate: null,
    isFixed: false,
    isGiven: false,
  }))
}

function toAddress(lowerCase: string): Address {
  return getAddress(lowerCase)
}

function lines(block: string): readonly string[] {
  return block.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}

function words(block: string): readonly string[] {
  return block.split(/\s+/).filter((word) => word !== '')
}
