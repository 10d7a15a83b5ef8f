import { afterEach, describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { type CliRun, cli } from '../support/cli.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let chain: JsonRpcServer | undefined
afterEach(() => chain?.close())

async function check(...options: readonly string[]): Promise<CliRun & { readonly asked: readonly string[] }> {
  chain = await startSmallChain()
  const run = await cli([account, '--rpc-url', chain.url, '-o', 'json', '--no-cache', ...options])
  return { ...run, asked: chain.requests.map(({ method }) => method) }
}

const reportOf = ({ stdout }: CliRun) => reportSchema.parse(JSON.parse(stdout)).result

describe('--quick', () => {
  test('asks for no logs, and is never complete', async () => {
    const run = await check('--quick')
    expect(run.asked).not.toContain('eth_getLogs')
    expect(run.exitCode).toBe(3)
    const { summary, targets } = reportOf(run)
    expect(summary.complete).toBe(false)
    expect(targets[0]?.verdict).toBe('inconclusive')
    expect(run.stdout).toContain('"code":"logs-not-asked"'.replace(':', ': '))
  })

  test('the same check without it is complete: the test above can fail', async () => {
    const run = await check()
    expect(run.asked).toContain('eth_getLogs')
    expect(run.exitCode).toBe(0)
  })
})

describe('--max-requests', () => {
  test('is kept, and what was not asked is missing with that reason', async () => {
    const run = await check('--max-requests', '6')
    // The sixth is taken back when nobody waits for it any more: its fact lacks the seventh.
    expect([5, 6]).toContain(run.asked.length)
    expect(run.exitCode).toBe(3)
    expect(run.stdout).toContain('request-budget-used')
    expect(reportOf(run).summary.complete).toBe(false)
  })

  test('that is enough changes nothing', async () => {
    expect((await check('--max-requests', '5000')).exitCode).toBe(0)
  })
})

test('--max-rps slows the run down', async () => {
  const started = performance.now()
  const run = await check('--max-rps', '20', '--quick')
  // The first request leaves at once.
  expect(performance.now() - started).toBeGreaterThan((run.asked.length - 1) * 50)
  expect(run.asked.length).toBeGreaterThan(5)
})
