import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import approvalsCollector from '../../src/collectors/approvals.ts'
import quickLogs from '../../src/collectors/quick-logs.ts'
import type { Holding, ThreatFacts, Token } from '../../src/core/facts.ts'
import { grantEvidence } from '../../src/domain/evidence.ts'
import { RateLimitedError } from '../../src/rpc/errors.ts'
import { at, chain, hashOf, owner, threats as threatFacts, tokens } from '../../src/testing.ts'
import { type FakeContract, fakeContracts } from '../support/fake-contracts.ts'
import { type collectOptions, read } from '../support/fake-rpc.ts'

const [token, drainer, router, stranger] = [at(0x70), at(0xd7a1), at(0x407e7), at(0x57)]
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const pinned = chain().block

const entry = { chainId: null, list: 'l', name: null, incidentDate: null, isFixed: false, isGiven: false } as const
const entries = [
  { ...entry, address: drainer, kind: 'drainer' },
  { ...entry, address: stranger, kind: 'delegate' },
] as const
const wellKnownContracts = [{ address: router, name: 'Router', role: 'spender' }] as const
const lists = threatFacts({ entries, wellKnownContracts })

function held(standard: Token['standard'], address = token): Holding {
  return {
    token: { address, standard, symbol: 'T', name: 'T', decimals: 6 },
    balance: 5n,
    lists: ['l'],
    received: null,
  }
}

/** Allowances by spender; everybody else has none. */
const erc20 = (given: ReadonlyMap<Address, bigint>): FakeContract => ({
  'allowance(address,address)': (_owner, spender = 0n) =>
    [...given].find(([address]) => BigInt(address) === spender)?.[1] ?? 0n,
  'balanceOf(address)': 5n,
  'totalSupply()': 1000n,
  'decimals()': 6n,
})

async function quick(
  holdings: readonly Holding[],
  contracts: readonly (readonly [Address, FakeContract])[],
  {
    over = {},
    threats = lists,
    options = {},
  }: {
    over?: Parameters<typeof fakeContracts>[1]
    threats?: ThreatFacts
    options?: Parameters<typeof collectOptions>[0]
  } = {},
) {
  const rpc = fakeContracts(new Map(contracts), over)
  const logs = await read(quickLogs, { rpc, facts: { chain: chain() } })
  const facts = {
    chain: chain(),
    logs,
    threats,
    tokens: tokens({ holdings, coverage: logs.coverage, missing: logs.missing }),
  }
  return { facts: await read(approvalsCollector, { rpc, facts, options }), asked: rpc.asked }
}

describe('without logs', () => {
  test('nothing of them is known, and the fact says so', async () => {
    const logs = await read(quickLogs, { rpc: fakeContracts(new Map()), facts: { chain: chain() } })
    const everything = { fromBlock: 0n, toBlock: pinned.number }
    expect(logs).toMatchObject({ approvals: [], received: [], coverage: { ...everything, gaps: [everything] } })
    expect(logs.missing).toMatchObject([{ about: 'logs', error: { code: 'logs-not-asked' }, ranges: [everything] }])
  })

  test('no node is asked for logs, and the grants are never all of them', async () => {
    const { facts, asked } = await quick([held('erc20')], [[token, erc20(new Map())]])
    expect(asked.map(({ method }) => method)).not.toContain('eth_getLogs')
    expect(facts).toMatchObject({ grants: [], coverage: { gaps: [{ fromBlock: 0n, toBlock: pinned.number }] } })
    expect(facts.missing.map(({ error }) => error.code)).toEqual(['logs-not-asked'])
  })

  test('who holds nothing is asked nothing', async () => {
    const { asked } = await quick([], [])
    expect(asked).toEqual([])
  })
})

