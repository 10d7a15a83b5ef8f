/**
 * A blob fee that the market has left behind. The transaction, and the one in its place, are on a real node. The market is not:
 * anvil's blob fee stays at one wei, however many blobs its blocks hold, so its fee history is told with a higher one.
 */
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { checkup } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { findings } from './support/demo-check.ts'

const gwei = 10n ** 9n
const sender = at(0x5e4d)
const market = 5n
let node: DevelopmentNode

beforeAll(async () => {
  node = await startAnvil()
  await node.send('anvil_setBalance', [sender, '0x3635c9adc5dea00000'])
  await node.send('evm_setAutomine', [false])
}, 60_000)
afterAll(() => node?.stop())

type Fees = { readonly fee: bigint; readonly tip: bigint; readonly blobFee: bigint }
const send = async ({ fee, tip, blobFee }: Fees) => {
  const fees = {
    maxFeePerGas: numberToHex(fee),
    maxPriorityFeePerGas: numberToHex(tip),
    maxFeePerBlobGas: numberToHex(blobFee),
  }
  const blobs = { blobVersionedHashes: [`0x01${'ab'.repeat(31)}`] }
  const fields = { from: sender, to: at(0xb0b), nonce: '0x0', gas: numberToHex(21_000) }
  return String(await node.send('eth_sendTransaction', [{ ...fields, ...blobs, ...fees }]))
}
const statusOf = async (hash: string) =>
  ((await node.send('eth_getTransactionReceipt', [hash])) as { readonly status: string } | null)?.status ?? null

function withBlobMarket(rpc: RpcClient, blobBaseFee: bigint): RpcClient {
  const request: RpcClient['request'] = async (method, params) => {
    const reply = await rpc.request(method, params)
    if (method !== 'eth_feeHistory') return reply
    const { baseFeePerGas } = reply as { readonly baseFeePerGas: readonly string[] }
    return { ...(reply as object), baseFeePerBlobGas: baseFeePerGas.map(() => numberToHex(blobBaseFee)) }
  }
  return { ...rpc, request }
}

const stuckFees = { fee: 50n * gwei, tip: gwei, blobFee: market - 1n }
const check = (blobBaseFee: bigint) =>
  checkup({
    address: sender,
    rpc: withBlobMarket(createRpcClient({ url: node.url }), blobBaseFee),
    onlyRules: ['stuck-transaction'],
    secondOpinion: false,
  })

test('is told with its numbers, and the fees that replace it are taken and mined', async () => {
  const stuck = await send(stuckFees)
  expect(findings(await check(stuckFees.blobFee))).toEqual([])
  const [finding] = findings(await check(market))
  expect(finding).toMatchObject({
    messageId: 'low-blob-fee',
    data: { hash: { value: stuck }, offered: { value: '4' }, asked: { value: '5' } },
  })
  const [fee = 0n, tip = 0n, blobFee = 0n] = ['newMaxFee', 'newPriorityFee', 'newBlobFee'].map((name) =>
    BigInt(String(finding?.data[name]?.value)),
  )
  expect(fee).toBeGreaterThanOrEqual(2n * stuckFees.fee)
  expect(tip).toBeGreaterThanOrEqual(2n * stuckFees.tip)
  expect(blobFee).toBe(2n * market)
  const replacement = await send({ fee, tip, blobFee })
  await node.send('evm_mine')
  expect([await statusOf(stuck), await statusOf(replacement)]).toEqual([null, '0x1'])
}, 60_000)

test("anvil's own fee history tells the blob fee of the next block", async () => {
  const { baseFeePerBlobGas } = (await node.send('eth_feeHistory', ['0x1', 'latest', [50]])) as {
    readonly baseFeePerBlobGas: readonly string[]
  }
  expect(baseFeePerBlobGas).toEqual(['0x1', '0x1'])
})
