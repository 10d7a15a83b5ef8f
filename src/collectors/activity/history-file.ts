/** What is kept of an account's history, as text. */
import { z } from 'zod'
import { activitySources } from '../../core/facts/transactions.ts'
import { address, count, type DeepReadonly, hash, hex } from '../../core/schema.ts'

/** Digits in the text, because JSON has no such numbers. */
const amount = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform(BigInt)

const transaction = z.object({
  hash,
  from: address,
  nonce: count,
  to: address.nullable(),
  value: amount,
  gasLimit: amount,
  input: hex,
  block: amount,
  maxFeePerGas: amount,
  maxPriorityFeePerGas: amount,
  maxFeePerBlobGas: amount.nullable(),
  isLegacy: z.boolean(),
  hasAuthorizations: z.boolean(),
})

/** What says how old a block is, and under which hash the answers about it are kept. */
const block = z.object({ number: amount, hash, timestamp: count })
export type KeptBlock = DeepReadonly<z.infer<typeof block>>

const historyFile = z.object({
  /** No block below it will be replaced. */
  settled: z.object({ number: amount, hash }),
  /** The account's next nonce after that block; null where some nonce below it is not explained. */
  nextNonce: count.nullable(),
  source: z.enum(activitySources),
  transactions: z.array(transaction),
  raised: z.array(z.object({ nonce: count, block: amount, by: z.enum(['authorisation', 'creation']) })),
  /** Those of the transactions. */
  blocks: z.array(block),
})
export type HistoryFile = DeepReadonly<z.infer<typeof historyFile>>

export function encodeHistory(file: HistoryFile): string {
  return JSON.stringify(file, (_, item) => (typeof item === 'bigint' ? String(item) : item))
}

/** null for no text, and for one that is not as this version writes it. */
export function decodeHistory(text: string | null): HistoryFile | null {
  if (text === null) return null
  try {
    return historyFile.parse(JSON.parse(text))
  } catch {
    return null // all of it can be read from the chain again
  }
}
