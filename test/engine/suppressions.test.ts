import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { UncheckedTarget } from '../../src/core/collection.ts'
import type { Severity, Subject } from '../../src/core/finding.ts'
import { type Report, reportSchema } from '../../src/core/report.ts'
import { value } from '../../src/core/value.ts'
import {
  type JudgedTarget,
  type JudgeOptions,
  judgeMany,
  localizeReport,
  type Rule,
  type Suppression,
} from '../../src/index.ts'
import { account, at, chain, hashOf, owner } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const [token, spender, router] = [at(0x70), at(0x5e), at(0x7070)]
const subjects = {
  allowance: { kind: 'allowance', token, owner, spender },
  operator: { kind: 'operator', collection: token, owner, operator: spender },
  delegate: { kind: 'delegate', delegate: router },
  nonce: { kind: 'nonce', nonce: 7 },
} as const satisfies Readonly<Record<string, Subject>>

/** A rule that finds one problem of each subject. */
const granting = (severity: Severity = 'high', amount = 100n): Rule =>
  ruleOf('open-grant', {
    severity,
    judge: () =>
      Object.values(subjects).map((subject, index) => ({
        ...draftOf(index),
        subject,
        data: {
          count: value.count(index),
          ...(subject.kind === 'allowance' && { amount: value.tokenAmount(amount, { symbol: 'TKN', decimals: 18 }) }),
        },
      })),
  })
const target = (over: { readonly label?: string; readonly at?: string; readonly ens?: string } = {}): JudgedTarget => ({
  collection: collectionOf(
    { account: account({ ensName: over.ens ?? null }), chain: chain({ chainId: 1, expectedChainId: null }) },
    { label: over.label ?? 'treasury', startedAt: over.at ?? '2026-11-23T08:00:00.000Z' },
  ),
})
const base: Suppression = { rule: 'open-grant', account: 'treasury', reason: 'payout job', expires: '2027-03-31' }
const judge = (suppressions: readonly Suppression[], options: JudgeOptions = {}, targets = [target()]): Report =>
  judgeMany(targets, { rules: [granting()], suppressions, ...options })
const findingsOf = ({ result }: Report) =>
  result.targets.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : [])),
  )
const suppressedKinds = (report: Report) =>
  findingsOf(report).flatMap((finding) => (finding.suppressions === undefined ? [] : finding.subject.kind))

describe('what a suppression names must all fit', () => {
  test.each<[string, Partial<Suppression>, readonly string[]]>([
    ['the rule and the account', {}, ['allowance', 'delegate', 'nonce', 'operator']],
    ['another account', { account: 'payroll' }, []],
    [
      'the account by its address, in small letters',
      { account: owner.toLowerCase() },
      ['allowance', 'delegate', 'nonce', 'operator'],
    ],
    ['the account by its name', { account: 'Example.eth' }, ['allowance', 'delegate', 'nonce', 'operator']],
    ['the chain', { chain: 1 }, ['allowance', 'delegate', 'nonce', 'operator']],
    ['another chain', { chain: 10 }, []],
    ['the token, or the collection', { token: token.toLowerCase() }, ['allowance', 'operator']],
    ['the spender, or the operator', { spender }, ['allowance', 'operator']],
    ['the token and another spender', { token, spender: router }, []],
    ['another field of the subject', { subject: { delegate: router } }, ['delegate']],
    ['a number of the subject', { subject: { nonce: '7' } }, ['nonce']],
    ['another number', { subject: { nonce: '8' } }, []],
    ['a kind of subject', { subject: { kind: 'operator' } }, ['operator']],
    ['a field that no subject has', { subject: { toString: 'x' } }, []],
  ])('%s', (_, over, expected) => {
    const report = judge([{ ...base, ...over }], {}, [target({ ens: 'example.eth' })])
    expect([...suppressedKinds(report)].sort()).toEqual(expected)
    expect(report.result.summary.suppressed ?? 0).toBe(expected.length)
  })

  const hash = hashOf(0xab12)
  test.each<[string, string, boolean]>([
    ['34 characters of it', hash.slice(0, 34), true],
    ['34 characters in capitals', `0x${hash.slice(2, 34).toUpperCase()}`, true],
    ['33 characters of it', hash.slice(0, 33), false],
    ['34 characters of another', `0x${'9'.repeat(32)}`, false],
    ['all of it', hash, true],
  ])('a transaction by its hash: %s', (_, wanted, isSuppressed) => {
    const sent = ruleOf('open-grant', {
      judge: () => [{ ...draftOf(1), subject: { kind: 'transaction', hash } }],
    })
    const report = judge([{ ...base, subject: { hash: wanted } }], { rules: [sent] })
    expect(suppressedKinds(report)).toEqual(isSuppressed ? ['transaction'] : [])
  })

  test('another rule is left alone', () => {
    const report = judge([base], { rules: [granting(), ruleOf('other-thing', { judge: () => [draftOf(1)] })] })
    expect(report.result.summary).toMatchObject({ suppressed: 4, findings: { high: 1 }, exitCode: 1 })
  })
})

