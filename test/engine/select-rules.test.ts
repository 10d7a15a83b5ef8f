import { describe, expect, test } from 'vitest'
import { defineCollector } from '../../src/core/collector.ts'
import type { FactKey, FactMap } from '../../src/core/facts.ts'
import { checkRuleOptions, neededCollectors, selectRules, UnknownRuleError } from '../../src/engine/select-rules.ts'
import { facts } from '../../src/testing.ts'
import { ruleOf } from '../support/rules.ts'

const rules = ['nonce-gap', 'stale-head', 'unlimited-allowance'].map((id) => ruleOf(id))
const select = (onlyRules: readonly string[], skipRules: readonly string[] = []) =>
  selectRules(rules, { onlyRules, skipRules }).map(({ id }) => id)

describe('a selection', () => {
  test.each([
    ['of nothing is all', [], [], ['nonce-gap', 'stale-head', 'unlimited-allowance']],
    ['keeps the order of the rules', ['stale-head', 'nonce-gap'], [], ['nonce-gap', 'stale-head']],
    ['leaves out', [], ['stale-head'], ['nonce-gap', 'unlimited-allowance']],
    ['may do both', ['nonce-gap', 'stale-head'], ['stale-head'], ['nonce-gap']],
  ])('%s', (_, only, skip, expected) => {
    expect(select(only, skip)).toEqual(expected)
  })

  test.each([
    [['nonce-gap', 'nonse-gap'], []],
    [[], ['nonse-gap']],
  ])('of an unknown rule is an error with the nearest one: %j %j', (only, skip) => {
    expect(() => select(only, skip)).toThrow(
      expect.objectContaining({ code: 'unknown-rule', hints: ['Did you mean nonce-gap?'] }),
    )
  })

  test('of something like no rule has no nearest one', () => {
    const error = new UnknownRuleError('zzz', ['nonce-gap'])
    expect(error.hints).toEqual(['See the list of rules.'])
    expect(error.data.hasNearest).toEqual({ type: 'keyword', value: 'no' })
  })

  test('that leaves nothing is an error', () => {
    expect(() => select(['nonce-gap'], ['nonce-gap'])).toThrow(expect.objectContaining({ code: 'no-rules-selected' }))
  })
})

describe('rule options', () => {
  test('are taken', () => {
    expect(() => checkRuleOptions(rules, { 'nonce-gap': { findings: 2 } })).not.toThrow()
  })

  test.each([
    ['of a wrong type', { 'nonce-gap': { findings: 'many' } }, 'invalid-rule-options'],
    ['out of range', { 'nonce-gap': { findings: -1 } }, 'invalid-rule-options'],
    ['of a name that the rule does not have', { 'nonce-gap': { finding: 1 } }, 'invalid-rule-options'],
    ['of a rule that does not exist', { 'nonse-gap': {} }, 'unknown-rule'],
  ])('%s are refused', (_, options, code) => {
    expect(() => checkRuleOptions(rules, options)).toThrow(expect.objectContaining({ code }))
  })
})

describe('the collectors of a selection', () => {
  const collectorOf = <Key extends FactKey, Needs extends FactKey>(key: Key, needs: readonly Needs[]) =>
    defineCollector({ key, needs, fetch: async () => null, decode: (): FactMap[Key] => facts()[key] })
  const collectors = [
    collectorOf('chain', []),
    collectorOf('account', ['chain']),
    collectorOf('nonces', ['chain', 'account']),
    collectorOf('fees', ['chain']),
    collectorOf('logs', ['account']),
    collectorOf('approvals', ['logs']),
  ]
  const keysFor = (needs: readonly FactKey[]) =>
    neededCollectors(collectors, [ruleOf('one', { needs })]).map(({ key }) => key)

  test.each<[readonly FactKey[], readonly FactKey[]]>([
    [[], ['chain']],
    [['chain'], ['chain']],
    [['fees'], ['chain', 'fees']],
    [['approvals'], ['chain', 'account', 'logs', 'approvals']],
    [
      ['nonces', 'fees'],
      ['chain', 'account', 'nonces', 'fees'],
    ],
  ])('for %j are %j', (needs, keys) => {
    expect(keysFor(needs)).toEqual(keys)
  })
})
