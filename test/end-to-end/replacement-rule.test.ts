/**
 * The least fees that a node takes in the place of a waiting transaction, on a node that refuses less. Anvil takes any higher
 * price, so what a report prints is sent there elsewhere; here each fee is also sent one wei short.
 */
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DevelopmentNode } from '../../fixtures/chains/anvil.ts'
import { startHardhat } from '../../fixtures/chains/hardhat.ts'
import { leastReplacementFee } from '../../src/domain/replacement-fee.ts'
import { checkup } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { findings } from './support/demo-check.ts'
import { sendPrinted } from './support/printed-calls.ts'

const gwei = 10n ** 9n
const coin = 10n ** 18n
const receiver = at(0xb0b)
const tooCheap = /Replacement transaction underpriced/
let node: DevelopmentNode
let accounts = 0x5e00

type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

beforeAll(async () => {
  node = await startHardhat()
}, 60_000)
afterAll(() => node?.stop())

/** An account whose transaction with nonce 0 waits. */
async function withWaiting(fees: Fees) {
  const sender = at(++accounts)
  await node.send('hardhat_impersonateAccount', [sender])
  await node.send('hardhat_setBalance', [sender, numberToHex(coin)])
  const send = ({ maxFeePerGas, maxPriorityFeePerGas }: Fees) => {
    const amounts = { maxFeePerGas: numberToHex(maxFeePerGas), maxPriorityFeePerGas: numberToHex(maxPriorityFeePerGas) }
    const fields = { from: sender, to: receiver, value: '0x1', nonce: '0x0', gas: numberToHex(21_000n) }
    return node.send('eth_sendTransaction', [{ ...fields, ...amounts }])
  }
  const hash = String(await send(fees))
  return { sender, send, hash }
}

test.each([
  [10n * gwei, gwei],
  [10n * gwei + 7n, gwei + 3n],
  [10n * gwei + 9n, gwei + 1n],
  [10n * gwei + 10n, gwei + 5n],
  [33_333_333_333n, 1_999_999_999n],
])('%d and %d wei are raised by the least that is taken: one wei less of either is refused', async (maxFee, tip) => {
  const { send } = await withWaiting({ maxFeePerGas: maxFee, maxPriorityFeePerGas: tip })
  const least = { maxFeePerGas: leastReplacementFee(maxFee), maxPriorityFeePerGas: leastReplacementFee(tip) }

  await expect(send({ ...least, maxFeePerGas: least.maxFeePerGas - 1n })).rejects.toThrow(tooCheap)
  await expect(send({ ...least, maxPriorityFeePerGas: least.maxPriorityFeePerGas - 1n })).rejects.toThrow(tooCheap)
  await expect(send(least)).resolves.toMatch(/^0x/)
})

test.each([
  ['speed-up', 0],
  ['cancel', 1],
] as const)('the printed %s is taken, and a wei below the least is not', async (purpose, index) => {
  const waiting = { maxFeePerGas: 2n * gwei + 1n, maxPriorityFeePerGas: 1n }
  const { sender, send, hash: old } = await withWaiting(waiting)
  await node.send('hardhat_setNextBlockBaseFeePerGas', [numberToHex(40n * gwei)])
  await node.send('hardhat_mine', [])
  // This node shares no pool, but knows a transaction by its hash.
  const named = { onlyRules: ['stuck-transaction'], transactionHashes: [old] }
  const report = await checkup({ address: sender, rpcUrl: node.url, ...named })
  const calls = findings(report)[0]?.remedy ?? []

  expect(calls.map((call) => call.purpose)).toEqual(['speed-up', 'cancel'])
  const least = leastReplacementFee(waiting.maxFeePerGas)
  await expect(send({ maxFeePerGas: least - 1n, maxPriorityFeePerGas: gwei })).rejects.toThrow(tooCheap)
  expect(calls[index]).toMatchObject({ purpose, nonce: 0 })
  const hash = await sendPrinted(node, sender, calls[index])
  await node.send('hardhat_mine', [])
  await expect(node.send('eth_getTransactionReceipt', [hash])).resolves.toMatchObject({ status: '0x1' })
})
