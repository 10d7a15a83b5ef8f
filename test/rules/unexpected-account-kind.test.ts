import { expect, test } from 'vitest'
import unexpectedAccountKind from '../../rules/unexpected-account-kind/index.ts'
import { account, at, judgeWith, missing, safeAccount, testRule, wordsOf } from '../../src/testing.ts'

const person = { account: account(), safe: { kind: 'none', missing: [] } } as const
const contract = { ...person, account: account({ code: { kind: 'contract', codeHash: `0x${'1'.repeat(64)}` } }) }
const delegated = {
  ...person,
  account: account({ code: { kind: 'delegated', delegate: at(1), delegateCodeHash: null } }),
}
const safe = { ...contract, safe: safeAccount() }
const unread = { ...contract, safe: { kind: 'unknown', missing: [missing('safe')] } } as const
const meant = (kind: string) => ({ options: { kind } })

testRule(
  unexpectedAccountKind,
  {
    healthy: {
      'nothing was said': { facts: safe, ends: 'not-applicable' },
      'a person with a key': { facts: person, ...meant('eoa') },
      'a person whose account runs code': { facts: delegated, ...meant('eoa') },
      'a contract': { facts: contract, ...meant('contract') },
      'a Safe account is a contract': { facts: safe, ...meant('contract') },
      'a Safe account': { facts: safe, ...meant('safe') },
    },
    unhealthy: {
      'a Safe account that was never deployed here': { facts: person, ...meant('safe'), finds: ['no-contract'] },
      'a contract that was never deployed here': { facts: person, ...meant('contract'), finds: ['no-contract'] },
      'a person in place of a contract': { facts: delegated, ...meant('contract'), finds: ['no-contract'] },
      'another contract in place of a Safe account': { facts: contract, ...meant('safe'), finds: ['another-contract'] },
      'a contract in place of a person': { facts: contract, ...meant('eoa'), finds: ['contract'] },
    },
    unknown: {
      'whether it is a Safe account was not read': { facts: unread, ...meant('safe') },
      'the code was not read': { facts: { ...safe, account: new Error('refused') }, ...meant('eoa') },
    },
  },
  { test },
)

test('the message says what was meant, in both languages', () => {
  const outcome = judgeWith(unexpectedAccountKind, person, { kind: 'safe' })
  expect(wordsOf(unexpectedAccountKind, outcome, 'en')[0]).toContain(
    'is meant to be a Safe account, and there is no contract',
  )
  expect(wordsOf(unexpectedAccountKind, outcome, 'ja')[0]).toContain('Safeアカウントのはずですが')
})
