import { encodeAbiParameters, keccak256, parseAbiParameters, toFunctionSelector, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { readAddressAt, readAddresses, safeCall, safeSelectors, safeSlots } from '../../src/domain/safe-calls.ts'
import { at } from '../../src/testing.ts'

test('selectors are the first four bytes of the hash of each signature', () => {
  for (const [signature, selector] of Object.entries(safeSelectors)) {
    expect([signature, toFunctionSelector(signature)]).toEqual([signature, selector])
  }
})

test('slots are the hashes of their names', () => {
  expect(safeSlots.guard).toBe(keccak256(toHex('guard_manager.guard.address')))
  expect(safeSlots.moduleGuard).toBe(keccak256(toHex('module_manager.module_guard.address')))
  expect(safeSlots.fallbackHandler).toBe(keccak256(toHex('fallback_manager.handler.address')))
})

test('calls are encoded as any ABI encoder does', () => {
  const { data } = safeCall(at(0x5afe), 'getModulesPaginated(address,uint256)', at(1), 50n)
  expect(data).toBe(`0xcc2f8452${encodeAbiParameters(parseAbiParameters('address, uint256'), [at(1), 50n]).slice(2)}`)
})

describe('lists of addresses', () => {
  const pair = parseAbiParameters('address[], address')

  test.each([
    ['none', []],
    ['one', [at(0xa)]],
    ['several', [at(0xa), at(0xb), at(0xabcdef)]],
  ])('%s', (_, list) => {
    const data = encodeAbiParameters(pair, [list, at(0xc)])
    expect(readAddresses(data)).toEqual(list)
    expect(readAddressAt(data, 1)).toBe(at(0xc))
  })

  const words = (...numbers: readonly (number | bigint)[]) =>
    `0x${numbers.map((number) => number.toString(16).padStart(64, '0')).join('')}`
  const good = encodeAbiParameters(parseAbiParameters('address[]'), [[at(0xa), at(0xb)]])
  test.each([
    ['nothing', '0x'],
    ['one word, which leads to itself', words(0)],
    ['cut off', good.slice(0, -64)],
    ['a length beyond the answer', words(32, 3, 0xa, 0xb)],
    ['an item with dirty bytes before the address', `${good.slice(0, -64)}f${good.slice(-63)}`],
    ['an offset that is no whole word', words(33, 1, 0xa)],
    ['an offset beyond the answer', words(96, 1, 0xa)],
    ['a length of 2^255', words(32, 2n ** 255n, 0xa)],
  ])('%s: no list', (_, data) => {
    expect(readAddresses(data as `0x${string}`)).toBeNull()
  })

  test('a word that is no address is none', () => {
    expect(readAddressAt(`0x${'ff'.repeat(32)}`, 0)).toBeNull()
    expect(readAddressAt('0x', 0)).toBeNull()
  })
})
