import { describe, expect, test } from 'vitest'
import balanceDrop from '../../rules/balance-drop/index.ts'
import safeOwnerChanged from '../../rules/safe-owner-changed/index.ts'
import unexpectedOutgoing from '../../rules/unexpected-outgoing/index.ts'
import { reportSchema } from '../../src/core/report.ts'
import {
  type Collection,
  decodeCollection,
  encodeCollection,
  judgeMany,
  type Report,
  updateBaseline,
} from '../../src/index.ts'
import { account, at, baseline, chain, nonces, outgoing, safeAccount } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'

const rules = [balanceDrop, unexpectedOutgoing]
const judge = (collection: Collection, known?: Report) =>
  judgeMany([{ collection }], { rules, ...(known !== undefined && { baseline: known }) })
const at20 = chain({ block: { ...chain().block, number: 20_000_000n } })
const before = judge(collectionOf({ chain: at20 }))
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
      tokens: { held: [], block: '21000000' },
      safe: { kind: 'none', block: '21000000' },
    })
  })

  test('takes what was read', () => {
    const now = judge(collectionOf({ nonces: nonces({ latest: 8, pending: 8 }) }), before)
    expect(updateBaseline(before, now).result.targets[0]?.state?.nonce).toEqual({ next: 8, block: '21000000' })
  })

  test('keeps the state of an account whose chain did not answer', () => {
    const dead = judge(collectionOf({ chain: new Error('refused') }, { chainId: 1 }), before)
    expect(updateBaseline(before, dead).result.targets[0]?.state).toEqual(before.result.targets[0]?.state)
  })
})

describe('what happened since a baseline that already tells of it', () => {
  const [ether, later] = [10n ** 18n, chain({ block: { ...chain().block, number: 22_000_000n } })]
  const withBalance = (balance: bigint, at = chain()) => collectionOf({ chain: at, account: account({ balance }) })
  const only = { rules: [balanceDrop], failOnNew: true }
  const dropped = judgeMany([{ collection: withBalance((ether * 7n) / 10n) }], { ...only, baseline: before })
  const taken = updateBaseline(before, dropped)
  const next = (collection: Collection, known: Report) => {
    const { summary } = judgeMany([{ collection }], { ...only, baseline: known }).result
    return [summary.exitCode, summary.changes?.updated, summary.changes?.unchanged, summary.changes?.absent]
  }

  test('a second drop, measured from the state that was taken over, is not the one that is known', () => {
    expect(dropped.result.summary).toMatchObject({ exitCode: 1, changes: { new: 1 } })
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

test('saved facts keep the baseline they were read with', () => {
  const collection = collectionOf({ baseline: baseline(), outgoing: outgoing({ used: { from: 1, to: 2 } }) })
  expect(decodeCollection(encodeCollection(collection))).toEqual(collection)
})
