import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Collection, UncheckedTarget } from '../../src/core/collection.ts'
import type { Severity } from '../../src/core/finding.ts'
import { reportSchema } from '../../src/core/report.ts'
import { severities } from '../../src/core/severity.ts'
import { type JudgedTarget, type JudgeOptions, judgeMany, type Rule } from '../../src/index.ts'
import { account, at, chain, threats } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const error = { code: 'stopped', message: 'It was stopped.', data: {}, hints: [] }
const collected = (place: number, chainId = 1, over: { readonly label?: string } = {}) =>
  collectionOf(
    { account: account({ address: at(place) }), chain: chain({ chainId, expectedChainId: null }) },
    { account: at(place), ...over },
  )
const unchecked = (input: string, chainId: number | null = 1): UncheckedTarget => ({
  kind: 'unchecked',
  input,
  label: null,
  chain: chainId === null ? null : { id: chainId, name: `chain ${chainId}` },
  error,
  endpoint: { host: 'rpc.example', requests: 2 },
  startedAt: '2026-11-23T07:59:00.000Z',
})
const quiet: Rule = ruleOf('quiet-thing')
const judge = (targets: readonly JudgedTarget[], options: JudgeOptions = {}) =>
  judgeMany(targets, { rules: [quiet], ...options })

describe('several targets in one report', () => {
  const targets: readonly JudgedTarget[] = [
    { collection: collected(2, 10) },
    { collection: collected(1, 10), tags: ['payroll'], declaredAt: { file: 'wallets.yaml', line: 7 } },
    { collection: collected(3, 1, { label: 'savings' }) },
    { collection: collected(3, 1, { label: 'games' }) },
    { collection: collectionOf({ chain: new Error('refused') }, { account: at(1), chainId: 5 }) },
    { collection: collectionOf({ chain: new Error('refused') }, { account: at(1) }) },
    unchecked('zoe.eth'),
    unchecked('ada.eth'),
    unchecked('ada.eth', null),
  ]

  test('stand by chain, account and label, those of an unknown chain last', () => {
    const { result } = judge(targets)
    expect(result.targets.map((target) => [target.chain?.id, target.account, target.label])).toEqual([
      [1, at(3), 'games'],
      [1, at(3), 'savings'],
      [5, at(1), null],
      [10, at(1), null],
      [10, at(2), null],
      [undefined, at(1), null],
    ])
    expect(result.unchecked?.map(({ input, chain: on }) => [input, on?.id])).toEqual([
      ['ada.eth', 1],
      ['zoe.eth', 1],
      ['ada.eth', undefined],
    ])
  })

  test('make the same report in whatever order they are given', () => {
    const sorted = JSON.stringify(judge(targets).result)
    fc.assert(
      fc.property(fc.shuffledSubarray([...targets], { minLength: targets.length }), (shuffled) => {
        expect(JSON.stringify(judge(shuffled).result)).toBe(sorted)
      }),
    )
  })

  test('keep their tags and the place that names them, and are one by the schema', () => {
    const report = judge(targets)
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
    expect(report.result.targets[3]).toMatchObject({
      tags: ['payroll'],
      declaredAt: { file: 'wallets.yaml', line: 7 },
    })
    expect(report.result.unchecked?.[0]).toEqual({
      input: 'ada.eth',
      label: null,
      chain: { id: 1, name: 'chain 1' },
      error,
    })
  })

  test('at an endpoint of another chain stay what was asked for, and name no block of it', () => {
    const other = collectionOf({ chain: chain({ chainId: 137, expectedChainId: 10 }) }, { account: at(1), chainId: 10 })
    const finds = ruleOf('wrong-chain-endpoint', { judge: () => [draftOf(1)] })
    const targetOf = (collection: Collection) => judge([{ collection }], { rules: [finds] }).result.targets[0]
    const target = targetOf(other)
    expect(target).toMatchObject({ chain: { id: 10, name: 'OP Mainnet' }, block: null })
    const served = targetOf(collectionOf({ chain: chain({ chainId: 10, expectedChainId: 10 }) }, { account: at(1) }))
    const fingerprintOf = (of: typeof target) =>
      of?.outcomes
        .flatMap((outcome) => ('findings' in outcome ? outcome.findings : []))
        .map(({ fingerprint }) => fingerprint)
    expect(fingerprintOf(target)).toEqual(fingerprintOf(served))
  })

  test('count together', () => {
    const found = ruleOf('loud-thing', { judge: () => [draftOf(1), draftOf(2)] })
    const { summary } = judge([{ collection: collected(1) }, { collection: collected(2) }], {
      rules: [quiet, found],
    }).result
    expect(summary).toEqual({
      complete: true,
      exitCode: 1,
      findings: { critical: 0, high: 4, medium: 0, low: 0, info: 0 },
      outcomes: { passed: 2, found: 2, 'not-applicable': 0, inconclusive: 0 },
    })
  })

  test('one without an account leaves the run incomplete, which is never 0', () => {
    const { summary } = judge([{ collection: collected(1) }, unchecked('ada.eth')]).result
    expect(summary).toMatchObject({ complete: false, exitCode: 3 })
    expect(judge([unchecked('ada.eth')]).result.summary).toMatchObject({ complete: false, exitCode: 3 })
  })

  test('is one run: from the first start to the last end, with the requests to each host for each purpose', () => {
    const one = { ...collected(1), startedAt: '2026-11-23T08:00:05.000Z', durationSeconds: 10 }
    const other = {
      ...collected(2),
      startedAt: '2026-11-23T08:00:00.000Z',
      durationSeconds: 2.5,
      endpoint: { host: 'rpc.example', requests: 9 },
      logSource: { host: 'rpc.example', requests: 3 },
      interrupted: true,
    }
    expect(judge([{ collection: one }, { collection: other }]).run).toMatchObject({
      startedAt: '2026-11-23T08:00:00.000Z',
      durationSeconds: 15,
      interrupted: true,
      endpoints: [
        { host: 'rpc.example', requests: 50 },
        { host: 'rpc.example', requests: 3, role: 'logs' },
      ],
    })
    expect(judge([{ collection: one }, unchecked('ada.eth')]).run).toMatchObject({
      startedAt: '2026-11-23T07:59:00.000Z',
      durationSeconds: 75,
      endpoints: [{ host: 'rpc.example', requests: 43 }],
    })
  })

  test('names each list once', () => {
    const list = { name: 'Drainers', date: '2026-01-02', entries: 3 }
    const withList = (place: number) => collectionOf({ threats: threats({ lists: [list] }) }, { account: at(place) })
    const { lists } = judge([{ collection: withList(1) }, { collection: withList(2) }]).run
    expect(lists.filter(({ name }) => name === 'Drainers')).toEqual([list])
  })
})

