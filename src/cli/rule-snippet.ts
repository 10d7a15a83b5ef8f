/** What a rule takes in a config file, written as it would stand there. */
import type { Rule } from '../core/rule.ts'
import { severities } from '../core/severity.ts'
import { harmlessText } from '../domain/visible-text.ts'

/** Lines of YAML that change nothing: its severity, and each option with its default. Each is harmless to look at. */
export function ruleSnippet({ id, severity, options }: Rule): readonly string[] {
  const defaults: Readonly<Record<string, unknown>> = options.parse({})
  return [
    'rules:',
    `  ${keyOf(id)}:`,
    `    # ${[...severities, 'off'].join(', ')}`,
    `    severity: ${severity}`,
    ...Object.keys(options.shape).map((name) => optionLine(name, defaults[name])),
  ].map((line) => harmlessText(line))
}

/** One that may be left out has nothing to show. */
function optionLine(name: string, usual: unknown): string {
  return usual === undefined ? `    # ${keyOf(name)}:` : `    ${keyOf(name)}: ${jsonOf(usual)}`
}

function keyOf(name: string): string {
  return /^[a-z][\w/-]*$/i.test(name) ? name : JSON.stringify(name)
}

/** YAML reads it as well. Thresholds may be big integers, which neither knows: digits in quotes stand for them. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item)) ?? 'null'
}
