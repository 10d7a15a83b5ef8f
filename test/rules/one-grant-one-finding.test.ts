import { describe, expect, test } from 'vitest'
import approvalToAccount from '../../rules/approval-to-account/index.ts'
import drainerApproval from '../../rules/drainer-approval/index.ts'
import exploitedSpenderApproval from '../../rules/exploited-spender-approval/index.ts'
import operatorApproval from '../../rules/operator-approval/index.ts'
import permit2Rule from '../../rules/permit2-grant/index.ts'
import unlimitedAllowance from '../../rules/unlimited-allowance/index.ts'
import type { Grant, Spender } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  itemAllowance,
  judgeWith,
  operator,
  permit2Grant,
  spender,
  threats,
} from '../../src/testing.ts'

const rules = [
  drainerApproval,
  exploitedSpenderApproval,
  approvalToAccount,
  unlimitedAllowance,
  operatorApproval,
  permit2Rule,
]
const entry = { chainId: null, list: 'notes', name: null, incidentDate: null, isFixed: false, isGiven: false }
const known = threats({
  entries: [
    { ...entry, address: at(0xd1), kind: 'drainer' },
    { ...entry, address: at(0xe1), kind: 'exploited-spender' },
  ],
  wellKnownContracts: [{ address: at(0xca11), name: 'Multicall3', role: 'open-executor' }],
})

const kinds: readonly (readonly [string, (who: Spender) => Grant])[] = [
  ['an unlimited allowance', (who) => allowance({ amount: 2n ** 256n - 1n, spender: who })],
  ['a collection', (who) => operator({ spender: who })],
  ['everything in an ERC-6909 contract', (who) => operator({ standard: 'erc6909', spender: who })],
  ['any amount of one item', (who) => itemAllowance({ amount: 2n ** 256n - 1n, spender: who })],
  ['a Permit2 grant', (who) => permit2Grant({ spender: who })],
]

describe.each(kinds)('%s', (_, grantTo) => {
  test.each([
    ['a listed drainer', spender({ address: at(0xd1) }), 'drainer-approval'],
    ['a listed drainer without code', spender({ address: at(0xd1), code: 'none' }), 'drainer-approval'],
    ['an exploited contract', spender({ address: at(0xe1) }), 'exploited-spender-approval'],
    ['a plain account', spender({ code: 'none' }), 'approval-to-account'],
    ['a contract that does what anybody tells it', spender({ address: at(0xca11) }), 'approval-to-account'],
  ])('to %s is one finding', (_, who, ruleId) => {
    const facts = { approvals: approvals([grantTo(who)]), threats: known }
    const found = rules.flatMap((rule) => {
      const outcome = judgeWith(rule, facts)
      return outcome.status === 'found' ? outcome.findings : []
    })
    expect(found.map((finding) => finding.ruleId)).toEqual([ruleId])
  })
})
