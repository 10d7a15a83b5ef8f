/** What one run read about one target: enough to judge it again later without a network. */
import type { Address } from 'viem'
import type { FactResults } from './facts.ts'
import type { SecondOpinion } from './second-opinion.ts'

export type Collection = {
  /** The account asked about, in EIP-55 spelling. Known even when no fact could be read. */
  readonly account: Address
  readonly label: string | null
  readonly endpoint: { readonly host: string; readonly requests: number }
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
