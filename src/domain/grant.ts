/** What every finding about a grant says: what it is about, and the cells of its sentences. */
import type { Address } from 'viem'
import type { Grant } from '../core/facts.ts'
import type { Subject } from '../core/finding.ts'
import { type FindingData, value } from '../core/value.ts'
import { isUnlimited } from './allowance.ts'

/** The last second of the year 9999. A later end is no date that anybody meant; uint48 max is how apps write "for ever". */
const lastDate = 253_402_300_799

export function grantSubject(grant: Grant, owner: Address): Subject {
  const { address: token } = grant.token
  const { address: spender } = grant.spender
  switch (grant.kind) {
    case 'allowance':
      return { kind: 'allowance', token, owner, spender }
    case 'nft':
      return { kind: 'nft', collection: token, tokenId: String(grant.tokenId), spender }
    case 'operator':
      return { kind: 'operator', collection: token, owner, operator: spender }
    case 'permit2':
      return { kind: 'allowance', token, owner, spender, permit2: grant.permit2 }
    default:
      return grant satisfies never
  }
}

/**
 * What `grantWords` speak of: `grant` (its kind), `token` (its symbol, or its address when it has none), `contract`, `spender`,
 * `who` named (then `name`) or unnamed, and by kind: `amount` with `extent` unlimited or limited; `tokenId`; `permit2`, and
 * `term` until (then `expires`) or for-ever.
 * @param name the spender's, when it is a contract that everybody uses
 */
export function grantData(grant: Grant, name: string | null = null): FindingData {
  const { address: contract, symbol } = grant.token
  return {
    grant: value.keyword(grant.kind),
    ...(name === null ? { who: value.keyword('unnamed') } : { who: value.keyword('named'), name: value.text(name) }),
    token: symbol === null ? value.address(contract) : value.untrustedText(symbol),
    contract: value.address(contract),
    spender: value.address(grant.spender.address),
    ...dataOfKind(grant),
  }
}

function dataOfKind(grant: Grant): FindingData {
  switch (grant.kind) {
    case 'allowance':
      return amountData(grant, grant.totalSupply)
    case 'nft':
      return { tokenId: value.text(String(grant.tokenId)) }
    case 'operator':
      return {}
    case 'permit2':
      return {
        ...amountData(grant, null),
        permit2: value.address(grant.permit2),
        ...(grant.expiration > lastDate
          ? { term: value.keyword('for-ever') }
          : { term: value.keyword('until'), expires: value.time(grant.expiration) }),
      }
    default:
      return grant satisfies never
  }
}

function amountData(
  { amount, token }: Extract<Grant, { kind: 'allowance' | 'permit2' }>,
  totalSupply: bigint | null,
): FindingData {
  return {
    amount: value.tokenAmount(amount, token),
    extent: value.keyword(isUnlimited(amount, totalSupply) ? 'unlimited' : 'limited'),
  }
}
