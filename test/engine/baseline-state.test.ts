import { describe, expect, test } from 'vitest'
import balanceDrop from '../../rules/balance-drop/index.ts'
import builtIn from '../../rules/index.ts'
import lowBalance from '../../rules/low-balance/index.ts'
import safeOwnerChanged from '../../rules/safe-owner-changed/index.ts'
import unexpectedOutgoing from '../../rules/unexpected-outgoing/index.ts'
import unexpectedSpender from '../../rules/unexpected-spender/index.ts'
import { reportSchema } from '../../src/core/report.ts'
import { judgesOfState } from '../../src/engine/baseline-state.ts'
import {
  type Collection,
  decodeCollection,
  encodeCollection,
  type JudgeOptions,
  judgeMany,
  type Report,
  type Rule,
  updateBaseline,
} from '../../src/index.ts'
import {
  account,
  allowance,
  approvals,
  at,
  baseline,
  chain,
  missing,
  nonces,
  operator,
  outgoing,
  permit2Grant,
  safeAccount,
  spender,
} from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'

const rules = [balanceDrop, unexpectedOutgoing]
const judge = (collection: Collection, known?: Report) =>
  judgeMany([{ collection }], { rules, ...(known !== undefined && { baseline: known }) })
const at20 = chain({ block: { ...chain().block, number: 20_000_000n } })
const before = judge(collectionOf({ chain: at20 }))
const stateIn = ({ result }: Report) => result.targets[0]?.state
const statuses = ({ result }: Report) => result.targets[0]?.outcomes.map(({ status }) => status)

describe('a report keeps what later ones are compared with', () => {
  test('and is one by the schema', () => {
    expect(before.result.targets[0]?.state?.nonce).toEqual({ next: 7, block: '20000000' })
    expect(reportSchema.parse(JSON.parse(JSON.stringify(before)))).toEqual(before)
  })

  test('facts that were read without it are compared when they are judged', () => {
    const poorer = collectionOf({ account: account({ balance: 1n }), nonces: nonces({ latest: 8, pending: 8 }) })
    expect(statuses(judge(poorer))).toEqual(['not-applicable', 'not-applicable'])
    expect(statuses(judge(poorer, before))).toEqual(['found', 'found'])
    expect(statuses(judge(collectionOf(), before))).toEqual(['passed', 'passed'])
  })

  test('another account of the baseline is nobody’s', () => {
    const other = collectionOf({ account: account({ address: at(9), balance: 1n }) }, { account: at(9) })
    expect(statuses(judge(other, before))).toEqual(['not-applicable', 'not-applicable'])
  })

  test('an account that could not be read is compared with nothing, and not well', () => {
    expect(statuses(judge(collectionOf({ account: new Error('refused') }), before))).toEqual([
      'inconclusive',
      'inconclusive',
    ])
  })
})

describe('an updated baseline', () => {
  const unread = judge(collectionOf({ account: new Error('refused'), nonces: new Error('refused') }), before)

  test('keeps each part that could not be read, with its block', () => {
    const [target] = updateBaseline(before, unread).result.targets
    expect(target?.state).toEqual({
      balance: { amount: '1000000000000000000', block: '20000000' },
      nonce: { next: 7, block: '20000000' },
      tokens: { held: [], block: '20000000' },
      safe: { kind: 'none', block: '20000000' },
      spenders: { known: [], block: '20000000' },
    })
  })

  test('takes what was read', () => {
    const now = judge(collectionOf({ nonces: nonces({ latest: 8, pending: 8 }) }), before)
    expect(updateBaseline(before, now).result.targets[0]?.state?.nonce).toEqual({ next: 8, block: '21000000' })
  })

  test('fills what was not known, whether anybody could compare it or not', () => {
    const blind = judge(collectionOf({ chain: at20, account: new Error('refused'), nonces: new Error('refused') }))
    const now = judge(collectionOf({ logs: new Error('refused'), safe: new Error('refused') }), blind)
    expect(stateIn(updateBaseline(blind, now))).toMatchObject({
      balance: { amount: '1000000000000000000', block: '21000000' },
      nonce: { next: 7, block: '21000000' },
      tokens: { block: '20000000' },
      safe: { block: '20000000' },
    })
  })

  test('of a version that kept no state takes all of it, and gives up none to such a report', () => {
    const old = { ...before, result: { ...before.result, targets: before.result.targets.map(withoutState) } }
    expect(stateIn(updateBaseline(old, judge(collectionOf(), old)))?.balance?.block).toBe('21000000')
    expect(stateIn(updateBaseline(before, old))).toEqual(stateIn(before))
  })

  test('keeps the state of an account whose chain did not answer', () => {
    const dead = judge(collectionOf({ chain: new Error('refused') }, { chainId: 1 }), before)
    expect(updateBaseline(before, dead).result.targets[0]?.state).toEqual(before.result.targets[0]?.state)
  })
})

