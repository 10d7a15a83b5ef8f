import { describe, expect, test } from 'vitest'
import unknownDelegate from '../../rules/unknown-delegate/index.ts'
import { account, at, hashOf, judgeWith, missing, owner, threats, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const about = { chainId: null, name: null, incidentDate: null, isFixed: false, isGiven: false } as const
const listed = { ...about, list: 'delegate notes' }
const known = threats({
  entries: [{ ...listed, address: at(0xbad), kind: 'delegate' }],
  delegateCodeHashes: [{ hash: hashOf(0xc0de), name: 'Tide Sweeper', list: 'delegate notes' }],
  dangerousDelegates: [{ address: at(0xca11), name: 'Multicall3' }],
  knownDelegates: [{ address: at(0x600d), name: 'Harbor Wallet' }],
})
const delegatedTo = (number: number, delegateCodeHash: `0x${string}` | null = hashOf(1)) =>
  account({ code: { kind: 'delegated', delegate: at(number), delegateCodeHash } })
const unread = (number: number) => ({ ...delegatedTo(number, null), missing: [missing('delegate-code')] })
const judge = (facts: ReturnType<typeof account>) => judgeWith(unknownDelegate, { account: facts, threats: known })

describe('a delegate', () => {
  test.each([
    ['that no list knows', delegatedTo(0xfe11), 'unknown', 'high'],
    ['with nothing deployed', delegatedTo(0xfe11, null), 'no-code', 'high'],
    ['whose code was not read: not called empty', unread(0xfe11), 'unknown', 'high'],
    ['of a wallet', delegatedTo(0x600d), 'known', 'info'],
    ['of a wallet, with nothing deployed on this chain', delegatedTo(0x600d, null), 'known', 'info'],
  ] as const)('%s', (_, facts, messageId, severity) => {
    expect(judge(facts)).toMatchObject({
      status: 'found',
      findings: [{ messageId, severity, subject: { kind: 'delegate' } }],
    })
  })

  test.each([
    ['on a list of malicious ones', delegatedTo(0xbad)],
    ['of a malicious family', delegatedTo(0xfe11, hashOf(0xc0de))],
    ['that does what anybody tells it', delegatedTo(0xca11)],
  ])('%s is left to malicious-delegate', (_, facts) => {
    expect(judge(facts).status).toBe('passed')
  })
})

test.each([
  ['an account without code', account()],
  ['a contract account', account({ code: { kind: 'contract', codeHash: hashOf(1) } })],
])('%s: passed', (_, facts) => {
  expect(judge(facts).status).toBe('passed')
})

test.each([
  ['deployed', delegatedTo(0xfe11), [{ address: at(0xfe11), value: `keccak256 ${hashOf(1)}` }]],
  ['empty', delegatedTo(0xfe11, null), [{ address: at(0xfe11), value: '0x' }]],
  ['unread', unread(0xfe11), []],
])('the evidence for %s code says what was read, and no more', (_, facts, ofDelegate) => {
  const read = { kind: 'read', method: 'eth_getCode', block: '21000000' }
  const outcome = judge(facts)
  expect(outcome.status === 'found' && outcome.findings[0].evidence).toEqual([
    { ...read, address: owner, value: `0xef0100${'0'.repeat(36)}fe11` },
    ...ofDelegate.map((over) => ({ ...read, ...over })),
  ])
})

test('code that was not read is said beside the finding', () => {
  expect(judge(unread(0xfe11))).toMatchObject({ because: { kind: 'fact-incomplete', fact: 'account' } })
})

test('an account that could not be read: inconclusive', () => {
  expect(judgeWith(unknownDelegate, { account: new Error('refused') })).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-failed', fact: 'account' },
  })
})

test('the message names the delegate', () => {
  expect(wordsOf(unknownDelegate, judge(delegatedTo(0xfe11)), 'en')[0]).toBe(
    `The account is delegated to ${at(0xfe11)}, a contract that none of our lists knows.`,
  )
  expect(wordsOf(unknownDelegate, judge(delegatedTo(0x600d)), 'ja')[0]).toBe(
    `このアカウントは Harbor Wallet のスマートアカウント(${at(0x600d)})に委任しています。`,
  )
})

test('every message reads in both languages', () => {
  expectEveryMessage(unknownDelegate, [delegatedTo(0xfe11), delegatedTo(0xfe11, null), delegatedTo(0x600d)].map(judge))
})
