/** A second endpoint that is honest, that lies, that lags and that is dead, behind the real command. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pad, toHex } from 'viem/utils'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { checkup } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { cli } from '../support/cli.ts'
import { type DemoCheck, findings, startDemoCheck, statuses } from './support/demo-check.ts'
import { type Behave, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

let check: DemoCheck
let second: NodeProxy | undefined
beforeAll(async () => {
  check = await startDemoCheck()
}, 60_000)
afterEach(async () => {
  await second?.stop()
  second = undefined
})
afterAll(() => check?.stop())

const serious = (report: ReturnType<typeof reportOf>) =>
  findings(report).filter(({ severity }) => severity === 'critical' || severity === 'high')
const readingsIn = (report: ReturnType<typeof reportOf>) =>
  serious(report).map(({ evidence }) => evidence.find(({ kind }) => kind === 'second-reading'))

/** The sick account, or another, with a second endpoint that behaves so. */
async function checkWith(behave: Behave, more: readonly string[] = [], account = check.demo.sick) {
  second = await startNodeProxy(check.demo.node.url, behave)
  const run = await check.check(
    account,
    '--second-rpc-url',
    `${second.url}/v2/second-key-of-the-test`,
    '-o',
    'json',
    ...more,
  )
  expect(run.stdout + run.stderr).not.toContain('second-key-of-the-test')
  return { ...run, report: reportOf(run), host: new URL(second.url).host }
}

const answer = (result: unknown) => ({ kind: 'answer', result }) as const

describe('without a second endpoint', () => {
  test('every serious finding is read again from the same one, and agrees', async () => {
    const report = reportOf(await check.check(check.demo.sick, '-o', 'json'))
    expect(serious(report).length).toBeGreaterThan(5)
    for (const reading of readingsIn(report)) expect(reading).toMatchObject({ agrees: true, unread: 0 })
    expect(statuses(report)['disagreeing-endpoints']).toBe('not-applicable')
    expect(report.run.endpoints).toHaveLength(1)
    const others = findings(report).filter((finding) => !serious(report).includes(finding))
    expect(others.flatMap(({ evidence }) => evidence).some(({ kind }) => kind === 'second-reading')).toBe(false)
  })

  test('nothing is asked twice where nothing serious was found, or where it is switched off', async () => {
    const requests = async (...args: Parameters<DemoCheck['check']>) =>
      reportOf(await check.check(...args, '-o', 'json')).run.endpoints[0]?.requests ?? 0
    const { sick, well } = check.demo
    expect(await requests(well)).toBe(await requests(well, '--no-second-opinion'))
    expect(await requests(sick)).toBeGreaterThan(await requests(sick, '--no-second-opinion'))
    const off = reportOf(await check.check(sick, '--no-second-opinion', '-o', 'json'))
    expect(readingsIn(off).every((reading) => reading === undefined)).toBe(true)
  }, 60_000)

  test('--quick reads again as well', async () => {
    const report = reportOf(await check.check(check.demo.sick, '--quick', '-o', 'json'))
    expect(readingsIn(report).length).toBeGreaterThan(2)
    for (const reading of readingsIn(report)) expect(reading).toMatchObject({ agrees: true })
  })
})

describe('an honest second endpoint', () => {
  test('agrees, is named, and is said to see the address', async () => {
    const { report, host, stderr, exitCode } = await checkWith(() => pass)
    expect(exitCode).toBe(1)
    for (const reading of readingsIn(report)) expect(reading).toMatchObject({ agrees: true, unread: 0, host })
    expect(statuses(report)['disagreeing-endpoints']).toBe('passed')
    expect(report.run.endpoints[1]).toEqual({ host, requests: expect.any(Number), role: 'second-opinion' })
    expect(stderr).toContain(`Serious findings are read again at ${host}`)
  })

  test('is asked nothing but reads', async () => {
    await checkWith(() => pass)
    expect(second?.asked().every((method) => /^eth_(get|call|chainId|feeHistory)/.test(method))).toBe(true)
  })
})

