import { decodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import dormantPermit2Grant from '../../rules/dormant-permit2-grant/index.ts'
import permit2Rule from '../../rules/permit2-grant/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  judgeWith,
  missing,
  operator,
  permit2Grant,
  spender,
  threats,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const asleep = (over = {}) => permit2Grant({ outerAllowance: 0n, ...over })
const judge = (grants: readonly Grant[], over = {}) =>
  judgeWith(dormantPermit2Grant, { approvals: approvals(grants, over), threats: threats() })

test('a grant that sleeps is low, and said by no other rule about its reach', () => {
  const facts = { approvals: approvals([asleep()]) }
  expect(judgeWith(dormantPermit2Grant, facts)).toMatchObject({
    status: 'found',
    findings: [
      {
        severity: 'low',
        subject: { kind: 'allowance', permit2 },
        evidence: [
          { function: 'allowance(address,address,address)' },
          { value: '0' },
          {},
          { kind: 'log' },
          { kind: 'spender' },
        ],
      },
    ],
  })
  expect(judgeWith(permit2Rule, facts).status).toBe('passed')
})

test.each([
  ['an outer allowance of one unit', [asleep({ outerAllowance: 1n })]],
  ['an outer allowance that was not read', [asleep({ outerAllowance: null })]],
  ['a spender without code, left to approval-to-account', [asleep({ spender: spender({ code: 'none' }) })]],
  ['other kinds of grants', [allowance(), operator()]],
  ['no grants', []],
])('%s: passed', (_, grants) => {
  expect(judge(grants).status).toBe('passed')
})

test('the remedy is a lockdown of that pair alone', () => {
  const outcome = judge([asleep()])
  const call = outcome.status === 'found' ? outcome.findings[0].remedy?.[0] : undefined
  expect(call).toMatchObject({ purpose: 'revoke', to: permit2, value: '0' })
  const abi = parseAbi(['function lockdown((address token, address spender)[])'])
  const pair = { token: at(0x70), spender: at(0x5e) }
  expect(decodeFunctionData({ abi, data: call?.data ?? '0x' }).args).toEqual([[pair]])
})

test.each(['logs', 'permit2'] as const)('%s that could not be read: inconclusive', (about) => {
  expect(judge([], { missing: [missing(about)] }).status).toBe('inconclusive')
})

test('balances and allowances that could not be read change nothing', () => {
  expect(judge([], { missing: [missing('token-balance'), missing('allowance')] }).status).toBe('passed')
})

test('the message says what would wake it', () => {
  expect(wordsOf(dormantPermit2Grant, judge([asleep()]), 'en')[0]).toContain(
    'as soon as the token is approved to Permit2 again: now it is not.',
  )
})

test('every message reads in both languages', () => {
  const grants = [asleep(), asleep({ expiration: 2 ** 48 - 1, amount: 2n ** 160n - 1n })]
  expectEveryMessage(
    dormantPermit2Grant,
    grants.map((grant) => judge([grant])),
  )
})
