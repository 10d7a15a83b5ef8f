/** Bait in the words of a token: an honest one does not need them to be found. */

/** A site, or a call to go and get something. */
const call = /\b(?:airdrop|claim|giveaway|visit|voucher)/iu
const link = /:\/\/|www\.|\bt\.me\b/iu
/** Two labels of a host name, at any dot that browsers take for one. Honest names have such dots too (yearn.finance, Curve.fi), honest symbols only before one letter (USDC.e). */
const host = /[\p{L}\p{N}-][.\u2024\uff0e\uff61]\p{L}{2,}/u

/** Whether a token's symbol or name tries to lead its owner somewhere. */
export function isLure({ symbol, name }: { readonly symbol: string | null; readonly name: string | null }): boolean {
  const words = [symbol ?? '', name ?? '']
  return words.some((word) => link.test(word) || call.test(word)) || host.test(symbol ?? '')
}
