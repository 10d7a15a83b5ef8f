import { expect, test } from 'vitest'
import type { Subject } from '../../src/core/finding.ts'
import { fingerprint } from '../../src/engine/fingerprint.ts'
import { at, owner } from '../../src/testing.ts'

const subject: Subject = { kind: 'allowance', token: at(0xaa), owner, spender: at(0xbb) }
const identity = { ruleId: 'unlimited-allowance', chainId: 1, account: owner, subject }

test('is 32 hex digits that stay the same for ever', () => {
  // Baselines and suppressions of users hold these: a change here is a breaking change.
  expect(fingerprint(identity)).toBe('96ba46f7f7c93a533ff29d9179e1bc95')
})

test.each([
  ['the rule', { ...identity, ruleId: 'permit2-grant' }],
  ['the chain', { ...identity, chainId: 137 }],
  ['an unknown chain', { ...identity, chainId: null }],
  ['the account', { ...identity, account: at(1) }],
  ['the spender', { ...identity, subject: { ...subject, spender: at(0xcc) } }],
  ['token and spender changed round', { ...identity, subject: { ...subject, token: at(0xbb), spender: at(0xaa) } }],
  ['the Permit2 in between', { ...identity, subject: { ...subject, permit2: at(0xdd) } }],
])('differs with %s', (_, other) => {
  expect(fingerprint(other)).not.toBe(fingerprint(identity))
})

test.each([
  ['the order of the fields', { kind: 'allowance', spender: at(0xbb), owner, token: at(0xaa) }],
  ['an undefined field', { ...subject, permit2: undefined }],
  ['the case of an address', { ...subject, token: at(0xaa).toLowerCase() }],
])('does not differ with %s', (_, other) => {
  expect(fingerprint({ ...identity, subject: other as Subject })).toBe(fingerprint(identity))
})
