/** Grants by hand: live ones to a contract, each kind with what matters for the case at hand. */
import type { Grant, Spender } from '../core/facts.ts'
import { at, chain, logAt, token } from './build-facts.ts'

export function spender(over: Partial<Spender> = {}): Spender {
  return { address: at(0x5e), code: 'contract', nonce: 1, ...over }
}

type GrantOf<Kind extends Grant['kind']> = Extract<Grant, { kind: Kind }>

export function allowance(over: Partial<GrantOf<'allowance'>> = {}): GrantOf<'allowance'> {
  return {
    kind: 'allowance',
    token: token(),
    spender: spender(),
    amount: 100n * 10n ** 18n,
    balance: 50n * 10n ** 18n,
    totalSupply: 10n ** 27n,
    origin: 'event',
    log: logAt(),
    ...over,
  }
}

export function operator(over: Partial<GrantOf<'operator'>> = {}): GrantOf<'operator'> {
  return {
    kind: 'operator',
    standard: 'nft',
    token: token({ standard: 'erc721', symbol: 'NFT', decimals: null }),
    spender: spender(),
    balance: 2n,
    origin: 'event',
    log: logAt(),
    ...over,
  }
}

export function itemAllowance(over: Partial<GrantOf<'item-allowance'>> = {}): GrantOf<'item-allowance'> {
  return {
    kind: 'item-allowance',
    token: token({ standard: 'unknown', symbol: null, name: null, decimals: null }),
    spender: spender(),
    tokenId: 12n,
    amount: 100n,
    balance: 50n,
    log: logAt(),
    ...over,
  }
}

export function nftApproval(over: Partial<GrantOf<'nft'>> = {}): GrantOf<'nft'> {
  return {
    kind: 'nft',
    token: token({ standard: 'erc721', symbol: 'NFT', decimals: null }),
    spender: spender(),
    tokenId: 12n,
    log: logAt(),
    ...over,
  }
}

export function permit2Grant(over: Partial<GrantOf<'permit2'>> = {}): GrantOf<'permit2'> {
  return {
    kind: 'permit2',
    permit2: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
    token: token(),
    spender: spender(),
    amount: 100n * 10n ** 18n,
    expiration: chain().block.timestamp + 86_400,
    outerAllowance: 2n ** 256n - 1n,
    balance: 50n * 10n ** 18n,
    log: logAt(),
    ...over,
  }
}
