import { expect, test } from 'vitest'
import disagreeingEndpoints from '../../rules/disagreeing-endpoints/index.ts'
import type { SecondFacts } from '../../src/rule.ts'
import {
  account,
  at,
  chain,
  hashOf,
  judgeWith,
  missing,
  nonces,
  second,
  secondEndpoint,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const { block, head, observedAt } = chain()
const judge = (facts: SecondFacts, more: Parameters<typeof judgeWith>[1] = {}) =>
  judgeWith(disagreeingEndpoints, { second: facts, ...more })

/** A second newest block so much older than the first, or younger and seen so much later. */
const aged = (olderSeconds: number, laterSeconds = 0) =>
  secondEndpoint({
    head: { ...head, number: head.number - BigInt(olderSeconds), timestamp: head.timestamp - olderSeconds },
    observedAt: observedAt + laterSeconds,
  })

test.each([
  ['no second endpoint', second(), 'not-applicable'],
  ['the same answers', secondEndpoint(), 'passed'],
  ['another block of the number', secondEndpoint({ block: { ...block, hash: hashOf(0xbad) } }), 'found'],
  ['a wei less', secondEndpoint({ balance: 10n ** 18n - 1n }), 'found'],
  ['another nonce', secondEndpoint({ nonce: 8 }), 'found'],
  ['code where the first has none', secondEndpoint({ code: `0xef0100${'1'.repeat(40)}` }), 'found'],
  ['a head exactly a minute older', aged(60), 'passed'],
  ['a head a second more than a minute older', aged(61), 'found'],
  ['a head exactly a minute younger', aged(-60), 'passed'],
  ['a head a second more than a minute younger', aged(-61), 'found'],
  ['a head that is younger because it was seen later', aged(-90, 30), 'passed'],
  ['a head that is younger by more than it was seen later', aged(-91, 30), 'found'],
] as const)('%s', (_, facts, status) => {
  expect(judge(facts).status).toBe(status)
})

test.each([
  ['exactly five block times', 1500, 'passed'],
  ['a second over five block times', 1501, 'found'],
] as const)('on a slow chain, %s', (_, older, status) => {
  expect(judge(aged(older), { chain: chain({ blockTimeSeconds: 300 }) }).status).toBe(status)
})

test.each([
  ['a contract', { kind: 'contract', codeHash: hashOf(1) } as const, `keccak256 ${hashOf(1)}`],
  [
    'a delegated account',
    { kind: 'delegated', delegate: at(0xabc), delegateCodeHash: null } as const,
    `0xef0100${'0abc'.padStart(40, '0')}`,
  ],
])('the code of %s is compared as it is written', (_, code, words) => {
  expect(judge(secondEndpoint({ code: words }), { account: account({ code }) }).status).toBe('passed')
  expect(judge(secondEndpoint(), { account: account({ code }) }).status).toBe('found')
})

test('a second endpoint that could not be asked, or not for everything, is inconclusive', () => {
  expect(judge(second(), { second: new Error('refused') })).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-failed', fact: 'second' },
  })
  const partly = { ...secondEndpoint({ block: null, balance: null, nonce: null, code: null }) }
  expect(judge({ ...partly, missing: [missing('second-endpoint')] }).status).toBe('inconclusive')
  expect(judge(secondEndpoint(), { nonces: nonces({ missing: [missing('mempool')] }) }).status).toBe('passed')
})

const outcomes = {
  block: judge(secondEndpoint({ block: { ...block, hash: hashOf(0xbad) }, nonce: 9 })),
  state: judge(secondEndpoint({ balance: 0n, nonce: 9, code: `keccak256 ${hashOf(2)}` })),
  nonce: judge(secondEndpoint({ nonce: 9 })),
  behind: judge(aged(120)),
  ahead: judge(aged(-120)),
}

test('says every message in both languages', () => {
  expectEveryMessage(disagreeingEndpoints, Object.values(outcomes))
})

test('names what differs, and nothing else', () => {
  expect(wordsOf(disagreeingEndpoints, outcomes.state, 'en')[0]).toBe(
    `rpc.example and second.example have the same block 21000000, and answer differently about the account. Balance: 1 ETH at the first, 0 ETH at the second. Nonce: 7 at the first, 9 at the second. Code: 0x at the first, keccak256 ${hashOf(2)} at the second.`,
  )
  expect(wordsOf(disagreeingEndpoints, outcomes.nonce, 'en')[0]).toBe(
    'rpc.example and second.example have the same block 21000000, and answer differently about the account. Nonce: 7 at the first, 9 at the second.',
  )
  expect(wordsOf(disagreeingEndpoints, outcomes.behind, 'en')[0]).toMatch(/^second\.example is behind rpc\.example/)
  expect(wordsOf(disagreeingEndpoints, outcomes.ahead, 'en')[0]).toMatch(/^rpc\.example is behind second\.example/)
})

test('the finding is about the second endpoint, and proven by both answers', () => {
  const read = { kind: 'read', method: 'eth_getTransactionCount', block: '21000000' }
  expect(outcomes.nonce).toMatchObject({
    findings: [
      {
        severity: 'high',
        subject: { kind: 'endpoint', host: 'second.example' },
        evidence: [
          { ...read, value: '7', host: 'rpc.example' },
          { ...read, value: '9', host: 'second.example' },
        ],
      },
    ],
  })
})
