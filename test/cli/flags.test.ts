import { describe, expect, test } from 'vitest'
import { type CheckFlags, readCheckFlags, refuseLiveFlags, refuseNoAddress } from '../../src/cli/check-flags.ts'
import { isKnownLocale, wantedLocale } from '../../src/cli/locale.ts'
import { parseOutputs } from '../../src/cli/outputs.ts'
import { readableTemplate, withoutRepeats } from '../../src/cli/readable-template.ts'
import { UsageError } from '../../src/cli/usage-error.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof UsageError) return error.code
    throw error
  }
  return 'accepted'
}

describe('-o', () => {
  test.each([
    [[], [{ format: 'table', file: null }]],
    [['json'], [{ format: 'json', file: null }]],
    [
      ['table', 'json=a=b.json'],
      [
        { format: 'table', file: null },
        { format: 'json', file: 'a=b.json' },
      ],
    ],
    [
      ['json=a', 'json=b'],
      [
        { format: 'json', file: 'a' },
        { format: 'json', file: 'b' },
      ],
    ],
  ])('%j', (given, outputs) => {
    expect(parseOutputs(given)).toEqual(outputs)
  })

  test.each([
    [['xml'], 'usage-unknown-format'],
    [['JSON'], 'usage-unknown-format'],
    [['toString'], 'usage-unknown-format'],
    [['json='], 'usage-missing-file'],
    [['xml='], 'usage-unknown-format'],
    [[''], 'usage-unknown-format'],
    [['table', 'json'], 'usage-two-on-stdout'],
    [['table=a', 'json=a'], 'usage-same-file'],
  ])('not %j', (given, code) => {
    expect(codeOf(() => parseOutputs(given))).toBe(code)
  })
})

describe('check', () => {
  test('has its defaults', () => {
    expect(readCheckFlags({})).toEqual({
      outputs: [{ format: 'table', file: null }],
      failOn: 'high',
      reading: { longestScanSeconds: 600 },
    })
  })

  test('reads the level of --fail-on', () => {
    expect(readCheckFlags({ failOn: 'never' }).failOn).toBe('never')
  })

  test.each<[CheckFlags, object]>([
    [{ block: '21000000' }, { block: 21_000_000n, longestScanSeconds: 600 }],
    [{ block: '0x10' }, { block: 16n, longestScanSeconds: 600 }],
    [{ fromBlock: '0' }, { fromBlock: 0n }],
    [{ history: '365' }, { history: 365, longestScanSeconds: 600 }],
    [{ history: 'all' }, { history: 'all', longestScanSeconds: 600 }],
    [{ history: '1' }, { history: 1, longestScanSeconds: 600 }],
    [{ history: '10000' }, { history: 10_000, longestScanSeconds: 600 }],
    [
      { fromBlock: '5', block: '5' },
      { fromBlock: 5n, block: 5n },
    ],
    [{ timeout: '0.5' }, { timeoutMs: 500, longestScanSeconds: 600 }],
    [{ timeout: '120', yes: true }, { timeoutMs: 120_000 }],
    [{ maxRequests: '5000' }, { maximumRequests: 5000 }],
    [{ maxRps: '0.5' }, { maximumRps: 0.5, longestScanSeconds: 600 }],
    [{ maxRps: '25', yes: true }, { maximumRps: 25 }],
    [{ quick: true }, { quick: true, longestScanSeconds: 600 }],
  ])('reads %j', (flags, reading) => {
    expect(readCheckFlags(flags).reading).toEqual(reading)
  })

  test.each<[CheckFlags, string]>([
    [{ failOn: 'High' }, 'usage-bad-value'],
    [{ failOn: '' }, 'usage-bad-value'],
    [{ block: '-1' }, 'usage-bad-value'],
    [{ block: '1.5' }, 'usage-bad-value'],
    [{ block: 'latest' }, 'usage-bad-value'],
    [{ block: '' }, 'usage-bad-value'],
    [{ fromBlock: '1e6' }, 'usage-bad-value'],
    [{ history: '0' }, 'usage-bad-value'],
    [{ history: 'everything' }, 'usage-bad-value'],
    [{ history: '10001' }, 'usage-bad-value'],
    [{ history: '1.5' }, 'usage-bad-value'],
    [{ fromBlock: '6', block: '5' }, 'usage-block-order'],
    [{ timeout: '0' }, 'usage-bad-value'],
    [{ maxRps: '0' }, 'usage-bad-value'],
    [{ maxRps: '-1' }, 'usage-bad-value'],
    [{ maxRps: 'fast' }, 'usage-bad-value'],
    [{ maxRequests: '0' }, 'usage-bad-value'],
    [{ maxRequests: '1.5' }, 'usage-bad-value'],
    [{ maxRequests: '' }, 'usage-bad-value'],
    [{ quick: true, fromBlock: '5' }, 'usage-quick-alone'],
    [{ quick: true, yes: true }, 'usage-quick-alone'],
    [{ quick: true, logsFrom: 'etherscan' }, 'usage-quick-alone'],
    [{ timeout: '-5' }, 'usage-bad-value'],
    [{ timeout: 'soon' }, 'usage-bad-value'],
    [{ output: ['xml'] }, 'usage-unknown-format'],
  ])('refuses %j', (flags, code) => {
    expect(codeOf(() => readCheckFlags(flags))).toBe(code)
  })

  test.each<[CheckFlags, string | undefined, string]>([
    [{ facts: 'f', output: ['json'], rule: ['a'], failOn: 'low', quiet: true }, undefined, 'accepted'],
    [{ facts: 'f' }, '0x', 'usage-facts-alone'],
    [{ facts: 'f', rpcUrl: ['u'] }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', chain: '1' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', tokenList: ['t'] }, undefined, 'usage-facts-lists'],
    [{ facts: 'f', shownTokens: 't' }, undefined, 'usage-facts-lists'],
    [{ facts: 'f', threatList: ['t'] }, undefined, 'usage-facts-lists'],
    [{ facts: 'f', sanctionsList: ['t'] }, undefined, 'usage-facts-lists'],
    [{ facts: 'f', saveFacts: 's' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', fromBlock: '1' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', history: 'all' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', historyUrl: 'u' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', maxRps: '1' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', quick: true }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', logsFrom: 'etherscan' }, undefined, 'usage-facts-alone'],
    [{ facts: 'f', secondRpcUrl: 'u' }, undefined, 'usage-facts-alone'],
  ])('with saved facts, %j and the address %s is %s', (flags, address, code) => {
    expect(codeOf(() => refuseLiveFlags(flags, address === undefined ? [] : [address]))).toBe(code)
  })
})

