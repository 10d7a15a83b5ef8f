/** EIP-7702: an account whose code is 0xef0100 and 20 bytes runs the code at those 20 bytes. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type { AccountFacts } from '../core/facts.ts'

const designator = /^0xef0100([0-9a-f]{40})$/i

/** The delegate that an account's code names; null for any other code. */
export function delegateOf(code: Hex): Address | null {
  const delegate = designator.exec(code)?.[1]
  return delegate === undefined ? null : getAddress(`0x${delegate}`)
}

/** Code as evidence writes it: 0x for none, a designator as it is, other code by its hash. */
export function codeWords(code: AccountFacts['code']): string {
  switch (code.kind) {
    case 'none':
      return '0x'
    case 'contract':
      return `keccak256 ${code.codeHash}`
    case 'delegated':
      return `0xef0100${code.delegate.slice(2).toLowerCase()}`
    default:
      return code satisfies never
  }
}
