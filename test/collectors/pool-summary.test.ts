import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSummary } from '../../src/collectors/mempool/summary.ts'
import { at } from '../../src/testing.ts'

const wei = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const gas = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const receiver = fc.option(fc.bigInt({ min: 0n, max: 2n ** 160n - 1n }).map(at))

test('a line as Geth writes it is read to the wei', () => {
  fc.assert(
    fc.property(fc.nat(), receiver, wei, gas, wei, (nonce, to, value, gasLimit, maxFeePerGas) => {
      const words = `${to ?? 'contract creation'}: ${value} wei + ${gasLimit} gas × ${maxFeePerGas} wei`
      expect(readSummary(String(nonce), words)).toEqual({ nonce, to, value, gasLimit, maxFeePerGas })
    }),
  )
})

test('any other line is malformed', () => {
  fc.assert(
    fc.property(fc.string(), (words) => {
      expect(() => readSummary('7', words)).toThrow(expect.objectContaining({ code: 'malformed-reply' }))
    }),
  )
})
