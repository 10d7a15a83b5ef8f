import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import sweepsCollector from '../../src/collectors/sweeps.ts'
import { checkup } from '../../src/index.ts'
import { account, activity, at, hashOf, missing, owner, ownTransaction } from '../../src/testing.ts'
import { findings, statuses } from '../end-to-end/support/demo-check.ts'
import { fakeRpc, pruned, read } from '../support/fake-rpc.ts'

const coin = 10n ** 18n
const payer = at(0x9a1e4)
const taker = at(0x7a4e)

describe('which balances are asked for', () => {
  const sent = (nonce: number, over = {}) =>
    ownTransaction({ nonce, hash: hashOf(nonce + 1), block: BigInt(1000 * nonce + 10), value: coin, ...over })
  const ask = async (balance: bigint, transactions: readonly ReturnType<typeof sent>[]) => {
    const rpc = fakeRpc({ eth_getBalance: '0x0' })
    const facts = { account: account({ balance }), activity: activity(transactions) }
    return { facts: await read(sweepsCollector, { rpc, facts }), asked: rpc.asked.map(({ params }) => params[1]) }
  }

  test('the end of the fourth block before, and of its own', async () => {
    const { facts, asked } = await ask(0n, [sent(1)])
    expect(asked).toEqual([numberToHex(1006), numberToHex(1010)])
    expect(facts.outflows).toMatchObject([{ block: 1010n, blockBefore: 1006n, before: 0n, after: 0n, to: at(0xb0b) }])
  })

  test('of the first blocks of a chain, the very first', async () => {
    expect((await ask(0n, [sent(0, { block: 2n })])).asked).toEqual(['0x0', '0x2'])
  })

  test.each([
    ['an account that still holds coins', coin, [sent(1)]],
    ['a transaction without coins', 0n, [sent(1, { value: 0n })]],
    ['a failed one', 0n, [sent(1, { succeeded: false })]],
    ['one to the account itself', 0n, [sent(1, { to: owner })]],
    ['a new contract', 0n, [sent(1, { to: null })]],
  ])('none for %s', async (_, balance, transactions) => {
    expect(await ask(balance, transactions)).toEqual({ facts: { outflows: [], missing: [] }, asked: [] })
  })

  test('those of ten transactions at most, the newest', async () => {
    const { asked, facts } = await ask(
      0n,
      Array.from({ length: 25 }, (_, index) => sent(25 - index)),
    )
    expect(asked).toHaveLength(20)
    expect(facts.outflows.map(({ nonce }) => nonce)).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16])
  })
})

test('a node that has forgotten past state: missing, not absent', async () => {
  const rpc = fakeRpc({ eth_getBalance: () => pruned('eth_getBalance') })
  const facts = { account: account({ balance: 0n }), activity: activity([ownTransaction({ value: coin })]) }
  expect(await read(sweepsCollector, { rpc, facts })).toMatchObject({
    outflows: [],
    missing: [{ about: 'past-balance', error: { code: 'state-unavailable' } }],
  })
})

test('what is missing of the history is missing here, and no more', async () => {
  const history = activity([], { missing: [missing('activity'), missing('block-fees')] })
  const facts = { account: account(), activity: history }
  expect(await read(sweepsCollector, { rpc: fakeRpc({}), facts })).toMatchObject({
    missing: [{ about: 'activity' }],
  })
})

describe('on a chain', () => {
  let node: DevelopmentNode
  /** A payment comes, and after so many blocks all of it but the fee is sent on. */
  const payAndSweep = async (from: string, blocksBetween: number) => {
    await node.send('eth_sendTransaction', [{ from: payer, to: from, value: numberToHex(coin) }])
    await node.send('evm_mine')
    for (let mined = 1; mined < blocksBetween; mined++) await node.send('evm_mine')
    const balance = BigInt(String(await node.send('eth_getBalance', [from, 'latest'])))
    const price = 10n ** 10n
    const fees = { gas: numberToHex(21_000), gasPrice: numberToHex(price) }
    const value = numberToHex(balance - 21_000n * price)
    await node.send('eth_sendTransaction', [{ from, to: taker, value, ...fees }])
    for (let mined = 0; mined < 6; mined++) await node.send('evm_mine')
  }
  const check = (address: Address) => checkup({ address, rpcUrl: node.url, onlyRules: ['swept-account'] })
  beforeAll(async () => {
    node = await startAnvil()
    await node.send('evm_setAutomine', [false])
    await node.send('anvil_setBalance', [payer, numberToHex(1000n * coin)])
    for (let times = 0; times < 3; times++) {
      await payAndSweep(at(0x5e1), 3)
      await payAndSweep(at(0x510), 4)
    }
    for (let times = 0; times < 2; times++) await payAndSweep(at(0x5e2), 1)
  }, 60_000)
  afterAll(() => node?.stop())

  test('coins that left in the third block after they came, three times: found, with the balances', async () => {
    const report = await check(at(0x5e1))
    const [finding] = findings(report)
    expect(finding).toMatchObject({
      ruleId: 'swept-account',
      severity: 'critical',
      data: { times: { value: 3 }, taker: { value: taker }, takers: { value: 1 }, balance: { value: '0' } },
    })
  })

  test('coins that left in the fourth block: passed', async () => {
    expect(statuses(await check(at(0x510)))).toEqual({ 'swept-account': 'passed' })
  })

  test('coins that left at once, twice: passed', async () => {
    expect(statuses(await check(at(0x5e2)))).toEqual({ 'swept-account': 'passed' })
  })
})
