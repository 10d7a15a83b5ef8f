import { describe, expect, test } from 'vitest'
import rule from '../../rules/swept-account/index.ts'
import type { Outflow } from '../../src/rule.ts'
import { account, at, hashOf, judgeWith, missing, outflow, sweeps, wordsOf } from '../../src/testing.ts'

const coin = 10n ** 18n
const empty = account({ balance: 0n })
const taker = at(0x7a4e)
/** As many sweeps, each of one coin. */
const swept = (count: number, over: Partial<Outflow> = {}) =>
  sweeps(
    Array.from({ length: count }, (_, index) =>
      outflow({ hash: hashOf(index + 1), nonce: 100 - index, to: taker, ...over }),
    ),
  )

test.each([
  ['nothing left', 0, 'passed'],
  ['twice', 2, 'passed'],
  ['three times', 3, 'found'],
  ['ten times', 10, 'found'],
])('coins left at once: %s', (_, times, status) => {
  expect(judgeWith(rule, { account: empty, sweeps: swept(times) }).status).toBe(status)
})

describe('both sides of what is no sweep', () => {
  test.each([
    ['5 percent stay behind', { after: coin / 20n }, 'found'],
    ['a wei more stays behind', { after: coin / 20n + coin / 1000n }, 'passed'],
    ['5 percent were there before', { before: coin / 20n }, 'found'],
    ['more was there before', { before: coin / 10n }, 'passed'],
    ['nothing had come', { arrived: 0n, before: coin }, 'passed'],
  ])('%s', (_, over, status) => {
    expect(judgeWith(rule, { account: empty, sweeps: swept(3, over) }).status).toBe(status)
  })
})

test.each([
  ['5 percent of the largest', coin / 20n, 'found'],
  ['more than that', coin / 10n, 'passed'],
])('what the account holds now: %s', (_, balance, status) => {
  expect(judgeWith(rule, { account: account({ balance }), sweeps: swept(3) }).status).toBe(status)
})

test('says how often, how much, and to whom', () => {
  const outflows = [...swept(3).outflows, outflow({ hash: hashOf(9), to: at(0xe15e), left: coin / 2n })]
  const outcome = judgeWith(rule, { account: empty, sweeps: sweeps(outflows) })
  expect(outcome).toMatchObject({
    findings: [
      {
        severity: 'critical',
        confidence: 'likely',
        subject: { kind: 'account' },
        data: {
          times: { value: 4 },
          total: { value: String((coin * 7n) / 2n) },
          taker: { value: taker },
          takers: { value: 2 },
        },
      },
    ],
  })
  const [message, , second] = wordsOf(rule, outcome, 'en')
  expect(message).toContain(`most often to ${taker}`)
  expect(second).toContain('Send no coins to this account')
  expect(wordsOf(rule, outcome, 'ja')[0]).toContain('4回あります')
})

test('the evidence is the balance before, the transaction, and the balance after, of each', () => {
  const outcome = judgeWith(rule, { account: empty, sweeps: swept(3) })
  const evidence = outcome.status === 'found' ? outcome.findings[0]?.evidence : []
  expect(evidence).toHaveLength(9)
  expect(evidence?.slice(0, 3)).toEqual([
    { kind: 'read', method: 'eth_getBalance', block: '20989996', value: '0' },
    { kind: 'transaction', hash: hashOf(1), block: '20990000' },
    { kind: 'read', method: 'eth_getBalance', block: '20990000', value: '0' },
  ])
})

test('a node without past balances, or without the history, proves nothing', () => {
  for (const about of ['past-balance', 'activity'] as const) {
    expect(judgeWith(rule, { account: empty, sweeps: sweeps([], { missing: [missing(about)] }) }).status).toBe(
      'inconclusive',
    )
  }
  expect(judgeWith(rule, { account: empty, sweeps: new Error('no history') }).status).toBe('inconclusive')
})

test('a contract account is not judged', () => {
  const code = { kind: 'contract', codeHash: hashOf(1) } as const
  expect(judgeWith(rule, { account: account({ code }), sweeps: swept(3) }).status).toBe('not-applicable')
})
