import { describe, expect, test } from 'vitest'
import { isLeftToGraverRule, keeperOf } from '../../src/domain/dangerous-spender.ts'
import { allowance, at, operator, permit2Grant, spender, threats } from '../../src/testing.ts'

const openExecutor = threats({ wellKnownContracts: [{ address: at(0x5e), name: 'Multicall3', role: 'open-executor' }] })
const market = threats({ wellKnownContracts: [{ address: at(0x5e), name: 'Harbor Market', role: 'spender' }] })

function listed(kind: 'drainer' | 'exploited-spender', isFixed = false) {
  const entry = { address: at(0x5e), chainId: null, list: 'notes', name: null, incidentDate: null, isGiven: false }
  return threats({ entries: [{ ...entry, kind, isFixed }] })
}

test.each([
  ['a contract', {}, null],
  ['code that was not read', { code: 'unknown', nonce: 0 }, null],
  ['no code, one transaction', { code: 'none', nonce: 1 }, 'account'],
  ['no code, an unread number of transactions', { code: 'none', nonce: null }, 'account'],
  ['no code, no transaction', { code: 'none', nonce: 0 }, 'never-used'],
  ['a delegate', { code: 'delegated', nonce: 0 }, 'delegated'],
] as const)('behind %s: %s', (_, over, keeper) => {
  expect(keeperOf(spender(over), threats())).toBe(keeper)
})

test('behind a contract that does what anybody tells it: anybody', () => {
  expect(keeperOf(spender(), openExecutor)).toBe('open-to-all')
  expect(keeperOf(spender(), market)).toBeNull()
})

describe('a graver rule decides on a grant to', () => {
  test.each([
    ['a contract that nobody knows', spender(), threats(), false],
    ['a contract that everybody uses', spender(), market, false],
    ['a contract whose code was not read', spender({ code: 'unknown' }), threats(), false],
    ['a plain account', spender({ code: 'none' }), threats(), true],
    ['a contract that does what anybody tells it', spender(), openExecutor, true],
    ['a listed drainer', spender(), listed('drainer'), true],
    ['an exploited contract', spender(), listed('exploited-spender'), true],
    ['an exploited contract that was fixed', spender(), listed('exploited-spender', true), false],
  ])('%s', (_, who, known, isLeft) => {
    for (const grant of [allowance({ spender: who }), operator({ spender: who }), permit2Grant({ spender: who })]) {
      expect(isLeftToGraverRule(grant, known)).toBe(isLeft)
    }
  })
})
