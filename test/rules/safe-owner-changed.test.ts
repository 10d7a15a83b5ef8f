import { describe, expect, test } from 'vitest'
import safeOwnerChanged from '../../rules/safe-owner-changed/index.ts'
import type { AccountState, SafeAccount, SafeFacts } from '../../src/rule.ts'
import { at, baseline, judgeWith, missing, owner, safeAccount, safePart, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

type KnownSafe = Extract<NonNullable<AccountState['safe']>, { kind: 'safe' }>
const owners = [1, 2, 3].map((number) => at(0x0e0 + number))
const known = (over: Partial<KnownSafe> = {}): KnownSafe => ({
  kind: 'safe',
  owners,
  threshold: 2,
  nonce: '12',
  singleton: at(0x5afe),
  modules: [],
  guard: null,
  moduleGuard: null,
  fallbackHandler: at(0xfa11),
  block: '20000000',
  ...over,
})
const judge = (safe: SafeFacts, before: Partial<KnownSafe> = {}) =>
  judgeWith(safeOwnerChanged, { safe, baseline: baseline({ safe: known(before) }) })
const holder = (number: number) => ({ address: at(0x0e0 + number), code: 'none' as const, nonce: 3 })
const found = (outcome: ReturnType<typeof judge>) =>
  outcome.status === 'found' ? outcome.findings.map(({ messageId, severity }) => `${messageId} ${severity}`) : []

test('the same owners, threshold and parts: passed', () => {
  expect(judge(safeAccount()).status).toBe('passed')
})

test('in another order and spelling: passed', () => {
  const lower = owners.map((one) => one.toLowerCase() as typeof one).reverse()
  expect(judge(safeAccount(), { owners: lower }).status).toBe('passed')
})

describe('owners', () => {
  test('one more is critical, and names the owner', () => {
    const outcome = judge(safeAccount({ owners: [1, 2, 3, 4].map(holder) }))
    expect(outcome).toMatchObject({
      findings: [
        {
          messageId: 'owner-added',
          severity: 'critical',
          subject: { kind: 'owner', safe: owner, owner: at(0x0e4) },
          data: { owners: { value: 4 }, ownersBefore: { value: 3 }, since: { value: '20000000' } },
          evidence: [{ function: 'getThreshold()' }, { function: 'getOwners()' }],
        },
      ],
    })
  })

  test('one less is high', () => {
    expect(found(judge(safeAccount({ owners: [1, 2].map(holder) })))).toEqual(['owner-removed high'])
  })

  test('one in the place of another is both', () => {
    expect(found(judge(safeAccount({ owners: [1, 2, 4].map(holder) })))).toEqual([
      'owner-added critical',
      'owner-removed high',
    ])
  })

  test.each([
    [1, ['threshold-lowered critical']],
    [2, []],
    [3, ['threshold-raised medium']],
  ])('%i of 3 must confirm, where it was 2', (threshold, expected) => {
    expect(found(judge(safeAccount({ threshold })))).toEqual(expected)
  })
})

describe('parts', () => {
  test.each<[string, Partial<SafeAccount>, Partial<KnownSafe>, readonly string[]]>([
    ['a new module', { modules: [safePart(0xd1)] }, {}, ['part-added critical']],
    ['a module less', {}, { modules: [at(0xd1)] }, ['part-removed medium']],
    ['the same module', { modules: [safePart(0xd1)] }, { modules: [at(0xd1)] }, []],
    ['a new guard', { guard: safePart(0xd2) }, {}, ['part-added critical']],
    ['no guard any more', {}, { guard: at(0xd2) }, ['part-removed high']],
    ['another guard', { guard: safePart(0xd3) }, { guard: at(0xd2) }, ['part-added critical']],
    ['no module guard any more', {}, { moduleGuard: at(0xd2) }, ['part-removed high']],
    ['another handler', { fallbackHandler: safePart(0xd4) }, {}, ['part-added critical']],
    ['no handler any more', { fallbackHandler: 'none' }, {}, ['part-removed medium']],
    ['other code', { singleton: safePart(0xd5) }, {}, ['part-added critical']],
    [
      'a module that is the old guard',
      { modules: [safePart(0xd2)] },
      { guard: at(0xd2) },
      ['part-added critical', 'part-removed high'],
    ],
  ])('%s', (_, now, before, expected) => {
    expect(found(judge(safeAccount(now), before))).toEqual(expected)
  })

  test.each<[string, Partial<SafeAccount>, Partial<KnownSafe>]>([
    ['modules that were read in part', { missing: [missing('safe-module')] }, { modules: [at(0xd1)] }],
    ['a guard that was not read', { guard: 'unread', missing: [missing('safe-module')] }, { guard: at(0xd2) }],
  ])('%s are not gone: inconclusive', (_, now, before) => {
    expect(judge(safeAccount(now), before).status).toBe('inconclusive')
  })

  test('a new module is found though not all were read', () => {
    const outcome = judge(safeAccount({ modules: [safePart(0xd1)], missing: [missing('safe-module')] }))
    expect(outcome).toMatchObject({ status: 'found', because: { kind: 'fact-incomplete' } })
  })
})

describe('what is compared', () => {
  test('an account that was a Safe and is none any more: critical', () => {
    expect(found(judge({ kind: 'none', missing: [] }))).toEqual(['gone critical'])
  })

  test('an account that nobody can say is a Safe: inconclusive', () => {
    expect(judge({ kind: 'unknown', missing: [missing('safe')] }).status).toBe('inconclusive')
  })

  test('a baseline without the owners: inconclusive', () => {
    const outcome = judgeWith(safeOwnerChanged, { safe: safeAccount(), baseline: baseline({ safe: null }) })
    expect(outcome).toMatchObject({
      status: 'inconclusive',
      because: { missing: [{ error: { code: 'baseline-unread' } }] },
    })
  })

  test('an account that became a Safe has nothing to compare: passed', () => {
    expect(judgeWith(safeOwnerChanged, { safe: safeAccount(), baseline: baseline() }).status).toBe('passed')
  })

  test.each([
    ['no baseline', { safe: safeAccount() }],
    ['no Safe, then as now', { baseline: baseline() }],
  ])('%s: does not apply', (_, facts) => {
    expect(judgeWith(safeOwnerChanged, facts).status).toBe('not-applicable')
  })

  test('owners whose own code was not read change nothing', () => {
    expect(judge(safeAccount({ missing: [missing('safe-owner')] })).status).toBe('passed')
  })
})

test('its words are whole in both languages', () => {
  const outcomes = [
    judge(safeAccount({ owners: [1, 2, 4].map(holder), threshold: 1, modules: [safePart(0xd1)] }), { guard: at(0xd2) }),
    judge(
      safeAccount({
        threshold: 3,
        guard: safePart(1),
        moduleGuard: safePart(2),
        fallbackHandler: safePart(3),
        singleton: safePart(4),
      }),
    ),
    judge({ kind: 'none', missing: [] }),
  ]
  expectEveryMessage(safeOwnerChanged, outcomes)
  expect(wordsOf(safeOwnerChanged, judge(safeAccount({ modules: [safePart(0xd1)] })), 'en')[0]).toBe(
    `${at(0xd1)} is now a module of this Safe account: it can move everything without the owners. At block 20000000 it was not.`,
  )
})
