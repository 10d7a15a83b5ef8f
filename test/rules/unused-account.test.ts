import { expect, test } from 'vitest'
import unusedAccount from '../../rules/unused-account/index.ts'
import type { FactMap } from '../../src/rule.ts'
import { account, at, holding, judgeWith, missing, nonces, tokens, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const untouched = { account: account({ balance: 0n }), nonces: nonces({ latest: 0, pending: 0 }), tokens: tokens() }
const judge = (over: Partial<FactMap> = {}) => judgeWith(unusedAccount, { ...untouched, ...over })

test('nothing at all is one finding for information', () => {
  expect(judge()).toMatchObject({ status: 'found', findings: [{ severity: 'info', subject: { kind: 'account' } }] })
})

test.each<[string, Partial<FactMap>]>([
  ['one wei', { account: account({ balance: 1n }) }],
  ['one transaction sent', { nonces: nonces({ latest: 1, pending: 1 }) }],
  ['one token held', { tokens: tokens({ holdings: [holding({ balance: 1n })] }) }],
])('%s: passed', (_, over) => {
  expect(judge(over).status).toBe('passed')
})

test.each([
  ['a contract', { kind: 'contract', codeHash: `0x${'1'.repeat(64)}` }],
  ['a delegated account', { kind: 'delegated', delegate: at(1), delegateCodeHash: null }],
] as const)('%s has its own story: not applicable', (_, code) => {
  expect(judge({ account: account({ balance: 0n, code }) }).status).toBe('not-applicable')
})

test.each(['logs', 'token-balance'] as const)('%s that were not read: there may be tokens', (about) => {
  const held = tokens({ holdings: [holding()], missing: [missing(about)] })
  expect(judge({ tokens: held }).status).toBe('inconclusive')
  expect(judge({ tokens: tokens({ missing: [missing(about)] }) })).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-incomplete' },
  })
})

test('a balance that could not be read: inconclusive', () => {
  expect(judgeWith(unusedAccount, { ...untouched, account: new Error('refused') }).status).toBe('inconclusive')
})

test('the message names the address and the chain', () => {
  expect(wordsOf(unusedAccount, judge(), 'en')[0]).toContain(
    'holds no ETH and none of the tokens that were looked for on Ethereum (chain ID 1)',
  )
})

test('the chain ID is text, as no part of a chain ID is a nonce', () => {
  expect(judge()).toMatchObject({ findings: [{ data: { chainId: { type: 'text', value: '1' } } }] })
})

test('every message reads in both languages', () => {
  expectEveryMessage(unusedAccount, [judge()])
})
