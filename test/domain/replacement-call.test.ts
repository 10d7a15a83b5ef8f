import { expect, test } from 'vitest'
import { cancelCall, speedUpCall } from '../../src/domain/replacement-call.ts'
import { account, at, chain, owner, pendingTransaction } from '../../src/testing.ts'

const fees = { isLegacy: false, maxFeePerGas: 41n, maxPriorityFeePerGas: 2n }
const cancellation = { chain: chain(), nonce: 7, purpose: 'cancel' } as const

test('a cancellation sends nothing to the account itself with the same nonce', () => {
  expect(cancelCall({ ...cancellation, account: account(), fees })).toEqual({
    purpose: 'cancel',
    chainId: 1,
    to: owner,
    data: '0x',
    value: '0',
    nonce: 7,
    gasLimit: '21000',
    maxFeePerGas: '41',
    maxPriorityFeePerGas: '2',
  })
})

test('a cancellation from a delegated account leaves the gas limit to the wallet', () => {
  const delegated = account({ code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } })
  expect(cancelCall({ ...cancellation, account: delegated, fees })).not.toHaveProperty('gasLimit')
})

test('a call that fills a missing nonce says so', () => {
  const filling = cancelCall({ ...cancellation, account: account(), purpose: 'fill-nonce', fees })
  expect(filling).toEqual({ ...cancelCall({ ...cancellation, account: account(), fees }), purpose: 'fill-nonce' })
})

test('unknown fees are left to the wallet', () => {
  expect(cancelCall({ ...cancellation, account: account(), fees: null })).toEqual({
    purpose: 'cancel',
    chainId: 1,
    to: owner,
    data: '0x',
    value: '0',
    nonce: 7,
    gasLimit: '21000',
  })
})

test('a faster transaction differs in its fees only', () => {
  const pending = pendingTransaction({ to: at(0x70), value: 5n, input: '0xa9059cbb', gasLimit: 65_000n, nonce: 9 })
  expect(speedUpCall(chain({ chainId: 137 }), pending, { ...fees, isLegacy: true, maxFeePerGas: 50n })).toEqual({
    purpose: 'speed-up',
    chainId: 137,
    to: at(0x70),
    data: '0xa9059cbb',
    value: '5',
    nonce: 9,
    gasLimit: '65000',
    gasPrice: '50',
  })
})

test('EIP-7702 authorisations have no place in a call, and are not dropped silently', () => {
  expect(speedUpCall(chain(), pendingTransaction({ hasAuthorizations: true }), fees)).toBeNull()
})

test('the creation of a contract has no address to call', () => {
  expect(speedUpCall(chain(), pendingTransaction({ to: null }), fees)).toBeNull()
})
