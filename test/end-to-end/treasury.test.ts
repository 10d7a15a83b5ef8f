/** The real command over a config of fifty accounts on three troubled chains, as a pipeline runs it every hour. */
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { type CliRun, cli } from '../support/cli.ts'
import {
  countTags,
  flawsOfJunit,
  flawsOfOpenMetrics,
  flawsOfSarif,
  readCsv,
  readJunit,
  readPrometheus,
  readWorkflowCommands,
  renderMarkdown,
} from '../support/format-readers.ts'
import {
  accountOf,
  type ChainName,
  chainIds,
  counts,
  labelOf,
  startTreasury,
  type Treasury,
} from './support/treasury.ts'

let treasury: Treasury
let folder: string
beforeAll(async () => {
  treasury = await startTreasury()
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-treasury-'))
  await writeFile(join(folder, 'wallet-checkup.config.yaml'), configText())
}, 120_000)
afterAll(async () => {
  await treasury.stop()
  await rm(folder, { recursive: true })
})

const names = Object.keys(counts) as readonly ChainName[] // of a table of our own

function configText(): string {
  const accounts = names.flatMap((chain) =>
    Array.from({ length: counts[chain] }, (_, index) => [
      `  - address: "${accountOf(chain, index + 1)}"`,
      `    label: ${labelOf(chain, index + 1)}`,
      `    chains: [${chain}]`,
    ]),
  )
  const chains = names.map((name) => `  ${name}: { id: ${chainIds[name]}, rpc: "\${${name.toUpperCase()}_RPC}" }`)
  // The age of the newest block differs between two runs.
  return ['version: 1', 'chains:', ...chains, 'rules: { stale-head: off }', 'accounts:', ...accounts.flat(), ''].join(
    '\n',
  )
}

const inFolder = (file: string) => join(folder, file)
const readText = (file: string) => readFileSync(inFolder(file), 'utf8')
const readReport = (file: string): Report => reportSchema.parse(JSON.parse(readText(file)))

function check(args: readonly string[], onStart?: (child: ChildProcess) => void): Promise<CliRun> {
  const setting = { cwd: folder, env: treasury.env, ...(onStart !== undefined && { onStart }) }
  return cli(['check', '--quiet', ...args], setting)
}

/** `rule: severity` of each finding of an account. */
function found({ outcomes }: Report['result']['targets'][number]): readonly string[] {
  return outcomes.flatMap((outcome) =>
    outcome.status === 'found' ? outcome.findings.map(({ ruleId, severity }) => `${ruleId}: ${severity}`) : [],
  )
}

const files = {
  json: 'report.json',
  markdown: 'summary.md',
  sarif: 'findings.sarif',
  csv: 'findings.csv',
  junit: 'junit.xml',
  github: 'annotations.txt',
  openmetrics: 'wallets.prom',
  calls: 'calls.jsonl',
} as const

