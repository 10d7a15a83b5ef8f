/** The reads that decide whether a grant is live, one set per kind of candidate. */
import type { Address } from 'viem'
import type { ApprovalEvent, LogRef } from '../../core/facts.ts'
import { type ReadCall, readCall } from '../../domain/token-calls.ts'

export const zeroAddress: Address = '0x0000000000000000000000000000000000000000'

export const allowanceOf = (token: Address, owner: Address, spender: Address) =>
  readCall(token, 'allowance(address,address)', owner, spender)
export const operatorOf = (collection: Address, owner: Address, operator: Address) =>
  readCall(collection, 'isApprovedForAll(address,address)', owner, operator)
export const ownerOf = (collection: Address, tokenId: bigint) => readCall(collection, 'ownerOf(uint256)', tokenId)
export const approvedOf = (collection: Address, tokenId: bigint) =>
  readCall(collection, 'getApproved(uint256)', tokenId)
export const isOperatorOf = (contract: Address, owner: Address, operator: Address) =>
  readCall(contract, 'isOperator(address,address)', owner, operator)
export const isOperatorFor = (token: Address, owner: Address, operator: Address) =>
  readCall(token, 'isOperatorFor(address,address)', operator, owner)
export const itemAllowanceOf = (contract: Address, tokenId: bigint, [owner, spender]: readonly [Address, Address]) =>
  readCall(contract, 'allowance(address,address,uint256)', owner, spender, tokenId)
export const itemBalanceOf = (contract: Address, owner: Address, tokenId: bigint) =>
  readCall(contract, 'balanceOf(address,uint256)', owner, tokenId)
export const assetOf = (vault: Address) => readCall(vault, 'asset()')
export const balanceOf = (token: Address, owner: Address) => readCall(token, 'balanceOf(address)', owner)
export const totalSupplyOf = (token: Address) => readCall(token, 'totalSupply()')

/** A grant that may be live: what an event named, or a guess without one. */
export type Candidate = Omit<ApprovalEvent, 'log'> & { readonly log: LogRef | null }
type Permit2Event = Candidate & { readonly kind: 'permit2'; readonly permit2: Address }
export type NftEvent = Candidate & { readonly kind: 'erc721'; readonly tokenId: bigint }

export function isPermit2Event<Event extends Candidate>(event: Event): event is Event & Permit2Event {
  return event.kind === 'permit2' && event.permit2 !== null
}

export function isNftEvent<Event extends Candidate>(event: Event): event is Event & NftEvent {
  return event.kind === 'erc721' && event.tokenId !== null
}

export function isItemEvent<Event extends Candidate>(
  event: Event,
): event is Event & { readonly kind: 'item-allowance'; readonly tokenId: bigint } {
  return event.kind === 'item-allowance' && event.tokenId !== null
}

export const permit2AllowanceOf = (event: Pick<Permit2Event, 'permit2' | 'contract' | 'spender'>, owner: Address) =>
  readCall(event.permit2, 'allowance(address,address,address)', owner, event.contract, event.spender)

/** Tells Permit2 from whatever else may stand at one of its addresses. */
export const separatorOf = (permit2: Address) => readCall(permit2, 'DOMAIN_SEPARATOR()')

/** An event of Permit2's shape from an unknown contract: what that answers counts for nothing, so it is not asked. */
export function isImitation({ kind }: Pick<Candidate, 'kind'>): boolean {
  return kind === 'like-permit2'
}

/** The one read that says what a candidate is worth; null for an NFT, which takes more than one. */
export function stateCall(event: Candidate, owner: Address): ReadCall | null {
  // Nobody can act as the zero address: contracts name it to say that an approval ended.
  if (isNftEvent(event) || isImitation(event) || event.spender === zeroAddress) return null
  if (isPermit2Event(event)) return permit2AllowanceOf(event, owner)
  if (isItemEvent(event)) return itemAllowanceOf(event.contract, event.tokenId, [owner, event.spender])
  const { kind, contract, spender } = event
  switch (kind) {
    case 'operator':
      return operatorOf(contract, owner, spender)
    case 'operator-set':
      return isOperatorOf(contract, owner, spender)
    case 'erc777-operator':
      return isOperatorFor(contract, owner, spender)
    default:
      return allowanceOf(contract, owner, spender)
  }
}
