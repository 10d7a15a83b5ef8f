import type { Address, Hex } from 'viem'
import { encodeErrorResult, numberToHex, parseAbi, recoverAuthorizationAddress } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import accountCollector from '../../src/collectors/account.ts'
import activity from '../../src/collectors/activity.ts'
import chainCollector from '../../src/collectors/chain.ts'
import noncesCollector from '../../src/collectors/nonces.ts'
import type { CollectOptions } from '../../src/core/collector.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at, owner } from '../../src/testing.ts'
import { read, without } from '../support/fake-rpc.ts'

const gwei = 10n ** 9n
const other = at(0x07e4)
const reverting = at(0xbad)
const looping = at(0x100b)
let node: DevelopmentNode

/** Sends without mining. Fees in wei per gas; the base fee of every block is 1 gwei. */
const send = (over: object, tip = gwei) =>
  node.send('eth_sendTransaction', [
    {
      from: owner,
      to: other,
      gas: numberToHex(21_000n),
      maxFeePerGas: numberToHex(tip + gwei),
      maxPriorityFeePerGas: numberToHex(tip),
      ...over,
    },
  ])
const mine = async (blocks = 1) => {
  for (let mined = 0; mined < blocks; mined++) {
    await node.send('anvil_setNextBlockBaseFeePerGas', [numberToHex(gwei)])
    await node.send('evm_mine')
  }
}

/** Reverts with these bytes: PUSH1 size PUSH1 12 PUSH1 0 CODECOPY PUSH1 size PUSH1 0 REVERT, then the bytes. */
function codeReverting(data: string): string {
  const size = (data.length / 2 - 1).toString(16).padStart(2, '0')
  return `0x60${size}600c60003960${size}6000fd${data.slice(2)}`
}

beforeAll(async () => {
  node = await startAnvil()
  for (const address of [owner, other]) await node.send('anvil_setBalance', [address, '0x3635c9adc5dea00000'])
  const words = encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: ['not today'] })
  await node.send('anvil_setCode', [reverting, codeReverting(words)])
  await node.send('anvil_setCode', [looping, '0x5b600056'])
  await node.send('evm_setAutomine', [false])
  await mine(3)
  // Block 4: nonce 0 at a hundred times the tip that nineteen others pay.
  for (let nonce = 0; nonce < 19; nonce++) await send({ from: other, to: at(1), nonce: numberToHex(nonce) })
  await send({ value: '0x5' }, 100n * gwei)
  await mine()
  await mine(20)
  // Block 25: a revert with words. Block 26: out of gas. Block 40: two plain ones.
  await send({ to: reverting, gas: numberToHex(100_000n), data: '0x12345678ff' })
  await mine()
  await send({ to: looping, gas: numberToHex(50_000n) })
  await mine()
  await mine(13)
  await send({})
  await send({})
  await mine()
  await mine(5)
}, 30_000)
afterAll(() => node.stop())

const client = () => createRpcClient({ url: node.url, backoffMs: 1 })

async function readActivity(rpc: RpcClient, over: Partial<CollectOptions> = {}) {
  const options = { account: owner, ...over }
  const chain = await read(chainCollector, { rpc, facts: {}, options })
  const account = await read(accountCollector, { rpc, facts: { chain }, options })
  const nonces = await read(noncesCollector, { rpc, facts: { chain }, options })
  return read(activity, { rpc, facts: { chain, account, nonces }, options })
}

test('every transaction of the account, newest first, with its costs beside what others paid', async () => {
  const facts = await readActivity(client())
  expect(facts).toMatchObject({ source: 'ots_searchTransactionsBefore', nonceRange: { from: 0, to: 4 }, missing: [] })
  expect(facts.transactions.map(({ nonce, block, succeeded }) => [nonce, block, succeeded])).toEqual([
    [4, 40n, true],
    [3, 40n, true],
    [2, 26n, false],
    [1, 25n, false],
    [0, 4n, true],
  ])
  expect(facts.transactions.at(-1)).toMatchObject({
    to: other,
    value: 5n,
    selector: '0x',
    gasLimit: 21_000n,
    gasUsed: 21_000n,
    effectiveGasPrice: 101n * gwei,
    dataFee: 0n,
    revertReason: null,
    blockFees: { baseFee: gwei, tip: { p10: gwei, p50: gwei, p90: gwei }, price: { p50: 2n * gwei } },
  })
})

