import { describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/core/report.ts'
import type { Rule } from '../../src/core/rule.ts'
import { tool } from '../../src/core/tool.ts'
import { judge } from '../../src/engine/judge.ts'
import { localizeReport } from '../../src/engine/localize.ts'
import { buildReport, verdictOf } from '../../src/engine/report.ts'
import {
  account,
  activity,
  at,
  hashOf,
  holding,
  logs,
  mempool,
  missing,
  owner,
  pendingSummary,
  pendingTransaction,
  threats,
  tokens,
} from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const asked = { scope: 'endpoint' } as const

const defaults = { tool, locale: 'en', failOn: 'high', allowIncomplete: false } as const

function reportOf(rules: readonly Rule[], collection = collectionOf()) {
  return buildReport(
    { targets: [{ collection, outcomes: judge(rules, collection) }], unchecked: [] },
    { ...defaults, rules },
  )
}
const finding = (severity: Rule['severity']) => ruleOf(`${severity}-thing`, { severity, judge: () => [draftOf(7)] })

describe('a report', () => {
  const report = reportOf([ruleOf('quiet-thing'), finding('high')])

  test('is one by its own schema', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  })

  test('says who, where, when and by which endpoint', () => {
    expect(report.run).toMatchObject({
      tool: { name: 'wallet-checkup' },
      startedAt: '2026-11-23T08:00:00.000Z',
      durationSeconds: 1.5,
      locale: 'en',
      interrupted: false,
      endpoints: [{ host: 'rpc.example', requests: 41 }],
    })
    expect(report.result.targets[0]).toMatchObject({
      chain: { id: 1, name: 'Ethereum' },
      block: { number: '21000000', timestamp: 1_730_000_000 },
      coverage: [{ fact: 'logs', fromBlock: '0', toBlock: '21000000', gaps: [] }],
    })
  })

  test('counts findings and outcomes', () => {
    expect(report.result.summary).toEqual({
      complete: true,
      exitCode: 1,
      findings: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
      outcomes: { passed: 1, found: 1, 'not-applicable': 0, inconclusive: 0 },
    })
  })

  test('keeps the gaps of a scan, and the lists of both kinds', () => {
    const coverage = { fromBlock: 5n, toBlock: 99n, gaps: [{ fromBlock: 7n, toBlock: 8n }] }
    const list = (name: string) => ({ name, date: '2026-01-01', entries: 1 })
    const collection = collectionOf({
      logs: logs({ coverage }),
      threats: threats({ lists: [list('threats')] }),
      tokens: tokens({ lists: [list('tokens')] }),
    })
    const { run, result } = reportOf([ruleOf('quiet-thing')], collection)
    expect(result.targets[0]?.coverage).toEqual([
      { fact: 'logs', fromBlock: '5', toBlock: '99', gaps: [{ fromBlock: '7', toBlock: '8' }] },
    ])
    expect(run.lists.map(({ name }) => name)).toEqual(['threats', 'tokens'])
  })

  test('names who listed the logs, where it was not the endpoint', () => {
    const logSource = { host: 'explorer.example', requests: 15 }
    const collection = collectionOf({ logs: { ...logs(), source: logSource.host } }, { logSource })
    const { run, result } = reportOf([ruleOf('quiet-thing')], collection)
    expect(run.endpoints).toEqual([
      { host: 'rpc.example', requests: 41 },
      { ...logSource, role: 'logs' },
    ])
    expect(result.targets[0]?.coverage[0]?.source).toBe('explorer.example')
  })

  test.each([
    ['how much of its list is on the chain', { rows: 6, confirmed: 5, error: null }],
    ['why it listed none', { rows: 0, confirmed: 0, error: missing('history').error }],
  ])('names who listed the history, and %s', (_, listed) => {
    const historySource = { host: 'explorer.example', requests: 2 }
    const collection = collectionOf({ activity: { ...activity(), listed } }, { historySource })
    const { run, result } = reportOf([ruleOf('quiet-thing')], collection)
    expect(run.endpoints[1]).toEqual({ ...historySource, role: 'history' })
    expect(result.targets[0]?.listedHistory).toEqual({ host: 'explorer.example', ...listed })
  })

  test('says nothing of a list that was not needed', () => {
    const historySource = { host: 'explorer.example', requests: 0 }
    const { result } = reportOf([ruleOf('quiet-thing')], collectionOf({ activity: activity() }, { historySource }))
    expect(result.targets[0]).not.toHaveProperty('listedHistory')
  })

  test('of a node that answered nothing has no chain, no block, and is not an all-clear', () => {
    const down = new Error('down')
    const collection = collectionOf({ chain: down, account: down, logs: down, threats: down, tokens: down })
    const { result } = reportOf([ruleOf('quiet-thing')], collection)
    expect(result.targets[0]).toMatchObject({ chain: null, block: null, verdict: 'inconclusive', coverage: [] })
    expect(result.summary).toMatchObject({ complete: false, exitCode: 3 })
  })

  test('has the same result for the same facts, whenever it is made', () => {
    const later = {
      startedAt: '2030-01-01T00:00:00.000Z',
      durationSeconds: 9,
      endpoint: { host: 'other', requests: 1 },
    }
    const again = reportOf([ruleOf('quiet-thing'), finding('high')], collectionOf({}, later))
    expect(JSON.stringify(again.result)).toBe(JSON.stringify(report.result))
  })
})