describe('a balance that fell stays to be compared', () => {
  const poorer = { account: account({ balance: 1n }) }
  const balanceAfter = (now: Report, known = before) => stateIn(updateBaseline(known, now))?.balance?.amount
  const given = (collection: Collection, rules: readonly Rule[], known: Report | null = before) =>
    judgeMany([{ collection }], { rules, ...(known !== null && { baseline: known }) })
  const [was, is] = ['1000000000000000000', '1']

  test.each<[string, Report, string]>([
    [
      'while the tokens that its rule needs too could not be read',
      judge(collectionOf({ ...poorer, tokens: new Error('refused') }), before),
      was,
    ],
    [
      'while one of two rules could not look',
      judge(collectionOf({ ...poorer, nonces: new Error('refused') }), before),
      was,
    ],
    ['while one of two rules was not asked', given(collectionOf(poorer), [balanceDrop]), was],
    ['while none of them was asked', given(collectionOf(poorer), [safeOwnerChanged]), was],
    ['by a report that was compared with nothing', judge(collectionOf(poorer)), was],
    ['until all of them have told', judge(collectionOf(poorer), before), is],
  ])('%s', (_, now, expected) => {
    expect(balanceAfter(now)).toBe(expected)
  })

  test('where one rule alone was ever asked, until that one has told', () => {
    const alone = given(collectionOf({ chain: at20 }), [balanceDrop], null)
    expect(balanceAfter(given(collectionOf(poorer), [balanceDrop], alone), alone)).toBe(is)
  })

  test('also when a check that asked neither came between', () => {
    const between = updateBaseline(before, given(collectionOf(poorer), [safeOwnerChanged]))
    expect(balanceAfter(given(collectionOf(poorer), [balanceDrop], between), between)).toBe(was)
    const told = given(collectionOf(poorer), [balanceDrop, unexpectedOutgoing], between)
    expect(balanceAfter(told, between)).toBe(is)
    expect(told.result.summary.findings.high).toBe(1)
  })

  test('and what was told of it is known once, by a check that asked others too', () => {
    const told = updateBaseline(before, judge(collectionOf(poorer), before))
    const between = updateBaseline(told, given(collectionOf(poorer), [safeOwnerChanged], told))
    const [target] = between.result.targets
    expect(target?.outcomes.map(({ ruleId, status }) => [ruleId, status])).toEqual([
      ['safe-owner-changed', 'not-applicable'],
      ['balance-drop', 'found'],
      ['unexpected-outgoing', 'passed'],
    ])
    expect(target?.earlier).toBeUndefined()
    expect(updateBaseline(between, given(collectionOf(poorer), [safeOwnerChanged], between))).toEqual(between)
  })
})

describe('a report of an older block', () => {
  const at19 = chain({ block: { ...chain().block, number: 19_999_999n } })
  const richer = { account: account({ balance: 2n * 10n ** 18n }) }

  test('takes the place of no newer state', () => {
    const older = judge(collectionOf({ ...richer, chain: at19 }), before)
    expect(stateIn(updateBaseline(before, older))).toEqual(stateIn(before))
  })

  test('does so on its own chain only', () => {
    const [one, other] = [1, 10].map(
      (chainId) => (block: typeof at20, facts: object) =>
        collectionOf({ chain: { ...block, chainId, expectedChainId: null }, ...facts }),
    )
    if (one === undefined || other === undefined) throw new Error('two chains')
    const judgeBoth = (collections: readonly Collection[], known?: Report) =>
      judgeMany(
        collections.map((collection) => ({ collection })),
        { rules, ...(known !== undefined && { baseline: known }) },
      )
    const known = judgeBoth([one(at20, {}), other(chain(), {})])
    const next = updateBaseline(known, judgeBoth([one(chain(), richer), other(at20, richer)], known))
    expect(next.result.targets.map(({ chain: on, state }) => [on?.id, state?.balance])).toEqual([
      [1, { amount: '2000000000000000000', block: '21000000' }],
      [10, { amount: '1000000000000000000', block: '21000000' }],
    ])
  })

  test('of the same block, does', () => {
    const same = judge(collectionOf({ ...richer, chain: at20 }), before)
    expect(stateIn(updateBaseline(before, same))?.balance?.amount).toBe('2000000000000000000')
  })
})

