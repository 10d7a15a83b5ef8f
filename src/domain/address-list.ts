/** Reads lists of addresses that people write by hand or download: tolerant of spelling, exact about what is wrong. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'

/** A null chain id: on any chain. */
export type ListedAddress = { readonly chainId: number | null; readonly address: Address }

/** What is wrong with an entry. Never the entry itself: a file given by mistake may hold a secret. */
export type AddressProblem = 'not-an-address' | 'shaped-like-a-key'

/**
 * `address` or `chainId:address`. Case and a wrong EIP-55 spelling are forgiven, because lists in the wild have both.
 */
export function readListedAddress(text: string): ListedAddress | AddressProblem {
  const [, chainId, address] = /^(?:(\d{1,15}):)?\s*(0x[0-9a-f]{40})$/i.exec(text.trim()) ?? []
  if (address !== undefined) {
    return { chainId: chainId === undefined ? null : Number(chainId), address: getAddress(address.toLowerCase()) }
  }
  return /[0-9a-f]{64}/i.test(text) || text.trim().split(/\s+/).length >= 12 ? 'shaped-like-a-key' : 'not-an-address'
}

/** The lines of a plain list that say something, `#` comments cut off, with their numbers from 1. */
export function listLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line.replace(/#.*$/, '').trim() }))
    .filter((line) => line.text !== '')
}

/** The same entries once each, first come first. */
export function uniqueListed<Entry extends ListedAddress>(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>()
  return entries.filter(({ chainId, address }) => {
    const key = `${chainId}:${address}`
    const isFirst = !seen.has(key)
    seen.add(key)
    return isFirst
  })
}

/** How to say a problem in a sentence that begins with where it is. */
export function problemWords(problem: AddressProblem): string {
  return problem === 'shaped-like-a-key'
    ? 'is not an address: it has the shape of a private key or a recovery phrase, so it is not repeated here'
    : 'is not an address (0x and 40 hex digits, with "chainId:" before it if it holds on one chain only)'
}