describe('what was seen', () => {
  const seen = (facts: Parameters<typeof collectionOf>[0]) =>
    reportOf([ruleOf('quiet-thing')], collectionOf(facts)).result.targets[0]?.seen

  test('of an ordinary account', () => {
    expect(seen({ tokens: tokens({ holdings: [holding()] }) })).toEqual({
      balance: String(10n ** 18n),
      coin: 'ETH',
      kind: 'account',
      transactionsSent: 7,
      tokensHeld: 1,
      waiting: { pending: 0, queued: 0, unplaced: 0, invisible: 0, isComplete: true, ...asked },
    })
  })

  const ends = '0x1234…abcd'
  const sources = [{ method: 'txpool_content', status: 'not-asked', error: null } as const]
  test.each([
    [
      'each place apart',
      {
        transactions: [
          pendingTransaction(),
          pendingTransaction({ nonce: 9, state: 'queued' }),
          pendingTransaction({ nonce: 10, state: 'queued' }),
        ],
      },
      { pending: 1, queued: 2, unplaced: 0, invisible: 0, isComplete: true, ...asked },
    ],
    [
      'those of which a summary is shown, as any other',
      { transactions: [pendingTransaction()], summaries: [pendingSummary({ nonce: 9, state: 'queued' })] },
      { pending: 1, queued: 1, unplaced: 0, invisible: 0, isComplete: true, ...asked },
    ],
    [
      'of those that were named the unknown ones only',
      {
        named: [
          { status: 'unknown', ends },
          { status: 'unread', ends, error: missing('mempool').error },
          { status: 'replaced', hash: hashOf(1), from: at(1), nonce: 3, by: null },
        ],
        missing: [missing('named-transaction')],
      },
      { pending: 0, queued: 0, unplaced: 0, invisible: 1, isComplete: true, ...asked },
    ],
    [
      'those that the endpoint knows and cannot place, of the account only',
      {
        named: [
          { status: 'waiting', hash: hashOf(1), from: owner, nonce: 9, place: 'unplaced' },
          { status: 'waiting', hash: hashOf(2), from: at(0x57a6e), nonce: 9, place: 'unplaced' },
          { status: 'unknown', ends },
        ],
        listsQueued: false,
        missing: [missing('mempool')],
      },
      { pending: 0, queued: 0, unplaced: 1, invisible: 1, isComplete: false, ...asked },
    ],
    [
      'one that was named and placed once only',
      {
        transactions: [pendingTransaction()],
        named: [{ status: 'waiting', hash: pendingTransaction().hash, from: owner, nonce: 7, place: 'pending' }],
      },
      { pending: 1, queued: 0, unplaced: 0, invisible: 0, isComplete: true, ...asked },
    ],
    [
      'a pool that is not shared',
      { listsQueued: false, missing: [missing('mempool')] },
      { pending: 0, queued: 0, unplaced: 0, invisible: 0, isComplete: false, ...asked },
    ],
    ['a past block, where nobody looked', { sources, missing: [missing('mempool')] }, null],
  ] as const)('what waits: %s', (_, over, waiting) => {
    expect(seen({ mempool: mempool(over) })?.waiting).toEqual(waiting)
  })

  test('what waits is not said of a contract, nor where it was not read', () => {
    const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
    expect([seen({ account: contract })?.waiting, seen({ mempool: new Error('down') })?.waiting]).toEqual([null, null])
  })

  test('of a contract, which sends no transactions', () => {
    const contract = account({ balance: 0n, code: { kind: 'contract', codeHash: hashOf(1) } })
    expect(seen({ account: contract })).toMatchObject({ balance: '0', kind: 'contract', transactionsSent: null })
  })

  test('of a delegated account', () => {
    const delegated = account({ code: { kind: 'delegated', delegate: at(1), delegateCodeHash: null } })
    expect(seen({ account: delegated })).toMatchObject({ kind: 'delegated', transactionsSent: 7 })
  })

  test.each(['token-balance', 'logs'] as const)('counts no tokens when %s is missing', (about) => {
    expect(seen({ tokens: tokens({ missing: [missing(about)] }) })?.tokensHeld).toBeNull()
  })

  test('counts tokens without their names', () => {
    expect(seen({ tokens: tokens({ missing: [missing('token-metadata')] }) })?.tokensHeld).toBe(0)
  })

  test('of a node that answered nothing is nothing', () => {
    const down = new Error('down')
    expect(seen({ chain: down, account: down, nonces: down, tokens: down, mempool: down })).toEqual({
      balance: null,
      coin: null,
      kind: null,
      transactionsSent: null,
      tokensHeld: null,
      waiting: null,
    })
  })
})

