import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cancelCall, speedUpCall } from '../../src/domain/replacement-call.ts'
import { leastReplacementFee, replacementFees } from '../../src/domain/replacement-fee.ts'
import { account, at, chain, fees as feeFacts, hashOf, owner, pendingTransaction } from '../../src/testing.ts'

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

describe('what carries more than a plain call', () => {
  const accessList = [{ address: at(0x70), storageKeys: [hashOf(1)] }]
  const blobVersionedHashes = [hashOf(2)]

  test('an access list is kept, with a gas price too', () => {
    const pending = pendingTransaction({ accessList })
    expect(speedUpCall(chain(), pending, fees)).toMatchObject({ accessList, maxFeePerGas: '41' })
    expect(speedUpCall(chain(), pending, { ...fees, isLegacy: true })).toMatchObject({ accessList, gasPrice: '41' })
  })

  test('blobs are named, with their fee, faster and cancelled', () => {
    const blobFees = { ...fees, maxFeePerBlobGas: 8n }
    const pending = pendingTransaction({ maxFeePerBlobGas: 4n, blobVersionedHashes })
    const carried = { maxFeePerBlobGas: '8', blobVersionedHashes }
    expect(speedUpCall(chain(), pending, blobFees)).toMatchObject(carried)
    expect(cancelCall({ ...cancellation, account: account(), fees: blobFees, blobVersionedHashes })).toMatchObject(
      carried,
    )
  })

  test('what was not there is not added', () => {
    const call = speedUpCall(chain(), pendingTransaction(), fees)
    for (const field of ['accessList', 'blobVersionedHashes', 'maxFeePerBlobGas'])
      expect(call).not.toHaveProperty(field)
  })
})

describe('the fees of a printed call, by the rule of nodes in whole numbers', () => {
  const wei = fc.bigInt({ min: 0n, max: 10n ** 21n })
  const isEnough = (printed: string | undefined, old: bigint, percent: bigint) =>
    BigInt(printed ?? -1) > old && BigInt(printed ?? -1) * 100n >= old * (100n + percent)

  test.each([
    ['a tenth more', null, 10n],
    ['twice as much, with blobs', [hashOf(2)], 100n],
  ])('are never a wei short of %s, nor below the market, sped up or cancelled', (_, blobs, percent) => {
    fc.assert(
      fc.property(wei, wei, wei, wei, wei, wei, (max, tipPart, blobFee, nextBaseFee, p50, blobBaseFee) => {
        const old = pendingTransaction({
          maxFeePerGas: max,
          maxPriorityFeePerGas: tipPart % (max + 1n),
          ...(blobs !== null && { maxFeePerBlobGas: blobFee, blobVersionedHashes: blobs }),
        })
        const market = feeFacts({ nextBaseFee, tips: { p10: p50, p50, p90: p50 }, blobBaseFee })
        const next = replacementFees(old, market)
        for (const call of [
          speedUpCall(chain(), old, next),
          cancelCall({ ...cancellation, account: account(), fees: next }),
        ]) {
          expect(isEnough(call?.maxFeePerGas, old.maxFeePerGas, percent)).toBe(true)
          expect(isEnough(call?.maxPriorityFeePerGas, old.maxPriorityFeePerGas, percent)).toBe(true)
          expect(BigInt(call?.maxFeePerGas ?? 0)).toBeGreaterThanOrEqual(
            nextBaseFee + BigInt(call?.maxPriorityFeePerGas ?? 0),
          )
          expect(BigInt(call?.maxPriorityFeePerGas ?? 0)).toBeGreaterThanOrEqual(p50)
          if (blobs === null) continue
          expect(isEnough(call?.maxFeePerBlobGas, blobFee, percent)).toBe(true)
          expect(BigInt(call?.maxFeePerBlobGas ?? 0)).toBeGreaterThanOrEqual(blobBaseFee)
        }
      }),
    )
  })

  test.each([
    ['a tenth', 10n],
    ['double', 100n],
  ])('%s: the least fee that is taken, and one wei less is refused', (_, percent) => {
    fc.assert(
      fc.property(wei, (old) => {
        const least = leastReplacementFee(old, percent)
        expect(isEnough(String(least), old, percent)).toBe(true)
        expect(isEnough(String(least - 1n), old, percent)).toBe(false)
      }),
    )
  })
})
