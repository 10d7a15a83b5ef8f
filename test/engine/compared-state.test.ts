import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import balanceDrop from '../../rules/balance-drop/index.ts'
import safeOwnerChanged from '../../rules/safe-owner-changed/index.ts'
import unexpectedOutgoing from '../../rules/unexpected-outgoing/index.ts'
import { reportSchema } from '../../src/core/report.ts'
import {
  type Collection,
  decodeCollection,
  encodeCollection,
  type JudgeOptions,
  judgeMany,
  type Report,
  updateBaseline,
} from '../../src/index.ts'
import type { AccountFacts } from '../../src/rule.ts'
import {
  account,
  activity,
  at,
  chain,
  hashOf,
  holding,
  logAt,
  logs,
  missing,
  nonces,
  ownTransaction,
  safeAccount,
  tokens,
} from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'

const ether = 10n ** 18n
const [start, paid, second, third] = [20_000_000n, 20_200_000n, 20_500_000n, 21_000_000n] as const
const chainAt = (block: bigint) => chain({ block: { ...chain().block, number: block } })
const rules = [balanceDrop, unexpectedOutgoing, safeOwnerChanged]
const planned = { 'unexpected-outgoing': { expectedRecipients: [at(0x70)] } }
const judge = (collection: Collection, known: Report | null, options: JudgeOptions = {}) =>
  judgeMany([{ collection }], { rules, ruleOptions: planned, ...options, ...(known !== null && { baseline: known }) })
const found = ({ result }: Report, id = 'unexpected-outgoing') => {
  const outcome = result.targets[0]?.outcomes.find(({ ruleId }) => ruleId === id)
  if (outcome?.status !== 'found') return outcome?.status
  return outcome.findings.map(({ messageId, data }) => [messageId, data.since?.value])
}
const unreadOf = ({ result }: Report) =>
  result.targets[0]?.outcomes.flatMap(({ ruleId, ...outcome }) =>
    ruleId === 'unexpected-outgoing' && 'because' in outcome && outcome.because?.kind === 'fact-incomplete'
      ? outcome.because.missing.map(({ error }) => error.code)
      : [],
  )

type Kind = 'plain' | 'delegated' | 'Safe'
const codes: { readonly [Each in Kind]: AccountFacts['code'] } = {
  plain: { kind: 'none' },
  delegated: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: hashOf(3) },
  Safe: { kind: 'contract', codeHash: hashOf(3) },
}
type Seen = {
  readonly block: bigint
  /** Blocks in which the owner moved half an ether and some of a token. */
  readonly payments?: readonly bigint[]
  /** Blocks in which somebody else did. */
  readonly thefts?: readonly bigint[]
  readonly unread?: 'token' | 'tokens' | 'account' | 'nonces' | 'safe' | 'module'
}

function see(kind: Kind, { block, payments = [], thefts = [], unread }: Seen): Collection {
  const left = [...payments, ...thefts].sort((one, other) => (one < other ? 1 : -1))
  const [newest, ...older] = left.map(logAt)
  const sent = newest === undefined ? [] : [{ contract: at(0x70), log: newest, older, wholeFrom: 0n }]
  const isSafe = kind === 'Safe'
  const next = isSafe ? 1 : 7 + payments.length
  const own = payments.map((block, index) =>
    ownTransaction({ nonce: 7 + index, block, hash: logAt(block).transaction, to: at(0x70) }),
  )
  const refused = new Error('refused')
  const gap = unread === 'module' ? { missing: [missing('safe-module')] } : {}
  return collectionOf({
    chain: chainAt(block),
    account:
      unread === 'account'
        ? refused
        : account({ code: codes[kind], balance: 100n * ether - (BigInt(left.length) * ether) / 2n }),
    nonces: unread === 'nonces' ? refused : nonces({ latest: next, pending: next }),
    activity: activity(isSafe ? [] : own),
    logs: logs({ sent }),
    tokens:
      unread === 'tokens'
        ? refused
        : tokens({ holdings: [holding()], missing: unread === 'token' ? [missing('token-balance')] : [] }),
    ...(isSafe && { safe: unread === 'safe' ? refused : safeAccount({ nonce: 4n + BigInt(payments.length), ...gap }) }),
  })
}