describe('the verdict', () => {
  const incomplete = collectionOf({ account: account({ missing: [missing('logs')] }) })
  const verdict = (rules: readonly Rule[], collection = collectionOf()) => verdictOf(judge(rules, collection))

  test.each([
    ['critical', 'critical'],
    ['high', 'attention'],
    ['medium', 'attention'],
    ['low', 'attention'],
    ['info', 'no-findings'],
  ] as const)('of a %s finding is %s', (severity, expected) => {
    expect(verdict([ruleOf('quiet-thing'), finding(severity)])).toBe(expected)
  })

  test('of the worst finding wins', () => {
    expect(verdict([finding('low'), finding('critical'), finding('high')])).toBe('critical')
  })

  test('of nothing found and something unseen is inconclusive', () => {
    expect(verdict([ruleOf('quiet-thing')], incomplete)).toBe('inconclusive')
  })

  test('of something found and something unseen is what was found', () => {
    expect(verdict([finding('high')], incomplete)).toBe('attention')
  })

  test('of no rule is inconclusive', () => {
    expect(verdict([])).toBe('inconclusive')
  })
})

describe('another language', () => {
  const rules = [finding('high')]
  const english = reportOf(rules)
  const words = (report: typeof english) =>
    report.result.targets.flatMap(({ outcomes }) =>
      outcomes.flatMap((outcome) =>
        outcome.status === 'found'
          ? outcome.findings.map(({ title, message, steps, links }) => ({ title, message, steps, links }))
          : [],
      ),
    )

  test('changes the words and nothing else', () => {
    const japanese = localizeReport(english, rules, 'ja')
    expect(words(japanese)).toEqual([
      {
        title: 'high-thingの題名',
        message: 'high-thingの題名: 7',
        steps: ['Do 7'],
        links: ['https://support.metamask.io/ja/stay-safe/'],
      },
    ])
    expect(japanese.run.locale).toBe('ja')
    expect(localizeReport(japanese, rules, 'en')).toEqual(english)
  })

  test('leaves the words of a rule that is not known here', () => {
    expect(words(localizeReport(english, [], 'ja'))).toEqual(words(english))
  })

  test('leaves the words of a message that a rule no longer has', () => {
    const rule = ruleOf('high-thing')
    const renamed: Rule = { ...rule, text: { ...rule.text, ja: { ...rule.text.ja, messages: {} } } }
    expect(words(localizeReport(english, [renamed], 'ja'))).toEqual(words(english))
  })

  test('leaves the words of a message that now wants other data', () => {
    const rule = ruleOf('high-thing')
    const messages = { one: { message: '{spender}', steps: [] } }
    const changed: Rule = { ...rule, text: { ...rule.text, ja: { ...rule.text.ja, messages } } }
    expect(words(localizeReport(english, [changed], 'ja'))).toEqual(words(english))
  })
})
