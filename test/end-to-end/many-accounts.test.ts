import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from '../../fixtures/chains/demo.ts'
import { friend } from '../../fixtures/chains/demo-actors.ts'
import { checkup, createCache, type GatherOptions, gatherMany, judgeMany, type Report } from '../../src/index.ts'

let demo: Demo
let directory: string
beforeAll(async () => {
  demo = await startDemo()
  directory = await mkdtemp(join(tmpdir(), 'many-accounts-'))
}, 60_000)
afterAll(async () => {
  await demo.node.stop()
  await rm(directory, { recursive: true })
})

const startedAtMs = Date.now()
const optionsFor = (address: Address): GatherOptions => ({ address, rpcUrl: demo.node.url, now: () => startedAtMs })
const targetsOf = (report: Report) => Object.fromEntries(report.result.targets.map((one) => [one.account, one]))

describe('accounts that are read together', () => {
  test('are told byte for byte what each is told alone, for fewer requests', async () => {
    const accounts = [demo.sick, demo.well, friend]
    const together = judgeMany(await gatherMany(accounts.map(optionsFor)))
    const alone = await Promise.all(accounts.map((address) => checkup(optionsFor(address))))
    const targets = targetsOf(together)
    for (const report of alone) {
      const [own] = report.result.targets
      expect(JSON.stringify(targets[own?.account ?? ''])).toBe(JSON.stringify(own))
    }
    const requests = ({ run }: Report) => run.endpoints.reduce((sum, one) => sum + one.requests, 0)
    expect(together.run.endpoints).toHaveLength(1)
    expect(requests(together)).toBeLessThan(alone.map(requests).reduce((sum, one) => sum + one) - 30)
  }, 60_000)

  test('have each their own kept logs: a later run of one alone, or of others with it, reads what it misses', async () => {
    const store = createCache({ directory })
    try {
      const read = async (accounts: readonly Address[]) =>
        judgeMany(await gatherMany(accounts.map((address) => ({ ...optionsFor(address), store }))))
      await read([demo.sick, demo.well])
      const again = targetsOf(await read([demo.sick, friend]))
      for (const address of [demo.sick, friend]) {
        const [own] = (await checkup(optionsFor(address))).result.targets
        expect(JSON.stringify(again[own?.account ?? ''])).toBe(JSON.stringify(own))
      }
    } finally {
      await store.close()
    }
  }, 60_000)
})
