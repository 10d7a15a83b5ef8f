import { decodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import permit2Rule from '../../rules/permit2-grant/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  chain,
  judgeWith,
  missing,
  operator,
  owner,
  permit2Grant,
  spender,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const { timestamp } = chain().block
const yearSeconds = 365 * 86_400
const judge = (grants: readonly Grant[], over = {}, options = {}) =>
  judgeWith(permit2Rule, { approvals: approvals(grants, over) }, options)
const dataOf = (grant: Grant, options = {}) => {
  const outcome = judge([grant], {}, options)
  return outcome.status === 'found' ? outcome.findings[0].data : {}
}

describe('what is within reach', () => {
  test.each([
    ['the inner amount', { amount: 3n, outerAllowance: 4n, balance: 5n }, '3'],
    ['the outer allowance', { amount: 4n, outerAllowance: 3n, balance: 5n }, '3'],
    ['the balance', { amount: 5n, outerAllowance: 4n, balance: 3n }, '3'],
  ])('is %s when it is the least', (_, over, exposure) => {
    expect(judge([permit2Grant(over)])).toMatchObject({
      findings: [
        { messageId: 'held', severity: 'medium', data: { exposure: { type: 'token-amount', value: exposure } } },
      ],
    })
  })

  test.each([
    ['one unit within reach', { outerAllowance: 1n, balance: 1n }, 'held', 'medium'],
    ['nothing held', { balance: 0n }, 'not-held', 'low'],
    ['nothing held, outer allowance not read', { balance: 0n, outerAllowance: null }, 'not-held', 'low'],
    ['a balance that was not read', { balance: null }, 'unread', 'medium'],
    ['an outer allowance that was not read', { outerAllowance: null }, 'unread', 'medium'],
  ])('%s', (_, over, messageId, severity) => {
    expect(judge([permit2Grant(over)])).toMatchObject({ status: 'found', findings: [{ messageId, severity }] })
  })

  test.each([
    ['a grant that sleeps because the token lets Permit2 take nothing', [permit2Grant({ outerAllowance: 0n })]],
    ['a sleeping grant whose balance was not read', [permit2Grant({ outerAllowance: 0n, balance: null })]],
    ['an allowance to Permit2 itself', [allowance({ spender: { address: permit2, code: 'contract', nonce: 1 } })]],
    ['a spender without code, left to approval-to-account', [permit2Grant({ spender: spender({ code: 'none' }) })]],
    ['an operator', [operator()]],
    ['no grants', []],
  ])('%s: passed', (_, grants) => {
    expect(judge(grants).status).toBe('passed')
  })
})

describe('the end', () => {
  test.each([
    ['exactly a year ahead', yearSeconds, 'short'],
    ['a second over a year ahead', yearSeconds + 1, 'long'],
    ['this very second', 0, 'short'],
  ])('%s is %s', (_, ahead, length) => {
    expect(dataOf(permit2Grant({ expiration: timestamp + ahead }))).toMatchObject({
      term: { value: 'until' },
      expires: { type: 'time', value: timestamp + ahead },
      length: { value: length },
    })
  })

  test('what is long is an option', () => {
    const grant = (ahead: number) => permit2Grant({ expiration: timestamp + ahead })
    expect(dataOf(grant(30 * 86_400), { longDays: 30 }).length).toMatchObject({ value: 'short' })
    expect(dataOf(grant(30 * 86_400 + 1), { longDays: 30 })).toMatchObject({
      length: { value: 'long' },
      remaining: { type: 'seconds', value: 30 * 86_400 + 1 },
    })
  })

  test('uint48 max is no date', () => {
    const data = dataOf(permit2Grant({ expiration: 2 ** 48 - 1 }))
    expect(data).toMatchObject({ term: { value: 'for-ever' }, length: { value: 'short' } })
    expect(data).not.toHaveProperty('expires')
  })
})

test('inner, outer and balance are the evidence', () => {
  const call = { kind: 'call', block: '21000000' }
  expect(
    judge([permit2Grant({ amount: 9n, expiration: timestamp + 5, outerAllowance: 8n, balance: 7n })]),
  ).toMatchObject({
    findings: [
      {
        subject: { kind: 'allowance', token: at(0x70), owner, spender: at(0x5e), permit2 },
        evidence: [
          { ...call, to: permit2, arguments: [owner, at(0x70), at(0x5e)], value: `9, ${timestamp + 5}` },
          { ...call, to: at(0x70), arguments: [owner, permit2], value: '8' },
          { ...call, to: at(0x70), arguments: [owner], value: '7' },
          { kind: 'log', block: '20000000' },
          { kind: 'spender' },
        ],
      },
    ],
  })
})

test('the remedy locks down that pair alone', () => {
  const outcome = judge([permit2Grant()])
  const remedy = outcome.status === 'found' ? outcome.findings[0].remedy : []
  expect(remedy).toHaveLength(1)
  expect(remedy?.[0]).toMatchObject({ purpose: 'revoke', chainId: 1, to: permit2, value: '0' })
  const abi = parseAbi(['function lockdown((address token, address spender)[])'])
  expect(decodeFunctionData({ abi, data: remedy?.[0]?.data ?? '0x' }).args).toEqual([
    [{ token: at(0x70), spender: at(0x5e) }],
  ])
})

test.each(['logs', 'permit2', 'allowance', 'token-balance'] as const)(
  '%s that could not be read: inconclusive',
  (about) => {
    expect(judge([], { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('operators and spender code that could not be read change nothing', () => {
  expect(judge([], { missing: [missing('operator'), missing('spender-code')] }).status).toBe('passed')
})

test('the message says how much, and until when', () => {
  const soon = judge([permit2Grant({ expiration: timestamp + 86_400 })])
  expect(wordsOf(permit2Rule, soon, 'en')[0]).toBe(
    `${at(0x5e)} may take up to 100 TKN (token contract ${at(0x70)}) through Permit2 (${permit2}) until 2024-10-28 03:33 UTC. Within its reach now: 50 TKN.`,
  )
  const never = judge([permit2Grant({ amount: 2n ** 160n - 1n, expiration: 2 ** 48 - 1 })])
  expect(wordsOf(permit2Rule, never, 'en')[0]).toContain(`may take any amount of TKN (token contract ${at(0x70)})`)
  expect(wordsOf(permit2Rule, never, 'en')[0]).toContain('with no end date. Within')
  const late = judge([permit2Grant({ expiration: timestamp + 2 * yearSeconds })])
  expect(wordsOf(permit2Rule, late, 'en')[0]).toMatch(/ 50 TKN\. The grant lasts for another 730 days\.$/)
  expect(wordsOf(permit2Rule, late, 'ja')[0]).toBe(
    `${at(0x5e)} は、Permit2(${permit2})を通じて 2026-10-27 03:33 UTC まで、最大 100 TKN を引き出せます(トークンコントラクト ${at(0x70)})。いま手の届く数量は 50 TKN です。この許可はあと730日続きます。`,
  )
})

test('every message reads in both languages', () => {
  const balances = [5n, 0n, null]
  const ends = [timestamp, timestamp + 2 * yearSeconds, 2 ** 48 - 1]
  expectEveryMessage(
    permit2Rule,
    balances.flatMap((balance) => ends.map((expiration) => judge([permit2Grant({ balance, expiration })]))),
  )
})
