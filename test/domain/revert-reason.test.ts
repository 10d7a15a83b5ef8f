import { encodeAbiParameters, encodeErrorResult, parseAbi } from 'viem/utils'
import { expect, test } from 'vitest'
import { isExecutionFailure, panicCode, revertData, revertReason } from '../../src/domain/revert-reason.ts'

const abi = parseAbi([
  'error Error(string)',
  'error Panic(uint256)',
  'error ERC20InsufficientBalance(address,uint256,uint256)',
  'error ExecutionFailed(uint256,bytes)',
])
const panic = (code: bigint) => encodeErrorResult({ abi, errorName: 'Panic', args: [code] })

test.each([
  ['words of the contract', encodeErrorResult({ abi, errorName: 'Error', args: ['not the owner'] }), 'not the owner'],
  ['empty words', encodeErrorResult({ abi, errorName: 'Error', args: [''] }), null],
  ['assert', panic(0x01n), 'Panic 0x01: assertion failed'],
  ['overflow', panic(0x11n), 'Panic 0x11: arithmetic overflow or underflow'],
  ['division by zero', panic(0x12n), 'Panic 0x12: division by zero'],
  ['array index', panic(0x32n), 'Panic 0x32: array index out of bounds'],
  ['a panic nobody knows', panic(0xabn), 'Panic 0xab'],
  [
    'a custom error',
    encodeErrorResult({ abi, errorName: 'ERC20InsufficientBalance', args: [`0x${'11'.repeat(20)}`, 1n, 2n] }),
    'ERC20InsufficientBalance(sender 0x1111111111111111111111111111111111111111, balance 1, needed 2)',
  ],
  ['a known error without its values', '0xe450d38c00', '0xe450d38c'],
  ['an error without values', '0x39d35496', 'V3TooLittleReceived()'],
  ['an error that nobody knows', '0x12345678', '0x12345678'],
  [
    'an error in an error',
    encodeErrorResult({ abi, errorName: 'ExecutionFailed', args: [3n, '0x39d35496'] }),
    'ExecutionFailed(commandIndex 3): V3TooLittleReceived()',
  ],
  [
    'words in an error',
    encodeErrorResult({
      abi,
      errorName: 'ExecutionFailed',
      args: [0n, encodeErrorResult({ abi, errorName: 'Error', args: ['late'] })],
    }),
    'ExecutionFailed(commandIndex 0): late',
  ],
  [
    'nothing in an error',
    encodeErrorResult({ abi, errorName: 'ExecutionFailed', args: [1n, '0x'] }),
    'ExecutionFailed(commandIndex 1)',
  ],
  ['no data', '0x', null],
  ['fewer bytes than a selector', '0x08c3', '0x08c3'],
  ['Error(string) without a string', '0x08c379a0', '0x08c379a0'],
  ['Error(string) with an offset beyond its end', `0x08c379a0${'ff'.repeat(32)}`, '0x08c379a0'],
  ['Panic(uint256) cut short', '0x4e487b7101', '0x4e487b71'],
] as const)('%s', (_, data, reason) => {
  expect(revertReason(data)).toBe(reason)
})

test.each([
  ['a panic with a meaning', revertReason(panic(0x11n)), '0x11'],
  ['a panic without one', revertReason(panic(0xabn)), '0xab'],
  ['the highest panic', revertReason(panic(2n ** 256n - 1n)), `0x${'f'.repeat(64)}`],
  ['the words of a contract', 'not the owner', null],
  ['a contract that adds words of its own', 'Panic 0x11: claim at x.example', null],
  ['the same words behind others', 'Oh: Panic 0x11', null],
  ['a selector', '0xe450d38c', null],
])('the code of a panic: %s', (_, reason, code) => {
  expect(panicCode(reason ?? '')).toBe(code)
})

test('bytes behind the words are ignored', () => {
  const words = encodeAbiParameters([{ type: 'string' }], ['late']).slice(2)
  expect(revertReason(`0x08c379a0${words}${'00'.repeat(40)}`)).toBe('late')
})

test.each([
  ['plain hex (Geth, Reth, anvil)', '0x08c379a0', '0x08c379a0'],
  ['in capitals', '0x08C379A0', '0x08c379a0'],
  ['behind a word', 'Reverted 0x08c379a0', '0x08c379a0'],
  ['a level deeper', { message: 'reverted', data: '0x08c379a0' }, '0x08c379a0'],
  ['no bytes', '0x', '0x'],
  ['half a byte', '0x08c379a', null],
  ['words', 'execution reverted', null],
  ['null', null, null],
  ['absent', undefined, null],
  ['a number', 3, null],
  ['an object without data', { message: 'x' }, null],
  ['data that is an object again', { data: { data: '0x08' } }, null],
])("a node's error data: %s", (_, nodeData, data) => {
  expect(revertData(nodeData)).toBe(data)
})

test.each([
  ['execution reverted', true],
  ['VM Exception while processing transaction: revert', true],
  ['out of gas', true],
  ['EVM error OutOfGas', true],
  ['EVM error InvalidFEOpcode', true],
  ['invalid opcode: INVALID', true],
  ['stack underflow (0 <=> 2)', true],
  ['Bad instruction', true],
  ['insufficient funds for gas * price + value', false],
  ['header not found', false],
  ['missing trie node', false],
  ['daily request count exceeded', false],
])('%s: the call ran and failed is %s', (message, isFailure) => {
  expect(isExecutionFailure(message)).toBe(isFailure)
})
