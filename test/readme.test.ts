import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
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

  test('has a row for every format', () => {
    for (const format of Object.keys(reporters)) expect(text).toContain(`\n| \`${format}\` |`)
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