describe('a suppressed finding', () => {
  const report = judge([{ ...base, declaredAt: { file: 'wallets.yaml', line: 9 } }])

  test('stays in the report with the reason, the last day and the place', () => {
    expect(findingsOf(report)).toHaveLength(4)
    expect(findingsOf(report)[0]?.suppressions).toEqual([
      { reason: 'payout job', expires: '2027-03-31', declaredAt: { file: 'wallets.yaml', line: 9 } },
    ])
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  })

  test('counts neither for the verdict nor for the exit code nor among the findings', () => {
    expect(report.result.targets[0]?.verdict).toBe('no-findings')
    expect(report.result.summary).toEqual({
      complete: true,
      exitCode: 0,
      findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      suppressed: 4,
      outcomes: { passed: 0, found: 1, 'not-applicable': 0, inconclusive: 0 },
    })
  })

  test('does not make a run complete that was not', () => {
    const partly: Rule = {
      ...granting(),
      unread: () => [{ fact: 'account', about: 'logs', error: { code: 'stopped', message: '', data: {}, hints: [] } }],
    }
    expect(judge([base], { rules: [partly] }).result.summary).toMatchObject({ complete: false, exitCode: 3 })
  })

  test('of two suppressions names both', () => {
    const both = judge([base, { ...base, reason: 'audit', spender }])
    const [allowance] = findingsOf(both).filter(({ subject }) => subject.kind === 'allowance')
    expect(allowance?.suppressions?.map(({ reason }) => reason)).toEqual(['audit', 'payout job'])
  })
})

test.each([
  ['asked for', 1, 1],
  ['that the endpoint serves', 10, 0],
])('of an endpoint of another chain, the chain %s: %i', (_, asked, count) => {
  const misled = collectionOf({ chain: chain({ chainId: 10, expectedChainId: 1 }) }, { label: 'treasury' })
  const rules = [ruleOf('wrong-chain-endpoint', { judge: () => [draftOf(1)] })]
  const suppression = { ...base, rule: 'wrong-chain-endpoint', chain: asked }
  expect(judge([suppression], { rules }, [{ collection: misled }]).result.summary.suppressed ?? 0).toBe(count)
})

test('critical findings are excused for a named account only', () => {
  const { account: _, ...everywhere } = base
  const exit = (suppression: Suppression, severity: Severity) =>
    judge([suppression], { rules: [granting(severity)] }).result.summary.exitCode
  expect(exit(everywhere, 'critical')).toBe(1)
  expect(exit(everywhere, 'high')).toBe(0)
  expect(exit(base, 'critical')).toBe(0)
})

describe('time', () => {
  test.each([
    ['2027-03-31T23:59:59.999Z', 4],
    ['2027-04-01T00:00:00.000Z', 0],
  ])('at %s a suppression until 2027-03-31 excuses %i findings', (at, count) => {
    const report = judge([base], {}, [target({ at })])
    expect(report.result.summary.suppressed ?? 0).toBe(count)
  })

  test('one that has ended says so, with what counts again', () => {
    const report = judge([base], {}, [target({ at: '2027-04-01T00:00:00.000Z' })])
    expect(report.result.notices).toMatchObject([
      {
        kind: 'suppression-expired',
        message:
          'A suppression of open-grant ended on 2027-03-31 (payout job). The 4 findings that it excused count again.',
      },
    ])
    expect(report.result.summary.exitCode).toBe(1)
  })

  test('the notice speaks every language', () => {
    const report = judge([base], { locale: 'ja' }, [target({ at: '2027-04-01T00:00:00.000Z' })])
    expect(report.result.notices?.[0]?.message).toBe(
      'open-grant を除外する設定は 2027-03-31 に期限が切れました(payout job)。除外していた4件を、再び数えます。',
    )
    expect(localizeReport(report, 'en').result.notices?.[0]?.message).toContain('ended on 2027-03-31')
  })
})

