import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tool } from '../src/core/tool.ts'
import { rules } from '../src/index.ts'

/** The command as people get it: bundled, packed, unpacked where nothing else is. */
const root = resolve(import.meta.dirname, '..')
const patience = 60_000
let folder: string
let command: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-build-'))
  const checkout = join(folder, 'checkout')
  await mkdir(checkout)
  const parts = ['package.json', 'README.md', 'README.ja.md', 'CHANGELOG.md', 'LICENSE', 'schema', 'fixtures/facts']
  for (const part of parts) await cp(join(root, part), join(checkout, part), { recursive: true })
  const { bundleCommand } = await import(join(root, 'scripts/bundle-command.mjs'))
  const { licences } = await import(join(root, 'scripts/bundle-licences.mjs'))
  const bundled: readonly string[] = await bundleCommand(join(checkout, 'dist'))
  await writeFile(join(checkout, 'dist/cli/LICENSES.txt'), licences(bundled))
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], checkout)
  const [tarball = 'none'] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  run('tar', ['xzf', tarball], folder)
  await rm(checkout, { recursive: true })
  command = join(folder, 'package', JSON.parse(read('package.json')).bin['wallet-checkup'])
}, patience)
afterAll(() => rm(folder, { recursive: true }))

function run(program: string, args: readonly string[], cwd: string) {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

const read = (name: string) => readFileSync(join(folder, 'package', name), 'utf8')

/** The packages it bundles are not installed beside it: an import that was left in would fail. */
function cli(...args: readonly string[]) {
  const { PATH = '' } = process.env
  const env = { PATH, LC_ALL: 'C.UTF-8', XDG_CACHE_HOME: join(folder, 'cache') }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  return { exitCode: status, stdout, stderr }
}

describe('the packed command', () => {
  test('knows its version', () => {
    expect(cli('--version')).toEqual({ exitCode: 0, stdout: `${tool.version}\n`, stderr: '' })
  })

  test('shows its help', () => {
    expect(cli('--help')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(cli('--help', '--locale', 'ja').stdout).toContain('公開アドレス')
  })

  test('has every command, though it makes only those that are named', () => {
    const commands = ['check', 'watch', 'report', 'rules', 'cache', 'baseline', 'suppress', 'init', 'config', 'demo']
    const { stdout } = cli('-h')
    expect(commands.filter((name) => !new RegExp(`^  ${name}\\b`, 'm').test(stdout))).toEqual([])
    for (const name of commands) {
      expect(cli(name, '--help').stdout, name).toContain(`wallet-checkup ${name}`)
      expect(cli(name, '--bogus').stderr, name).toContain('--bogus')
    }
  })

  test('lists its rules', () => {
    const { exitCode, stdout } = cli('rules')
    expect(exitCode).toBe(0)
    for (const { id } of rules) expect(stdout).toContain(id)
  })

  test('judges saved facts, and says whose they are', () => {
    const facts = join(folder, 'package/fixtures/facts/demo-sick.json')
    const { exitCode, stdout } = cli('check', '--facts', facts, '-o', 'json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ run: { tool } })
  })

  test('finds the facts of its demo', () => {
    const { exitCode, stderr } = cli('demo')
    expect(exitCode, stderr).toBe(0)
    expect(stderr).toContain('facts recorded on a development chain')
  })

  test('looks a chain up, and a name in it', () => {
    const { exitCode, stderr } = cli('example.eth', '--chain', 'ethereum', '--rpc-url', 'http://127.0.0.1:1', '--quiet')
    expect(stderr).toContain('ECONNREFUSED')
    expect(exitCode).toBe(3)
  })

  test.each([
    ['an option it does not have', ['--chian', '1'], 'Did you mean --chain?'],
    ['a language it does not have', ['--locale', 'fr'], 'It takes one of: en, ja.'],
    ['an address with a typing error', ['0x123', '--rpc-url', 'http://127.0.0.1:1'], 'too short'],
  ])('refuses %s', (_, args, words) => {
    const { exitCode, stderr } = cli(...args)
    expect(stderr).toContain(words)
    expect(exitCode).toBe(2)
  })

  test('refuses a secret before it looks at anything else, and repeats nothing of it', () => {
    const secret = 'ab'.repeat(32)
    const { exitCode, stdout, stderr } = cli('--version', '--unknown', secret)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('looks like a private key')
    expect(stdout + stderr).not.toContain(secret)
  })
})

/** Parts of packages and of Node that take as long to load as the first request takes. Node loads `performance` when it is named. */
const slow = /\bZodType\b|IntlMessageFormat|require\("node:(?:crypto|https|fs\/promises)"|\bperformance\b/

/** Never the whole of ethers, which holds wallets. */
const ethersParts = ['ethers/abi', 'ethers/crypto', 'ethers/providers', 'ethers/utils']

describe('what was packed', () => {
  const chunks = () => readdirSync(join(folder, 'package/dist/cli')).filter((name) => name.endsWith('.cjs'))

  test('is run by Node', () => {
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(statSync(command).mode & 0o111).not.toBe(0)
  })

  test('starts without the packages that take long to load', () => {
    const source = readFileSync(command, 'utf8')
    expect(source).not.toMatch(/\bzod\b|\bviem\b|intl-messageformat|node:child_process|node:https?\b/i)
    expect(source.length).toBeLessThan(80_000)
  })

  test.each(['cli.cjs', 'cli/check.cjs'])('%s has no expression that takes long to read', (name) => {
    const source = read(`dist/${name}`)
    // In a text, which becomes an expression when somebody needs it, the backslash is doubled.
    expect(source.includes(String.raw`\\p{L}`)).toBe(true)
    expect(/(?<!\\)\\p\{.{0,30}/.exec(source)?.[0]).toBeUndefined()
  })

  test.each([
    ['cli.cjs', ['createProgram', 'findGivenSecret', 'Command', 'Option']],
    ['cli/check.cjs', ['check', 'parseAddress', 'createRpcClient', 'RpcRefusedError']],
  ])('in %s, stacks still name the functions and classes of a file', (name, known) => {
    const source = read(`dist/${name}`)
    const named = known.filter((each) =>
      new RegExp(`\\b(?:function ${each}\\(|class ${each}\\b|${each}=class\\b)`).test(source),
    )
    expect(named).toEqual(known)
  })

  test('asks its first question before the rest of it is loaded', () => {
    const loaded = new Set<string>()
    const load = (name: string) => {
      if (loaded.has(name)) return
      loaded.add(name)
      // What is asked for behind `then` is loaded later.
      const atOnce = read(`dist/cli/${name}`).matchAll(/(?<!=>__toESM\()\brequire\("\.\/([^"]+)"\)/g)
      for (const [, next = ''] of atOnce) load(next)
    }
    load('check.cjs')
    const source = [...loaded].map((name) => read(`dist/cli/${name}`)).join('\n')
    expect(source.includes('askAhead')).toBe(true)
    expect(slow.exec(source)?.[0]).toBeUndefined()
    expect(source.length).toBeLessThan(90_000)
  })

  test('is as many files as it was split into', () => {
    expect(chunks().length).toBeGreaterThan(20)
  })

  test('names files and packages that are there', () => {
    const builtIn = new Set(createRequire(import.meta.url)('node:module').builtinModules)
    for (const file of [command, ...chunks().map((name) => join(dirname(command), 'cli', name))]) {
      // The one that is kept is a text for Node, which loads plugins.
      const source = readFileSync(file, 'utf8').replace('return import(url)', '')
      expect(/\bimport\s*\(|\bimport\.meta\b|^(?:import|export)\b/m.exec(source)?.[0], file).toBeUndefined()
      for (const [, specifier = ''] of source.matchAll(/\b(?:__)?require\("([^"\s]+)"\)/g)) {
        if (specifier.startsWith('.'))
          expect(existsSync(join(dirname(file), specifier)), `${file}: ${specifier}`).toBe(true)
        else expect([...builtIn, 'libsql', ...ethersParts], file).toContain(specifier.replace(/^node:/, ''))
      }
    }
  })

  test('cannot sign', () => {
    const signing = /privateKeyTo|mnemonicTo|hdKeyTo|signTransaction|signMessage|secp256k1/
    const found = chunks().filter((name) => signing.test(read(join('dist/cli', name))))
    expect(found).toEqual([])
  })

  test('carries the licences of what is in it', () => {
    const text = read('dist/cli/LICENSES.txt')
    for (const name of ['viem', 'zod', 'commander', 'intl-messageformat']) {
      expect(text).toMatch(new RegExp(`^${name} \\d[^\\n]*\\((?:MIT|BSD-3-Clause|ISC)\\)`, 'm'))
    }
  })

  test('names no folder of the machine that built it', () => {
    for (const file of [command, ...chunks().map((name) => join(dirname(command), 'cli', name))]) {
      expect(readFileSync(file, 'utf8').includes(root), file).toBe(false)
    }
  })
})

test.each(['en', 'ja'])(
  'in %s, a command without its other files says that it is not whole, and never that something was found',
  async (locale) => {
    const alone = join(folder, 'alone.cjs')
    await cp(command, alone)
    const { status, stdout, stderr } = spawnSync(process.execPath, [alone, 'rules', '--locale', locale], {
      encoding: 'utf8',
      timeout: patience,
    })
    expect(status).toBe(70)
    expect(stdout).toBe('')
    expect(stderr).toContain('is missing or broken')
  },
)
