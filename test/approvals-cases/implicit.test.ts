/** Grants without an event, found by asking what the account holds about a short list of spenders. */
import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permit2Address } from '../../fixtures/chains/preinstalls.ts'
import type { LogSource } from '../../src/core/log-source.ts'
import type { Outcome } from '../../src/core/outcome.ts'
import { missing as missingEntry } from '../../src/testing.ts'
import { without } from '../support/fake-rpc.ts'
import { brief, type CaseChain, maximum, startCaseChain } from './chain-of-cases.ts'

/** On the bundled list of contracts that everybody uses. */
const conduit: Address = '0x1E0049783F008A0085193E00003D00cd54003c71'
const seaport: Address = '0x0000000000000068F116a894984e2DB1123eB395'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
  for (const market of [conduit, seaport]) await chain.node.send('anvil_setCode', [market, '0x6000'])
}, 60_000)
afterAll(() => chain.stop())

const said = (outcome: Outcome) =>
  outcome.status === 'found' ? outcome.findings.map(({ messageId, severity }) => `${messageId} ${severity}`) : []

test('a token that trusts Permit2: seen without an event, and not to be revoked', async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('Permit2Token', 1000n, owner)
  const { grants, facts, outcome } = await chain.check(owner)
  expect(grants).toMatchObject([
    {
      kind: 'allowance',
      origin: 'built-in',
      amount: maximum,
      balance: 1000n,
      log: null,
      spender: { address: permit2Address },
    },
  ])
  expect(facts.approvals.missing).toEqual([])
  expect(said(outcome('implicit-approval'))).toEqual(['built-in info'])
  expect(outcome('unlimited-allowance').status).toBe('passed')

  await chain.permit2(owner, 'approve', token, chain.router, 70n, 2n ** 48n - 1n)
  const nested = await chain.check(owner)
  expect(nested.grants).toMatchObject([
    { kind: 'permit2', amount: 70n, outerAllowance: maximum },
    { origin: 'built-in' },
  ])
  expect(said(nested.outcome('permit2-grant'))).toEqual(['held medium'])
})

test('the same token with an event of the owner is still one that nobody can revoke', async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('Permit2Token', 1000n, owner)
  const own = chain.send('Permit2Token', owner, token)
  await own('approve', permit2Address, maximum)
  await own('approve', chain.router, 5n)
  const { grants, outcome } = await chain.check(owner)
  expect(grants).toMatchObject([
    { origin: 'built-in', log: {} },
    { origin: 'event', amount: 5n },
  ])
  const found = outcome('implicit-approval')
  expect(found.status === 'found' && found.findings[0].remedy).toBeUndefined()
})

test('a token of an OP Stack chain that trusts its bridge', async () => {
  const bridged = await startCaseChain(['--chain-id', '10'])
  try {
    const owner = await bridged.newOwner()
    const bridge: Address = '0x4200000000000000000000000000000000000010'
    const token = await bridged.deploy('BridgedToken', 1000n, owner, bridge)
    await bridged.node.send('anvil_setCode', [bridge, '0x6000'])
    const { grants, outcome } = await bridged.check(owner)
    expect(grants).toMatchObject([
      { kind: 'allowance', token: { address: token }, log: null, spender: { address: bridge } },
    ])
    expect(outcome('implicit-approval').status).toBe('found')
    expect(outcome('approval-to-account').status).toBe('passed')
  } finally {
    await bridged.stop()
  }
}, 60_000)

test('what the account does not hold is not asked about', async () => {
  const [owner, other] = [await chain.newOwner(), await chain.newOwner()]
  await chain.deploy('Permit2Token', 1000n, other)
  expect((await chain.check(owner)).grants).toEqual([])
})

test('a collection with a marketplace for everybody, and a proxy for one account', async () => {
  const owner = await chain.newOwner()
  const collection = await chain.deploy('MarketCollection', conduit, seaport, owner)
  const { grants, facts, outcome } = await chain.check(owner)
  expect(brief(grants)).toEqual(['operator nft', 'operator nft'])
  expect(Object.fromEntries(grants.map((grant) => [grant.spender.address, 'origin' in grant && grant.origin]))).toEqual(
    {
      [conduit]: 'built-in',
      [seaport]: 'unannounced',
    },
  )
  expect(facts.approvals.missing).toEqual([])
  expect(said(outcome('implicit-approval')).sort()).toEqual(['built-in info', 'unannounced info'])
  expect(outcome('operator-approval').status).toBe('passed')

  await chain.send('MarketCollection', owner, collection)('setApprovalForAll', chain.router, true)
  const after = await chain.check(owner)
  expect(said(after.outcome('operator-approval'))).toEqual(['operator medium'])
})

