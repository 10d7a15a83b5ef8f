/**
 * A blob fee that the market has left behind. The transaction, and the one in its place, are on a real node. The market is not:
 * anvil's blob fee stays at one wei, however many blobs its blocks hold, so its fee history is told with a higher one.
 */
import { numberToHex } from 'viem/utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { checkup } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { emptyBlob } from '../support/blobs.ts'
import { findings, statuses } from './support/demo-check.ts'
import { sendPrinted, statusOf } from './support/printed-calls.ts'

const gwei = 10n ** 9n
const sender = at(0x5e4d)
const market = 5n
let node: DevelopmentNode

beforeEach(async () => {
  node = await startAnvil()
  await node.send('anvil_setBalance', [sender, '0x3635c9adc5dea00000'])
  await node.send('evm_setAutomine', [false])
}, 60_000)
afterEach(() => node?.stop())

const stuckFees = { fee: 50n * gwei, tip: gwei, blobFee: market - 1n }

const sendStuck = async (over: object = {}) => {
  const fees = {
    maxFeePerGas: numberToHex(stuckFees.fee),
    maxPriorityFeePerGas: numberToHex(stuckFees.tip),
    maxFeePerBlobGas: numberToHex(stuckFees.blobFee),
  }
  const { versionedHash, sidecar } = emptyBlob
  const fields = { from: sender, to: at(0xb0b), value: '0x7', nonce: '0x0', gas: numberToHex(21_000) }
  const blobs = { blobVersionedHashes: [versionedHash], ...sidecar }
  return String(await node.send('eth_sendTransaction', [{ ...fields, ...blobs, ...fees, ...over }]))
}

/** null: a node that leaves it out. */
function withBlobMarket(rpc: RpcClient, blobBaseFee: bigint | null): RpcClient {
  const request: RpcClient['request'] = async (method, params) => {
    const reply = await rpc.request(method, params)
    if (method !== 'eth_feeHistory') return reply
    const { baseFeePerGas } = reply as { readonly baseFeePerGas: readonly string[] }
    const told = blobBaseFee === null ? null : baseFeePerGas.map(() => numberToHex(blobBaseFee))
    return { ...(reply as object), baseFeePerBlobGas: told }
  }
  return { ...rpc, request }
}

const check = (blobBaseFee: bigint | null, onlyRules = ['stuck-transaction']) =>
  checkup({
    address: sender,
    rpc: withBlobMarket(createRpcClient({ url: node.url }), blobBaseFee),
    onlyRules,
    secondOpinion: false,
  })

/** Geth's blob pool: each fee higher, and twice the old one at the least. Anvil takes any higher price. */
const isTaken = (fee: bigint, before: bigint) => fee > before && fee * 100n >= before * 200n

test.each([
  ['sped up', 0, at(0xb0b), '7'],
  ['cancelled', 1, sender, '0'],
])(
  '%s by the printed call with the same blobs attached, and mined with them',
  async (_, choice, to, value) => {
    const stuck = await sendStuck()
    expect(findings(await check(stuckFees.blobFee))).toEqual([])
    const [finding] = findings(await check(market))
    expect(finding).toMatchObject({
      messageId: 'low-blob-fee',
      data: { hash: { value: stuck }, offered: { value: '4' }, asked: { value: '5' } },
    })
    expect(finding?.remedy).toHaveLength(2)
    const call = finding?.remedy?.[choice]
    if (call === undefined) throw new Error('no call was printed')
    expect(call).toMatchObject({ to, value, nonce: 0, data: '0x', blobVersionedHashes: [emptyBlob.versionedHash] })
    const { maxFeePerGas = '0', maxPriorityFeePerGas = '0', maxFeePerBlobGas = '0' } = call
    const fees = [
      [BigInt(maxFeePerGas), stuckFees.fee],
      [BigInt(maxPriorityFeePerGas), stuckFees.tip],
      [BigInt(maxFeePerBlobGas), stuckFees.blobFee],
    ] as const
    expect(fees.map(([fee, before]) => isTaken(fee, before))).toEqual([true, true, true])
    expect(BigInt(maxFeePerBlobGas)).toBe(2n * market)
    // The tip need not follow a market here: it is the least that is taken, to the wei.
    expect(isTaken(BigInt(maxPriorityFeePerGas) - 1n, stuckFees.tip)).toBe(false)
    const replacement = await sendPrinted(node, sender, { ...call, sidecar: emptyBlob.sidecar })
    await node.send('evm_mine')
    expect([await statusOf(node, stuck), await statusOf(node, replacement)]).toEqual([null, '0x1'])
    expect(await node.send('anvil_getBlobsByTransactionHash', [replacement])).toEqual(emptyBlob.sidecar.blobs)
  },
  60_000,
)

