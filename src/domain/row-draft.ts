/** Logs on their way from a reply into rows. */
import type { Place } from './log-rows.ts'

/** What of a log becomes a row. */
export type RowDraft = Place & {
  /** The contract, the transaction, the topics, and the data unless it is long: all with 0x, and of the right lengths. */
  readonly text: string
  readonly topicCount: number
  readonly data: string
}

/** Logs that are written together. */
export type Drafts = {
  readonly logs: readonly RowDraft[]
  /** Their texts in a row. */
  readonly text: string
}

/** Characters of data that are not joined with others. */
export const longData = 2 ** 14
/** Characters after which no more texts are joined. */
export const fullText = 2 ** 15
