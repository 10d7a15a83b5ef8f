/**
 * The program that a node runs as if it were the code of an account, for eth_call alone: it makes one call in the name of that
 * account, then one read. What the call fails with is what the whole fails with.
 *
 * Input: the contract to call, the length of its calldata, the contract to read, the length of that calldata (a word each),
 * then both calldata. Answer: a word of our own, whether the read succeeded, and what it returned.
 */
import type { Hex } from 'viem'
import { wordAt } from '../domain/topics.ts'
import type { Call } from './multicall.ts'
import { type CallResult, succeeded } from './read-contracts.ts'
import { assemble } from './read-program/assembler.ts'

/** Tells an answer of the program from that of an account's own code. */
const magic: Hex = `0x${'7472696564'.padStart(64, '0')}`

const source = `
  0x20 CALLDATALOAD                                     ; length
  DUP1 0x80 0x00 CALLDATACOPY
  0x00 0x00 DUP3 0x00 0x00 0x00 CALLDATALOAD GAS CALL   ; length success
  ?made
  RETURNDATASIZE 0x00 0x00 RETURNDATACOPY
  RETURNDATASIZE 0x00 REVERT
made:
  0x80 ADD 0x60 CALLDATALOAD                            ; offset length
  DUP1 DUP3 0x00 CALLDATACOPY
  0x00 0x00 DUP3 0x00 0x40 CALLDATALOAD 0x061a80 STATICCALL
  0x20 MSTORE
  ${magic.replace(/^0x0+/, '0x')} 0x00 MSTORE
  RETURNDATASIZE 0x00 0x40 RETURNDATACOPY
  RETURNDATASIZE 0x40 ADD 0x00 RETURN
`

let assembled: Hex | null = null

export function tryProgram(): Hex {
  assembled ??= assemble(source, {})
  return assembled
}

export function tryInput({ call, check }: { readonly call: Call; readonly check: Call }): Hex {
  const head = [call, check].flatMap(({ to, data }) => [word(BigInt(to)), word(BigInt(data.length / 2 - 1))])
  return `0x${head.join('')}${call.data.slice(2)}${check.data.slice(2)}`
}

function word(number: bigint): string {
  return number.toString(16).padStart(64, '0')
}

/** What the read answered; null when it was not the program that ran. */
export function readTried(answer: Hex): CallResult | null {
  const success = wordAt(answer, 1)
  if (wordAt(answer, 0) !== magic || success === null) return null
  const data: Hex = `0x${answer.slice(2 + 128)}`
  return BigInt(success) === 1n ? succeeded(data) : { status: 'reverted', data }
}