test.each<[CheckFlags, string]>([
  [{}, 'usage-no-address'],
  [{ rpcUrl: ['https://rpc.example'] }, 'usage-no-address'],
  [{ rpcUrl: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }, 'usage-address-as-value'],
  [{ rpcUrl: ['https://rpc.example'], chain: 'example.eth' }, 'usage-address-as-value'],
])('without an address, %j is %s', (flags, code) => {
  expect(codeOf(() => refuseNoAddress(flags))).toBe(code)
})

describe('--locale', () => {
  test.each([
    [[], null],
    [['--locale', 'ja'], 'ja'],
    [['--locale=en'], 'en'],
    [['--locale', 'ja', '--locale', 'en'], 'en'],
    [['--locale', 'fr'], null],
    [['--locale'], null],
  ])('of %j is %s', (args, locale) => {
    expect(wantedLocale(args)).toBe(locale)
  })

  test('must be one that we have', () => {
    expect(isKnownLocale(['--locale', 'fr'])).toBe(false)
    expect(isKnownLocale(['--locale', 'ja'])).toBe(true)
    expect(isKnownLocale([])).toBe(true)
  })
})

test.each([
  ['Set the fee to {fee}.', 'Set the fee to {fee}.'],
  ['{kind, select, a {one {x}} other {two}}', '[one {x} | two]'],
  ['A{kind, select, a { B} other {}}', 'A[B]'],
  ['{count, plural, one {# block} other {# blocks}}', '[# block | # blocks]'],
])('a template for people: %s', (message, readable) => {
  expect(readableTemplate(message)).toBe(readable)
})

test('a long choice is told once, and a short one, or one that is not closed, is left as it is', () => {
  const long = `[${'words '.repeat(40)}| [a | b]]`
  const texts = [`First. ${long} End.`, `[${long} | other]`, '[a | b] [a | b]', 'never [closed', `Again: ${long}`]
  expect(withoutRepeats(texts, '[…]')).toEqual([
    `First. ${long} End.`,
    '[[…] | other]',
    '[a | b] [a | b]',
    'never [closed',
    'Again: […]',
  ])
})
