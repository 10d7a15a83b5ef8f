import fc from 'fast-check'
import { getAddress } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { AddressError, type AddressProblem, parseAddress, parseAddresses } from '../../src/config/address.ts'
import { SecretInputError } from '../../src/config/secrets.ts'

// The first example of EIP-55.
const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

function problemOf(text: string): AddressError {
  try {
    parseAddress(text)
  } catch (error) {
    if (error instanceof AddressError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('an address', () => {
  test.each([
    ['with its checksum', address],
    ['in small letters', address.toLowerCase()],
    ['in capital letters', `0x${address.slice(2).toUpperCase()}`],
    ['all in capital letters, 0X too', address.toUpperCase()],
    ['with white space around it', `  ${address}\n`],
  ])('%s', (_, text) => {
    expect(parseAddress(text)).toEqual({ kind: 'address', address })
  })

  test('the zero address is one', () => {
    const zero = `0x${'0'.repeat(40)}`
    expect(parseAddress(zero)).toEqual({ kind: 'address', address: zero })
  })

  test('any 20 bytes come out in EIP-55 spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const hex = `0x${Buffer.from(bytes).toString('hex')}` as const
        expect(parseAddress(hex)).toEqual({ kind: 'address', address: getAddress(hex) })
      }),
    )
  })

  test.each<[string, string, AddressProblem]>([
    ['nothing', '', 'address-empty'],
    ['white space', ' \t', 'address-empty'],
    ['one letter in the wrong case', address.replace('aA', 'AA'), 'address-checksum'],
    ['39 digits', address.slice(0, -1), 'address-too-short'],
    ['41 digits', `${address}0`, 'address-too-long'],
    ['0x alone', '0x', 'address-too-short'],
    ['40 digits without 0x', address.slice(2), 'address-no-prefix'],
    ['a letter that is not hex', address.replace('5', 'g'), 'address-bad-character'],
    ['a Bitcoin address', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT', 'address-bitcoin'],
    ['a Bitcoin script address', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'address-bitcoin'],
    ['a Bitcoin segwit address', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'address-bitcoin'],
    ['a Solana address', 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 'address-solana'],
    ['a Tron address', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'address-tron'],
    ['a word', 'hello', 'address-unreadable'],
    ['a URL', 'https://example.eth/x', 'address-unreadable'],
    ['an IP address', '127.0.0.1', 'address-unreadable'],
  ])('not %s', (_, text, problem) => {
    expect(problemOf(text).code).toBe(problem)
  })

  test('a length is told, the input never is', () => {
    const short = problemOf(address.slice(0, 20))
    expect(short.message).toBe('This address has 18 hex digits after 0x; an address has 40.')
    expect(JSON.stringify([short.message, short.data, short.hints])).not.toContain(address.slice(2, 20))
  })

  test('a private key is a secret before it is a wrong address', () => {
    expect(() => parseAddress('ab'.repeat(32))).toThrow(SecretInputError)
  })
})

test.each(['example.eth', 'pay.example.eth', 'example.xyz', 'δοκιμή.eth'])('%s is left for ENS', (name) => {
  expect(parseAddress(name)).toEqual({ kind: 'ens', name })
})

describe('a list of addresses', () => {
  const other = getAddress(`0x${'7'.padStart(40, '0')}`)

  test('by commas, spaces, lines, with comments, each once', () => {
    expect(parseAddresses(`${address}, ${other}\n# ${address}\n${address.toLowerCase()} # again\r\n`)).toEqual([
      address,
      other,
    ])
  })

  test('may be empty', () => {
    expect(parseAddresses('')).toEqual([])
  })

  test('takes no ENS names', () => {
    expect(() => parseAddresses(`${address},example.eth`)).toThrow(AddressError)
  })
})
