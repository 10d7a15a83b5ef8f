/** What keeps a held token out of the wallet's list, as MetaMask decides it. */
import { type Confidence, type Holding, listsOfChain, type TokenFacts } from '../../src/rule.ts'

/** `not-shown` is the owner's word; the others are conclusions from lists. `uncovered`: none of them has tokens of the chain. */
export type Reason = 'not-shown' | 'unlisted' | 'uncovered' | 'no-detection'

/** Where no list covers the chain, the wallet's own may have the token. */
export const certainties = {
  'not-shown': 'certain',
  unlisted: 'likely',
  'no-detection': 'likely',
  uncovered: 'possible',
} as const satisfies Record<Reason, Confidence>

export function whyNotShown({ token, balance, lists }: Holding, tokens: TokenFacts): Reason | null {
  if (token.standard !== 'erc20' || balance === 0n) return null
  if (tokens.shownByWallet !== null) return tokens.shownByWallet.includes(token.address) ? null : 'not-shown'
  if (!tokens.walletDetectsTokens) return 'no-detection'
  if (lists.length > 0) return null
  return listsOfChain(tokens).length === 0 ? 'uncovered' : 'unlisted'
}

/** Nobody but the owner vouches for a token where no list has any of its chain. */
export function isUnvouched(reason: Reason, tokens: TokenFacts): boolean {
  return reason !== 'not-shown' && listsOfChain(tokens).length === 0
}

/** Without hyphens, so that a message can choose by them. */
export type Obstacle = 'nosymbol' | 'longsymbol' | 'nodecimals' | 'manydecimals'
export type ImportLimits = { readonly longestSymbol: number; readonly mostDecimals: number }

export function whyNotImportable({ token }: Holding, { longestSymbol, mostDecimals }: ImportLimits): Obstacle | null {
  if (token.symbol === null || token.symbol.trim() === '') return 'nosymbol'
  if (token.symbol.length > longestSymbol) return 'longsymbol'
  if (token.decimals === null) return 'nodecimals'
  return token.decimals > mostDecimals ? 'manydecimals' : null
}
