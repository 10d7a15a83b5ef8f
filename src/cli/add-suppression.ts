/** `suppress add`: what the options say becomes an entry of the config file. */
import { addSuppression, type WrittenSuppression } from '../config/file/edit-suppressions.ts'
import type { PlannedSuppression } from '../config/file/plan.ts'
import { ConfigFileError, ConfigValueError } from '../config/file/problem.ts'
import { type ReadConfig, readConfig } from '../config/file/read-config.ts'
import { CheckupError } from '../core/errors.ts'
import type { Rule } from '../core/rule.ts'
import { value } from '../core/value.ts'
import { suchAs } from '../domain/expectation.ts'
import { isExpired } from '../domain/suppression.ts'
import { harmlessText } from '../domain/visible-text.ts'
import { loadConfig } from './config/load-config.ts'
import { planOwnSuppressions } from './config/plan-suppressions.ts'
import type { CliContext } from './context.ts'
import { readList, writeWhole } from './files.ts'
import { addOptions, type SuppressFlags } from './suppress-flags.ts'
import { badValue, UsageError } from './usage-error.ts'

type Given = { readonly path: string; readonly flags: SuppressFlags; readonly now: number }

/** What would be written is read back and checked first: a wrong one changes nothing. */
export async function addGiven({ path, flags, now }: Given, context: CliContext): Promise<number> {
  const { print, say, words } = context
  const added = written(flags)
  const { config, listed } = await loadConfig(path, context)
  const { text } = await readList(path, context)
  const next = addSuppression(text, added)
  const place = { path, listed, now }
  const { read, planned } = await byOption(config.suppressions?.length ?? 0, async () => {
    const read = readConfig(next, path)
    return { read, planned: await planOwnSuppressions(read, place) }
  })
  refusePast(added, now)
  await writeWhole(path, next)
  print(`${harmlessText(words.suppress.added(path, planned.suppressions.length))}\n`)
  if (excusesNoCritical(planned, read)) say(words.suppress.notCritical(added.rule))
  else if (added.rule === 'unexpected-outgoing' && added.subject?.hash === undefined)
    say(words.suppress.everyOutgoing(added.rule))
  return 0
}

/** @throws UsageError */
function written(flags: SuppressFlags): WrittenSuppression {
  const { rule, account, chain, token, spender, subject, reason, expires, maxAllowance } = flags
  const missing = rule === undefined ? '--rule' : reason === undefined ? '--reason' : '--expires'
  if (rule === undefined || reason === undefined || expires === undefined) {
    throw new UsageError('usage-suppress-needs', { option: value.text(missing) })
  }
  return {
    rule,
    ...(account !== undefined && { account }),
    ...(chain !== undefined && { chain }),
    ...(token !== undefined && { token }),
    ...(spender !== undefined && { spender }),
    ...(subject !== undefined && { subject: fieldsOf(subject) }),
    reason,
    expires,
    ...(maxAllowance !== undefined && { while: { maxAllowance } }),
  }
}

/** @throws UsageError */
function fieldsOf(given: readonly string[]): Readonly<Record<string, string>> {
  const fields = given.map((text) => {
    const [, name, wanted] = /^([A-Za-z][A-Za-z0-9]{0,30})=(\S+)$/.exec(text) ?? []
    if (name === undefined || wanted === undefined) throw badValue('--subject', suchAs('nonce=7'))
    return [name, wanted] as const
  })
  // One subject has each field once: another would never fit.
  if (new Set(fields.map(([name]) => name)).size < fields.length) throw badValue('--subject', suchAs('nonce=7'))
  return Object.fromEntries(fields)
}

/** @throws UsageError for a day that is over: it would excuse nothing, ever */
function refusePast({ expires }: WrittenSuppression, now: number): void {
  if (isExpired({ expires }, now)) throw new UsageError('usage-suppress-past', { date: value.text(expires) })
}

type Planned = { readonly suppressions: readonly PlannedSuppression[]; readonly rules: readonly Rule[] }

/** Without an account no critical finding is excused: then one of a critical rule may excuse nothing at all. */
function excusesNoCritical({ suppressions, rules }: Planned, { config }: ReadConfig): boolean {
  const { rule: ruleId = '', account } = suppressions.at(-1) ?? {}
  const setting = config.rules?.[ruleId]
  const severity = typeof setting === 'string' ? setting : setting?.severity
  return account === undefined && (severity ?? rules.find(({ id }) => id === ruleId)?.severity) === 'critical'
}

const options: Readonly<Record<string, string>> = { ...addOptions, while: addOptions.maxAllowance }

/** What is wrong with the entry to add is told by its option: no line of the file has it. @param index of the entry */
async function byOption<Result>(index: number, check: () => Promise<Result>): Promise<Result> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof ConfigFileError || error instanceof ConfigValueError)) throw error
    const [top, place, key = ''] = error.path
    const option = options[key]
    if (top !== 'suppressions' || place !== index || option === undefined) throw error
    const { code, message, data, hints, cause } = error
    const named = { ...data, place: value.text(option), path: value.text(''), hasPath: value.keyword('no') }
    throw new CheckupError(code, { message: `${option}: ${message}`, data: named, hints, cause })
  }
}
