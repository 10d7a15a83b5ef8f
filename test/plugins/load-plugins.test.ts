import { spawnSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toFactError } from '../../src/core/errors.ts'
import { ruleApiVersion } from '../../src/core/rule.ts'
import { loadPlugins } from '../../src/index.ts'
import { judgeWith, wordsOf } from '../../src/testing.ts'
import { errorSentence } from '../../src/words/index.ts'
import { emptyFolder } from '../store/support/folder.ts'
import { cli } from '../support/cli.ts'
import { pluginSource } from '../support/plugins.ts'

/** A folder with these files. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await emptyFolder()
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}
const load = async (files: Readonly<Record<string, string>>, ...specifiers: readonly string[]) =>
  loadPlugins(specifiers, { baseDirectory: await folderWith(files) })
const idsOf = async (...given: Parameters<typeof load>) => (await load(...given)).map(({ id }) => id)
const failureOf = async (...given: Parameters<typeof load>) => load(...given).catch((error: unknown) => error)

describe('where a plugin is', () => {
  test('a path counts from the folder that was given', async () => {
    const files = { 'rules/idle.mjs': pluginSource(), 'more.cjs': `module.exports = { default: 1 }` }
    expect(await idsOf(files, './rules/idle.mjs')).toEqual(['acme/idle-balance'])
  })

  const source = pluginSource()
  /** As a compiler writes a module for `require`. */
  const converted = source
    .replace(/^import (.*) from 'file:\/\/(.*)'$/m, "const $1 = require('$2')")
    .replace('export default', 'module.exports =')
  test.each([
    ['by its main file', 'acme', { 'package.json': '{"type":"module","main":"lib.js"}', 'lib.js': source }],
    ['with nothing said', 'acme', { 'package.json': '{"type":"module"}', 'index.js': source }],
    ['by one export', 'acme', { 'package.json': '{"type":"module","exports":"./lib.js"}', 'lib.js': source }],
    [
      'by what is for import only',
      '@acme/rules',
      {
        'package.json': '{"type":"module","exports":{".":{"types":"./x.d.ts","import":"./lib.js"}}}',
        'lib.js': source,
      },
    ],
    [
      'by what is for Node',
      'acme',
      {
        'package.json': '{"type":"module","exports":{"browser":"./no.js","node":{"import":"./lib.js"}}}',
        'lib.js': source,
      },
    ],
    [
      'by one of its parts',
      'acme/idle',
      { 'package.json': '{"type":"module","exports":{"./idle":"./lib.js"}}', 'lib.js': source },
    ],
    [
      'by a pattern of parts',
      'acme/rules/idle.js',
      { 'package.json': '{"type":"module","exports":{"./rules/*":"./src/*"}}', 'src/idle.js': source },
    ],
    [
      'by the longer of two patterns',
      'acme/rules/idle',
      {
        'package.json': '{"type":"module","exports":{"./*":"./no/*.js","./rules/*":"./src/*.js"}}',
        'src/idle.js': source,
      },
    ],
    [
      'by the one in a list that may be used',
      'acme',
      { 'package.json': '{"type":"module","exports":["../no.js","./lib.js"]}', 'lib.js': source },
    ],
    [
      'by what both kinds of module may load',
      'acme',
      {
        'package.json': '{"type":"module","exports":{"module-sync":"./lib.js","default":"./no.js"}}',
        'lib.js': source,
      },
    ],
    ['by a main file without its ending', 'acme', { 'package.json': '{"main":"./lib"}', 'lib.js': converted }],
    ['by a main folder', 'acme', { 'package.json': '{"main":"lib"}', 'lib/index.js': converted }],
    ['past a main file that is not there', 'acme', { 'package.json': '{"main":"gone.js"}', 'index.js': converted }],
  ])('a package is found %s', async (_, specifier, files) => {
    const name = specifier.startsWith('@') ? specifier : (specifier.split('/')[0] ?? '')
    const installed = Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text])
    const folder = await folderWith(Object.fromEntries(installed))
    const [rule] = await loadPlugins([specifier], { baseDirectory: folder })
    expect(rule?.id).toBe('acme/idle-balance')
    // As code in that folder finds it.
    const importing = `console.log((await import('${specifier}')).default.id)`
    const args = ['--no-deprecation', '--input-type=module', '-e', importing]
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: `${rule?.id}\n`, stderr: '' })
  })

  test.each([
    ['says neither "main" nor "exports"', { 'package.json': '{"type":"module"}', 'index.js': source }],
    ['leaves out the ending of its main file', { 'package.json': '{"type":"module","main":"lib"}', 'lib.js': source }],
  ])('the command warns of nothing where a package %s', async (_, files) => {
    const installed = Object.entries(files).map(([file, text]) => [`node_modules/acme/${file}`, text])
    const cwd = await folderWith(Object.fromEntries(installed))
    const run = await cli(['rules', 'acme/idle-balance', '--plugin', 'acme'], { cwd })
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  })

  test('what a plugin itself is warned of is told', async () => {
    const warning = "process.emitWarning('an old way', 'DeprecationWarning')"
    const cwd = await folderWith({
      'node_modules/acme/package.json': '{"type":"module"}',
      'node_modules/acme/index.js': `${warning}\n${source}`,
    })
    const run = await cli(['rules', 'acme/idle-balance', '--plugin', 'acme'], { cwd })
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toMatch(/^\(node:\d+\) DeprecationWarning: an old way\n/)
  })

  test.each([true, false])('deprecations stay as they were set: silent %s', async (isSilent) => {
    const before = process.noDeprecation ?? false
    process.noDeprecation = isSilent
    await failureOf({}, 'acme')
    expect(process.noDeprecation).toBe(isSilent)
    process.noDeprecation = before
  })

  test('a package further up is found, and one in between that is only a file is passed over', async () => {
    const folder = await folderWith({
      'node_modules/acme/package.json': '{"main":"lib.mjs"}',
      'node_modules/acme/lib.mjs': source,
      'inner/node_modules/acme': '',
    })
    const rules = await loadPlugins(['acme'], { baseDirectory: join(folder, 'inner') })
    expect(rules.map(({ id }) => id)).toEqual(['acme/idle-balance'])
  })

  test.each([
    ['./nowhere.js', {}],
    ['nowhere', {}],
    ['.', {}],
    ['', {}],
    ['../../etc', {}],
    ['acme/private', { 'node_modules/acme/package.json': '{"exports":"./lib.js"}', 'node_modules/acme/lib.js': '' }],
    ['acme', { 'node_modules/acme/package.json': '{"exports":{".":{"browser":"./lib.js"}}}' }],
    ['acme', { 'node_modules/acme/package.json': '{"main":"lib"}' }],
    ['acme', { 'node_modules/acme/package.json': '{"exports":"./lib.js"}' }],
    ['acme/lib', { 'node_modules/acme/package.json': '{}', 'node_modules/acme/lib/index.js': '' }],
    ['fs', {}],
    ['node:fs', {}],
    ['data:text/javascript,export default 1', {}],
  ])('%s is not there', async (specifier, files) => {
    expect(await failureOf(files, specifier)).toMatchObject({
      code: 'plugin-not-found',
      data: { plugin: { value: specifier } },
    })
  })
})

