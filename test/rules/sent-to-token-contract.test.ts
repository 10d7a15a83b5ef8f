import { expect, test } from 'vitest'
import sentToTokenContract from '../../rules/sent-to-token-contract/index.ts'
import type { MisdirectedToken } from '../../src/rule.ts'
import { account, at, hashOf, judgeWith, logAt, misdirected, missing } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const strayed = (over: Partial<MisdirectedToken> = {}): MisdirectedToken => ({
  place: 'own-contract',
  contract: at(0x70),
  to: at(0x70),
  amount: 5_000_000n,
  symbol: 'HRBR',
  decimals: 6,
  log: logAt(10n),
  ...over,
})
const judge = (tokens: readonly MisdirectedToken[], over: object = {}) =>
  judgeWith(sentToTokenContract, { misdirected: misdirected({ tokens, ...over }) })

test('nothing went astray: passed', () => {
  expect(judge([]).status).toBe('passed')
})

test('tokens in the contract of the token', () => {
  expect(judge([strayed()])).toMatchObject({
    status: 'found',
    findings: [
      {
        severity: 'high',
        confidence: 'likely',
        messageId: 'tokens',
        subject: { kind: 'transaction', hash: hashOf(10n) },
        data: { contract: { value: at(0x70) }, amount: { value: '5000000', symbol: 'HRBR', decimals: 6 } },
        evidence: [{ kind: 'log', block: '10' }],
      },
    ],
  })
})

test('what went to an address of nobody is left to another rule', () => {
  expect(judge([strayed({ place: 'nobody', to: at(0xdead) })]).status).toBe('passed')
})

test('does not apply to a contract', () => {
  const code = { kind: 'contract', codeHash: hashOf(1) } as const
  expect(judgeWith(sentToTokenContract, { account: account({ code }), misdirected: misdirected() }).status).toBe(
    'not-applicable',
  )
})

test.each(['logs', 'transfers', 'transaction-sender'] as const)(
  'inconclusive without %s, and finds what is there',
  (about) => {
    expect(judge([], { missing: [missing(about)] }).status).toBe('inconclusive')
    expect(judge([strayed()], { missing: [missing(about)] })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete' },
    })
  },
)

test('older coins that were not read change nothing', () => {
  expect(judge([], { missing: [missing('activity'), missing('token-metadata')] }).status).toBe('passed')
})

test('every message in both languages, with a token that tells nothing of itself', () => {
  expectEveryMessage(sentToTokenContract, [
    judge([strayed()]),
    judge([strayed({ amount: null })]),
    judge([strayed({ symbol: null, decimals: null })]),
  ])
})
