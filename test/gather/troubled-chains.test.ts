import { afterEach, describe, expect, test } from 'vitest'
import { type GatherOptions, gatherMany, judgeMany, type Report } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import type { Handler, JsonRpcServer, Reply } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

/** Nobody has listed anything on these. */
const [first, second, third] = [777_101, 777_102, 777_103]
const servers: JsonRpcServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

type Over = Readonly<Record<string, Handler | Reply>>

async function startChain(chainId: number, over: Over = {}): Promise<JsonRpcServer> {
  const server = await startSmallChain({ over: { eth_chainId: { result: `0x${chainId.toString(16)}` }, ...over } })
  servers.push(server)
  return server
}

const startedAtMs = Date.now()
function targetsAt({ url }: JsonRpcServer, chainId: number, count: number): readonly GatherOptions[] {
  const places = Array.from({ length: count }, (_, index) => at(index + 1))
  return places.map((address) => ({ address, rpcUrl: url, chainId, now: () => startedAtMs }))
}

function targetsOf(report: Report, chainId: number) {
  return report.result.targets.filter(({ chain }) => chain?.id === chainId)
}

function statusesOf(report: Report, chainId: number): ReadonlySet<string> {
  return new Set(targetsOf(report, chainId).flatMap(({ outcomes }) => outcomes.map(({ status }) => status)))
}

describe('several chains in one run', () => {
  test('one that dies half-way leaves the others whole, and the run incomplete', async () => {
    const healthy = await startChain(first)
    let answers = 0
    const dying = await startChain(second, {
      // The block and the balances are told, and then there is nobody any more.
      eth_getLogs: () => {
        answers++
        return { breaks: 'before' }
      },
      eth_getTransactionCount: () => ({ breaks: 'before' }),
      txpool_contentFrom: () => ({ breaks: 'before' }),
    })
    const gathered = await gatherMany([...targetsAt(dying, second, 5), ...targetsAt(healthy, first, 5)])
    const report = judgeMany(gathered)
    expect(answers).toBeGreaterThan(0)
    expect(targetsOf(report, first).map(({ verdict }) => verdict)).toEqual(Array(5).fill('no-findings'))
    expect(statusesOf(report, first)).not.toContain('inconclusive')
    expect(targetsOf(report, second).map(({ verdict }) => verdict)).toEqual(Array(5).fill('inconclusive'))
    expect(statusesOf(report, second)).toContain('inconclusive')
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
    const alone = judgeMany(await gatherMany(targetsAt(healthy, first, 5)))
    expect(targetsOf(report, first)).toEqual(alone.result.targets)
  }, 60_000)

  test('a finding on one of them outranks what another would not tell', async () => {
    const healthy = await startChain(first)
    const other = await startChain(third)
    const gathered = await gatherMany([...targetsAt(healthy, first, 2), ...targetsAt(other, second, 2)])
    const report = judgeMany(gathered)
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 1 })
    expect(statusesOf(report, first)).not.toContain('inconclusive')
  })

  test('one that limits its rate inside batches is read all the same', async () => {
    const refused = new Set<unknown>()
    const limited: Handler = ({ params: [account] }) => {
      if (refused.has(account)) return { result: '0xde0b6b3a7640000' }
      refused.add(account)
      return { error: { code: 429, message: 'Too many requests' } }
    }
    const slow = await startChain(third, { eth_getBalance: limited })
    const report = judgeMany(await gatherMany(targetsAt(slow, third, 20)))
    expect(refused.size).toBe(20)
    expect(report.result.summary).toMatchObject({ complete: true, exitCode: 0 })
    expect(new Set(report.result.targets.map(({ seen }) => seen?.balance))).toEqual(new Set(['1000000000000000000']))
  }, 30_000)
})

describe('several accounts of one chain', () => {
  const bad = at(3)
  test.each<[string, Reply]>([
    ['refuses', { error: { code: -32000, message: 'this account is not for you' } }],
    ['answers nonsense about', { result: 'nonsense' }],
    ['leaves out the answer about', { result: null }],
  ])(
    'a node that %s one of them gives the others all they need',
    async (_, reply) => {
      const balance: Handler = ({ params: [account] }) => (account === bad ? reply : { result: '0xde0b6b3a7640000' })
      const code: Handler = ({ params: [account] }) => (account === bad ? reply : { result: '0x' })
      const count: Handler = ({ params: [account] }) => (account === bad ? reply : { result: '0x0' })
      const chain = await startChain(first, {
        eth_getBalance: balance,
        eth_getCode: code,
        eth_getTransactionCount: count,
      })
      const report = judgeMany(await gatherMany(targetsAt(chain, first, 6)))
      const verdicts = report.result.targets.map(({ account, verdict }) => [account === bad, verdict])
      expect(verdicts).toEqual(
        [1, 2, 3, 4, 5, 6].map((place) => [place === 3, place === 3 ? 'inconclusive' : 'no-findings']),
      )
    },
    30_000,
  )

  test('are told the same, however the answers come in', async () => {
    const results = new Set<string>()
    const fixed = { eth_getBalance: '0xde0b6b3a7640000', eth_getCode: '0x', eth_getTransactionCount: '0x0' } as const
    for (const [slow, result] of Object.entries(fixed)) {
      const late: Handler = async ({ params: [account] }) => {
        // The first account's answer comes last.
        await new Promise((resolve) => setTimeout(resolve, 40 - 5 * Number(BigInt(String(account)) % 7n)))
        return { result }
      }
      const chain = await startChain(first, { [slow]: late })
      const { targets } = judgeMany(await gatherMany(targetsAt(chain, first, 6).toReversed())).result
      // Times of blocks are the server's own.
      results.add(JSON.stringify(targets.map(({ block, ...target }) => target)))
    }
    expect(results.size).toBe(1)
  }, 30_000)
})
