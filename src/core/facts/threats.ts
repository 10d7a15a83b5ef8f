/** Who is known for what: drainers, exploited contracts, delegates, and contracts that everybody uses. */
import { z } from 'zod'
import { address, count, type DeepReadonly, hash } from '../schema.ts'
import { missing } from './shared.ts'
import { listInfo } from './tokens.ts'

const threatEntry = z.object({
  address,
  /** null: on any chain. */
  chainId: count.nullable(),
  kind: z.enum(['drainer', 'exploited-spender', 'delegate']),
  list: z.string(),
  /** The incident or family, in the list's words; null when the list names none. */
  name: z.string().nullable(),
  /** ISO date of the incident. */
  incidentDate: z.string().nullable(),
  isFixed: z.boolean(),
  /** True when the user's own list names it: their word is not outranked by contracts that everybody uses. */
  isGiven: z.boolean(),
})
export type ThreatEntry = DeepReadonly<z.infer<typeof threatEntry>>

const namedAddress = z.object({ address, name: z.string() })
export const threats = z.object({
  lists: z.array(listInfo),
  /** Entries that hold on this chain. */
  entries: z.array(threatEntry),
  /** Code hashes of malicious delegates, whatever their address. */
  delegateCodeHashes: z.array(z.object({ hash, name: z.string(), list: z.string() })),
  knownDelegates: z.array(namedAddress),
  /** Honest code that hands an account to everybody when it is delegated to. */
  dangerousDelegates: z.array(namedAddress),
  /**
   * Contracts that everybody uses. `spender`: made to hold approvals. `open-executor`: does what anybody tells it, so anybody
   * can use an approval that it holds. All roles but that one outrank the bundled threat lists.
   */
  wellKnownContracts: z.array(namedAddress.extend({ role: z.enum(['spender', 'open-executor', 'other']) })),
  missing,
})
export type ThreatFacts = DeepReadonly<z.infer<typeof threats>>
