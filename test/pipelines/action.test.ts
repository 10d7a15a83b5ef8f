/** The GitHub Action: what it is made of, and its own scripts, run as the runner runs them. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { at } from '../../src/testing.ts'
import { readAction, runAction } from '../support/composite-action.ts'
import { flawsOfSarif, readWorkflowCommands } from '../support/format-readers.ts'
import { startSmallChain } from '../support/small-chain.ts'

const file = resolve(import.meta.dirname, '../../action.yml')
const text = readFileSync(file, 'utf8')
const action = readAction(file)
const { steps } = action.runs
const scripts = steps.flatMap(({ run }) => run ?? [])

describe('the action', () => {
  test('is a composite one whose scripts name their shell', () => {
    expect(action.runs.using).toBe('composite')
    expect(scripts).toHaveLength(3)
    for (const step of steps) if (step.run !== undefined) expect(step.shell).toBe('bash')
  })

  test('puts nothing that anybody gives it into a script', () => {
    for (const script of scripts) expect(script).not.toContain('${{')
  })

  test('pins the actions of others to commits, and says of which release', () => {
    const pinned = /^ +uses: [\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm
    expect(text.match(pinned)).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length)
  })

  test('installs the version that it was released with', () => {
    const { version } = JSON.parse(readFileSync(resolve(file, '../package.json'), 'utf8'))
    expect(action.inputs.version?.default).toBe(version)
  })

  test('uses every input, and says what each is for', () => {
    for (const [name, { description }] of Object.entries(action.inputs)) {
      expect(text.match(new RegExp(`\\binputs\\.${name}\\b`, 'g'))?.length ?? 0, name).toBeGreaterThan(0)
      expect(description.length).toBeGreaterThan(20)
    }
  })

  test('uses options that the command has', () => {
    const help = execFileSync(process.execPath, [inject('command'), 'check', '--help'], { encoding: 'utf8' })
    const options = new Set(scripts.flatMap((script) => script.match(/(?<=[\s"(])--[a-z-]+(?=[\s"=)])/g) ?? []))
    const ofNpm = ['--prefix', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel']
    const ofCommand = [...options].filter((option) => !ofNpm.includes(option))
    expect(ofCommand.length).toBeGreaterThan(10)
    for (const option of ofCommand) expect(help).toContain(` ${option} `)
  })
})

const ops = at(0x0b5)
const from = (variable: string) => `"\${${variable}}"`
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
/** The head of the chain is hours old, which is a finding of low severity. */
const config = (suppressions = '') => `version: 1
chains: { devnet: { id: 31337, rpc: ${from('RPC_URL')} } }
accounts: [{ address: "${ops}", label: ops }]
${suppressions}`
const excused = `suppressions: [{ rule: stale-head, account: ops, reason: a chain at rest, expires: ${day(30)} }]\n`

let folder: string
let chain: Awaited<ReturnType<typeof startSmallChain>>
/** Without logs no approval can be looked for. */
let givesLogs = true
beforeAll(async () => {
  const refused = { error: { code: -32601, message: 'the method does not exist' } }
  const logs = () => (givesLogs ? { result: [] } : refused)
  chain = await startSmallChain({ ageSeconds: 7200, over: { eth_getLogs: logs } })
})
afterAll(() => chain.close())
beforeEach(async () => {
  givesLogs = true
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-action-'))
  await mkdir(join(folder, 'bin'))
  await mkdir(join(folder, 'workspace'))
  // In place of the registry's package: the command of this checkout.
  const link = 'mkdir -p node_modules/.bin && ln -sf "$COMMAND" node_modules/.bin/wallet-checkup'
  await writeFile(join(folder, 'bin/npm'), `#!/bin/sh\necho "npm $*"\n${link}\n`, { mode: 0o755 })
  await chmod(inject('command'), 0o755)
})
afterEach(() => rm(folder, { recursive: true }))

const usualPath = () => [join(folder, 'bin'), join(process.execPath, '..'), process.env.PATH].join(delimiter)