describe('a second endpoint with another answer', () => {
  test('to an allowance makes the finding disputed, and the finding still counts', async () => {
    const behave: Behave = (method, params) => {
      const [call] = params as readonly { readonly data?: string }[]
      return method === 'eth_call' && call?.data?.startsWith('0xdd62ed3e') ? answer(pad('0x0', { size: 32 })) : pass
    }
    const { report, exitCode, host } = await checkWith(behave)
    expect(exitCode).toBe(1)
    const [drained] = findings(report, 'drainer-approval')
    expect(drained?.disputed).toEqual([{ evidence: 0, first: '6000000000', second: { kind: 'value', value: '0' } }])
    expect(drained?.evidence.at(-1)).toMatchObject({ kind: 'second-reading', agrees: false, host })
    expect(findings(report, 'malicious-delegate')[0]?.disputed).toBeUndefined()
    expect(statuses(report)['disagreeing-endpoints']).toBe('passed')
  })

  test('is shown with both answers, in both languages', async () => {
    second = await startNodeProxy(check.demo.node.url, (method) => (method === 'eth_call' ? answer('0x') : pass))
    const table = (locale: string) =>
      check.check(check.demo.sick, '--second-rpc-url', second?.url ?? '', '--locale', locale, '-o', 'table')
    const [en, ja] = [await table('en'), await table('ja')].map(({ stdout }) => stdout.replaceAll(/\s+/g, ' '))
    expect(en).toContain('drainer-approval (certain, disputed)')
    expect(en).toContain(`: 6000000000. The second answer, from ${new URL(second.url).host}: an empty answer`)
    expect(ja).toContain('drainer-approval(確実、食い違いあり)')
    expect(ja).toMatch(/から読み直した答え: 空の答え/)
  })

  test.each<[string, string, Behave]>([
    ['balance', 'state', (method) => (method === 'eth_getBalance' ? answer('0x1') : pass)],
    ['nonce', 'state', (method) => (method === 'eth_getTransactionCount' ? answer('0x1') : pass)],
    ['code', 'state', (method) => (method === 'eth_getCode' ? answer('0x6001') : pass)],
  ])('about the %s disagrees', async (part, messageId, behave) => {
    const { report, exitCode } = await checkWith(behave, [], check.demo.well)
    expect(exitCode).toBe(1)
    const [found] = findings(report, 'disagreeing-endpoints')
    expect(found).toMatchObject({ messageId, severity: 'high' })
    expect(found?.evidence).toHaveLength(2)
    expect(found?.message).toMatch(new RegExp(`${part}:`, 'i'))
  })

  test('about the block itself follows another chain', async () => {
    const { report } = await checkWith((method, [tag]) => {
      if (method !== 'eth_getBlockByNumber' || tag === 'latest') return pass
      return answer({ number: tag, hash: `0x${'ab'.repeat(32)}`, timestamp: '0x1' })
    })
    expect(findings(report, 'disagreeing-endpoints')[0]).toMatchObject({ messageId: 'block' })
  })

  test('about the newest block, an old one, is behind', async () => {
    const old = { number: '0x2', hash: `0x${'ab'.repeat(32)}`, timestamp: toHex(1_600_000_000) }
    const { report } = await checkWith(
      (method, [tag]) => (method === 'eth_getBlockByNumber' && tag === 'latest' ? answer(old) : pass),
      [],
      check.demo.well,
    )
    expect(findings(report, 'disagreeing-endpoints')[0]).toMatchObject({ messageId: 'head' })
  })

  test('of another chain is told nothing about the account', async () => {
    const asked: string[] = []
    const { report, exitCode } = await checkWith((method) => {
      asked.push(method)
      return method === 'eth_chainId' ? answer('0x1') : pass
    })
    expect(exitCode).toBe(1)
    expect(asked.filter((method) => /Balance|Code|Count|call/.test(method))).toEqual([])
    expect(statuses(report)['disagreeing-endpoints']).toBe('inconclusive')
    for (const reading of readingsIn(report)) {
      expect(reading).toMatchObject({ agrees: null, error: { code: 'second-other-chain' } })
    }
  })
})

describe('a dead second endpoint', () => {
  test('is said in every serious finding, takes none away and disputes none', async () => {
    const plain = reportOf(await check.check(check.demo.sick, '-o', 'json'))
    const { report, exitCode } = await checkWith(() => ({ kind: 'close' }))
    expect(exitCode).toBe(1)
    expect(serious(report).map(({ fingerprint }) => fingerprint)).toEqual(
      serious(plain).map(({ fingerprint }) => fingerprint),
    )
    expect(serious(report).some(({ disputed }) => disputed !== undefined)).toBe(false)
    for (const reading of readingsIn(report)) {
      expect(reading).toMatchObject({ agrees: null, compared: 0, error: { code: 'connection-failed' } })
    }
    expect(statuses(report)['disagreeing-endpoints']).toBe('inconclusive')
  })

  test('leaves a comparison that was asked for unmade', async () => {
    const { exitCode, report } = await checkWith(() => ({ kind: 'close' }), [], check.demo.well)
    expect(exitCode).toBe(3)
    expect(statuses(report)['disagreeing-endpoints']).toBe('inconclusive')
  })
})

test('saved facts hold the second answers: judged again, the result is the same to the byte', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
  const file = join(folder, 'facts.json')
  const { report, host } = await checkWith(
    (method) => (method === 'eth_call' ? answer(pad('0x1', { size: 32 })) : pass),
    ['--save-facts', file],
  )
  expect(findings(report).some(({ disputed }) => disputed !== undefined)).toBe(true)
  const again = reportOf(await cli(['check', '--facts', file, '-o', 'json']))
  expect(JSON.stringify(again.result)).toBe(JSON.stringify(report.result))
  expect(await readFile(file, 'utf8')).toContain(host)
  expect(await readFile(file, 'utf8')).not.toContain('second-key-of-the-test')
  await rm(folder, { recursive: true })
})

describe('the library', () => {
  test('reads again through a second client, and refuses the same endpoint twice', async () => {
    second = await startNodeProxy(check.demo.node.url, () => pass)
    const { sick, chainId, node, refresh } = check.demo
    await refresh()
    const options = { address: sick, chainId, rpcUrl: node.url }
    const report = await checkup({ ...options, secondRpc: createRpcClient({ url: second.url }) })
    const host = new URL(second.url).host
    for (const reading of readingsIn(report)) expect(reading).toMatchObject({ agrees: true, host })
    await expect(checkup({ ...options, secondRpcUrl: `${node.url}/` })).rejects.toMatchObject({
      code: 'invalid-option',
    })
    await expect(
      checkup({ ...options, secondRpcUrl: second.url, secondRpc: createRpcClient({ url: second.url }) }),
    ).rejects.toMatchObject({ code: 'invalid-option' })
  })
})
