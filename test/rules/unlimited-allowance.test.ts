import { decodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import unlimitedAllowance from '../../rules/unlimited-allowance/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  chain,
  itemAllowance,
  judgeWith,
  missing,
  operator,
  owner,
  permit2Grant,
  spender,
  threats,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const pancakePermit2 = '0x31c2F6fcFf4F8759b3Bd5Bf0e1084A055615c768'
const unlimited = 2n ** 256n - 1n
const known = threats({
  wellKnownContracts: [
    { address: permit2, name: 'Permit2', role: 'spender' },
    { address: at(0x0fe), name: 'Harbor Router', role: 'spender' },
  ],
})
const judge = (grants: readonly Grant[], over = {}) =>
  judgeWith(unlimitedAllowance, { approvals: approvals(grants, over), threats: known })

describe('an amount', () => {
  test.each([
    ['uint256 max', unlimited, null, 'found'],
    ['uint256 max, partly spent', unlimited - 10n ** 30n, null, 'found'],
    ['2^255', 2n ** 255n, null, 'found'],
    ['one below 2^255', 2n ** 255n - 1n, null, 'passed'],
    ['uint160 max', 2n ** 160n - 1n, null, 'found'],
    ['uint128 max', 2n ** 128n - 1n, null, 'found'],
    ['uint96 max, as UNI stores it', 2n ** 96n - 1n, null, 'found'],
    ['one below uint96 max', 2n ** 96n - 2n, null, 'passed'],
    ['one above the supply', 1_001n, 1_000n, 'found'],
    ['the whole supply', 1_000n, 1_000n, 'passed'],
    ['some, of a token that counts no supply', 1_000n, 0n, 'passed'],
  ] as const)('of %s', (_, amount, totalSupply, status) => {
    expect(judge([allowance({ amount, totalSupply })]).status).toBe(status)
  })

  test('without bound in other kinds of grants is left to their rules', () => {
    expect(judge([permit2Grant({ amount: 2n ** 160n - 1n }), operator()]).status).toBe('passed')
  })
})

test('of one item of an ERC-6909 contract: as of a token, with its own call', () => {
  const grant = itemAllowance({ amount: unlimited })
  expect(judge([itemAllowance()]).status).toBe('passed')
  const outcome = judge([grant])
  expect(outcome).toMatchObject({
    findings: [{ messageId: 'held', subject: { kind: 'allowance', token: at(0x70), tokenId: '12' } }],
  })
  const words = wordsOf(unlimitedAllowance, outcome, 'en')
  expect(words[0]).toContain(`may take any amount of item 12 of ${at(0x70)} (contract ${at(0x70)})`)
  expect(words[1]).toContain(`call approve with the spender ${at(0x5e)}, the item 12 and the amount 0`)
  expect(words[3]).toContain(`with the spender ${at(0x5e)}, the item 12 and that amount`)
})

test('of a spender without code: left to approval-to-account', () => {
  expect(judge([allowance({ amount: unlimited, spender: spender({ code: 'none' }) })]).status).toBe('passed')
})

describe('the severity follows what is within reach', () => {
  test.each([
    ['one unit is held', 1n, 'held', 'medium'],
    ['nothing is held', 0n, 'not-held', 'low'],
    ['the balance was not read', null, 'unread', 'medium'],
  ] as const)('%s', (_, balance, messageId, severity) => {
    expect(judge([allowance({ amount: unlimited, balance })])).toMatchObject({ findings: [{ messageId, severity }] })
  })

  test('of the canonical Permit2: low, whatever is held', () => {
    const grant = allowance({ amount: unlimited, spender: spender({ address: permit2 }) })
    expect(judge([grant])).toMatchObject({ findings: [{ messageId: 'permit2', severity: 'low' }] })
  })

  test.each([
    ['a deployment of the chain, named or not', chain({ chainId: 56, name: 'BNB Smart Chain' }), 'permit2', 'low'],
    ['the same address on a chain where nobody deployed it', chain(), 'held', 'medium'],
  ] as const)('of %s', (_, facts, messageId, severity) => {
    const grant = allowance({ amount: unlimited, spender: spender({ address: pancakePermit2 }) })
    const judged = judgeWith(unlimitedAllowance, { chain: facts, approvals: approvals([grant]), threats: threats() })
    expect(judged).toMatchObject({ findings: [{ messageId, severity }] })
  })

  test('of a contract that is only called Permit2: as of any other', () => {
    const called = threats({ wellKnownContracts: [{ address: at(0xfa4e), name: 'Permit2', role: 'spender' }] })
    const grant = allowance({ amount: unlimited, spender: spender({ address: at(0xfa4e) }) })
    const judged = judgeWith(unlimitedAllowance, { approvals: approvals([grant]), threats: called })
    expect(judged).toMatchObject({ findings: [{ messageId: 'held', severity: 'medium' }] })
  })

  test('of another well-known contract: as of any other', () => {
    const grant = allowance({ amount: unlimited, spender: spender({ address: at(0x0fe) }) })
    expect(judge([grant])).toMatchObject({ findings: [{ messageId: 'held', severity: 'medium' }] })
  })
})

test('state proves it: allowance, balance, the log, and the supply only where it decided', () => {
  const evidenceOf = (amount: bigint) => {
    const outcome = judge([allowance({ amount, totalSupply: 1_000n, balance: 3n })])
    return outcome.status === 'found' ? outcome.findings[0].evidence : []
  }
  const call = { kind: 'call', to: at(0x70), block: '21000000' }
  const reads = (amount: bigint) => [
    { ...call, function: 'allowance(address,address)', arguments: [owner, at(0x5e)], value: String(amount) },
    { ...call, function: 'balanceOf(address)', arguments: [owner], value: '3' },
    expect.objectContaining({ kind: 'log', block: '20000000' }),
    expect.objectContaining({ kind: 'spender', address: at(0x5e) }),
  ]
  expect(evidenceOf(unlimited)).toEqual(reads(unlimited))
  expect(evidenceOf(1_001n)).toEqual([
    ...reads(1_001n),
    { ...call, function: 'totalSupply()', arguments: [], value: '1000' },
  ])
})

test('the remedy lowers it to 0', () => {
  const outcome = judge([allowance({ amount: unlimited })])
  const remedy = outcome.status === 'found' ? outcome.findings[0].remedy?.[0] : undefined
  expect(remedy).toMatchObject({ purpose: 'revoke', chainId: 1, to: at(0x70), value: '0' })
  const abi = parseAbi(['function approve(address, uint256)'])
  expect(decodeFunctionData({ abi, data: remedy?.data ?? '0x' }).args).toEqual([at(0x5e), 0n])
})

test.each(['logs', 'allowance', 'token-balance', 'token-metadata'] as const)(
  '%s that could not be read: inconclusive',
  (about) => {
    expect(judge([allowance()], { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('operators, NFTs and Permit2 grants that could not be read change nothing', () => {
  const parts = [missing('operator'), missing('nft-approval'), missing('permit2'), missing('spender-code')]
  expect(judge([allowance()], { missing: parts }).status).toBe('passed')
})

test('the message names spender, token and what is within reach', () => {
  const grant = allowance({ amount: unlimited, spender: spender({ address: at(0x0fe) }) })
  expect(wordsOf(unlimitedAllowance, judge([grant]), 'en')[0]).toBe(
    `Harbor Router (${at(0x0fe)}) may take any amount of TKN (token contract ${at(0x70)}). Within its reach now: 50 TKN.`,
  )
  expect(wordsOf(unlimitedAllowance, judge([grant]), 'ja')[0]).toBe(
    `Harbor Router(${at(0x0fe)}) は、TKN をいくらでも引き出せます(トークンコントラクト ${at(0x70)})。いま手の届く数量は 50 TKN です。`,
  )
})

test('every message reads in both languages', () => {
  const spenders = [spender(), spender({ address: at(0x0fe) }), spender({ address: permit2 })]
  expectEveryMessage(
    unlimitedAllowance,
    spenders.flatMap((who) =>
      [5n, 0n, null].flatMap((balance) => [
        judge([allowance({ amount: unlimited, balance, spender: who })]),
        judge([itemAllowance({ amount: unlimited, balance, spender: who })]),
      ]),
    ),
  )
})