describe('what holds for one target alone', () => {
  const counting = ruleOf('counted-thing')
  const two = (over: Partial<Extract<JudgedTarget, { collection: unknown }>>, options: JudgeOptions = {}) =>
    judgeMany([{ collection: collected(1) }, { collection: collected(2), ...over }], { rules: [counting], ...options })
      .result.targets

  test('its rule options outrank those for all, option by option', () => {
    const targets = two(
      { ruleOptions: { 'counted-thing': { findings: 2 } } },
      { ruleOptions: { 'counted-thing': { findings: 1 } } },
    )
    const counts = targets.map(({ outcomes: [one] }) => (one?.status === 'found' ? one.findings.length : 0))
    expect(counts).toEqual([1, 2])
  })

  test('a rule that is off is not among its outcomes, and a target without any rule is not complete', () => {
    const targets = two({ severities: { 'counted-thing': 'off' } })
    expect(targets.map(({ outcomes }) => outcomes.length)).toEqual([1, 0])
    expect(targets[1]?.verdict).toBe('inconclusive')
  })

  test('a severity takes the place of the rule’s own, for its verdict and for the exit code', () => {
    const options = { ruleOptions: { 'counted-thing': { findings: 1 } } }
    const targets = two({ severities: { 'counted-thing': 'info' } }, options)
    expect(targets.map(({ verdict }) => verdict)).toEqual(['attention', 'no-findings'])
    const { summary } = judgeMany([{ collection: collected(1), severities: { 'counted-thing': 'medium' } }], {
      rules: [counting],
      ...options,
    }).result
    expect(summary).toMatchObject({ exitCode: 0, findings: { high: 0, medium: 1 } })
  })

  // The rule says medium; three of its findings it weighs otherwise.
  test.each<[Severity, readonly Severity[]]>([
    ['critical', ['critical', 'critical', 'low', 'info']],
    ['high', ['high', 'high', 'low', 'info']],
    ['medium', ['high', 'medium', 'low', 'info']],
    ['low', ['low', 'low', 'low', 'info']],
    ['info', ['info', 'info', 'info', 'info']],
  ])('as %s, a rule that weighs some findings otherwise says %j', (wanted, expected) => {
    const weights = ['high', 'medium', 'low', 'info'] as const
    const rule = ruleOf('weighed-thing', {
      severity: 'medium',
      judge: () => weights.map((one, index) => draftOf(index, one)),
    })
    const [target] = judgeMany([{ collection: collected(1), severities: { 'weighed-thing': wanted } }], {
      rules: [rule],
    }).result.targets
    const [outcome] = target?.outcomes ?? []
    expect(outcome?.status === 'found' && outcome.findings.map(({ severity }) => severity)).toEqual(expected)
    expect(severities).toContain(wanted)
  })
})

