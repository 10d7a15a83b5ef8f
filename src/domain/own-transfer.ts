/** Which transfers out of the account are true: any contract can send an event about any account. */
import type { AccountFacts, ProvenTransfer, TransferFacts } from '../core/facts.ts'

/**
 * Whether a transfer out of the account is its own doing: an amount of a listed token left, which such a token moves for nobody
 * else, or the account sent the transaction. False where neither is known.
 */
export function isOwnTransfer(
  transfer: ProvenTransfer,
  { transfers, account }: { readonly transfers: TransferFacts; readonly account: AccountFacts },
): boolean {
  if (isTrueAmount(transfer, transfers)) return true
  return transfer.sender?.toLowerCase() === account.address.toLowerCase()
}

/** Whether so much of a token moved as the event says: what a listed token says of itself is believed. */
export function isTrueAmount({ contract, amount }: ProvenTransfer, { tokens }: TransferFacts): boolean {
  if (amount === null || amount === 0n) return false
  return tokens.some(({ address, isListed }) => isListed && address === contract)
}
