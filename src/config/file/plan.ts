/** What a config file asks for, with every default and every variable filled in. Holds URLs with keys: only `describePlan` may be shown. */
import type { Severity } from '../../core/finding.ts'
import type { WatchedAccount } from '../../domain/suppression.ts'
import type { Config, SuppressionConfig } from './schema.ts'

/** As reports name it: lines count from 1. */
export type DeclaredAt = { readonly file: string; readonly line: number }

export type PlannedChain = {
  readonly id: number
  /** As the user calls it. */
  readonly name: string
  /** In order of use; empty: the chain's public endpoint. */
  readonly rpc: readonly string[]
  readonly second: string | null
  readonly logsFrom: string | null
  readonly logsKey: string | null
  readonly historyUrl: string | null
  readonly historyKey: string | null
  readonly fromBlock: bigint | null
  readonly maximumRps: number | null
  readonly maximumRequests: number | null
  readonly timeoutMs: number | null
}

export type RuleChoices = {
  /** Per rule id the options that differ from their defaults. */
  readonly ruleOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly severities: Readonly<Record<string, Severity | 'off'>>
}

export type PlannedTarget = RuleChoices & {
  /** EIP-55, or an ENS name. */
  readonly address: string
  readonly label: string | null
  readonly chain: PlannedChain
  readonly tags: readonly string[]
  readonly kind: 'eoa' | 'contract' | 'safe' | null
  readonly declaredAt: DeclaredAt
}

export type PlannedSuppression = Omit<SuppressionConfig, 'chain'> & {
  /** Its id. */
  readonly chain?: number
  readonly declaredAt: DeclaredAt
}

/** What holds for the run, as the file has it. */
export const runSettings = [
  'failOn',
  'failOnNew',
  'allowIncomplete',
  'strict',
  'baseline',
  'maxSuppressionDays',
  'history',
  'erc1155',
  'secondOpinion',
] as const satisfies readonly (keyof Config)[]

export type Plan = Pick<Config, (typeof runSettings)[number]> & {
  readonly chains: readonly PlannedChain[]
  /** One per account and chain, in the order of the file. */
  readonly targets: readonly PlannedTarget[]
  /** What the file names, and this run is not asked about. */
  readonly otherAccounts: readonly WatchedAccount[]
  readonly expectedTokens: readonly string[]
  /** Paths of lists, as they stand in the file. */
  readonly lists: {
    readonly threats: readonly string[]
    readonly tokens: readonly string[]
    readonly sanctions: readonly string[]
  }
  readonly suppressions: readonly PlannedSuppression[]
  readonly outputs: readonly string[]
  /** Paths and names of packages, as they stand in the file. */
  readonly plugins: readonly string[]
  readonly notify: NonNullable<Config['notify']>
}
