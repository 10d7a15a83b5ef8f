/** What counts as a use of a grant, judged from real events on a chain whose clock is put forward. */
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseChain, friend, startCaseChain } from './chain-of-cases.ts'

const day = 86_400

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain.stop())

async function later(days: number) {
  await chain.node.send('evm_increaseTime', [numberToHex(days * day)])
  await chain.node.send('evm_mine')
}

async function stage() {
  const owner = await chain.newOwner()
  const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
  const own = chain.send('NamedToken', owner, token)
  return { owner, token, own }
}

test('an allowance that nobody used is stale after 180 days, and not before', async () => {
  const { owner, own } = await stage()
  const { blockNumber } = await own('approve', chain.router, 40n)
  await later(179)
  expect((await chain.check(owner)).outcome('stale-approval').status).toBe('passed')
  await later(1)
  const { grants, outcome } = await chain.check(owner)
  expect(grants).toMatchObject([{ log: { block: BigInt(blockNumber) }, lastTransfer: null }])
  expect(outcome('stale-approval')).toMatchObject({
    status: 'found',
    findings: [{ messageId: 'unused', severity: 'low' }],
  })
})

test('a use, seen only as a transfer, and a transfer by the account itself keep it in use', async () => {
  const { owner, own, token } = await stage()
  await own('approve', chain.router, 40n)
  await later(100)
  await chain.send('Router', friend, chain.router)('pull', token, owner, friend, 15n)
  await later(100)
  const used = await chain.check(owner)
  expect(used.outcome('stale-approval').status).toBe('passed')
  await own('transfer', friend, 1n)
  await later(179)
  const sent = await chain.check(owner)
  expect(sent.grants).toMatchObject([{ amount: 25n, lastTransfer: { timestamp: expect.any(Number) } }])
  expect(sent.outcome('stale-approval').status).toBe('passed')
  await later(2)
  expect((await chain.check(owner)).outcome('stale-approval').status).toBe('found')
})

test('what is left after a use is no new approval', async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('ERC20PresetFixedSupply', 'Fixed', 'FIX', 1000n, owner)
  const own = chain.send('ERC20PresetFixedSupply', owner, token)
  const { blockNumber } = await own('approve', chain.router, 40n)
  await later(90)
  await chain.send('Router', friend, chain.router)('pull', token, owner, friend, 15n)
  await later(181)
  const { grants, outcome } = await chain.check(owner)
  expect(grants).toMatchObject([{ amount: 25n, log: { block: BigInt(blockNumber) } }])
  expect(outcome('stale-approval')).toMatchObject({ findings: [{ data: { moved: { value: 'yes' } } }] })
})

test('an approval made again begins anew', async () => {
  const { owner, own } = await stage()
  await own('approve', chain.router, 40n)
  await later(200)
  await own('approve', chain.router, 50n)
  await later(1)
  expect((await chain.check(owner)).outcome('stale-approval').status).toBe('passed')
})

test('a collection whose items stay is stale, and the move of an ERC-1155 item is a use', async () => {
  const owner = await chain.newOwner()
  const nfts = await chain.deploy('ERC721PresetMinterPauserAutoId', 'Items', 'ITM', 'https://items.example/')
  const items = await chain.deploy('ERC1155PresetMinterPauser', 'https://items.example/')
  await chain.send('ERC721PresetMinterPauserAutoId', owner, nfts)('setApprovalForAll', chain.router, true)
  const own = chain.send('ERC1155PresetMinterPauser', owner, items)
  await own('setApprovalForAll', chain.router, true)
  await later(200)
  await own('safeTransferFrom', owner, friend, 1n, 0n, '0x')
  const { outcome } = await chain.check(owner)
  const found = outcome('stale-approval')
  expect(found.status === 'found' && found.findings.map(({ subject }) => subject)).toMatchObject([
    { kind: 'operator', collection: nfts },
  ])
})

test('an operator of ERC-6909 is old, and whether it was used is not seen', async () => {
  const owner = await chain.newOwner()
  const ledger = await chain.deploy('ItemLedger')
  await chain.send('ItemLedger', owner, ledger)('setOperator', chain.router, true)
  await later(200)
  expect((await chain.check(owner)).outcome('stale-approval')).toMatchObject({
    findings: [{ messageId: 'unseen', confidence: 'possible' }],
  })
})

test('with newer blocks unread nothing is called stale', async () => {
  const { owner, own } = await stage()
  await own('approve', chain.router, 40n)
  await later(200)
  const { blockNumber } = await own('transfer', friend, 0n)
  const { outcome } = await chain.check(owner, { options: { fromBlock: BigInt(blockNumber) } })
  expect(outcome('stale-approval').status).toBe('inconclusive')
})
