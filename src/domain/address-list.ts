/** Reads lists of addresses that people write by hand or download: tolerant of spelling, exact about what is wrong. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { type FindingData, value } from '../core/value.ts'

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

/** The addresses of these lists that hold on a chain. */
export function listedHere(
  lists: readonly { readonly entries: readonly ListedAddress[] }[],
  chain: number,
): readonly Address[] {
  return lists.flatMap(({ entries }) =>
    entries.flatMap(({ chainId, address }) => (chainId === null || chainId === chain ? [address] : [])),
  )
}

/** Where in a list, counted from 1. */
export type ListPlace = { readonly unit: 'line' | 'entry'; readonly number: number }
/** What is wrong with a list: with one of its entries, or as a whole. */
export type ListFlaw =
  | { readonly problem: keyof typeof entryProblems; readonly at: ListPlace }
  | { readonly problem: keyof typeof wholeProblems }

const entryProblems = {
  'not-an-address': 'is not an address (0x and 40 hex digits, with "chainId:" before it if it holds on one chain only)',
  'shaped-like-a-key':
    'is not an address: it has the shape of a private key or a recovery phrase, so it is not repeated here',
  'not-a-text': 'is not a string',
  'without-address': 'has no address',
  'without-chain': 'has no usable chainId',
} as const satisfies Record<AddressProblem, string> & Record<string, string>

const wholeProblems = {
  'broken-json': 'it begins like JSON but is not',
  'no-array': 'its JSON is not an array of addresses',
  'no-tokens': 'its JSON has no array of tokens',
  'no-evm-address': 'none of its tokens has an address of an EVM chain',
  'wrong-date': 'its date is not a day as YYYY-MM-DD',
} as const

/** In English, as the end of a sentence. */
export function flawWords(flaw: ListFlaw): string {
  return 'at' in flaw ? `${flaw.at.unit} ${flaw.at.number} ${entryProblems[flaw.problem]}` : wholeProblems[flaw.problem]
}

/** For the words of any language. */
export function flawData(flaw: ListFlaw): FindingData {
  const at = 'at' in flaw ? flaw.at : null
  return {
    // A message chooses by words without hyphens.
    problem: value.keyword(flaw.problem.replaceAll('-', '_')),
    unit: value.keyword(at?.unit ?? 'whole'),
    number: value.text(at === null ? '' : String(at.number)),
  }
}
