/** Reads what a person gives as the hash of a transaction. It may be anything, so no error repeats it. */
import type { Hex } from 'viem'
import { CheckupError } from '../core/errors.ts'
import { findSecret, SecretInputError } from './secrets.ts'

/** It is no hash of 32 bytes with 0x before it. */
class TransactionHashError extends CheckupError {
  constructor() {
    super('invalid-transaction-hash', {
      message: 'This is not the hash of a transaction. It is not repeated here, because it may be something else.',
      hints: [
        'Copy it from the activity of the wallet: 0x and 64 hex digits. Never give a key.',
        'Give one --tx for each hash, with nothing before or after it.',
      ],
    })
  }
}

/**
 * In lower case. Nothing tells a hash from a key, except that wallets export a key without the 0x: so that is wanted.
 * @param source the name of the option, for the error
 * @throws TransactionHashError, SecretInputError for what looks like a secret and has no 0x
 */
export function parseTransactionHash(text: string, source: string): Hex {
  if (isTransactionHash(text)) return text.toLowerCase() as Hex // checked above
  const secret = findSecret(text)
  throw secret === null ? new TransactionHashError() : new SecretInputError(secret, source)
}

export function isTransactionHash(text: string): boolean {
  return /^0x[0-9a-fA-F]{64}$/.test(text)
}
