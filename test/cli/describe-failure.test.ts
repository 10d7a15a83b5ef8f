import { CommanderError } from 'commander'
import { describe, expect, test } from 'vitest'
import { describeFailure } from '../../src/cli/describe-failure.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { AddressError } from '../../src/config/address.ts'
import { SecretInputError, secretKinds } from '../../src/config/secrets.ts'
import { locales } from '../../src/core/text.ts'
import { ConnectionError, EnsNameNotFoundError, InvalidEndpointError } from '../../src/rpc/errors.ts'

const place = { host: 'rpc.example', method: 'eth_chainId' }
const said = (error: unknown, locale: 'en' | 'ja' = 'en') => describeFailure(error, { locale, texts: [] })

test('the stack of a fault shows no key', () => {
  const error = new TypeError('https://explorer.example/api?apikey=KEYOFTHETEST failed')
  const { lines } = describeFailure(error, { locale: 'en', texts: [], secrets: ['KEYOFTHETEST'] })
  expect(lines.join('\n')).toContain('apikey=*** failed')
  expect(lines.join('\n')).not.toContain('KEYOFTHETEST')
})

describe('exit code', () => {
  test.each<[string, unknown, number]>([
    ['a wrong address', new AddressError('address-checksum'), 2],
    ['a wrong option', new UsageError('usage-block-order'), 2],
    ['a secret', new SecretInputError('private-key', 'address'), 2],
    ['a URL that is none', new InvalidEndpointError('malformed'), 2],
    ['an ENS name without an address', new EnsNameNotFoundError('example.eth'), 2],
    ['a node that cannot be asked', new ConnectionError(place, 'ECONNREFUSED'), 3],
    ['a parser error', new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"), 2],
    ['help', new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), 0],
    ['a fault of the program', new TypeError('x is not a function'), 70],
    ['anything thrown', 'words', 70],
  ])('%s', (_, error, exitCode) => {
    expect(said(error).exitCode).toBe(exitCode)
  })
})

describe('words', () => {
  test('an error in the chosen language, with what helps', () => {
    expect(said(new AddressError('address-too-short', 39)).lines).toEqual([
      'Error: This address is too short: it has 39 hex digits after 0x, and should have 40.',
      '  → Copy the address from your wallet again instead of typing it.',
    ])
    expect(said(new AddressError('address-too-short', 39), 'ja').lines).toEqual([
      'エラー: このアドレスは短すぎます。0xの後は16進数40桁のはずですが、39桁しかありません。',
      '  → アドレスは手で入力せず、ウォレットからもう一度コピーしてください。',
    ])
  })

  test.each([
    [
      "error: unknown option '--versoin'\n(Did you mean --version?)",
      'commander.unknownOption',
      '--versoin here.',
      '--version?',
    ],
    [
      "error: unknown option '--fail-on'\n(Did you mean --fail-on?)",
      'commander.unknownOption',
      '--fail-on here.',
      'an option of another command',
    ],
    ["error: unknown option '--SomethingPrivate1234'", 'commander.unknownOption', '--… here.', '--help'],
    [
      "error: option '--chain <name|id>' argument missing",
      'commander.optionMissingArgument',
      '--chain <name|id>',
      '--help',
    ],
    ["error: missing required argument 'file'", 'commander.missingArgument', 'needs FILE', '--help'],
    [
      'error: too many arguments. Expected 1 argument but got 2.',
      'commander.excessArguments',
      'more arguments',
      'one address',
    ],
  ])('%s', (message, code, words, hint) => {
    const [first, ...hints] = said(new CommanderError(1, code, message)).lines
    expect(first).toContain(words)
    expect(hints.join('\n')).toContain(hint)
  })

  test('a fault keeps the stack, without any URL that was given', () => {
    const url = 'https://user:word@rpc.example/v2/0123456789abcdef'
    const error = new Error(`could not reach ${url}`)
    const { lines } = describeFailure(error, { locale: 'en', texts: ['check', `--rpc-url=${url}`, undefined] })
    expect(lines.join('\n')).toContain('could not reach https://rpc.example')
    expect(lines.join('\n')).not.toContain('0123456789abcdef')
    expect(lines.join('\n')).not.toContain('word@')
  })

  test.each(locales.flatMap((locale) => secretKinds.map((kind) => [locale, kind] as const)))(
    'the refusal in %s of %s says what to do',
    (locale, kind) => {
      const { lines } = said(new SecretInputError(kind, 'address'), locale)
      expect(lines.join('\n')).toContain(locale === 'en' ? 'treat it as exposed' : '漏れたものとして')
      expect(lines.join('\n')).toMatch(/history/)
    },
  )
})
