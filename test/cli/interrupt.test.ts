import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import { cli } from '../support/cli.ts'
import type { JsonRpcServer } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let slow: JsonRpcServer
let asked: () => void = () => {}

beforeAll(async () => {
  const never = () => {
    asked()
    return new Promise<never>(() => {})
  }
  slow = await startSmallChain({ over: { eth_getLogs: never } })
})
afterAll(() => slow.close())

/** Sends the signals, 200 ms apart, once the node was asked what it never answers. */
function interrupted(signals: readonly NodeJS.Signals[], nodeFlags: readonly string[] = []) {
  return cli([account, '--rpc-url', slow.url, '-o', 'json'], {
    nodeFlags,
    onStart: (child) => {
      asked = () => {
        asked = () => {}
        for (const [index, signal] of signals.entries()) setTimeout(() => child.kill(signal), 200 * index)
      }
    },
  })
}

describe('a run that is interrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s reports what was read, and ends in %i', async (signal, exitCode) => {
    const run = await interrupted([signal])
    expect(run.exitCode).toBe(exitCode)
    expect(run.stderr).toContain('Stopping.')
    const report = reportSchema.parse(JSON.parse(run.stdout))
    expect(report.run.interrupted).toBe(true)
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
    const outcomes = report.result.targets[0]?.outcomes ?? []
    expect(outcomes.find(({ ruleId }) => ruleId === 'stale-head')?.status).toBe('passed')
    expect(outcomes.find(({ ruleId }) => ruleId === 'unlimited-allowance')?.status).toBe('inconclusive')
  })

  test('twice ends at once, though it is still busy', async () => {
    const deaf = 'data:text/javascript,AbortController.prototype.abort = () => {}'
    const run = await interrupted(['SIGINT', 'SIGINT'], ['--import', deaf])
    expect(run).toMatchObject({ exitCode: 130, stdout: '' })
  })
})
