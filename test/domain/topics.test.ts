import { keccak256, toFunctionSelector, toHex } from 'viem/utils'
import { expect, test } from 'vitest'
import { interfaceIds, readAddress, readCall, readNumber, selectors } from '../../src/domain/token-calls.ts'
import { addressInWord, addressTopic, topics, wordAt } from '../../src/domain/topics.ts'
import { at, hashOf } from '../../src/testing/build-facts.ts'

test.each([
  ['approval', 'Approval(address,address,uint256)'],
  ['approvalForAll', 'ApprovalForAll(address,address,bool)'],
  ['permit2Approval', 'Approval(address,address,address,uint160,uint48)'],
  ['permit2Permit', 'Permit(address,address,address,uint160,uint48,uint48)'],
  ['permit2Lockdown', 'Lockdown(address,address,address)'],
  ['transfer', 'Transfer(address,address,uint256)'],
  ['transferSingle', 'TransferSingle(address,address,address,uint256,uint256)'],
  ['transferBatch', 'TransferBatch(address,address,address,uint256[],uint256[])'],
  ['operatorSet', 'OperatorSet(address,address,bool)'],
  ['itemApproval', 'Approval(address,address,uint256,uint256)'],
  ['authorizedOperator', 'AuthorizedOperator(address,address)'],
  ['revokedOperator', 'RevokedOperator(address,address)'],
] as const)('the topic %s is the hash of its signature', (name, signature) => {
  expect(topics[name]).toBe(keccak256(toHex(signature)))
})

test('no topic is left out above', () => {
  expect(Object.keys(topics)).toHaveLength(12)
})

test.each(Object.entries(selectors))('%s has the selector %s', (signature, selector) => {
  expect(toFunctionSelector(signature)).toBe(selector)
})

test('an address survives the way into a topic and back', () => {
  expect(addressTopic(at(0xabc))).toBe(hashOf(0xabc))
  expect(addressInWord(addressTopic('0xdAC17F958D2ee523a2206206994597C13D831ec7'))).toBe(
    '0xdac17f958d2ee523a2206206994597c13d831ec7',
  )
})

test.each([
  ['the largest address', hashOf(2n ** 160n - 1n), `0x${'f'.repeat(40)}`],
  ['one more', hashOf(2n ** 160n), null],
  ['a short word', '0x01', null],
] as const)('a word that holds %s', (_, word, address) => {
  expect(addressInWord(word)).toBe(address)
})

test('a word is there only as a whole', () => {
  const two = `${hashOf(1)}${hashOf(2).slice(2)}` as const
  expect(wordAt(two, 1)).toBe(hashOf(2))
  expect(wordAt(two.slice(0, -2) as typeof two, 1)).toBeNull()
  expect(wordAt('0x', 0)).toBeNull()
})

test('calls are encoded word by word', () => {
  expect(readCall(at(1), 'allowance(address,address)', at(2), at(3))).toEqual({
    to: at(1),
    data: `0xdd62ed3e${hashOf(2).slice(2)}${hashOf(3).slice(2)}`,
  })
  expect(readCall(at(1), 'ownerOf(uint256)', 2n ** 256n - 1n).data).toBe(`0x6352211e${'f'.repeat(64)}`)
  expect(readCall(at(1), 'supportsInterface(bytes4)', { interfaceId: interfaceIds.erc721 }).data).toBe(
    `0x01ffc9a780ac58cd${'0'.repeat(56)}`,
  )
})

test('answers are read by their words, and nothing is made of less', () => {
  expect(readNumber(hashOf(5))).toBe(5n)
  expect(readNumber(`${hashOf(5)}${hashOf(6).slice(2)}`, 1)).toBe(6n)
  expect(readNumber('0x05')).toBeNull()
  expect(readAddress(hashOf(0xabc))).toBe(at(0xabc))
  expect(readAddress(hashOf(2n ** 160n))).toBeNull()
  expect(readAddress('0x')).toBeNull()
})
