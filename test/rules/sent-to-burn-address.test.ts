import { expect, test } from 'vitest'
import sentToBurnAddress from '../../rules/sent-to-burn-address/index.ts'
import type { MisdirectedFacts, MisdirectedToken } from '../../src/rule.ts'
import { account, at, hashOf, judgeWith, logAt, misdirected, missing } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const burned = (over: Partial<MisdirectedToken> = {}): MisdirectedToken => ({
  place: 'nobody',
  contract: at(0x70),
  to: at(0xdead),
  amount: 5_000_000n,
  symbol: 'HRBR',
  decimals: 6,
  log: logAt(10n),
  ...over,
})
const coins = { to: at(0), value: 7n, transaction: hashOf(9), block: 9n }
const judge = (over: Partial<MisdirectedFacts>) => judgeWith(sentToBurnAddress, { misdirected: misdirected(over) })

test('nothing went there: passed', () => {
  expect(judge({}).status).toBe('passed')
})

test('tokens and coins, each with its transaction', () => {
  expect(judge({ tokens: [burned()], coins: [coins] })).toMatchObject({
    status: 'found',
    findings: [
      {
        messageId: 'coins',
        subject: { kind: 'transaction', hash: hashOf(9) },
        data: { to: { value: at(0) }, amount: { type: 'native', value: '7' } },
        evidence: [{ kind: 'transaction', hash: hashOf(9), block: '9' }],
      },
      {
        messageId: 'tokens',
        severity: 'high',
        confidence: 'likely',
        subject: { kind: 'transaction', hash: hashOf(10n) },
      },
    ],
  })
})

test('what went to the contract of a token is left to another rule', () => {
  expect(judge({ tokens: [burned({ place: 'own-contract', to: at(0x70) })] }).status).toBe('passed')
})

test('does not apply to a contract', () => {
  const code = { kind: 'contract', codeHash: hashOf(1) } as const
  expect(judgeWith(sentToBurnAddress, { account: account({ code }), misdirected: misdirected() }).status).toBe(
    'not-applicable',
  )
})

test.each(['logs', 'transfers', 'transaction-sender', 'activity'] as const)('inconclusive without %s', (about) => {
  expect(judge({ missing: [missing(about)] }).status).toBe('inconclusive')
})

test('every message in both languages', () => {
  expectEveryMessage(sentToBurnAddress, [
    judge({ tokens: [burned()] }),
    judge({ tokens: [burned({ amount: null })] }),
    judge({ coins: [coins] }),
  ])
})