const kinds = ['plain', 'delegated', 'Safe'] as const
const afresh = (kind: Kind) => updateBaseline(null, judge(see(kind, { block: start }), null))

describe.each(kinds)('a %s account that paid, while the balance of one token could not be read', (kind) => {
  const known = afresh(kind)
  const told = judge(see(kind, { block: second, payments: [paid], unread: 'token' }), known)
  const next = updateBaseline(known, told)

  test('told of it as of what its owner did', () => {
    expect(found(told)).toEqual(kind === 'Safe' ? [['safe', String(start)]] : 'passed')
    expect(found(told, 'balance-drop')).toBe('inconclusive')
  })

  test('and is no theft for the next check, which reads all', () => {
    const whole = judge(see(kind, { block: third, payments: [paid] }), next)
    expect(found(whole)).toBe('passed')
    expect(whole.result.summary.exitCode).toBe(0)
  })

  test('what somebody else takes then is one, since that check', () => {
    const stolen = judge(see(kind, { block: third, payments: [paid], thefts: [second + 1n] }), next)
    const [coins, moved] = ['coins', 'moved'].map((messageId) => [messageId, String(second)])
    expect(found(stolen)).toEqual(kind === 'plain' ? [moved] : [coins, moved])
  })

  test('the amount of that token stays to be compared with the one that was read', () => {
    const facts = {
      account: account({ balance: (199n * ether) / 2n }),
      tokens: tokens({ holdings: [], gone: [at(0x70)] }),
    }
    expect(found(judge(collectionOf({ chain: chainAt(third), ...facts }), next), 'balance-drop')).toEqual([
      ['tokens', String(start)],
    ])
  })
})

test('a Safe account whose modules could not be read when it paid: its owners’ doing is told until they are', () => {
  const known = afresh('Safe')
  const blind = see('Safe', { block: second, payments: [paid], unread: 'module' })
  const next = updateBaseline(known, judge(blind, known))
  const whole = judge(see('Safe', { block: third, payments: [paid] }), next)
  expect(found(whole)).toEqual([['safe', String(start)]])
  const after = updateBaseline(next, whole)
  expect(found(judge(see('Safe', { block: third + 9n, payments: [paid], thefts: [third + 1n] }), after))).toEqual([
    ['coins', String(third)],
    ['moved', String(third)],
  ])
})

describe('a rule that is not asked', () => {
  const worth = (block: bigint, coins: bigint, next = 7) =>
    collectionOf({
      chain: chainAt(block),
      account: account({ balance: coins * ether }),
      nonces: nonces({ latest: next, pending: next }),
    })
  const off = (collection: Collection, known: Report) =>
    judgeMany([{ collection, severities: { 'unexpected-outgoing': 'off' } }], { rules, baseline: known })
  const skipped = (collection: Collection, known: Report) =>
    judge(collection, known, { skipRules: ['unexpected-outgoing'] })
  const first = updateBaseline(null, judge(worth(start, 1n), null))

  test.each([
    ['by the selection', skipped],
    ['because it is switched off', off],
  ])('%s holds no other back: what came since can fall', (_, run) => {
    const richer = updateBaseline(first, run(worth(second, 100n), first))
    const fallen = run(worth(third, 1n), richer)
    expect([found(fallen, 'balance-drop'), fallen.result.summary.exitCode]).toEqual([[['coins', String(second)]], 1])
  })

  test('goes on from what it compared last', () => {
    const between = updateBaseline(first, skipped(worth(second, 1n, 8), first))
    expect(found(judge(worth(third, 1n, 8), between))).toEqual([['unseen', String(start)]])
    const after = updateBaseline(between, judge(worth(third, 1n, 8), between))
    expect(found(judge(worth(third, 1n, 8), after))).toBe('passed')
    expect(after.result.targets[0]?.compared).toBeUndefined()
  })

  test('and was asked by no check before, goes on from the first baseline', () => {
    const alone = { rules: [balanceDrop], ruleOptions: {} }
    const known = updateBaseline(null, judge(worth(start, 1n), null, alone))
    const between = updateBaseline(known, judge(worth(second, 1n, 8), known, alone))
    expect(found(judge(worth(third, 1n, 8), between))).toEqual([['unseen', String(start)]])
  })

  test('keeps its state in the file and in saved facts', () => {
    const between = updateBaseline(first, skipped(worth(second, 1n), first))
    expect(Object.keys(between.result.targets[0]?.compared ?? {})).toEqual(['balance-drop', 'safe-owner-changed'])
    expect(reportSchema.parse(JSON.parse(JSON.stringify(between)))).toEqual(between)
    expect(updateBaseline(between, between)).toEqual(between)
    const { state = null, compared } = between.result.targets[0] ?? {}
    const saved = collectionOf({ baseline: { kind: 'known', state, ...(compared && { compared }), missing: [] } })
    expect(decodeCollection(encodeCollection(saved))).toEqual(saved)
  })
})

