import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Severity } from '../../src/core/finding.ts'
import { type Report, reportSchema } from '../../src/core/report.ts'
import type { Draft } from '../../src/core/rule.ts'
import { value } from '../../src/core/value.ts'
import { type JudgeOptions, judgeMany, localizeReport, type Rule, updateBaseline } from '../../src/index.ts'
import { account, at, chain, hashOf } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

/** What a rule finds: numbers of findings, or that it could not look. `partly`: it saw these, and not everything. */
type Sees = readonly number[] | 'nothing-read' | 'does-not-apply' | { readonly partly: readonly number[] }
const error = { code: 'stopped', message: 'It was stopped.', data: {}, hints: [] }

function seeing(id: string, sees: Sees, draft: (index: number) => Draft = draftOf): Rule {
  if (sees === 'nothing-read') {
    return ruleOf(id, {
      judge: () => {
        throw new Error('could not look')
      },
    })
  }
  if (sees === 'does-not-apply') return ruleOf(id, { applies: () => false })
  const indexes = 'partly' in sees ? sees.partly : sees
  return ruleOf(id, {
    judge: () => indexes.map((index) => draft(index)),
    unread: () => ('partly' in sees ? [{ fact: 'account', about: 'logs', error }] : []),
  })
}

const collected = (place = 1, chainId = 1, startedAt = '2026-11-23T08:00:00.000Z') => ({
  collection: collectionOf(
    { account: account({ address: at(place) }), chain: chain({ chainId, expectedChainId: null }) },
    { account: at(place), startedAt },
  ),
})
const run = (rules: readonly Rule[], options: JudgeOptions = {}, targets = [collected()]) =>
  judgeMany(targets, { rules, ...options })
const first = (sees: Sees) => run([seeing('one-thing', sees)])
const changesIn = ({ result }: Report) =>
  result.targets.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) =>
      outcome.status === 'found' ? outcome.findings.map(({ data, change }) => [Number(data.count?.value), change]) : [],
    ),
  )
const earlierIn = ({ result }: Report) =>
  result.targets.flatMap(({ earlier = [] }) => earlier.map(({ data, change }) => [Number(data.count?.value), change]))

describe('a finding is', () => {
  test('new where the baseline does not have it, and unchanged where it has', () => {
    const report = run([seeing('one-thing', [1, 2])], { baseline: first([1]) })
    expect(changesIn(report)).toEqual([
      [1, 'unchanged'],
      [2, 'new'],
    ])
    expect(report.result.summary.changes).toEqual({ new: 1, unchanged: 1, updated: 0, absent: 0, unknown: 0 })
    expect(report.run.baseline).toEqual({ startedAt: '2026-11-23T08:00:00.000Z' })
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  })

  test('not compared where no baseline was given', () => {
    const report = first([1])
    expect(changesIn(report)).toEqual([[1, undefined]])
    expect(report.result.summary.changes).toBeUndefined()
    expect(report.result.targets[0]).not.toHaveProperty('earlier')
    expect(report.run).not.toHaveProperty('baseline')
  })

  test('of this account and chain alone', () => {
    const baseline = run([seeing('one-thing', [1])], {}, [collected(1, 1)])
    expect(changesIn(run([seeing('one-thing', [1])], { baseline }, [collected(2, 1)]))).toEqual([[1, 'new']])
    expect(changesIn(run([seeing('one-thing', [1])], { baseline }, [collected(1, 10)]))).toEqual([[1, 'new']])
  })

  const grant = (over: Partial<Draft> = {}, amount = 100n): Draft => ({
    ...draftOf(1),
    data: {
      count: value.count(1),
      spender: value.address(at(9)),
      amount: value.tokenAmount(amount, { symbol: 'TKN', decimals: 18 }),
      balance: value.native(5n, { symbol: 'ETH', decimals: 18 }),
      seen: value.block(7n),
    },
    ...over,
  })
  const words = { message: 'Another: {count}', steps: ['Do'], links: ['safety' as const] }
  const withTwo = (draft: Draft): Rule => {
    const rule = ruleOf('one-thing', { judge: () => [draft] })
    const text = { ...rule.text.en, messages: { ...rule.text.en.messages, other: words } }
    return { ...rule, text: { en: text, ja: text } }
  }
  const base = grant()
  test.each<[string, 'unchanged' | 'updated', Draft]>([
    ['the same', 'unchanged', base],
    ['graver', 'updated', grant({ severity: 'critical' })],
    ['less grave', 'unchanged', grant({ severity: 'low' })],
    ['a grant of more', 'updated', grant({}, 101n)],
    ['a grant of less', 'unchanged', grant({}, 99n)],
    ['another address', 'updated', grant({ data: { ...base.data, spender: value.address(at(8)) } })],
    ['a hash that was not there', 'updated', grant({ data: { ...base.data, hash: value.hash(hashOf(3)) } })],
    [
      'another balance',
      'unchanged',
      grant({ data: { ...base.data, balance: value.native(9n, { symbol: 'ETH', decimals: 18 }) } }),
    ],
    ['another block', 'unchanged', grant({ data: { ...base.data, seen: value.block(8n) } })],
    ['another name', 'unchanged', grant({ data: { ...base.data, name: value.text('Router') } })],
    ['another sentence', 'updated', grant({ messageId: 'other' })],
  ])('%s: %s', (_, expected, draft) => {
    const report = run([withTwo(draft)], { baseline: run([withTwo(base)]) })
    expect(changesIn(report)).toEqual([[1, expected]])
  })
})

