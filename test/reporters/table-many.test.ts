import { describe, expect, test } from 'vitest'
import type { UncheckedTarget } from '../../src/core/collection.ts'
import { toFactError } from '../../src/core/errors.ts'
import { type JudgedTarget, judgeMany, type Locale } from '../../src/index.ts'
import table from '../../src/reporters/table.ts'
import { ConnectionError, EnsNameNotFoundError } from '../../src/rpc/errors.ts'
import { account, at, chain } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const rules = [
  ruleOf('wrong-chain-endpoint', {
    severity: 'critical',
    needs: ['chain'],
    judge: ({ chain: { chainId, expectedChainId } }) =>
      expectedChainId !== null && chainId !== expectedChainId ? [draftOf(9)] : [],
  }),
  ruleOf('loud-thing', {
    needs: ['account'],
    judge: ({ account: { address } }) => (address === at(2) ? [draftOf(1), draftOf(2)] : []),
  }),
]
const on = (
  place: number,
  chainId: number,
  over: { readonly label?: string; readonly asked?: number } = {},
): JudgedTarget => ({
  collection: collectionOf(
    { account: account({ address: at(place) }), chain: chain({ chainId, expectedChainId: over.asked ?? null }) },
    { account: at(place), label: over.label ?? null },
  ),
})
const dead = (place: number): JudgedTarget => {
  const error = new ConnectionError({ host: 'down.example', method: 'eth_chainId' }, 'ECONNREFUSED')
  return { collection: collectionOf({ chain: error, account: error }, { account: at(place), chainId: 10 }) }
}
const name: UncheckedTarget = {
  kind: 'unchecked',
  input: 'ops.eth',
  label: 'ops',
  chain: { id: 1, name: 'Ethereum' },
  error: toFactError(new EnsNameNotFoundError('ops.eth')),
  endpoint: { host: 'rpc.example', requests: 3 },
  startedAt: '2026-11-23T08:00:00.000Z',
}
const print = (targets: readonly JudgedTarget[], locale: Locale = 'en') =>
  table(judgeMany(targets, { rules, locale }), { locale, useColor: false, width: 100 })

const targets = [
  on(1, 1, { label: 'payroll' }),
  on(2, 1),
  dead(3),
  dead(4),
  on(5, 137, { asked: 56 }),
  on(6, 137, { asked: 56 }),
  name,
]

describe('several accounts', () => {
  test.each(['en', 'ja'] as const)('are summed up first, in %s', (locale) => {
    expect(print(targets, locale).split('####')[0]).toMatchSnapshot()
  })

  test.each(['en', 'ja'] as const)('of a chain that was not read are told why once, in %s', (locale) => {
    const text = print(targets, locale)
    const since = text.indexOf('OP Mainnet', text.lastIndexOf('####'))
    expect(text.slice(since)).toMatchSnapshot()
    expect(text.match(/ECONNREFUSED/g)).toHaveLength(1)
  })

  test('have what no check can see at the end, once', () => {
    expect(print(targets).match(/What no check of a chain can see/g)).toHaveLength(1)
  })

  test('one account and a name that could not be resolved are several', () => {
    const text = print([on(1, 1), name])
    expect(text).toContain('Accounts  1 account on 1 chain; 1 more could not be found')
    expect(text).toContain('ops[.]eth (ops) on Ethereum')
    expect(text).toContain('ops[.]eth')
  })

  test('a name alone says so', () => {
    expect(print([name])).toContain('Accounts  0 accounts on 0 chains; 1 more could not be found')
  })

  test('labels that could command a terminal do not', () => {
    const text = print([on(1, 1, { label: 'a\u001b[2Jb\u202e' }), on(2, 1)])
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
  })
})
