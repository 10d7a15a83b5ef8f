import { describe, expect, test } from 'vitest'
import rule from '../../rules/delegated-inflight-limit/index.ts'
import {
  account,
  at,
  hashOf,
  judgeWith,
  mempool,
  missing,
  nonces,
  owner,
  pendingSummary,
  pendingTransaction,
  wordsOf,
} from '../../src/testing.ts'

const delegate = at(0xde1e)
const delegated = account({ code: { kind: 'delegated', delegate, delegateCodeHash: hashOf(1) } })
const waiting = (...all: readonly number[]) =>
  mempool({ transactions: all.map((nonce) => pendingTransaction({ nonce, hash: hashOf(nonce) })) })

test.each([
  ['nothing waits', { mempool: waiting() }, 'passed'],
  ['one waits', { mempool: waiting(7), nonces: nonces({ pending: 8 }) }, 'passed'],
  ['two wait', { mempool: waiting(7, 8), nonces: nonces({ pending: 9 }) }, 'found'],
  ['one waits, and one behind a missing nonce', { mempool: waiting(7, 9) }, 'found'],
  ['one and its replacement wait', { mempool: waiting(7, 7) }, 'passed'],
  [
    'one waits, and one of which a summary is shown',
    { mempool: { ...waiting(7), summaries: [pendingSummary({ nonce: 8 })] } },
    'found',
  ],
  ['two are counted, none is shown', { nonces: nonces({ latest: 7, pending: 9 }) }, 'found'],
])('a delegated account: %s', (_, facts, status) => {
  expect(judgeWith(rule, { account: delegated, ...facts }).status).toBe(status)
})

test('says the delegate, how many wait, and with which nonce to begin', () => {
  const outcome = judgeWith(rule, { account: delegated, mempool: waiting(8, 7), nonces: nonces({ pending: 9 }) })
  expect(outcome).toMatchObject({
    findings: [
      {
        severity: 'medium',
        confidence: 'likely',
        subject: { kind: 'account' },
        data: { delegate: { value: delegate }, inFlight: { value: 2 }, limit: { value: 1 }, first: { value: 7 } },
        evidence: [
          { method: 'eth_getCode', address: owner, value: `0xef0100${delegate.slice(2).toLowerCase()}` },
          { method: 'eth_getTransactionCount', block: '21000000', value: '7' },
          { method: 'eth_getTransactionCount', block: 'pending', value: '9' },
          { method: 'txpool_contentFrom', value: hashOf(7) },
          { method: 'txpool_contentFrom', value: hashOf(8) },
        ],
      },
    ],
  })
  expect(wordsOf(rule, outcome, 'en')[0]).toContain('2 of its transactions wait')
  expect(wordsOf(rule, outcome, 'ja')[0]).toContain('取引が2件待っています')
  expect(wordsOf(rule, outcome, 'en')[1]).toContain('apart from what these findings tell you to send')
  expect(wordsOf(rule, outcome, 'ja')[1]).toContain('これらの検出結果の手順で送るものを除き')
})

describe('a node with another limit', () => {
  test.each([
    [4, 'passed'],
    [5, 'found'],
  ])('%i waiting, four are kept', (count, status) => {
    const transactions = waiting(...Array.from({ length: count }, (_, index) => 7 + index))
    expect(judgeWith(rule, { account: delegated, mempool: transactions }, { mostInFlight: 4 }).status).toBe(status)
  })
})

test('an account without a delegate is not judged', () => {
  expect(judgeWith(rule, { mempool: waiting(7, 8) }).status).toBe('not-applicable')
})

test('an endpoint that shows no pool proves nothing where its two counts are equal', () => {
  const hidden = mempool({ listsQueued: false, missing: [missing('mempool', 'mempool-not-shared')] })
  expect(judgeWith(rule, { account: delegated, mempool: hidden })).toMatchObject({
    status: 'inconclusive',
  })
})
