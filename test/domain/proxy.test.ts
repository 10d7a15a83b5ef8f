import { keccak256, numberToHex, toBytes } from 'viem/utils'
import { expect, test } from 'vitest'
import { contract } from '../../fixtures/chains/contracts.ts'
import { canBeProxy, proxySlots } from '../../src/domain/proxy.ts'

test.each(Object.entries(proxySlots))('the slot of the %s is the hash of its name, less one', (name, slot) => {
  const hash = BigInt(keccak256(toBytes(`eip1967.proxy.${name}`)))
  expect(slot).toBe(numberToHex(hash - 1n, { size: 32 }))
})

test.each([
  ['nothing', '0x', false],
  ['a DELEGATECALL', '0x6000f4', true],
  ['the older CALLCODE', '0xf2', true],
  ['its byte as the argument of a PUSH1', '0x60f4', false],
  ['its byte in a PUSH32', `0x7f${'f4'.repeat(32)}`, false],
  ['its byte after a PUSH32', `0x7f${'00'.repeat(32)}f4`, true],
  ['a PUSH0, which has no argument', '0x5ff4', true],
  ['a PUSH that the code ends in', '0x7ff4', false],
] as const)('code with %s', (_, code, expected) => {
  expect(canBeProxy(code)).toBe(expected)
})

test('real contracts: a router is none, a minimal proxy may be one', () => {
  expect(canBeProxy(contract('Router').bytecode)).toBe(false)
  // EIP-1167
  expect(canBeProxy(`0x363d3d373d3d3d363d73${'be'.repeat(20)}5af43d82803e903d91602b57fd5bf3`)).toBe(true)
})