describe('who may spend', () => {
  const alone = { rules: [unexpectedSpender] }
  const known = at(0xabcdef)
  const withGrants = (spenders: readonly ReturnType<typeof at>[], facts: Parameters<typeof collectionOf>[0] = {}) =>
    collectionOf({
      approvals: approvals(spenders.map((address) => allowance({ spender: spender({ address }) }))),
      ...facts,
    })
  const run = (collection: Collection, baseline?: Report) =>
    judgeMany([{ collection }], { ...alone, failOnNew: true, ...(baseline !== undefined && { baseline }) })
  const first = run(withGrants([known], { chain: at20 }))
  const changesIn = ({ result }: Report) => [result.summary.exitCode, result.summary.changes]
  const none = { new: 0, unchanged: 0, updated: 0, absent: 0, unknown: 0 }

  test('is kept, each once and in one order, without what contracts give by themselves', () => {
    const grants = [
      allowance({ spender: spender({ address: at(0xbb) }) }),
      allowance({ spender: spender({ address: at(0xaa) }), origin: 'built-in' }),
      operator({ spender: spender({ address: at(0xbb) }) }),
      permit2Grant({ spender: spender({ address: at(0xa) }) }),
    ]
    const report = run(collectionOf({ approvals: approvals(grants) }))
    expect(stateIn(report)?.spenders).toEqual({ known: [at(0xa), at(0xbb)], block: '21000000' })
  })

  test.each([
    ['approvals that were not read', { approvals: new Error('refused') }],
    ['approvals that were read in part', { approvals: approvals([], { missing: [missing('logs')] }) }],
  ])('is not known after %s', (_, facts) => {
    expect(stateIn(run(collectionOf(facts)))?.spenders).toBeNull()
  })

  test('a spender of the baseline is known, another is new until the baseline has it', () => {
    expect(changesIn(run(withGrants([known]), first))).toEqual([0, none])
    const added = run(withGrants([known, at(0xbad)]), first)
    expect(changesIn(added)).toEqual([1, { ...none, new: 1 }])
    const taken = updateBaseline(first, added)
    expect(stateIn(taken)?.spenders).toEqual({ known: [at(0xbad), known], block: '21000000' })
    expect(changesIn(run(withGrants([known, at(0xbad)]), taken))).toEqual([0, { ...none, absent: 1 }])
  })

  test('stays as it was while not all approvals can be read', () => {
    const partly = approvals([allowance({ spender: spender({ address: at(0xbad) }) })], { missing: [missing('logs')] })
    const now = run(collectionOf({ approvals: partly }), first)
    expect(changesIn(now)).toEqual([1, { ...none, new: 1 }])
    expect(stateIn(updateBaseline(first, now))?.spenders).toEqual(stateIn(first)?.spenders)
  })
})

test('a balance below its limit fails a run once: until the baseline has it, and again after a top-up', () => {
  const withCoins = (coins: bigint) => collectionOf({ account: account({ balance: coins * 10n ** 18n }) })
  const run = (coins: bigint, baseline?: Report) =>
    judgeMany([{ collection: withCoins(coins) }], {
      rules: [lowBalance],
      ruleOptions: { 'low-balance': { minimum: 5 } },
      failOnNew: true,
      ...(baseline !== undefined && { baseline }),
    })
  let known = run(9n)
  const story = [4n, 3n, 9n, 4n].map((coins) => {
    const report = run(coins, known)
    known = updateBaseline(known, report)
    const { changes: { new: added, unchanged, absent } = {} } = report.result.summary
    return [coins, report.result.summary.exitCode, { added, unchanged, absent }]
  })
  expect(story).toEqual([
    [4n, 1, { added: 1, unchanged: 0, absent: 0 }],
    [3n, 0, { added: 0, unchanged: 1, absent: 0 }],
    [9n, 0, { added: 0, unchanged: 0, absent: 1 }],
    [4n, 1, { added: 1, unchanged: 0, absent: 0 }],
  ])
})

describe('owners that changed stay to be compared', () => {
  const safeRules = { rules: [safeOwnerChanged] }
  const ofThreshold = (threshold: number, at = chain()) => collectionOf({ chain: at, safe: safeAccount({ threshold }) })
  const first = judgeMany([{ collection: ofThreshold(3, at20) }], safeRules)
  const thresholdAfter = (now: Report) => stateIn(updateBaseline(first, now))?.safe

  test.each<[string, JudgeOptions, number]>([
    ['by a report that was compared with nothing', safeRules, 3],
    ['until they were told', { ...safeRules, baseline: first }, 1],
  ])('%s', (_, options, expected) => {
    expect(thresholdAfter(judgeMany([{ collection: ofThreshold(1) }], options))).toMatchObject({ threshold: expected })
  })

  test('and an account that becomes a Safe account is one from then on', () => {
    const plain = judgeMany([{ collection: collectionOf({ chain: at20 }) }], safeRules)
    const now = judgeMany([{ collection: ofThreshold(1) }], { ...safeRules, baseline: plain })
    expect(stateIn(updateBaseline(plain, now))?.safe).toMatchObject({ kind: 'safe', threshold: 1, block: '21000000' })
  })
})