test('a revert keeps its words; running out of gas has none, and nothing is missing', async () => {
  const { transactions, missing } = await readActivity(client())
  const byNonce = new Map(transactions.map((transaction) => [transaction.nonce, transaction]))
  expect(byNonce.get(1)).toMatchObject({ to: reverting, selector: '0x12345678', revertReason: 'not today' })
  expect(byNonce.get(1)).toMatchObject({ replayedAt: 'before' })
  expect(byNonce.get(1)).not.toHaveProperty('withMoreGas')
  expect(byNonce.get(2)).toMatchObject({
    gasUsed: 50_000n,
    gasLimit: 50_000n,
    revertReason: null,
    withMoreGas: 'fails',
    replayedAt: 'before',
  })
  expect(missing).toEqual([])
})

/** Makes a contract of one byte: PUSH4 (PUSH1 1 PUSH0 RETURN) PUSH0 MSTORE PUSH1 4 PUSH1 28 PUSH0 CREATE STOP. */
const creatingCode: Hex = '0x6360015ff35f526004601c5ff000'

/** Counts down from 1000, for 26 gas each: PUSH2 1000, then JUMPDEST PUSH1 1 SWAP1 SUB DUP1 PUSH1 3 JUMPI STOP. */
const countingCode: Hex = '0x6103e85b600190038060035700'

/** Calls with all its gas, and reverts with 0xdeadbeef when that fails. */
function callingCode(to: Address): Hex {
  // PUSH0 ×5 PUSH20 to GAS CALL PUSH1 end JUMPI; PUSH4 deadbeef PUSH0 MSTORE PUSH1 4 PUSH1 28 REVERT; end: JUMPDEST STOP
  return `0x5f5f5f5f5f73${to.slice(2).toLowerCase()}5af1602b5763deadbeef5f526004601cfd5b00`
}

/** The methods that list transactions, the best first. */
const listing = ['ots_searchTransactionsBefore', 'eth_getTransactionBySenderAndNonce', 'trace_filter'] as const

test('single nonces, traces and bisection find the same transactions as the index', async () => {
  const indexed = await readActivity(client())
  const single = await readActivity(without(client(), 'ots_searchTransactionsBefore'))
  const traced = await readActivity(without(client(), ...listing.slice(0, 2)))
  const bisected = await readActivity(without(client(), ...listing))
  expect(single).toEqual({ ...indexed, source: 'eth_getTransactionBySenderAndNonce' })
  expect(traced).toEqual({ ...indexed, source: 'trace_filter' })
  expect(bisected).toEqual({ ...indexed, source: 'nonce-bisection' })
})

test.each([
  [[]],
  [['ots_searchTransactionsBefore']],
  [['ots_searchTransactionsBefore', 'eth_getTransactionBySenderAndNonce']],
  [['ots_searchTransactionsBefore', 'eth_getTransactionBySenderAndNonce', 'trace_filter']],
] as const)('nothing after the pinned block is seen, without %s', async (methods) => {
  const facts = await readActivity(without(client(), ...methods), { block: 25n })
  expect(facts.transactions.map(({ nonce }) => nonce)).toEqual([1, 0])
  expect(facts).toMatchObject({ nonceRange: { from: 0, to: 1 }, missing: [] })
})

test('an account that sent nothing', async () => {
  expect(await readActivity(client(), { account: at(0xdead) })).toEqual({
    transactions: [],
    source: 'none-sent',
    nonceRange: null,
    since: 0,
    raised: [],
    missing: [],
  })
})

test("a contract's nonce is no transaction", async () => {
  await node.send('anvil_setNonce', [reverting, '0x4'])
  await mine()
  expect(await readActivity(client(), { account: reverting })).toMatchObject({ source: 'none-sent', missing: [] })
})

test('a window begins where its days do, by any way of listing', async () => {
  await node.send('evm_increaseTime', [100 * 86_400])
  await mine()
  await send({ value: '0x9' })
  await mine(2)
  const days = { history: { days: 90, mostTransactions: 300 } }
  for (const absent of [0, 1, 2, 3]) {
    const facts = await readActivity(without(client(), ...listing.slice(0, absent)), days)
    expect(facts.transactions.map(({ nonce, value }) => [nonce, value])).toEqual([[5, 9n]])
    expect(facts).toMatchObject({ nonceRange: { from: 5, to: 5 }, missing: [] })
    expect(facts.since).toBeGreaterThan(0)
  }
  expect(await readActivity(client(), { ...days, account: reverting })).toMatchObject({ source: 'none-sent' })
})

