/** What left the account since the baseline, as far as transactions and events tell. */
import { z } from 'zod'
import { address, amount, count, type DeepReadonly, hash } from '../schema.ts'
import { logRef, missing } from './shared.ts'

export const outgoing = z.discriminatedUnion('kind', [
  /** There is no baseline. */
  z.object({ kind: z.literal('none'), missing }),
  z.object({
    kind: z.literal('compared'),
    /** The account's own nonces used since; null where it sends none, or the baseline does not say from where to count. */
    used: z.object({ from: count, to: count }).nullable(),
    /** Those of its transactions with these nonces that were seen, by nonce. */
    sent: z.array(z.object({ hash, nonce: count, block: amount, to: address.nullable(), value: amount })),
    /**
     * Per token of the baseline the Transfers out since, one of each transaction that is not the account's own.
     * Where not all of its own were seen, `sender` is who was asked for and sent it.
     */
    moved: z.array(
      z.object({
        token: address,
        /** The deployer's word: hostile until escaped. */
        symbol: z.string().nullable(),
        log: logRef,
        sender: address.optional(),
      }),
    ),
    missing,
  }),
])
export type OutgoingFacts = DeepReadonly<z.infer<typeof outgoing>>