test('the default operators of an ERC-777 token, until the account ends them', async () => {
  const owner = await chain.newOwner()
  const token = await chain.deploy('OperatedToken', [chain.router], 1000n, owner)
  const before = await chain.check(owner)
  expect(before.grants).toMatchObject([
    { kind: 'operator', standard: 'erc777', origin: 'built-in', balance: 1000n, log: null },
  ])
  expect(said(before.outcome('implicit-approval'))).toEqual(['default-operator low'])
  await chain.send('OperatedToken', owner, token)('revokeOperator', chain.router)
  expect((await chain.check(owner)).facts.approvals).toMatchObject({ grants: [], endedCount: 1, missing: [] })
})

describe('where logs are missing', () => {
  const listed = (address: Address) => ({
    threatLists: [{ name: 'notes', date: '2026-11-01', entries: [{ chainId: null, address }] }],
  })

  test('a listed drainer with an allowance of a held token is found all the same', async () => {
    const owner = await chain.newOwner()
    const drainer = await chain.deploy('Router')
    const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
    const { blockNumber } = await chain.send('NamedToken', owner, token)('approve', drainer, 40n)
    const later = { ...listed(drainer), fromBlock: BigInt(blockNumber) + 1n, tokenLists: [listOf(token)] }
    await chain.node.send('evm_mine')
    const { grants, outcome } = await chain.check(owner, { options: later })
    expect(grants).toMatchObject([{ kind: 'allowance', origin: 'guessed', amount: 40n, log: null }])
    expect(outcome('drainer-approval')).toMatchObject({
      status: 'found',
      findings: [{ severity: 'critical' }],
      because: { kind: 'fact-incomplete' },
    })
    expect(outcome('implicit-approval').status).toBe('inconclusive')
  })

  /** A source of logs that cannot be reached. */
  const brokenSource: LogSource = {
    host: 'logs.example',
    requestCount: () => 1,
    discover: async ({ filters, ranges }) => {
      const error = missingEntry('logs').error
      return filters.flatMap((filter) => ranges(filter).map((range) => ({ filter, range, error })))
    },
  }

  test.each([
    ['the endpoint refuses to list logs', () => ({ client: without(chain.rpc, 'eth_getLogs') })],
    ['another source of logs fails', () => ({ client: without(chain.rpc, 'eth_getLogs'), logSource: brokenSource })],
  ])('also when %s', async (_, setting) => {
    const owner = await chain.newOwner()
    const drainer = await chain.deploy('Router')
    const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
    const nfts = await chain.deployFrom(
      owner,
      'ERC721PresetMinterPauserAutoId',
      'Items',
      'ITM',
      'https://items.example/',
    )
    await chain.send('NamedToken', owner, token)('approve', drainer, 40n)
    const own = chain.send('ERC721PresetMinterPauserAutoId', owner, nfts)
    await own('mint', owner)
    await own('setApprovalForAll', drainer, true)
    const options = { ...listed(drainer), tokenLists: [listOf(token), listOf(nfts)] }
    const { grants, outcome } = await chain.check(owner, { ...setting(), options })
    expect(brief(grants).toSorted()).toEqual(['allowance 40', 'operator nft'])
    expect(outcome('drainer-approval')).toMatchObject({
      status: 'found',
      findings: [{ severity: 'critical' }, { severity: 'critical' }],
      because: { kind: 'fact-incomplete' },
    })
  })

  test('and one inside of Permit2', async () => {
    const owner = await chain.newOwner()
    const drainer = await chain.deploy('Router')
    const token = await chain.deploy('NamedToken', 'Named', 'NMD', 8, 1000n, owner)
    await chain.send('NamedToken', owner, token)('approve', permit2Address, maximum)
    const { blockNumber } = await chain.permit2(owner, 'approve', token, drainer, 70n, 2n ** 48n - 1n)
    await chain.node.send('evm_mine')
    const later = { ...listed(drainer), fromBlock: BigInt(blockNumber) + 1n, tokenLists: [listOf(token)] }
    const { grants, outcome } = await chain.check(owner, { options: later })
    expect(brief(grants)).toEqual(['allowance max', 'permit2 70'])
    expect(outcome('drainer-approval')).toMatchObject({ findings: [{ messageId: 'permit2' }] })
  })
})

const listOf = (address: Address) => ({ name: 'own', date: '2026-11-01', tokens: [{ chainId: null, address }] })