test('that the balance does not cover is given up by the printed call with one blob', async () => {
  const stuck = await sendStuck({ value: '0xde0b6b3a7640000' })
  await node.send('anvil_setBalance', [sender, '0xde0b6b3a7640000'])
  const [finding] = findings(await check(1n, ['unaffordable-queue']))
  expect(finding).toMatchObject({
    ruleId: 'unaffordable-queue',
    data: { load: { value: 'blobs' }, cancellation: { value: 'covered' }, rest: { value: 'covered' } },
    remedy: [{ to: sender, value: '0', nonce: 0, blobVersionedHashes: [emptyBlob.versionedHash] }],
  })
  const [call] = finding?.remedy ?? []
  if (call === undefined) throw new Error('no call was printed')
  const { maxFeePerGas = '0', maxPriorityFeePerGas = '0', maxFeePerBlobGas = '0' } = call
  expect(isTaken(BigInt(maxFeePerGas), stuckFees.fee)).toBe(true)
  expect(isTaken(BigInt(maxPriorityFeePerGas), stuckFees.tip)).toBe(true)
  expect(isTaken(BigInt(maxFeePerBlobGas), stuckFees.blobFee)).toBe(true)
  const cancellation = await sendPrinted(node, sender, { ...call, sidecar: emptyBlob.sidecar })
  await node.send('evm_mine')
  expect([await statusOf(node, stuck), await statusOf(node, cancellation)]).toEqual([null, '0x1'])
  expect(statuses(await check(1n, ['unaffordable-queue']))).toEqual({ 'unaffordable-queue': 'passed' })
}, 60_000)

test('where the node does not tell the blob fee of the next block, nobody says that all is well', async () => {
  await sendStuck()
  const report = await check(null)
  expect(statuses(report)).toEqual({ 'stuck-transaction': 'inconclusive' })
  expect(JSON.stringify(report)).toContain('"code":"blob-fee-untold"')
}, 60_000)

test('a contract that wants blobs is run with their hashes: it fails without them only', async () => {
  const inbox = at(0x1b0)
  // Reverts unless BLOBHASH(0) is there.
  await node.send('anvil_setCode', [inbox, '0x5f496008575f5ffd5b00'])
  const gas = numberToHex(60_000)
  await sendStuck({ to: inbox, value: '0x0', gas })
  expect(statuses(await check(1n))).toEqual({ 'stuck-transaction': 'passed' })
  await node.send('anvil_dropAllTransactions')
  const fees = { maxFeePerGas: numberToHex(stuckFees.fee), maxPriorityFeePerGas: numberToHex(stuckFees.tip) }
  await node.send('eth_sendTransaction', [{ from: sender, to: inbox, nonce: '0x0', gas, ...fees }])
  expect(findings(await check(1n))).toMatchObject([{ messageId: 'reverts-now' }])
}, 60_000)

test("anvil's own fee history tells the blob fee of the next block", async () => {
  const { baseFeePerBlobGas } = (await node.send('eth_feeHistory', ['0x1', 'latest', [50]])) as {
    readonly baseFeePerBlobGas: readonly string[]
  }
  expect(baseFeePerBlobGas).toEqual(['0x1', '0x1'])
})
