import type { Hex } from 'viem'
import { encodeFunctionData, parseAbi, toFunctionSelector } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { inRemovalOrder, isRevocation, revocationShapes } from '../../src/domain/revocation-call.ts'
import { revokeCall } from '../../src/domain/revoke.ts'
import { removalCalls } from '../../src/domain/safe-account.ts'
import { limitRemovalCall } from '../../src/domain/spending-limit.ts'
import {
  allowance,
  at,
  itemAllowance,
  nftApproval,
  operator,
  owner,
  permit2Grant,
  safeAccount,
  safePart,
} from '../../src/testing.ts'

const abi = parseAbi([
  'function approve(address, uint256)',
  'function approve(address, uint256, uint256)',
  'function setApprovalForAll(address, bool)',
  'function setOperator(address, bool)',
  'function transfer(address, uint256)',
  'function setGuard(address)',
  'function enableModule(address)',
  'function disableModule(address, address)',
])
const [token, thief] = [at(0x70), at(0xbad)]
const call = (data: Hex, to = token, value = '0') => ({ to, data, value })
const safe = safeAccount({
  modules: [0x101, 0x102, 0x103, 0x104].map((number) => safePart(number)),
  guard: safePart(9),
  moduleGuard: safePart(10),
})
const limit = {
  module: at(0xa110),
  delegate: { address: thief, code: 'none', nonce: 1 },
  token: null,
  amount: 5n,
  spent: 0n,
  periodMinutes: 0,
} as const
const removal = (index: number) => {
  const part = safe.modules[index]
  const [found] = part === undefined ? [] : removalCalls(safe, { place: 'module', part }, { safe: owner, chainId: 1 })
  if (found === undefined) throw new Error('no module')
  return { call: found }
}

test.each(Object.entries(revocationShapes))('the selector of %s', (signature, { selector }) => {
  expect(selector).toBe(toFunctionSelector(`function ${signature}`))
})

describe('a call that only takes away', () => {
  test.each([
    ['an allowance', revokeCall(allowance(), 1)],
    [
      'an allowance by its amount',
      revokeCall(
        allowance({
          revocation: { variant: 'decrease', simulation: { status: 'succeeds', block: '1', isConfirmed: true } },
        }),
        1,
      ),
    ],
    ['an NFT', revokeCall(nftApproval(), 1)],
    ['an operator', revokeCall(operator(), 1)],
    ['an operator of ERC-6909', revokeCall(operator({ standard: 'erc6909' }), 1)],
    ['an operator of ERC-777', revokeCall(operator({ standard: 'erc777' }), 1)],
    ['one item', revokeCall(itemAllowance(), 1)],
    ['a Permit2 grant', revokeCall(permit2Grant(), 1)],
    ['a module', removal(1).call],
    ['a spending limit', limitRemovalCall(limit, 1)],
    ['a guard', call(encodeFunctionData({ abi, functionName: 'setGuard', args: [at(0)] }), owner)],
  ])('%s', (_, revocation) => {
    expect(isRevocation(revocation, owner)).toBe(true)
    expect(isRevocation({ ...revocation, value: '1' }, owner)).toBe(false)
    // Cut short or with more behind it, it is not what it looks like; a list has any length.
    const isList = revocation.data.startsWith('0xcc53287f')
    expect(isRevocation({ ...revocation, data: `${revocation.data}00` }, owner)).toBe(isList)
    expect(isRevocation({ ...revocation, data: revocation.data.slice(0, -2) as Hex }, owner)).toBe(isList)
  })

  test.each([
    ['gives an allowance', call(encodeFunctionData({ abi, functionName: 'approve', args: [thief, 1n] }))],
    ['gives one item', call(encodeFunctionData({ abi, functionName: 'approve', args: [thief, 0n, 1n] }))],
    ['names an operator', call(encodeFunctionData({ abi, functionName: 'setApprovalForAll', args: [thief, true] }))],
    [
      'names an operator of ERC-6909',
      call(encodeFunctionData({ abi, functionName: 'setOperator', args: [thief, true] })),
    ],
    ['moves tokens', call(encodeFunctionData({ abi, functionName: 'transfer', args: [thief, 0n] }))],
    ['sets a guard', call(encodeFunctionData({ abi, functionName: 'setGuard', args: [thief] }), owner)],
    ['adds a module', call(encodeFunctionData({ abi, functionName: 'enableModule', args: [thief] }), owner)],
    ['sends coins', call('0x')],
    ['is nothing known', call('0x12345678')],
    ['removes a module of another account', { ...removal(1).call, to: token }],
    [
      'approves at the account itself',
      call(encodeFunctionData({ abi, functionName: 'approve', args: [thief, 0n] }), owner),
    ],
  ])('is none that %s', (_, other) => {
    expect(isRevocation(other, owner)).toBe(false)
  })
})

describe('the order of removals', () => {
  const indexes = (items: readonly { readonly call: unknown }[]) =>
    items.map((item) => [0, 1, 2, 3].find((index) => JSON.stringify(removal(index)) === JSON.stringify(item)))

  test.each([
    [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
    ],
    [
      [2, 0, 3, 1],
      [3, 2, 1, 0],
    ],
    [
      [1, 2],
      [2, 1],
    ],
    [
      [3, 0],
      [3, 0],
    ],
    [
      [0, 3],
      [0, 3],
    ],
  ])('of the modules %j is %j: from the end, as far as they stand behind each other', (given, wanted) => {
    expect(indexes(inRemovalOrder(given.map(removal)))).toEqual(wanted)
  })

  test('puts them behind all other calls, which keep their order', () => {
    const others = [revokeCall(allowance(), 1), revokeCall(operator(), 1)].map((each) => ({ call: each }))
    const [first, second] = others
    expect(inRemovalOrder([removal(0), ...others, removal(1)])).toEqual([first, second, removal(1), removal(0)])
  })

  test('ends also where a report goes in a circle', () => {
    const circle = [
      [1, 2],
      [2, 1],
    ].map(([before = 0, module = 0]) => ({
      call: call(encodeFunctionData({ abi, functionName: 'disableModule', args: [at(before), at(module)] }), owner),
    }))
    expect(inRemovalOrder(circle)).toHaveLength(2)
  })
})
