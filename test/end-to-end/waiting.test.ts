/**
 * What waits on a real node, beyond prices that are too low: dropped, replaced elsewhere, not covered, with blobs, with
 * authorisations. What the report says is then done as it says, and what falls short by one wei is refused.
 */
import type { Address } from 'viem'
import { numberToHex, recoverAuthorizationAddress } from 'viem/utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { Store } from '../../src/core/store.ts'
import { checkup } from '../../src/index.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { at } from '../../src/testing.ts'
import { mineAroundPool, sendUnmined } from '../support/pending.ts'
import { findings, statuses } from './support/demo-check.ts'
import { sendPrinted, statusOf } from './support/printed-calls.ts'

const gwei = 10n ** 9n
const coin = 10n ** 18n
const sender = at(0x5e4d)
const receiver = at(0xb0b)
const ample = { maxFeePerGas: 200n * gwei, maxPriorityFeePerGas: gwei }
const low = { maxFeePerGas: 3n * gwei, maxPriorityFeePerGas: gwei }
let node: DevelopmentNode

beforeEach(async () => {
  node = await startAnvil()
  await node.send('anvil_setBalance', [sender, numberToHex(10n * coin)])
  await node.send('evm_setAutomine', [false])
})
afterEach(() => node?.stop())

const pendingRules = ['stuck-transaction', 'nonce-gap', 'unaffordable-queue', 'delegated-inflight-limit']
const historyRules = ['failed-transactions', 'overpaid-gas']

const check = (address: Address = sender, more: { onlyRules?: readonly string[]; store?: Store } = {}) =>
  checkup({ address, rpcUrl: node.url, onlyRules: pendingRules, ...more })
const mine = () => node.send('evm_mine')
const own = (nonce: number, fees = ample) => ({ from: sender, to: receiver, nonce, ...fees })
const nonceOf = async (account: Address) => Number(await node.send('eth_getTransactionCount', [account, 'latest']))

/** All fields of a transaction with EIP-1559 fees, sent without mining. */
const send = (over: object, { maxFeePerGas, maxPriorityFeePerGas } = ample) =>
  node.send('eth_sendTransaction', [
    {
      from: sender,
      to: receiver,
      gas: numberToHex(21_000),
      value: '0x1',
      maxFeePerGas: numberToHex(maxFeePerGas),
      maxPriorityFeePerGas: numberToHex(maxPriorityFeePerGas),
      ...over,
    },
  ]) as Promise<string>

describe('blocks at an interval', () => {
  test('all were dropped and the last was sent again: the printed calls fill the gap in front of it', async () => {
    const hashes = await sendUnmined(node, [own(0, low), own(1), own(2)])
    await mineAroundPool(node, 40n * gwei)
    for (const hash of hashes) await node.send('anvil_dropTransaction', [hash])
    await node.send('evm_setIntervalMining', [1])
    const last = await send({ nonce: '0x2', value: '0x2' })
    const [gap] = findings(await check())
    expect(gap).toMatchObject({
      ruleId: 'nonce-gap',
      messageId: 'several',
      data: { first: { value: 0 }, last: { value: 1 }, waiting: { value: 1 } },
    })
    expect(gap?.remedy?.map(({ nonce }) => nonce)).toEqual([0, 1])
    for (const call of gap?.remedy ?? []) await sendPrinted(node, sender, call)
    await expect.poll(() => statusOf(node, last), { timeout: 15_000 }).toBe('0x1')
    expect(findings(await check())).toEqual([])
    expect(await nonceOf(sender)).toBe(3)
  }, 60_000)

  test('where everything that waited was dropped, nothing is said to wait, and no nonce was used', async () => {
    const hashes = await sendUnmined(node, [own(0, low), own(1, low)])
    await mineAroundPool(node, 40n * gwei)
    expect(statuses(await check())).toMatchObject({ 'stuck-transaction': 'found' })
    for (const hash of hashes) await node.send('anvil_dropTransaction', [hash])
    await node.send('evm_setIntervalMining', [1])
    expect(findings(await check())).toEqual([])
    expect(await nonceOf(sender)).toBe(0)
  }, 60_000)
})

