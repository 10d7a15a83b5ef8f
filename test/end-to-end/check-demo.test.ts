/** The sick and the well account of the demo chain, through the real command and a real node. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listedDelegate, stranger } from '../../fixtures/chains/demo-actors.ts'
import { permit2Address } from '../../fixtures/chains/preinstalls.ts'
import type { Report } from '../../src/core/report.ts'
import { checkup } from '../../src/index.ts'
import { type CliRun, cli } from '../support/cli.ts'
import {
  type DemoCheck,
  findings,
  inShort,
  outcomes,
  startDemoCheck,
  statuses,
  subjectWords,
} from './support/demo-check.ts'
import { reportOf } from './support/report-of.ts'

let demoCheck: DemoCheck
let folder: string
let sickRun: CliRun
let wellRun: CliRun
let sickReport: Report
const factsFile = () => join(folder, 'facts.json')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
  demoCheck = await startDemoCheck()
  const { demo, check } = demoCheck
  sickRun = await check(demo.sick, '-o', 'json', '--save-facts', factsFile())
  wellRun = await check(demo.well, '-o', 'json')
  sickReport = reportOf(sickRun)
}, 120_000)
afterAll(async () => {
  await demoCheck?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the sick account', () => {
  test('exactly what is wrong is found', () => {
    const { demo } = demoCheck
    const { sick, stuck, queued, history, actors } = demo
    const { harbor, dollar, maker, lantern, bonus, nft, exchange, market, drainer } = actors
    const grant = (token: string, spender: string) => `${getAddress(token)} ${sick} ${getAddress(spender)}`
    const expected = [
      `high unlisted-token-with-balance/not-shown token ${getAddress(lantern)}`,
      `info unlisted-token-with-balance/bait token ${getAddress(bonus)}`,
      'high insufficient-gas-coin/short-with-delegate account',
      `high stuck-transaction/below-base-fee nonce ${stuck.nonce}`,
      `high nonce-gap/one nonce ${stuck.nonce + 1}`,
      `high unaffordable-queue/short-with-delegate nonce ${queued.nonce}`,
      'medium delegated-inflight-limit/several account',
      `medium failed-transactions/reverted transaction ${history.reverted.transactionHash}`,
      `medium failed-transactions/out-of-gas transaction ${history.outOfGas.transactionHash}`,
      `medium overpaid-gas/above-block transaction ${history.overpaid.transactionHash}`,
      'medium unusual-gas-spending/above-habit account',
      `critical drainer-approval/erc20 allowance ${grant(dollar, drainer)}`,
      `high approval-to-account/never-used allowance ${grant(harbor, stranger)}`,
      `medium unlimited-allowance/held allowance ${grant(harbor, exchange)}`,
      `low unlimited-allowance/permit2 allowance ${grant(maker, permit2Address)}`,
      `medium operator-approval/operator operator ${grant(nft, market)}`,
      `medium permit2-grant/held allowance ${grant(maker, market)} ${permit2Address}`,
      `critical malicious-delegate/listed delegate ${listedDelegate}`,
    ]
    expect(findings(sickReport).map(inShort).sort()).toEqual(expected.sort())
  })

  test('every rule was evaluated completely, and the verdict and the exit code say what was found', () => {
    const [target] = sickReport.result.targets
    expect(sickRun.exitCode).toBe(1)
    expect(sickReport.result.summary).toMatchObject({ complete: true, exitCode: 1 })
    expect(sickReport.result.summary.outcomes.inconclusive).toBe(0)
    expect(target?.verdict).toBe('critical')
    expect(target?.account).toBe(demoCheck.demo.sick)
    expect(target?.coverage.flatMap(({ gaps }) => gaps)).toEqual([])
    expect(outcomes(sickReport).length).toBeGreaterThanOrEqual(18)
  })

  test('the fees to set take the place of the stuck ones and outbid the next block', () => {
    const { sick, stuck } = demoCheck.demo
    const [finding] = findings(sickReport, 'stuck-transaction')
    // The next base fee is 40 gwei and the middle tip 1 gwei: twice the former, and the old tip of 1 gwei plus a tenth.
    const fees = { maxFeePerGas: '81100000000', maxPriorityFeePerGas: '1100000000' }
    const call = { chainId: 31337, data: '0x', value: '0', nonce: stuck.nonce, ...fees }
    expect(finding?.remedy).toEqual([
      { ...call, to: stuck.to, gasLimit: '21000', purpose: 'speed-up' },
      { ...call, to: sick, purpose: 'cancel' },
    ])
    expect(finding?.steps.join('\n')).toContain('81.1 gwei')
  })

  test('every call says what it is for', () => {
    const purposes = findings(sickReport).flatMap(({ ruleId, remedy = [] }) =>
      remedy.map(({ purpose }) => `${ruleId} ${purpose}`),
    )
    expect([...new Set(purposes)].sort()).toEqual([
      'approval-to-account revoke',
      'drainer-approval revoke',
      'nonce-gap fill-nonce',
      'operator-approval revoke',
      'permit2-grant revoke',
      'stuck-transaction cancel',
      'stuck-transaction speed-up',
      'unaffordable-queue cancel',
      'unlimited-allowance revoke',
    ])
  })

  test('the missing coin is what one token transfer costs, less the balance', () => {
    const [finding] = findings(sickReport, 'insufficient-gas-coin')
    // 65,000 gas at twice 40 gwei and 1 gwei, less 0.0015 ETH.
    expect(finding?.data.missing).toMatchObject({ value: String(65_000n * 81_000_000_000n - 1_500_000_000_000_000n) })
  })

  test('the lists that decided are named with their dates', () => {
    const lists = sickReport.run.lists.map(({ name }) => name)
    expect(lists.some((name) => name.includes('demo-threats'))).toBe(true)
    const [drainer] = findings(sickReport, 'drainer-approval')
    expect(drainer?.evidence.filter(({ kind }) => kind === 'list')).toEqual([
      { kind: 'list', name: expect.stringContaining('demo-threats'), date: expect.stringMatching(/^\d{4}-\d\d-\d\d/) },
    ])
  })

  test('the hostile name is harmless in JSON, in the table, and in the saved facts', async () => {
    const table = await cli(['check', '--facts', factsFile(), '-o', 'table', '--no-color'])
    for (const text of [sickRun.stdout, table.stdout, await readFile(factsFile(), 'utf8')]) {
      // The escape character, the reading-direction override, the bell: none of them may reach a terminal.
      for (const harmful of ['\u001b', '\u202e', '\u0007']) expect(text).not.toContain(harmful)
      expect(text).not.toMatch(/^\[ok\] no findings/m)
    }
  }, 60_000)
})

describe('lists and the wallet', () => {
  test('without the threat list and the word of the wallet, what they decided is not claimed', async () => {
    const { demo } = demoCheck
    await demo.refresh()
    const report = await checkup({ address: demo.sick, rpcUrl: demo.node.url })
    const tokens = findings(report, 'unlisted-token-with-balance')
    const lantern = tokens.find(({ subject }) => subjectWords(subject) === `token ${getAddress(demo.actors.lantern)}`)
    // MetaMask looks for no tokens on a development chain, and no bundled list has any.
    expect(lantern).toMatchObject({ messageId: 'no-detection', severity: 'medium', confidence: 'likely' })
    expect(statuses(report)).toMatchObject({
      'wrong-chain-endpoint': 'not-applicable',
      'drainer-approval': 'not-applicable',
      'exploited-spender-approval': 'not-applicable',
    })
  })
})

describe('the well account', () => {
  test('has no findings, every rule passed or does not apply, and the exit code is 0', () => {
    const report = reportOf(wellRun)
    expect(findings(report)).toEqual([])
    expect(new Set(Object.values(statuses(report)))).toEqual(new Set(['passed', 'not-applicable']))
    expect(report.result.targets[0]?.verdict).toBe('no-findings')
    expect(report.result.summary).toMatchObject({ complete: true, exitCode: 0 })
    expect(wellRun.exitCode).toBe(0)
    // Not a terminal: no progress, and nothing to warn of.
    expect(wellRun.stderr).toBe('')
  })

  test('what was looked at for it passed rather than did not apply', () => {
    const names = Object.entries(statuses(reportOf(wellRun)))
    const notApplicable = names.filter(([, status]) => status === 'not-applicable').map(([ruleId]) => ruleId)
    // It is no Safe and has no delegate; four transactions are too few for a habit; and no list knows an incident on a development chain,
    // nor has anybody said which spenders are expected, or given a list of sanctioned addresses.
    expect(notApplicable).toEqual([
      'disagreeing-endpoints',
      'unexpected-outgoing',
      'balance-drop',
      'safe-owner-changed',
      'unexpected-account-kind',
      'unknown-safe-module',
      'safe-spending-limit',
      'weak-multisig',
      'exploited-spender-approval',
      'unexpected-spender',
      'sanctioned-counterparty',
      'delegated-inflight-limit',
      'invisible-transaction',
      'low-balance',
      'unusual-gas-spending',
    ])
  })
})

describe('saved facts', () => {
  test('give a byte-identical result without a network', async () => {
    const replay = await cli(['check', '--facts', factsFile(), '-o', 'json'])
    expect(replay.exitCode).toBe(1)
    expect(resultText(replay)).toBe(resultText(sickRun))
  }, 60_000)

  test('do not hold the URL they were read from', async () => {
    const saved = await readFile(factsFile(), 'utf8')
    expect(saved).not.toContain(demoCheck.demo.node.url)
  })

  test('read in Japanese too', async () => {
    const { stdout, exitCode } = await cli(['check', '--facts', factsFile(), '--locale', 'ja', '-o', 'table'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('ナンス')
    expect(stdout).toContain('高速化(スピードアップ)')
    expect(stdout).toContain('81.1 gwei')
    for (const { title } of findings(sickReport)) expect(stdout).not.toContain(title)
  }, 60_000)
})

/** The text of `result` as it stands on stdout. */
function resultText({ stdout }: CliRun): string {
  const start = stdout.indexOf('\n  "result":')
  if (start < 0) throw new Error('no result on stdout')
  return stdout.slice(start)
}
