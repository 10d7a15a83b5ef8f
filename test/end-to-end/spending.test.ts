/** What the report says that own transactions cost, beside what their receipts say at the node, on chains of three kinds. */
import { numberToHex } from 'viem/utils'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { checkup } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { findings } from './support/demo-check.ts'
import { type NodeProxy, pass, startNodeProxy } from './support/node-proxy.ts'

type Receipt = { readonly gasUsed: string; readonly effectiveGasPrice: string; readonly transactionHash: string }

const gwei = 10n ** 9n
const sender = at(0x5e4d)
const shop = at(0x5409)
const failing = at(0xbad)
let node: DevelopmentNode
let proxy: NodeProxy | undefined
let receipts: readonly Receipt[]
const gasOf = ({ gasUsed }: Receipt) => BigInt(gasUsed)
const costOf = (receipt: Receipt) => gasOf(receipt) * BigInt(receipt.effectiveGasPrice)
const sum = (amounts: readonly bigint[]) => amounts.reduce((one, other) => one + other, 0n)

async function send(over: object, tip = gwei): Promise<Receipt> {
  const fees = { maxFeePerGas: numberToHex(tip + 100n * gwei), maxPriorityFeePerGas: numberToHex(tip) }
  const hash = await node.send('eth_sendTransaction', [
    { from: sender, gas: '0x186a0', value: '0x0', ...fees, ...over },
  ])
  await node.send('evm_mine')
  return (await node.send('eth_getTransactionReceipt', [hash])) as Receipt
}

beforeAll(async () => {
  node = await startAnvil()
  await node.send('evm_setAutomine', [false])
  await node.send('anvil_setBalance', [sender, numberToHex(10n ** 19n)])
  await node.send('anvil_setCode', [shop, '0x5b00'])
  await node.send('anvil_setCode', [failing, '0x60006000fd'])
  const read = [await send({ to: shop, data: '0xa9059cbb' }), await send({ to: shop, data: '0x095ea7b3' }, 3n * gwei)]
  await node.send('evm_increaseTime', [3 * 86_400])
  await node.send('evm_mine')
  receipts = [...read, await send({ to: failing, data: '0x12345678' }), await send({ to: at(0xb0b), value: '0x1' })]
}, 30_000)
afterEach(async () => {
  await proxy?.stop()
  proxy = undefined
})
afterAll(() => node?.stop())

/** The node with more in its receipts, as a roll-up's have it. */
async function spendingWith(more: object) {
  proxy = await startNodeProxy(node.url, (method, [hash]) => {
    const receipt = receipts.find(({ transactionHash }) => transactionHash === hash)
    const isAsked = method === 'eth_getTransactionReceipt' && receipt !== undefined
    return isAsked ? { kind: 'answer', result: { ...receipt, ...more } } : pass
  })
  const onlyRules = ['failed-transactions', 'unusual-gas-spending']
  const report = await checkup({ address: sender, rpcUrl: proxy.url, onlyRules })
  return { report, spending: report.result.targets[0]?.spending }
}

test('a chain without extras: by day, by contract and method, and what failed', async () => {
  const { spending } = await spendingWith({})
  const costs = receipts.map(costOf)
  const [first = 0n, second = 0n, third = 0n, fourth = 0n] = costs
  expect(spending).toMatchObject({
    isComplete: true,
    all: { transactions: 4, fees: String(sum(costs)) },
    gas: { used: String(sum(receipts.map(gasOf))), allowed: '400000' },
    failed: { transactions: 1, fees: String(third) },
    parts: { data: '0', operator: '0', blobs: '0' },
  })
  expect(spending?.days.map(({ transactions, fees }) => [transactions, fees])).toEqual([
    [2, String(third + fourth)],
    [2, String(first + second)],
  ])
  const byContract = new Map(spending?.contracts.map(({ to, fees }) => [to, fees]))
  expect(byContract).toEqual(
    new Map([
      [shop, String(first + second)],
      [failing, String(third)],
      [at(0xb0b), String(fourth)],
    ]),
  )
  const byMethod = new Map(spending?.methods.map(({ selector, fees }) => [selector, fees]))
  expect([byMethod.get('0xa9059cbb'), byMethod.get('0x095ea7b3'), byMethod.get('0x')]).toEqual(
    [first, second, fourth].map(String),
  )
}, 60_000)

test('a chain of the OP Stack since Jovian: the data and the operator are paid on top', async () => {
  const more = {
    l1Fee: '0x3e8',
    operatorFeeScalar: '0x2',
    operatorFeeConstant: '0x7',
    daFootprintGasScalar: '0x190',
    blobGasUsed: '0x9c40',
  }
  const { spending, report } = await spendingWith(more)
  const operator = sum(receipts.map((receipt) => gasOf(receipt) * 200n + 7n))
  expect(spending).toMatchObject({
    all: { fees: String(sum(receipts.map(costOf)) + 4_000n + operator) },
    parts: { data: '4000', operator: String(operator), blobs: '0' },
  })
  const [failed] = receipts.slice(2)
  const fee = failed === undefined ? 0n : costOf(failed) + 1_000n + gasOf(failed) * 200n + 7n
  expect(findings(report, 'failed-transactions')).toMatchObject([{ data: { fee: { value: String(fee) } } }])
}, 60_000)

test('Arbitrum: the data is part of the gas', async () => {
  const { spending } = await spendingWith({ gasUsedForL1: '0x64' })
  expect(spending).toMatchObject({
    all: { fees: String(sum(receipts.map(costOf))) },
    parts: { data: String(sum(receipts.map(({ effectiveGasPrice }) => 100n * BigInt(effectiveGasPrice)))) },
  })
}, 60_000)
