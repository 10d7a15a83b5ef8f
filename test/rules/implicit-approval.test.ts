import { decodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import drainerApproval from '../../rules/drainer-approval/index.ts'
import implicitApproval from '../../rules/implicit-approval/index.ts'
import operatorApproval from '../../rules/operator-approval/index.ts'
import unlimitedAllowance from '../../rules/unlimited-allowance/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  judgeWith,
  missing,
  nftApproval,
  operator,
  permit2Grant,
  spender,
  threats,
  tokens,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const permit2 = spender({ address: '0x000000000022D473030F116dDEE9F6B43aC78BA3' })
const conduit = spender({ address: at(0xc0d) })
const known = threats({ wellKnownContracts: [{ address: conduit.address, name: 'Harbor Market', role: 'spender' }] })
const unlimited = 2n ** 256n - 1n
const builtIn = allowance({ amount: unlimited, spender: permit2, origin: 'built-in', log: null })
const operated = operator({ standard: 'erc777', origin: 'built-in', log: null })
const judge = (grants: readonly Grant[], over = {}) =>
  judgeWith(implicitApproval, { approvals: approvals(grants, over), threats: known })

test.each([
  ['Permit2, trusted by the token', builtIn, 'built-in', 'info'],
  ['Permit2, although an event names it too', { ...builtIn, log: allowance().log }, 'built-in', 'info'],
  ['another contract, trusted by the token', allowance({ origin: 'built-in' }), 'built-in', 'low'],
  ['a marketplace, trusted by the collection', operator({ spender: conduit, origin: 'built-in' }), 'built-in', 'info'],
  ['a default operator of ERC-777', operated, 'default-operator', 'low'],
  [
    'a marketplace for this account alone',
    operator({ spender: conduit, origin: 'unannounced' }),
    'unannounced',
    'info',
  ],
  ['an operator for this account alone', operator({ origin: 'unannounced', log: null }), 'unannounced', 'low'],
  ['an ERC-777 operator without an event', { ...operated, origin: 'unannounced' as const }, 'unannounced', 'low'],
] as const)('%s: %s, %s', (_, grant, messageId, severity) => {
  expect(judge([grant])).toMatchObject({ status: 'found', findings: [{ messageId, severity }] })
})

test.each([
  ['no grants', []],
  ['grants that events announced', [allowance(), operator(), nftApproval(), permit2Grant()]],
  ['a guess, where logs are missing', [allowance({ origin: 'guessed', log: null })]],
  ['an account, left to approval-to-account', [allowance({ origin: 'built-in', spender: spender({ code: 'none' }) })]],
])('%s: passed', (_, grants) => {
  expect(judge(grants).status).toBe('passed')
})

test('only what a call can end has a call', () => {
  const remedyOf = (grant: Grant) => {
    const outcome = judge([grant])
    return outcome.status === 'found' ? (outcome.findings[0].remedy ?? []) : []
  }
  expect(remedyOf(builtIn)).toEqual([])
  expect(remedyOf(operator({ origin: 'unannounced' }))).toEqual([])
  const simulation = { status: 'succeeds', block: '21000000', isConfirmed: true } as const
  const seen = operator({ origin: 'unannounced', revocation: { variant: 'usual', simulation } })
  expect(remedyOf(seen)).toMatchObject([{ purpose: 'revoke', simulation }])
  expect(wordsOf(implicitApproval, judge([seen]), 'en').at(-1)).toContain('end it. Revoke it: on the collection')
  const unseen = { variant: 'usual', simulation: { ...simulation, isConfirmed: false } } as const
  expect(remedyOf(operator({ origin: 'unannounced', revocation: unseen }))).toEqual([])
  const abi = parseAbi(['function revokeOperator(address)'])
  expect(decodeFunctionData({ abi, data: remedyOf(operated)[0]?.data ?? '0x' }).args).toEqual([at(0x5e)])
})

test('is proved by state, and by an event only where there is one', () => {
  const kinds = (grant: Grant) => {
    const outcome = judge([grant])
    return outcome.status === 'found' ? outcome.findings[0].evidence.map(({ kind }) => kind) : []
  }
  expect(kinds(builtIn)).toEqual(['call', 'call', 'spender'])
  expect(kinds({ ...builtIn, log: allowance().log })).toEqual(['call', 'call', 'log', 'spender'])
})

test.each(['logs', 'allowance', 'operator', 'token-balance'] as const)('%s not read: inconclusive', (about) => {
  expect(judge([], { missing: [missing(about)] }).status).toBe('inconclusive')
  expect(judge([builtIn], { missing: [missing(about)] })).toMatchObject({ status: 'found', because: {} })
})

test('a token whose balance was not read was not asked: inconclusive', () => {
  const facts = { approvals: approvals(), tokens: tokens({ missing: [missing('token-balance')] }) }
  expect(judgeWith(implicitApproval, facts).status).toBe('inconclusive')
})

test('permits and single items that were not read change nothing', () => {
  expect(judge([], { missing: [missing('permit2'), missing('nft-approval')] }).status).toBe('passed')
})

test('no other rule about the reach says it again', () => {
  for (const origin of ['built-in', 'unannounced'] as const) {
    const facts = { approvals: approvals([{ ...builtIn, origin }, operator({ origin })]), threats: known }
    expect(judgeWith(unlimitedAllowance, facts).status).toBe('passed')
    expect(judgeWith(operatorApproval, facts).status).toBe('passed')
  }
})

test('of a listed drainer the graver rule speaks, and tells nobody to revoke what cannot be revoked', () => {
  const entry = { chainId: null, list: 'notes', name: null, incidentDate: null, isFixed: false, isGiven: false }
  const listed = threats({ entries: [{ ...entry, address: at(0x5e), kind: 'drainer' }] })
  const facts = { approvals: approvals([allowance({ origin: 'built-in' })]), threats: listed }
  expect(judgeWith(implicitApproval, facts).status).toBe('passed')
  const outcome = judgeWith(drainerApproval, facts)
  expect(outcome).toMatchObject({ findings: [{ severity: 'critical' }] })
  expect(outcome.status === 'found' && outcome.findings[0].remedy).toBeUndefined()
  expect(wordsOf(drainerApproval, outcome, 'en').slice(1, 3)).toEqual([
    `Do this first, before anything else with this account. It cannot be revoked: the contract ${at(0x70)} gives it to every account. Move what matters to you out of that contract. If it came to you unasked, leave it alone.`,
    'Believe nobody who offers to revoke it for you.',
  ])
})

test('every message reads in both languages', () => {
  const grants = [
    builtIn,
    operated,
    operator({ origin: 'unannounced' }),
    operator({ spender: conduit, origin: 'built-in' }),
  ]
  expectEveryMessage(
    implicitApproval,
    grants.map((grant) => judge([grant])),
  )
})
