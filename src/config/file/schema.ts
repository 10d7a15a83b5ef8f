/**
 * The config file, as zod schemas: its types, its check and the JSON Schema for editors come from here.
 * The error of each schema is not a sentence but some values that would do, which read the same in every language.
 */
import { z } from 'zod'
import { mostHistoryDays } from '../../core/history.ts'
import { severities } from '../../core/severity.ts'

export const configSchemaUrl = 'https://unpkg.com/wallet-checkup/schema/config.json'

/** A variable, as the file names it. */
const from = (name: string) => `\${${name}}`
const word = (example: string) => z.string({ error: example }).trim().min(1, { error: example })
const oneOf = <const Words extends readonly string[]>(words: Words) => z.enum(words, { error: words.join(', ') })
const listOf = <Item extends z.ZodType>(item: Item, example: string) => z.array(item, { error: example })
/** One, or a list of them. */
const oneOrMore = <Item extends z.ZodType>(item: Item, example: string) =>
  z.union([item, listOf(item, example).min(1, { error: example })], { error: example })
const whole = (example: string) => z.int({ error: example })
const flag = z.boolean({ error: 'true, false' })
const above = (example: string) => z.number({ error: example }).positive({ error: example })

/** Whole ones, as --history takes them. */
const days = whole('30, 365, all')

const address = word('"0x…"').max(42, { error: '"0x…"' })
/** What users call chains, tags and accounts: words that can stand in a path and in a table. */
const name = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u, { error: 'ethereum, payroll-2027' })
const chainRef = z.union([name, whole('ethereum, 1')], { error: 'ethereum, 1' })
const label = word('treasury').regex(/^[^\p{Cc}]{1,80}$/u, { error: 'treasury' })
const url = word(`${from('MAINNET_RPC')}, https://rpc.example`)

export const severityOrOff = oneOf([...severities, 'off'])
const ruleSetting = z.union([severityOrOff, z.looseObject({ severity: severityOrOff.exactOptional() })], {
  error: `${severityOrOff.options.join(', ')}, {…}`,
})
export const ruleSettings = z
  .record(z.string(), ruleSetting, { error: '{ stale-approval: low }' })
  .describe('Per rule id its severity, or off, or a map of its options with an optional severity.')

const settings = {
  rules: ruleSettings.exactOptional(),
  expectedSpenders: listOf(address, '["0x…"]')
    .min(1, { error: '["0x…"]' })
    .describe('Who may have grants. The lists of the file, of tags and of the account add up.')
    .exactOptional(),
}

const chain = z
  .strictObject(
    {
      id: whole('1, 8453')
        .positive({ error: '1, 8453' })
        .describe('The chain ID, where the name is not known.')
        .exactOptional(),
      rpc: oneOrMore(url, from('MAINNET_RPC'))
        .describe('The node to ask, or several: the next one is asked where one fails.')
        .exactOptional(),
      second: url.describe('Where serious findings are read a second time.').exactOptional(),
      logsFrom: word('blockscout:https://explorer.example').describe('Who lists logs, as --logs-from.').exactOptional(),
      logsKey: word(from('LOGS_KEY')).describe('The key of logsFrom.').exactOptional(),
      historyUrl: url.describe('Who lists own transactions, as --history-url.').exactOptional(),
      historyKey: word(from('HISTORY_KEY')).describe('The key of historyUrl.').exactOptional(),
      fromBlock: whole('0, 21000000')
        .nonnegative({ error: '0, 21000000' })
        .describe('As --from-block.')
        .exactOptional(),
      maxRps: above('0.5, 10, 25').describe('The most requests in any second, of each endpoint.').exactOptional(),
      maxRequests: whole('100, 5000')
        .positive({ error: '100, 5000' })
        .describe('The most requests of a run.')
        .exactOptional(),
      timeout: above('0.5, 30')
        .max(1_000_000, { error: '0.5, 30' })
        .describe('Seconds that one request may take.')
        .exactOptional(),
    },
    { error: `{ rpc: ${from('MAINNET_RPC')} }` },
  )
  .describe('A chain, and who is asked about it.')

export const accountSchema = z
  .strictObject(
    {
      address: word('"0x…", example.eth').describe('A public address, or an ENS name.'),
      label: label.describe('Your own name for the account.').exactOptional(),
      chains: listOf(chainRef, '[ethereum]')
        .min(1, { error: '[ethereum]' })
        .describe('All chains of the file when absent.')
        .exactOptional(),
      tags: listOf(name, '[payroll]').describe('Later tags outrank earlier ones.').exactOptional(),
      kind: oneOf(['eoa', 'contract', 'safe'])
        .describe('What the account is meant to be; unexpected-account-kind compares it.')
        .exactOptional(),
      ...settings,
    },
    { error: '{ address: "0x…" }' },
  )
  .describe('An account to check, on some chains.')

const tag = z
  .strictObject(settings, { error: '{ rules: {…} }' })
  .nullable()
  .describe('What holds for accounts with this tag.')

