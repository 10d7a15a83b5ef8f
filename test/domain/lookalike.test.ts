import fc from 'fast-check'
import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import { requiredDigits, resembles } from '../../src/domain/lookalike.ts'

/** `address('abc', '1234')` begins and ends so; what is between differs from call to call by `fill`. */
const address = (leading: string, trailing: string, fill = '5'): Address =>
  `0x${leading}${fill.repeat(40).slice(0, 40 - leading.length - trailing.length)}${trailing}`

describe('requiredDigits', () => {
  test.each([
    ['one pair', 1, 7],
    ['the most pairs of which seven digits find hardly any by chance', 2_684_354, 7],
    ['one pair more', 2_684_355, 8],
    ['the most for eight', 21_474_836, 8],
    ['one more than that', 21_474_837, 9],
    ['5,000 recipients and 100,000 others', 500_000_000, 10],
  ])('%s', (_, pairs, digits) => {
    expect(requiredDigits(pairs)).toBe(digits)
  })

  test('rises with the number of pairs, and never expects more than a hundredth of a pair by chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 0, max: 2 ** 40 }), (one, more) => {
        const [few, many] = [requiredDigits(one), requiredDigits(one + more)]
        expect(many).toBeGreaterThanOrEqual(few)
        expect(((one + more) * (many - 6)) / 16 ** many).toBeLessThanOrEqual(0.01)
      }),
    )
  })
})

describe('resembles', () => {
  const paid = address('abc', '1234', '5')
  test.each([
    ['three leading and four trailing digits', address('abc', '1234', '6'), 7, true],
    ['two leading digits', address('abd', '1234', '6'), 7, false],
    ['three trailing digits', address('abc', '9234', '6'), 7, false],
    ['seven where eight are required', address('abc', '1234', '6'), 8, false],
    ['four leading ones, where eight are required', address('abc5', '1234', '6'), 8, true],
    ['five trailing ones, where eight are required', address('abc', '51234', '6'), 8, true],
    ['the same address', paid, 7, false],
    ['the same address in capitals', `0x${paid.slice(2).toUpperCase()}` as Address, 7, false],
  ])('%s', (_, other, digits, expected) => {
    expect(resembles(paid, other, digits)).toBe(expected)
  })

  test.each([
    ['zeros that both begin with are no resemblance', '000', '000', false],
    ['nor are many of them', '0000000', '0000000', false],
    ['three more digits behind the zeros are', '000abc', '000abc', true],
    ['two more are not enough', '000ab', '000ab', false],
    ['more trailing digits make up for them', '000', '000', true, '1234567'],
  ])('%s', (_, one, other, expected, trailing = '1234') => {
    expect(resembles(address(one, trailing, '5'), address(other, trailing, '6'), 7)).toBe(expected)
  })

  const hex = (length: number) =>
    fc
      .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
      .map((all) => all.join(''))
  const any = hex(40).map((digits) => `0x${digits}` as Address)

  test('is mutual, whatever the case', () => {
    fc.assert(
      fc.property(any, hex(33), hex(3), hex(4), (one, middle, leading, trailing) => {
        const paid: Address = `0x${leading}${one.slice(5, 38)}${trailing}`
        const other: Address = `0x${leading}${middle}${trailing}`
        const upper = `0x${other.slice(2).toUpperCase()}` as Address
        for (const digits of [7, 8, 12]) {
          expect(resembles(paid, other, digits)).toBe(resembles(other, paid, digits))
          expect(resembles(paid, upper, digits)).toBe(resembles(paid, other, digits))
        }
      }),
    )
  })

  test('any address that begins and ends alike, without zeros in front, is found; fewer digits never are', () => {
    fc.assert(
      fc.property(hex(33), hex(33), hex(3), hex(4), (middle, other, leading, trailing) => {
        fc.pre(middle !== other && !leading.startsWith('0'))
        const paid: Address = `0x${leading}${middle}${trailing}`
        expect(resembles(paid, `0x${leading}${other}${trailing}`, 7)).toBe(true)
        const turned = leading.endsWith('f') ? '0' : 'f'
        expect(resembles(paid, `0x${leading.slice(0, 2)}${turned}${other}${trailing}`, 7)).toBe(false)
      }),
    )
  })

  test('what is found for more pairs is found for fewer', () => {
    fc.assert(
      fc.property(any, any, fc.integer({ min: 7, max: 40 }), (one, other, digits) => {
        if (resembles(one, other, digits)) expect(resembles(one, other, digits - 1)).toBe(true)
      }),
    )
  })
})