describe('finds a grant that state shows', () => {
  test.each([
    ['to a listed drainer', drainer],
    ['to a contract that everybody uses', router],
    ['to Permit2', permit2],
  ])('an allowance %s', async (_, spender) => {
    const { facts } = await quick([held('erc20')], [[token, erc20(new Map([[spender, 7n]]))]])
    expect(facts.grants).toMatchObject([
      { kind: 'allowance', amount: 7n, balance: 5n, spender: { address: spender }, log: null },
    ])
  })

  test('whatever the case in which a list spells the spender', async () => {
    const address = drainer.toLowerCase() as Address
    const { facts } = await quick([held('erc20')], [[token, erc20(new Map([[drainer, 7n]]))]], {
      threats: { ...lists, entries: [{ ...entry, address, kind: 'drainer' }] },
    })
    expect(facts.grants.map(({ spender }) => spender.address)).toEqual([drainer])
  })

  test('but not to somebody on no list, nor to a delegate', async () => {
    const { facts } = await quick([held('erc20')], [[token, erc20(new Map([[stranger, 7n]]))]])
    expect(facts.grants).toEqual([])
  })

  test('an operator of a collection', async () => {
    const collection: FakeContract = {
      'isApprovedForAll(address,address)': (_owner, operator = 0n) => (operator === BigInt(drainer) ? 1n : 0n),
      'balanceOf(address)': 5n,
    }
    const { facts } = await quick([held('erc721')], [[token, collection]])
    expect(facts.grants).toMatchObject([{ kind: 'operator', spender: { address: drainer }, log: null }])
  })

  test('a grant inside Permit2, where Permit2 may take the token', async () => {
    const inside: FakeContract = {
      'allowance(address,address,address)': (_owner, _token, spender = 0n) =>
        `0x${[spender === BigInt(router) ? 9n : 0n, BigInt(pinned.timestamp), 0n].map((word) => hashOf(word).slice(2)).join('')}`,
    }
    const outer = erc20(new Map([[permit2, 40n]]))
    const { facts } = await quick(
      [held('erc20')],
      [
        [token, outer],
        [permit2, inside],
      ],
    )
    expect(facts.grants).toMatchObject([
      { kind: 'allowance', spender: { address: permit2 } },
      { kind: 'permit2', permit2, spender: { address: router }, amount: 9n, outerAllowance: 40n, log: null },
    ])
    const { facts: closed } = await quick(
      [held('erc20')],
      [
        [token, erc20(new Map())],
        [permit2, inside],
      ],
    )
    expect(closed.grants).toEqual([])
  })

  test.each([
    ['that the wallet shows', { shownByWallet: [token] }],
    [
      'of a list of the user',
      { tokenLists: [{ name: 'own', date: '2026-11-01', tokens: [{ chainId: 1, address: token }] }] },
    ],
  ])('of a token %s, though the account holds none: to an attacker', async (_, options) => {
    const given = erc20(
      new Map([
        [drainer, 7n],
        [router, 8n],
      ]),
    )
    const { facts } = await quick([], [[token, { ...given, 'balanceOf(address)': 0n }]], { options })
    expect(facts.grants).toMatchObject([{ kind: 'allowance', spender: { address: drainer }, amount: 7n, balance: 0n }])
  })

  test('what the user named and is no token is not missing', async () => {
    const { facts } = await quick([], [], { options: { shownByWallet: [token] } })
    expect(facts.grants).toEqual([])
    expect(facts.missing.filter(({ about }) => about !== 'logs')).toEqual([])
  })

  test('not of a token that a list names on another chain', async () => {
    const tokenLists = [{ name: 'own', date: '2026-11-01', tokens: [{ chainId: 10, address: token }] }]
    const { facts } = await quick([], [[token, erc20(new Map([[drainer, 7n]]))]], { options: { tokenLists } })
    expect(facts.grants).toEqual([])
  })

  test.each([
    [100, 1],
    [101, 0],
  ])('the token at place %i of those that the user named: found %i times', async (place, count) => {
    const others = Array.from({ length: place - 1 }, (_, index) => at(0x700000 + index))
    const options = { shownByWallet: [...others, token] }
    const { facts } = await quick([], [[token, erc20(new Map([[drainer, 7n]]))]], { options })
    expect(facts.grants).toHaveLength(count)
  })

  test('its evidence is state alone', async () => {
    const { facts } = await quick([held('erc20')], [[token, erc20(new Map([[drainer, 7n]]))]])
    const [grant] = facts.grants
    if (grant === undefined) throw new Error('no grant')
    expect(new Set(grantEvidence(grant, { owner, block: 1n }).map(({ kind }) => kind))).toEqual(
      new Set(['call', 'spender']),
    )
  })
})

describe('a token that does not answer', () => {
  test('at all is missing', async () => {
    const { facts } = await quick([held('unknown')], [[token, { 'balanceOf(address)': 5n }]])
    expect(facts.missing).toMatchObject([
      { error: { code: 'logs-not-asked' } },
      { about: 'allowance', contract: token, error: { code: 'spenders-unreadable' } },
    ])
  })

  test('as a collection but as a token is a token', async () => {
    const { facts } = await quick([held('unknown')], [[token, erc20(new Map([[drainer, 7n]]))]])
    expect(facts.grants).toMatchObject([{ kind: 'allowance' }])
    expect(facts.missing).toHaveLength(1)
  })

  test('because the node refuses is missing with its reason', async () => {
    const refusing = () => new RateLimitedError({ host: 'rpc.example', method: 'eth_call' })
    const { facts } = await quick([held('erc20')], [[token, erc20(new Map([[drainer, 7n]]))]], {
      over: { eth_call: refusing },
    })
    expect(facts.grants).toEqual([])
    expect(facts.missing.map(({ error }) => error.code)).toContain('rate-limited')
  })
})
