/** The options' flags. Values stay words here: commands read them, so that each wrong one gets its own sentence. */
import { type Command, Option } from 'commander'
import type { CliWords } from './words/index.ts'

const flags = {
  config: '--config <file>',
  noConfig: '--no-config',
  accounts: '--accounts <file|->',
  json: '--json',
  rpcUrl: '--rpc-url <url>',
  secondRpcUrl: '--second-rpc-url <url>',
  secondOpinion: '--no-second-opinion',
  chain: '--chain <name|id>',
  locale: '--locale <language>',
  output: '-o, --output <format[=file]>',
  sarifAnchor: '--sarif-anchor <file>',
  failOn: '--fail-on <severity>',
  allowIncomplete: '--allow-incomplete',
  baseline: '--baseline <file>',
  failOnNew: '--fail-on-new',
  updateBaseline: '--update-baseline',
  updatedBaseline: '--baseline <file>',
  suppressions: '--no-suppressions',
  suppressionsFrom: '--suppressions-from <revision|file>',
  showSuppressed: '--show-suppressed',
  strict: '--strict',
  suppressedRule: '--rule <id>',
  suppressedAccount: '--account <label|address>',
  suppressedChain: '--chain <name|id>',
  suppressedToken: '--token <address>',
  suppressedSpender: '--spender <address>',
  subject: '--subject <field=value>',
  maxAllowance: '--max-allowance <amount>',
  reason: '--reason <text>',
  expires: '--expires <date>',
  rule: '--rule <id>',
  skipRule: '--skip-rule <id>',
  plugin: '--plugin <path|package>',
  tokenList: '--token-list <file>',
  shownTokens: '--shown-tokens <file|addresses>',
  threatList: '--threat-list <file>',
  sanctionsList: '--sanctions-list <file>',
  expectedSpenders: '--expected-spenders <file|addresses>',
  fromBlock: '--from-block <number>',
  erc1155: '--erc1155',
  tx: '--tx <hash>',
  history: '--history <days|all>',
  historyUrl: '--history-url <url>',
  block: '--block <number>',
  timeout: '--timeout <seconds>',
  now: '--now <time>',
  maxRps: '--max-rps <number>',
  maxRequests: '--max-requests <number>',
  yes: '--yes',
  quick: '--quick',
  logsFrom: '--logs-from <source>',
  cacheDir: '--cache-dir <folder>',
  cache: '--no-cache',
  color: '--no-color',
  quiet: '--quiet',
  saveFacts: '--save-facts <file>',
  facts: '--facts <file>',
  notify: '--notify <type=variable>',
  every: '--every <time>',
  cron: '--cron <line>',
  listen: '--listen <host:port>',
} as const satisfies Partial<Record<keyof CliWords['help']['options'], string>>

const repeatable: ReadonlySet<string> = new Set([
  'rpcUrl',
  'output',
  'rule',
  'skipRule',
  'plugin',
  'tokenList',
  'threatList',
  'sanctionsList',
  'tx',
  'subject',
  'notify',
])

export type OptionName = keyof typeof flags

export function addOptions(command: Command, names: readonly OptionName[], words: CliWords): Command {
  for (const name of names) {
    const option = new Option(flags[name], words.help.options[name])
    if (repeatable.has(name)) {
      option.argParser((given: string, before: readonly string[] | undefined) => [...(before ?? []), given])
    }
    command.addOption(option)
  }
  return command
}