describe('while', () => {
  const limited = { ...base, token, while: { maxAllowance: '100' }, subject: { kind: 'allowance' } }
  test.each([
    [99n, 1, undefined],
    [100n, 1, undefined],
    [101n, 0, 'suppression-outdated'],
  ])('an allowance of %i against at most 100: %i excused, notice %s', (amount, count, notice) => {
    const report = judge([limited], { rules: [granting('high', amount)] })
    expect(report.result.summary.suppressed ?? 0).toBe(count)
    expect(report.result.notices?.[0]?.kind).toBe(notice)
  })

  test('a finding that says no amount is not excused', () => {
    const report = judge([{ ...limited, subject: { kind: 'operator' } }])
    expect(report.result.summary.suppressed).toBeUndefined()
    expect(report.result.notices?.[0]?.message).toContain('a finding allows more than 100, and counts')
  })
})

describe('one that excuses nothing', () => {
  const unused = { ...base, spender: router }
  const kinds = (report: Report) => report.result.notices?.map(({ kind }) => kind) ?? []
  const error = { code: 'stopped', message: '', data: {}, hints: [] }

  test('is told', () => {
    expect(kinds(judge([unused]))).toEqual(['suppression-unused'])
    expect(kinds(judge([base], { rules: [ruleOf('open-grant')] }))).toEqual(['suppression-unused'])
  })

  const open: UncheckedTarget = {
    kind: 'unchecked',
    input: 'ada.eth',
    label: 'payroll',
    chain: null,
    error,
    endpoint: { host: 'rpc.example', requests: 1 },
    startedAt: '2026-11-23T08:00:00.000Z',
  }
  test.each<[string, Suppression, JudgeOptions, readonly JudgedTarget[]]>([
    ['its account was not asked about', { ...unused, account: 'payroll' }, {}, [target()]],
    ['its account could not be found', { ...unused, account: 'payroll' }, {}, [target(), open]],
    [
      'some account could not be found, and it is for all',
      { rule: base.rule, reason: 'r', expires: base.expires, spender: router },
      {},
      [target(), open],
    ],
    [
      'its rule was not asked',
      unused,
      { skipRules: ['open-grant'], rules: [granting(), ruleOf('other-thing')] },
      [target()],
    ],
    ['its rule does not apply', unused, { rules: [ruleOf('open-grant', { applies: () => false })] }, [target()]],
    [
      'its rule could not see everything',
      unused,
      { rules: [{ ...granting(), unread: () => [{ fact: 'account', about: 'logs', error }] }] },
      [target()],
    ],
  ])('may still be needed: %s', (_, suppression, options, targets) => {
    expect(kinds(judge([suppression], options, [...targets]))).toEqual([])
  })
})

describe('one that excuses nothing here may be for an account that this run was not asked about', () => {
  const { account: _, ...everywhere } = { ...base, spender: router }
  const kinds = (suppression: Suppression, otherAccounts: NonNullable<JudgeOptions['otherAccounts']>) =>
    judge([suppression], { otherAccounts }, [target({ ens: 'example.eth' })]).result.notices?.map(({ kind }) => kind) ??
    []
  const payroll = { account: at(0xab), label: 'payroll', chainId: 1 }
  const elsewhere = { account: owner, label: 'treasury', chainId: 10 }

  test.each<[string, Suppression, typeof payroll | { account: string; chainId: number }, boolean]>([
    ['for all accounts, and there is another', everywhere, payroll, false],
    ['for all on this chain, and there is another on it', { ...everywhere, chain: 1 }, payroll, false],
    ['for all on this chain, and another is elsewhere', { ...everywhere, chain: 1 }, elsewhere, true],
    ['for one, and there is another', { ...base, spender: router }, payroll, true],
    ['for one, which is on another chain too', { ...base, spender: router }, elsewhere, false],
    ['for one on this chain, which is on another too', { ...base, spender: router, chain: 1 }, elsewhere, true],
    [
      'for one by its address, which is on another chain too',
      { ...everywhere, account: owner.toLowerCase() },
      elsewhere,
      false,
    ],
    [
      'for an address, which a name may have',
      { ...everywhere, account: owner },
      { ...payroll, account: 'a.eth' },
      false,
    ],
    ['for a name, and there is an address', { ...everywhere, account: 'example.eth' }, payroll, true],
    ['for a label, and there is a name', { ...base, spender: router }, { account: 'a.eth', chainId: 1 }, true],
  ])('%s', (_, suppression, other, isUnused) => {
    expect(kinds(suppression, [])).toEqual(['suppression-unused'])
    expect(kinds(suppression, [other])).toEqual(isUnused ? ['suppression-unused'] : [])
  })

  test('an account whose chain nobody knows may be on the one that it names', () => {
    const silent = collectionOf({ chain: new Error('no answer') }, { label: 'treasury' })
    const named: Suppression = { ...base, spender: router, chain: 1 }
    const targets = [target(), { collection: silent }]
    expect(judge([named], {}, targets).result.notices).toBeUndefined()
  })

  test('an account of which nothing was read may have the name that it gives', () => {
    const nameless = collectionOf({
      account: new Error('no answer'),
      chain: chain({ chainId: 10, expectedChainId: 10 }),
    })
    const named: Suppression = { ...base, spender: router, account: 'example.eth' }
    const targets = [target({ ens: 'example.eth' }), { collection: nameless }]
    expect(judge([named], {}, targets).result.notices).toBeUndefined()
    expect(judge([{ ...named, chain: 1 }], {}, targets).result.notices).toHaveLength(1)
  })
})

