import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report, ReportFinding, ReportOutcome, ReportTarget } from '../../src/core/report.ts'
import { reportSchema } from '../../src/core/report.ts'
import { updateBaseline } from '../../src/engine/update-baseline.ts'
import { keepKnown, transitionsOf } from '../../src/notify/transitions.ts'
import { reportOf, sickFacts } from '../reporters/sample-reports.ts'

const sample = reportOf(sickFacts())
const [sampleTarget] = sample.result.targets
const sampleFinding = sampleTarget?.outcomes.flatMap((one) => (one.status === 'found' ? one.findings : []))[0]
if (sampleTarget === undefined || sampleFinding === undefined) throw new Error('the sample has no finding')
const base: ReportTarget = sampleTarget
const other = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'

type State = 'passed' | 'found' | 'partly' | 'unknown' | 'not-asked'
const because = { kind: 'fact-failed', fact: 'logs', error: { code: 'x', message: 'x.', data: {}, hints: [] } } as const

function finding(ruleId: string, more: Partial<ReportFinding> = {}): ReportFinding {
  return { ...(sampleFinding as ReportFinding), ruleId, fingerprint: ruleId.repeat(32), ...more } // looked at above
}

function outcome(ruleId: string, state: State, more: Partial<ReportFinding> = {}): readonly ReportOutcome[] {
  switch (state) {
    case 'passed':
      return [{ ruleId, status: 'passed' }]
    case 'found':
      return [{ ruleId, status: 'found', findings: [finding(ruleId, more)] }]
    case 'partly':
      return [{ ruleId, status: 'found', findings: [finding(ruleId, more)], because }]
    case 'unknown':
      return [{ ruleId, status: 'inconclusive', because }]
    case 'not-asked':
      return []
  }
}

type Given = Partial<Omit<ReportTarget, 'outcomes'>>
function report(states: Readonly<Record<string, State>>, more: Partial<ReportFinding> = {}, given: Given = {}): Report {
  const outcomes = Object.entries(states).flatMap(([ruleId, state]) => outcome(ruleId, state, more))
  return { ...sample, result: { ...sample.result, targets: [{ ...base, outcomes, ...given }] } }
}

/** What each run of a story tells, in words. */
function story(...runs: readonly Report[]): readonly (readonly string[])[] {
  let earlier: Report | null = null
  return runs.map((run) => {
    const told = transitionsOf(earlier, run).map((transition) =>
      'finding' in transition
        ? `${transition.change} ${transition.finding.ruleId}`
        : `${transition.change} ${transition.checks.join(' ')}`,
    )
    earlier = reportSchema.parse(JSON.parse(JSON.stringify(keepKnown(earlier, run))))
    return told
  })
}