describe('fifty accounts on three chains: one dies half-way, one limits its rate, one is another chain', () => {
  let run: CliRun
  let report: Report
  beforeAll(async () => {
    treasury.dieAfter(3)
    run = await check([
      '-o',
      'table',
      ...Object.entries(files).flatMap(([format, file]) => ['-o', `${format}=${file}`]),
    ])
    report = readReport(files.json)
  })
  const of = (chain: ChainName) => report.result.targets.filter(({ label }) => label?.startsWith(chain))

  test('end in 1, because something grave was found, and say that not all could be checked', () => {
    expect(run).toMatchObject({ exitCode: 1, stderr: '' })
    expect(report.result.summary).toMatchObject({ exitCode: 1, complete: false })
    expect(report.result.targets).toHaveLength(50)
    expect(new Set(report.result.targets.map(({ account }) => account)).size).toBe(50)
  })

  test('are all read where the rate is limited', () => {
    expect(treasury.limited()).toBeGreaterThan(0)
    const targets = of('payments')
    expect(Object.fromEntries(targets.map((target) => [target.label, found(target)]))).toEqual(
      Object.fromEntries(targets.map(({ label }, index) => [label, expectedOfPayments(index + 1)])),
    )
    const unread = targets.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status === 'inconclusive'))
    expect(unread).toEqual([])
  })

  test('are told as not checked where the chain died, but for what it told before', () => {
    expect(treasury.gates.payroll.calls.length).toBeGreaterThan(10)
    const targets = of('payroll')
    expect(targets.map(({ verdict }) => verdict)).toEqual(Array(counts.payroll).fill('inconclusive'))
    expect(targets.flatMap(found)).toEqual([])
    const statuses = (ruleId: string) =>
      new Set(
        targets.flatMap(({ outcomes }) => outcomes.filter((one) => one.ruleId === ruleId).map((one) => one.status)),
      )
    expect(statuses('unlimited-allowance')).toEqual(new Set(['inconclusive']))
    expect(statuses('malicious-delegate')).toEqual(new Set(['passed']))
  })

  test('are named to no endpoint of another chain', () => {
    const targets = of('vault')
    expect(targets.map(found)).toEqual(Array(counts.vault).fill(['wrong-chain-endpoint: critical']))
    const asked = JSON.stringify(treasury.gates.vault.calls).toLowerCase()
    expect(asked).toContain('eth_chainid')
    for (const { account } of targets) expect(asked).not.toContain(account.slice(2).toLowerCase())
  })

  test('come in the order of their chains and addresses', () => {
    const place = ({ chain, account }: Report['result']['targets'][number]) => [chain?.id ?? 0, account.toLowerCase()]
    const places = report.result.targets.map(place)
    expect(places).toEqual(
      places.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1)),
    )
  })

  test('are in every format, each as its readers take it', async () => {
    expect(run.stdout).toContain('payroll-20')
    const sarif = JSON.parse(readText(files.sarif)).runs[0]
    expect(flawsOfSarif(readText(files.sarif))).toEqual([])
    expect(sarif.results).toHaveLength(report.result.targets.flatMap(found).length)
    expect(sarif.invocations).toMatchObject([{ executionSuccessful: false, exitCode: 1 }])
    expect(await flawsOfJunit([readText(files.junit)])).toEqual([])
    expect(readJunit(readText(files.junit))).toHaveLength(50)
    const [header = [], ...rows] = readCsv(readText(files.csv))
    expect(header).toContain('Account')
    const { findings, outcomes } = report.result.summary
    const told = Object.values(findings).reduce((sum, one) => sum + one) + outcomes.inconclusive
    // The file switches one check off, for each of the fifty.
    const switchedOff = report.result.targets.flatMap((target) => target.switchedOff ?? [])
    expect(switchedOff).toEqual(Array(50).fill('stale-head'))
    expect(rows).toHaveLength(told + 50)
    const html = countTags(renderMarkdown(readText(files.markdown)))
    expect(html).toMatchObject({ h1: 1 })
    expect(html).not.toHaveProperty('img')
    const kinds = readWorkflowCommands(readText(files.github)).map(({ name }) => name)
    expect(new Set(kinds)).toEqual(new Set(['error', 'warning', 'notice']))
    expect(flawsOfOpenMetrics(readText(files.openmetrics))).toEqual([])
    expect(readPrometheus(readText(files.openmetrics)).map(({ name }) => name)).toContain('wallet_checkup_findings')
    const calls = readText(files.calls)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(calls).toHaveLength(6)
  })

  test('stand at the line of the config that declares each', () => {
    const lines = readText('wallet-checkup.config.yaml').split('\n')
    const { results } = JSON.parse(readText(files.sarif)).runs[0]
    const approvalToPerson = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'approval-to-account')
    const { artifactLocation, region } = approvalToPerson.locations[0].physicalLocation
    expect(artifactLocation.uri).toBe('wallet-checkup.config.yaml')
    expect(lines[region.startLine - 1]).toContain(accountOf('payments', 6))
  })
})

/** What the sixth account gave to a person outranks what its token says. */
function expectedOfPayments(place: number): readonly string[] {
  if (place === 6) return ['approval-to-account: high']
  return place < 6 ? ['unlimited-allowance: low'] : []
}

test('a run that was killed half-way, and made again, tells the same for fewer requests', async () => {
  // Whatever its clock, the second chain gives no logs and all else.
  treasury.dieAfter(0)
  const asked = async (file: string, cache: string, onStart?: (child: ChildProcess) => void) => {
    const before = { calls: treasury.gates.payments.calls.length, ranges }
    const run = await check(['-o', `json=${file}`, '--cache-dir', inFolder(cache)], onStart)
    return { ...run, calls: treasury.gates.payments.calls.length - before.calls, ranges: ranges - before.ranges }
  }
  let ranges = 0
  let onRange = () => {}
  treasury.onLogs(() => {
    ranges++
    onRange()
  })
  const undisturbed = await asked('undisturbed.json', 'cache-1')
  expect(undisturbed.exitCode).toBe(1)

  const killed = await asked('killed.json', 'cache-2', (child) => {
    const from = ranges
    onRange = () => {
      if (ranges - from === Math.floor((undisturbed.ranges * 3) / 4)) child.kill('SIGKILL')
    }
  })
  onRange = () => {}
  expect(killed.exitCode).toBeNull()
  expect(existsSync(inFolder('killed.json'))).toBe(false)

  const repeated = await asked('repeated.json', 'cache-2')
  expect(repeated.exitCode).toBe(1)
  expect(JSON.stringify(readReport('repeated.json').result)).toBe(JSON.stringify(readReport('undisturbed.json').result))
  expect(repeated.ranges).toBeLessThan(undisturbed.ranges)
  expect(repeated.calls).toBeLessThan(undisturbed.calls)
})
