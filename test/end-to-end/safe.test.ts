/** The real command on a Safe account; its remedies, sent as the Safe would send them; and a node that withholds a part. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, sendAndMine, transact } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import {
  allowanceModuleAddress,
  asSafe,
  createSafeFactory,
  deployPublished,
  installAllowanceModule,
} from '../../fixtures/chains/safe.ts'
import type { UnsignedCall } from '../../src/core/finding.ts'
import { safeSlots } from '../../src/domain/safe-calls.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import { findings, inShort, statuses } from './support/demo-check.ts'
import { type Behaviour, type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'
import { reportOf } from './support/report-of.ts'

let node: DevelopmentNode
let proxy: NodeProxy
let behave: (method: string, params: readonly unknown[]) => Behaviour = () => pass
let safe: Address
let handler: Address
let guard: Address

beforeAll(async () => {
  node = await startAnvil()
  proxy = await startNodeProxy(node.url, (method, params) => behave(method, params))
  await installPreinstalls(node)
  const create = await createSafeFactory(node)
  handler = await deployPublished(node, 'CompatibilityFallbackHandler')
  guard = await deployPublished(node, 'DebugTransactionGuard')
  const singleton = await deployPublished(node, 'Safe')
  safe = await create({ singleton, owners: [at(0x0e1), at(0x0e2)], threshold: 1, fallbackHandler: handler })
  await asSafe(node, safe, 'enableModule', handler)
  await asSafe(node, safe, 'enableModule', at(0xeee))
  await asSafe(node, safe, 'setGuard', guard)
}, 60_000)
afterAll(async () => {
  await proxy?.stop()
  await node?.stop()
})

const rules = ['unknown-safe-module', 'weak-multisig']
const check = (account: Address, ...more: readonly string[]) =>
  cli(['check', account, '--rpc-url', proxy.url, ...rules.flatMap((rule) => ['--rule', rule]), ...more])
const checkJson = async (account: Address) => reportOf(await check(account, '-o', 'json'))

test('a Safe is found weak, each of its unknown parts is named, and each remedy does what it says', async () => {
  const report = await checkJson(safe)
  expect(report.result.summary.exitCode).toBe(1)
  expect(findings(report).map(inShort)).toEqual([
    `medium unknown-safe-module/guard module ${safe} ${guard} guard`,
    `high unknown-safe-module/module module ${safe} ${handler}`,
    `high unknown-safe-module/person module ${safe} ${at(0xeee)}`,
    'high weak-multisig/any-owner account',
  ])
  for (const { evidence } of findings(report).filter(({ severity }) => severity === 'high')) {
    expect(evidence.at(-1)).toMatchObject({
      kind: 'second-reading',
      agrees: true,
      unread: 0,
      compared: evidence.length - 1,
    })
  }
  expect(report.run.lists.map(({ name }) => name)).toContain('Safe deployments')

  // One at a time: the call for a module names the one before it.
  for (let left = 3; left > 0; left--) {
    const [finding] = findings(await checkJson(safe), 'unknown-safe-module')
    const [call] = finding?.remedy ?? []
    await sendAsSafe(call)
    expect(findings(await checkJson(safe), 'unknown-safe-module')).toHaveLength(left - 1)
  }
  await asSafe(node, safe, 'changeThreshold', 2n)
  await asSafe(node, safe, 'addOwnerWithThreshold', at(0x0e3), 2n)
  const after = await checkJson(safe)
  expect(statuses(after)).toEqual({ 'unknown-safe-module': 'passed', 'weak-multisig': 'passed' })
  expect(after.result.summary.exitCode).toBe(0)
}, 60_000)

test('a delegate may spend without the owners until the Safe sends the remedy', async () => {
  await installAllowanceModule(node)
  const { abi } = contract('SpendingLimits')
  const singleton = await deployPublished(node, 'Safe')
  const create = await createSafeFactory(node)
  const account = await create({ singleton, owners: [at(0x0e1), at(0x0e2)], threshold: 2, fallbackHandler: handler })
  await asSafe(node, account, 'enableModule', allowanceModuleAddress)
  await fund(node, account, 10n ** 18n)
  const token = getAddress(await deploy(node, { name: 'NamedToken', args: ['Named', 'NMD', 8, 1000n, account] }))
  const limits = (functionName: string, ...args: readonly unknown[]) =>
    transact(node, { from: account, to: allowanceModuleAddress, abi, functionName, args })
  await limits('addDelegate', at(0xde1))
  await limits('setAllowance', at(0xde1), token, 2n ** 96n - 1n, 1440, 0)
  await limits('setAllowance', at(0xde1), at(0), 10n ** 17n, 0, 0)
  const checkLimits = async () =>
    reportOf(await cli(['check', account, '--rpc-url', proxy.url, '--rule', 'safe-spending-limit', '-o', 'json']))

  const found = findings(await checkLimits())
  expect(found.map(inShort).sort()).toEqual([
    `high safe-spending-limit/unlimited allowance ${token} ${account} ${at(0xde1)} ${allowanceModuleAddress}`,
    `medium safe-spending-limit/limited allowance ${at(0)} ${account} ${at(0xde1)} ${allowanceModuleAddress}`,
  ])
  const [unlimited] = found.filter(({ severity }) => severity === 'high')
  expect(unlimited?.evidence.at(-1)).toMatchObject({ kind: 'second-reading', agrees: true, compared: 1, unread: 0 })

  expect(found.flatMap(({ remedy = [] }) => remedy.map(({ simulation }) => simulation?.status))).toEqual([
    'succeeds',
    'succeeds',
  ])
  for (const { remedy = [] } of found) await sendAsSafe(remedy[0], account, allowanceModuleAddress)
  expect(statuses(await checkLimits())).toEqual({ 'safe-spending-limit': 'passed' })
}, 60_000)

async function sendAsSafe(call: UnsignedCall | undefined, from = safe, to = from): Promise<void> {
  if (call === undefined) throw new Error('no remedy')
  expect(call).toMatchObject({ to, value: '0' })
  const { status } = await sendAndMine(node, { from, to: call.to, data: call.data })
  expect(status).toBe('0x1')
}

test('the table shows the calls and where they were read, in both languages', async () => {
  await asSafe(node, safe, 'setGuard', guard)
  const english = await check(safe)
  expect(english.stdout).toContain(`${guard} is a guard of this Safe account`)
  expect(english.stdout.replaceAll(/\s+/g, '')).toContain(safeSlots.guard)
  expect((await check(safe, '--locale', 'ja')).stdout).toContain('ガード')
  await asSafe(node, safe, 'setGuard', at(0))
})

test('another account is no Safe', async () => {
  await fund(node, at(0xb0b), 1n)
  expect(statuses(await checkJson(at(0xb0b)))).toEqual({
    'unknown-safe-module': 'not-applicable',
    'weak-multisig': 'not-applicable',
  })
  expect(statuses(await checkJson(handler))).toEqual({
    'unknown-safe-module': 'not-applicable',
    'weak-multisig': 'not-applicable',
  })
})

test.each([
  [
    'the slot of the guard',
    (method: string, [, slot]: readonly unknown[]) => method === 'eth_getStorageAt' && slot === safeSlots.guard,
    'passed',
  ],
  ['every slot', (method: string) => method === 'eth_getStorageAt', 'inconclusive'],
  [
    'the code of other accounts',
    (method: string, [of]: readonly unknown[]) => method === 'eth_getCode' && of !== safe,
    'passed',
  ],
  ['every call of a contract', (method: string) => method === 'eth_call', 'inconclusive'],
])('a node that withholds %s: nothing is called known that was not seen', async (_, isWithheld, owners) => {
  behave = (method, params) =>
    isWithheld(method, params) ? { kind: 'refuse', code: -32000, message: 'not today' } : pass
  try {
    const report = await checkJson(safe)
    expect(statuses(report)).toEqual({ 'unknown-safe-module': 'inconclusive', 'weak-multisig': owners })
    expect(report.result.summary.exitCode).toBe(3)
  } finally {
    behave = () => pass
  }
})