describe('a finding of the baseline that is not there', () => {
  test.each<[string, 'absent' | 'unknown', Sees]>([
    ['its rule passed', 'absent', []],
    ['its rule found something else', 'absent', [2]],
    ['its rule crashed', 'unknown', 'nothing-read'],
    ['its rule found something else, and did not see everything', 'unknown', { partly: [2] }],
    ['its rule did not see everything', 'unknown', { partly: [] }],
    ['its rule does not apply any more', 'unknown', 'does-not-apply'],
  ])('%s: %s', (_, expected, sees) => {
    const report = run([seeing('one-thing', sees)], { baseline: first([1]) })
    expect(earlierIn(report)).toEqual([[1, expected]])
    expect(report.result.summary.changes?.[expected]).toBe(1)
  })

  test('its rule was not asked: unknown', () => {
    expect(earlierIn(run([seeing('other-thing', [])], { baseline: first([1]) }))).toEqual([[1, 'unknown']])
  })

  test('its account was not asked about: it stands apart, unknown', () => {
    const report = run([seeing('one-thing', [])], { baseline: first([1]) }, [collected(2)])
    expect(report.result.notAsked).toMatchObject([
      { account: at(1), chain: { id: 1 }, earlier: [{ ruleId: 'one-thing', change: 'unknown' }] },
    ])
    expect(report.result.summary.changes?.unknown).toBe(1)
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  })

  test('speaks the language of the report', () => {
    const report = run([seeing('one-thing', [])], { baseline: first([1]), locale: 'ja' })
    expect(report.result.targets[0]?.earlier?.[0]).toMatchObject({
      title: 'one-thingの題名',
      message: 'one-thingの題名: 1',
    })
    const back = localizeReport(report, 'en', [seeing('one-thing', [])])
    expect(back.result.targets[0]?.earlier?.[0]?.message).toBe('Title of one-thing: 1')
  })

  test('keeps its words where no rule has any for it', () => {
    const report = run([seeing('other-thing', [])], { baseline: first([1]), locale: 'ja' })
    expect(report.result.targets[0]?.earlier?.[0]?.message).toBe('Title of one-thing: 1')
  })
})

describe('the exit code with failOnNew', () => {
  const judge = (sees: Sees, options: JudgeOptions) => run([seeing('one-thing', sees)], options).result.summary.exitCode
  test.each<[string, 0 | 1 | 3, Sees]>([
    ['nothing but what the baseline has', 0, [1]],
    ['a new finding', 1, [1, 2]],
    ['not everything seen', 3, { partly: [1] }],
    ['not everything seen, and a new finding', 1, { partly: [1, 2] }],
    ['nothing seen', 3, 'nothing-read'],
  ])('%s: %i', (_, expected, sees) => {
    expect(judge(sees, { baseline: first([1]), failOnNew: true })).toBe(expected)
  })

  test('without it the baseline excuses nothing', () => {
    expect(judge([1], { baseline: first([1]) })).toBe(1)
  })

  test('without a baseline all findings are new', () => {
    expect(judge([1], { failOnNew: true })).toBe(1)
  })

  test('a finding that became graver counts', () => {
    const at = (severity: Severity) => [ruleOf('one-thing', { judge: () => [draftOf(1, severity)] })]
    const exit = (before: Severity, now: Severity) =>
      run(at(now), { baseline: run(at(before)), failOnNew: true }).result.summary.exitCode
    expect(exit('high', 'critical')).toBe(1)
    expect(exit('medium', 'high')).toBe(1)
    expect(exit('critical', 'high')).toBe(0)
  })
})

