/** The real command writes what a treasury would load into the Safe app; then every call of it is sent as the Safe would send it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address, Hex } from 'viem'
import { encodeFunctionData, getAddress } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, sendAndMine, transact } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls, permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
import { asSafe, createSafeFactory, deployPublished } from '../../fixtures/chains/safe.ts'
import { checksumOf } from '../../src/reporters/safe-batch.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import { findings } from './support/demo-check.ts'
import { reportOf } from './support/report-of.ts'

type Batch = {
  readonly chainId: string
  readonly meta: { readonly createdFromSafeAddress: Address; readonly checksum: string }
  readonly transactions: readonly { readonly to: Address; readonly value: string; readonly data: Hex }[]
}

const spender = at(0x5e0de5)
const modules = [at(0xe01), at(0xe02), at(0xe03)]
/** Places in the `Habit` of fixtures/contracts/Stubborn.sol. */
const habits = { refusesZero: 0, paused: 2, ignoresZero: 3, burnsAll: 7, shouts: 9 } as const

let node: DevelopmentNode
let safe: Address
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-batch-'))
  node = await startAnvil()
  await installPreinstalls(node)
  const create = await createSafeFactory(node)
  const singleton = await deployPublished(node, 'Safe')
  safe = await create({ singleton, owners: [at(0x0e1), at(0x0e2)], threshold: 2 })
  for (const module of modules) await asSafe(node, safe, 'enableModule', module)
  await asSafe(node, safe, 'setGuard', await deployPublished(node, 'DebugTransactionGuard'))
  for (const habit of Object.values(habits)) {
    await give('StubbornToken', [habit, safe], 'approve', [spender, 500n])
  }
  await give('TetherLikeToken', [1000n, safe], 'approve', [spender, 5n])
  await give('ERC1155PresetMinterPauser', [''], 'setApprovalForAll', [spender, true])
  const grant = [at(0x70c), spender, 7n, 2n ** 48n - 1n]
  await transact(node, { from: safe, to: permit2Address, abi: permit2Abi, functionName: 'approve', args: grant })
}, 60_000)
afterAll(async () => {
  await node?.stop()
  await rm(folder, { recursive: true })
})

async function give(name: string, made: readonly unknown[], functionName: string, args: readonly unknown[]) {
  const to = getAddress(await deploy(node, { name, args: made }))
  await transact(node, { from: safe, to, abi: contract(name).abi, functionName, args })
}

const file = (name: string) => join(folder, name)
const check = (account: Address, ...more: readonly string[]) =>
  cli(['check', account, '--rpc-url', node.url, '--no-second-opinion', ...more])

test('every call of the batch works in its order, and nothing that it names is left', async () => {
  const outputs = ['-o', `json=${file('before.json')}`, '-o', `calls=${file('calls')}`]
  const { exitCode, stdout, stderr } = await check(safe, ...outputs, '-o', `safe-batch=${file('batch.json')}`)
  expect([exitCode, stdout]).toEqual([1, ''])
  expect(stderr).toContain(`-o safe-batch=${file('batch.json')}: Left out: 4 calls that would fail or change nothing.`)
  expect(stderr).toContain(`-o calls=${file('calls')}: Left out: 4 calls that would fail or change nothing.`)

  const batch = JSON.parse(await readFile(file('batch.json'), 'utf8')) as Batch
  const { checksum, ...meta } = batch.meta
  expect(checksumOf({ ...batch, meta })).toBe(checksum)
  expect(batch).toMatchObject({ chainId: '31337', meta: { createdFromSafeAddress: safe } })
  // One allowance each way, an operator, a Permit2 grant, the guard, three modules.
  expect(batch.transactions).toHaveLength(8)
  // The newest module stands first in the list of the account: it is taken away last.
  const asCall = (previous: Address, module: Address) =>
    encodeFunctionData({
      abi: [
        {
          type: 'function',
          name: 'disableModule',
          stateMutability: 'nonpayable',
          inputs: [
            { name: 'previous', type: 'address' },
            { name: 'module', type: 'address' },
          ],
          outputs: [],
        },
      ],
      args: [previous, module],
    })
  const [oldest = safe, middle = safe, newest = safe] = modules
  expect(batch.transactions.slice(-3).map(({ data }) => data)).toEqual([
    asCall(middle, oldest),
    asCall(newest, middle),
    asCall(at(1), newest),
  ])

  const lines = (await readFile(file('calls'), 'utf8')).trimEnd().split('\n')
  const calls = lines.map((line) => JSON.parse(line) as Batch['transactions'][number] & { readonly finding: string })
  expect(calls.map(({ to, value, data }) => ({ to, value, data }))).toEqual(
    batch.transactions.map(({ to, value, data }) => ({ to, value, data })),
  )
  const before = findings(JSON.parse(await readFile(file('before.json'), 'utf8')))
  expect(calls.every(({ finding }) => before.some(({ fingerprint }) => fingerprint === finding))).toBe(true)

  for (const { to, value, data } of batch.transactions) {
    expect(value).toBe('0')
    expect((await sendAndMine(node, { from: safe, to, data })).status).toBe('0x1')
  }
  const after = findings(reportOf(await check(safe, '-o', 'json'))).flatMap(({ remedy = [] }) => remedy)
  expect(after.map(({ simulation }) => simulation?.status).sort()).toEqual([
    'no-effect',
    'reverts',
    'reverts',
    'reverts',
  ])
}, 120_000)

test('what is said to fail fails, and its words do nothing to a terminal', async () => {
  const { stdout } = await check(safe)
  const { stdout: json } = await check(safe, '-o', 'json')
  expect(stdout).toContain('it would fail')
  expect(stdout).not.toContain('\u001b')
  expect(stdout).not.toContain('\u202e')
  expect(stdout).not.toContain('https://claim.example')
  const remedies = findings(JSON.parse(json)).flatMap(({ remedy = [] }) => remedy)
  for (const { to, data, simulation } of remedies.filter(({ simulation }) => simulation?.status === 'reverts')) {
    const { status } = await sendAndMine(node, { from: safe, to, data, gas: 5_000_000n })
    expect([simulation?.status, status]).toEqual(['reverts', '0x0'])
  }
}, 120_000)

test('where there is nothing to put in, there is no file, and that is said', async () => {
  const { exitCode, stderr } = await check(safe, '-o', 'json=/dev/null', '-o', `safe-batch=${file('none.json')}`)
  expect(exitCode).not.toBe(2)
  expect(stderr).toContain(
    'No batch for a Safe account was made: none of its calls that revoke something was seen to work.',
  )
  const person = at(0xb0b)
  await fund(node, person, 10n ** 18n)
  const japanese = await check(person, '-o', 'table', '-o', `safe-batch=${file('none.json')}`, '--locale', 'ja')
  expect(japanese.stderr).toContain('Safeアカウント用のバッチは作りませんでした。')
  expect(japanese.stdout).not.toBe('')
  expect(await readdir(folder)).not.toContain('none.json')
}, 120_000)
