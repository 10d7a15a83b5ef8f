import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { notificationSchema } from '../../src/notify/notification.ts'
import { startReceiver } from '../notify/support/receiver.ts'
import { cli } from '../support/cli.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let folder: string
let chain: JsonRpcServer
/** How far the endpoint is behind: more than a few minutes is a finding. */
let ageSeconds = 2

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-notify-'))
  const now = await startSmallChain()
  await now.close()
  const block = () => ({
    number: '0x3e8',
    hash: `0x${'ab'.repeat(32)}`,
    timestamp: `0x${(Math.floor(Date.now() / 1000) - ageSeconds).toString(16)}`,
    baseFeePerGas: '0x1',
    transactions: [],
  })
  chain = await startSmallChain({
    over: { eth_chainId: { result: '0xbde31' }, eth_getBlockByNumber: () => ({ result: block() }) },
  })
})
afterAll(async () => {
  await chain.close()
  await rm(folder, { recursive: true })
})

async function receiver(answer?: Parameters<typeof startReceiver>[0]) {
  const started = await startReceiver(answer)
  onTestFinished(() => started.close())
  return started
}

/** For what the test waits for. A receiver is waited for longer. */
const patience = { timeout: 8_000, interval: 20 } as const

/** A variable, as a config file names it. */
const from = (name: string) => `\${${name}}`

type Env = Readonly<Record<string, string>>
let runs = 0
/** A check after another one, with the same cache. */
function inTurn(notify: readonly string[], env: Env) {
  const cache = join(folder, `cache-${++runs}`)
  return (more: readonly string[] = []) =>
    cli([account, '--rpc-url', chain.url, '--rule', 'stale-head', '-o', 'json', ...notify, ...more], {
      env: { ...env, WALLET_CHECKUP_CACHE_DIR: cache },
    })
}

