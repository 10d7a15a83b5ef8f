import { describe, expect, test } from 'vitest'
import type { ReadMethod } from '../../../src/core/rpc.ts'
import { shareAnswers } from '../../../src/rpc/session/shared-answers.ts'

type Call = readonly [ReadMethod, ...unknown[]]

/** A node that answers after a while, by a number that tells one answer from the next. */
function shared(answer: (count: number) => unknown = (count) => count) {
  let count = 0
  const request = shareAnswers(async () => {
    const own = ++count
    await Promise.resolve()
    const reply = answer(own)
    if (reply instanceof Error) throw reply
    return reply
  })
  return { ask: ([method, ...params]: Call) => request(method, params), sent: () => count }
}

describe('the same question', () => {
  test.each<[string, Call]>([
    ['about the chain', ['eth_chainId']],
    ['about the market', ['eth_gasPrice']],
    ['about a numbered block', ['eth_getBlockByNumber', '0x10', false]],
    ['about the last final block', ['eth_getBlockByNumber', 'finalized', false]],
    ['about code at a block', ['eth_getCode', '0xabc', '0x10']],
    ['about storage at a block', ['eth_getStorageAt', '0xabc', '0x0', '0x10']],
    ['to a contract at a block', ['eth_call', { to: '0xabc', data: '0x' }, '0x10']],
    ['about fees up to a block', ['eth_feeHistory', '0x14', '0x10', [10]]],
    ['about a receipt', ['eth_getTransactionReceipt', '0xabc']],
  ])('%s is asked once in a run', async (_, call) => {
    const { ask, sent } = shared()
    expect(await Promise.all([ask(call), ask(call)])).toEqual([1, 1])
    expect(await ask(call)).toBe(1)
    expect(sent()).toBe(1)
  })

  test.each<[string, Call]>([
    ['about the newest block', ['eth_getBlockByNumber', 'latest', false]],
    ['about what waits', ['eth_getTransactionCount', '0xabc', 'pending']],
    ['about the newest nonce', ['eth_getTransactionCount', '0xabc', 'latest']],
    ['about the newest head', ['eth_blockNumber']],
    ['about logs', ['eth_getLogs', { fromBlock: '0x1', toBlock: '0x2' }]],
    ['to a contract at the newest block', ['eth_call', { to: '0xabc', data: '0x' }, 'latest']],
  ])('%s is asked each time', async (_, call) => {
    const { ask, sent } = shared()
    expect(await Promise.all([ask(call), ask(call)])).toEqual([1, 2])
    expect(sent()).toBe(2)
  })

  test.each<[string, Call]>([
    ['a block with all its transactions', ['eth_getBlockByNumber', '0x10', true]],
    ['all receipts of a block', ['eth_getBlockReceipts', '0x10']],
    ['all that waits', ['txpool_content']],
    ['a summary of all that waits', ['txpool_inspect']],
  ])('%s is shared while it is asked, and not kept', async (_, call) => {
    const { ask } = shared()
    expect(await Promise.all([ask(call), ask(call)])).toEqual([1, 1])
    expect(await ask(call)).toBe(2)
  })

  test.each<[string, unknown, unknown]>([
    ['that is not known', null, { blockNumber: '0x1' }],
    ['that waits', { blockNumber: null }, { blockNumber: '0x1' }],
  ])('about a transaction %s is asked again', async (_, first, second) => {
    const { ask } = shared((count) => (count === 1 ? first : second))
    const call: Call = ['eth_getTransactionByHash', '0xabc']
    expect([await ask(call), await ask(call), await ask(call)]).toEqual([first, second, second])
  })

  test('that failed has failed for all who wait, and is asked again by who comes later', async () => {
    const { ask } = shared((count) => (count === 1 ? new Error('refused') : count))
    const call: Call = ['eth_getCode', '0xabc', '0x10']
    const results = await Promise.allSettled([ask(call), ask(call)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await ask(call)).toBe(2)
  })
})

test('other parameters are another question', async () => {
  const { ask } = shared()
  expect(await ask(['eth_getCode', '0xabc', '0x10'])).toBe(1)
  expect(await ask(['eth_getCode', '0xabc', '0x11'])).toBe(2)
  expect(await ask(['eth_getCode', '0xabd', '0x10'])).toBe(3)
})

test('so many answers are kept, and the oldest go first', async () => {
  const { ask, sent } = shared()
  const code = (index: number): Call => ['eth_getCode', `0x${index}`, '0x10']
  for (let index = 0; index <= 2_000; index++) await ask(code(index))
  expect(sent()).toBe(2_001)
  await ask(code(2_000))
  expect(sent()).toBe(2_001)
  await ask(code(0))
  expect(sent()).toBe(2_002)
})