describe('an updated baseline', () => {
  const update = (before: Report | null, now: Report) => updateBaseline(before, now)
  const next = (baseline: Report, sees: Sees) => run([seeing('one-thing', sees)], { baseline })

  test('is a report by the schema, and the same for the same two reports', () => {
    const updated = update(first([1]), first({ partly: [2] }))
    expect(reportSchema.parse(JSON.parse(JSON.stringify(updated)))).toEqual(updated)
    expect(JSON.stringify(update(first([1]), first({ partly: [2] })))).toBe(JSON.stringify(updated))
  })

  test('does not care whether the report was compared before', () => {
    const before = first([1])
    const sees: Sees = { partly: [2] }
    expect(JSON.stringify(update(before, next(before, sees)))).toBe(JSON.stringify(update(before, first(sees))))
  })

  test('knows what was found, and forgets what is gone', () => {
    const updated = update(first([1]), first([2]))
    expect(changesIn(next(updated, [1, 2]))).toEqual([
      [1, 'new'],
      [2, 'unchanged'],
    ])
  })

  test('keeps what could not be read, for as long as it cannot', () => {
    const twice = update(update(first([1]), first('nothing-read')), first({ partly: [2] }))
    expect(changesIn(next(twice, [1, 2, 3]))).toEqual([
      [1, 'unchanged'],
      [2, 'unchanged'],
      [3, 'new'],
    ])
    expect(earlierIn(next(update(twice, first([2])), [2]))).toEqual([])
  })

  test('keeps accounts that were not asked about, and takes up new ones', () => {
    const one = first([1])
    const other = run([seeing('one-thing', [5])], {}, [collected(2)])
    const both = update(one, other)
    expect(both.result.targets.map(({ account: of }) => of)).toEqual([at(1), at(2)])
    expect(JSON.stringify(update(other, one).result.targets)).toBe(JSON.stringify(both.result.targets))
    expect(both.result.summary).toMatchObject({ complete: false, findings: { high: 2 } })
  })

  test('holds nothing that differs between two runs over the same facts', () => {
    const slow = collected()
    const other = { collection: { ...slow.collection, durationSeconds: 99, endpoint: { host: 'b', requests: 7 } } }
    const rules = [seeing('one-thing', [1])]
    expect(JSON.stringify(update(null, run(rules, {}, [slow])))).toBe(
      JSON.stringify(update(null, run(rules, {}, [other]))),
    )
  })

  test('of one account under two labels keeps both apart, and knows it under a third', () => {
    const labelled = (label: string) => ({ collection: { ...collected().collection, label } })
    const ops = run([seeing('one-thing', [1])], {}, [labelled('ops')])
    const both = {
      ...ops,
      result: {
        ...ops.result,
        targets: [...ops.result.targets, ...run([seeing('one-thing', [])], {}, [labelled('old')]).result.targets],
      },
    }
    expect(JSON.stringify(update(update(null, both), both))).toBe(JSON.stringify(update(null, both)))
    const baseline = update(null, both)
    expect(changesIn(run([seeing('one-thing', [1])], { baseline }, [labelled('ops')]))).toEqual([[1, 'unchanged']])
    expect(changesIn(run([seeing('one-thing', [1])], { baseline }, [labelled('old')]))).toEqual([[1, 'new']])
    expect(changesIn(run([seeing('one-thing', [1])], { baseline }, [labelled('new')]))).toEqual([[1, 'unchanged']])
  })

  test('takes no target whose chain is not known', () => {
    const unknown = judgeMany([{ collection: collectionOf({ chain: new Error('refused') }) }], {
      rules: [ruleOf('a-thing')],
    })
    expect(update(null, unknown).result.targets).toEqual([])
  })
})

describe('whatever is seen', () => {
  const indexes = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 5 })
  const sees: fc.Arbitrary<Sees> = fc.oneof(
    indexes,
    fc.constant('nothing-read' as const),
    fc.constant('does-not-apply' as const),
    fc.record({ partly: indexes }),
  )

  test('every finding of the baseline is among the findings or what became of them, once', () => {
    fc.assert(
      fc.property(sees, sees, (before, now) => {
        const baseline = first(before)
        const report = run([seeing('one-thing', now)], { baseline })
        const known = [...changesIn(report).filter(([, change]) => change !== 'new'), ...earlierIn(report)]
        expect(known.map(([index]) => index).sort()).toEqual(
          changesIn(baseline)
            .map(([index]) => index)
            .sort(),
        )
      }),
    )
  })

  test('a report compared with itself has nothing new, nothing gone', () => {
    fc.assert(
      fc.property(sees, (now) => {
        const { summary } = run([seeing('one-thing', now)], { baseline: first(now) }).result
        expect(summary.changes).toMatchObject({ new: 0, updated: 0, absent: 0 })
      }),
    )
  })

  test('updating twice with one report is updating once', () => {
    fc.assert(
      fc.property(sees, sees, (before, now) => {
        const once = updateBaseline(first(before), first(now))
        expect(JSON.stringify(updateBaseline(once, first(now)))).toBe(JSON.stringify(once))
      }),
    )
  })

  test('the order of rules and of accounts changes nothing', () => {
    const rules = [seeing('one-thing', [1]), seeing('two-thing', [2]), seeing('six-thing', 'nothing-read')]
    const targets = [collected(1), collected(2), collected(1, 10)]
    const baseline = run(rules, {}, [collected(1), collected(3)])
    const expected = JSON.stringify(run(rules, { baseline }, targets).result)
    fc.assert(
      fc.property(fc.shuffledSubarray(targets, { minLength: 3 }), (shuffled) => {
        expect(JSON.stringify(run(rules, { baseline }, shuffled).result)).toBe(expected)
      }),
    )
  })
})
