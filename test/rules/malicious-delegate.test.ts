import { describe, expect, test } from 'vitest'
import maliciousDelegate from '../../rules/malicious-delegate/index.ts'
import type { ThreatEntry } from '../../src/rule.ts'
import { account, at, hashOf, judgeWith, missing, owner, threats, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const entry = (over: Partial<ThreatEntry> = {}): ThreatEntry => ({
  address: at(0xbad),
  chainId: null,
  kind: 'delegate',
  list: 'delegate notes',
  name: null,
  incidentDate: null,
  isFixed: false,
  isGiven: false,
  ...over,
})
const known = threats({
  lists: [{ name: 'delegate notes', date: '2026-07-03', entries: 2 }],
  entries: [entry()],
  delegateCodeHashes: [{ hash: hashOf(0xc0de), name: 'Tide Sweeper', list: 'delegate notes' }],
  dangerousDelegates: [{ address: at(0xca11), name: 'Multicall3' }],
  wellKnownContracts: [{ address: at(0xca11), name: 'Multicall3', role: 'open-executor' }],
  knownDelegates: [{ address: at(0x600d), name: 'Harbor Wallet' }],
})
const delegatedTo = (number: number, delegateCodeHash: `0x${string}` | null = hashOf(1)) =>
  account({ code: { kind: 'delegated', delegate: at(number), delegateCodeHash } })
const judge = (accountFacts: ReturnType<typeof account>) =>
  judgeWith(maliciousDelegate, { account: accountFacts, threats: known })

describe('a delegate', () => {
  test.each([
    ['on the list', delegatedTo(0xbad), 'listed'],
    ['on the list, whose code was not read', delegatedTo(0xbad, null), 'listed'],
    ['on the list and of a listed family', delegatedTo(0xbad, hashOf(0xc0de)), 'listed'],
    ['at a new address with the code of a listed family', delegatedTo(0xfe11, hashOf(0xc0de)), 'family'],
    ['that does what anybody tells it', delegatedTo(0xca11), 'open-to-all'],
  ] as const)('%s: critical', (_, facts, messageId) => {
    expect(judge(facts)).toMatchObject({
      status: 'found',
      findings: [{ messageId, severity: 'critical', confidence: 'certain', subject: { kind: 'delegate' } }],
    })
  })

  test.each([
    ['that no list knows', delegatedTo(0xfe11)],
    ['with code next to the listed one', delegatedTo(0xfe11, hashOf(0xc0df))],
    ['of a wallet', delegatedTo(0x600d)],
    ['with nothing deployed', delegatedTo(0xfe11, null)],
  ])('%s: passed', (_, facts) => {
    expect(judge(facts).status).toBe('passed')
  })

  test('listed as a drainer, not as a delegate: passed', () => {
    const drainer = threats({ entries: [entry({ kind: 'drainer' })] })
    expect(judgeWith(maliciousDelegate, { account: delegatedTo(0xbad), threats: drainer }).status).toBe('passed')
  })
})

test.each([
  ['an account without code', account()],
  ['a contract account', account({ code: { kind: 'contract', codeHash: hashOf(0xc0de) } })],
])('%s: passed', (_, facts) => {
  expect(judge(facts).status).toBe('passed')
})

test('the code of both and the list are the evidence; no call is proposed', () => {
  const outcome = judge(delegatedTo(0xfe11, hashOf(0xc0de)))
  const read = { kind: 'read', method: 'eth_getCode', block: '21000000' }
  expect(outcome).toMatchObject({
    findings: [
      {
        evidence: [
          { ...read, address: owner, value: `0xef0100${'0'.repeat(36)}fe11` },
          { ...read, address: at(0xfe11), value: `keccak256 ${hashOf(0xc0de)}` },
          { kind: 'list', name: 'delegate notes', date: '2026-07-03' },
        ],
      },
    ],
  })
  expect(outcome.status === 'found' && outcome.findings[0]).not.toHaveProperty('remedy')
})

test('delegate code that could not be read: inconclusive, as its family is unknown', () => {
  const facts = { ...delegatedTo(0xfe11, null), missing: [missing('delegate-code')] }
  expect(judge(facts)).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-incomplete', fact: 'account' },
  })
})

test('an account that could not be read: inconclusive', () => {
  expect(judgeWith(maliciousDelegate, { account: new Error('refused') })).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-failed', fact: 'account' },
  })
})

test('the message names delegate, list and date', () => {
  expect(wordsOf(maliciousDelegate, judge(delegatedTo(0xbad)), 'en')[0]).toBe(
    `The account is delegated to ${at(0xbad)}. The list “delegate notes” (2026-07-03) names it as malicious.`,
  )
  expect(wordsOf(maliciousDelegate, judge(delegatedTo(0xfe11, hashOf(0xc0de))), 'ja')[0]).toBe(
    `このアカウントは ${at(0xfe11)} に委任しています。そのコードは、リスト「delegate notes」(2026-07-03)が悪意のある委任先とする Tide Sweeper と同じです。`,
  )
})

test('every message reads in both languages', () => {
  expectEveryMessage(maliciousDelegate, [
    judge(delegatedTo(0xbad)),
    judge(delegatedTo(0xfe11, hashOf(0xc0de))),
    judge(delegatedTo(0xca11)),
  ])
})
