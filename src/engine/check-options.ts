/**
 * Looks at what a program gives before anything is read: types are gone when a program runs, and JavaScript has none.
 * Each message is the end of the sentence "The option … cannot be used: …".
 */
import { z } from 'zod'
import type { Collection } from '../core/collection.ts'
import { isHistoryDays, mostHistoryDays } from '../core/history.ts'
import { severities } from '../core/severity.ts'
import { type Locale, locales } from '../core/text.ts'
import { failOnLevels } from './exit-code.ts'
import { InvalidOptionError, UnknownOptionError } from './option-errors.ts'
import type { CheckupOptions, JudgedTarget } from './options.ts'

/** @throws InvalidOptionError, UnknownOptionError */
export function checkGatherOptions(options: unknown): void {
  checkOptions(options)
  const { address, block, fromBlock } = options as CheckupOptions // checked above
  if (address === undefined) throw invalid('address', 'it is missing')
  if (block !== undefined && fromBlock !== undefined && fromBlock > block) {
    throw new InvalidOptionError('fromBlock', 'it is after the block to read state at', 'Give a lower one.')
  }
}

/** @throws InvalidOptionError, UnknownOptionError */
export function checkJudgeOptions(options: unknown): void {
  checkOptions(options)
}

/** @throws InvalidOptionError */
export function checkLocale(locale: Locale): void {
  checkOptions({ locale })
}

/** Its facts were checked by whoever made it. @throws InvalidOptionError */
export function checkCollection(collection: Collection): void {
  if (!has(collection, { account: 'string', facts: 'object', endpoint: 'object' })) {
    throw new InvalidOptionError(
      'collection',
      'it is none that gather or decodeCollection made',
      'Pass on what gather() resolves with, or decodeCollection(text) of a file.',
    )
  }
}

/** Their rule options and severities are checked with the rules. @throws InvalidOptionError */
export function checkJudgedTargets(targets: readonly JudgedTarget[]): void {
  const hint = 'Pass on what gatherMany() resolves with, or { collection, … } for each.'
  if (!Array.isArray(targets) || targets.length === 0)
    throw new InvalidOptionError('targets', 'they are not an array with a target in it', hint)
  for (const target of targets as readonly JudgedTarget[]) {
    if (has(target, { collection: 'object' })) checkTarget(target)
    else if (!has(target, { kind: 'string', input: 'string', error: 'object' }))
      throw new InvalidOptionError('targets', 'one of them is none that gatherMany made', hint)
  }
}

function checkTarget(target: JudgedTarget): void {
  if (target.kind === 'unchecked') return
  checkCollection(target.collection)
  const parsed = targetSchema.safeParse(target)
  if (parsed.success) return
  const [issue] = parsed.error.issues
  throw new InvalidOptionError(String(issue?.path[0] ?? 'targets'), issue?.message ?? 'it is not valid', targetHint)
}

function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new InvalidOptionError('options', 'they are not an object', examples.options)
  }
  const known = Object.keys(schemas)
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UnknownOptionError(unknown, known)
  const parsed = z.object(schemas).partial().safeParse(options)
  if (parsed.success) return
  const [issue] = parsed.error.issues
  throw invalid(String(issue?.path[0] ?? 'options'), issue?.message ?? 'it is not valid')
}

function invalid(option: string, problem: string): InvalidOptionError {
  const hints: Readonly<Record<string, string>> = examples
  return new InvalidOptionError(option, problem, hints[option] ?? 'See the types of the package.')
}

type Kind = 'string' | 'number' | 'function' | 'object'

/** Whether something is an object with these fields: as far as one can see an interface from outside. */
function has(input: unknown, fields: Readonly<Record<string, Kind>>): boolean {
  if (typeof input !== 'object' || input === null) return false
  const record = input as Readonly<Record<string, unknown>> // any object
  return Object.entries(fields).every(([name, kind]) => typeof record[name] === kind && record[name] !== null)
}

