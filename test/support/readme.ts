/** The parts of the READMEs that are made from the program itself, so that they cannot say something else. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import rules from '../../rules/index.ts'
import type { Locale } from '../../src/core/text.ts'
import { decodeCollection, judgeCollection } from '../../src/index.ts'
import { reporters } from '../../src/reporters/index.ts'
import { wordsFor } from '../../src/words/index.ts'

const root = resolve(import.meta.dirname, '../..')

export const readmes = [
  { file: resolve(root, 'README.md'), locale: 'en' },
  { file: resolve(root, 'README.ja.md'), locale: 'ja' },
] as const satisfies readonly { readonly file: string; readonly locale: Locale }[]

/** Lines of the sample: the head of the report and its first finding. */
const sampleLines = 50

export function generateReadme(text: string, locale: Locale): string {
  return replacePart(
    replacePart(text, 'rules', ruleTable(locale)),
    'output',
    `\`\`\`text\n${sampleOutput(locale)}\n\`\`\``,
  )
}

function ruleTable(locale: Locale): string {
  const { severities } = wordsFor(locale)
  const head = locale === 'ja' ? ['ルール', '重大度', '判定すること'] : ['rule', 'severity', 'decides']
  const rows = rules.map(({ id, severity, text }) => [`\`${id}\``, severities[severity], text[locale].decides])
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function sampleOutput(locale: Locale): string {
  const facts = decodeCollection(readFileSync(resolve(root, 'fixtures/facts/demo-sick.json'), 'utf8'))
  const report = judgeCollection(facts, { locale })
  const lines = reporters.table(report, { locale, useColor: false, width: 100 }).trimStart().split('\n')
  return [...lines.slice(0, sampleLines), '…'].join('\n')
}

function replacePart(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the README has no part named ${name}`)
  return `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`
}
