import { expect, test } from 'vitest'
import lowBalance from '../../rules/low-balance/index.ts'
import { account, chain, judgeWith, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const judge = (balance: bigint, minimum: number) =>
  judgeWith(lowBalance, { account: account({ balance }) }, { minimum })

test.each([
  [499_999_999_999_999_999n, 'found'],
  [500_000_000_000_000_000n, 'passed'],
  [500_000_000_000_000_001n, 'passed'],
] as const)('%i wei where half a coin is the least: %s', (balance, status) => {
  expect(judge(balance, 0.5).status).toBe(status)
})

test('names an amount that is enough when it is sent as it is shown', () => {
  expect(judge(9_976_520_591_130_999n, 1)).toMatchObject({
    findings: [{ data: { shortage: { value: '990024000000000000' } } }],
  })
})

test('says what is missing', () => {
  expect(judge(10n ** 17n, 0.25)).toMatchObject({
    findings: [
      {
        severity: 'high',
        subject: { kind: 'account' },
        data: { shortage: { value: '150000000000000000' } },
        evidence: [{ method: 'eth_getBalance', value: '100000000000000000' }],
      },
    ],
  })
})

test.each([
  [0.1, '100000000000000000'],
  [1e-9, '1000000000'],
  [1_234_567.891, '1234567891000000000000000'],
])('%d coins are %s wei, to the last one', (minimum, wei) => {
  expect(judge(0n, minimum)).toMatchObject({ findings: [{ data: { wanted: { value: wei } } }] })
})

test('counts in the coin of the chain', () => {
  const facts = { account: account({ balance: 4_999_999n }), chain: chain({ coin: { symbol: 'SIX', decimals: 6 } }) }
  expect(judgeWith(lowBalance, facts, { minimum: 5 }).status).toBe('found')
  expect(judgeWith(lowBalance, { ...facts, account: account({ balance: 5_000_000n }) }, { minimum: 5 }).status).toBe(
    'passed',
  )
})

test('without a limit nothing is compared', () => {
  expect(judgeWith(lowBalance, { account: account({ balance: 0n }) }).status).toBe('not-applicable')
})

test('a negative limit is refused', () => {
  expect(lowBalance.options.safeParse({ minimum: -1 }).success).toBe(false)
})

test('a balance that could not be read: inconclusive', () => {
  expect(judgeWith(lowBalance, { account: new Error('refused') }, { minimum: 1 }).status).toBe('inconclusive')
})

test('its words are whole in both languages', () => {
  expectEveryMessage(lowBalance, [judge(0n, 1)])
  expect(wordsOf(lowBalance, judge(10n ** 17n, 0.25), 'en')[0]).toBe(
    'The account holds 0.1 ETH, and 0.25 ETH is the least it should hold.',
  )
})