test('every rule that compares with the baseline is among those that a part waits for', () => {
  const all: readonly Rule[] = builtIn
  const comparing = all.filter(({ needs }) => needs.includes('baseline')).map(({ id }) => id)
  expect([...new Set(Object.values(judgesOfState).flat())].toSorted()).toEqual(comparing.toSorted())
})

describe('what happened since a baseline that already tells of it', () => {
  const [ether, later] = [10n ** 18n, chain({ block: { ...chain().block, number: 22_000_000n } })]
  const withBalance = (balance: bigint, at = chain()) => collectionOf({ chain: at, account: account({ balance }) })
  const only = { rules: [balanceDrop], failOnNew: true }
  const whole = judgeMany([{ collection: collectionOf({ chain: at20 }) }], only)
  const dropped = judgeMany([{ collection: withBalance((ether * 7n) / 10n) }], { ...only, baseline: whole })
  const taken = updateBaseline(whole, dropped)
  const next = (collection: Collection, known: Report) => {
    const { summary } = judgeMany([{ collection }], { ...only, baseline: known }).result
    return [summary.exitCode, summary.changes?.updated, summary.changes?.unchanged, summary.changes?.absent]
  }

  test('a second drop, measured from the state that was taken over, is not the one that is known', () => {
    expect(dropped.result.summary).toMatchObject({ exitCode: 1, changes: { new: 1 } })
    expect([dropped.run.baseline?.failOnNew, before.run.baseline]).toEqual([true, undefined])
    expect(next(withBalance(ether / 10n, later), taken)).toEqual([1, 1, 0, 0])
    expect(next(withBalance((ether * 7n) / 10n, later), taken)).toEqual([0, 0, 0, 1])
  })

  test('against the same state the same drop is known, and one of another size is not', () => {
    const known = { ...dropped, result: { ...dropped.result, targets: dropped.result.targets.map(withOldState) } }
    expect(next(withBalance((ether * 7n) / 10n, later), known)).toEqual([0, 0, 1, 0])
    expect(next(withBalance((ether * 7n) / 10n - 1n, later), known)).toEqual([1, 1, 0, 0])
  })

  test('a Safe account that needs one confirmation less, twice', () => {
    const ofThreshold = (threshold: number, at = chain()) =>
      collectionOf({ chain: at, safe: safeAccount({ threshold }) })
    const changed = { rules: [safeOwnerChanged], failOnNew: true }
    const run = (collection: Collection, baseline?: Report) =>
      judgeMany([{ collection }], { ...changed, ...(baseline !== undefined && { baseline }) })
    const first = run(ofThreshold(3, at20))
    const once = run(ofThreshold(2), first)
    const twice = run(ofThreshold(1, later), updateBaseline(first, once))
    expect([once, twice].map(({ result }) => [result.summary.exitCode, result.summary.changes])).toEqual([
      [1, { new: 1, unchanged: 0, updated: 0, absent: 0, unknown: 0 }],
      [1, { new: 0, unchanged: 0, updated: 1, absent: 0, unknown: 0 }],
    ])
  })

  function withOldState(target: Report['result']['targets'][number]) {
    return { ...target, state: before.result.targets[0]?.state }
  }
})

function withoutState({ state: _, ...target }: Report['result']['targets'][number]) {
  return target
}

test('an account under two labels is compared with the state of its own label', () => {
  const labelled = (label: string, next: number, at = chain()) =>
    collectionOf({ chain: at, nonces: nonces({ latest: next, pending: next }) }, { label })
  const run = (collections: readonly Collection[], known?: Report) =>
    judgeMany(
      collections.map((collection) => ({ collection })),
      { rules, ...(known !== undefined && { baseline: known }) },
    )
  const known = updateBaseline(null, run([labelled('ops', 7, at20), labelled('pay', 8)]))
  const now = run(
    ['ops', 'pay', 'renamed'].map((label) => labelled(label, 8)),
    known,
  )
  expect(now.result.targets.map(({ label, outcomes }) => [label, outcomes[1]?.status])).toEqual([
    ['ops', 'found'],
    ['pay', 'passed'],
    ['renamed', 'found'],
  ])
})

test('saved facts keep the baseline they were read with', () => {
  const collection = collectionOf({ baseline: baseline(), outgoing: outgoing({ used: { from: 1, to: 2 } }) })
  expect(decodeCollection(encodeCollection(collection))).toEqual(collection)
})
