/** Checks a node's replies: `unknown` in, a typed value out, or an error that names what was wrong. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

/** A reply that does not have the shape its method promises. */
export class MalformedReplyError extends CheckupError {
  constructor(what: string) {
    super('malformed-reply', {
      message: `The node's answer for ${what} is not what the method returns.`,
      data: { what: value.text(what) },
      hints: ['Use another endpoint.'],
    })
  }
}

/** A JSON-RPC quantity as bigint. Leading zeros are forgiven, anything else is not. */
export function quantity(reply: unknown, what: string): bigint {
  if (typeof reply !== 'string' || !/^0x[0-9a-fA-F]{1,64}$/.test(reply)) throw new MalformedReplyError(what)
  return BigInt(reply)
}

/** A quantity that must fit a JavaScript number: a nonce, a time, an index, a chain id. */
export function count(reply: unknown, what: string): number {
  const number = Number(quantity(reply, what))
  if (!Number.isSafeInteger(number)) throw new MalformedReplyError(what)
  return number
}

/** Bytes of any length, lower case. */
export function bytes(reply: unknown, what: string): Hex {
  if (typeof reply !== 'string' || !/^0x([0-9a-fA-F]{2})*$/.test(reply)) throw new MalformedReplyError(what)
  return reply.toLowerCase() as Hex // checked above
}

/** A hash of 32 bytes, lower case. */
export function hash32(reply: unknown, what: string): Hex {
  const checked = bytes(reply, what)
  if (checked.length !== 66) throw new MalformedReplyError(what)
  return checked
}

/** An address in EIP-55 spelling. */
export function address(reply: unknown, what: string): Address {
  const checked = bytes(reply, what)
  if (checked.length !== 42) throw new MalformedReplyError(what)
  return getAddress(checked)
}

/** An object with fields still unknown. */
export function fields(reply: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) throw new MalformedReplyError(what)
  return reply as Readonly<Record<string, unknown>> // checked above
}

export function list(reply: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(reply)) throw new MalformedReplyError(what)
  return reply
}
