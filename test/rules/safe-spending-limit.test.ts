import { decodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import safeSpendingLimit from '../../rules/safe-spending-limit/index.ts'
import type { SafeAccount, SpendingLimit } from '../../src/rule.ts'
import { at, judgeWith, missing, owner, safeAccount, threats, token, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const nobody = at(0)
const listed = threats({
  lists: [{ name: 'bad.txt', date: '2026-11-01', entries: 1 }],
  entries: [
    {
      address: at(0xbad),
      chainId: 1,
      kind: 'drainer',
      list: 'bad.txt',
      name: null,
      incidentDate: null,
      isFixed: false,
      isGiven: true,
    },
  ],
})
const delegate = { address: at(0xde1e), code: 'none', nonce: 4 } as const
const limit = (over: Partial<SpendingLimit> = {}): SpendingLimit => ({
  module: at(0xa110),
  delegate,
  token: token(),
  amount: 100n * 10n ** 18n,
  spent: 30n * 10n ** 18n,
  periodMinutes: 1440,
  ...over,
})
const judge = (limits: readonly SpendingLimit[], options = {}, over: Partial<SafeAccount> = {}) =>
  judgeWith(safeSpendingLimit, { safe: safeAccount({ spendingLimits: limits, ...over }), threats: listed }, options)
const first = (limits: readonly SpendingLimit[]) => {
  const outcome = judge(limits)
  return outcome.status === 'found' ? outcome.findings[0] : undefined
}

test.each([
  ['an amount again in each period', limit(), 'limited', 'medium'],
  ["of the chain's own coin", limit({ token: null }), 'limited', 'medium'],
  ['one below the largest', limit({ amount: 2n ** 96n - 2n }), 'limited', 'medium'],
  ['the largest that the module holds', limit({ amount: 2n ** 96n - 1n }), 'unlimited', 'high'],
  ['to a contract', limit({ delegate: { ...delegate, code: 'contract', nonce: null } }), 'limited', 'medium'],
  ['to a listed drainer', limit({ delegate: { ...delegate, address: at(0xbad) } }), 'listed', 'critical'],
])('a limit %s', (_, given, messageId, severity) => {
  expect(judge([given])).toMatchObject({
    status: 'found',
    findings: [{ messageId, severity, confidence: 'certain', remedy: [{ purpose: 'revoke' }] }],
  })
})

test.each([
  ['not tried', undefined, 'propose a transaction'],
  ['seen to work', { status: 'succeeds', block: '7', isConfirmed: true }, 'propose a transaction'],
  ['refused', { status: 'reverts', block: '7' }, 'do not propose it'],
  ['without effect', { status: 'no-effect', block: '7' }, 'do not propose it'],
] as const)('the call that ends it, %s', (_, removal, words) => {
  const outcome = judge([limit(removal && { removal })])
  expect(wordsOf(safeSpendingLimit, outcome, 'en').join(' ')).toContain(words)
  const isRefused = words === 'do not propose it'
  expect(wordsOf(safeSpendingLimit, outcome, 'ja').join(' ').includes('試したところ効きませんでした')).toBe(isRefused)
})

test('each delegate and token is a finding of its own', () => {
  const outcome = judge([limit(), limit({ token: null }), limit({ delegate: { ...delegate, address: at(1) } })])
  const findings = outcome.status === 'found' ? outcome.findings : []
  expect(findings.map(({ subject }) => subject)).toEqual([
    { kind: 'allowance', token: nobody, owner, spender: at(0xde1e), module: at(0xa110) },
    { kind: 'allowance', token: at(0x70), owner, spender: at(1), module: at(0xa110) },
    { kind: 'allowance', token: at(0x70), owner, spender: at(0xde1e), module: at(0xa110) },
  ])
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(3)
})

test('the evidence is the read of the limit, the delegate, and the list that names it', () => {
  const read = {
    kind: 'call',
    to: at(0xa110),
    function: 'getTokenAllowance(address,address,address)',
    arguments: [owner, at(0xde1e), at(0x70)],
    block: '21000000',
    value: `${100n * 10n ** 18n}, ${30n * 10n ** 18n}, 1440`,
  }
  expect(first([limit()])?.evidence).toMatchObject([read, { kind: 'spender', address: at(0xde1e), code: 'none' }])
  const thief = limit({ delegate: { ...delegate, address: at(0xbad) } })
  expect(first([thief])?.evidence.at(-1)).toEqual({ kind: 'list', name: 'bad.txt', date: '2026-11-01' })
})

test.each([
  ['of a token', limit(), at(0x70)],
  ["of the chain's own coin", limit({ token: null }), nobody],
])('the remedy ends that limit %s alone', (_, given, contract) => {
  const [call] = first([given])?.remedy ?? []
  expect(call).toMatchObject({ to: at(0xa110), value: '0', chainId: 1 })
  const abi = parseAbi(['function deleteAllowance(address, address)'])
  expect(decodeFunctionData({ abi, data: call?.data ?? '0x' }).args).toEqual([at(0xde1e), contract])
})

test('a delegate that is expected, in any spelling, is not said; a listed one is all the same', () => {
  const expected = [at(0xde1e).toLowerCase(), at(0xbad)]
  expect(judge([limit()], { expected }).status).toBe('passed')
  expect(judge([limit({ delegate: { ...delegate, address: at(0xbad) } })], { expected }).status).toBe('found')
})

test('a Safe account without limits passes; an account that is no Safe has nothing to judge', () => {
  expect(judge([]).status).toBe('passed')
  const none = { safe: { kind: 'none', missing: [] } } as const
  expect(judgeWith(safeSpendingLimit, none).status).toBe('not-applicable')
  const unknown = { safe: { kind: 'unknown', missing: [missing('safe')] } } as const
  expect(judgeWith(safeSpendingLimit, unknown).status).toBe('inconclusive')
})

test.each(['safe', 'safe-module', 'spending-limit'] as const)('%s not read: inconclusive', (about) => {
  expect(judge([], {}, { missing: [missing(about)] }).status).toBe('inconclusive')
  expect(judge([limit()], {}, { missing: [missing(about)] })).toMatchObject({ status: 'found', because: {} })
})

test('owners that could not be read change nothing', () => {
  expect(judge([], {}, { missing: [missing('safe-owner')] }).status).toBe('passed')
})

test('the message says how much, how often, and what is left', () => {
  const words = (over: Partial<SpendingLimit>) => wordsOf(safeSpendingLimit, judge([limit(over)]), 'en')[0]
  expect(words({})).toContain(`may take up to 100 TKN every 24 hours from this Safe account without the owners`)
  expect(words({})).toContain('70 TKN are left now.')
  expect(words({ periodMinutes: 0, token: null })).toContain('may take up to 100 ETH once from')
  expect(words({})).toContain(`${at(0xde1e)}, a person’s account, may take`)
  expect(words({ delegate: { ...delegate, nonce: 0 } })).toContain(
    `${at(0xde1e)}, which has no code and has never sent a transaction, may take`,
  )
  expect(words({ spent: 200n * 10n ** 18n })).toContain('0 TKN are left now.')
})

test('every message reads in both languages', () => {
  const people = (['none', 'contract', 'delegated', 'unknown'] as const).map((code) => ({ ...delegate, code }))
  const limits = [
    ...people.map((person) => limit({ delegate: person })),
    limit({ delegate: { ...delegate, nonce: 0 } }),
    limit({ periodMinutes: 0 }),
    limit({ token: null }),
    limit({ amount: 2n ** 96n - 1n }),
    limit({ delegate: { ...delegate, address: at(0xbad) } }),
  ]
  expectEveryMessage(
    safeSpendingLimit,
    limits.map((each) => judge([each])),
  )
})