const suppression = z
  .strictObject(
    {
      rule: word('unlimited-allowance'),
      account: word('treasury, "0x…"').describe('A label or an address.').exactOptional(),
      chain: chainRef.exactOptional(),
      token: address.exactOptional(),
      spender: address.exactOptional(),
      subject: z
        .record(z.string(), z.string({ error: '"0x…"' }), { error: '{ delegate: "0x…" }' })
        .describe('Other fields of what the finding is about. Of a hash the first 34 to 60 characters.')
        .exactOptional(),
      reason: word('router of the weekly payout job'),
      expires: z.iso.date({ error: '2027-03-31' }).describe('The last day it holds, UTC.'),
      while: z
        .strictObject(
          {
            maxAllowance: z
              .union([z.string(), whole('"250000000000"').transform(String)])
              .pipe(z.string().regex(/^\d{1,78}$/, { error: '"250000000000"' }))
              .describe('In the smallest unit of the token.')
              .exactOptional(),
          },
          { error: '{ maxAllowance: "250000000000" }' },
        )
        .describe('It stops to hold when this is no longer so.')
        .exactOptional(),
      approvedBy: word('finance').exactOptional(),
    },
    { error: '{ rule: unlimited-allowance, reason: …, expires: 2027-03-31 }' },
  )
  .describe('A finding that is left alone for a time. All that is given must fit.')

const transitions = ['new', 'worse', 'resolved', 'unknown'] as const
const delivery = {
  on: listOf(oneOf(transitions), '[new, worse]').min(1, { error: '[new, worse]' }).exactOptional(),
  minimumSeverity: oneOf(severities).exactOptional(),
}
const notifyTypes = ['webhook', 'slack', 'discord', 'telegram'] as const
const notify = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({
        type: z.literal('webhook'),
        url,
        secret: word(from('WEBHOOK_SECRET')).describe('Signs each message (HMAC-SHA256).').exactOptional(),
        ...delivery,
      }),
      z.strictObject({ type: z.literal('slack'), url, ...delivery }),
      z.strictObject({ type: z.literal('discord'), url, ...delivery }),
      z.strictObject({
        type: z.literal('telegram'),
        token: word(from('TELEGRAM_TOKEN')),
        chat: z.union([word('"-1001234"'), whole('-1001234').transform(String)], { error: '-1001234' }),
        ...delivery,
      }),
    ],
    { error: notifyTypes.join(', ') },
  )
  .describe('Who is told what changed since the run before.')

const files = (example: string) => listOf(word(example), `[${example}]`)

export const configSchema = z.strictObject(
  {
    $schema: z.string().exactOptional(),
    version: z.literal(1, { error: '1' }).describe('The version of this format.'),
    chains: z
      .record(name, chain.nullable(), { error: `{ ethereum: { rpc: ${from('MAINNET_RPC')} } }` })
      .describe('Chains by name, or by number.')
      .exactOptional(),
    accounts: listOf(accountSchema, '[{ address: "0x…" }]').describe('The accounts to check.').exactOptional(),
    accountsFrom: oneOrMore(word('accounts.csv'), 'accounts.csv')
      .describe('Tables of accounts: CSV with the columns address, label, chains, tags and kind.')
      .exactOptional(),
    tags: z
      .record(name, tag, { error: '{ payroll: { rules: {…} } }' })
      .describe('What holds for accounts with a tag.')
      .exactOptional(),
    ...settings,
    expectedTokens: listOf(address, '["0x…"]').describe('Tokens that are looked for on every chain.').exactOptional(),
    lists: z
      .strictObject(
        {
          threats: files('drainers.txt').describe('As --threat-list.').exactOptional(),
          tokens: files('tokens.json').describe('As --token-list.').exactOptional(),
          sanctions: files('sanctions.txt').describe('As --sanctions-list.').exactOptional(),
        },
        { error: '{ threats: [drainers.txt] }' },
      )
      .describe('Files with lists.')
      .exactOptional(),
    suppressions: listOf(suppression, '[{ rule: …, reason: …, expires: 2027-03-31 }]')
      .describe('Findings that are left alone for a time.')
      .exactOptional(),
    maxSuppressionDays: whole('90, 180')
      .positive({ error: '90, 180' })
      .describe('How far ahead a suppression may last: 180 when absent.')
      .exactOptional(),
    plugins: listOf(word('./rules/idle-balance.js'), '[./rules/idle-balance.js]')
      .describe('Packages or files with rules of others. Their code runs.')
      .exactOptional(),
    outputs: listOf(word('table'), '[table, json=report.json]')
      .min(1, { error: '[table, json=report.json]' })
      .describe('As --output.')
      .exactOptional(),
    failOn: oneOf([...severities, 'never'])
      .describe('As --fail-on.')
      .exactOptional(),
    failOnNew: flag.describe('As --fail-on-new.').exactOptional(),
    allowIncomplete: flag.describe('As --allow-incomplete.').exactOptional(),
    strict: flag.describe('As --strict.').exactOptional(),
    baseline: word('baseline.json').describe('As --baseline.').exactOptional(),
    history: z
      .union(
        [z.literal('all'), days.min(1, { error: '30, 365, all' }).max(mostHistoryDays, { error: '30, 365, all' })],
        {
          error: '30, 365, all',
        },
      )
      .describe('As --history.')
      .exactOptional(),
    erc1155: flag.describe('As --erc1155.').exactOptional(),
    secondOpinion: flag.describe('false: as --no-second-opinion.').exactOptional(),
    notify: listOf(notify, `[{ type: slack, url: ${from('SLACK_URL')} }]`)
      .describe('Who is told of changes.')
      .exactOptional(),
  },
  { error: '{ version: 1, … }' },
)

export type Config = Readonly<z.output<typeof configSchema>>
export type RuleSettings = Readonly<z.output<typeof ruleSettings>>
export type AccountConfig = NonNullable<Config['accounts']>[number]
export type SuppressionConfig = NonNullable<Config['suppressions']>[number]
export type ChainConfig = NonNullable<NonNullable<Config['chains']>[string]>
