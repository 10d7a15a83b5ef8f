/** The examples of docs: each is read as its own reader takes it, and its command line is run on an account of a local chain. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { Cron } from 'croner'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { reportSchema } from '../../src/core/report.ts'
import { at } from '../../src/testing.ts'
import { readAction, runAction } from '../support/composite-action.ts'
import { flawsOfJunit, flawsOfOpenMetrics } from '../support/format-readers.ts'
import { startSmallChain } from '../support/small-chain.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, 'docs/examples', name), 'utf8')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The variable is the one that the examples set. The head of the chain is hours old: a finding of low severity. */
const config = (failOn: string) => `version: 1
chains: { devnet: { id: 31337, rpc: "\${MAINNET_RPC}" } }
accounts: [{ address: "${at(0x0b5)}", label: treasury-ops }]
failOn: ${failOn}
`

let folder: string
let workspace: string
let chain: Awaited<ReturnType<typeof startSmallChain>>
beforeAll(async () => {
  chain = await startSmallChain({ ageSeconds: 7200 })
})
afterAll(() => chain.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-examples-'))
  workspace = join(folder, 'treasury')
  await Promise.all([mkdir(workspace), mkdir(join(folder, 'bin'))])
  await writeFile(join(workspace, 'wallet-checkup.config.yaml'), config('high'))
  const tools = {
    'wallet-checkup': 'exec node "$COMMAND" "$@"',
    // In place of the registry's package: the command of this checkout.
    npx: `[ "$1 $2" = "--yes wallet-checkup@${version}" ] && shift 2 && exec node "$COMMAND" "$@"`,
    npm: 'mkdir -p node_modules/.bin && ln -sf "$COMMAND" node_modules/.bin/wallet-checkup',
  }
  for (const [name, script] of Object.entries(tools)) {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  await chmod(inject('command'), 0o755)
})
afterEach(() => rm(folder, { recursive: true }))

const environment = () => ({
  PATH: [join(folder, 'bin'), join(process.execPath, '..'), process.env.PATH].join(delimiter),
  LC_ALL: 'C.UTF-8',
  COMMAND: inject('command'),
  HOME: folder,
  XDG_CACHE_HOME: join(folder, 'cache'),
})

type Ended = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

function run(args: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [program, ...rest] = args
    const child = spawn(program, rest, { cwd: workspace, env: { ...environment(), ...env } })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        said[name] += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, ...said }))
  })
}

const reportIn = (file: string) => reportSchema.parse(JSON.parse(readFileSync(join(workspace, file), 'utf8')))

/** What the account has now, as people keep it before they begin. */
async function writeBaseline(): Promise<void> {
  const args = ['wallet-checkup', 'check', '-o', 'json=baseline.json', '--no-cache', '--quiet'] as const
  expect(await run([...args], { MAINNET_RPC: chain.url })).toMatchObject({ exitCode: 0 })
}

describe('the workflow for GitHub', () => {
  const workflow = parse(read('github-workflow.yml'))
  const [checkout, check, ...others] = workflow.jobs.check.steps

  test('starts every hour, with no more rights than it needs', () => {
    const [{ cron }] = workflow.on.schedule
    expect(minutesUntilNext(cron)).toBeLessThanOrEqual(60)
    expect(workflow.permissions).toEqual({ contents: 'read', 'security-events': 'write' })
    expect(checkout.uses).toMatch(/^actions\/checkout@[0-9a-f]{40}$/)
    expect(others).toEqual([])
  })

  test('uses the action of this version, which does what the exit code says', async () => {
    expect(check.uses).toBe(`wallet-checkup/wallet-checkup@v${version}`)
    expect(check.env).toEqual({ MAINNET_RPC: '$' + '{{ secrets.MAINNET_RPC }}' })
    await writeBaseline()
    // As a checkout of the branch main leaves it.
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: workspace, env: { ...environment(), ...author } })
    git('init', '--quiet')
    git('add', 'wallet-checkup.config.yaml', 'baseline.json')
    git('commit', '--quiet', '-m', 'wallets')
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    const inputs = Object.fromEntries(Object.entries(check.with).map(([name, given]) => [name, String(given)]))
    const env = { ...environment(), MAINNET_RPC: chain.url }
    const ended = await runAction(readAction(join(root, 'action.yml')), { inputs, env, workspace, temp: folder })
    expect(ended.log).toContain('treasury-ops')
    expect(ended).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '0' } })
    expect(ended.used).toHaveProperty('github/codeql-action/upload-sarif')
  })
})

const author = {
  GIT_AUTHOR_NAME: 'Treasury',
  GIT_AUTHOR_EMAIL: 'treasury@example.com',
  GIT_COMMITTER_NAME: 'Treasury',
  GIT_COMMITTER_EMAIL: 'treasury@example.com',
}