test('where the node still counts those that it dropped, nobody says that there is no gap', async () => {
  const [first, second] = await sendUnmined(node, [own(0), own(1), own(2)])
  for (const hash of [first, second]) await node.send('anvil_dropTransaction', [hash])
  const report = await check()
  expect(statuses(report)).toMatchObject({ 'stuck-transaction': 'inconclusive', 'nonce-gap': 'inconclusive' })
  expect(JSON.stringify(report)).toContain('"code":"pending-not-listed"')
}, 60_000)

test('one that was replaced elsewhere no longer waits, and the history has what took its place', async () => {
  const store = memoryStore()
  const [stuck = ''] = await sendUnmined(node, [own(0, low)])
  await mineAroundPool(node, 40n * gwei)
  expect(findings(await check(sender, { store }))).toMatchObject([{ data: { hash: { value: stuck } } }])
  const other = await send({ nonce: '0x0', to: at(0xe15e), value: '0x7' }, { ...ample, maxFeePerGas: 300n * gwei })
  await mine()
  const report = await check(sender, { store, onlyRules: [...pendingRules, 'overpaid-gas'] })
  expect([await statusOf(node, stuck), await statusOf(node, other)]).toEqual([null, '0x1'])
  expect(statuses(report)).toMatchObject({
    'stuck-transaction': 'passed',
    'nonce-gap': 'passed',
    'overpaid-gas': 'passed',
  })
  expect(JSON.stringify(report)).not.toContain(stuck)
}, 60_000)

test('a spike of the base fee: the forecast names the very block from which the node takes the transaction', async () => {
  for (let block = 0; block < 24; block++) await mine()
  await node.send('anvil_setNextBlockBaseFeePerGas', [numberToHex(40n * gwei)])
  // The spike, and behind it as many blocks that follow the rule as a fee history shows.
  for (let block = 0; block < 21; block++) await mine()
  const latest = (await node.send('eth_getBlockByNumber', ['latest', false])) as { readonly baseFeePerGas: string }
  const natural = BigInt(latest.baseFeePerGas) - BigInt(latest.baseFeePerGas) / 8n
  const fees = { maxFeePerGas: natural / 3n, maxPriorityFeePerGas: 1n }
  await node.send('anvil_setNextBlockBaseFeePerGas', ['0x1'])
  const hash = await send({ nonce: '0x0' }, fees)
  await node.send('anvil_setNextBlockBaseFeePerGas', [numberToHex(natural)])
  const [finding] = findings(await check())
  expect(finding).toMatchObject({ messageId: 'below-base-fee', data: { forecast: { value: 'known' } } })
  await node.send('anvil_dropTransaction', [hash])
  const blocks = Number(finding?.data.fewestBlocks?.value)
  expect(blocks).toBeGreaterThan(5)
  for (let block = 1; block < blocks; block++) await mine()
  await expect(send({ nonce: '0x0' }, fees)).rejects.toThrow(/max fee per gas less than block base fee/)
  await mine()
  expect(await send({ nonce: '0x0' }, fees)).toMatch(/^0x/)
}, 60_000)

describe('a balance that was lowered below what waits', () => {
  test('is short by the amount in the report, to the wei', async () => {
    const [first = '', second = ''] = await sendUnmined(node, [own(0), { ...own(1), value: coin }])
    await node.send('anvil_setBalance', [sender, numberToHex(coin)])
    const [finding] = findings(await check())
    const cost = 2n * 21_000n * ample.maxFeePerGas + coin + 1n
    expect(finding).toMatchObject({
      ruleId: 'unaffordable-queue',
      subject: { nonce: 1 },
      data: { cost: { value: String(cost) }, missing: { value: String(cost - coin) } },
    })
    await node.send('anvil_setBalance', [sender, numberToHex(cost - 1n)])
    expect(findings(await check())).toMatchObject([{ data: { missing: { value: '1' } } }])
    await node.send('anvil_setBalance', [sender, numberToHex(cost)])
    expect(findings(await check())).toEqual([])
    await mine()
    expect([await statusOf(node, first), await statusOf(node, second)]).toEqual(['0x1', '0x1'])
  }, 60_000)

  test('is enough for the printed cancellation, which is mined', async () => {
    // The first pays more than the cancellation: after a replacement anvil tries the higher fee first.
    const first = own(0, { ...ample, maxFeePerGas: 400n * gwei })
    const [, second = ''] = await sendUnmined(node, [first, { ...own(1), value: coin }])
    await node.send('anvil_setBalance', [sender, numberToHex(coin)])
    const [finding] = findings(await check())
    expect(finding?.data).toMatchObject({ cancellation: { value: 'covered' } })
    const cancellation = await sendPrinted(node, sender, finding?.remedy?.[0])
    await mine()
    expect([await statusOf(node, second), await statusOf(node, cancellation)]).toEqual([null, '0x1'])
    expect(findings(await check())).toEqual([])
  }, 60_000)
})