describe('what cannot be judged is an error', () => {
  const good: JudgedTarget = { collection: collected(1) }
  test.each<[string, unknown, string]>([
    ['no target', [], 'invalid-option'],
    ['no array', good, 'invalid-option'],
    ['nothing', undefined, 'invalid-option'],
    ['something else', [good, { report: 1 }], 'invalid-option'],
    ['a collection that is none', [{ collection: { account: 1 } }], 'invalid-option'],
    ['a severity that there is not', [{ ...good, severities: { 'quiet-thing': 'grave' } }], 'invalid-option'],
    ['a severity of an unknown rule', [{ ...good, severities: { 'quite-thing': 'low' } }], 'unknown-rule'],
    ['options of an unknown rule', [{ ...good, ruleOptions: { 'quite-thing': {} } }], 'unknown-rule'],
    [
      'options that its rule refuses',
      [{ ...good, ruleOptions: { 'quiet-thing': { findings: -1 } } }],
      'invalid-rule-options',
    ],
    ['a place that is none', [{ ...good, declaredAt: { file: 'a' } }], 'invalid-option'],
    ['tags that are none', [{ ...good, tags: 'a' }], 'invalid-option'],
  ])('%s', (_, targets, code) => {
    let thrown: unknown
    try {
      judge(targets as readonly JudgedTarget[]) // what JavaScript may bring
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code })
  })
})

describe('a rule that is not asked', () => {
  const rules = ['loud-thing', 'quiet-thing', 'third-thing'].map((id) => ruleOf(id))

  test('is named at the account whose settings switch it off, and at no other', () => {
    const off = { collection: collected(1), severities: { 'third-thing': 'off', 'loud-thing': 'off' } } as const
    const { targets, notSelected } = judge([off, { collection: collected(2) }], { rules }).result
    expect(targets.map(({ switchedOff }) => switchedOff)).toEqual([['loud-thing', 'third-thing'], undefined])
    expect(notSelected).toBeUndefined()
  })

  test.each<[string, JudgeOptions]>([
    ['skipped', { skipRules: ['third-thing', 'loud-thing'] }],
    ['beside the only one', { onlyRules: ['quiet-thing'] }],
  ])('is named once for the run when it is %s', (_, options) => {
    const { targets, notSelected } = judge([{ collection: collected(1) }], { rules, ...options }).result
    expect(notSelected).toEqual(['loud-thing', 'third-thing'])
    expect(targets[0]?.switchedOff).toBeUndefined()
  })

  test('of plugins stands by its id, in whatever order they were loaded', () => {
    const foreign = ['zeta/first', 'acme/second', 'acme/first'].map((id) => ruleOf(id))
    const orders = [foreign, foreign.toReversed()].map((some) => [...some.slice(0, 1), ...rules, ...some.slice(1)])
    const reports = orders.map((given) => judge([{ collection: collected(1) }], { rules: given }).result)
    const ids = reports.map(({ targets }) => targets[0]?.outcomes.map(({ ruleId }) => ruleId))
    expect(ids[0]).toEqual(['loud-thing', 'quiet-thing', 'third-thing', 'acme/first', 'acme/second', 'zeta/first'])
    expect(JSON.stringify(reports[1])).toBe(JSON.stringify(reports[0]))
  })
})
