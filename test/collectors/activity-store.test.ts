import { describe, expect, test } from 'vitest'
import activity from '../../src/collectors/activity.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { account, chain, hashOf, nonces } from '../../src/testing.ts'
import { fakeRpc, read } from '../support/fake-rpc.ts'
import { hashOfNonce, receiptOf, simulatedNode, timeOf, transactionOf, type Use } from '../support/simulated-node.ts'

const head = 1000n
const uses: readonly Use[] = [
  { nonce: 0, block: 10n },
  { nonce: 1, block: 10n },
  { nonce: 2, block: 900n },
]
const block = { number: head, hash: hashOf(head), timestamp: timeOf(head) }
const facts = { chain: chain({ block, head: block }), account: account(), nonces: nonces({ latest: uses.length }) }

/** The simulated node with hashes of blocks, which finds transactions by their sender. `branch` gives other hashes. */
function nodeOn(branch = 0, over: Parameters<typeof fakeRpc>[0] = {}) {
  const blockHash = (number: bigint) => hashOf(number + BigInt(branch) * 10_000n)
  const node = simulatedNode({ uses })
  return fakeRpc({
    ...node,
    eth_getTransactionBySenderAndNonce: (_: unknown, nonce: string) => {
      const use = uses[Number(nonce)]
      return use === undefined ? null : transactionOf(use)
    },
    eth_getBlockByNumber: (tag: string, isFull: boolean) => ({
      ...node.eth_getBlockByNumber(tag, isFull),
      hash: blockHash(BigInt(tag)),
    }),
    eth_getTransactionReceipt: (hash: string) => {
      const use = uses.find(({ nonce }) => hashOfNonce(nonce) === hash)
      return use === undefined ? null : { ...receiptOf(use), blockHash: blockHash(use.block), logs: [{ long: 'x' }] }
    },
    ...over,
  })
}

const detailsAsked = ({ asked }: ReturnType<typeof fakeRpc>) =>
  asked.map(({ method }) => method).filter((method) => /Receipt|feeHistory/.test(method))

describe('with a store', () => {
  test('receipts and fees of a block are read once, and give the same facts', async () => {
    const store = memoryStore()
    const first = nodeOn()
    const fresh = await read(activity, { rpc: first, facts, store })
    expect(detailsAsked(first)).toHaveLength(3 + 2)
    const second = nodeOn()
    expect(await read(activity, { rpc: second, facts, store })).toEqual(fresh)
    expect(detailsAsked(second)).toEqual([])
    expect(fresh).toEqual(await read(activity, { rpc: nodeOn(), facts }))
    expect(fresh.missing).toEqual([])
  })

  test('a block that was replaced is read again', async () => {
    const store = memoryStore()
    await read(activity, { rpc: nodeOn(), facts, store })
    const reorganised = nodeOn(1)
    await read(activity, { rpc: reorganised, facts, store })
    expect(detailsAsked(reorganised)).toHaveLength(3 + 2)
  })

  test.each<[string, Parameters<typeof fakeRpc>[0]]>([
    ['no receipt', { eth_getTransactionReceipt: null }],
    ['a receipt that is none', { eth_getTransactionReceipt: { status: '0x1' } }],
    [
      'a receipt of another block',
      {
        eth_getTransactionReceipt: (hash: string) => {
          const use = uses.find(({ nonce }) => hashOfNonce(nonce) === hash)
          return use === undefined ? null : { ...receiptOf(use), blockHash: hashOf(77) }
        },
      },
    ],
    [
      'fees of another block',
      { eth_feeHistory: { oldestBlock: '0x1', gasUsedRatio: [0.5], reward: [['0x1', '0x1', '0x1']] } },
    ],
    ['an error', { eth_getTransactionReceipt: new Error('down'), eth_feeHistory: new Error('down') }],
  ])('%s is not kept', async (_, over) => {
    const store = memoryStore()
    await read(activity, { rpc: nodeOn(0, over), facts, store })
    const well = nodeOn()
    expect((await read(activity, { rpc: well, facts, store })).missing).toEqual([])
    expect(detailsAsked(well).length).toBeGreaterThan(0)
  })

  test('a node that does not tell a block’s hash is asked each time', async () => {
    const store = memoryStore()
    const { eth_getBlockByNumber } = simulatedNode({ uses })
    for (let run = 0; run < 2; run++) {
      const rpc = nodeOn(0, { eth_getBlockByNumber })
      await read(activity, { rpc, facts, store })
      expect(detailsAsked(rpc)).toHaveLength(3 + 2)
    }
  })

  test('a kept answer that was damaged is read again', async () => {
    const store = memoryStore()
    const damaged = { ...store, immutable: { ...store.immutable, get: async () => '{"status":' } }
    const found = await read(activity, { rpc: nodeOn(), facts, store: damaged })
    expect(found.missing).toEqual([])
    expect(found.transactions).toHaveLength(3)
  })
})
