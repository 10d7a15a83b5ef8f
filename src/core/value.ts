/** The typed cells of a finding's data. Reporters decide how each kind looks; nothing here is formatted. */
import type { Address, Hex } from 'viem'
import type { z } from 'zod'
import type { DeepReadonly } from './schema.ts'
import type { valueSchema } from './value-schema.ts'

export type Value = DeepReadonly<z.infer<typeof valueSchema>>
export type FindingData = Readonly<Record<string, Value>>

/** Makers, so that a rule writes `value.address(spender)`. Amounts go in as bigint and are kept as decimal digits. */
export const value = {
  address: (value: Address) => ({ type: 'address', value }),
  hash: (value: Hex) => ({ type: 'hash', value }),
  bytes: (value: Hex) => ({ type: 'bytes', value }),
  native: (amount: bigint, coin: { readonly symbol: string; readonly decimals: number }) => ({
    type: 'native',
    value: String(amount),
    symbol: coin.symbol,
    decimals: coin.decimals,
  }),
  gasPrice: (weiPerGas: bigint) => ({ type: 'gas-price', value: String(weiPerGas) }),
  tokenAmount: (amount: bigint, token: { readonly symbol: string | null; readonly decimals: number | null }) => ({
    type: 'token-amount',
    value: String(amount),
    symbol: token.symbol,
    decimals: token.decimals,
  }),
  block: (number: bigint) => ({ type: 'block', value: String(number) }),
  nonce: (value: number) => ({ type: 'nonce', value }),
  count: (value: number) => ({ type: 'count', value }),
  seconds: (value: number) => ({ type: 'seconds', value }),
  time: (value: number) => ({ type: 'time', value }),
  ratio: (value: number) => ({ type: 'ratio', value }),
  keyword: (value: string) => ({ type: 'keyword', value }),
  text: (value: string) => ({ type: 'text', value }),
  untrustedText: (value: string) => ({ type: 'untrusted-text', value }),
} as const satisfies Record<string, (...input: never[]) => Value>
