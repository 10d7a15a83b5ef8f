/** Somebody else's list of the account's transactions: asked for, and compared with what the chain showed. */
import { type FactError, toFactError } from '../../core/errors.ts'
import type { ActivityFacts } from '../../core/facts.ts'
import type { HistoryQuestion, HistoryRow, HistorySource } from '../../core/history-source.ts'
import type { History } from './find-transactions.ts'

/** `refusal`: why it listed nothing. */
export type Listed = { readonly rows: readonly HistoryRow[]; readonly refusal: FactError | null }

/** null without a source. Never throws: the endpoint is asked where the source does not answer, and why it did not is said. */
export async function listRows(source: HistorySource | undefined, question: HistoryQuestion): Promise<Listed | null> {
  if (source === undefined) return null
  try {
    return { rows: await source.list(question), refusal: null }
  } catch (error) {
    return { rows: [], refusal: toFactError(error) }
  }
}

/** How many of its rows about the nonces that were looked for, or about later ones, are as the chain has them. */
export function compareListed({ rows, refusal }: Listed, history: History): NonNullable<ActivityFacts['listed']> {
  const wanted = rows.filter(({ nonce }) => nonce >= history.nonceRange.from)
  const confirmed = wanted.filter(({ nonce, hash, block }) => {
    const own = history.transactions.get(nonce)
    return own?.hash === hash && own.block === block
  })
  return { rows: wanted.length, confirmed: confirmed.length, error: refusal }
}
