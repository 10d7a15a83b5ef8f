import type { Address } from 'viem'
import { expect, test } from 'vitest'
import type { ThreatEntry } from '../../src/core/facts.ts'
import {
  dangerousDelegateName,
  findDelegateFamily,
  findThreats,
  knownDelegateName,
  wellKnownName,
  wellKnownRole,
} from '../../src/domain/threats.ts'
import { at, hashOf, threats } from '../../src/testing/build-facts.ts'

const entry = (over: Partial<ThreatEntry> = {}): ThreatEntry => ({
  address: at(0xbad),
  chainId: null,
  kind: 'drainer',
  list: 'list one',
  name: null,
  incidentDate: null,
  isFixed: false,
  isGiven: false,
  ...over,
})

test('every list that names an address is found, in list order', () => {
  const one = entry()
  const two = entry({ list: 'list two' })
  const facts = threats({ entries: [one, entry({ address: at(0xbead) }), two] })
  expect(findThreats(facts, 'drainer', at(0xbad))).toEqual([one, two])
})

test('only entries of the asked kind are found', () => {
  const facts = threats({ entries: [entry({ kind: 'delegate' })] })
  expect(findThreats(facts, 'drainer', at(0xbad))).toEqual([])
  expect(findThreats(facts, 'delegate', at(0xbad))).toHaveLength(1)
})

test('spelling does not matter', () => {
  const listed: Address = '0xdef1c0ded9bec7f1a1670819833240f027b25eff'
  const facts = threats({ entries: [entry({ address: listed })] })
  expect(findThreats(facts, 'drainer', '0xDef1C0ded9bec7F1a1670819833240f027b25EfF')).toHaveLength(1)
  expect(findThreats(facts, 'drainer', at(0xdef1))).toEqual([])
})

test.each(['spender', 'other'] as const)(
  'a well-known %s outranks lists of attackers, not its own incident',
  (role) => {
    const incident = entry({ kind: 'exploited-spender' })
    const facts = threats({
      entries: [entry(), incident, entry({ kind: 'delegate' })],
      wellKnownContracts: [{ address: at(0xbad), name: 'Permit2', role }],
    })
    expect(findThreats(facts, 'drainer', at(0xbad))).toEqual([])
    expect(findThreats(facts, 'delegate', at(0xbad))).toEqual([])
    expect(findThreats(facts, 'exploited-spender', at(0xbad))).toEqual([incident])
    expect(wellKnownName(facts, at(0xbad))).toBe('Permit2')
    expect(wellKnownRole(facts, at(0xbad))).toBe(role)
    expect(wellKnownName(facts, at(0xbead))).toBeNull()
    expect(wellKnownRole(facts, at(0xbead))).toBeNull()
  },
)

test('a contract that does what anybody tells it outranks no list', () => {
  const facts = threats({
    entries: [entry(), entry({ kind: 'delegate' })],
    wellKnownContracts: [{ address: at(0xbad), name: 'Multicall3', role: 'open-executor' }],
  })
  expect(findThreats(facts, 'drainer', at(0xbad))).toHaveLength(1)
  expect(findThreats(facts, 'delegate', at(0xbad))).toHaveLength(1)
})

test('the list of the user is never outranked', () => {
  const own = entry({ list: 'mine.txt', isGiven: true })
  const facts = threats({
    entries: [entry(), own],
    wellKnownContracts: [{ address: at(0xbad), name: 'Permit2', role: 'spender' }],
  })
  expect(findThreats(facts, 'drainer', at(0xbad))).toEqual([own])
})

test('delegates are known by address, dangerous ones too, and malicious code by its hash', () => {
  const facts = threats({
    knownDelegates: [{ address: at(1), name: 'Maker' }],
    dangerousDelegates: [{ address: at(2), name: 'Multicall3' }],
    delegateCodeHashes: [{ hash: hashOf(3), name: 'Family', list: 'list one' }],
  })
  expect(knownDelegateName(facts, at(1))).toBe('Maker')
  expect(knownDelegateName(facts, at(2))).toBeNull()
  expect(dangerousDelegateName(facts, at(2))).toBe('Multicall3')
  expect(dangerousDelegateName(facts, at(1))).toBeNull()
  expect(findDelegateFamily(facts, hashOf(3))).toEqual({ name: 'Family', list: 'list one' })
  expect(findDelegateFamily(facts, hashOf(4))).toBeNull()
})
