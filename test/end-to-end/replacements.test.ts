/**
 * Stuck transactions on a real node: what the report says, and that the printed replacements are taken and mined as they are.
 * Anvil takes any higher price for a nonce, not a tenth more as other nodes want: that part is held against the rule's arithmetic
 * here, and against a node that refuses less in replacement-rule.test.ts.
 */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { UnsignedCall } from '../../src/core/finding.ts'
import { leastReplacementFee } from '../../src/domain/replacement-fee.ts'
import { checkup } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { mineAroundPool, sendUnmined } from '../support/pending.ts'
import { findings, statuses } from './support/demo-check.ts'
import { sendPrinted as sendPrintedFrom, statusOf as statusAt } from './support/printed-calls.ts'

const gwei = 10n ** 9n
const coin = 10n ** 18n
const sender = at(0x5e4d)
const receiver = at(0xb0b)
const failing = at(0xbad)
const old = { maxFeePerGas: 3n * gwei, maxPriorityFeePerGas: gwei }
let node: DevelopmentNode

beforeEach(async () => {
  node = await startAnvil()
  await node.send('anvil_setBalance', [sender, numberToHex(10n * coin)])
  // Reverts with nothing: PUSH1 0 PUSH1 0 REVERT.
  await node.send('anvil_setCode', [failing, '0x60006000fd'])
  await node.send('evm_setAutomine', [false])
})
afterEach(() => node?.stop())

const check = (address: Address = sender) =>
  checkup({
    address,
    rpcUrl: node.url,
    onlyRules: ['stuck-transaction', 'nonce-gap', 'unaffordable-queue', 'delegated-inflight-limit'],
  })

const sendPrinted = (call: UnsignedCall | undefined) => sendPrintedFrom(node, sender, call)

const statusOf = (hash: string) => statusAt(node, hash)

/** Geth's rule for one fee, without division: a tenth more at the least. */
const isTaken = (fee: bigint, before: bigint) => fee * 100n >= before * 110n

function expectTaken(call: UnsignedCall | undefined, before: { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }) {
  const maxFee = BigInt(call?.maxFeePerGas ?? call?.gasPrice ?? 0)
  const tip = BigInt(call?.maxPriorityFeePerGas ?? call?.gasPrice ?? 0)
  expect([isTaken(maxFee, before.maxFeePerGas), isTaken(tip, before.maxPriorityFeePerGas)]).toEqual([true, true])
  for (const fee of Object.values(before)) {
    expect([isTaken(leastReplacementFee(fee), fee), isTaken(leastReplacementFee(fee) - 1n, fee)]).toEqual([true, false])
  }
}

describe('a spike of the base fee leaves a transaction below it', () => {
  test.each([
    ['sped up', 0],
    ['cancelled', 1],
  ])(
    '%s with the printed call, and mined',
    async (_, choice) => {
      const [hash = ''] = await sendUnmined(node, [{ from: sender, to: receiver, nonce: 0, ...old }])
      await mineAroundPool(node, 40n * gwei)
      const [finding] = findings(await check())
      expect(finding).toMatchObject({
        ruleId: 'stuck-transaction',
        messageId: 'below-base-fee',
        data: { offered: { value: String(3n * gwei) }, asked: { value: String(40n * gwei) } },
      })
      const call = finding?.remedy?.[choice]
      expectTaken(call, old)
      const replacement = await sendPrinted(call)
      await node.send('evm_mine')
      expect(await statusOf(replacement)).toBe('0x1')
      expect(await statusOf(hash)).toBeNull()
      expect(statuses(await check())).toMatchObject({ 'stuck-transaction': 'passed' })
    },
    60_000,
  )

  test('with a gas price, by a gas price', async () => {
    const price = 3n * gwei
    const fields = { from: sender, to: receiver, nonce: '0x0', gas: numberToHex(21_000), value: '0x1' }
    await node.send('eth_sendTransaction', [{ ...fields, gasPrice: numberToHex(price) }])
    await mineAroundPool(node, 40n * gwei)
    const [finding] = findings(await check())
    const [faster] = finding?.remedy ?? []
    expect(faster).not.toHaveProperty('maxFeePerGas')
    expectTaken(faster, { maxFeePerGas: price, maxPriorityFeePerGas: price })
    const replacement = await sendPrinted(faster)
    await node.send('evm_mine')
    expect(await statusOf(replacement)).toBe('0x1')
  }, 60_000)

  test.each([
    [
      'with EIP-1559 fees',
      { maxFeePerGas: numberToHex(old.maxFeePerGas), maxPriorityFeePerGas: numberToHex(gwei) },
      '0x2',
    ],
    ['with a gas price', { gasPrice: numberToHex(old.maxFeePerGas) }, '0x1'],
  ])(
    'its access list is kept %s',
    async (_, fees, type) => {
      const accessList = [{ address: failing, storageKeys: [numberToHex(1, { size: 32 })] }]
      // What the list costs (2,400 and 1,900 gas) is in the gas limit to the last unit.
      const fields = { from: sender, to: receiver, nonce: '0x0', gas: numberToHex(25_300), value: '0x1', accessList }
      await node.send('eth_sendTransaction', [{ ...fields, ...fees }])
      await mineAroundPool(node, 40n * gwei)
      const [finding] = findings(await check())
      const [faster, cancellation] = finding?.remedy ?? []
      expect(faster).toMatchObject({ purpose: 'speed-up', accessList, gasLimit: '25300' })
      expect(cancellation).not.toHaveProperty('accessList')
      const replacement = await sendPrinted(faster)
      await node.send('evm_mine')
      expect(await statusOf(replacement)).toBe('0x1')
      const mined = await node.send('eth_getTransactionByHash', [replacement])
      const lowerCase = accessList.map((entry) => ({ ...entry, address: entry.address.toLowerCase() }))
      expect(mined).toMatchObject({ type, gas: numberToHex(25_300), accessList: lowerCase })
    },
    60_000,
  )

  test('the lowest nonce is the one to begin with, and frees those behind it', async () => {
    // Less than the replacement pays: after a replacement anvil tries the higher fee first, and throws out what is not its turn.
    const later = { maxFeePerGas: 60n * gwei, maxPriorityFeePerGas: gwei }
    const [, second = ''] = await sendUnmined(node, [
      { from: sender, to: receiver, nonce: 0, ...old },
      { from: sender, to: receiver, nonce: 1, ...later },
    ])
    await mineAroundPool(node, 40n * gwei)
    const [finding] = findings(await check())
    expect(finding).toMatchObject({ subject: { kind: 'nonce', nonce: 0 }, data: { behind: { value: 1 } } })
    const first = await sendPrinted(finding?.remedy?.[1])
    await node.send('evm_mine')
    expect(await statusOf(first)).toBe('0x1')
    expect(await statusOf(second)).toBe('0x1')
  }, 60_000)
})

