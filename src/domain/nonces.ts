/** Nonces in order: which of them can be mined next, which stand behind a missing one. */

/** The first nonce from `next` on that is not in the list: everything below it can be mined in turn. */
export function firstMissingNonce(next: number, nonces: Iterable<number>): number {
  const known = new Set(nonces)
  let nonce = next
  while (known.has(nonce)) nonce++
  return nonce
}
