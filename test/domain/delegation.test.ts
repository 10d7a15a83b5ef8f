import { expect, test } from 'vitest'
import { delegateOf } from '../../src/domain/delegation.ts'
import { at } from '../../src/testing.ts'

const address = at(0xde1e)
const bytes = address.slice(2).toLowerCase()

test('the 20 bytes behind 0xef0100, in EIP-55 spelling', () => {
  expect(delegateOf(`0xef0100${bytes}`)).toBe(address)
})

test.each([
  ['no code', '0x'],
  ['a contract', '0x6080604052'],
  ['a byte more', `0xef0100${bytes}00`],
  ['a byte less', `0xef0100${bytes.slice(2)}`],
  ['another version', `0xef0101${bytes}`],
] as const)('not a delegation: %s', (_, code) => {
  expect(delegateOf(code)).toBeNull()
})
