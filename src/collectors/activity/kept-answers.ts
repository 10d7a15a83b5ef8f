/** Answers about a mined block are kept under its hash: as long as a node shows that block, they cannot change. */
import type { Hex } from 'viem'
import type { Store } from '../../core/store.ts'
import { decodeFeeHistory } from '../../domain/fees.ts'
import { fields, hash32 } from '../../domain/rpc-reply.ts'
import { decodeReceipt, type Transaction } from '../../domain/transaction.ts'
import type { Attempt } from '../attempt.ts'

export type Question = {
  /** Names the answer, with the hash of its block. */
  readonly key: string
  readonly ask: () => Promise<Attempt>
  /** What is kept of the answer. Throws or gives null when it is not the answer to this question: then nothing is. */
  readonly extract: (reply: unknown) => unknown
}

/** The kept answer, else the node's. */
export async function askOnce(kept: Store['immutable'], { key, ask, extract }: Question): Promise<Attempt> {
  const text = await kept.get(key)
  const known = text === null ? null : orNull(() => JSON.parse(text))
  if (known !== null) return { status: 'answered', reply: known }
  const answer = await ask()
  const worthKeeping = answer.status === 'answered' ? orNull(() => extract(answer.reply)) : null
  if (worthKeeping !== null) await kept.put(key, JSON.stringify(worthKeeping))
  return answer
}

/** null for what is not as it must be: that is for `decode` to say of the node's answer, which is then not kept. */
function orNull<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}

/** The block's own word for its hash; null when it cannot be read. */
export function blockHashIn(answer: Attempt): Hex | null {
  if (answer.status !== 'answered') return null
  return orNull(() => hash32(fields(answer.reply, 'a block').hash, 'the hash of a block'))
}

/** A receipt without its logs: they are long, and nothing looks at them. */
export function receiptOfBlock(
  reply: unknown,
  { transaction, blockHash }: { readonly transaction: Transaction; readonly blockHash: Hex },
): unknown {
  decodeReceipt(reply, transaction)
  const { logs, logsBloom, ...rest } = fields(reply, 'a receipt')
  const isOfBlock = hash32(rest.blockHash, 'the block hash of a receipt') === blockHash.toLowerCase()
  return isOfBlock ? rest : null
}

export function feesOfBlock(reply: unknown, block: bigint): unknown {
  return decodeFeeHistory(reply).oldestBlock === block ? reply : null
}
