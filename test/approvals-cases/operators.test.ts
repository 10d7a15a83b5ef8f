/** Operators and allowances of ERC-6909, ERC-7540 and ERC-777. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brief, type CaseChain, friend, startCaseChain } from './chain-of-cases.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain.stop())

test('ERC-6909: an operator and the allowance of one item, named, used and dismissed', async () => {
  const owner = await chain.newOwner()
  const ledger = await chain.deploy('ItemLedger')
  const own = chain.send('ItemLedger', owner, ledger)
  await own('mint', owner, 7n, 50n)
  await own('setOperator', chain.router, true)
  await own('approve', friend, 7n, 20n)
  await own('approve', friend, 8n, 5n)
  await chain.send('ItemLedger', friend, ledger)('transferFrom', owner, friend, 7n, 12n)
  const before = await chain.check(owner)
  expect(brief(before.grants)).toEqual(['operator erc6909', 'item-allowance 7 8', 'item-allowance 8 5'])
  expect(before.grants[1]).toMatchObject({ token: { address: ledger }, balance: 38n, spender: { code: 'none' } })
  expect(before.facts.approvals.missing).toEqual([])
  expect(before.outcome('operator-approval')).toMatchObject({
    status: 'found',
    findings: [{ subject: { collection: ledger, operator: chain.router }, data: { standard: { value: 'erc6909' } } }],
  })
  expect(before.outcome('approval-to-account')).toMatchObject({ status: 'found', findings: [{}, {}] })

  await own('setOperator', chain.router, false)
  await own('approve', friend, 7n, 0n)
  await own('approve', friend, 8n, 0n)
  const after = await chain.check(owner)
  expect(after.facts.approvals).toMatchObject({ grants: [], endedCount: 3, missing: [] })
  expect(after.outcome('operator-approval').status).toBe('passed')
})

describe.each([
  ['that says so', true],
  ['that does not know ERC-165', false],
])('ERC-7540: an operator of a vault %s', (_, isOutspoken) => {
  test('is told from one of ERC-6909', async () => {
    const owner = await chain.newOwner()
    const asset = await chain.deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, owner)
    const vault = await chain.deploy('RequestVault', asset, isOutspoken, owner)
    await chain.send('RequestVault', owner, vault)('setOperator', chain.router, true)
    const { grants, facts } = await chain.check(owner)
    expect(grants).toMatchObject([{ kind: 'operator', standard: 'erc7540', token: { symbol: 'hvHRB' }, balance: 70n }])
    expect(facts.approvals.missing).toEqual([])
  })
})

test('ERC-777: an operator, named in the second topic, and ended', async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('OperatedToken', [], 1000n, owner)
  const own = chain.send('OperatedToken', owner, token)
  await own('authorizeOperator', chain.router)
  const { grants, facts, outcome } = await chain.check(owner)
  expect(grants).toMatchObject([{ kind: 'operator', standard: 'erc777', token: { symbol: 'OPRT' }, balance: 1000n }])
  expect(facts.approvals.missing).toEqual([])
  expect(outcome('operator-approval')).toMatchObject({ status: 'found', findings: [{ severity: 'medium' }] })
  await own('revokeOperator', chain.router)
  expect((await chain.check(owner)).facts.approvals).toMatchObject({ grants: [], endedCount: 1, missing: [] })
})

test('the remedy of each ends it', async () => {
  const owner = await chain.newOwner()
  const ledger = await chain.deploy('ItemLedger')
  const token = await chain.deploy('OperatedToken', [], 1000n, owner)
  await chain.send('ItemLedger', owner, ledger)('setOperator', chain.router, true)
  await chain.send('OperatedToken', owner, token)('authorizeOperator', chain.router)
  await chain.send('ItemLedger', owner, ledger)('approve', friend, 7n, 20n)
  const { outcome } = await chain.check(owner)
  const found = ['operator-approval', 'approval-to-account'].map(outcome)
  const calls = found.flatMap((each) => (each.status === 'found' ? each.findings : [])).map(({ remedy }) => remedy?.[0])
  expect(calls).toHaveLength(3)
  for (const call of calls) {
    await chain.node.send('eth_sendTransaction', [{ from: owner, to: call?.to, data: call?.data }])
    await chain.node.send('evm_mine')
  }
  expect((await chain.check(owner)).facts.approvals).toMatchObject({ grants: [], endedCount: 3 })
})