describe('--notify', () => {
  test('tells what is new, then nothing, then what is gone; the exit code is that of the check', async () => {
    const there = await receiver()
    const check = inTurn(['--notify', 'webhook=HOOK,WORDS'], { HOOK: `${there.url}/SECRET-PART`, WORDS: 'hush' })
    const story: (readonly [number | null, number, number])[] = []
    for (const age of [2, 7200, 7200, 2]) {
      ageSeconds = age
      const run = await check()
      expect(run.stdout + run.stderr).not.toMatch(/SECRET-PART|hush/)
      const { deliveries = [] } = reportSchema.parse(JSON.parse(run.stdout)).run
      story.push([run.exitCode, there.messages.length, deliveries.length])
    }
    expect(story).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [1, 1, 0],
      [0, 2, 1],
    ])
    const told = there.messages.map(({ text }) => notificationSchema.parse(JSON.parse(text)))
    expect(told.map(({ transitions }) => transitions.map(({ change }) => change))).toEqual([['new'], ['resolved']])
    expect(there.messages[0]?.headers['wallet-checkup-signature']).toMatch(/^sha256=[0-9a-f]{64}$/)
  })

  test('that fails changes no exit code, is said with the host alone, and is made up for by the next run', async () => {
    const there = await receiver((before) => ({ status: before === 0 ? 403 : 200 }))
    const check = inTurn(['--notify', 'slack=SLACK'], { SLACK: `${there.url}/services/SECRET-PART` })
    ageSeconds = 7200
    const failed = await check()
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr).toBe(`The message to ${there.host} was not delivered (HTTP 403; tries: 1).\n`)
    expect(failed.stdout).not.toContain('SECRET-PART')
    expect(reportSchema.parse(JSON.parse(failed.stdout)).run.deliveries).toMatchObject([
      { kind: 'slack', host: there.host, status: 'failed', error: { code: 'delivery-failed' } },
    ])
    const again = await check()
    expect(again).toMatchObject({ exitCode: 1, stderr: '' })
    await check()
    expect(there.messages).toHaveLength(2)
  })

  test('to two: each is told on its own', async () => {
    const [well, ill] = [await receiver(), await receiver(() => ({ status: 400 }))]
    const check = inTurn(['--notify', 'discord=WELL', '--notify', 'slack=ILL'], { WELL: well.url, ILL: ill.url })
    ageSeconds = 7200
    await check()
    await check()
    expect([well.messages.length, ill.messages.length]).toEqual([1, 2])
  })

  test.each([
    ['http://hooks.invalid:8080/SECRET-PART', 'Messages to hooks.invalid:8080 go over http://, so whoever'],
    ['https://hooks.invalid/SECRET-PART', null],
    ['http://localhost:9/SECRET-PART', null],
    ['http://127.0.0.1:9/SECRET-PART', null],
    ['http://[::1]:9/SECRET-PART', null],
  ])('to %s: a message that others could read is warned of, before there is one', async (url, warning) => {
    ageSeconds = 2
    const run = await inTurn(['--notify', 'webhook=HOOK', '--notify', 'slack=HOOK'], { HOOK: url })()
    expect(run.exitCode).toBe(0)
    expect(run.stderr.split('Messages to')).toHaveLength(warning === null ? 1 : 2)
    expect(run.stderr).toContain(warning ?? '')
    expect(run.stderr).not.toContain('SECRET-PART')
  })

  test('as the config file says, with what it says of kinds and severities', async () => {
    const [all, gone] = [await receiver(), await receiver()]
    const config = join(folder, 'told.yaml')
    await writeFile(
      config,
      [
        'version: 1',
        `chains: { net: { id: 777777, rpc: "${from('NODE')}" } }`,
        `accounts: [{ address: "${account}", label: treasury }]`,
        'notify:',
        `  - { type: slack, url: "${from('ALL')}" }`,
        `  - { type: webhook, url: "${from('GONE')}", secret: "${from('WORDS')}", on: [resolved], minimumSeverity: high }`,
      ].join('\n'),
    )
    const env = {
      NODE: chain.url,
      ALL: all.url,
      GONE: gone.url,
      WORDS: 'hush',
      WALLET_CHECKUP_CACHE_DIR: join(folder, 'told'),
    }
    for (const age of [7200, 7200, 2]) {
      ageSeconds = age
      const run = await cli(['check', '--config', config, '--rule', 'stale-head', '-o', 'json'], { env })
      expect(run.stderr).toBe('')
    }
    expect([all.messages.length, gone.messages.length]).toEqual([2, 1])
    expect(JSON.parse(all.messages[0]?.text ?? '').text).toContain('treasury')
  })

  test.each([
    ['a variable that is not set', 'slack=NOWHERE', 'The variable NOWHERE, which --notify names, is not set.'],
    [
      'a variable without a web address',
      'slack=WORD',
      'The variable WORD, which --notify names, holds no web address.',
    ],
    ['a kind that there is not', 'pager=WORD', '--notify cannot have this value.'],
    ['a chat without its second variable', 'telegram=WORD', '--notify cannot have this value.'],
    ['a value in the place of a variable', 'slack=my-own-secret', '--notify cannot have this value.'],
  ])('with %s is refused before anything is asked', async (_, given, expected) => {
    const before = chain.requests.length
    const run = await cli([account, '--rpc-url', chain.url, '--notify', given], { env: { WORD: 'swordfish' } })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(expected)
    expect(run.stderr).not.toMatch(/swordfish|my-own-secret/)
    expect(chain.requests.length).toBe(before)
  })
})

test('a watch tells what changed between its runs, also without a cache, and says it in its line', async () => {
  const there = await receiver()
  ageSeconds = 2
  const run = await cli(
    ['watch', account, '--rpc-url', chain.url, '--rule', 'stale-head', '--every', '1s', '--listen', 'off'].concat([
      '--no-cache',
      '--notify',
      'slack=SLACK',
    ]),
    {
      env: { SLACK: there.url },
      onStart: (child) =>
        child.stderr?.on('data', (chunk) => {
          const text = String(chunk)
          if (text.includes('Run 1:')) ageSeconds = 7200
          if (text.includes('1 new')) ageSeconds = 2
          // The line does not wait for the message.
          const isTold = () => there.messages.length === 2
          if (text.includes('1 resolved')) void vi.waitUntil(isTold, patience).then(() => child.kill('SIGTERM'))
        }),
    },
  )
  expect(run.exitCode).toBe(143)
  expect(there.messages).toHaveLength(2)
  expect(run.stderr).toMatch(/Run \d+: High 1; 1 new; /)
  expect(run.stderr).toMatch(/Run \d+: no findings; 1 resolved; /)
})

