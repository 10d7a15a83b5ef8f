import { describe, expect, test } from 'vitest'
import type { FactMap } from '../../src/core/facts.ts'
import type { Rule } from '../../src/core/rule.ts'
import { judge } from '../../src/engine/judge.ts'
import { account, approvals, chain, fees, missing, owner } from '../../src/testing.ts'
import { factResults } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const targetOf = (given: Parameters<typeof factResults>[0] = {}) => ({ account: owner, facts: factResults(given) })
const judgeOne = (rule: Rule, given: Parameters<typeof factResults>[0] = {}, options = {}) =>
  judge([rule], targetOf(given), { [rule.id]: options })[0]

describe('an outcome is', () => {
  test('passed when nothing was found and everything was seen', () => {
    expect(judgeOne(ruleOf('quiet'))).toEqual({ ruleId: 'quiet', status: 'passed' })
  })

  test('found, with each finding named by rule, chain, account and subject', () => {
    expect(judgeOne(ruleOf('loud', { severity: 'low' }), {}, { findings: 1 })).toEqual({
      ruleId: 'loud',
      status: 'found',
      findings: [
        {
          ...draftOf(0),
          ruleId: 'loud',
          severity: 'low',
          confidence: 'certain',
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      ],
    })
  })

  test('not-applicable when the rule says nothing about such an account', () => {
    expect(judgeOne(ruleOf('picky', { applies: () => false }), {}, { findings: 1 })).toEqual({
      ruleId: 'picky',
      status: 'not-applicable',
    })
  })

  test('inconclusive without calling the rule when a fact failed', () => {
    const rule = ruleOf('needy', { judge: crash, applies: crash })
    expect(judgeOne(rule, { account: new Error('refused') })).toMatchObject({
      status: 'inconclusive',
      because: { kind: 'fact-failed', fact: 'account', error: { code: 'unexpected-error' } },
    })
  })

  test('inconclusive when nothing was found in half of a fact', () => {
    const partly = account({ missing: [{ ...missing('logs'), ranges: [{ fromBlock: 5n, toBlock: 9n }] }] })
    expect(judgeOne(ruleOf('partial'), { account: partly })).toMatchObject({
      status: 'inconclusive',
      because: {
        kind: 'fact-incomplete',
        fact: 'account',
        missing: [{ about: 'logs', ranges: [{ fromBlock: '5', toBlock: '9' }] }],
      },
    })
  })

  test('found, and open, when something was found in half of a fact', () => {
    const partly = account({ missing: [missing('logs')] })
    expect(judgeOne(ruleOf('partial'), { account: partly }, { findings: 1 })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete' },
    })
  })

  test('incomplete for the missing parts of every fact it needs, each named', () => {
    const rule = ruleOf('partial', { needs: ['account', 'chain', 'fees'] })
    const given = {
      account: account({ missing: [missing('logs')] }),
      fees: fees({ missing: [missing('fees'), missing('block-fees')] }),
    }
    expect(judgeOne(rule, given)).toMatchObject({
      because: {
        kind: 'fact-incomplete',
        fact: 'account',
        missing: [
          { about: 'logs', fact: 'account' },
          { about: 'fees', fact: 'fees' },
          { about: 'block-fees', fact: 'fees' },
        ],
      },
    })
  })

  test('passed when what is missing is nothing the rule relies on', () => {
    const rule = ruleOf('partial', { reliesOn: ({ about }) => about === 'fees' })
    expect(judgeOne(rule, { account: account({ missing: [missing('logs')] }) })?.status).toBe('passed')
    expect(judgeOne(rule, { account: account({ missing: [missing('fees')] }) })?.status).toBe('inconclusive')
  })

  describe('of a rule that wants what nobody looked for', () => {
    const part = { ...missing('activity'), fact: 'account' } as const
    const wanting = ruleOf('wanting', { unread: (_, { findings }) => (findings === 2 ? [] : [part]) })

    test('inconclusive when nothing was found', () => {
      expect(judgeOne(wanting)).toMatchObject({
        status: 'inconclusive',
        because: { kind: 'fact-incomplete', fact: 'account', missing: [part] },
      })
    })

    test('found, and open, when something was found', () => {
      expect(judgeOne(wanting, {}, { findings: 1 })).toMatchObject({ status: 'found', because: { missing: [part] } })
    })

    test('told after what was refused', () => {
      const partly = account({ missing: [missing('delegate-code')] })
      expect(judgeOne(wanting, { account: partly })).toMatchObject({
        because: { missing: [{ about: 'delegate-code' }, { about: 'activity' }] },
      })
    })

    test('closed when its options want none of it', () => {
      expect(judgeOne(wanting, {}, { findings: 2 })).not.toHaveProperty('because')
    })

    test('not looked at when it does not apply', () => {
      expect(judgeOne({ ...wanting, applies: () => false })?.status).toBe('not-applicable')
    })
  })

  test.each<[string, Partial<Rule>]>([
    ['judge', { judge: crash }],
    ['unread', { unread: crash }],
    ['applies', { applies: crash }],
    ['reliesOn', { reliesOn: crash }],
  ])('inconclusive when %s crashes, and the next rule is judged all the same', (_, over) => {
    const facts = targetOf({ account: account({ missing: [missing('fees')] }) })
    const [crashed, next] = judge([ruleOf('crashing', over), ruleOf('next', { reliesOn: () => false })], facts)
    expect(crashed).toMatchObject({ status: 'inconclusive', because: { kind: 'rule-crashed' } })
    expect(JSON.stringify(crashed)).not.toContain('words of a crash')
    expect(next?.status).toBe('passed')
  })

  test('inconclusive for an option that the rule refuses', () => {
    expect(judgeOne(ruleOf('strict'), {}, { findings: -1 })).toMatchObject({ because: { kind: 'rule-crashed' } })
  })
})

