/** The token lists that ship with the program. They only say that a contract is on a list: everything else is read on the chain. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { ListInfo } from '../core/facts.ts'
import { sources, tokensByChain } from './bundled-data.ts'

export type BundledTokens = {
  /** Every bundled list, with how many tokens it has on the chain. */
  readonly lists: readonly ListInfo[]
  /** Addresses in EIP-55 spelling, and the names of the lists that have them. */
  readonly tokens: ReadonlyMap<Address, readonly string[]>
}

/** The listed tokens of a chain. Chains without any have empty lists. */
export function bundledTokens(chainId: number): BundledTokens {
  const lines = (tokensByChain[chainId] ?? '').split('\n').filter((line) => line !== '')
  const tokens = new Map(lines.map((line) => [getAddress(line.slice(0, 42)), namesOf(line.slice(43))] as const))
  const lists = Object.values(sources).map(({ name, date }) => ({
    name,
    date,
    entries: [...tokens.values()].filter((names) => names.includes(name)).length,
  }))
  return { lists, tokens }
}

/** The addresses alone, in lower case. */
export function bundledAddresses(chainId: number): readonly string[] {
  return (tokensByChain[chainId] ?? '').split('\n').flatMap((line) => (line === '' ? [] : [line.slice(0, 42)]))
}

function namesOf(letters: string): readonly string[] {
  return Object.entries(sources).flatMap(([letter, { name }]) => (letters.includes(letter) ? [name] : []))
}
