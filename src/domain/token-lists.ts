/** What the lists and the wallet say about the tokens that an account holds. */
import type { Holding, ListInfo, TokenFacts } from '../core/facts.ts'
import { isLure } from './lure.ts'

/** The lists that have tokens of this chain. A list without any says nothing about a token that is missing on it. */
export function listsOfChain({ lists }: TokenFacts): readonly ListInfo[] {
  return lists.filter(({ entries }) => entries > 0)
}

/**
 * Whether the owner likely means to have a token: it is on a list, or shown by the wallet. Anybody can send any other one. Where
 * no list has tokens of the chain, all count that do not look like bait.
 */
export function isExpected({ token, lists }: Holding, tokens: TokenFacts): boolean {
  if (lists.length > 0 || tokens.shownByWallet?.includes(token.address)) return true
  return listsOfChain(tokens).length === 0 && !isLure(token)
}
