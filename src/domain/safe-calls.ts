/** The reads of a Safe account and of its AllowanceModule, encoded; and the lists in their answers. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type { ReadCall } from './token-calls.ts'
import { addressInWord, addressTopic, wordAt } from './topics.ts'

/** First four bytes of the hash of each signature. A test computes every one again. */
export const safeSelectors = {
  'VERSION()': '0xffa1ad74',
  'getDelegates(address,uint48,uint8)': '0xeb37abe0',
  'getModules()': '0xb2494df3',
  'getModulesPaginated(address,uint256)': '0xcc2f8452',
  'getOwners()': '0xa0e67e2b',
  'getStorageAt(uint256,uint256)': '0x5624b25b',
  'getThreshold()': '0xe75235b8',
  'getTokenAllowance(address,address,address)': '0x94b31fbd',
  'getTokens(address,address)': '0x8d0e8e1d',
  'isModuleEnabled(address)': '0x2d9ad53d',
  'nonce()': '0xaffed0e0',
} as const satisfies Record<string, Hex>

/** Where a Safe keeps addresses outside of its functions' reach: slot 0, and the hash of each name. A test computes them again. */
export const safeSlots = {
  singleton: '0x0000000000000000000000000000000000000000000000000000000000000000',
  /** keccak256('guard_manager.guard.address'), since 1.3.0. */
  guard: '0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8',
  /** keccak256('module_manager.module_guard.address'), since 1.5.0. */
  moduleGuard: '0xb104e0b93118902c651344349b610029d694cfdec91c589c91ebafbcd0289947',
  /** keccak256('fallback_manager.handler.address'), since 1.1.0. */
  fallbackHandler: '0x6c9a6c4a39284e37ed1cf53d337577d14212a4870fb976a4366c693b939918d5',
} as const satisfies Record<string, Hex>

/** Both ends of the linked lists in which a Safe keeps owners and modules. */
export const sentinel: Address = '0x0000000000000000000000000000000000000001'

/** How many modules are asked for at a time. */
const modulesOfPage = 50

/** The page that begins behind a module of the list; of the list itself when none is given. */
export function modulePageCall(account: Address, behind: Address = sentinel): ReadCall {
  return safeCall(account, 'getModulesPaginated(address,uint256)', behind, BigInt(modulesOfPage))
}

export function isFullPage(modules: readonly Address[]): boolean {
  return modules.length >= modulesOfPage
}

/** The page of a list of modules that an index stands on, and what it was asked with. */
export function modulePage(all: readonly Address[], index: number) {
  const first = Math.floor(index / modulesOfPage) * modulesOfPage
  return { start: all[first - 1] ?? sentinel, size: modulesOfPage, modules: all.slice(first, first + modulesOfPage) }
}

export function safeCall(
  to: Address,
  signature: keyof typeof safeSelectors,
  ...input: readonly (Address | bigint)[]
): ReadCall {
  const words = input.map((one) => (typeof one === 'bigint' ? one.toString(16).padStart(64, '0') : wordOf(one)))
  return { to, data: `${safeSelectors[signature]}${words.join('')}` }
}

function wordOf(address: Address): string {
  return addressTopic(address).slice(2)
}

/**
 * The list of addresses that the word at an index of an answer leads to, in EIP-55 spelling; null when there is none,
 * or when anything in it is not an address.
 */
export function readAddresses(data: Hex, index = 0): readonly Address[] | null {
  const available = Math.floor((data.length - 2) / 64)
  const offset = smallNumber(wordAt(data, index))
  // A list stands behind the words that lead to it.
  if (offset === null || offset % 32 !== 0 || offset <= index * 32) return null
  const start = offset / 32
  const length = smallNumber(wordAt(data, start))
  if (length === null || start + 1 + length > available) return null
  const addresses: Address[] = []
  for (let position = start + 1; position <= start + length; position++) {
    const word = wordAt(data, position)
    const address = word === null ? null : addressInWord(word)
    if (address === null) return null
    addresses.push(getAddress(address))
  }
  return addresses
}

/** The address in one word of an answer, EIP-55 spelling; null when the answer is too short or holds something else. */
export function readAddressAt(data: Hex, index: number): Address | null {
  const word = wordAt(data, index)
  const address = word === null ? null : addressInWord(word)
  return address === null ? null : getAddress(address)
}

function smallNumber(word: Hex | null): number | null {
  if (word === null) return null
  const number = BigInt(word)
  return number <= 0xffff_ffffn ? Number(number) : null
}
