/** Which options and severities hold for an account: those of the file, then of its tags in their order, then its own. */
import { z } from 'zod'
import type { Severity } from '../../core/finding.ts'
import type { Rule } from '../../core/rule.ts'
import { suchAs } from '../../domain/expectation.ts'
import { readAddress } from './accounts.ts'
import { checkShape } from './check-shape.ts'
import type { ParsedFile } from './parse-document.ts'
import type { PlannedTarget, RuleChoices } from './plan.ts'
import { ConfigFileError, type Path } from './problem.ts'
import { type RuleSettings, severityOrOff } from './schema.ts'

/** Where `rules` and what is short for them may stand: at the top, at a tag, at an account. */
export type Level = {
  readonly rules?: RuleSettings | undefined
  readonly expectedSpenders?: readonly string[] | undefined
}
export type CheckedLevel = RuleChoices & { readonly expectedSpenders: readonly string[] }

export const emptyLevel: CheckedLevel = { ruleOptions: {}, severities: {}, expectedSpenders: [] }

type Where = { readonly rules: readonly Rule[]; readonly file: ParsedFile; readonly base: Path }

/** @throws ConfigFileError, ConfigValueError, SecretInputError */
export function checkLevel({ rules: settings = {}, expectedSpenders = [] }: Level, where: Where): CheckedLevel {
  const ruleOptions: Record<string, Readonly<Record<string, unknown>>> = {}
  const severities: Record<string, Severity | 'off'> = {}
  for (const [ruleId, setting] of Object.entries(settings)) {
    const rule = findRule(ruleId, { ...where, base: [...where.base, 'rules', ruleId] })
    if (typeof setting === 'string') {
      severities[ruleId] = setting
      continue
    }
    const { severity, ...options } = setting
    if (severity !== undefined) severities[ruleId] = severity
    ruleOptions[ruleId] = checkOptions(rule, options, { ...where, base: [...where.base, 'rules', ruleId] })
  }
  return {
    ruleOptions,
    severities,
    expectedSpenders: addresses(expectedSpenders, [...where.base, 'expectedSpenders'], where.file),
  }
}

/** @throws ConfigFileError at the key that `base` ends in */
export function findRule(ruleId: string, { rules, file, base }: Where): Rule {
  const rule = rules.find(({ id }) => id === ruleId)
  if (rule !== undefined) return rule
  const known = rules.map(({ id }) => id)
  throw new ConfigFileError('unknown-rule', { at: file.keyPlaceOf(base), path: base, name: ruleId, known })
}

/** @throws ConfigValueError, SecretInputError */
export function addresses(texts: readonly string[], path: Path, file: ParsedFile): readonly string[] {
  return texts.map((text, index) => plainAddress(text, [...path, index], file))
}

/** An address that is no name. @throws ConfigFileError, ConfigValueError, SecretInputError */
export function plainAddress(text: string, path: Path, file: ParsedFile): string {
  const where = { at: file.placeOf(path), path }
  const input = readAddress(text, where)
  if (input.kind === 'ens') throw new ConfigFileError('value', { ...where, expected: suchAs('"0x…"') })
  return input.address
}

function checkOptions(rule: Rule, options: Readonly<Record<string, unknown>>, { file, base }: Where) {
  const given = withBigints(rule, options)
  // `severity` stands among the options, so it is one of the words that a mistyped one may have been meant to be.
  const schema = rule.options.extend({ severity: z.unknown().optional() }).strict()
  const exampleOf = (path: Path) => optionExample(rule, path)
  checkShape(given, { schema, file, base, wrong: { problem: 'rule-value', name: rule.id, exampleOf } })
  return given
}

/** The default, as it would stand in the file; none of a list that is empty by default, or of a part. */
function optionExample({ options: schema }: Rule, path: Path): readonly string[] {
  const [name, ...inner] = path
  if (name === 'severity') return severityOrOff.options
  const defaults: Readonly<Record<string, unknown>> = schema.safeParse({}).data ?? {}
  const usual = defaults[String(name)]
  if (inner.length > 0 || usual === undefined || (Array.isArray(usual) && usual.length === 0)) return []
  return [typeof usual === 'bigint' ? String(usual) : JSON.stringify(usual)]
}

/** A file has no bigint: where a rule wants one, digits stand for it. */
function withBigints({ options: schema }: Rule, options: Readonly<Record<string, unknown>>) {
  const issues = schema.safeParse(options).error?.issues ?? []
  const wanted = new Set(
    issues.flatMap((issue) =>
      issue.code === 'invalid_type' && issue.expected === 'bigint' ? [String(issue.path[0])] : [],
    ),
  )
  const convert = (name: string, given: unknown) => {
    const digits = typeof given === 'string' || typeof given === 'number' ? String(given) : ''
    return wanted.has(name) && /^-?\d{1,78}$/.test(digits) ? BigInt(digits) : given
  }
  return Object.fromEntries(Object.entries(options).map(([name, given]) => [name, convert(name, given)]))
}

/** Later levels outrank earlier ones, option by option; expected spenders add up. */
export function mergeLevels(levels: readonly CheckedLevel[], kind: PlannedTarget['kind']): RuleChoices {
  const expected = [...new Set(levels.flatMap(({ expectedSpenders }) => expectedSpenders))]
  const ruleOptions: Record<string, Readonly<Record<string, unknown>>> = {
    ...(kind !== null && { 'unexpected-account-kind': { kind } }),
    ...(expected.length > 0 && {
      'unexpected-spender': { expectedSpenders: expected },
      'safe-spending-limit': { expected },
    }),
  }
  for (const level of levels) {
    for (const [id, options] of Object.entries(level.ruleOptions)) ruleOptions[id] = { ...ruleOptions[id], ...options }
  }
  return { ruleOptions, severities: Object.assign({}, ...levels.map(({ severities }) => severities)) }
}