describe('the job for GitLab', () => {
  const { wallets: job } = parse(read('gitlab-ci.yml'))

  test.each([
    ['high', 0],
    ['low', 1],
  ])('with findings at %s in the file ends in %i, and leaves its files', async (failOn, exitCode) => {
    await writeBaseline()
    await writeFile(join(workspace, 'wallet-checkup.config.yaml'), config(failOn))
    // What the baseline has is not new.
    const script = exitCode === 1 ? job.script.join('\n').replace(' --fail-on-new', '') : job.script.join('\n')
    const cache = job.variables.WALLET_CHECKUP_CACHE_DIR.replace('$CI_PROJECT_DIR', workspace)
    const env = { MAINNET_RPC: chain.url, WALLET_CHECKUP_CACHE_DIR: cache }
    expect(await run(['bash', '-e', '-c', script], env)).toMatchObject({ exitCode })
    expect(await flawsOfJunit([readFileSync(join(workspace, job.artifacts.reports.junit), 'utf8')])).toEqual([])
    const kept = [...job.artifacts.paths, ...job.cache.paths]
    for (const path of kept) expect(existsSync(join(workspace, path)), path).toBe(true)
  })

  test('looks for no excuse but that something could not be checked', async () => {
    expect(job.allow_failure).toEqual({ exit_codes: [3] })
    await writeBaseline()
    const env = { MAINNET_RPC: 'http://127.0.0.1:1' }
    expect(await run(['bash', '-e', '-c', job.script.join('\n')], env)).toMatchObject({ exitCode: 3 })
  })
})

describe('the line for cron', () => {
  const lines = read('crontab').split('\n')
  const [line = ''] = lines.filter((one) => /^\d/.test(one))
  const [, schedule = '', command = ''] = /^((?:\S+ ){5})(.+)$/.exec(line) ?? []

  test('has settings, comments and one line, which cron takes whole', () => {
    expect(lines.filter((one) => !/^(#.*|[A-Z]+=\S+|)$/.test(one))).toEqual([line])
    expect(minutesUntilNext(schedule.trim())).toBeLessThanOrEqual(60)
    // There it is a new line.
    expect(command).not.toContain('%')
  })

  test('says nothing where nothing was found, and shows the report where something was', async () => {
    await writeFile(join(workspace, 'endpoints.env'), `export MAINNET_RPC=${chain.url}\n`)
    // Cron mails a single character of either.
    expect(await run(['/bin/sh', '-c', command])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(reportIn('report.json').result.targets).toMatchObject([{ label: 'treasury-ops' }])
    await writeFile(join(workspace, 'wallet-checkup.config.yaml'), config('low'))
    const found = await run(['/bin/sh', '-c', command])
    expect(found.stdout).toContain('stale-head')
  })
})

describe('the units for systemd', () => {
  const service = readUnit(read('wallet-checkup.service'))
  const timer = readUnit(read('wallet-checkup.timer'))

  test('check every hour, as nobody, and write to two folders', () => {
    expect(timer.get('Timer.OnCalendar')).toBe('hourly')
    expect(timer.get('Install.WantedBy')).toBe('timers.target')
    for (const name of ['DynamicUser', 'NoNewPrivileges', 'ProtectHome']) {
      expect(service.get(`Service.${name}`), name).toBe('yes')
    }
    expect(service.get('Service.ProtectSystem')).toBe('strict')
  })

  test('start a command that leaves its files', async () => {
    const state = join(folder, 'state')
    await mkdir(state)
    const [program = '', ...args] = (service.get('Service.ExecStart') ?? '')
      .replaceAll('$' + '{STATE_DIRECTORY}', state)
      .split(' ')
    const cache = service.get('Service.Environment')?.replace('%C', join(folder, 'cache')).split('=') ?? []
    const env = { MAINNET_RPC: chain.url, [cache[0] ?? '']: cache[1] ?? '' }
    expect(await run([program, ...args], env)).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await readdir(state)).toSorted()).toEqual(['report.json', 'wallets.prom'])
    expect(flawsOfOpenMetrics(readFileSync(join(state, 'wallets.prom'), 'utf8'))).toEqual([])
    expect(existsSync(join(folder, 'cache/wallet-checkup'))).toBe(true)
  })
})

describe.each(['README.md', 'README.ja.md'])('%s', (file) => {
  const text = readFileSync(join(root, file), 'utf8')

  test('shows a step with inputs that the action has', () => {
    const [, step = ''] = /```yaml\n(- uses: wallet-checkup\/.*?)```/s.exec(text) ?? []
    const [{ uses, with: inputs }] = parse(step)
    expect(uses).toBe(`wallet-checkup/wallet-checkup@v${version}`)
    expect(Object.keys(readAction(join(root, 'action.yml')).inputs)).toEqual(
      expect.arrayContaining(Object.keys(inputs)),
    )
    expect(Object.keys(inputs).length).toBeGreaterThan(2)
  })

  test('leads to every example', async () => {
    for (const name of await readdir(join(root, 'docs/examples'))) expect(text).toContain(`(docs/examples/${name})`)
  })
})

/** `Section.Name` to its last value; throws for a line that is none. */
function readUnit(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  let section = ''
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, heading, name, setting = ''] = /^(?:\[(\w+)\]|(\w+)=(.*))$/.exec(line) ?? []
    if (heading !== undefined) section = heading
    else if (name !== undefined) settings.set(`${section}.${name}`, setting)
    else throw new Error(`no line of a unit: ${line}`)
  }
  return settings
}

/** @throws for a line that is none of cron */
function minutesUntilNext(schedule: string): number {
  const next = new Cron(schedule).nextRun()
  return next === null ? Number.POSITIVE_INFINITY : (next.getTime() - Date.now()) / 60_000
}
