/** What one run read about one target: enough to judge it again later without a network. */
import type { Address } from 'viem'
import type { FactError } from './errors.ts'
import type { FactResults } from './facts.ts'
import type { Contact } from './rpc.ts'
import type { SecondOpinion } from './second-opinion.ts'

export type Collection = {
  /** The account asked about, in EIP-55 spelling. Known even when no fact could be read. */
  readonly account: Address
  readonly label: string | null
  /** The chain that the endpoint was to serve; absent when none was named. */
  readonly chainId?: number
  readonly endpoint: Contact
  /** Others of the same chain that were asked when it failed, in order of use; absent where none were. */
  readonly failovers?: readonly Contact[]
  /** Who was to list the logs, where it was not the endpoint. */
  readonly logSource?: { readonly host: string; readonly requests: number }
  /** Who was asked first for the account's own transactions, where it was not the endpoint. */
  readonly historySource?: { readonly host: string; readonly requests: number }
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly durationSeconds: number
  /** True when the user stopped the run before everything was read. */
  readonly interrupted: boolean
  readonly facts: FactResults
  /** What a second reading answered; absent when none was wanted. */
  readonly secondOpinion?: SecondOpinion
}

/** Something that was to be checked and has no account to report on: an ENS name that could not be resolved, say. */
export type UncheckedTarget = {
  readonly kind: 'unchecked'
  /** As the user wrote it. */
  readonly input: string
  readonly label: string | null
  readonly chain: { readonly id: number; readonly name: string } | null
  readonly error: FactError
  /** Who was asked in vain, and then others, as of a collection. */
  readonly endpoint: Contact
  readonly failovers?: readonly Contact[]
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

/** What became of one of several targets. */
export type Gathered = { readonly kind: 'collected'; readonly collection: Collection } | UncheckedTarget
