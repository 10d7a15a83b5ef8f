import { describe, expect, test } from 'vitest'
import unexpectedSpender from '../../rules/unexpected-spender/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  baseline,
  itemAllowance,
  judgeWith,
  missing,
  nftApproval,
  operator,
  owner,
  permit2Grant,
  spender,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const payroll = at(0xabcdef)
const judge = (grants: readonly Grant[], expectedSpenders: readonly string[] = [payroll], over = {}) =>
  judgeWith(unexpectedSpender, { approvals: approvals(grants, over) }, { expectedSpenders })

const kinds = [
  ['an allowance', allowance],
  ['one NFT', nftApproval],
  ['an operator', operator],
  ['a Permit2 grant', permit2Grant],
  ['one item', itemAllowance],
] as const

describe.each(kinds)('%s', (_, grantTo) => {
  test('to somebody who is not expected is high', () => {
    expect(judge([grantTo()])).toMatchObject({ status: 'found', findings: [{ severity: 'high', remedy: [{}] }] })
  })

  test('to somebody who is expected, however that is spelled: passed', () => {
    const grants = [grantTo({ spender: spender({ address: payroll }) })]
    expect(judge(grants).status).toBe('passed')
    expect(judge(grants, [payroll.toLowerCase()]).status).toBe('passed')
  })
})

test.each([
  ['the account itself', [allowance({ spender: spender({ address: owner }) })]],
  ['what the contract gives to everybody', [allowance({ origin: 'built-in' })]],
  ['what the contract gives by itself', [operator({ origin: 'unannounced' })]],
  ['no grants', []],
])('%s: passed', (_, grants) => {
  expect(judge(grants).status).toBe('passed')
})

test('a guess that state confirmed counts', () => {
  expect(judge([allowance({ origin: 'guessed', log: null })]).status).toBe('found')
})

describe('without a list, against a baseline', () => {
  const known = (spenders: ReturnType<typeof at>[] | null, block = '20000000') =>
    baseline({ spenders: spenders === null ? null : { known: spenders, block } })
  const against = (before: ReturnType<typeof baseline>, over = {}, expectedSpenders: readonly string[] = []) =>
    judgeWith(
      unexpectedSpender,
      { approvals: approvals([allowance({ spender: spender({ address: payroll }) })], over), baseline: before },
      { expectedSpenders },
    )

  test('a spender that it has is known, however that is spelled', () => {
    expect(against(known([at(1), payroll])).status).toBe('passed')
    expect(against(known([payroll.toLowerCase() as typeof payroll])).status).toBe('passed') // an address all the same
  })

  test('one that it does not have is told, with the block of the baseline', () => {
    expect(against(known([at(1)]))).toMatchObject({
      status: 'found',
      findings: [{ messageId: 'added', severity: 'high', data: { since: { value: '20000000' } }, remedy: [{}] }],
    })
  })

  test('the account itself, and what contracts give by themselves, need not be known', () => {
    const grants = [allowance({ spender: spender({ address: owner }) }), operator({ origin: 'unannounced' })]
    const facts = { approvals: approvals(grants), baseline: known([]) }
    expect(judgeWith(unexpectedSpender, facts).status).toBe('passed')
  })

  test('a list outranks it', () => {
    expect(against(known([payroll]), {}, [at(1)])).toMatchObject({ findings: [{ messageId: 'unexpected' }] })
    expect(against(known([]), {}, [payroll]).status).toBe('passed')
    expect(against(known(null), {}, [payroll]).status).toBe('passed')
  })

  test.each([
    ['that does not know them', known(null)],
    ['of a version that kept none', baseline({ spenders: undefined })],
    ['of a later block', known([payroll], '99000000')],
  ])('one %s: inconclusive', (_, before) => {
    expect(against(before).status).toBe('inconclusive')
  })

  test('approvals that could not all be read: inconclusive', () => {
    expect(against(known([payroll]), { missing: [missing('logs')] }).status).toBe('inconclusive')
  })
})

test('without expected spenders and a baseline nothing is compared', () => {
  expect(judge([allowance()], []).status).toBe('not-applicable')
  expect(judgeWith(unexpectedSpender, { approvals: approvals([allowance()]) }).status).toBe('not-applicable')
})

test('a spender that is no address is refused', () => {
  expect(unexpectedSpender.options.safeParse({ expectedSpenders: ['payroll'] }).success).toBe(false)
})

test.each(['logs', 'allowance', 'operator', 'nft-approval', 'permit2'] as const)(
  '%s not read: inconclusive',
  (about) => {
    expect(judge([], [payroll], { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('balances that could not be read change nothing', () => {
  expect(judge([], [payroll], { missing: [missing('token-balance')] }).status).toBe('passed')
})

test('the message names the spender, and a way to allow it', () => {
  const words = wordsOf(unexpectedSpender, judge([allowance()]), 'en')
  expect(words[0]).toContain(`${at(0x5e)} may take up to 100 TKN`)
  expect(words.at(-1)).toContain(`add ${at(0x5e)} to the list`)
})

test('every message reads in both languages', () => {
  expectEveryMessage(
    unexpectedSpender,
    kinds.flatMap(([, grantTo]) => [
      judge([grantTo()]),
      judgeWith(unexpectedSpender, { approvals: approvals([grantTo()]), baseline: baseline() }),
    ]),
  )
})
