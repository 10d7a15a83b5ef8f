import { expect, test } from 'vitest'
import unusedAccount from '../../rules/unused-account/index.ts'
import type { FactMap } from '../../src/rule.ts'
import { account, at, holding, judgeWith, missing, nonces, testRule, tokens, wordsOf } from '../../src/testing.ts'

const untouched = { account: account({ balance: 0n }), nonces: nonces({ latest: 0, pending: 0 }), tokens: tokens() }
const judge = (over: Partial<FactMap> = {}) => judgeWith(unusedAccount, { ...untouched, ...over })

const code = {
  contract: { kind: 'contract', codeHash: `0x${'1'.repeat(64)}` },
  delegated: { kind: 'delegated', delegate: at(1), delegateCodeHash: null },
} as const
const held = (about: 'logs' | 'token-balance') => tokens({ holdings: [holding()], missing: [missing(about)] })

testRule(
  unusedAccount,
  {
    healthy: {
      'one wei': { facts: { ...untouched, account: account({ balance: 1n }) } },
      'one transaction sent': { facts: { ...untouched, nonces: nonces({ latest: 1, pending: 1 }) } },
      'one token held': { facts: { ...untouched, tokens: tokens({ holdings: [holding({ balance: 1n })] }) } },
      'a contract has its own story': {
        facts: { ...untouched, account: account({ balance: 0n, code: code.contract }) },
        ends: 'not-applicable',
      },
      'a delegated account has its own story': {
        facts: { ...untouched, account: account({ balance: 0n, code: code.delegated }) },
        ends: 'not-applicable',
      },
    },
    unhealthy: { 'nothing at all': { facts: untouched, finds: ['empty'] } },
    unknown: {
      'logs not read: there may be tokens': { facts: { ...untouched, tokens: tokens({ missing: [missing('logs')] }) } },
      'logs not read, and a token held': { facts: { ...untouched, tokens: held('logs') } },
      'a balance of a token not read': { facts: { ...untouched, tokens: held('token-balance') } },
      'the balance not read': { facts: { ...untouched, account: new Error('refused') } },
    },
  },
  { test },
)

test('nothing at all is one finding for information', () => {
  expect(judge()).toMatchObject({ status: 'found', findings: [{ severity: 'info', subject: { kind: 'account' } }] })
})

test('the message names the address and the chain', () => {
  expect(wordsOf(unusedAccount, judge(), 'en')[0]).toContain(
    'holds no ETH and none of the tokens that were looked for on Ethereum (chain ID 1)',
  )
})

test('the chain ID is text, as no part of a chain ID is a nonce', () => {
  expect(judge()).toMatchObject({ findings: [{ data: { chainId: { type: 'text', value: '1' } } }] })
})
