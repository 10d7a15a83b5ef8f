import { describe, expect, test } from 'vitest'
import { defineRule, type Rule, type RuleText, value, z } from '../../src/rule.ts'
import { account, allowance, approvals, at, missing, type RuleCases, spender, testRule } from '../../src/testing.ts'

const en = {
  title: 'Somebody may take a token',
  decides: 'A live grant.',
  why: 'It can be used.',
  messages: { one: { message: '{who} may take a token.', steps: ['End the grant of {who}.'] } },
} as const satisfies RuleText
const ja = {
  title: 'トークンを移せる相手がいます',
  decides: '有効な許可を調べます。',
  why: '使われる恐れがあります。',
  messages: { one: { message: '{who} はトークンを移せます。', steps: ['{who} への許可を終わらせます。'] } },
} as const satisfies RuleText

type Judge = Rule['judge']
const evidence = [{ kind: 'read', method: 'eth_call', block: 'latest', value: '1' }] as const
const draft = (who: `0x${string}`) => ({
  messageId: 'one' as const,
  subject: { kind: 'allowance' as const, token: at(0x70), owner: at(1), spender: who },
  data: { who: value.address(who) },
  evidence,
})
const soundJudge: Judge = ({ approvals: { grants } }) => grants.map((grant) => draft(grant.spender.address))

const sound: Rule = defineRule({
  id: 'acme/any-grant',
  severity: 'medium',
  confidence: 'certain',
  needs: ['approvals', 'account'],
  text: { en, ja },
  options: z.object({ least: z.number().default(1).describe('The least number of grants.') }),
  applies: ({ account: { code } }) => code.kind !== 'contract',
  judge: ({ approvals: { grants } }, { least }) =>
    grants.length < least ? [] : grants.map((grant) => draft(grant.spender.address)),
})

const grant = (number: number) => allowance({ spender: spender({ address: at(number) }) })
const two = { facts: { approvals: approvals([grant(2), grant(3)]) }, finds: ['one', 'one'] } as const
const unread = { facts: { approvals: approvals([], { missing: [missing('logs')] }) } }
const contract = account({ code: { kind: 'contract', codeHash: `0x${'1'.repeat(64)}` } })
const cases: RuleCases = {
  healthy: { 'no grant': { facts: {} }, 'a contract': { facts: { account: contract }, ends: 'not-applicable' } },
  unhealthy: { 'two grants': two },
  unknown: { 'logs not read': unread },
}

const judging = (judge: Judge): Rule => ({ ...sound, judge })
const saying = (text: Partial<RuleText>, japanese: Partial<RuleText> = {}): Rule => ({
  ...sound,
  text: { en: { ...en, ...text }, ja: { ...ja, ...japanese } },
})
const first =
  (rule: Rule, given: RuleCases = cases) =>
  () =>
    testRule(rule, given)

test('a sound rule passes', () => {
  expect(first(sound)).not.toThrow()
})

test('with a runner each case is a test of its own, and a broken rule fails its own only', () => {
  const registered: (readonly [string, () => void])[] = []
  testRule(
    judging(() => []),
    cases,
    { test: (name, run) => registered.push([name, run]) },
  )
  const failing = registered.filter(([, run]) => {
    try {
      run()
      return false
    } catch {
      return true
    }
  })
  expect(registered.map(([name]) => name)).toEqual([
    'acme/any-grant: the rule itself',
    'acme/any-grant: healthy: no grant',
    'acme/any-grant: healthy: a contract',
    'acme/any-grant: unhealthy: two grants',
    'acme/any-grant: unknown: logs not read',
  ])
  expect(failing.map(([name]) => name)).toEqual(['acme/any-grant: unhealthy: two grants'])
})

test('all that fails is told at once, as an assertion error', () => {
  const failure = (() => {
    try {
      testRule({ ...judging(() => []), reliesOn: () => false }, cases)
    } catch (error) {
      return error
    }
  })()
  expect(failure).toMatchObject({ name: 'AssertionError' })
  expect(String(failure)).toBe(
    [
      'AssertionError [ERR_ASSERTION]: acme/any-grant fails 2 of 5 checks:',
      '- unhealthy: two grants: it ends in passed, not in found',
      '- unknown: logs not read: it ends in passed, not in inconclusive',
    ].join('\n'),
  )
})