describe('a rule', () => {
  test('sees no fact it did not declare', () => {
    const nosy = ruleOf('nosy', { judge: ({ approvals }: FactMap) => approvals.grants.map(() => draftOf(0)) })
    expect(judgeOne(nosy, { approvals: approvals() })).toMatchObject({
      because: { kind: 'rule-crashed', error: { code: 'undeclared-fact', data: { fact: { value: 'approvals' } } } },
    })
  })

  test('cannot change a fact for the next one', () => {
    const vandal = ruleOf('vandal', {
      judge: ({ account }: FactMap) => {
        ;(account as { balance: bigint }).balance = 0n
        return []
      },
    })
    const target = targetOf()
    expect(judge([vandal], target)).toMatchObject([{ because: { kind: 'rule-crashed' } }])
    expect(target.facts.account).toMatchObject({ value: { balance: account().balance } })
  })

  test('may find in any order: the findings come sorted', () => {
    const found = [3, 1, 2].map((index) => draftOf(index))
    const outcome = judgeOne(ruleOf('unsorted', { judge: () => found }))
    const nonces = outcome?.status === 'found' ? outcome.findings.map(({ subject }) => subject) : []
    expect(nonces).toEqual([1, 2, 3].map((nonce) => ({ kind: 'nonce', nonce })))
  })
})

describe('an endpoint of another chain', () => {
  const facts = { chain: chain({ chainId: 137, expectedChainId: 1 }) }

  test('lets no rule judge', () => {
    expect(judgeOne(ruleOf('any'), facts, { findings: 1 })).toEqual({
      ruleId: 'any',
      status: 'inconclusive',
      because: { kind: 'wrong-chain', expected: 1, actual: 137 },
    })
  })

  test('is itself judged', () => {
    const guard = ruleOf('wrong-chain-endpoint', { needs: ['chain'] })
    expect(judgeOne(guard, facts, { findings: 1 })?.status).toBe('found')
  })

  test('is none when no chain was asked for', () => {
    expect(judgeOne(ruleOf('any'), { chain: chain({ chainId: 137, expectedChainId: null }) })?.status).toBe('passed')
  })
})

function crash(): never {
  throw new Error('words of a crash')
}
