/** Addresses that imitate one the account sent to, and how they got into its history. */
import type { Address, Hex } from 'viem'
import type { AccountFacts, ProvenParty, ProvenTransfer, TransferFacts } from '../core/facts.ts'
import type { Evidence } from '../core/finding.ts'
import { transferEvidence } from './evidence.ts'
import { imitatedSymbols } from './imitated-symbol.ts'
import { requiredDigits, resembles } from './lookalike.ts'
import { transfersOf } from './party-transfers.ts'

/**
 * `empty`: of nothing, which anybody can move out of any account. `unsent`: an event of a contract that the account did not
 * call. `counterfeit`: of a token that imitates another. `dust`: so little that nobody would send it in earnest.
 */
type Sign = { readonly kind: 'empty' | 'unsent' | 'counterfeit' | 'dust'; readonly transfer: ProvenTransfer }
type Imitator = {
  readonly address: Address
  readonly sign: Sign
  /** What proves that the account sent to it as well; null for most. Never an event that anybody can make, whatever the account is. */
  readonly payment: Payment | null
}
/** What says that the account sent to somebody: a transfer of its own, or else a transaction with coins. */
type Payment =
  | { readonly kind: 'transfer'; readonly block: bigint; readonly transfer: ProvenTransfer }
  | { readonly kind: 'coins'; readonly block: bigint; readonly transaction: Hex }
export type Imitation = {
  readonly imitated: Address
  readonly payment: Payment
  /** By their signs, newest first. */
  readonly imitators: readonly [Imitator, ...Imitator[]]
}
type Judged = {
  readonly transfers: TransferFacts
  readonly account: AccountFacts
  /** Up to so many whole units of a token are dust. */
  readonly dustUnits: number
}

/** Parts of an account's data without which an imitation may go unseen. */
export const imitationParts: readonly string[] = [
  'logs',
  'transfers',
  'lookalikes',
  'transaction-sender',
  'token-metadata',
  'activity',
]

/** By the recipient that is imitated. Of two that seem to imitate each other, the one that was paid later does. */
export function imitationsOf(judged: Judged): readonly Imitation[] {
  const { known, isAlike } = readParties(judged)
  return known.flatMap(({ address: imitated, payment, sign: ownSign }) => {
    if (payment === null) return []
    const imitators = known.flatMap(({ address, sign, payment: other, proven }) => {
      const isImitated = ownSign !== null && other !== null && other.block < payment.block
      return sign === null || isImitated || !isAlike(imitated, address) ? [] : { address, sign, payment: proven }
    })
    const [first, ...rest] = imitators.sort((one, other) => byAge(one.sign, other.sign))
    return first === undefined ? [] : { imitated, payment, imitators: [first, ...rest] }
  })
}

/** What proves that the account sent to somebody. */
export function paymentEvidence(payment: Payment): Evidence {
  return payment.kind === 'transfer'
    ? transferEvidence(payment.transfer)
    : { kind: 'transaction', hash: payment.transaction, block: String(payment.block) }
}

/**
 * Whether a transfer that was not kept may make an imitation of two that look alike, or with `payments` may be a payment to
 * one: somebody made many events, so that those which matter stand among them.
 */
export function mayHideImitation(judged: Judged, seeks: 'imitations' | 'payments'): boolean {
  const { known, isAlike } = readParties(judged)
  return known.some(({ address: imitated, payment, mayBePaid }) =>
    known.some((other) => {
      if (!(payment !== null || mayBePaid) || !(other.sign !== null || other.mayHaveSign)) return false
      if (!isAlike(imitated, other.address)) return false
      const isOpen = payment === null || other.sign === null
      if (seeks === 'imitations') return isOpen
      if (other.proven === null) return other.mayBeProven
      return isOpen || mayBePaid
    }),
  )
}

type Read = {
  readonly address: Address
  readonly payment: Payment | null
  /** A payment older than `payment` may be among what was not kept. */
  readonly mayBePaid: boolean
  readonly proven: Payment | null
  readonly mayBeProven: boolean
  readonly sign: Sign | null
  readonly mayHaveSign: boolean
}
type Parties = {
  readonly known: readonly Read[]
  readonly isAlike: (one: Address, other: Address) => boolean
}

/** With what is asked of every transfer, worked out once: somebody may have made thousands of them. */
type Judging = Judged & {
  readonly decimals: ReadonlyMap<Address, number | null>
  /** Tokens that are not on a list and have the symbol of one that is. */
  readonly counterfeits: ReadonlySet<Address>
}

function readParties(judged: Judged): Parties {
  const { parties, recipients, counterparties, tokens } = judged.transfers
  const digits = requiredDigits(recipients * counterparties)
  const isImitated = imitatedSymbols(tokens.filter(({ isListed }) => isListed).map(({ symbol }) => symbol))
  const counterfeits = tokens.filter(({ isListed, symbol }) => !isListed && isImitated(symbol))
  const judging: Judging = {
    ...judged,
    decimals: new Map(tokens.map(({ address, decimals }) => [address, decimals])),
    counterfeits: new Set(counterfeits.map(({ address }) => address)),
  }
  return {
    known: parties.map((party) => readParty(party, judging)),
    isAlike: (one, other) => resembles(one, other, digits),
  }
}