describe('what a rule does wrong', () => {
  const broken: readonly (readonly [string, Rule, RegExp])[] = [
    [
      'it changes its facts',
      judging((facts) => {
        ;(facts.approvals.grants as unknown[]).length = 0
        return []
      }),
      /two grants: it crashed\. TypeError: Cannot/,
    ],
    [
      'it takes the first of a list that has no order',
      judging(({ approvals: { grants } }) => grants.slice(0, 1).map(({ spender: { address } }) => draft(address))),
      /two grants: acme\/any-grant comes to something else when the lists in its facts have another order/,
    ],
    [
      'it reads the clock',
      judging((facts, options) => (Date.now() > 0 ? soundJudge(facts, options) : [])),
      /it crashed\. Error: Date\.now was used/,
    ],
    [
      'it makes a date of now',
      judging((facts, options) => (new Date().getFullYear() > 0 ? soundJudge(facts, options) : [])),
      /it crashed\. Error: new Date\(\) was used/,
    ],
    [
      'it plays with chance',
      judging((facts, options) => (Math.random() < 2 ? soundJudge(facts, options) : [])),
      /it crashed\. Error: Math\.random was used/,
    ],
    [
      'it reads a fact that it did not ask for',
      judging(({ tokens }) => tokens.holdings.map(() => draft(at(1)))),
      /it crashed\. UndeclaredFactError: The rule acme\/any-grant read the fact tokens/,
    ],
    [
      'it calls two findings the same',
      judging(({ approvals: { grants } }) => grants.map(() => draft(at(2)))),
      /two findings have the same subject/,
    ],
    [
      'it proves nothing',
      judging((facts, options) =>
        soundJudge(facts, options).map((one) => ({ ...one, evidence: [] as unknown as typeof evidence })),
      ),
      /one: it has no evidence/,
    ],
    [
      'its evidence is of no known kind',
      judging((facts, options) =>
        soundJudge(facts, options).map((one) => ({ ...one, evidence: [{ kind: 'hearsay' }] as never })),
      ),
      /two grants: .*cannot be reported: evidence\.0\.kind/,
    ],
    [
      'it leaves out a value of its message',
      judging((facts, options) => soundJudge(facts, options).map((one) => ({ ...one, data: {} }))),
      /two grants: .*variable "who" was not provided/,
    ],
    [
      'it names a message that it does not have',
      judging((facts, options) => soundJudge(facts, options).map((one) => ({ ...one, messageId: 'other' }))),
      /two grants: .*no en text for acme\/any-grant\/other/,
    ],
    [
      'its Japanese wants another value',
      saying({}, { messages: { one: { message: '{whom} です。', steps: ['{who} です。'] } } }),
      /two grants: .*variable "whom" was not provided/,
    ],
    [
      'its title keeps a brace',
      saying({ title: 'Of {who}' }),
      /one \(en\): a sentence is not written out: "Of \{who\}"/,
    ],
    [
      'a message is never used',
      saying(
        { messages: { ...en.messages, two: en.messages.one } },
        { messages: { ...ja.messages, two: ja.messages.one } },
      ),
      /the rule itself: no unhealthy case finds the message two/,
    ],
    [
      'a message is in one language only',
      saying({ messages: { ...en.messages, two: en.messages.one } }),
      /the rule itself: text: two is in one language only/,
    ],
    [
      'a step is in one language only',
      saying({ messages: { one: { ...en.messages.one, steps: ['One.', 'Two.'] } } }),
      /text: one has another number of steps in each language/,
    ],
    [
      'an option has no default',
      { ...sound, options: z.object({ least: z.number().describe('Least.') }) },
      /no default/,
    ],
    [
      'an option has no description',
      { ...sound, options: z.object({ least: z.number().default(1) }) },
      /no description/,
    ],
    ['it needs a fact twice', { ...sound, needs: ['approvals', 'account', 'account'] }, /a fact is named twice/],
    ['its severity is unknown', { ...sound, severity: 'grave' as never }, /the rule itself: severity/],
    [
      'what is missing does not matter to it',
      { ...sound, reliesOn: () => false },
      /logs not read: it ends in passed, not in inconclusive/,
    ],
  ]

  test.each(broken)('%s', (_, rule, words) => {
    expect(first(rule)).toThrow(words)
  })
})

test.each(['healthy', 'unhealthy', 'unknown'] as const)('without a case that is %s nothing is shown', (kind) => {
  expect(first(sound, { ...cases, [kind]: {} })).toThrow(`there is no ${kind} case`)
})

test('the clock and chance are back when a rule has judged, also one that crashed', () => {
  expect(first(judging(() => [Date.now()] as never))).toThrow()
  expect(Date.now()).toBeGreaterThan(0)
  expect(new Date().getFullYear()).toBeGreaterThan(2000)
  expect(Math.random()).toBeLessThan(1)
})

test('braces that a chain put into a name are not the rule that left them', () => {
  const named: Rule = {
    ...judging(({ approvals: { grants } }) =>
      grants.map(({ spender: { address } }) => ({ ...draft(address), data: { who: value.untrustedText('{who}') } })),
    ),
  }
  expect(first(named)).not.toThrow()
})
