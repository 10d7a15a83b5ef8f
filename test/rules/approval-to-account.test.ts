import { decodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import approvalToAccount from '../../rules/approval-to-account/index.ts'
import type { Grant, Spender } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  judgeWith,
  missing,
  nftApproval,
  operator,
  owner,
  permit2Grant,
  spender,
  threats,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const stranger = (over: Partial<Spender> = {}) => spender({ address: at(0xea0a), code: 'none', nonce: 4, ...over })
const judge = (grants: readonly Grant[], over = {}) =>
  judgeWith(approvalToAccount, { approvals: approvals(grants, over) })

describe('the spender', () => {
  test.each([
    ['has no code and sent transactions', { nonce: 1 }, 'account'],
    ['has no code and never sent one', { nonce: 0 }, 'never-used'],
    ['has no code, and what it sent was not read', { nonce: null }, 'account'],
    ['is a delegated account', { code: 'delegated' }, 'delegated'],
    ['is a delegated account that never sent anything', { code: 'delegated', nonce: 0 }, 'delegated'],
  ] as const)('%s: found, high', (_, over, messageId) => {
    expect(judge([allowance({ spender: stranger(over) })])).toMatchObject({
      status: 'found',
      findings: [{ messageId, severity: 'high' }],
    })
  })

  test.each([
    ['is a contract', { code: 'contract' }],
    ['has code that was not read: missing says so, not this rule', { code: 'unknown' }],
    ['is the account itself', { address: owner }],
  ] as const)('%s: passed', (_, over) => {
    expect(judge([allowance({ spender: stranger(over) })]).status).toBe('passed')
  })

  test('on a drainer list is left to the graver rule', () => {
    const entry = {
      address: at(0xea0a),
      chainId: null,
      list: 'field notes',
      name: null,
      incidentDate: null,
      isFixed: false,
      isGiven: false,
    }
    const statusOf = (kind: 'drainer' | 'exploited-spender') =>
      judgeWith(approvalToAccount, {
        approvals: approvals([allowance({ spender: stranger() })]),
        threats: threats({ entries: [{ ...entry, kind }] }),
      }).status
    expect(statusOf('drainer')).toBe('passed')
    expect(statusOf('exploited-spender')).toBe('found')
  })
})

describe('a contract that does what anybody tells it', () => {
  const multicall = spender({ address: at(0xca11) })
  const known = threats({ wellKnownContracts: [{ address: at(0xca11), name: 'Multicall3', role: 'open-executor' }] })
  const judgeKnown = (grant: Grant) => judgeWith(approvalToAccount, { approvals: approvals([grant]), threats: known })

  test.each([
    ['a finite allowance', allowance({ spender: multicall }), 'critical'],
    ['one NFT', nftApproval({ spender: multicall }), 'critical'],
    ['a collection', operator({ spender: multicall }), 'critical'],
    ['a Permit2 grant', permit2Grant({ spender: multicall }), 'critical'],
    ['a Permit2 grant that sleeps', permit2Grant({ spender: multicall, outerAllowance: 0n }), 'high'],
  ] as const)('may use %s: found', (_, grant, severity) => {
    const outcome = judgeKnown(grant)
    expect(outcome).toMatchObject({ findings: [{ messageId: 'open-to-all', severity }] })
    const evidence = outcome.status === 'found' ? outcome.findings[0].evidence : []
    expect(evidence.map((read) => ('method' in read ? read.method : read.kind))).not.toContain('eth_getCode')
  })

  test('is named in the message', () => {
    const outcome = judgeKnown(allowance({ spender: multicall }))
    expect(wordsOf(approvalToAccount, outcome, 'en')[0]).toBe(
      `Multicall3 (${at(0xca11)}) may take up to 100 TKN (token contract ${at(0x70)}). This contract is honest, but it does what anybody tells it: anybody can use this approval.`,
    )
    expect(wordsOf(approvalToAccount, outcome, 'ja')[0]).toContain('この許可は誰にでも使えます')
  })

  test('is not every well-known contract', () => {
    const router = threats({ wellKnownContracts: [{ address: at(0x5e), name: 'Harbor Router', role: 'spender' }] })
    const facts = { approvals: approvals([allowance()]), threats: router }
    expect(judgeWith(approvalToAccount, facts).status).toBe('passed')
  })
})

test('a Permit2 grant that sleeps weighs less, and is not called live', () => {
  const outcome = judge([permit2Grant({ spender: stranger(), outerAllowance: 0n })])
  expect(outcome).toMatchObject({ findings: [{ messageId: 'account', severity: 'medium' }] })
  expect(wordsOf(approvalToAccount, outcome, 'en')[0]).toContain('could take up to 100 TKN')
  expect(wordsOf(approvalToAccount, outcome, 'en')[0]).toContain('as soon as the token is approved to Permit2 again')
})

test.each([
  ['an ERC-20 allowance', allowance({ spender: stranger() }), 'allowance'],
  ['one NFT', nftApproval({ spender: stranger() }), 'nft'],
  ['a collection', operator({ spender: stranger() }), 'operator'],
  ['a Permit2 grant', permit2Grant({ spender: stranger() }), 'allowance'],
])('%s counts', (_, grant, kind) => {
  expect(judge([grant])).toMatchObject({ status: 'found', findings: [{ subject: { kind } }] })
})

test('the code and the nonce of the spender are the evidence', () => {
  expect(judge([operator({ spender: stranger() })])).toMatchObject({
    findings: [
      {
        evidence: [
          { kind: 'call', function: 'isApprovedForAll(address,address)', value: 'true' },
          { kind: 'log' },
          { kind: 'spender', address: at(0xea0a), code: 'none' },
          { kind: 'read', method: 'eth_getCode', address: at(0xea0a), block: '21000000', value: '0x' },
          { kind: 'read', method: 'eth_getTransactionCount', address: at(0xea0a), block: '21000000', value: '4' },
        ],
      },
    ],
  })
})

test.each([
  ['named', { delegate: at(0xde1e) }, `0xef0100${at(0xde1e).slice(2).toLowerCase()}`],
  ['not named, as in facts of older versions', {}, '0xef0100 and the delegate'],
])('the code of a delegated spender is evidence, its delegate %s', (_, delegate, value) => {
  const outcome = judge([operator({ spender: stranger({ code: 'delegated', nonce: null, ...delegate }) })])
  expect(outcome.status === 'found' && outcome.findings[0].evidence.slice(3)).toEqual([
    { kind: 'read', method: 'eth_getCode', address: at(0xea0a), block: '21000000', value },
  ])
})

test('the remedy takes the approval back from the operator', () => {
  const outcome = judge([operator({ spender: stranger() })])
  const remedy = outcome.status === 'found' ? outcome.findings[0].remedy?.[0] : undefined
  expect(remedy).toMatchObject({ purpose: 'revoke', to: at(0x70) })
  const abi = parseAbi(['function setApprovalForAll(address, bool)'])
  expect(decodeFunctionData({ abi, data: remedy?.data ?? '0x' }).args).toEqual([at(0xea0a), false])
})

test.each(['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'spender-code'] as const)(
  '%s that could not be read: inconclusive',
  (about) => {
    expect(judge([allowance()], { missing: [missing(about)] }).status).toBe('inconclusive')
  },
)

test('a token whose balance or symbol was not read changes nothing', () => {
  const parts = [missing('token-balance'), missing('token-metadata')]
  expect(judge([allowance()], { missing: parts }).status).toBe('passed')
})

test('the message says what the spender is', () => {
  const words = (over: Partial<Spender>, locale: 'en' | 'ja') =>
    wordsOf(approvalToAccount, judge([allowance({ spender: stranger(over) })]), locale)[0]
  expect(words({ nonce: 1 }, 'en')).toBe(
    `${at(0xea0a)} may take up to 100 TKN (token contract ${at(0x70)}). ${at(0xea0a)} has no code: a person holds its key, and it has sent 1 transaction.`,
  )
  expect(words({ nonce: 4 }, 'en')).toContain('it has sent 4 transactions.')
  expect(words({ nonce: null }, 'en')).toMatch(/a person holds its key\.$/)
  expect(words({ nonce: 4 }, 'ja')).toBe(
    `${at(0xea0a)} は、最大 100 TKN を引き出せます(トークンコントラクト ${at(0x70)})。${at(0xea0a)} にはコードがなく、人が鍵を持っています(これまでに送った取引は4件)。`,
  )
})

test('every message reads in both languages', () => {
  const spenders = [stranger(), stranger({ nonce: 0 }), stranger({ nonce: null }), stranger({ code: 'delegated' })]
  const openToAll = threats({ wellKnownContracts: [{ address: at(0x5e), name: 'Multicall3', role: 'open-executor' }] })
  expectEveryMessage(
    approvalToAccount,
    spenders
      .flatMap((who) =>
        [allowance, nftApproval, operator, permit2Grant].map((build) => judge([build({ spender: who })])),
      )
      .concat(judgeWith(approvalToAccount, { approvals: approvals([allowance()]), threats: openToAll })),
  )
})