describe('what is there and cannot be read is not told as missing', () => {
  const near = 'node_modules/acme/package.json'
  test.each([
    ['a manifest that is no JSON', { [near]: '{' }, 'SyntaxError'],
    ['a manifest that is null', { [near]: 'null' }, 'TypeError'],
    ['a folder in its place', { [`${near}/x`]: '' }, 'EISDIR'],
    ['an export that leads out of the package', { [near]: '{"exports":"../lib.js"}' }, '"../lib.js"'],
  ])('%s', async (_, files, reason) => {
    expect(await failureOf(files, 'acme')).toMatchObject({
      code: 'plugin-failed',
      data: { plugin: { value: 'acme' }, reason: { value: expect.stringContaining(reason) } },
    })
  })

  test('and another of that name further up is not taken', async () => {
    const other = {
      'node_modules/acme/package.json': '{"main":"lib.mjs"}',
      'node_modules/acme/lib.mjs': pluginSource(),
    }
    const folder = await folderWith({ ...other, [`inner/${near}`]: '{' })
    const loading = loadPlugins(['acme'], { baseDirectory: join(folder, 'inner') })
    await expect(loading).rejects.toMatchObject({ code: 'plugin-failed' })
  })

  test('a path that leads round in a circle', async () => {
    const folder = await emptyFolder()
    await symlink('round.mjs', join(folder, 'round.mjs'))
    await expect(loadPlugins(['./round.mjs'], { baseDirectory: folder })).rejects.toMatchObject({
      code: 'plugin-failed',
    })
  })
})

