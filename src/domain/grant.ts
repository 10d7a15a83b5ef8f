/** What every finding about a grant says: what it is about, and the cells of its sentences. */
import type { Address } from 'viem'
import type { AccountFacts, Grant, ThreatFacts } from '../core/facts.ts'
import type { Subject } from '../core/finding.ts'
import { type FindingData, value } from '../core/value.ts'
import { isDormant, isUnlimited } from './allowance.ts'
import { year10000 } from './format-value.ts'
import { isRevocable } from './implicit-grant.ts'
import { knownDelegateName, wellKnownName } from './threats.ts'

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
    case 'item-allowance':
      return { kind: 'allowance', token, owner, spender, tokenId: String(grant.tokenId) }
    default:
      return grant satisfies never
  }
}

/**
 * What `grantWords` speak of: `grant` (its kind), `token` (its symbol, or its address when it has none), `contract`, `spender`,
 * `who` named (then `name`: a contract that everybody uses) or unnamed, `payer` doubtful (then `delegate`: the account runs
 * code of which nobody knows that its owner chose it) or own, `way` (see `wayData`), and by kind: `amount` with `extent` unlimited or limited;
 * `tokenId`; the `standard` of an operator; `permit2`, `use` dormant or live, and `term` until (then `expires`) or for-ever.
 */
export function grantData(
  grant: Grant,
  { account, threats }: { readonly account: Pick<AccountFacts, 'code'>; readonly threats: ThreatFacts },
): FindingData {
  const { address: contract, symbol } = grant.token
  const name = wellKnownName(threats, grant.spender.address)
  return {
    grant: value.keyword(grant.kind === 'item-allowance' ? 'item' : grant.kind),
    ...(name === null ? { who: value.keyword('unnamed') } : { who: value.keyword('named'), name: value.text(name) }),
    token: symbol === null ? value.address(contract) : value.untrustedText(symbol),
    contract: value.address(contract),
    spender: value.address(grant.spender.address),
    ...payerData(account, threats),
    ...wayData(grant),
    ...dataOfKind(grant),
  }
}

/** Coins sent to an account that runs unknown code may be gone at once, those for the fee of a revocation too. */
function payerData({ code }: Pick<AccountFacts, 'code'>, threats: ThreatFacts): FindingData {
  if (code.kind !== 'delegated' || knownDelegateName(threats, code.delegate) !== null) {
    return { payer: value.keyword('own') }
  }
  return { payer: value.keyword('doubtful'), delegate: value.address(code.delegate) }
}

/** So much gas for one revocation is no oversight: 30,000 to 80,000 is usual. */
const costlyGas = 500_000n

/**
 * How a grant ends. `way` fixed: nobody can end it. failing: the call was tried and does not end it (then `triedBlock`, `failure`
 * silent, told (then `reason`), or still). decrease: by decreaseAllowance (then `decreaseBy`). costly: it burns gas (then
 * `triedBlock`, `gasUsed`). open: the usual call, tried or not.
 */
function wayData(grant: Grant): FindingData {
  if (!isRevocable(grant)) return { way: value.keyword('fixed') }
  if (grant.revocation === undefined) return { way: value.keyword('open') }
  const { variant, simulation } = grant.revocation
  const triedBlock = value.block(BigInt(simulation.block))
  const failing = (failure: string) => ({ way: value.keyword('failing'), triedBlock, failure: value.keyword(failure) })
  if (simulation.status === 'no-effect') return failing('still')
  if (simulation.status === 'reverts') {
    const { reason } = simulation
    return reason === undefined ? failing('silent') : { ...failing('told'), reason: value.untrustedText(reason) }
  }
  if (variant === 'decrease' && grant.kind === 'allowance') {
    return { way: value.keyword('decrease'), decreaseBy: value.text(String(grant.amount)) }
  }
  const gasUsed = simulation.status === 'succeeds' ? BigInt(simulation.gasUsed ?? 0) : 0n
  if (gasUsed < costlyGas) return { way: value.keyword('open') }
  return { way: value.keyword('costly'), triedBlock, gasUsed: value.count(Number(gasUsed)) }
}

function dataOfKind(grant: Grant): FindingData {
  switch (grant.kind) {
    case 'allowance':
      return amountData(grant, grant.totalSupply)
    case 'nft':
      return { tokenId: value.text(String(grant.tokenId)) }
    case 'operator':
      return { standard: value.keyword(grant.standard) }
    case 'item-allowance':
      return { ...amountData(grant, null), tokenId: value.text(String(grant.tokenId)) }
    case 'permit2':
      return {
        ...amountData(grant, null),
        permit2: value.address(grant.permit2),
        use: value.keyword(isDormant(grant) ? 'dormant' : 'live'),
        // uint48 max is how apps write "for ever".
        ...(grant.expiration >= year10000
          ? { term: value.keyword('for-ever') }
          : { term: value.keyword('until'), expires: value.time(grant.expiration) }),
      }
    default:
      return grant satisfies never
  }
}

function amountData(
  { amount, token }: Extract<Grant, { kind: 'allowance' | 'permit2' | 'item-allowance' }>,
  totalSupply: bigint | null,
): FindingData {
  return {
    amount: value.tokenAmount(amount, token),
    extent: value.keyword(isUnlimited(amount, totalSupply) ? 'unlimited' : 'limited'),
  }
}
