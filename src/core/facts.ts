/** What collectors read: one key per collector. Facts are plain data, so they can be saved, judged later and built by hand in tests. */
import type { FactError } from './errors.ts'
import { type ApprovalFacts, approvals, type LogFacts, logs } from './facts/approvals.ts'
import { type BaselineFacts, baseline } from './facts/baseline.ts'
import { type AccountFacts, account, type ChainFacts, chain } from './facts/chain.ts'
import { type MisdirectedFacts, misdirected } from './facts/misdirected.ts'
import { type OutgoingFacts, outgoing } from './facts/outgoing.ts'
import { type SafeFacts, safe } from './facts/safe.ts'
import { type SecondFacts, second } from './facts/second.ts'
import { type SweepFacts, sweeps } from './facts/sweeps.ts'
import { type ThreatFacts, threats } from './facts/threats.ts'
import { type TokenFacts, tokens } from './facts/tokens.ts'
import {
  type ActivityFacts,
  activity,
  type FeeFacts,
  fees,
  type MempoolFacts,
  mempool,
  type NonceFacts,
  nonces,
} from './facts/transactions.ts'
import { type TransferFacts, transfers } from './facts/transfers.ts'

export type { ApprovalEvent, ApprovalFacts, Grant, LogFacts, Revocation, Spender } from './facts/approvals.ts'
export type { BaselineFacts } from './facts/baseline.ts'
export type { AccountFacts, ChainFacts } from './facts/chain.ts'
export type { MisdirectedFacts, MisdirectedToken } from './facts/misdirected.ts'
export type { OutgoingFacts } from './facts/outgoing.ts'
export type { SafeAccount, SafeFacts, SafePart, SafePerson, SpendingLimit } from './facts/safe.ts'
export type { SecondFacts } from './facts/second.ts'
export type { BlockRange, BlockRef, Coverage, LogRef, Missing } from './facts/shared.ts'
export { missingSchema } from './facts/shared.ts'
export type { Outflow, SweepFacts } from './facts/sweeps.ts'
export type { ThreatEntry, ThreatFacts } from './facts/threats.ts'
export type { Holding, ListInfo, Token, TokenFacts } from './facts/tokens.ts'
export type {
  ActivityFacts,
  FeeFacts,
  FeePercentiles,
  MempoolFacts,
  NamedTransaction,
  NonceFacts,
  OwnTransaction,
  PendingSummary,
  PendingTransaction,
} from './facts/transactions.ts'
export type {
  PartiesInLogs,
  Party,
  ProvenParty,
  ProvenTransfer,
  Transfer,
  TransferFacts,
  TransferPlace,
} from './facts/transfers.ts'

export const factSchemas = {
  chain,
  account,
  nonces,
  mempool,
  fees,
  logs,
  tokens,
  approvals,
  activity,
  threats,
  safe,
  second,
  transfers,
  sweeps,
  baseline,
  outgoing,
  misdirected,
} as const

/** Collectors in the words of a rule's `needs`. */
export interface FactMap {
  readonly chain: ChainFacts
  readonly account: AccountFacts
  readonly nonces: NonceFacts
  readonly mempool: MempoolFacts
  readonly fees: FeeFacts
  readonly logs: LogFacts
  readonly tokens: TokenFacts
  readonly approvals: ApprovalFacts
  readonly activity: ActivityFacts
  readonly threats: ThreatFacts
  readonly safe: SafeFacts
  readonly second: SecondFacts
  readonly transfers: TransferFacts
  readonly sweeps: SweepFacts
  readonly baseline: BaselineFacts
  readonly outgoing: OutgoingFacts
  readonly misdirected: MisdirectedFacts
}
export type FactKey = keyof FactMap

export type FactResult<Key extends FactKey = FactKey> =
  | { readonly status: 'ok'; readonly value: FactMap[Key] }
  | { readonly status: 'failed'; readonly error: FactError }

/** Everything one run read about one account on one chain. */
export type FactResults = { readonly [Key in FactKey]: FactResult<Key> }
