import { expect, test } from 'vitest'
import unsolicitedApproval from '../../rules/unsolicited-approval/index.ts'
import { approvals, at, judgeWith, logAt, missing, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const event = (number: number) => ({
  contract: at(0xbad0 + (number % 3)),
  spender: at(0x5e),
  sender: at(0x666),
  log: logAt(BigInt(20_000_000 + number)),
})
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index))
const judge = (count: number, over = {}) =>
  judgeWith(unsolicitedApproval, { approvals: approvals([], { unsolicited: events(count), ...over }) })

test('no such event: passed', () => {
  expect(judge(0).status).toBe('passed')
})

test.each([
  ['one event', 1, 1, 1],
  ['as many as are shown', 5, 5, 3],
  ['one more than is shown: all are counted', 6, 5, 3],
  ['a flood', 700, 5, 3],
])('%s is one finding for information', (_, count, shown, contracts) => {
  const outcome = judge(count)
  expect(outcome).toMatchObject({
    status: 'found',
    findings: [
      {
        severity: 'info',
        subject: { kind: 'account' },
        data: { events: { value: count }, contracts: { value: contracts } },
      },
    ],
  })
  expect(outcome.status === 'found' && outcome.findings[0].evidence).toHaveLength(shown)
})

test.each(['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'unsolicited-event'] as const)(
  '%s that could not be read: inconclusive, and a finding stays a finding',
  (about) => {
    expect(judge(0, { missing: [missing(about)] }).status).toBe('inconclusive')
    expect(judge(1, { missing: [missing(about)] })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete' },
    })
  },
)

test('balances that could not be read change nothing', () => {
  expect(judge(0, { missing: [missing('token-balance')] }).status).toBe('passed')
})

test('the message counts events and contracts, and nobody is told to send anything', () => {
  expect(wordsOf(unsolicitedApproval, judge(1), 'en')[0]).toContain(
    '1 approval event names this account, from a contract',
  )
  expect(wordsOf(unsolicitedApproval, judge(4), 'en')[0]).toContain(
    '4 approval events name this account, from 3 contracts',
  )
  expect(wordsOf(unsolicitedApproval, judge(4), 'ja')[0]).toContain('承認の記録が4件')
})

const imitating = (count: number) => events(count).map((each) => ({ ...each, imitates: 'permit2' as const }))
const denied = (count: number) => events(count).map((each) => ({ ...each, isDenied: true }))
const judgeAll = (unsolicited: ReturnType<typeof imitating>) => judge(0, { unsolicited })

test.each([
  [
    'denied ones',
    judge(0, { unsolicited: denied(1) }),
    'a contract (such as',
    'that says there is no such grant, in',
    'ないと答えます。',
  ],
  ['one', judgeAll(imitating(1)), 'a contract (such as', 'that imitates Permit2, in', 'Permit2をまねたものです。'],
  ['several', judgeAll(imitating(4)), '3 contracts (such as', 'that imitate Permit2, in', 'Permit2をまねたものです。'],
  [
    'one of two',
    judge(0, { unsolicited: [...imitating(1), event(1)] }),
    '2 contracts',
    'deny them, do not answer for them or imitate Permit2',
    'まねたもの',
  ],
])('each kind of event is counted, and said what it is: %s', (_, outcome, from, en, ja) => {
  expect(wordsOf(unsolicitedApproval, outcome, 'en')[0]).toContain(from)
  expect(wordsOf(unsolicitedApproval, outcome, 'en')[0]).toContain(en)
  expect(wordsOf(unsolicitedApproval, outcome, 'ja')[0]).toContain(ja)
})

test('every message reads in both languages', () => {
  expectEveryMessage(unsolicitedApproval, [judge(1), judge(4)])
})
