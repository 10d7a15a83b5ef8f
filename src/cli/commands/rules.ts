/** `rules`: the list of rules, or what one of them decides. */
import type { Rule } from '../../core/rule.ts'
import { UnknownRuleError } from '../../index.ts'
import { type Page, pageFor } from '../../reporters/page.ts'
import { factName, wordsFor } from '../../words/index.ts'
import type { CliContext } from '../context.ts'
import { columnsOf } from '../outputs.ts'
import { type PluginFlags, rulesOf } from '../plugins.ts'
import { readableTemplate, withoutRepeats } from '../readable-template.ts'
import { jsonOf, ruleSnippet } from '../rule-snippet.ts'

export type RulesFlags = PluginFlags & { readonly config?: string | false }

export default async function rules(
  ruleId: string | undefined,
  flags: RulesFlags,
  context: CliContext,
): Promise<number> {
  const known = await rulesOf(flags, context)
  context.answer(ruleId === undefined ? listRules(known, context) : explainRule(findRule(ruleId, known), context))
  return 0
}

function findRule(ruleId: string, known: readonly Rule[]): Rule {
  const rule = known.find(({ id }) => id === ruleId)
  if (rule !== undefined) return rule
  throw new UnknownRuleError(
    ruleId,
    known.map(({ id }) => id),
  )
}

function listRules(rules: readonly Rule[], { locale, words }: CliContext): string {
  // The severity in its English word: --fail-on takes these.
  const rows = rules.map(({ id, severity, text }) => [id, severity, text[locale].title] as const)
  const idWidth = Math.max(...rows.map(([id]) => id.length))
  const severityWidth = Math.max(...rows.map(([, severity]) => severity.length))
  const lines = rows.map(
    ([id, severity, title]) => `${id.padEnd(idWidth)}  ${severity.padEnd(severityWidth)}  ${title}`,
  )
  return `${lines.join('\n')}\n\n${words.rules.more}`
}

function explainRule(rule: Rule, context: CliContext): string {
  const { locale, words } = context
  const section = sectionFor(pageFor({ locale, useColor: false, width: columnsOf(context) }))
  const text = rule.text[locale]
  const { severities, confidences, separator } = wordsFor(locale)
  const templates = [...new Set(Object.values(text.messages).flatMap(({ steps }) => steps))].map(readableTemplate)
  const steps = withoutRepeats(templates, words.rules.asAbove)
  const note = steps.some((step) => /[{[]/.test(step)) ? [`(${words.rules.stepsNote})`] : []
  const needs = rule.needs.map((fact) => factName(fact, locale)).join(separator)
  return [
    `${rule.id} (${severities[rule.severity]}${separator}${confidences[rule.confidence]})`,
    text.title,
    '',
    ...section(words.rules.decides, [text.decides]),
    ...section(words.rules.why, [text.why]),
    ...section(words.rules.needs, [needs]),
    ...section(words.rules.options, optionLines(rule, context)),
    // Copied as it is: no line of it may break.
    ...section(words.rules.snippet, []).slice(0, -1),
    ...ruleSnippet(rule).map((line) => `  ${line}`),
    '',
    ...section(words.rules.steps, steps, '- '),
    ...note.flatMap((line) => section(null, [line])),
  ]
    .join('\n')
    .trimEnd()
}

function sectionFor(page: Page) {
  return (title: string | null, texts: readonly string[], marker = ''): readonly string[] => [
    ...(title === null ? [] : page.lines(title, { indent: 0 })),
    ...texts.flatMap((text) => page.lines(text, { indent: 2, marker })),
    '',
  ]
}

function optionLines(rule: Rule, { locale, words: { rules: words } }: CliContext): readonly string[] {
  const defaults: Readonly<Record<string, unknown>> = rule.options.parse({})
  const lines = Object.entries(rule.options.shape).map(([name, schema]) => {
    const fallback = words.default(jsonOf(defaults[name]))
    const meaning = rule.text[locale].options?.[name] ?? schema.description
    return `${name} (${fallback})${meaning === undefined ? '' : `: ${meaning}`}`
  })
  return lines.length === 0 ? [words.noOptions] : lines
}
