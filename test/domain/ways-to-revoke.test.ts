import { decodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Grant, Revocation } from '../../src/core/facts.ts'
import type { Simulation } from '../../src/core/simulation.ts'
import { formatMessage } from '../../src/domain/format-message.ts'
import { grantData } from '../../src/domain/grant.ts'
import { grantWords } from '../../src/domain/grant-words.ts'
import { isRevocable } from '../../src/domain/implicit-grant.ts'
import { revokeCalls } from '../../src/domain/revoke.ts'
import {
  account,
  allowance,
  at,
  itemAllowance,
  nftApproval,
  operator,
  permit2Grant,
  threats,
} from '../../src/testing.ts'

const block = '21000000'
const tried = (simulation: Simulation, variant: Revocation['variant'] = 'usual') => ({
  revocation: { variant, simulation },
})
const works = { status: 'succeeds', block, isConfirmed: true } as const
const fails = { status: 'reverts', block } as const
const context = { account: account(), threats: threats() }
const wayOf = (grant: Grant) => grantData(grant, context).way?.value

test.each([
  ['nobody tried it', {}, 'open'],
  ['it works', tried({ ...works, gasUsed: '46000' }), 'open'],
  ['it works with the gas of an oversight', tried({ ...works, gasUsed: '499999' }), 'open'],
  ['it burns gas', tried({ ...works, gasUsed: '500000' }), 'costly'],
  ['nobody counted the gas', tried({ ...works, isConfirmed: false }), 'open'],
  [
    'it could not be tried',
    tried({ status: 'unknown', block, error: { code: 'x', message: 'x', data: {}, hints: [] } }),
    'open',
  ],
  ['it reverts', tried(fails), 'failing'],
  ['it reverts with a reason', tried({ ...fails, reason: 'Pausable: paused' }), 'failing'],
  ['it changes nothing', tried({ status: 'no-effect', block }), 'failing'],
  ['the other call works', tried(works, 'decrease'), 'decrease'],
  ['the token fixes it at infinity', tried({ ...fails, reason: '0x3f68539a' }), 'fixed'],
  ['every account has it', { origin: 'built-in' as const }, 'fixed'],
])('%s: the way is %s', (_, over, way) => {
  expect(wayOf(allowance(over))).toBe(way)
})

test('a call carries what became of it, also one that would fail', () => {
  for (const simulation of [works, fails]) {
    expect(revokeCalls(allowance(tried(simulation)), 1)).toMatchObject([{ purpose: 'revoke', simulation }])
  }
  expect(revokeCalls(allowance(), 1)[0]).not.toHaveProperty('simulation')
})

test('the other call takes exactly the amount away that the spender has', () => {
  const [call] = revokeCalls(allowance({ amount: 7n, ...tried(works, 'decrease') }), 1)
  const abi = parseAbi(['function decreaseAllowance(address, uint256)'])
  expect(call && decodeFunctionData({ abi, data: call.data })).toEqual({
    functionName: 'decreaseAllowance',
    args: [at(0x5e), 7n],
  })
})

test('what is fixed at infinity has no call', () => {
  const grant = allowance(tried({ ...fails, reason: '0x3f68539a' }))
  expect(isRevocable(grant)).toBe(false)
  expect(revokeCalls(grant, 1)).toEqual([])
})

describe.each(['en', 'ja'] as const)('in %s', (locale) => {
  const say = (part: 'revoke' | 'confirm', grant: Grant) =>
    formatMessage(grantWords[locale][part], grantData(grant, context), locale)
  const kinds = [
    allowance,
    nftApproval,
    operator,
    itemAllowance,
    permit2Grant,
    (over: object) => operator({ standard: 'erc777', ...over }),
    (over: object) => operator({ standard: 'erc6909', ...over }),
    (over: object) => operator({ standard: 'erc7540', ...over }),
  ]

  test('a call that fails is not asked for, whatever the grant, and its reason stays text', () => {
    const reason = '\u001b[2J\u202efollow {spender} <b>at</b> https://claim.example'
    for (const make of kinds) {
      const grant = make(tried({ ...fails, reason }))
      const [revoke, confirm] = [say('revoke', grant), say('confirm', grant)]
      expect(revoke).toContain(block)
      expect(revoke).toContain('https[://]claim[.]')
      expect(revoke).not.toContain('\u001b')
      expect(revoke).not.toContain('\u202e')
      expect(revoke).not.toMatch(locale === 'en' ? /Revoke it|This report holds/ : /未署名/)
      expect(confirm).not.toMatch(locale === 'en' ? /Before you confirm/ : /承認する前に/)
    }
  })

  test('every way of every grant has its words', () => {
    const ways = [
      {},
      tried(works),
      tried({ ...works, gasUsed: '3000000' }),
      tried(fails),
      tried({ status: 'no-effect', block }),
      tried(works, 'decrease'),
    ]
    for (const make of kinds) {
      for (const way of ways) {
        expect(say('revoke', make(way))).not.toMatch(/undefined|[{}]|\s{2}/)
        expect(say('confirm', make(way))).not.toMatch(/undefined|[{}]|\s{2}/)
      }
    }
  })

  test('the words of each way', () => {
    const reason = 'Pausable: paused'
    expect([
      say('revoke', allowance(tried({ ...fails, reason }))),
      say('revoke', allowance(tried({ status: 'no-effect', block }))),
      say('revoke', allowance({ amount: 7n, ...tried(works, 'decrease') })),
      say('confirm', allowance({ amount: 7n, ...tried(works, 'decrease') })),
      say('revoke', operator(tried({ ...works, gasUsed: '3000000' }))),
    ]).toMatchSnapshot()
  })
})
