import { describe, expect, test } from 'vitest'
import { SecretInputError } from '../../src/config/secrets.ts'
import { parseTransactionHash } from '../../src/config/transaction-hash.ts'

// Nothing here is anybody's: one byte over and over.
const digits = 'ab'.repeat(32)
const parse = (text: string) => parseTransactionHash(text, '--tx')

function thrownBy(action: () => unknown): Error {
  try {
    action()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}

test.each([
  ['lower case', `0x${digits}`],
  ['upper case', `0x${digits.toUpperCase()}`],
])('0x and 64 hex digits are a hash: %s', (_, text) => {
  expect(parse(text)).toBe(`0x${digits}`)
})

test.each([
  ['without the 0x, as wallets export keys', digits],
  ['with an upper-case X', `0X${digits}`],
  ['a phrase', Array(12).fill('abandon').join(' ')],
])('what looks like a secret is refused as one: %s', (_, text) => {
  const error = thrownBy(() => parse(text))
  expect(error).toBeInstanceOf(SecretInputError)
  expect(JSON.stringify([error, error.message])).not.toMatch(/abab|abandon/i)
})

describe('what is no hash is refused, and not repeated', () => {
  test.each([
    ['nothing', ''],
    ['63 digits', `0x${digits.slice(1)}`],
    ['65 digits', `0x${digits}a`],
    ['a letter that is no digit', `0x${digits.slice(1)}g`],
    ['an address', `0x${digits.slice(0, 40)}`],
  ])('%s', (_, text) => {
    const error = thrownBy(() => parse(text))
    expect(error).toMatchObject({ code: 'invalid-transaction-hash' })
    expect(JSON.stringify([error, error.message])).not.toContain('abab')
  })
})
