import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import rules from '../../rules/index.ts'
import { decodeCollection, judgeCollection } from '../../src/index.ts'

/** What a person should do first stands first: between findings of one severity, the order of the rules decides. */
const topics = {
  connection: ['wrong-chain-endpoint', 'stale-head', 'disagreeing-endpoints'],
  delegates: ['malicious-delegate', 'unknown-delegate', 'swept-account'],
  baseline: ['unexpected-outgoing', 'balance-drop', 'safe-owner-changed'],
  safes: ['unexpected-account-kind', 'unknown-safe-module', 'safe-spending-limit', 'weak-multisig'],
  approvals: [
    'drainer-approval',
    'exploited-spender-approval',
    'approval-to-account',
    'unexpected-spender',
    'unlimited-allowance',
    'operator-approval',
    'permit2-grant',
    'dormant-permit2-grant',
    'unsent-approval',
    'stale-approval',
    'implicit-approval',
    'unsolicited-approval',
  ],
  counterparties: [
    'sent-to-lookalike',
    'address-poisoning',
    'sent-to-token-contract',
    'sent-to-burn-address',
    'sanctioned-counterparty',
  ],
  transactions: [
    'stuck-transaction',
    'nonce-gap',
    'unaffordable-queue',
    'delegated-inflight-limit',
    'invisible-transaction',
    'low-balance',
    'insufficient-gas-coin',
    'failed-transactions',
    'overpaid-gas',
    'unusual-gas-spending',
  ],
  display: ['unlisted-token-with-balance', 'unused-account'],
}

test('the connection, then danger, then transactions, then what a wallet shows', () => {
  expect(rules.map(({ id }) => id)).toEqual(Object.values(topics).flat())
})

test('the first finding of the demo is the delegate, because revoking a grant has to wait for it', () => {
  const facts = resolve(import.meta.dirname, '../../fixtures/facts/demo-sick.json')
  const { result } = judgeCollection(decodeCollection(readFileSync(facts, 'utf8')), { locale: 'en' })
  const found = result.targets.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status === 'found'))
  expect(found.map(({ ruleId }) => ruleId).slice(0, 4)).toEqual([
    'malicious-delegate',
    'drainer-approval',
    'approval-to-account',
    'unlimited-allowance',
  ])
})
