import { expect, test } from 'vitest'
import { isPermit2, permit2Separator } from '../../src/domain/permit2.ts'
import { at } from '../../src/testing/build-facts.ts'

const canonical = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const pancakeSwap = '0x31c2F6fcFf4F8759b3Bd5Bf0e1084A055615c768'

test.each([
  ['the canonical deployment on Ethereum', 1, canonical, true],
  ['the canonical deployment on a chain nobody listed', 31337, canonical, true],
  ["PancakeSwap's on BNB Smart Chain", 56, pancakeSwap, true],
  ["PancakeSwap's on Ethereum, where it is not", 1, pancakeSwap, false],
  ["ZKsync Era's own", 324, '0x0000000000225e31D15943971F47aD3022F714Fa', true],
  ['any other contract', 1, at(0x22), false],
] as const)('%s', (_, chainId, address, expected) => {
  expect(isPermit2(chainId, address)).toBe(expected)
  expect(isPermit2(chainId, address.toLowerCase() as typeof address)).toBe(expected)
})

test('the separator of EIP-712 that the deployment on Ethereum answers, and another of every other place', () => {
  expect(permit2Separator(1, canonical)).toBe('0x866a5aba21966af95d6c7ab78eb2b2fc913915c28be3b9aa07cc04ff903e3f28')
  expect(permit2Separator(10, canonical)).not.toBe(permit2Separator(1, canonical))
  expect(permit2Separator(1, pancakeSwap)).not.toBe(permit2Separator(1, canonical))
})
