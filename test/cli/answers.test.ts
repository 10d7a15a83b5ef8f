/** Answers of commands stand on a terminal, and hold names of files and words of plugins: nothing in them may be obeyed. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cli } from '../support/cli.ts'
import { pluginSource } from '../support/plugins.ts'

const wipe = '\u001b[2J'
const facts = resolve(import.meta.dirname, '../../fixtures/facts/demo-well.json')
const titled = pluginSource({ over: String.raw`text: { en: { ...en, title: 'A\u001b[2J title' }, ja }` })
const withOption = pluginSource({
  over: String.raw`options: z.object({ ['a\u001b[2J']: z.string().default('b\u009b').describe('c\u202e') })`,
})
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-answers-'))
  await writeFile(join(folder, 'title.mjs'), titled)
  await writeFile(join(folder, 'option.mjs'), withOption)
  await mkdir(join(folder, `empty${wipe}`))
  await copyFile(facts, join(folder, 'facts.json'))
})
afterEach(() => rm(folder, { recursive: true }))
const run = (args: readonly string[]) => cli(args, { cwd: folder })

/** Control characters but the end of a line, and those that turn text round. */
const obeyed = /(?!\n)\p{Cc}|\p{Cf}/u

test.each<[string, readonly string[], string]>([
  ['the list of rules', ['rules', '--plugin', './title.mjs'], 'acme/idle-balance'],
  ['one rule', ['rules', 'acme/idle-balance', '--plugin', './title.mjs'], 'acme/idle-balance'],
  ['its options', ['rules', 'acme/idle-balance', '--plugin', './option.mjs'], 'severity: high'],
  ['a first config file', ['init', '--config', `${wipe}.yaml`], 'was written'],
  ['a cache that is there', ['cache', 'status', '--cache-dir', `empty${wipe}`], 'empty'],
  ['a cache that is gone', ['cache', 'clear', '--cache-dir', `empty${wipe}`], 'empty'],
  ['a table', ['check', '--facts', 'facts.json', '--plugin', './title.mjs', '--rule', 'acme/idle-balance'], 'title'],
])('%s', async (_, args, words) => {
  const { stdout } = await run(args)
  expect(stdout).toContain(words)
  expect(stdout).not.toMatch(obeyed)
})

test('a new baseline', async () => {
  await run(['check', '--facts', 'facts.json', '-o', 'json=report.json'])
  const result = await run(['baseline', 'update', 'report.json', '--baseline', `base${wipe}.json`])
  expect(result).toEqual({ exitCode: 0, stdout: 'The baseline was written to base\\u{1b}[2J.json.\n', stderr: '' })
})