describe('a baseline whose nonce is of a later block than the rest, from another version', () => {
  const apart = (kind: Kind) => {
    const [known, later] = [afresh(kind), judge(see(kind, { block: second, payments: [paid] }), null)]
    const [before, after] = [known, later].map(({ result }) => result.targets[0])
    if (before?.state === undefined || after?.state === undefined) throw new Error('two states')
    const state = { ...before.state, nonce: after.state.nonce, safe: after.state.safe }
    return { ...known, result: { ...known.result, targets: [{ ...before, state }] } }
  }

  test.each([
    ['delegated', ['baseline-apart']],
    ['Safe', ['baseline-apart', 'baseline-apart']],
  ] as const)('says of a %s account that nobody knows, and is of one block after an update', (kind, codes) => {
    const known = apart(kind)
    const now = judge(see(kind, { block: third, payments: [paid] }), known)
    expect([found(now), unreadOf(now), now.result.summary.exitCode]).toEqual(['inconclusive', codes, 3])
    const next = updateBaseline(known, now)
    expect(found(judge(see(kind, { block: third + 1n, payments: [paid] }), next))).toBe('passed')
  })

  test('tells what left a Safe account after the nonce was read', () => {
    const now = judge(see('Safe', { block: third, payments: [paid], thefts: [second + 1n] }), apart('Safe'))
    expect([found(now), unreadOf(now)]).toEqual([[['moved', String(start)]], ['baseline-apart', 'baseline-apart']])
  })

  test('explains a plain account by its own transactions, where these are read', () => {
    const now = judge(see('plain', { block: third, payments: [paid], thefts: [paid + 1n] }), apart('plain'))
    expect([found(now), unreadOf(now)]).toEqual(['inconclusive', ['sender-not-asked']])
    expect(found(judge(see('plain', { block: third, payments: [paid] }), apart('plain')))).toBe('passed')
  })
})

test('whatever cannot be read, and whoever is not asked: what the owner does is no theft, and a theft is told', () => {
  const unread = fc.constantFrom('token', 'tokens', 'account', 'nonces', 'safe', 'module', undefined)
  const skipped = fc.constantFrom([], ['unexpected-outgoing'], ['balance-drop'], ['safe-owner-changed'])
  const run = fc.record({ unread, skipped, isPaid: fc.boolean(), isKept: fc.boolean() })
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(run, { maxLength: 8 }), (kind, runs) => {
      let known = afresh(kind)
      let payments: readonly bigint[] = []
      for (const [index, { unread, skipped, isPaid, isKept }] of runs.entries()) {
        const block = start + BigInt(index + 1) * 1000n
        if (isPaid) payments = [...payments, block - 500n]
        const seen = { block, payments, ...(unread !== undefined && { unread }) }
        const now = judge(see(kind, seen), known, { skipRules: skipped })
        expect(JSON.stringify(found(now) ?? [])).not.toMatch(/moved|coins/)
        if (isKept) known = updateBaseline(known, now)
      }
      const block = start + 100_000n
      // Since what the rule compared last the owner did nothing.
      known = updateBaseline(known, judge(see(kind, { block, payments }), known))
      const stolen = judge(see(kind, { block: block + 10n, payments, thefts: [block + 5n] }), known)
      expect(found(stolen)).toContainEqual(['moved', String(block)])
    }),
  )
})
