/** Chains by name, and an endpoint that anybody may ask, from viem's list. */
import type { Chain } from 'viem'
import type { NamedChain } from './chain-list.ts'

export type KnownChain = { readonly id: number; readonly name: string }

/** Everyday names that are neither viem's key nor its name. */
const aliases: Readonly<Record<string, number>> = {
  arb: 42161,
  avax: 43114,
  'binance smart chain': 56,
  bnb: 56,
  bsc: 56,
  era: 324,
  eth: 1,
  ethereum: 1,
  homestead: 1,
  linea: 59144,
  mainnet: 1,
  matic: 137,
  op: 10,
  optimism: 10,
  pol: 137,
  sei: 1329,
  'world chain': 480,
  xdai: 100,
  'zksync era': 324,
}

/** A chain by its decimal id, viem's key, its name, or an everyday name; null when viem knows none. */
export async function findChain(nameOrId: string): Promise<KnownChain | null> {
  const word = nameOrId.trim().toLowerCase()
  const chains = await loadChains()
  const alias = Object.hasOwn(aliases, word) ? aliases[word] : undefined
  const id = /^\d+$/.test(word) ? Number(word) : alias
  const named = chains.filter(([key, { name }]) => key.toLowerCase() === word || name.toLowerCase() === word)
  const chain = id === undefined ? preferred(named) : preferred(chains.filter(([, chain]) => chain.id === id))
  return chain === null ? null : { id: chain.id, name: chain.name }
}

/** The URL of the chain's public default endpoint; null when viem knows none. */
export async function publicEndpoint(chainId: number): Promise<string | null> {
  const chain = await chainById(chainId)
  return chain?.rpcUrls.default.http[0] ?? null
}

/** viem's definition of a chain, or null. */
export async function chainById(chainId: number): Promise<Chain | null> {
  return preferred((await loadChains()).filter(([, { id }]) => id === chainId))
}

/** Some ids and names are shared with a test chain, which is hardly the one that is meant. */
function preferred(chains: readonly NamedChain[]): Chain | null {
  const found = chains.find(([, { testnet }]) => testnet !== true) ?? chains[0]
  return found === undefined ? null : found[1]
}

/** The list takes long to load, so it is loaded only when a name or a default is asked for. */
async function loadChains(): Promise<readonly NamedChain[]> {
  return (await import('./chain-list.ts')).chainList
}