test('an authorisation and a contract made by delegated code are told apart from transactions', async () => {
  // Nobody knows a key for it: whatever a signature's numbers are, they recover to some address.
  const numbers = { r: numberToHex(0x1234n, { size: 32 }), s: numberToHex(0x4321n, { size: 32 }), yParity: 0 } as const
  const creator = at(0xc4ea)
  const authorization = { chainId: 31_337, address: creator, nonce: 0, ...numbers }
  const account: Address = await recoverAuthorizationAddress({ authorization })
  await node.send('anvil_setCode', [creator, creatingCode])
  await node.send('anvil_setBalance', [account, '0x3635c9adc5dea00000'])
  const row = { ...authorization, chainId: '0x7a69', nonce: '0x0', yParity: '0x0' }
  await node.send('eth_sendTransaction', [
    {
      from: other,
      to: other,
      type: '0x4',
      gas: numberToHex(200_000n),
      maxFeePerGas: numberToHex(5n * gwei),
      maxPriorityFeePerGas: numberToHex(gwei),
      authorizationList: [row],
    },
  ])
  await mine(3)
  await send({ from: other, to: account, gas: numberToHex(200_000n) })
  await mine(3)
  await node.send('anvil_impersonateAccount', [account])
  await send({ from: account, gas: numberToHex(100_000n) })
  await mine(3)
  const facts = await readActivity(without(client(), ...listing), { account })
  expect(facts.transactions.map(({ nonce }) => nonce)).toEqual([2])
  expect(facts.raised?.toSorted((one, two) => one.nonce - two.nonce)).toMatchObject([
    { nonce: 0, by: 'authorisation' },
    { nonce: 1, by: 'creation' },
  ])
  expect(facts.missing).toEqual([])
  const listed = await readActivity(client(), { account })
  expect(listed).toMatchObject({ transactions: facts.transactions, missing: [] })
  expect(listed.raised).toHaveLength(2)
})

test('a transaction with blobs cost what its receipt says on top of its gas', async () => {
  const blobs = { blobVersionedHashes: [`0x01${'ab'.repeat(31)}`, `0x01${'cd'.repeat(31)}`], maxFeePerBlobGas: '0x5' }
  await send(blobs)
  await mine()
  const { transactions, missing } = await readActivity(client())
  // Two blobs of 131072 gas each, at the least price there is.
  expect(transactions[0]).toMatchObject({ gasUsed: 21_000n, blobFee: 262_144n, effectiveGasPrice: 2n * gwei })
  expect(missing).toEqual([])
})

test('one with blobs is made again with their hashes, so the reason is its own', async () => {
  const inbox = at(0x1b0)
  // Reverts with 0xdeadbeef where BLOBHASH(0) is there, and with nothing where it is not.
  await node.send('anvil_setCode', [inbox, '0x5f496008575f5ffd5b63deadbeef5f526004601cfd'])
  const blobs = { blobVersionedHashes: [`0x01${'ab'.repeat(31)}`], maxFeePerBlobGas: '0x5' }
  await send({ to: inbox, gas: numberToHex(100_000n), ...blobs })
  await mine()
  const { transactions, missing } = await readActivity(client())
  expect(transactions[0]).toMatchObject({ to: inbox, succeeded: false, revertReason: '0xdeadbeef' })
  expect(missing).toEqual([])
})

test('an inner call that ran out of the 63 of 64 parts it got: more gas would have done, whatever the outer one says', async () => {
  // The inner one counts; the outer one reverts with 0xdeadbeef when it fails, with the part it kept.
  const [inner, outer] = [at(0x1661), at(0x0073)]
  await node.send('anvil_setCode', [inner, countingCode])
  await node.send('anvil_setCode', [outer, callingCode(inner)])
  await send({ to: outer, gas: numberToHex(45_000n) })
  await mine(2)
  const { transactions } = await readActivity(client())
  expect(transactions[0]).toMatchObject({
    to: outer,
    succeeded: false,
    withMoreGas: 'succeeds',
    revertReason: '0xdeadbeef',
  })
  expect(transactions[0]?.gasUsed).toBeLessThan(45_000n)
})

test('what failed because of another transaction of its block is read on the state after it', async () => {
  // The switch fails once it was used: SLOAD 0, revert if set, else set it.
  const once = at(0x0ce)
  await node.send('anvil_setCode', [once, '0x5f5460095760015f55005b5f5ffd'])
  await send({ from: other, to: once, gas: numberToHex(100_000n) }, 5n * gwei)
  await send({ to: once, gas: numberToHex(100_000n) })
  await mine(2)
  const { transactions, missing } = await readActivity(client())
  expect(transactions[0]).toMatchObject({ to: once, succeeded: false, revertReason: null })
  expect(missing.filter(({ about }) => about === 'revert-reason')).toEqual([])
})