test('one that would fail now says so, and its printed cancellation is mined', async () => {
  await sendUnmined(node, [{ from: sender, to: failing, nonce: 0, ...old }])
  await mineAroundPool(node, 40n * gwei)
  const [finding] = findings(await check())
  expect(finding).toMatchObject({ ruleId: 'stuck-transaction', data: { runs: { value: 'reverts' } } })
  expect(finding?.remedy?.map(({ purpose }) => purpose)).toEqual(['cancel'])
  const cancellation = await sendPrinted(finding?.remedy?.[0])
  await node.send('evm_mine')
  expect(await statusOf(cancellation)).toBe('0x1')
}, 60_000)

test('one that pays enough and would fail now is said to, and its printed cancellation is mined in its place', async () => {
  const ample = { maxFeePerGas: 200n * gwei, maxPriorityFeePerGas: gwei }
  // Reverts with Error("too late"), copied from behind the code, until slot 0 is set.
  const words = `08c379a0${'20'.padStart(64, '0')}${'08'.padStart(64, '0')}${'746f6f206c617465'.padEnd(64, '0')}`
  await node.send('anvil_setCode', [failing, `0x5f546010576064601260003960645ffd5b00${words}`])
  const fees = { maxFeePerGas: numberToHex(ample.maxFeePerGas), maxPriorityFeePerGas: numberToHex(gwei) }
  const fields = { from: sender, to: failing, nonce: '0x0', gas: numberToHex(100_000) }
  const hash = String(await node.send('eth_sendTransaction', [{ ...fields, ...fees }]))
  const [finding, ...others] = findings(await check())
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    ruleId: 'stuck-transaction',
    messageId: 'reverts-now',
    severity: 'medium',
    data: { hash: { value: hash }, reason: { value: 'too late' } },
  })
  await node.send('anvil_setStorageAt', [failing, numberToHex(0, { size: 32 }), numberToHex(1, { size: 32 })])
  expect(statuses(await check())).toMatchObject({ 'stuck-transaction': 'passed' })
  const [cancellation, ...more] = finding?.remedy ?? []
  expect([cancellation?.purpose, more]).toEqual(['cancel', []])
  expectTaken(cancellation, ample)
  const replacement = await sendPrinted(cancellation)
  await node.send('evm_mine')
  expect([await statusOf(hash), await statusOf(replacement)]).toEqual([null, '0x1'])
}, 60_000)

test('a dropped transaction is no longer said to wait', async () => {
  const [hash] = await sendUnmined(node, [{ from: sender, to: receiver, nonce: 0, ...old }])
  await mineAroundPool(node, 40n * gwei)
  expect(statuses(await check())).toMatchObject({ 'stuck-transaction': 'found' })
  await node.send('anvil_dropTransaction', [hash])
  expect(findings(await check())).toEqual([])
}, 60_000)

test('a delegated account with two transactions in flight', async () => {
  await sendUnmined(
    node,
    [0, 1].map((nonce) => ({
      from: sender,
      to: receiver,
      nonce,
      maxFeePerGas: 200n * gwei,
      maxPriorityFeePerGas: gwei,
    })),
  )
  await node.send('anvil_setCode', [sender, `0xef0100${failing.slice(2).toLowerCase()}`])
  const found = findings(await check()).map(({ ruleId }) => ruleId)
  expect(found).toContain('delegated-inflight-limit')
}, 60_000)

test('blocks at an interval: a gap is said, filled with the printed call, and what waited behind it is mined', async () => {
  const fees = { maxFeePerGas: 200n * gwei, maxPriorityFeePerGas: gwei }
  const [hash = ''] = await sendUnmined(node, [{ from: sender, to: receiver, nonce: 1, ...fees }])
  await node.send('evm_setIntervalMining', [1])
  const [finding] = findings(await check())
  expect(finding).toMatchObject({ ruleId: 'nonce-gap', subject: { nonce: 0 } })
  await sendPrinted(finding?.remedy?.[0])
  await expect.poll(() => statusOf(hash), { timeout: 15_000 }).toBe('0x1')
}, 60_000)