async function run(inputs: Readonly<Record<string, string>>, file: string | null, path = usualPath()) {
  const workspace = join(folder, 'workspace')
  if (file !== null) await writeFile(join(workspace, 'wallet-checkup.config.yaml'), file)
  const env = { PATH: path, LC_ALL: 'C.UTF-8', COMMAND: inject('command'), RPC_URL: chain.url }
  return runAction(action, { inputs, env, workspace, temp: folder })
}

describe('a run of it', () => {
  test('ends in 0 where nothing is above the level, and shows the report', async () => {
    const ended = await run({}, config())
    expect(ended).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '0', sarif: '' } })
    expect(ended.log).toContain('npm install --prefix')
    expect(ended.log).toContain('wallet-checkup@0.1.0')
    expect(ended.summary).toMatch(/^# /)
    expect(ended.summary).toContain('ops')
    const report = JSON.parse(readFileSync(ended.outputs.report ?? '', 'utf8'))
    expect(report.result.summary.exitCode).toBe(0)
  })

  test('ends in 1 where something is, after all that follows the check', async () => {
    const ended = await run({ 'fail-on': 'low', 'upload-sarif': 'true', annotations: 'true' }, config())
    expect(ended).toMatchObject({ exitCode: 1, outputs: { 'exit-code': '1' } })
    const sarif = readFileSync(ended.outputs.sarif ?? '', 'utf8')
    expect(flawsOfSarif(sarif)).toEqual([])
    expect(JSON.parse(sarif).runs[0].results).toMatchObject([{ ruleId: 'stale-head' }])
    expect(ended.used['github/codeql-action/upload-sarif']).toEqual({
      sarif_file: ended.outputs.sarif,
      category: 'wallet-checkup',
    })
    expect(ended.used).toHaveProperty('actions/cache/save')
    expect(readWorkflowCommands(ended.log).map(({ message }) => message)).toHaveLength(1)
  })

  test('uploads no finding that is suppressed, which would be an open alert', async () => {
    const ended = await run({ 'upload-sarif': 'true', 'fail-on': 'low' }, config(excused))
    expect(ended.exitCode).toBe(0)
    expect(JSON.parse(readFileSync(ended.outputs.sarif ?? '', 'utf8')).runs[0].results).toEqual([])
    expect(readFileSync(join(ended.outputs.report ?? '', '../all.sarif'), 'utf8')).toContain('a chain at rest')
  })

  test('uploads under the category that it is given, so that another use of it closes no alert', async () => {
    const categories = []
    for (const inputs of [{ category: 'payroll' }, {}]) {
      const { outputs, used } = await run({ 'upload-sarif': 'true', ...inputs }, config())
      const [{ automationDetails }] = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8')).runs
      // A category that stands in the file would be taken, and the given one passed over.
      categories.push(automationDetails?.id ?? used['github/codeql-action/upload-sarif']?.category)
    }
    expect(categories).toEqual(['payroll', 'wallet-checkup'])
  })

  test('keeps what it reads apart from what another use of it reads', async () => {
    const kept = []
    for (const category of ['payroll', 'payroll, and "more" /../', undefined]) {
      const { used } = await run(category === undefined ? {} : { category }, config())
      const { 'actions/cache/restore': restored, 'actions/cache/save': saved } = used
      expect(saved).toEqual({ path: restored?.path, key: restored?.key })
      expect(saved?.key).toMatch(/^wallet-checkup-Linux-[0-9a-f]{16}-1-1$/)
      expect(saved?.key).toBe(`${restored?.['restore-keys']}1-1`)
      expect(await readdir(saved?.path ?? '')).not.toEqual([])
      kept.push(saved)
    }
    expect(new Set(kept.map((saved) => saved?.key)).size).toBe(3)
    expect(new Set(kept.map((saved) => saved?.path)).size).toBe(3)
    const { used } = await run({ category: 'payroll' }, config())
    expect(used['actions/cache/save']).toEqual(kept[0])
  })

  test('leaves the reports of an earlier use in the job', async () => {
    const [first, second] = [await run({}, config()), await run({ address: ops, chain: 'devnet' }, config())]
    const [one, other] = [first, second].map(({ outputs }) => outputs.report ?? '')
    expect(other).not.toBe(one)
    for (const path of [one, other]) {
      expect(JSON.parse(readFileSync(path ?? '', 'utf8')).result.summary.exitCode).toBe(0)
    }
  })

  test('ends in 3 where something could not be checked, and leaves the alerts alone', async () => {
    givesLogs = false
    const ended = await run({ 'upload-sarif': 'true' }, config())
    expect(ended).toMatchObject({ exitCode: 3, outputs: { 'exit-code': '3', sarif: '' } })
    expect(ended.used).not.toHaveProperty('github/codeql-action/upload-sarif')
    expect(ended.log).toContain('::warning::Not everything could be checked')
  })

  test('compares with a baseline, and uploads nothing that is not whole then either', async () => {
    const first = await run({ 'fail-on': 'low' }, config())
    expect(first.exitCode).toBe(1)
    const baseline = join(folder, 'workspace/baseline.json')
    await writeFile(baseline, readFileSync(first.outputs.report ?? ''))
    const given = { 'fail-on': 'low', baseline: 'baseline.json', 'fail-on-new': 'true', 'upload-sarif': 'true' }
    expect(await run(given, config())).toMatchObject({ exitCode: 0 })
    givesLogs = false
    const unread = await run(given, config())
    expect(unread.exitCode).toBe(3)
    expect(unread.used).not.toHaveProperty('github/codeql-action/upload-sarif')
  })

  test('checks an address that no file names, and writes more formats', async () => {
    const inputs = { address: `\n${ops}\n${at(7)}\n`, chain: '31337', 'rpc-url': chain.url, cache: 'false' }
    const ended = await run({ ...inputs, formats: 'junit=junit.xml\n\n  csv=my findings.csv  \n' }, null)
    expect(ended.exitCode).toBe(0)
    expect(ended.log).toContain(ops)
    expect((await readdir(join(folder, 'workspace'))).toSorted()).toEqual(['junit.xml', 'my findings.csv'])
    expect(ended.used).toEqual({})
  })

  test('without Node ends in 2, and says what to put before it', async () => {
    const tools = join(folder, 'tools')
    await mkdir(tools)
    const bash = execFileSync('sh', ['-c', 'command -v bash'], { encoding: 'utf8' }).trim()
    await symlink(bash, join(tools, 'bash'))
    const ended = await run({}, config(), tools)
    expect(ended).toMatchObject({ exitCode: 2, outputs: { 'exit-code': '2' } })
    expect(ended.endings).toEqual({ Install: 2, 'End by the exit code of the check': 2 })
    expect(ended.log).toBe('::error::Node is not installed. Put actions/setup-node before this step.\n')
  })

  test('ends in 70 where the package could not be installed', async () => {
    await writeFile(join(folder, 'bin/npm'), '#!/bin/sh\nexit 7\n', { mode: 0o755 })
    const ended = await run({}, config())
    expect(ended.endings).toEqual({ Install: 7, 'End by the exit code of the check': 70 })
    expect(ended.outputs).toEqual({ 'exit-code': '70', report: '', sarif: '' })
  })

  test.each([
    ['address', '$(touch made) `touch made` "; touch made; "'],
    ['address', '--output=csv=made'],
    ['config', '"; touch made #'],
    ['chain', '$(touch made)'],
    ['fail-on', 'low --output=csv=made'],
    ['formats', 'csv=$(touch made)/x'],
    ['version', '0.1.0; touch made'],
    ['version', 'https://example.com/made.tgz'],
  ])('takes %s %s for words, and ends in 2', async (name, text) => {
    const ended = await run({ [name]: text }, config())
    expect(ended).toMatchObject({ exitCode: 2, outputs: { 'exit-code': '2', report: '', sarif: '' } })
    expect(ended.endings['End by the exit code of the check']).toBe(2)
    expect(await readdir(join(folder, 'workspace'))).toEqual(['wallet-checkup.config.yaml'])
  })
})
