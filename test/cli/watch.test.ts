import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { cli } from '../support/cli.ts'
import { flawsOfOpenMetrics } from '../support/format-readers.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let chain: JsonRpcServer
let folder: string

beforeAll(async () => {
  chain = await startSmallChain()
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-watch-'))
})
afterAll(async () => {
  await chain.close()
  await rm(folder, { recursive: true })
})

type Watching = {
  /** Called with each line of standard error. */
  readonly onLine: (line: string, child: ChildProcess) => void
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The command, until it ends. Each test ends it itself. */
function watch(args: readonly string[], { onLine, ...setting }: Watching) {
  return cli(['watch', ...args], {
    ...setting,
    onStart: (child) => {
      let rest = ''
      child.stderr?.on('data', (chunk) => {
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) onLine(line, child)
      })
    },
  })
}

const runLine = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ Run (\d+): (.*); next \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const quick = ['--every', '1s', '--listen', '127.0.0.1:0'] as const
const runsIn = (text: string) => text.split('\n').flatMap((line) => runLine.exec(line)?.[2] ?? [])

describe('a watch', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('runs again and again, a line each, until %s ends it in %i', async (signal, exitCode) => {
    const file = join(folder, `report-${signal}.json`)
    await writeFile(file, 'the one before')
    const seen: string[] = []
    const run = await watch([account, '--rpc-url', chain.url, ...quick, '-o', `json=${file}`], {
      onLine: async (line, child) => {
        if (!line.includes('Run 2')) return
        seen.push(await readFile(file, 'utf8'))
        child.kill(signal)
      },
    })
    expect(run).toMatchObject({ exitCode, stdout: '' })
    expect(runsIn(run.stderr).length).toBeGreaterThanOrEqual(2)
    expect(runsIn(run.stderr)[0]).toMatch(
      /^no findings; \d+\.\d s, \d+ requests(?:; \d+ runs? came due meanwhile and did not start)?$/,
    )
    expect(run.stderr).toContain('Stopping. A run that is under way is given up')
    expect(reportSchema.parse(JSON.parse(seen[0] ?? '')).result.targets[0]?.account).toBe(account)
    expect((await readdir(folder)).filter((name) => name.includes(`${signal}.json.`))).toEqual([])
  })

  test('answers for its health and its metrics while it lives', async () => {
    const answers: { place: string; health?: Promise<Response>; metrics?: Promise<string> } = { place: '' }
    const run = await watch([account, '--rpc-url', chain.url, ...quick, '--rule', 'stale-head'], {
      onLine: async (line, child) => {
        answers.place = /http:\/\/(\S+)\/metrics/.exec(line)?.[1] ?? answers.place
        if (!runLine.test(line) || answers.health !== undefined) return
        answers.health = fetch(`http://${answers.place}/healthz`)
        answers.metrics = fetch(`http://${answers.place}/metrics`).then((response) => response.text())
        await Promise.allSettled([answers.health, answers.metrics])
        child.kill('SIGTERM')
      },
    })
    expect(run.exitCode).toBe(143)
    const health = await answers.health
    expect(health?.status).toBe(200)
    expect(await health?.json()).toMatchObject({ status: 'ok', complete: true })
    const metrics = (await answers.metrics) ?? ''
    expect(flawsOfOpenMetrics(metrics)).toEqual([])
    expect(metrics).toMatch(/wallet_checkup_watch_runs_total\{status="ended"\} [1-9]\d*\n/)
    expect(metrics).toContain(`wallet_checkup_target_complete{account="${account}",chain="31337"} 1\n`)
    await expect(fetch(`http://${answers.place}/healthz`)).rejects.toThrow()
  })

  test('stops a run that is under way, and leaves the last whole report', async () => {
    const file = join(folder, 'whole.json')
    let isHanging = false
    let kill = () => {}
    const slow = await startSmallChain({
      over: {
        eth_getBalance: () => {
          if (!isHanging) return { result: '0x1' }
          kill()
          return new Promise<never>(() => {})
        },
      },
    })
    const run = await watch([account, '--rpc-url', slow.url, ...quick, '-o', `json=${file}`, '--no-cache'], {
      onLine: (line, child) => {
        kill = () => child.kill('SIGTERM')
        if (runLine.test(line)) isHanging = true
      },
    })
    await slow.close()
    expect(run.exitCode).toBe(143)
    expect(runsIn(run.stderr).length).toBeGreaterThanOrEqual(1)
    expect(reportSchema.parse(JSON.parse(await readFile(file, 'utf8'))).run.interrupted).toBe(false)
  })

  test('goes on after a run that failed, and says why without the URL', async () => {
    const config = join(folder, 'wallet-checkup.config.yaml')
    const good = `version: 1\nchains: { devnet: { id: 31337, rpc: "\${DEVNET}" } }\naccounts: [{ address: "${account}" }]\n`
    await writeFile(config, good)
    const run = await watch(['--every', '1s', '--listen', 'off', '--rule', 'stale-head'], {
      cwd: folder,
      env: { DEVNET: `${chain.url}/SECRET-PART` },
      onLine: async (line, child) => {
        const [, number = '', result = ''] = runLine.exec(line) ?? []
        if (number === '1') await writeFile(config, good.replace('devnet', 'nets: 1, devnet'))
        if (result === 'it failed') await writeFile(config, good)
        if (Number(number) > 1 && result.startsWith('no findings')) child.kill('SIGTERM')
      },
    })
    const results = runsIn(run.stderr)
    expect(run.exitCode).toBe(143)
    expect(results[0]).toMatch(/^no findings/)
    expect(results).toContain('it failed')
    expect(results.at(-1)).toMatch(/^no findings/)
    expect(run.stderr).toContain('wallet-checkup.config.yaml')
    expect(run.stderr).not.toContain('SECRET-PART')
  })

  test('writes to standard output only what it is asked for, and what a run says again it says once', async () => {
    const run = await watch(['--every', '1s', '--listen', 'off', '--rule', 'stale-head', '-o', 'json', account], {
      env: { WALLET_CHECKUP_RPC_URL: chain.url },
      cwd: tmpdir(),
      onLine: (line, child) => {
        if (runLine.exec(line)?.[1] === '2') child.kill('SIGTERM')
      },
    })
    const reports = run.stdout.split(/(?<=\n\})\n/).filter((text) => text.trim() !== '')
    expect(reports.length).toBeGreaterThanOrEqual(2)
    for (const text of reports) expect(reportSchema.safeParse(JSON.parse(text)).success).toBe(true)
  })
})