test('a watch says of each run anew that the same message did not arrive, and counts it in its metrics', async () => {
  const there = await receiver(() => ({ status: 401 }))
  ageSeconds = 7200
  let said = ''
  const sentence = `The message to ${there.host} was not delivered (HTTP 401; tries: 1).`
  const isTwice = () => said.split(sentence).length > 2
  const watched = ['watch', account, '--rpc-url', chain.url, '--rule', 'stale-head', '--every', '1s']
  let metrics = ''
  const run = await cli([...watched, '--listen', '127.0.0.1:0', '--notify', 'slack=SLACK'], {
    env: { SLACK: `${there.url}/SECRET-PART` },
    onStart: (child) => {
      child.stderr?.on('data', (chunk) => {
        said += chunk
      })
      const isCounted = async () => {
        metrics = await (await fetch(/http:\/\/\S+\/metrics/.exec(said)?.[0] ?? '')).text()
        return metrics.includes('notifications')
      }
      void vi
        .waitUntil(isTwice, patience)
        .then(() => vi.waitUntil(isCounted, patience))
        .finally(() => child.kill('SIGTERM'))
    },
  })
  expect(run.exitCode).toBe(143)
  expect(run.stderr).toMatch(/Run 1: High 1; /)
  expect(run.stderr).toMatch(/Run 2: High 1; /)
  expect(metrics).toMatch(/notifications\{status="failed"\} 1\n/)
  expect(run.stderr).not.toContain('SECRET-PART')
})

test('a pipe gets one report, with what became of the message', async () => {
  const there = await receiver()
  const pipe = join(folder, 'pipe')
  await promisify(execFile)('mkfifo', [pipe])
  const reading = readFile(pipe, 'utf8')
  const run = await cli(
    [account, '--rpc-url', chain.url, '--rule', 'stale-head', '-o', `json=${pipe}`, '--notify', 'slack=SLACK'],
    { env: { SLACK: there.url, WALLET_CHECKUP_CACHE_DIR: join(folder, 'cache-of-the-pipe') } },
  )
  expect(run.exitCode).toBe(1)
  const report = reportSchema.parse(JSON.parse(await reading))
  expect(report.run.deliveries).toMatchObject([{ kind: 'slack', status: 'delivered' }])
})

describe('a receiver that does not answer', () => {
  test('holds back no file and no baseline, and what became of its message is written into the file', async () => {
    const there = await receiver(() => 'never')
    const [file, baseline] = [join(folder, 'held.json'), join(folder, 'held-baseline.json')]
    ageSeconds = 7200
    const written: string[] = []
    const run = await cli(
      [account, '--rpc-url', chain.url, '--rule', 'stale-head', '-o', 'table', '-o', `json=${file}`].concat([
        '--baseline',
        baseline,
        '--update-baseline',
        '--notify',
        'slack=SLACK',
      ]),
      {
        env: { SLACK: there.url },
        onStart: (child) =>
          void vi
            .waitUntil(() => there.messages.length > 0, patience)
            .then(async () => {
              for (const name of [file, baseline]) written.push(await readFile(name, 'utf8').catch(() => 'missing'))
            })
            .finally(() => child.kill('SIGINT')),
      },
    )
    expect(run.exitCode).toBe(130)
    const [first, kept] = written.map((text) => reportSchema.parse(JSON.parse(text)))
    expect([first?.run.deliveries, first?.result.summary.findings.high]).toEqual([undefined, 1])
    expect(kept?.result.summary.findings.high).toBe(1)
    const last = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    expect(last.run.deliveries).toMatchObject([{ kind: 'slack', status: 'failed' }])
    expect(last.result).toEqual(first?.result)
    expect(run.stdout).toContain('stale-head')
  })

  test('holds back neither the line of a watch nor its health and its metrics', async () => {
    const there = await receiver(() => 'never')
    ageSeconds = 7200
    let said = ''
    let beforeEnd = ''
    let seen: { readonly health: unknown; readonly metrics: string } | null = null
    const watched = ['watch', account, '--rpc-url', chain.url, '--rule', 'stale-head', '--every', '1h']
    const run = await cli([...watched, '--listen', '127.0.0.1:0', '--notify', 'slack=SLACK'], {
      env: { SLACK: there.url },
      onStart: (child) => {
        child.stderr?.on('data', (chunk) => {
          said += chunk
        })
        void vi
          .waitUntil(() => there.messages.length > 0 && said.includes('Run 1: High 1; '), patience)
          .then(async () => {
            const place = /http:\/\/(\S+)\/metrics/.exec(said)?.[1] ?? ''
            const health = await (await fetch(`http://${place}/healthz`)).json()
            beforeEnd = said
            seen = { health, metrics: await (await fetch(`http://${place}/metrics`)).text() }
          })
          .finally(() => child.kill('SIGTERM'))
      },
    })
    expect(run.exitCode).toBe(143)
    expect(seen).toMatchObject({ health: { status: 'ok' }, metrics: expect.stringContaining('stale-head') })
    // It was not told, and nobody gave it up before the watch ended.
    expect(beforeEnd).not.toContain('was not delivered')
    expect(run.stderr).toContain('was not delivered')
  })
})
