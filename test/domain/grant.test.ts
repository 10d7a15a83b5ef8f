import { expect, test } from 'vitest'
import { grantEvidence, listEvidence } from '../../src/domain/evidence.ts'
import { formatValue } from '../../src/domain/format-value.ts'
import { grantData, grantSubject } from '../../src/domain/grant.ts'
import {
  account,
  allowance,
  at,
  hashOf,
  itemAllowance,
  nftApproval,
  operator,
  owner,
  permit2Grant,
  threats,
  token,
} from '../../src/testing.ts'

const contract = at(0x70)
const spender = at(0x5e)
const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const log = { kind: 'log', block: '20000000', transaction: hashOf(20_000_000), index: 0 }
const call = (to: string, signature: string, args: readonly string[], value: string) => ({
  kind: 'call',
  to,
  function: signature,
  arguments: args,
  block: '21000000',
  value,
})
const context = { account: account(), threats: threats() }
const pinned = { owner, block: 21_000_000n }

test.each([
  ['an allowance', allowance(), { kind: 'allowance', token: contract, owner, spender }],
  ['an approved NFT', nftApproval(), { kind: 'nft', collection: contract, tokenId: '12', spender }],
  ['an operator', operator(), { kind: 'operator', collection: contract, owner, operator: spender }],
  ['a Permit2 grant', permit2Grant(), { kind: 'allowance', token: contract, owner, spender, permit2 }],
  ['one item', itemAllowance(), { kind: 'allowance', token: contract, owner, spender, tokenId: '12' }],
] as const)('the subject of %s', (_, grant, subject) => {
  expect(grantSubject(grant, owner)).toEqual(subject)
})

test.each([
  [
    'an allowance: allowance and balance',
    allowance({ amount: 5n, balance: 3n }),
    [
      call(contract, 'allowance(address,address)', [owner, spender], '5'),
      call(contract, 'balanceOf(address)', [owner], '3'),
    ],
  ],
  [
    'an allowance whose balance was not read: no balance',
    allowance({ amount: 5n, balance: null }),
    [call(contract, 'allowance(address,address)', [owner, spender], '5')],
  ],
  [
    'an approved NFT: who may move it and who owns it',
    nftApproval(),
    [call(contract, 'getApproved(uint256)', ['12'], spender), call(contract, 'ownerOf(uint256)', ['12'], owner)],
  ],
  ['an operator', operator(), [call(contract, 'isApprovedForAll(address,address)', [owner, spender], 'true')]],
  [
    'an operator of ERC-6909',
    operator({ standard: 'erc6909' }),
    [call(contract, 'isOperator(address,address)', [owner, spender], 'true')],
  ],
  [
    'an operator of ERC-777, who is named first',
    operator({ standard: 'erc777' }),
    [call(contract, 'isOperatorFor(address,address)', [spender, owner], 'true')],
  ],
  [
    'an allowance of one item',
    itemAllowance(),
    [
      call(contract, 'allowance(address,address,uint256)', [owner, spender, '12'], '100'),
      call(contract, 'balanceOf(address,uint256)', [owner, '12'], '50'),
    ],
  ],
  [
    'a Permit2 grant: inner amount and end, outer allowance, balance',
    permit2Grant({ amount: 5n, expiration: 1_730_000_100, outerAllowance: 4n, balance: 3n }),
    [
      call(permit2, 'allowance(address,address,address)', [owner, contract, spender], '5, 1730000100'),
      call(contract, 'allowance(address,address)', [owner, permit2], '4'),
      call(contract, 'balanceOf(address)', [owner], '3'),
    ],
  ],
] as const)('the reads that prove %s', (_, grant, reads) => {
  expect(grantEvidence(grant, pinned).filter(({ kind }) => kind !== 'spender')).toEqual([...reads, log])
})

test('a token without a symbol is called by its address', () => {
  const nameless = allowance({ token: token({ symbol: null }) })
  expect(grantData(nameless, context).token).toEqual({ type: 'address', value: contract })
})

test('an amount above the supply is unlimited', () => {
  const extentOf = (amount: bigint) => grantData(allowance({ amount, totalSupply: 10n }), context).extent
  expect(extentOf(11n)).toMatchObject({ value: 'unlimited' })
  expect(extentOf(10n)).toMatchObject({ value: 'limited' })
})

test.each([
  ['the last second of the year 9999', 253_402_300_799, 'until'],
  ['the second after it', 253_402_300_800, 'for-ever'],
  ['uint48 max', 2 ** 48 - 1, 'for-ever'],
])('an end at %s reads %s, and every end that is given can be printed', (_, expiration, term) => {
  const data = grantData(permit2Grant({ expiration }), context)
  expect(data.term).toEqual({ type: 'keyword', value: term })
  expect(data.expires && formatValue(data.expires, 'en')).toBe(term === 'until' ? '9999-12-31 23:59 UTC' : undefined)
})

test.each([
  ['nothing', 0n, 'dormant'],
  ['something', 1n, 'live'],
  ['what was not read', null, 'live'],
])('a Permit2 grant where Permit2 may take %s is %s', (_, outerAllowance, use) => {
  expect(grantData(permit2Grant({ outerAllowance }), context).use).toMatchObject({ value: use })
})

test('a spender that everybody uses has a name', () => {
  const known = threats({ wellKnownContracts: [{ address: spender, name: 'Harbor Router', role: 'other' }] })
  expect(grantData(allowance(), { ...context, threats: known })).toMatchObject({
    who: { value: 'named' },
    name: { value: 'Harbor Router' },
  })
  expect(grantData(allowance(), context)).toMatchObject({ who: { value: 'unnamed' } })
})

test('an account with a delegate pays for a revocation only where the delegate is known', () => {
  const delegated = account({ code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } })
  const known = threats({ knownDelegates: [{ address: at(0xde), name: 'Harbor Wallet' }] })
  expect(grantData(allowance(), context).payer).toMatchObject({ value: 'own' })
  expect(grantData(allowance(), { account: delegated, threats: known }).payer).toMatchObject({ value: 'own' })
  expect(grantData(allowance(), { account: delegated, threats: threats() })).toMatchObject({
    payer: { value: 'doubtful' },
    delegate: { value: at(0xde) },
  })
})

test('a list is cited with the day its data ends', () => {
  expect(listEvidence(threats(), 'exploited spenders')).toEqual({
    kind: 'list',
    name: 'exploited spenders',
    date: '2024-09-22',
  })
  expect(listEvidence(threats(), 'no such list').date).toBe('undated')
})