describe('is refused before anything is asked', () => {
  const given = [account, '--rpc-url', 'http://127.0.0.1:9']
  test.each([
    ['without a time', given, 'one of --every and --cron'],
    ['with two', [...given, '--every', '1m', '--cron', '* * * * *'], 'one of --every and --cron'],
    ['with a period that is none', [...given, '--every', 'often'], '--every cannot have this value'],
    ['with a line that is not cron', [...given, '--cron', '99 * * * *'], '--cron cannot have this value'],
    ['with a place that is none', [...given, '--every', '1m', '--listen', '9464'], '--listen cannot have this value'],
    ['with a port that is none', [...given, '--every', '1m', '--listen', '127.0.0.1:70000'], '--listen cannot have'],
    ['with accounts that can be read once', ['--every', '1m', '--accounts', '-'], 'can be read only once'],
    ['at a past block', [...given, '--every', '1m', '--block', '5'], 'There is no option --block here'],
    ['with an address that is none', ['0x12', ...given.slice(1), '--every', '1m', '--listen', 'off'], 'too short'],
    ['with a format that is none', [...given, '--every', '1m', '--listen', 'off', '-o', 'pdf'], 'pdf'],
  ])('%s', async (_, args, expected) => {
    const run = await cli(['watch', ...args])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(expected)
    expect(run.stderr).not.toContain('Run 1')
  })

  test('where its place is taken', async () => {
    const at = new URL(chain.url).host
    const run = await cli(['watch', ...given, '--every', '1m', '--listen', at])
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain(`${at} cannot be listened at (EADDRINUSE).`)
  })
})
