/** Tells a Safe account from any other contract by its own answers. Pure: the same answers give the same word. */
import type { Address } from 'viem'
import { getAddress, numberToHex } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import { quantity } from '../../domain/rpc-reply.ts'
import { readAddresses, safeCall, sentinel } from '../../domain/safe-calls.ts'
import { type ReadCall, readNumber } from '../../domain/token-calls.ts'
import { readTokenText } from '../../domain/token-text.ts'
import { addressInWord } from '../../domain/topics.ts'
import { type Answers, answerTo } from '../answers.ts'
import type { Attempt } from '../attempt.ts'

export type SafeIdentity = {
  readonly version: string
  readonly singleton: Address
  readonly owners: readonly Address[]
  readonly threshold: number
  readonly nonce: bigint
}

export type Recognition =
  | { readonly status: 'none' }
  | { readonly status: 'unknown'; readonly error: FactError }
  | { readonly status: 'safe'; readonly identity: SafeIdentity }

const zero = '0x0000000000000000000000000000000000000000'

/** Every one of them is answered by every published Safe. */
export const probesOf = (account: Address): readonly ReadCall[] => [
  safeCall(account, 'VERSION()'),
  safeCall(account, 'getThreshold()'),
  safeCall(account, 'getOwners()'),
  safeCall(account, 'nonce()'),
]

/**
 * A contract that merely answers is no Safe: version, owners and threshold must agree with each other, and slot 0 must hold
 * the address of the code. One answer that no Safe gives settles it, whatever else could not be read.
 */
export function recognise(
  account: Address,
  { answers, singleton }: { answers: Answers; singleton: Attempt },
): Recognition {
  const [version, threshold, owners, nonce] = [
    read(answers, safeCall(account, 'VERSION()'), (data) => versionIn(readTokenText(data))),
    read(answers, safeCall(account, 'getThreshold()'), smallNumber),
    read(answers, safeCall(account, 'getOwners()'), (data) => ownersIn(readAddresses(data))),
    read(answers, safeCall(account, 'nonce()'), readNumber),
  ] as const
  const code = slotAddress(singleton)
  const reads = [version, threshold, owners, nonce, code]
  if (reads.some(({ status }) => status === 'other')) return { status: 'none' }
  const failed = reads.find((one) => one.status === 'failed')
  if (failed?.status === 'failed') return { status: 'unknown', error: failed.error }
  if (version.status !== 'ok' || threshold.status !== 'ok' || owners.status !== 'ok') return { status: 'none' }
  if (nonce.status !== 'ok' || code.status !== 'ok' || code.value === null) return { status: 'none' }
  if (threshold.value < 1 || threshold.value > owners.value.length) return { status: 'none' }
  const identity = {
    version: version.value,
    singleton: code.value,
    owners: owners.value,
    threshold: threshold.value,
    nonce: nonce.value,
  }
  return { status: 'safe', identity }
}

export type Read<Value> =
  | { readonly status: 'ok'; readonly value: Value }
  /** The contract answered, and not as a Safe does. */
  | { readonly status: 'other' }
  | { readonly status: 'failed'; readonly error: FactError }

export function read<Value>(
  answers: Answers,
  call: ReadCall,
  decode: (data: `0x${string}`) => Value | null,
): Read<Value> {
  const answer = answerTo(answers, call)
  if (answer.status === 'failed') return { status: 'failed', error: answer.error }
  const value = answer.status === 'ok' ? decode(answer.data) : null
  return value === null ? { status: 'other' } : { status: 'ok', value }
}

/** The address in a storage slot; null when the slot is empty. */
export function slotAddress(attempted: Attempt): Read<Address | null> {
  if (attempted.status !== 'answered') return { status: 'failed', error: attempted.error }
  try {
    const word = numberToHex(quantity(attempted.reply, 'eth_getStorageAt'), { size: 32 })
    const address = addressInWord(word)
    if (address === null) return { status: 'other' }
    return { status: 'ok', value: address === zero ? null : getAddress(address) }
  } catch (error) {
    // A node that answers something else than a word has not told what the slot holds.
    return { status: 'failed', error: toFactError(error) }
  }
}

function versionIn(text: string | null): string | null {
  return /^\d{1,4}\.\d{1,4}\.\d{1,4}/.exec(text ?? '')?.[0] ?? null
}

function smallNumber(data: `0x${string}`): number | null {
  const number = readNumber(data)
  return number === null || number > 0xffffn ? null : Number(number)
}

function ownersIn(owners: readonly Address[] | null): readonly Address[] | null {
  if (owners === null || new Set(owners).size !== owners.length) return null
  return owners.includes(zero) || owners.includes(sentinel) ? null : owners
}
