/** What rules say about a limit within which a delegate may spend from a Safe account without its owners. */
import type { Address } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import type { ChainFacts, SpendingLimit, ThreatFacts } from '../core/facts.ts'
import type { Evidence, Subject, UnsignedCall } from '../core/finding.ts'
import { type FindingData, value } from '../core/value.ts'
import { isUnlimitedByType } from './allowance.ts'
import { spenderEvidence } from './spender-evidence.ts'

/** How the module names the chain's own coin. */
const coin: Address = '0x0000000000000000000000000000000000000000'
export const tokenOfLimit = ({ token }: SpendingLimit): Address => token?.address ?? coin

/** The chain's own coin stands as the zero address. */
export function limitSubject(limit: SpendingLimit, safe: Address): Subject {
  return {
    kind: 'allowance',
    token: tokenOfLimit(limit),
    owner: safe,
    spender: limit.delegate.address,
    module: limit.module,
  }
}

/** The module holds no more than 96 bits: the largest of them is how "no limit" is written. */
export function isUnlimitedSpending({ amount }: SpendingLimit): boolean {
  return isUnlimitedByType(amount)
}

/**
 * `delegate` and its `code` (or `unused`), the `module`, the `amount` of a period and what is `left` of it, and `term`: renewed (then
 * `period`) or once.
 */
export function limitData(limit: SpendingLimit, { coin: own }: Pick<ChainFacts, 'coin'>): FindingData {
  const { delegate, module, amount, spent, token, periodMinutes } = limit
  const written = (of: bigint) => (token === null ? value.native(of, own) : value.tokenAmount(of, token))
  const symbol = token === null ? value.text(own.symbol) : tokenName(token)
  return {
    delegate: value.address(delegate.address),
    // Without code and without a transaction nobody knows what it is, a person's account or nothing yet.
    code: value.keyword(delegate.code === 'none' && delegate.nonce === 0 ? 'unused' : delegate.code),
    module: value.address(module),
    token: symbol,
    contract: value.address(tokenOfLimit(limit)),
    amount: written(amount),
    left: written(spent < amount ? amount - spent : 0n),
    ...(periodMinutes === 0
      ? { term: value.keyword('once') }
      : { term: value.keyword('renewed'), period: value.seconds(periodMinutes * 60) }),
  }
}

function tokenName({ address, symbol }: NonNullable<SpendingLimit['token']>) {
  return symbol === null ? value.address(address) : value.untrustedText(symbol)
}

type Where = { readonly safe: Address; readonly block: bigint; readonly threats: ThreatFacts }

/** The read of the limit, of which the first three of five answers count, then what is known of the delegate. */
export function limitEvidence(
  limit: SpendingLimit,
  { safe, block, threats }: Where,
): readonly [Evidence, ...Evidence[]] {
  const { module, delegate, amount, spent, periodMinutes } = limit
  return [
    {
      kind: 'call',
      to: module,
      function: 'getTokenAllowance(address,address,address)',
      arguments: [safe, delegate.address, tokenOfLimit(limit)],
      block: String(block),
      value: `${amount}, ${spent}, ${periodMinutes}`,
    },
    ...spenderEvidence(delegate, { block, threats }),
  ]
}

const abi = [
  {
    type: 'function',
    name: 'deleteAllowance',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'delegate', type: 'address' },
      { name: 'token', type: 'address' },
    ],
    outputs: [],
  },
] as const

/** The call of the Safe to the module that ends the limit. */
export function limitRemovalCall(limit: SpendingLimit, chainId: number): UnsignedCall {
  const data = encodeFunctionData({ abi, args: [limit.delegate.address, tokenOfLimit(limit)] })
  const { removal: simulation } = limit
  return { chainId, to: limit.module, data, value: '0', purpose: 'revoke', ...(simulation && { simulation }) }
}
