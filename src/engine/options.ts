/** What a check-up may be asked for, as a program says it. */
import type { Collection, UncheckedTarget } from '../core/collection.ts'
import type { Progress, SanctionsList, ThreatList, TokenList } from '../core/collector.ts'
import type { Severity } from '../core/finding.ts'
import type { HistorySource } from '../core/history-source.ts'
import type { LogSource } from '../core/log-source.ts'
import type { Place, Report } from '../core/report.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { Rule } from '../core/rule.ts'
import type { Store } from '../core/store.ts'
import type { Locale } from '../core/text.ts'
import type { Suppression, WatchedAccount } from '../domain/suppression.ts'
import type { FailOn } from './exit-code.ts'
import type { RuleOptions } from './judge.ts'
import type { RuleSelection } from './select-rules.ts'

type RulesOption = RuleSelection & {
  /** The rules to run; the built-in ones when absent. */
  readonly rules?: readonly Rule[]
  /** Per rule id the options that differ from their defaults; see `rules ID` on the command line. */
  readonly ruleOptions?: RuleOptions
}

/** Which endpoint failed for good, by its host, and which goes on. */
type Failed = { readonly from: string; readonly to: string }

export type GatherOptions = RulesOption & {
  /** The account: 0x and 40 hex digits (a checksum is checked when there is one), or an ENS name on a chain that has ENS. */
  readonly address: string
  /** One of `rpcUrl` and `rpc` is needed. http or https; a key in it leaves this process for that host only. */
  readonly rpcUrl?: string
  /** Others of the same chain, in order: one that fails for good is left for the next, for the rest of the run. They learn the account. */
  readonly failoverUrls?: readonly string[]
  /**
   * Hears of each of `failoverUrls` that goes on, once for all targets that are asked there together. Hosts only, never a key.
   * What this or `onProgress` throws is an uncaught exception, and changes nothing in the run.
   */
  readonly onFailover?: (change: Failed) => void
  /** A client of your own. Must throw for a failed request, never return a substitute. */
  readonly rpc?: RpcClient
  /** The chain the endpoint must serve. Another one: nothing about the account is asked, and a rule says so. */
  readonly chainId?: number
  /** Your own name for the account, repeated in the report. */
  readonly label?: string
  readonly tokenLists?: readonly TokenList[]
  readonly threatLists?: readonly ThreatList[]
  readonly sanctionsLists?: readonly SanctionsList[]
  /** Tokens that the wallet shows (0x addresses), for the rules that say which ones it does not. */
  readonly shownTokens?: readonly string[]
  /** An earlier report: its tokens are asked about, and rules that compare with it are judged. */
  readonly baseline?: Report
  /** First block of log scans; 0 when absent. */
  readonly fromBlock?: bigint
  /** True: look for ERC-1155 items that came to the account as well, for half as many requests again. */
  readonly erc1155?: boolean
  /**
   * Transactions to look up at the endpoint, by their hashes (0x and 64 hex digits), as the wallet shows them. Never a key:
   * what is given is sent. One that the endpoint does not know is kept by its ends only.
   */
  readonly transactionHashes?: readonly string[]
  /**
   * The days whose own transactions are read, a whole number from 1 to 10000, or `'all'`; the newest 300 of 90 days when absent.
   * The newest 10000 transactions are the most that are read.
   */
  readonly history?: number | 'all'
  /** Seconds. A log scan that will take longer stops before the long part, which is then missing; no limit when absent. */
  readonly longestScanSeconds?: number
  /** The block to read state at; the newest when absent. */
  readonly block?: bigint
  /** Milliseconds that one request may take, from `rpcUrl` only; 30000 when absent. */
  readonly timeoutMs?: number
  /** No more requests in any second, and no more requests at all, from `rpcUrl` only. What was not asked is missing. */
  readonly maximumRps?: number
  readonly maximumRequests?: number
  /** True: state only, no logs. Listed tokens and known spenders are looked at, and everything else is missing. */
  readonly quick?: boolean
  /** Stops the run: what was read by then is kept, the rest is missing with the code `stopped`. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Keeps what was read for later runs; nothing is kept when absent. */
  readonly store?: Store
  /** Who lists logs in place of the endpoint (`createLogSource`). It learns the account; what is live is still read from the endpoint. */
  readonly logSource?: LogSource
  /** Who lists the account's own transactions (`createHistorySource`). It learns the account; each is looked up on the chain. */
  readonly historySource?: HistorySource
  /** False: the evidence of serious findings is not read again, and no second endpoint is asked. */
  readonly secondOpinion?: boolean
  /** Another endpoint of the same chain for the second reading. It learns the account. The endpoint under check when absent. */
  readonly secondRpcUrl?: string
  /** The same through a client of your own. */
  readonly secondRpc?: RpcClient
  /** Milliseconds since 1970; `Date.now` when absent. */
  readonly now?: () => number
}

export type JudgeOptions = RulesOption & {
  /** The language of the report's sentences; `en` when absent. */
  readonly locale?: Locale
  /** The lowest severity for which `result.summary.exitCode` is 1; `high` when absent. */
  readonly failOn?: FailOn
  /** True: what could not be evaluated does not make the exit code 3. */
  readonly allowIncomplete?: boolean
  /** An earlier report, or one that `updateBaseline` made: each finding is compared with it. */
  readonly baseline?: Report
  /** True: findings of the baseline that are no worse by now do not make the exit code 1. */
  readonly failOnNew?: boolean
  /** Findings that are left alone for a time: they stay in the report, marked. */
  readonly suppressions?: readonly Suppression[]
  /** The most days that a suppression may last from the run on; 180 when absent. */
  readonly maximumSuppressionDays?: number
  /** Accounts that `suppressions` may be for and this report leaves out: one that may be for them is not told as unused. None when absent. */
  readonly otherAccounts?: readonly WatchedAccount[]
}

export type CheckupOptions = GatherOptions & JudgeOptions

/** Per rule id what its findings weigh in place of the rule's own severity; `off`: the rule is not judged. */
export type Severities = Readonly<Record<string, Severity | 'off'>>

/** One target of a report: what was read about it, and what holds for it alone. */
export type CollectedTarget = {
  readonly kind?: 'collected'
  readonly collection: Collection
  readonly ruleOptions?: RuleOptions
  readonly severities?: Severities
  /** Repeated in the report. */
  readonly tags?: readonly string[]
  /** The line of a config file that names the account, repeated in the report. */
  readonly declaredAt?: Place
}
export type JudgedTarget = CollectedTarget | (UncheckedTarget & { readonly declaredAt?: Place })
