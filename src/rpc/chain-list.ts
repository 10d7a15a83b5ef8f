/** viem's definitions of chains, under viem's names. Takes long to load: only `public-endpoint.ts` does, when a chain is looked up. */
import type { Chain } from 'viem'
import * as chains from 'viem/chains'

export type NamedChain = readonly [key: string, chain: Chain]

const exported: Readonly<Record<string, unknown>> = chains

export const chainList: readonly NamedChain[] = Object.entries(exported).filter((entry): entry is [string, Chain] =>
  isChain(entry[1]),
)

function isChain(value: unknown): value is Chain {
  return typeof value === 'object' && value !== null && 'id' in value && 'rpcUrls' in value
}