function shaped(fields: Readonly<Record<string, Kind>>, error: string) {
  return z.custom<object>((input) => has(input, fields), { error })
}

const text = z.string({ error: 'it is not a text' })
const texts = z.array(text, { error: 'it is not an array of texts' })
const flag = z.boolean({ error: 'it is neither true nor false' })
const block = z.bigint({ error: 'it is not a bigint' }).nonnegative({ error: 'a block number is not negative' })
const wholeNumber = z.int({ error: 'it is not a positive whole number' }).positive({
  error: 'it is not a positive whole number',
})
const aboveZero = z.number({ error: 'it is not a number above zero' }).positive({
  error: 'it is not a number above zero',
})
const seconds = z.number({ error: 'it is not a number of seconds' }).nonnegative({ error: 'a time is not negative' })
const action = z.custom<unknown>((input) => typeof input === 'function', { error: 'it is not a function' })
const rule = shaped(
  { id: 'string', needs: 'object', text: 'object', options: 'object', judge: 'function' },
  'one of them is not a rule',
)
const listOf = (fields: Readonly<Record<string, Kind>>, maker: string) =>
  z.array(shaped({ name: 'string', ...fields }, `one of them was not made by ${maker}`), {
    error: 'it is not an array of lists',
  })

const client = shaped(
  { host: 'string', endpointId: 'string', requestCount: 'function', request: 'function' },
  'it is not a client',
)

const schemas = {
  address: text,
  rpcUrl: text,
  failoverUrls: texts,
  onFailover: action,
  rpc: client,
  chainId: wholeNumber,
  label: text,
  tokenLists: listOf({ date: 'string', tokens: 'object' }, 'parseTokenList'),
  threatLists: listOf({ date: 'string', entries: 'object' }, 'parseThreatList'),
  sanctionsLists: listOf({ entries: 'object' }, 'parseSanctionsList'),
  shownTokens: texts,
  fromBlock: block,
  erc1155: flag,
  transactionHashes: texts,
  history: z.custom<number | 'all'>((input) => input === 'all' || isHistoryDays(input), {
    error: `it is neither 'all' nor a whole number of days from 1 to ${mostHistoryDays}`,
  }),
  longestScanSeconds: seconds,
  block,
  // The longest time that a timer of Node can wait for.
  timeoutMs: aboveZero.max(2 ** 31 - 1, { error: 'it is not a time that can be waited for' }),
  maximumRps: aboveZero,
  maximumRequests: wholeNumber,
  quick: flag,
  signal: shaped({ addEventListener: 'function' }, 'it is not an AbortSignal'),
  onProgress: action,
  store: shaped({ logs: 'object', endpoints: 'object', close: 'function' }, 'it is not a store'),
  logSource: shaped({ host: 'string', discover: 'function' }, 'it is not a source of logs'),
  historySource: shaped({ host: 'string', list: 'function' }, 'it is not a source of history'),
  secondOpinion: flag,
  secondRpcUrl: text,
  secondRpc: client,
  now: action,
  rules: z.array(rule, { error: 'it is not an array of rules' }),
  ruleOptions: z.record(z.string(), shaped({}, 'the options of a rule are not an object'), {
    error: 'it is not an object of options by rule',
  }),
  onlyRules: texts,
  skipRules: texts,
  locale: z.enum(locales, { error: 'there is no such language here' }),
  failOn: z.enum(failOnLevels, { error: 'there is no such severity' }),
  allowIncomplete: flag,
  baseline: shaped({ run: 'object', result: 'object' }, 'it is not a report'),
  failOnNew: flag,
  suppressions: z.array(shaped({ rule: 'string', reason: 'string', expires: 'string' }, 'one of them is none'), {
    error: 'it is not an array of suppressions',
  }),
  maximumSuppressionDays: wholeNumber,
  otherAccounts: z.array(shaped({ account: 'string', chainId: 'number' }, 'one of them is none'), {
    error: 'it is not an array of accounts',
  }),
} as const satisfies Readonly<Record<keyof CheckupOptions, z.ZodType>>

