import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findGivenSecret, transactionHashesIn } from '../../src/cli/refuse-secrets.ts'

// Nothing here is anybody's: one byte over and over.
const digits = 'ab'.repeat(32)
const hash = `0x${digits}`
const find = (...args: readonly string[]) => findGivenSecret({ args, variables: {} })?.kind ?? null

test.each<[string, readonly string[]]>([
  ['behind --tx', ['--tx', hash]],
  ['joined to --tx', [`--tx=${hash}`]],
  ['twice', ['--tx', hash, `--tx=${hash}`]],
  ['in capital digits', ['--tx', `0x${digits.toUpperCase()}`]],
])('a hash is taken %s, and known to be one that is not repeated', (_, args) => {
  expect(find(...args)).toBeNull()
  expect(transactionHashesIn(args)).toHaveLength(args.filter((item) => item.includes('0x')).length)
})

describe('whatever else is given', () => {
  const item = fc.constantFrom('--tx', '--', '--chain', '--quiet', '-o', '0x12', 'check', '', `--tx=${hash}`)

  test('a hash that does not stand behind --tx is refused, and so is one behind --', () => {
    fc.assert(
      fc.property(fc.array(item), fc.array(item), (before, after) => {
        const isTaken = before.at(-1) === '--tx' && !before.includes('--')
        expect(find(...before, hash, ...after) === null).toBe(isTaken && !isRefused(after))
      }),
    )
  })

  test('the same digits without 0x are refused everywhere', () => {
    fc.assert(
      fc.property(fc.array(item), fc.array(item), (before, after) => {
        expect(find(...before, digits, ...after)).toBe('private-key')
        expect(find(...before, `--tx=${digits}`, ...after)).toBe('private-key')
      }),
    )
  })

  /** A hash joined to --tx is a value of the option before the end of the options only. */
  function isRefused(after: readonly string[]): boolean {
    const end = after.indexOf('--')
    return end >= 0 && after.slice(end).includes(`--tx=${hash}`)
  }
})

test('words on both sides of a hash are no phrase together, and a phrase behind it is one', () => {
  const words = Array(8).fill('abandon')
  expect(find(...words, '--tx', hash, ...words)).toBeNull()
  expect(find('--tx', hash, ...words, ...words)).toBe('seed-phrase')
})
