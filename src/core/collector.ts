import type { Address, Hex } from 'viem'
import type { FactKey, FactMap, FactResults } from './facts.ts'
import type { HistorySource } from './history-source.ts'
import type { LogSource } from './log-source.ts'
import type { RpcClient } from './rpc.ts'
import type { SecondReader } from './second-opinion.ts'
import type { KnownTarget } from './state.ts'
import type { Store } from './store.ts'

/** What a run was asked for, as far as collectors need it. */
export type CollectOptions = {
  /** The account under check, already resolved and in EIP-55 spelling. */
  readonly account: Address
  readonly ensName: string | null
  readonly expectedChainId: number | null
  /** The block to read state at; null for the newest. */
  readonly block: bigint | null
  /** The first block of log scans. */
  readonly fromBlock: bigint
  /** Whether ERC-1155 items that came to the account are looked for: a filter more to scan with. */
  readonly includesErc1155: boolean
  /** A log scan that will take longer stops before the long part; null: none is too long. */
  readonly longestScanSeconds: number | null
  /** Which own transactions are read: those of so many days (null: all), and of them the newest. */
  readonly history: { readonly days: number | null; readonly mostTransactions: number }
  /** Transactions that the user asks about, by hash, lower case. Any of them may be something else: shown nowhere until a node knows it. */
  readonly transactionHashes?: readonly Hex[]
  /** What an earlier check knew; absent where nothing is compared. */
  readonly baseline?: readonly KnownTarget[]
  /** By this one of two baselines of the account is known; absent: it has none. */
  readonly label?: string
  readonly shownByWallet: readonly Address[] | null
  /** Lists the user gave, already read and checked. */
  readonly tokenLists: readonly TokenList[]
  readonly threatLists: readonly ThreatList[]
  readonly sanctionsLists: readonly SanctionsList[]
}

export type TokenList = {
  readonly name: string
  /** ISO date of the list's data, or of the file. */
  readonly date: string
  /** A null chain id holds on every chain. */
  readonly tokens: readonly { readonly chainId: number | null; readonly address: Address }[]
}

export type ThreatList = {
  readonly name: string
  readonly date: string
  /** A null chain id holds on every chain. */
  readonly entries: readonly { readonly chainId: number | null; readonly address: Address }[]
}

export type SanctionsList = {
  readonly name: string
  /** ISO date of the list's data by its own word; null when it names none. */
  readonly date: string | null
  /** A null chain id holds on every chain. */
  readonly entries: readonly { readonly chainId: number | null; readonly address: Address }[]
}

/** What a run tells somebody who waits. */
export type Progress = {
  readonly phase: FactKey
  readonly requests: number
  /** Blocks of a log scan: read so far, and all there are to read. */
  readonly blocks?: { readonly read: bigint; readonly total: bigint }
  /** What is left of a log scan at the pace and range that the endpoint allows, as far as they are known. */
  readonly estimate?: { readonly requests: number; readonly seconds: number }
}

export type CollectContext = {
  readonly rpc: RpcClient
  readonly options: CollectOptions
  /** What earlier runs kept; null when nothing is kept. A run that cannot use it goes on without. */
  readonly store: Store | null
  /** Who is asked for logs in place of the endpoint. */
  readonly logSource?: LogSource
  /** Who is asked first for the account's own transactions. */
  readonly historySource?: HistorySource
  /** A second endpoint, where one was given. */
  readonly second?: SecondReader
  /** Aborts when the user stops the run: what was read is kept, what was not is missing. */
  readonly signal: AbortSignal
  /** Unix seconds, from the caller's clock. */
  readonly now: () => number
  readonly report: (progress: Omit<Progress, 'requests'>) => void
}

/** The results of facts that a collector can do without: one argument, or none where it wants none. */
export type Wanted<Wants extends FactKey> = [Wants] extends [never] ? [] : [results: Pick<FactResults, Wants>]

/** Reads one fact. `fetch` asks the node and judges nothing; `decode` is pure and checks every reply. */
export interface Collector<
  Key extends FactKey = FactKey,
  Needs extends FactKey = FactKey,
  Raw = unknown,
  Wants extends FactKey = never,
> {
  readonly key: Key
  readonly needs: readonly Needs[]
  /** Facts that add to this one, which it can do without: a failed one comes with its reason. */
  readonly wants?: readonly Wants[]
  readonly fetch: (context: CollectContext, facts: Pick<FactMap, Needs>, ...wanted: Wanted<Wants>) => Promise<Raw>
  readonly decode: (raw: Raw, facts: Pick<FactMap, Needs>) => FactMap[Key]
}

/** Types a collector by what it says; the list holds them with `Raw` forgotten. */
export function defineCollector<
  const Key extends FactKey,
  const Needs extends FactKey,
  Raw,
  const Wants extends FactKey = never,
>(collector: Collector<Key, Needs, Raw, Wants>): Collector<Key, Needs, Raw, Wants> {
  return collector
}
