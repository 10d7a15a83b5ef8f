import { expect, test } from 'vitest'
import threats from '../../src/collectors/threats.ts'
import type { ThreatList } from '../../src/core/collector.ts'
import { at, chain } from '../../src/testing/build-facts.ts'
import { bundledThreats } from '../../src/threats/bundled.ts'

const list = (entries: ThreatList['entries']): ThreatList => ({ name: 'mine.txt', date: '2026-01-02', entries })

test("the user's entries follow the bundled ones, cut down to the chain", () => {
  const given = [
    list([
      { chainId: null, address: at(1) },
      { chainId: 1, address: at(2) },
      { chainId: 56, address: at(3) },
    ]),
  ]
  const facts = threats.decode(given, { chain: chain({ chainId: 1 }) })
  const bundled = bundledThreats(1)
  expect(facts.entries.slice(bundled.entries.length)).toEqual(
    [at(1), at(2)].map((address, index) => ({
      address,
      chainId: index === 0 ? null : 1,
      kind: 'drainer',
      list: 'mine.txt',
      name: null,
      incidentDate: null,
      isFixed: false,
      isGiven: true,
    })),
  )
  expect(facts.lists).toEqual([...bundled.lists, { name: 'mine.txt', date: '2026-01-02', entries: 2 }])
})

test('a list without an entry for the chain is still named, with none', () => {
  const facts = threats.decode([list([{ chainId: 56, address: at(3) }])], { chain: chain({ chainId: 1 }) })
  expect(facts.lists.at(-1)).toEqual({ name: 'mine.txt', date: '2026-01-02', entries: 0 })
})
