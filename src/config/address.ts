/** Reads what a person gives as an address. Each way to get it wrong has its own error; none of them repeats the input. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { findSecret, SecretInputError } from './secrets.ts'

export type AddressInput =
  | { readonly kind: 'address'; readonly address: Address }
  /** Not yet resolved; as it was typed. */
  | { readonly kind: 'ens'; readonly name: string }

const problems = {
  'address-empty': 'The address is empty.',
  'address-checksum':
    'The capital letters of this address do not fit its digits, so at least one character is mistyped.',
  'address-too-short': 'This address has {digits} hex digits after 0x; an address has 40.',
  'address-too-long': 'This address has {digits} hex digits after 0x; an address has 40.',
  'address-no-prefix': 'This looks like an address without the 0x at its beginning.',
  'address-bad-character': 'This begins like an address, but holds a character that is not a hex digit.',
  'address-bitcoin':
    'This looks like a Bitcoin address. Only accounts of Ethereum and other EVM chains can be checked.',
  'address-solana': 'This looks like a Solana address. Only accounts of Ethereum and other EVM chains can be checked.',
  'address-tron': 'This looks like a Tron address. Only accounts of Ethereum and other EVM chains can be checked.',
  'address-unreadable': 'This is neither an address (0x and 40 hex digits) nor an ENS name.',
} as const
export type AddressProblem = keyof typeof problems

const copyHint = 'Copy the address from your wallet again instead of typing it.'

export class AddressError extends CheckupError {
  constructor(problem: AddressProblem, digits = 0) {
    super(problem, {
      message: problems[problem].replace('{digits}', String(digits)),
      data: { digits: value.count(digits) },
      hints: [copyHint],
    })
  }
}

/**
 * @returns an EIP-55 address, or an ENS name that is still to be resolved
 * @throws AddressError, SecretInputError
 */
export function parseAddress(text: string): AddressInput {
  const secret = findSecret(text)
  if (secret !== null) throw new SecretInputError(secret, 'address')
  const input = text.trim()
  if (input === '') throw new AddressError('address-empty')
  if (/^0x/i.test(input)) return { kind: 'address', address: parseHexAddress(input.slice(2)) }
  if (/^[0-9a-f]{40}$/i.test(input)) throw new AddressError('address-no-prefix')
  const foreign = foreignChain(input)
  if (foreign !== null) throw new AddressError(foreign)
  // A dot between labels and no white space: what may be a name is for ENS to say.
  if (/^[^\s.@/\\:]+(\.[^\s.@/\\:]+)+$/u.test(input) && !/^[\d.]+$/.test(input)) return { kind: 'ens', name: input }
  throw new AddressError('address-unreadable')
}

/** Addresses separated by commas, white space or lines; `#` begins a comment. ENS names are not for lists. */
export function parseAddresses(text: string): readonly Address[] {
  const items = text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*$/, '').split(/[\s,]+/))
    .filter((item) => item !== '')
  const addresses = items.map((item) => {
    const parsed = parseAddress(item)
    if (parsed.kind === 'ens') throw new AddressError('address-unreadable')
    return parsed.address
  })
  return [...new Set(addresses)]
}

function parseHexAddress(digits: string): Address {
  if (!/^[0-9a-f]*$/i.test(digits)) throw new AddressError('address-bad-character')
  if (digits.length < 40) throw new AddressError('address-too-short', digits.length)
  if (digits.length > 40) throw new AddressError('address-too-long', digits.length)
  const address = getAddress(`0x${digits.toLowerCase()}`)
  // One case throughout carries no checksum (EIP-55).
  const isMixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  if (isMixed && address.slice(2) !== digits) throw new AddressError('address-checksum')
  return address
}

function foreignChain(input: string): AddressProblem | null {
  if (/^(?:bc1|tb1|bcrt1)[0-9a-z]{20,80}$/i.test(input)) return 'address-bitcoin'
  if (/^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(input)) return 'address-tron'
  if (/^[13][1-9A-HJ-NP-Za-km-z]{25,33}$/.test(input)) return 'address-bitcoin'
  return /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(input) ? 'address-solana' : null
}
