/** Transactions that somebody asks about by their hashes, on a real node: where each of them is, in words of its own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { checkup } from '../../src/index.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at, hashOf } from '../../src/testing.ts'
import { without } from '../support/fake-rpc.ts'
import { mineAroundPool, sendUnmined } from '../support/pending.ts'
import { findings } from './support/demo-check.ts'

const gwei = 10n ** 9n
const sender = at(0x5e4d)
const stranger = at(0x57a6)
const failing = at(0xbad)
let node: DevelopmentNode
/** By what became of each. */
let sent: Readonly<Record<'succeeded' | 'failed' | 'foreign' | 'replaced' | 'pending' | 'queued', string>>

beforeAll(async () => {
  node = await startAnvil()
  for (const account of [sender, stranger]) await node.send('anvil_setBalance', [account, '0x3635c9adc5dea00000'])
  // Reverts with nothing: PUSH1 0 PUSH1 0 REVERT.
  await node.send('anvil_setCode', [failing, '0x60006000fd'])
  const send = async (fields: object) => String(await node.send('eth_sendTransaction', [fields]))
  const mined = {
    succeeded: await send({ from: sender, to: stranger, value: '0x1' }),
    failed: await send({ from: sender, to: failing, gas: '0x186a0' }),
    foreign: await send({ from: stranger, to: sender, value: '0x1' }),
  }
  const fees = { maxFeePerGas: 3n * gwei, maxPriorityFeePerGas: gwei }
  const higher = { maxFeePerGas: 6n * gwei, maxPriorityFeePerGas: 2n * gwei }
  const [replaced = '', pending = '', queued = ''] = await sendUnmined(node, [
    { from: sender, to: stranger, nonce: 2, ...fees },
    { from: sender, to: stranger, nonce: 2, ...higher },
    { from: sender, to: stranger, nonce: 4, ...fees },
  ])
  sent = { ...mined, replaced, pending, queued }
  await mineAroundPool(node, 40n * gwei)
}, 60_000)
afterAll(() => node?.stop())

type Name = keyof typeof sent
const ask = (names: readonly Name[], rpc: RpcClient = createRpcClient({ url: node.url })) =>
  checkup({
    address: sender,
    rpc,
    onlyRules: ['invisible-transaction', 'stuck-transaction', 'nonce-gap'],
    transactionHashes: names.map((name) => sent[name]),
    secondOpinion: false,
  })
const withoutPool = () =>
  without(createRpcClient({ url: node.url }), 'txpool_content', 'txpool_inspect', 'eth_getTransactionBySenderAndNonce')

test.each([
  ['succeeded', 'mined', { ending: { value: 'succeeded' } }],
  ['failed', 'mined', { ending: { value: 'failed' } }],
  ['foreign', 'foreign', { from: { value: stranger } }],
  ['pending', 'waiting', { place: { value: 'pending' } }],
  ['queued', 'waiting', { place: { value: 'queued' } }],
  ['replaced', 'unknown', { count: { value: 1 }, next: { value: 2 } }],
] as const)('%s', async (name, messageId, data) => {
  const told = findings(await ask([name])).find(({ ruleId }) => ruleId === 'invisible-transaction')
  expect(told).toMatchObject({ messageId, data })
})

test('all of them at once, each of them told', async () => {
  const report = await ask(['succeeded', 'failed', 'foreign', 'pending', 'queued', 'replaced'])
  const told = findings(report).filter(({ ruleId }) => ruleId === 'invisible-transaction')
  expect(told.map(({ messageId }) => messageId).toSorted()).toEqual([
    'foreign',
    'mined',
    'mined',
    'unknown',
    'waiting',
    'waiting',
  ])
  expect(JSON.stringify(report)).not.toContain(sent.replaced.slice(2))
})

describe('an endpoint that does not show what waits', () => {
  test('is blind to a stuck transaction, until its hash is given', async () => {
    const blind = await ask([], withoutPool())
    expect(findings(blind)).toEqual([])
    const [stuck] = findings(await ask(['pending'], withoutPool())).filter(
      ({ ruleId }) => ruleId === 'stuck-transaction',
    )
    expect(stuck).toMatchObject({
      messageId: 'below-base-fee',
      subject: { kind: 'nonce', nonce: 2 },
      data: {
        hash: { value: sent.pending },
        offered: { value: String(6n * gwei) },
        asked: { value: String(40n * gwei) },
      },
    })
    // What is printed for it is taken: a cancellation with the same nonce, mined at the fees of now.
    const cancellation = stuck?.remedy?.find(({ purpose }) => purpose === 'cancel')
    expect(BigInt(cancellation?.maxFeePerGas ?? 0)).toBeGreaterThanOrEqual(80n * gwei)
  })

  test('invents no gap before one that waits behind others it may know', async () => {
    const told = findings(await ask(['queued'], withoutPool()))
    expect(told.map(({ ruleId, data: { place } }) => [ruleId, place?.value])).toEqual([
      ['invisible-transaction', 'unplaced'],
    ])
  })
})

test('one that only a second endpoint knows is told so, and not looked for there when the first knows it', async () => {
  const other = await startAnvil()
  try {
    await other.send('anvil_setBalance', [sender, '0x3635c9adc5dea00000'])
    const hash = String(await other.send('eth_sendTransaction', [{ from: sender, to: stranger, value: '0x7' }]))
    const askBoth = (transactionHashes: readonly string[]) =>
      checkup({
        address: sender,
        rpcUrl: node.url,
        secondRpcUrl: other.url,
        onlyRules: ['invisible-transaction'],
        transactionHashes,
      })
    const report = await askBoth([hash, hashOf(0xabc), sent.succeeded])
    expect(findings(report).map(({ messageId, data: { hashes } }) => [messageId, hashes?.value])).toEqual([
      ['elsewhere', `${hash.slice(0, 6)}…${hash.slice(-4)}`],
      ['mined', undefined],
      ['unknown', '0x0000…0abc'],
    ])
    expect(JSON.stringify(report)).not.toContain(hash.slice(2))
  } finally {
    await other.stop()
  }
}, 60_000)

describe('a hash that no option takes', () => {
  const given = (transactionHashes: unknown) =>
    checkup({ address: sender, rpcUrl: node.url, transactionHashes: transactionHashes as readonly string[] })

  test.each([
    ['without 0x, as a key is exported', 'ab'.repeat(32), 'secret-input'],
    ['too short', `0x${'ab'.repeat(31)}`, 'invalid-transaction-hash'],
    ['a number', 12, 'invalid-option'],
  ])('%s throws, and is not repeated', async (_, hash, code) => {
    const error: unknown = await given([hash]).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(JSON.stringify([error, String(error)])).not.toContain('abab')
  })
})

test('the same hash in another case is looked up once', async () => {
  const transactionHash = hashOf(0xabc)
  const report = await checkup({
    address: sender,
    rpcUrl: node.url,
    onlyRules: ['invisible-transaction'],
    transactionHashes: [transactionHash, `0x${transactionHash.slice(2).toUpperCase()}`],
  })
  expect(findings(report)).toMatchObject([{ data: { count: { value: 1 } } }])
})
