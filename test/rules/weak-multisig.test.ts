import { describe, expect, test } from 'vitest'
import weakMultisig from '../../rules/weak-multisig/index.ts'
import type { SafeAccount } from '../../src/rule.ts'
import { at, judgeWith, missing, owner, safeAccount, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

type Owner = SafeAccount['owners'][number]

const holder = (number: number, over: Partial<Owner> = {}): Owner => ({
  address: at(0x0e0 + number),
  code: 'none',
  nonce: 3,
  ...over,
})
const holders = (count: number) => Array.from({ length: count }, (_, index) => holder(index))
const itself = holder(0, { address: owner, code: 'contract', nonce: null })
const safe = (threshold: number, owners: readonly Owner[]) => safeAccount({ threshold, owners })
const judge = (facts: SafeAccount, options = {}) => judgeWith(weakMultisig, { safe: facts }, options)

describe('threshold of owners', () => {
  test.each([
    [1, 2, 'any-owner', 'high'],
    [1, 9, 'any-owner', 'high'],
    [1, 1, 'one-owner', 'medium'],
    [2, 2, 'no-spare', 'low'],
    [9, 9, 'no-spare', 'low'],
  ] as const)('%i of %i: %s', (threshold, count, messageId, severity) => {
    expect(judge(safe(threshold, holders(count)))).toMatchObject({
      status: 'found',
      findings: [{ messageId, severity, confidence: 'certain', subject: { kind: 'account' } }],
    })
  })

  test.each([
    [2, 3],
    [2, 9],
    [8, 9],
  ])('%i of %i: passed', (threshold, count) => {
    expect(judge(safe(threshold, holders(count))).status).toBe('passed')
  })

  test.each([
    [2, 'few', 'medium'],
    [1, 'any-owner', 'high'],
  ] as const)('%i of 5, where 3 are asked for: %s', (threshold, messageId, severity) => {
    expect(judge(safe(threshold, holders(5)), { minimumThreshold: 3 })).toMatchObject({
      findings: [{ messageId, severity, data: { wanted: { value: 3 } } }],
    })
  })

  test('3 of 5, where 3 are asked for: passed', () => {
    expect(judge(safe(3, holders(5)), { minimumThreshold: 3 }).status).toBe('passed')
  })
})

describe('the Safe as an owner of itself', () => {
  test.each([
    ['with owners to spare', 2, [itself, ...holders(3)], 'own-owner', 'medium'],
    ['with just enough others', 2, [itself, ...holders(2)], 'own-owner', 'medium'],
    ['with too few others', 2, [itself, ...holders(1)], 'unreachable', 'high'],
    ['alone', 1, [itself], 'unreachable', 'high'],
    ['with one other, who is enough', 1, [itself, ...holders(1)], 'one-owner', 'medium'],
  ] as const)('%s: %s', (_, threshold, owners, messageId, severity) => {
    expect(judge(safe(threshold, owners))).toMatchObject({ findings: [{ messageId, severity }] })
  })
})

test('owners without code that never sent anything are counted, others are not', () => {
  const owners = [
    holder(1, { nonce: 0 }),
    holder(2, { nonce: 1 }),
    holder(3, { nonce: null }),
    holder(4, { code: 'contract', nonce: null }),
    holder(5, { code: 'delegated', nonce: 0 }),
  ]
  expect(judge(safe(1, owners))).toMatchObject({ findings: [{ data: { unused: { value: 1 } } }] })
})

test('the evidence is what was read of owners and threshold', () => {
  const outcome = judge(safe(1, holders(2)))
  const read = { kind: 'call', to: owner, arguments: [], block: '21000000' }
  expect(outcome.status === 'found' && outcome.findings[0].evidence).toEqual([
    { ...read, function: 'getThreshold()', value: '1' },
    { ...read, function: 'getOwners()', value: `${at(0x0e0)}, ${at(0x0e1)}` },
  ])
})

test('an account that is no Safe: not applicable', () => {
  expect(judgeWith(weakMultisig, {}).status).toBe('not-applicable')
})

test('a contract of which it is not known whether it is a Safe: inconclusive', () => {
  const safe = { kind: 'unknown', missing: [missing('safe')] } as const
  expect(judgeWith(weakMultisig, { safe })).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-incomplete', fact: 'safe' },
  })
})

test.each(['safe-module', 'safe-owner', 'spending-limit'] as const)('%s that was not read changes nothing', (about) => {
  expect(judge(safeAccount({ missing: [missing(about)] })).status).toBe('passed')
})

test('the message counts owners and says what is noted of them', () => {
  const owners = [holder(1, { nonce: 0 }), holder(2)]
  expect(wordsOf(weakMultisig, judge(safe(1, owners)), 'en')[0]).toBe(
    'Any one of 2 owners can move everything without the others. 1 owner has never sent a transaction here, which signing does not need: make sure that somebody holds its key.',
  )
  expect(wordsOf(weakMultisig, judge(safe(1, [holder(1)])), 'ja')[0]).toBe(
    '確認できる所有者は1人だけです。その鍵を持つ人がすべてを動かせ、鍵を失うと何も動かせなくなります。',
  )
})

test('every message reads in both languages', () => {
  const unused = [holder(1, { nonce: 0 }), holder(2, { nonce: 0 })]
  expectEveryMessage(weakMultisig, [
    judge(safe(1, holders(2))),
    judge(safe(1, unused)),
    judge(safe(2, holders(5)), { minimumThreshold: 3 }),
    judge(safe(1, holders(1))),
    judge(safe(2, [itself, ...holders(2)])),
    judge(safe(1, [itself])),
    judge(safe(2, holders(2))),
  ])
})
