/** The read calls of tokens, NFT collections and Permit2, encoded; and the words of their answers. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import { addressInWord, wordAt } from './topics.ts'

export type ReadCall = { readonly to: Address; readonly data: Hex }

/** First four bytes of the hash of each signature. A test computes every one again. */
export const selectors = {
  'DOMAIN_SEPARATOR()': '0x3644e515',
  'allowance(address,address)': '0xdd62ed3e',
  'allowance(address,address,address)': '0x927da105',
  'allowance(address,address,uint256)': '0x598af9e7',
  'asset()': '0x38d52e0f',
  'balanceOf(address)': '0x70a08231',
  'balanceOf(address,uint256)': '0x00fdd58e',
  'decimals()': '0x313ce567',
  'defaultOperators()': '0x06e48538',
  'getApproved(uint256)': '0x081812fc',
  'granularity()': '0x556f0dc7',
  'implementation()': '0x5c60da1b',
  'isApprovedForAll(address,address)': '0xe985e9c5',
  'isOperator(address,address)': '0xb6363cf2',
  'isOperatorFor(address,address)': '0xd95b6371',
  'name()': '0x06fdde03',
  'ownerOf(uint256)': '0x6352211e',
  'proxies(address)': '0xc4552791',
  'supportsInterface(bytes4)': '0x01ffc9a7',
  'symbol()': '0x95d89b41',
  'totalSupply()': '0x18160ddd',
} as const satisfies Record<string, Hex>

/** Interface ids of ERC-165. A contract that says yes to `none` says yes to everything. */
export const interfaceIds = {
  erc721: '0x80ac58cd',
  erc1155: '0xd9b67a26',
  erc6909: '0x0f632fb3',
  /** The operators of ERC-7540. */
  erc7540: '0xe3bc4e65',
  none: '0xffffffff',
} as const

type Argument = Address | bigint | { readonly interfaceId: Hex }

type Signature = keyof typeof selectors

/** What was encoded last: thousands of tokens are asked the same, one after the other. */
let newest: { readonly signature: Signature; readonly input: readonly Argument[]; readonly data: Hex } | null = null

/** A call of one of the functions above. Addresses and numbers only: no dynamic arguments. */
export function readCall(to: Address, signature: Signature, ...input: readonly Argument[]): ReadCall {
  const isSame =
    newest?.signature === signature &&
    newest.input.length === input.length &&
    input.every((argument, index) => argument === newest?.input[index])
  if (newest === null || !isSame) newest = { signature, input, data: encodeCall(signature, input) }
  return { to, data: newest.data }
}

function encodeCall(signature: Signature, input: readonly Argument[]): Hex {
  return `${selectors[signature]}${input.map(encodeWord).join('')}`
}

function encodeWord(argument: Argument): string {
  if (typeof argument === 'bigint') return argument.toString(16).padStart(64, '0')
  // Fixed bytes stand at the left of their word, addresses at the right.
  if (typeof argument === 'object') return argument.interfaceId.slice(2).padEnd(64, '0')
  return argument.slice(2).toLowerCase().padStart(64, '0')
}

/** An unsigned integer in one word of an answer; null when the answer is too short. */
export function readNumber(data: Hex, index = 0): bigint | null {
  const word = wordAt(data, index)
  return word === null ? null : BigInt(word)
}

/** An address in the first word, EIP-55 spelling; null when the answer is too short or holds something else. */
export function readAddress(data: Hex): Address | null {
  const word = wordAt(data, 0)
  const found = word === null ? null : addressInWord(word)
  return found === null ? null : getAddress(found)
}

/** The one array of addresses in an answer, EIP-55 spelling; null when it is none. */
export function readAddresses(data: Hex): readonly Address[] | null {
  const length = readNumber(data, 1)
  if (readNumber(data) !== 32n || length === null || length > BigInt(data.length)) return null
  const words = Array.from({ length: Number(length) }, (_, index) => wordAt(data, index + 2))
  const found = words.flatMap((word) => (word === null ? [] : (addressInWord(word) ?? [])))
  return found.length === words.length ? found.map((address) => getAddress(address)) : null
}
