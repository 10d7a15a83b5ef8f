import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Report } from '../src/core/report.ts'
import type { Locale } from '../src/core/text.ts'
import { decodeCollection, judgeCollection } from '../src/index.ts'
import { reporters } from '../src/reporters/index.ts'
import { generateReadme, readmes } from './support/readme.ts'

const root = resolve(import.meta.dirname, '..')

/** Options that need no line of their own. */
const selfExplaining = new Set(['--help', '--version'])

function optionsOf(command: string): readonly string[] {
  const help = execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', command, '--help'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option)
}

/** The sick account of the demo as a treasury of Ethereum would see it; a batch is of a Safe account. */
function sampleReport(locale: Locale, format: string): Report {
  const facts = readFileSync(resolve(root, 'fixtures/facts/demo-sick.json'), 'utf8')
  const text = JSON.stringify(judgeCollection(decodeCollection(facts), { locale }))
  const report: Report = JSON.parse(text.replaceAll('"chainId":31337', '"chainId":1'))
  const targets = report.result.targets.map((target) => ({
    ...target,
    label: 'treasury-ops',
    chain: { id: 1, name: 'Ethereum' },
    declaredAt: { file: 'wallets.yaml', line: 12 },
    ...(format === 'safe-batch' && target.seen && { seen: { ...target.seen, kind: 'contract' as const } }),
  }))
  return { ...report, result: { ...report.result, targets } }
}

describe.each(readmes)('$locale', ({ file, locale }) => {
  const text = readFileSync(file, 'utf8')

  test('has the rules and the output of this version (npm run readme writes them)', () => {
    expect(text).toBe(generateReadme(text, locale))
  })

  test.each(['check', 'watch'])('names every option of %s', (command) => {
    const options = optionsOf(command).filter((option) => !selfExplaining.has(option))
    expect(options.length).toBeGreaterThan(15)
    expect(options.filter((option) => !text.includes(option))).toEqual([])
  })

  test.each(Object.entries(reporters))('has a line that %s really writes', (format, write) => {
    const [, example = 'no row'] = new RegExp(`^\\| \`${format}\` \\|.*\\| \`(.+)\` \\|$`, 'm').exec(text) ?? []
    const parts = example.split('…').filter((part) => part !== '')
    const options = { locale, useColor: false, width: 100, anchor: 'wallets.yaml' }
    const lines = write(sampleReport(locale, format), options).split('\n')
    expect(lines.filter((line) => parts.every((part) => line.includes(part)))).not.toEqual([])
  })

  test('names every exit code', () => {
    for (const code of ['0', '1', '2', '3', '70', '130, 143']) expect(text).toContain(`\n| ${code} |`)
  })
})

test('both languages have the same sections, tables and code', () => {
  const [en = '', ja = ''] = readmes.map(({ file }) => readFileSync(file, 'utf8'))
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0
  for (const pattern of [/^## /gm, /^### /gm, /^\| /gm, /^```sh/gm]) expect(count(ja, pattern)).toBe(count(en, pattern))
})
