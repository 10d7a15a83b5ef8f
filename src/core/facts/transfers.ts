/** Whom tokens went to and came from, as far as it may matter: who resembles another, and who is on a list. */
import { z } from 'zod'
import { address, amount, count, type DeepReadonly, hash } from '../schema.ts'
import { blockRange, coverageSchema, logRef, missing } from './shared.ts'

const transfer = z.object({
  contract: address,
  /** The token's smallest unit; null for an NFT. */
  amount: amount.nullable(),
  log: logRef,
})
/** A Transfer event. Any contract can send one about any account: it proves nothing by itself. */
export type Transfer = DeepReadonly<z.infer<typeof transfer>>

/** Where a transfer stands among those of a party. */
const place = z.enum(['sent', 'claimedSent', 'emptySent', 'received', 'claimedReceived'])
export type TransferPlace = z.infer<typeof place>

const party = z.object({
  address,
  /** The oldest transfer from the account of an amount of a listed token: what such a token says of itself is believed. */
  sent: transfer.nullable(),
  /** The oldest other transfer of more than nothing from the account. */
  claimedSent: transfer.nullable(),
  /** The newest transfer of nothing from the account. */
  emptySent: transfer.nullable(),
  /** The newest transfer to the account of an amount of a listed token. */
  received: transfer.nullable(),
  /** The newest other transfer to the account, also one of nothing. */
  claimedReceived: transfer.nullable(),
  /** Others of these kinds, the oldest and the newest: one alone may hide what matters. Absent where there are none, and in files of before. */
  more: z.array(transfer.extend({ place })).optional(),
  /** Of which kinds some were not kept, and between which blocks those stand. Absent where all were. */
  gaps: z.array(z.object({ place, ...blockRange.shape })).optional(),
})
export type Party = DeepReadonly<z.infer<typeof party>>

export const partiesInLogs = z.object({
  parties: z.array(party),
  /** Distinct addresses that transfers of the account name; the zero address is none. */
  counterparties: count,
  /** How many of them something was sent to, if the events are true. */
  recipients: count,
  /** Of which kinds there are too many to keep: `all` for more addresses than are counted. */
  leftOut: z.array(z.enum(['similar', 'listed', 'other', 'all'])),
})
export type PartiesInLogs = DeepReadonly<z.infer<typeof partiesInLogs>>

/** With who sent the transaction; null when that was not read. */
const provenTransfer = transfer.extend({ sender: address.nullable() })

export type ProvenTransfer = DeepReadonly<z.infer<typeof provenTransfer>>

const provenParty = z.object({
  address,
  sent: provenTransfer.nullable(),
  claimedSent: provenTransfer.nullable(),
  emptySent: provenTransfer.nullable(),
  received: provenTransfer.nullable(),
  claimedReceived: provenTransfer.nullable(),
  /** As in `Party`. */
  more: z.array(provenTransfer.extend({ place })).optional(),
  gaps: party.shape.gaps,
  /** The oldest transaction of the account that carried coins to this address, or else its newest to it. */
  called: z.object({ transaction: hash, block: amount, withCoins: z.boolean() }).nullable(),
  /** The lists of sanctioned addresses that name it. */
  lists: z.array(z.string()),
})
export type ProvenParty = DeepReadonly<z.infer<typeof provenParty>>

export const transfers = z.object({
  /** Those that resemble another, and those on a list of sanctioned addresses. */
  parties: z.array(provenParty),
  counterparties: count,
  /** Distinct addresses that the account sent something to: tokens by the events, coins by its transactions that were read. */
  recipients: count,
  /** The contracts of the transfers. */
  tokens: z.array(
    z.object({
      address,
      /** The deployer's words: hostile until escaped. null when the contract gives none. */
      symbol: z.string().nullable(),
      decimals: z.int().min(0).max(255).nullable(),
      /** Whether a bundled or given token list has it on this chain. */
      isListed: z.boolean(),
    }),
  ),
  /** Lists of sanctioned addresses, as given. `date`: the day of the list's data by its own word, null when it names none. */
  sanctions: z.array(z.object({ name: z.string(), date: z.string().nullable(), entries: count })),
  coverage: coverageSchema,
  missing,
})
export type TransferFacts = DeepReadonly<z.infer<typeof transfers>>
