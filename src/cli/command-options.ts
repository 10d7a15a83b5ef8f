/** Which options each command takes, in the order of its help. */
import type { OptionName } from './program-options.ts'

/** What a command takes that prints one report. */
export const displayOptions = ['locale', 'output', 'sarifAnchor', 'color'] as const

export const checkOptions = [
  'rpcUrl',
  'chain',
  'config',
  'noConfig',
  'accounts',
  ...displayOptions,
  'failOn',
  'allowIncomplete',
  'baseline',
  'failOnNew',
  'updateBaseline',
  'suppressions',
  'suppressionsFrom',
  'showSuppressed',
  'strict',
  'rule',
  'skipRule',
  'plugin',
  'tokenList',
  'shownTokens',
  'threatList',
  'sanctionsList',
  'expectedSpenders',
  'fromBlock',
  'erc1155',
  'tx',
  'history',
  'historyUrl',
  'block',
  'quick',
  'logsFrom',
  'secondRpcUrl',
  'secondOpinion',
  'yes',
  'maxRps',
  'maxRequests',
  'timeout',
  'now',
  'cacheDir',
  'cache',
  'quiet',
  'notify',
  'saveFacts',
  'facts',
] as const

/** A past block, and what belongs to a single look, have no place in a watch. */
const onceOnly: ReadonlySet<OptionName> = new Set(['now', 'block', 'tx', 'saveFacts', 'facts'])
export const watchOptions = [
  ...(['every', 'cron', 'listen'] as const),
  ...checkOptions.filter((name) => !onceOnly.has(name)),
]

export const suppressOptions = [
  'suppressedRule',
  'suppressedAccount',
  'suppressedChain',
  'suppressedToken',
  'suppressedSpender',
  'subject',
  'maxAllowance',
  'reason',
  'expires',
  'now',
  'config',
  'locale',
] as const
