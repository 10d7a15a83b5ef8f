/** Addresses that imitate one the account sent to, and how they got into its history. */
import type { Address, Hex } from 'viem'
import type { AccountFacts, ProvenParty, ProvenTransfer, TransferFacts } from '../core/facts.ts'
import { isImitatedSymbol } from './imitated-symbol.ts'
import { requiredDigits, resembles } from './lookalike.ts'

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

/** By the recipient that is imitated. Of two that seem to imitate each other, the one that was paid later does. */
export function imitationsOf(judged: Judged): readonly Imitation[] {
  const { parties, recipients, counterparties } = judged.transfers
  const digits = requiredDigits(recipients * counterparties)
  const known = parties.map((party) => ({
    address: party.address,
    payment: paymentOf(party, judged),
    proven: paymentOf(withoutClaims(party, judged), judged),
    sign: newestSign(party, judged),
  }))
  return known.flatMap(({ address: imitated, payment, sign: ownSign }) => {
    if (payment === null) return []
    const imitators = known.flatMap(({ address, sign, payment: other, proven }) => {
      const isImitated = ownSign !== null && other !== null && other.block < payment.block
      return sign === null || isImitated || !resembles(imitated, address, digits)
        ? []
        : { address, sign, payment: proven }
    })
    const [first, ...rest] = imitators.sort((one, other) => byAge(one.sign, other.sign))
    return first === undefined ? [] : { imitated, payment, imitators: [first, ...rest] }
  })
}

/** An event that the account did not send may be the very forgery that makes the imitation: it proves no payment to it. */
function withoutClaims(party: ProvenParty, { account }: Judged): ProvenParty {
  return isSame(party.claimedSent?.sender, account.address) ? party : { ...party, claimedSent: null }
}

/** The oldest there is; null when only events of others say that the account sent something. */
function paymentOf({ sent, claimedSent, called }: ProvenParty, { account }: Judged): Payment | null {
  // Nobody but its own code says what such an account does: an event has to be believed.
  const isBelieved = account.code.kind !== 'none' || isSame(claimedSent?.sender, account.address)
  const payments: readonly (Payment | null)[] = [
    sent && { kind: 'transfer', block: sent.log.block, transfer: sent },
    claimedSent && isBelieved ? { kind: 'transfer', block: claimedSent.log.block, transfer: claimedSent } : null,
    called?.withCoins ? { kind: 'coins', block: called.block, transaction: called.transaction } : null,
  ]
  const [oldest] = payments.filter((payment) => payment !== null).sort((one, other) => Number(one.block - other.block))
  return oldest ?? null
}

function newestSign(party: ProvenParty, judged: Judged): Sign | null {
  const { claimedSent, emptySent, received, claimedReceived } = party
  const isByOther = emptySent !== null && !isSame(emptySent.sender, judged.account.address)
  const signs: readonly (Sign | null)[] = [
    isByOther ? { kind: 'empty', transfer: emptySent } : null,
    claimedSent && forgedSign(claimedSent, judged),
    received && receivedSign(received, judged),
    claimedReceived && receivedSign(claimedReceived, judged),
  ]
  return signs.filter((sign) => sign !== null).sort(byAge)[0] ?? null
}

function forgedSign(transfer: ProvenTransfer, judged: Judged): Sign | null {
  if (isSame(transfer.sender, judged.account.address)) return null
  if (isCounterfeit(transfer, judged)) return { kind: 'counterfeit', transfer }
  const isByOther = judged.account.code.kind === 'none' && transfer.sender !== null
  return isByOther ? { kind: 'unsent', transfer } : null
}

function receivedSign(transfer: ProvenTransfer, judged: Judged): Sign | null {
  if (transfer.amount === 0n) return { kind: 'empty', transfer }
  if (isCounterfeit(transfer, judged)) return { kind: 'counterfeit', transfer }
  const decimals = judged.transfers.tokens.find(({ address }) => address === transfer.contract)?.decimals ?? null
  if (transfer.amount === null || decimals === null) return null
  const isDust = Number(transfer.amount) <= judged.dustUnits * 10 ** decimals
  return isDust ? { kind: 'dust', transfer } : null
}

function isCounterfeit({ contract, amount }: ProvenTransfer, { transfers: { tokens } }: Judged): boolean {
  const token = tokens.find(({ address }) => address === contract)
  if (token === undefined || token.isListed || amount === null) return false
  const listed = tokens.filter(({ isListed }) => isListed).map(({ symbol }) => symbol)
  return isImitatedSymbol(token.symbol, listed)
}

function byAge({ transfer: { log: one } }: Sign, { transfer: { log: other } }: Sign): number {
  return one.block === other.block ? other.index - one.index : one.block > other.block ? -1 : 1
}

function isSame(one: Address | null | undefined, other: Address): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}
