/** Contracts that a bundled or given token list has: those whose events are believed. */
import type { TokenList } from '../core/collector.ts'
import { bundledAddresses } from '../tokens/bundled.ts'

/** In lower case. */
export function listedTokens(lists: readonly TokenList[], chain: number): ReadonlySet<string> {
  const given = lists.flatMap(({ tokens }) => tokens.filter(({ chainId }) => chainId === null || chainId === chain))
  return new Set([...bundledAddresses(chain), ...given.map(({ address }) => address.toLowerCase())])
}
