import { numberToHex } from 'viem/utils'
import { expect, test } from 'vitest'
import { replayFailed } from '../../src/collectors/activity/replay.ts'
import type { MinedTransaction } from '../../src/collectors/activity/search.ts'
import { at, hashOf, owner } from '../../src/testing.ts'
import { fakeRpc, refused } from '../support/fake-rpc.ts'

const mined: MinedTransaction = {
  hash: hashOf(1),
  from: owner,
  nonce: 0,
  to: at(0xb0b),
  value: 1n,
  gasLimit: 50_000n,
  input: '0x1234',
  block: 700n,
  maxFeePerGas: 2n,
  maxPriorityFeePerGas: 1n,
  maxFeePerBlobGas: null,
  isLegacy: false,
  hasAuthorizations: false,
}
const receipt = { status: 'answered', reply: { status: '0x0', gasUsed: '0x7530' } } as const
const replayed = async (over: Partial<MinedTransaction>) => {
  const rpc = fakeRpc({ eth_call: refused('eth_call', 'execution reverted', '0xdeadbeef') })
  const replay = await replayFailed(rpc, { transaction: { ...mined, ...over }, receipt })
  return { replay, asked: rpc.asked.map(({ params }) => params) }
}

const accessList = [{ address: at(0xacc), storageKeys: [hashOf(2)] }]
const blobVersionedHashes = [hashOf(3), hashOf(4)]
test.each([
  ['nothing else', {}, {}],
  ['its access list', { accessList }, { accessList }],
  ['all its blobs', { maxFeePerBlobGas: 1n, blobVersionedHashes }, { blobVersionedHashes }],
])('the call is made again with %s', async (_, over, carried) => {
  const { replay, asked } = await replayed(over)
  expect(replay).toMatchObject({ call: { status: 'refused', nodeData: '0xdeadbeef' }, at: 'before' })
  const call = { from: owner, to: at(0xb0b), value: '0x1', gas: '0xc350', data: '0x1234', ...carried }
  expect(asked).toEqual([[call, numberToHex(699n)]])
})

test.each([
  ['authorisations', { hasAuthorizations: true }],
  ['blobs whose hashes are not known', { maxFeePerBlobGas: 1n }],
])('what carried %s is not made again, and its reason is missing', async (_, over) => {
  const { replay, asked } = await replayed(over)
  expect(replay).toMatchObject({
    call: { status: 'failed', error: { code: 'call-not-repeatable', data: { transaction: { value: hashOf(1) } } } },
    withMoreGas: null,
  })
  expect(asked).toEqual([])
})

test('one that goes through with the gas it had says nothing of more gas', async () => {
  const rpc = fakeRpc({ eth_call: '0x' })
  const nearlyAll = { status: 'answered', reply: { status: '0x0', gasUsed: '0xafc8' } } as const
  const replay = await replayFailed(rpc, { transaction: mined, receipt: nearlyAll })
  expect(replay).toMatchObject({ call: { status: 'succeeded' }, withMoreGas: null })
  const asked = rpc.asked.map(({ params }) => params)
  expect(asked).toMatchObject([
    [{ gas: '0xc350' }, numberToHex(699n)],
    [{ gas: '0xc350' }, numberToHex(700n)],
  ])
})