function readParty(party: ProvenParty, judged: Judging): Read {
  // The events of a contract account prove no payment, and the oldest is believed.
  const isProvable = judged.account.code.kind !== 'contract'
  const gap = isProvable ? party.gaps?.find(({ place }) => place === 'claimedSent') : undefined
  const payment = paymentOf(party, judged)
  const proven = paymentOf(party, judged, isOwn)
  const sign = newestSign(party, judged)
  return {
    address: party.address,
    payment,
    mayBePaid: gap !== undefined && (payment === null || payment.block > gap.fromBlock),
    proven,
    mayBeProven: gap !== undefined && proven === null,
    sign,
    mayHaveSign: sign === null && (party.gaps ?? []).length > 0,
  }
}

type Believed = (transfer: ProvenTransfer, judged: Judged) => boolean

/** An event that the account did not send may be the very forgery that makes the imitation: it proves no payment to it. */
function isOwn({ sender }: ProvenTransfer, { account }: Judged): boolean {
  return isSame(sender, account.address)
}

/** Nobody but its own code says what such an account does: an event has to be believed. */
function isOwnOrOfCode(transfer: ProvenTransfer, judged: Judged): boolean {
  return judged.account.code.kind !== 'none' || isOwn(transfer, judged)
}

/** The oldest there is; null when only events of others say that the account sent something. */
function paymentOf(party: ProvenParty, judged: Judged, isBelieved: Believed = isOwnOrOfCode): Payment | null {
  const { sent, called } = party
  const claimed = transfersOf(party, 'claimedSent').filter((transfer) => isBelieved(transfer, judged))
  const payments: readonly Payment[] = [
    ...[...(sent === null ? [] : [sent]), ...claimed].map(
      (transfer) => ({ kind: 'transfer', block: transfer.log.block, transfer }) as const,
    ),
    ...(called?.withCoins ? [{ kind: 'coins', block: called.block, transaction: called.transaction } as const] : []),
  ]
  return payments.reduce<Payment | null>(
    (oldest, each) => (oldest === null || isOlder(each, oldest) ? each : oldest),
    null,
  )
}

/** Of two in one block a transfer goes before coins, and of transfers the first. */
function isOlder(one: Payment, other: Payment): boolean {
  if (one.block !== other.block) return one.block < other.block
  if (one.kind === 'coins' || other.kind === 'coins') return one.kind === 'transfer' && other.kind === 'coins'
  return one.transfer.log.index < other.transfer.log.index
}

function newestSign(party: ProvenParty, judged: Judging): Sign | null {
  const empty = transfersOf(party, 'emptySent').filter((transfer) => !isOwn(transfer, judged))
  const received = [...transfersOf(party, 'received'), ...transfersOf(party, 'claimedReceived')]
  const signs: readonly (Sign | null)[] = [
    ...empty.map((transfer) => ({ kind: 'empty', transfer }) as const),
    ...transfersOf(party, 'claimedSent').map((transfer) => forgedSign(transfer, judged)),
    ...received.map((transfer) => receivedSign(transfer, judged)),
  ]
  return signs.filter((sign) => sign !== null).sort(byAge)[0] ?? null
}

function forgedSign(transfer: ProvenTransfer, judged: Judging): Sign | null {
  if (isSame(transfer.sender, judged.account.address)) return null
  if (isCounterfeit(transfer, judged)) return { kind: 'counterfeit', transfer }
  const isByOther = judged.account.code.kind === 'none' && transfer.sender !== null
  return isByOther ? { kind: 'unsent', transfer } : null
}

function receivedSign(transfer: ProvenTransfer, judged: Judging): Sign | null {
  if (transfer.amount === 0n) return { kind: 'empty', transfer }
  if (isCounterfeit(transfer, judged)) return { kind: 'counterfeit', transfer }
  const decimals = judged.decimals.get(transfer.contract) ?? null
  if (transfer.amount === null || decimals === null) return null
  const isDust = Number(transfer.amount) <= judged.dustUnits * 10 ** decimals
  return isDust ? { kind: 'dust', transfer } : null
}

/** Items have no amount, and their collections often share a name. */
function isCounterfeit({ contract, amount }: ProvenTransfer, { counterfeits }: Judging): boolean {
  return amount !== null && counterfeits.has(contract)
}

function byAge({ transfer: { log: one } }: Sign, { transfer: { log: other } }: Sign): number {
  return one.block === other.block ? other.index - one.index : one.block > other.block ? -1 : 1
}

function isSame(one: Address | null | undefined, other: Address): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}
