/** Who sent the transaction that gave a grant, and when: judged from real events, those of uses among them. */
import type { Address } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import { without } from '../support/fake-rpc.ts'
import { type CaseChain, friend, startCaseChain } from './chain-of-cases.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain.stop())

async function stage() {
  const owner = await chain.newOwner()
  const token = await chain.deploy('SignedToken', 1000n, owner)
  const gasless = await chain.deploy('GaslessRouter')
  return {
    owner,
    token,
    gasless,
    own: chain.send('SignedToken', owner, token),
    /** Somebody else pays for it. */
    hand: chain.send('SignedToken', friend, token),
    relay: chain.send('GaslessRouter', friend, gasless),
  }
}

async function timeOfBlock(number: string): Promise<number> {
  const block = (await chain.node.send('eth_getBlockByNumber', [number, false])) as { timestamp: string }
  return Number(block.timestamp)
}

const unsent = async (owner: Address, options = {}) => {
  const checked = await chain.check(owner, { options })
  return { ...checked, status: checked.outcome('unsent-approval').status }
}

test('an approval of its own: the account sent it, at the time of the block', async () => {
  const { owner, own } = await stage()
  const { transactionHash, blockNumber } = await own('approve', chain.router, 40n)
  const { grants, facts, status } = await unsent(owner)
  const timestamp = await timeOfBlock(blockNumber)
  expect(grants).toMatchObject([
    { amount: 40n, log: { transaction: transactionHash, block: BigInt(blockNumber), sender: owner, timestamp } },
  ])
  expect(grants[0]?.log).not.toHaveProperty('isUse')
  expect(facts.approvals.missing).toEqual([])
  expect(status).toBe('passed')
})

test('a permit that somebody else handed in is found, with who did', async () => {
  const { owner, hand } = await stage()
  const { transactionHash } = await hand('permit', owner, chain.router, 40n)
  const { grants, status, outcome } = await unsent(owner)
  expect(grants).toMatchObject([{ amount: 40n, log: { transaction: transactionHash, sender: friend } }])
  expect(status).toBe('found')
  expect(outcome('unsent-approval')).toMatchObject({
    findings: [{ severity: 'medium', confidence: 'possible', data: { sender: { value: friend } } }],
  })
})

test('what others use of an approval announces itself too, and gives nothing', async () => {
  const { owner, own, gasless, relay, token } = await stage()
  const { transactionHash } = await own('approve', gasless, 40n)
  await relay('take', token, owner, 15n)
  await relay('take', token, owner, 5n)
  const { grants, status } = await unsent(owner)
  expect(grants).toMatchObject([{ amount: 20n, log: { transaction: transactionHash, sender: owner } }])
  expect(status).toBe('passed')
})

test("OpenZeppelin's token, which announces uses, keeps the approval as what gave it", async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('ERC20PresetFixedSupply', 'Fixed', 'FIX', 1000n, owner)
  const { transactionHash } = await chain.send('ERC20PresetFixedSupply', owner, token)('approve', chain.router, 40n)
  await chain.send('Router', friend, chain.router)('pull', token, owner, friend, 15n)
  const { grants, status } = await unsent(owner)
  expect(grants).toMatchObject([{ amount: 25n, log: { transaction: transactionHash, sender: owner } }])
  expect(status).toBe('passed')
})

test('a permit that is used in its own transaction, and later again, was not sent by the account', async () => {
  const { owner, gasless, relay, token } = await stage()
  const { transactionHash } = await relay('permitAndTake', token, owner, 40n, 10n)
  await relay('take', token, owner, 5n)
  const { grants, status } = await unsent(owner)
  expect(grants).toMatchObject([
    { amount: 25n, spender: { address: gasless }, log: { transaction: transactionHash, sender: friend, isUse: true } },
  ])
  expect(status).toBe('found')
})

test('a permit that is used at once after the account took an older approval back', async () => {
  const { owner, own, gasless, relay, token } = await stage()
  await own('approve', gasless, 7n)
  await own('approve', gasless, 0n)
  const { transactionHash } = await relay('permitAndTake', token, owner, 40n, 10n)
  const { grants, status } = await unsent(owner)
  expect(grants).toMatchObject([{ amount: 30n, log: { transaction: transactionHash, sender: friend } }])
  expect(status).toBe('found')
})

test('with older blocks unread, a use alone does not tell who gave the approval', async () => {
  const { owner, own, gasless, relay, token } = await stage()
  const { blockNumber } = await own('approve', gasless, 40n)
  await relay('take', token, owner, 15n)
  const { grants, outcome } = await unsent(owner, { fromBlock: BigInt(blockNumber) + 1n })
  expect(grants).toMatchObject([{ amount: 25n, log: { isUse: true, sender: friend } }])
  expect(outcome('unsent-approval')).toMatchObject({ status: 'inconclusive' })
})

test('an endpoint that shows no transactions: who sent it is missing, and nothing passes', async () => {
  const { owner, own, token } = await stage()
  await own('approve', chain.router, 40n)
  const { grants, facts, outcome } = await chain.check(owner, {
    client: without(chain.rpc, 'eth_getTransactionByHash'),
  })
  expect(grants).toMatchObject([{ amount: 40n }])
  expect(grants[0]?.log).not.toHaveProperty('sender')
  expect(facts.approvals.missing).toMatchObject([{ about: 'approval-transaction', contract: token }])
  expect(outcome('unsent-approval').status).toBe('inconclusive')
  // Nothing else rests on it.
  expect(outcome('unlimited-allowance').status).toBe('passed')
})

test('a block that is not shown again leaves the time open, and the sender told', async () => {
  const { owner, hand } = await stage()
  const { blockNumber } = await hand('permit', owner, chain.router, 40n)
  await chain.node.send('evm_mine')
  const { grants, facts, outcome } = await chain.check(owner, { client: hiding(chain.rpc, blockNumber) })
  expect(grants[0]?.log).toMatchObject({ sender: friend })
  expect(grants[0]?.log).not.toHaveProperty('timestamp')
  expect(facts.approvals.missing).toMatchObject([{ about: 'approval-transaction' }])
  expect(outcome('unsent-approval')).toMatchObject({ status: 'found', because: { kind: 'fact-incomplete' } })
})

/** The same node, which no longer knows one block. */
function hiding(rpc: RpcClient, block: string): RpcClient {
  const request: RpcClient['request'] = async (method: ReadMethod, params) =>
    method === 'eth_getBlockByNumber' && params[0] === block ? null : rpc.request(method, params)
  return { ...rpc, request }
}