describe('one run after another', () => {
  test('nothing changed: nothing is told', () => {
    expect(story(report({ a: 'passed' }), report({ a: 'passed' }))).toEqual([[], []])
    expect(story(report({ a: 'found' }), report({ a: 'found' }))).toEqual([['new a'], []])
  })

  test('the first tells what it found, and not what it could not read', () => {
    expect(story(report({ a: 'found', b: 'unknown', c: 'partly', d: 'passed' }))).toEqual([['new a', 'new c']])
  })

  test('found, gone, found again', () => {
    expect(story(report({ a: 'found' }), report({ a: 'passed' }), report({ a: 'found' }))).toEqual([
      ['new a'],
      ['resolved a'],
      ['new a'],
    ])
  })

  test('a finding that could not be read for a while is neither resolved nor new', () => {
    expect(
      story(report({ a: 'found' }), report({ a: 'unknown' }), report({ a: 'unknown' }), report({ a: 'found' })),
    ).toEqual([['new a'], ['unknown a'], [], ['known a']])
  })

  test('and is resolved once its rule could look again and found nothing', () => {
    expect(story(report({ a: 'found' }), report({ a: 'unknown' }), report({ a: 'passed' }))).toEqual([
      ['new a'],
      ['unknown a'],
      ['resolved a', 'known a'],
    ])
  })

  test('what became unknown is told once for all checks of an account, and what did later is told apart', () => {
    expect(
      story(
        report({ a: 'passed', b: 'passed', c: 'passed' }),
        report({ a: 'unknown', b: 'unknown', c: 'passed' }),
        report({ a: 'unknown', b: 'partly', c: 'unknown' }),
      ),
    ).toEqual([[], ['unknown a b'], ['new b', 'unknown c']])
  })

  test('a rule that is not asked any more says nothing', () => {
    expect(story(report({ a: 'found', b: 'passed' }), report({ b: 'passed' }), report({ a: 'found' }))).toEqual([
      ['new a'],
      [],
      [],
    ])
  })

  test('graver is worse, less grave is not', () => {
    const grave = (severity: 'low' | 'critical') => report({ a: 'found' }, { severity })
    expect(story(grave('low'), grave('critical'), grave('low'))).toEqual([['new a'], ['worse a'], []])
  })

  test('a suppressed finding is not told, and is new when its suppression has ended', () => {
    const suppressions = [{ reason: 'known', expires: '2027-01-01' }]
    expect(
      story(report({ a: 'found' }, { suppressions }), report({ a: 'found' }), report({ a: 'found' }, { suppressions })),
    ).toEqual([[], ['new a'], []])
    expect(story(report({ a: 'found' }, { suppressions }), report({ a: 'passed' }))).toEqual([[], []])
  })

  test('an endpoint that names no chain makes the account unknown where it was known, once', () => {
    const dead = report({ a: 'unknown' }, {}, { chain: null, block: null })
    expect(story(report({ a: 'found' }), dead, dead, report({ a: 'found' }))).toEqual([
      ['new a'],
      ['unknown a'],
      [],
      ['known a'],
    ])
    expect(story(dead, dead, report({ a: 'found' }))).toEqual([[], [], ['new a', 'known ']])
  })

  test('an account that is added later is told as at a first run; the others are not told again', () => {
    const two = report({ a: 'found' })
    const added = { ...base, account: other, outcomes: [...outcome('a', 'found'), ...outcome('b', 'unknown')] } as const
    const both: Report = {
      ...two,
      result: { ...two.result, targets: [...two.result.targets, added as ReportTarget] },
    }
    const told = transitionsOf(keepKnown(null, two), both)
    expect(told.map(({ change, target }) => [change, target.account])).toEqual([['new', other]])
  })

  test('a name that could not be resolved is told when it begins and when it ends', () => {
    const names = { input: 'pay.eth', label: null, chain: null, error: because.error }
    const without = report({ a: 'passed' })
    const lost: Report = { ...without, result: { ...without.result, unchecked: [names] } }
    expect(story(without, lost, lost, without)).toEqual([[], ['unknown '], [], ['known ']])
    expect(story(lost)).toEqual([[]])
  })

  const pay = { input: 'pay.eth', label: 'pay', chain: null, error: because.error }
  const withPay = (run: Report): Report => ({ ...run, result: { ...run.result, unchecked: [pay] } })
  const payTarget = (state: State) => report({ a: state }, {}, { account: other, label: 'pay' })

  test('it is not known again while nobody looked at it, nor while nothing of it could be read', () => {
    const others = report({ a: 'passed' })
    expect(story(others, withPay(others), others, withPay(others), payTarget('passed'))).toEqual([
      [],
      ['unknown '],
      [],
      [],
      ['known '],
    ])
    const told = story(others, withPay(others), payTarget('unknown'), payTarget('passed'))
    expect(told).toEqual([[], ['unknown '], ['unknown a'], ['known a', 'known ']])
  })

  test.each<[string, Given]>([
    ['by its address', {}],
    ['by an endpoint that names no chain', { chain: null, block: null }],
  ])('an account that is added and cannot be read is told as unknown, once: %s', (_, given) => {
    const here = report({ a: 'passed' })
    const added = report({ a: 'unknown', b: 'not-asked' }, {}, { account: other, ...given }).result.targets
    const both: Report = { ...here, result: { ...here.result, targets: [...here.result.targets, ...added] } }
    const [first, told, again, back] = story(here, both, both, report({ a: 'passed' }, {}, { account: other }))
    const checks = given.chain === null ? '' : 'a'
    expect([first, told, again, back]).toEqual([[], [`unknown ${checks}`], [], [`known ${checks}`]])
  })

  test('the gravest comes first', () => {
    const run: Report = {
      ...sample,
      result: {
        ...sample.result,
        targets: [
          {
            ...base,
            outcomes: [
              ...outcome('a', 'found', { severity: 'low' }),
              ...outcome('b', 'found', { severity: 'critical' }),
            ],
          },
        ],
      },
    }
    expect(story(run)).toEqual([['new b', 'new a']])
  })
})