describe('what it exports', () => {
  test('several rules, in their order, and several plugins in theirs', async () => {
    const files = {
      'two.mjs': pluginSource({ rules: ['acme/b', 'acme/a'] }),
      'one.mjs': pluginSource({ rules: ['zeta/c'] }),
    }
    expect(await idsOf(files, './one.mjs', './two.mjs')).toEqual(['zeta/c', 'acme/b', 'acme/a'])
  })

  test('without Japanese words it speaks English in Japanese reports', async () => {
    const [rule] = await load({ 'p.mjs': pluginSource({ over: 'text: { en }' }) }, './p.mjs')
    if (rule === undefined) throw new Error('no rule')
    expect(wordsOf(rule, judgeWith(rule, {}), 'ja')[0]).toBe('The account holds 1 ETH.')
  })

  test.each([
    ['nothing', 'export const rule = 1', 'it has no default export'],
    ['a number', 'export default 1', 'it exports no rule'],
    ['no rules', 'export default []', 'it has no rules'],
    ['an id without a maker', pluginSource({ rules: ['idle-balance'] }), 'id: it is not like acme/idle-balance'],
    ['an id that could be a path', pluginSource({ rules: ['acme/../x'] }), 'id: it is not like acme/idle-balance'],
    [
      'an id with words for a terminal',
      pluginSource({ rules: ['acme/\\u001b[31m'] }),
      'id: it is not like acme/idle-balance',
    ],
    ['no version', pluginSource({ over: 'apiVersion: undefined' }), 'acme/idle-balance: defineRule did not make it'],
    ['no judge', pluginSource({ over: 'judge: 1' }), 'acme/idle-balance: judge: is not a function'],
    ['a fact that there is not', pluginSource({ over: "needs: ['mood']" }), 'acme/idle-balance: needs.0: '],
    ['a severity that there is not', pluginSource({ over: "severity: 'grave'" }), 'acme/idle-balance: severity: '],
    ['no words', pluginSource({ over: 'text: {}' }), 'acme/idle-balance: text.en: '],
    [
      'an option without a default',
      pluginSource({ over: "options: z.object({ x: z.number().describe('X.') })" }),
      'acme/idle-balance: options.x: it has no default',
    ],
  ])('%s: refused, with what is wrong', async (_, source, problem) => {
    const failure = await failureOf({ 'p.mjs': source }, './p.mjs')
    expect(failure).toMatchObject({ code: 'plugin-invalid' })
    expect(errorSentence(toFactError(failure), 'en')).toContain(`The plugin ./p.mjs cannot be used: ${problem}`)
    expect(errorSentence(toFactError(failure), 'ja')).toMatch(/^プラグイン .\/p.mjs は使えません/)
  })

  test.each([ruleApiVersion + 1, 0])('a rule for version %i: refused, with both versions', async (version) => {
    const failure = await failureOf({ 'p.mjs': pluginSource({ over: `apiVersion: ${version}` }) }, './p.mjs')
    expect(errorSentence(toFactError(failure), 'en')).toBe(
      `The plugin ./p.mjs is made for version ${version} of rules, and this program has version ${ruleApiVersion}.`,
    )
  })

  test('one id twice: refused', async () => {
    const files = { 'a.mjs': pluginSource(), 'b.mjs': pluginSource() }
    expect(await failureOf(files, './a.mjs', './b.mjs')).toMatchObject({
      code: 'plugin-duplicate',
      data: { plugin: { value: './b.mjs' }, rule: { value: 'acme/idle-balance' } },
    })
  })
})

describe('code that cannot be loaded', () => {
  test.each([
    ['throws', "throw new TypeError('not today')", 'TypeError: not today'],
    ['lacks a dependency', "import 'no-such-package-of-acme'", 'Error: Cannot find package'],
    ['throws a word', "throw 'word'", 'string'],
  ])('one that %s is named with its reason', async (_, source, reason) => {
    const failure = await failureOf({ 'p.mjs': source }, './p.mjs')
    expect(failure).toMatchObject({ code: 'plugin-failed', data: { plugin: { value: './p.mjs' } } })
    expect(errorSentence(toFactError(failure), 'en')).toContain(`The plugin ./p.mjs could not be loaded: ${reason}`)
  })

  test('one that waits before it is ready is waited for', async () => {
    const source = `await new Promise((done) => setTimeout(done, 5))\n${pluginSource()}`
    expect(await idsOf({ 'p.mjs': source }, './p.mjs')).toEqual(['acme/idle-balance'])
  })
})

describe('a rule that does what it must not is inconclusive, and takes nothing with it', () => {
  test.each([
    ['throws', "judge: () => { throw new Error('no') }", 'unexpected-error'],
    ['returns no list', 'judge: () => 1', 'unexpected-error'],
    ['returns a promise', 'judge: async () => []', 'unexpected-error'],
    ['finds nothing that is a finding', "judge: () => [{ subject: { kind: 'account' } }]", 'unreportable-finding'],
    [
      'proves it with a number too large for JSON',
      'judge: () => [{ ...draft, evidence: [1n] }]',
      'unreportable-finding',
    ],
    ['has no words for it', "judge: () => [{ ...draft, messageId: 'other' }]", 'unreportable-finding'],
    ['leaves out a value of its words', 'judge: () => [{ ...draft, data: {} }]', 'unreportable-finding'],
    ['changes a fact', 'judge: ({ account }) => { account.balance = 0n; return [] }', 'unexpected-error'],
  ])('one that %s', async (_, over, code) => {
    const [rule] = await load({ 'p.mjs': pluginSource({ over }) }, './p.mjs')
    if (rule === undefined) throw new Error('no rule')
    expect(judgeWith(rule, {})).toMatchObject({
      status: 'inconclusive',
      because: { kind: 'rule-crashed', error: { code } },
    })
  })
})
