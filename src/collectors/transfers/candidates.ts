/** Of those that transfers and own transactions name, who resembles a recipient and who is on a list. Looks at no state. */
import type { Address, Hex } from 'viem'
import type { SanctionsList } from '../../core/collector.ts'
import type { ActivityFacts, LogFacts, PartiesInLogs, Party, ProvenParty, TransferFacts } from '../../core/facts.ts'
import { listedHere } from '../../domain/address-list.ts'
import { requiredDigits, resembles } from '../../domain/lookalike.ts'

const noTransfers = { sent: null, claimedSent: null, emptySent: null, received: null, claimedReceived: null }

type Called = ProvenParty['called']
export type Candidate = Party & { readonly called: Called; readonly lists: readonly string[] }
export type Candidates = {
  readonly parties: readonly Candidate[]
  readonly counts: Pick<TransferFacts, 'counterparties' | 'recipients'>
  readonly leftOut: PartiesInLogs['leftOut']
}
type Known = {
  readonly logs: LogFacts
  readonly activity: ActivityFacts | null
  /** Names of lists by lower-case address. */
  readonly listed: ReadonlyMap<string, readonly string[]>
}

/** So many that resemble each other are looked at. */
const mostSimilar = 150
const nobody: PartiesInLogs = { parties: [], counterparties: 0, recipients: 0, leftOut: [] }

export function findCandidates({ logs, activity, listed }: Known): Candidates {
  const { parties, leftOut, ...inLogs } = logs.transfers ?? nobody
  const calls = callsOf(activity)
  const all = merge(parties, calls).map((party) => ({ ...party, lists: listed.get(keyOf(party.address)) ?? [] }))
  const known = new Set(parties.filter(isRecipient).map(({ address }) => keyOf(address)))
  const withCoins = [...calls].filter(([key, { called }]) => called?.withCoins && !known.has(key))
  const counts = {
    counterparties: Math.max(inLogs.counterparties, all.length),
    recipients: inLogs.recipients + withCoins.length,
  }
  const similar = similarOf(all, requiredDigits(counts.recipients * counts.counterparties))
  const kept = new Set([...[...similar].slice(0, mostSimilar), ...all.filter(({ lists }) => lists.length > 0)])
  return {
    parties: all.filter((party) => kept.has(party)),
    counts,
    leftOut: [
      // Transfers tell of all their recipients; coins went to some that only a comparison with everybody would find.
      ...leftOut.filter((kind) => kind !== 'other' || withCoins.length > 0),
      ...(similar.size > mostSimilar ? (['similar'] as const) : []),
    ],
  }
}

/** If the events are true. */
function isRecipient({ sent, claimedSent }: Party): boolean {
  return sent !== null || claimedSent !== null
}

/** Names of lists by lower-case address, as far as they hold on the chain. */
export function listedBy(lists: readonly SanctionsList[], chain: number): Known['listed'] {
  const names = new Map<string, readonly string[]>()
  for (const list of lists) {
    for (const address of listedHere([list], chain)) {
      const key = keyOf(address)
      names.set(key, [...new Set([...(names.get(key) ?? []), list.name])])
    }
  }
  return names
}

/** Both sides of each pair of a recipient and one that resembles it. */
function similarOf(parties: readonly Candidate[], digits: number): ReadonlySet<Candidate> {
  const recipients = parties.filter((party) => isRecipient(party) || party.called?.withCoins)
  const pairs = recipients.flatMap((recipient) =>
    parties.flatMap((party) => (resembles(recipient.address, party.address, digits) ? [recipient, party] : [])),
  )
  return new Set(pairs)
}

type Calls = ReadonlyMap<string, { readonly address: Address; readonly called: Called }>

/**
 * Of each address the oldest transaction that reached it with coins, or else the newest: of two that resemble each other, the
 * one that was paid first is the one that was meant, however often it was paid since. They come newest first.
 */
function callsOf(activity: ActivityFacts | null): Calls {
  const calls = new Map<string, { address: Address; called: { transaction: Hex; block: bigint; withCoins: boolean } }>()
  for (const { to, succeeded, value, hash, block } of activity?.transactions ?? []) {
    if (to === null || !succeeded) continue
    const known = calls.get(keyOf(to))
    const withCoins = value > 0n
    if (known !== undefined && !withCoins) continue
    calls.set(keyOf(to), { address: to, called: { transaction: hash, block, withCoins } })
  }
  return calls
}

function merge(parties: readonly Party[], calls: Calls): readonly Omit<Candidate, 'lists'>[] {
  const inLogs = new Set(parties.map(({ address }) => keyOf(address)))
  const others = [...calls].filter(([key]) => !inLogs.has(key)).map(([, call]) => call)
  return [
    ...parties.map((party) => ({ ...party, called: calls.get(keyOf(party.address))?.called ?? null })),
    ...others.map((call) => ({ ...call, ...noTransfers })),
  ]
}

function keyOf(address: Address): string {
  return address.toLowerCase()
}
