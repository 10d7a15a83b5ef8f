/** EIP-7702: an account whose code is 0xef0100 and 20 bytes runs the code at those 20 bytes. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'

const designator = /^0xef0100([0-9a-f]{40})$/i

/** The delegate that an account's code names; null for any other code. */
export function delegateOf(code: Hex): Address | null {
  const delegate = designator.exec(code)?.[1]
  return delegate === undefined ? null : getAddress(`0x${delegate}`)
}
