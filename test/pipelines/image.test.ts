/** The container image: what its file says, and the command in such surroundings. No container runs here. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { at } from '../../src/testing.ts'
import { startSmallChain } from '../support/small-chain.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')

type Instruction = { readonly name: string; readonly rest: string }

/** Each stage's instructions, its FROM first. This file continues no line. */
function stagesOf(text: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = []
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, name, rest] = /^([A-Z]+) (.+[^\\])$/.exec(line) ?? []
    if (name === undefined || rest === undefined) throw new Error(`no instruction: ${line}`)
    if (name === 'FROM') stages.push([])
    stages.at(-1)?.push({ name, rest })
  }
  return stages
}

describe('the Dockerfile', () => {
  const [build = [], image = [], ...others] = stagesOf(read('Dockerfile'))
  const ofImage = (name: string) => image.filter((one) => one.name === name).map(({ rest }) => rest)

  test('ends in an image without a shell that runs as nobody', () => {
    expect(others).toEqual([])
    expect(ofImage('FROM')).toEqual([expect.stringMatching(/^gcr\.io\/distroless\/nodejs24-debian\d+:nonroot$/)])
    expect(ofImage('USER')).toEqual(['65532:65532'])
    expect(ofImage('RUN')).toEqual([])
    expect(JSON.parse(ofImage('ENTRYPOINT')[0] ?? '')).toEqual(['/nodejs/bin/node', '/app/dist/cli.cjs'])
    expect(JSON.parse(ofImage('CMD')[0] ?? '')).toEqual(['--help'])
  })

  test('puts nothing into it but what was built, without what only developers need', () => {
    for (const copy of ofImage('COPY')) expect(copy).toMatch(/^--from=build /)
    const commands = build.filter(({ name }) => name === 'RUN').map(({ rest }) => rest)
    expect(commands.join('\n')).toMatch(/scripts\/build\.mjs && npm prune --omit=dev/)
    expect([...build, ...image].filter(({ name }) => ['ADD', 'ARG'].includes(name))).toEqual([])
  })

  test('sees only files that are named, and that are there', () => {
    const [everything, ...named] = read('.dockerignore').trim().split('\n')
    expect(everything).toBe('*')
    for (const line of named) {
      expect(line).toMatch(/^![\w./-]+$/)
      expect(existsSync(join(root, line.slice(1))), line).toBe(true)
    }
  })
})

/** Who has no rights anywhere; only root may become somebody else. */
const nobody = process.getuid?.() === 0 ? { uid: 65_532, gid: 65_532 } : {}

describe('the command as nobody, where nothing can be written', () => {
  let app: string
  let cache: string
  let chain: Awaited<ReturnType<typeof startSmallChain>>
  beforeAll(async () => {
    chain = await startSmallChain()
    app = await mkdtemp(join(tmpdir(), 'wallet-checkup-image-'))
    cache = join(app, 'cache')
    await cp(dirname(inject('command')), join(app, 'dist'), { recursive: true })
    await cp(join(root, 'package.json'), join(app, 'package.json'))
    await cp(join(root, 'fixtures/facts'), join(app, 'fixtures/facts'), { recursive: true })
    await copyPackages(join(app, 'node_modules'))
    // The copied folder was a temporary one, and nobody's but its maker's.
    await chmod(join(app, 'dist'), 0o755)
    await mkdir(cache)
    if (nobody.uid !== undefined) await chown(cache, nobody.uid, nobody.gid)
    await chmod(app, 0o555)
  }, 60_000)
  afterAll(async () => {
    await chain.close()
    await chmod(app, 0o755)
    await rm(app, { recursive: true })
  })

  const check = (env: Readonly<Record<string, string>>) =>
    start(['check', at(0x0b5), '--rpc-url', chain.url, '-o', 'json'], { app, env })

  test('shows its help and its demo', async () => {
    expect(await start(['--help'], { app })).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await start(['demo'], { app })).toMatchObject({ exitCode: 0 })
  })

  test('keeps what it read in the volume', async () => {
    const { exitCode, stdout, stderr } = await check({ WALLET_CHECKUP_CACHE_DIR: cache })
    expect(exitCode, stderr).toBe(0)
    expect(reportSchema.parse(JSON.parse(stdout)).result.summary.complete).toBe(true)
    expect(await readdir(cache)).not.toEqual([])
  })

  test('shows what is kept where it may not be changed any more', async () => {
    const files = (await readdir(cache)).map((name) => join(cache, name))
    await Promise.all(files.map((file) => chmod(file, 0o444)))
    if (nobody.uid !== undefined) await Promise.all([cache, ...files].map((path) => chown(path, 0, 0)))
    await chmod(cache, 0o555)
    const status = ['cache', 'status', '--cache-dir', cache]
    expect(await start(status, { app })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Accounts: 1') })
    expect((await readdir(cache)).length).toBe(files.length)
    await chmod(cache, 0o755)
  })

  test('checks all the same where there is none', async () => {
    const { exitCode, stdout, stderr } = await check({ WALLET_CHECKUP_CACHE_DIR: join(app, 'dist/none') })
    expect(exitCode, stderr).toBe(0)
    expect(reportSchema.parse(JSON.parse(stdout)).result.summary.complete).toBe(true)
  })
})

/** What the bundle leaves outside of itself, with what that needs, by the lock. */
async function copyPackages(to: string): Promise<void> {
  const { packages } = JSON.parse(read('package-lock.json'))
  const wanted = ['libsql', 'ethers']
  for (const name of wanted) {
    const { dependencies = {}, optionalDependencies = {} } = packages[`node_modules/${name}`] ?? {}
    const needed = Object.keys({ ...dependencies, ...optionalDependencies })
    wanted.push(...needed.filter((one) => !wanted.includes(one) && !one.startsWith('@types/')))
    const from = join(root, 'node_modules', name)
    // Those for other systems are not installed.
    if (existsSync(from)) await cp(from, join(to, name), { recursive: true, dereference: true })
  }
}

type Place = { readonly app: string; readonly env?: Readonly<Record<string, string>> }

async function start(args: readonly string[], { app, env = {} }: Place) {
  const away = { HOME: '/nonexistent', TMPDIR: '/nonexistent', LC_ALL: 'C.UTF-8', NODE_ENV: 'production' }
  const child = spawn(nodeForNobody(), [join(app, 'dist/cli.cjs'), ...args], {
    cwd: app,
    env: { ...away, ...env },
    ...nobody,
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  return { exitCode, ...said }
}

/** This Node, if nobody may start it: it may lie in the home of root. */
function nodeForNobody(): string {
  const { error } = spawnSync(process.execPath, ['--version'], { cwd: '/', ...nobody })
  return error === undefined ? process.execPath : '/usr/bin/node'
}