describe('what is measured from the block of a baseline', () => {
  type Compared = Pick<ReportFinding, 'ruleId' | 'subject'>
  const at = '0x52908400098527886E0F7030069857D2E4169EE7'
  const grant: Compared = {
    ruleId: 'unexpected-spender',
    subject: { kind: 'allowance', token: at, owner: at, spender: other },
  }
  const outgoing = (subject: ReportFinding['subject']): Compared => ({ ruleId: 'unexpected-outgoing', subject })

  /** State of one block, judged by all who compare it. */
  function run(block: number, { ruleId, subject }: Compared, found: number | null): Report {
    const read = { block: String(block) }
    const state: ReportTarget['state'] = {
      balance: { amount: '1', ...read },
      nonce: { next: 1, ...read },
      tokens: { held: [], ...read },
      safe: { kind: 'none', ...read },
      spenders: { known: [], ...read },
    }
    const rest = ['balance-drop', 'unexpected-outgoing', 'unexpected-spender', 'safe-owner-changed']
      .filter((id) => id !== ruleId)
      .flatMap((id) => outcome(id, 'passed'))
    const data = { since: { type: 'block', value: String(found) } } as const
    const own = outcome(ruleId, found === null ? 'passed' : 'found', { subject, data })
    return { ...sample, result: { ...sample.result, targets: [{ ...base, outcomes: [...rest, ...own], state }] } }
  }
  const changes = (earlier: Report, now: Report, baseline: Report | null) =>
    transitionsOf(keepKnown(null, earlier), now, { baseline }).map(({ change }) => change)

  const compared: readonly (readonly [string, Compared])[] = [
    ['a grant', grant],
    ['coins', outgoing({ kind: 'account' })],
    ['coins that fell', { ruleId: 'balance-drop', subject: { kind: 'account' } }],
    ['a token', outgoing({ kind: 'token', token: at })],
    ['a transaction', outgoing({ kind: 'transaction', hash: `0x${'ab'.repeat(32)}` })],
    ['a transaction of a Safe account', outgoing({ kind: 'nonce', nonce: 7 })],
    ['the threshold of a Safe account', { ruleId: 'safe-owner-changed', subject: { kind: 'account' } }],
    ['what another rule compares', { ruleId: 'own-rule', subject: { kind: 'account' } }],
  ]
  describe.each(compared)('%s', (_, one) => {
    const before = updateBaseline(null, run(100, one, null))
    const found = run(110, one, 100)

    test('is resolved when it was set right and the baseline is the same', () => {
      expect(changes(found, run(120, one, null), before)).toEqual(['resolved'])
    })

    test('is accepted once a baseline of a later block has it', () => {
      expect(changes(found, run(120, one, null), updateBaseline(before, found))).toEqual(['accepted'])
    })

    test('is resolved where nothing says what was accepted', () => {
      expect(changes(found, run(120, one, null), null)).toEqual(['resolved'])
      expect(changes(found, run(120, one, null), { ...before, result: { ...before.result, targets: [] } })).toEqual([
        'resolved',
      ])
    })
  })

  test('is resolved while the part of the baseline that it is measured from has not moved, though others have', () => {
    const coins = outgoing({ kind: 'account' })
    const found = run(110, coins, 100)
    const [target] = updateBaseline(null, run(110, coins, null)).result.targets
    if (target?.state === undefined) throw new Error('the baseline has no state')
    const state = { ...target.state, balance: { amount: '1', block: '100' } }
    const baseline = { ...found, result: { ...found.result, targets: [{ ...target, state }] } }
    expect(changes(found, run(120, coins, null), baseline)).toEqual(['resolved'])
  })

  test.each([
    ['unexpected-outgoing', 'accepted'],
    ['balance-drop', 'resolved'],
  ])('by %s is %s where the baseline has a later state for unexpected-outgoing alone', (ruleId, expected) => {
    const coins: Compared = { ruleId, subject: { kind: 'account' } }
    const [known, found] = [run(100, coins, null), run(110, coins, 100)]
    const [before, after] = [known, found].map(({ result }) => result.targets[0])
    if (before === undefined || after?.state === undefined) throw new Error('two states')
    const targets = [{ ...before, compared: { 'unexpected-outgoing': after.state } }]
    const baseline = { ...known, result: { ...known.result, targets } }
    expect(changes(found, run(120, coins, null), baseline)).toEqual([expected])
  })

  test('and a finding that tells of no time is resolved, whatever the baseline has', () => {
    const [state, baseline] = [report({ a: 'found' }), updateBaseline(null, run(500, grant, null))]
    expect(changes(state, report({ a: 'passed' }), baseline)).toEqual(['resolved'])
  })
})

test('whatever happens: told once, never resolved unseen, nothing told of two runs alike', () => {
  const states = fc.constantFrom<State>('passed', 'found', 'partly', 'unknown', 'not-asked')
  fc.assert(
    fc.property(fc.array(fc.record({ a: states, b: states }), { minLength: 1, maxLength: 12 }), (history) => {
      const told = story(...history.map((run) => report(run)))
      for (const rule of ['a', 'b'] as const) {
        let isTold = false
        told.forEach((run, index) => {
          const now = history[index]?.[rule]
          if (run.includes(`new ${rule}`)) {
            expect(isTold).toBe(false)
            expect(['found', 'partly']).toContain(now)
            isTold = true
          }
          if (run.includes(`resolved ${rule}`)) {
            expect([isTold, now]).toEqual([true, 'passed'])
            isTold = false
          }
          if (now === 'found' || now === 'partly') expect(isTold).toBe(true)
        })
      }
      history.forEach((run, index) => {
        if (index > 0 && JSON.stringify(run) === JSON.stringify(history[index - 1])) expect(told[index]).toEqual([])
      })
    }),
  )
})