describe('one that cannot be used is refused', () => {
  test.each<[string, Partial<Suppression>, string, string?]>([
    ['an unknown rule', { rule: 'open-grants' }, 'unknown-rule'],
    ['no reason', { reason: '  ' }, 'invalid-suppression', 'reason'],
    ['no date', { expires: 'never' }, 'invalid-suppression', 'expires'],
    ['a day that is none', { expires: '2027-02-30' }, 'invalid-suppression', 'expires'],
    ['181 days', { expires: '2027-05-23' }, 'invalid-suppression', 'late'],
    ['a limit that is no number', { while: { maxAllowance: '1e9' } }, 'invalid-suppression', 'limit'],
  ])('%s', (_, over, code, problem) => {
    let thrown: unknown
    try {
      judge([{ ...base, ...over }])
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code, ...(problem !== undefined && { data: { problem: { value: problem } } }) })
  })

  test('180 days are the most, unless another number is given', () => {
    expect(judge([{ ...base, expires: '2027-05-22' }]).result.summary.suppressed).toBe(4)
    expect(judge([{ ...base, expires: '2027-05-23' }], { maximumSuppressionDays: 181 }).result.summary.suppressed).toBe(
      4,
    )
    expect(() => judge([base], { maximumSuppressionDays: 30 })).toThrow('30 days are the most')
  })
})

describe('with a baseline', () => {
  test('a finding whose suppression ended is new, though the baseline has it', () => {
    const baseline = judge([base])
    const during = judge([base], { baseline, failOnNew: true })
    expect(findingsOf(during).map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged'])
    const after = judge([base], { baseline, failOnNew: true }, [target({ at: '2027-04-01T00:00:00.000Z' })])
    expect(findingsOf(after).map(({ change }) => change)).toEqual(['new', 'new', 'new', 'new'])
    expect(after.result.summary.exitCode).toBe(1)
  })

  test('suppressed findings are not among the changes', () => {
    expect(judge([base], { baseline: judge([]) }).result.summary.changes).toEqual({
      new: 0,
      unchanged: 0,
      updated: 0,
      absent: 0,
      unknown: 0,
    })
  })
})

test('suppressing some findings never changes the others', () => {
  const rules = [granting(), ruleOf('other-thing', { judge: () => [draftOf(1), draftOf(2)] })]
  const field = <Value>(...values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  const suppression = fc.record(
    {
      rule: fc.constantFrom('open-grant', 'other-thing'),
      account: field('treasury', owner, 'payroll'),
      chain: field(1, 10),
      token: field<string>(token, router),
      spender: field<string>(spender, router),
      reason: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
      expires: fc.constantFrom('2026-11-22', '2026-11-23', '2027-03-31'),
    },
    { requiredKeys: ['rule', 'reason', 'expires'] },
  )
  const plain = findingsOf(judge([], { rules }))
  fc.assert(
    fc.property(fc.array(suppression, { maxLength: 4 }), (given) => {
      const suppressions = JSON.parse(JSON.stringify(given)) as readonly Suppression[] // without undefined fields
      const report = judge(suppressions, { rules })
      expect(findingsOf(report).map(({ suppressions: _, ...finding }) => finding)).toEqual(plain)
      const { summary } = report.result
      expect((summary.suppressed ?? 0) + summary.findings.high).toBe(plain.length)
      const reversed = judge([...suppressions].reverse(), { rules })
      expect(JSON.stringify(reversed.result)).toBe(JSON.stringify(report.result))
    }),
  )
})