const targetHint =
  "For example: { collection, severities: { 'stale-approval': 'off' }, tags: ['payroll'], declaredAt: { file: 'wallets.yaml', line: 7 } }"
const targetSchema = z.object({
  ruleOptions: schemas.ruleOptions.optional(),
  severities: z
    .record(z.string(), z.enum([...severities, 'off'], { error: 'there is no such severity' }), {
      error: 'it is not an object of severities by rule',
    })
    .optional(),
  tags: texts.optional(),
  declaredAt: z.object({ file: text, line: wholeNumber }, { error: 'it is not { file, line }' }).optional(),
})

/** What would do. */
const examples: Readonly<Record<keyof CheckupOptions | 'options', string>> = {
  options: "For example: { address: '0x…', rpcUrl: 'https://rpc.example' }",
  address: 'Give a public address, 0x and 40 hex digits, or an ENS name.',
  rpcUrl: "For example: rpcUrl: 'https://rpc.example'",
  failoverUrls: "For example: failoverUrls: ['https://rpc2.example']",
  onFailover: 'For example: onFailover: ({ from, to }) => tell(from, to)',
  rpc: 'A client has host, endpointId, requestCount() and request(method, params).',
  chainId: 'For example: chainId: 1',
  label: "For example: label: 'savings'",
  tokenLists: 'For example: tokenLists: [parseTokenList(text, { name, date })]',
  threatLists: 'For example: threatLists: [parseThreatList(text, { name, date })]',
  sanctionsLists: 'For example: sanctionsLists: [parseSanctionsList(text, { name })]',
  shownTokens: "For example: shownTokens: ['0x…']",
  fromBlock: 'For example: fromBlock: 21000000n',
  erc1155: 'For example: erc1155: true',
  transactionHashes: "For example: transactionHashes: ['0x…'], as the wallet shows them. Never a key.",
  history: "For example: history: 365, or history: 'all'",
  longestScanSeconds: 'For example: longestScanSeconds: 600',
  block: 'For example: block: 21000000n',
  timeoutMs: 'For example: timeoutMs: 30000',
  maximumRps: 'For example: maximumRps: 10',
  maximumRequests: 'For example: maximumRequests: 5000',
  quick: 'For example: quick: true',
  signal: 'For example: signal: AbortSignal.timeout(60000)',
  onProgress: 'For example: onProgress: ({ phase }) => show(phase)',
  store: 'For example: store: createCache({ directory })',
  logSource: "For example: logSource: createLogSource('blockscout:https://…')",
  historySource: "For example: historySource: createHistorySource('https://…/v2/api', { key })",
  secondOpinion: 'For example: secondOpinion: false',
  secondRpcUrl: "For example: secondRpcUrl: 'https://rpc2.example'",
  secondRpc: 'A client has host, endpointId, requestCount() and request(method, params).',
  now: 'For example: now: Date.now',
  rules: 'For example: rules: [...rules, idleBalance], where defineRule made idleBalance.',
  ruleOptions: "For example: ruleOptions: { 'stale-head': { blockTimes: 5 } }",
  onlyRules: "For example: onlyRules: ['unlimited-allowance']",
  skipRules: "For example: skipRules: ['stuck-transaction']",
  locale: `It takes one of: ${locales.join(', ')}.`,
  failOn: `It takes one of: ${failOnLevels.join(', ')}.`,
  allowIncomplete: 'For example: allowIncomplete: true',
  baseline: 'Pass on a report: of checkup(), or reportSchema.parse(JSON.parse(text)) of a file.',
  failOnNew: 'For example: failOnNew: true',
  suppressions:
    "For example: suppressions: [{ rule: 'stale-approval', account: 'savings', reason: 'payout job', expires: '2027-03-31' }]",
  maximumSuppressionDays: 'For example: maximumSuppressionDays: 90',
  otherAccounts: "For example: otherAccounts: [{ account: '0x…', label: 'savings', chainId: 1 }]",
}