describe('a transaction with blobs', () => {
  const blobs = { blobVersionedHashes: [`0x01${'ab'.repeat(31)}`], maxFeePerBlobGas: numberToHex(gwei) }

  test('is stuck below the base fee, and mined in the place of the old one at twice its fees', async () => {
    const stuck = await send({ nonce: '0x0', ...blobs }, low)
    await mineAroundPool(node, 40n * gwei)
    const [finding] = findings(await check())
    expect(finding).toMatchObject({ messageId: 'with-blobs', data: { hash: { value: stuck } } })
    const [maxFeePerGas, maxPriorityFeePerGas] = [finding?.data.newMaxFee, finding?.data.newPriorityFee].map((fee) =>
      BigInt(String(fee?.value)),
    )
    expect(maxFeePerGas).toBeGreaterThanOrEqual(2n * low.maxFeePerGas)
    expect(maxPriorityFeePerGas).toBeGreaterThanOrEqual(2n * low.maxPriorityFeePerGas)
    const fees = { maxFeePerGas: maxFeePerGas ?? 0n, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n }
    const replacement = await send({ nonce: '0x0', ...blobs, maxFeePerBlobGas: numberToHex(2n * gwei) }, fees)
    await mine()
    expect([await statusOf(node, stuck), await statusOf(node, replacement)]).toEqual([null, '0x1'])
    expect(findings(await check())).toEqual([])
  }, 60_000)
})

describe('a transaction with an authorisation', () => {
  // Nobody knows a key for the account: whatever the numbers of a signature are, they recover to some address.
  const numbers = { r: numberToHex(0x1234n, { size: 32 }), s: numberToHex(0x4321n, { size: 32 }), yParity: 0 } as const
  const authorization = { chainId: 31_337, address: at(0xde1e), nonce: 0, ...numbers }
  const list = [{ ...authorization, chainId: '0x7a69', nonce: '0x0', yParity: '0x0' }]
  const delegating = { type: '0x4', gas: numberToHex(100_000), authorizationList: list }

  test('is stuck: its printed cancellation is mined, and nobody is delegated', async () => {
    const authority = await recoverAuthorizationAddress({ authorization })
    const stuck = await send({ nonce: '0x0', ...delegating }, low)
    await mineAroundPool(node, 40n * gwei)
    const [finding] = findings(await check())
    expect(finding).toMatchObject({ messageId: 'with-authorizations', data: { hash: { value: stuck } } })
    expect(finding?.remedy?.map(({ purpose }) => purpose)).toEqual(['cancel'])
    const cancellation = await sendPrinted(node, sender, finding?.remedy?.[0])
    await mine()
    expect([await statusOf(node, stuck), await statusOf(node, cancellation)]).toEqual([null, '0x1'])
    expect(await node.send('eth_getCode', [authority, 'latest'])).toBe('0x')
  }, 60_000)

  test('that is mined raises the nonce of who signed it: its history is whole without a transaction', async () => {
    const authority = await recoverAuthorizationAddress({ authorization })
    await send({ nonce: '0x0', ...delegating })
    await mine()
    expect(await nonceOf(authority)).toBe(1)
    const report = await check(authority, { onlyRules: [...historyRules, 'unknown-delegate'] })
    expect(statuses(report)).toEqual({
      'failed-transactions': 'passed',
      'overpaid-gas': 'passed',
      'unknown-delegate': 'found',
    })
  }, 60_000)
})
