import { describe, expect, test } from 'vitest'
import { proxySlots } from '../../src/domain/proxy.ts'
import { spenderEvidence } from '../../src/domain/spender-evidence.ts'
import { addressTopic } from '../../src/domain/topics.ts'
import { at, spender, threats } from '../../src/testing.ts'

const error = { code: 'state-unavailable', message: 'No past state.', data: {}, hints: [] }
const block = 21_000_000n
const inShort = (over: Parameters<typeof spender>[0]) => spenderEvidence(spender(over), { block })[0]

test('a plain contract, of which nothing more was looked at', () => {
  expect(spenderEvidence(spender(), { block })).toEqual([
    { kind: 'spender', address: at(0x5e), block: '21000000', code: 'contract' },
  ])
})

test.each([
  ['an account', { code: 'none', nonce: 3 }, { code: 'none' }],
  ['an address that never sent anything', { code: 'none', nonce: 0 }, { code: 'never-used' }],
  ['one whose transactions were not counted', { code: 'none', nonce: null }, { code: 'none' }],
  ['a delegated account', { code: 'delegated', delegate: at(0xde) }, { code: 'delegated', delegate: at(0xde) }],
  ['code that was not read', { code: 'unknown', nonce: null }, { code: 'unknown' }],
  ['no proxy', { proxy: null }, { proxy: null }],
  ['a proxy that was not read', { proxy: { error } }, { proxyError: error }],
  ['its first block', { created: { block: 5n, timestamp: 77 } }, { createdBlock: '5', createdAt: 77 }],
  ['its first block, with no time', { created: { block: 5n } }, { createdBlock: '5' }],
  ['a first block that is not known', { created: { error } }, { createdError: error }],
] as const)('%s', (_, over, expected) => {
  expect(inShort(over)).toMatchObject(expected)
})

describe('a proxy', () => {
  const slot = (name: keyof typeof proxySlots, named: number) => ({
    kind: 'read',
    method: 'eth_getStorageAt',
    address: at(0x5e),
    slot: proxySlots[name],
    block: '21000000',
    value: addressTopic(at(named)),
  })

  test('its implementation and who may replace it, each with the read of its slot', () => {
    const proxy = { implementation: at(0x11), beacon: null, admin: at(0xad) }
    expect(spenderEvidence(spender({ proxy }), { block })).toMatchObject([
      { proxy: { implementation: at(0x11), admin: at(0xad) } },
      slot('implementation', 0x11),
      slot('admin', 0xad),
    ])
  })

  test('behind a beacon the implementation stands in no slot of its own', () => {
    const proxy = { implementation: at(0x11), beacon: at(0xbe), admin: null }
    expect(spenderEvidence(spender({ proxy }), { block })).toMatchObject([
      { proxy: { implementation: at(0x11), beacon: at(0xbe) } },
      slot('beacon', 0xbe),
    ])
  })
})

describe('lists', () => {
  const entry = {
    chainId: null,
    kind: 'drainer',
    name: null,
    incidentDate: null,
    isFixed: false,
    isGiven: false,
  } as const
  const lists = [
    { name: 'one', date: '2026-10-01', entries: 1 },
    { name: 'two', date: '2026-10-02', entries: 1 },
    { name: 'three', date: '2026-10-03', entries: 0 },
  ]

  test('each that names it, with its date, once', () => {
    const entries = ['two', 'one', 'one'].map((list) => ({ ...entry, address: at(0x5e), list }))
    const [found] = spenderEvidence(spender(), { block, threats: threats({ lists, entries }) })
    expect(found).toMatchObject({
      lists: [
        { name: 'one', date: '2026-10-01' },
        { name: 'two', date: '2026-10-02' },
      ],
    })
  })

  test('none of them', () => {
    const [found] = spenderEvidence(spender(), { block, threats: threats({ lists }) })
    expect(found).toMatchObject({ lists: [] })
    expect(inShort({})).not.toHaveProperty('lists')
  })

  test('a contract that everybody uses is named', () => {
    const wellKnownContracts = [{ address: at(0x5e), name: 'A router', role: 'spender' as const }]
    const [found] = spenderEvidence(spender(), { block, threats: threats({ wellKnownContracts }) })
    expect(found).toMatchObject({ name: 'A router' })
  })
})
