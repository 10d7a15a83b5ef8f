import { defineRule, knownPart, ownerEvidence, unreadParts, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'
import { ownerChanges } from './owner-changes.ts'
import { partChanges } from './part-changes.ts'

export default defineRule({
  id: 'safe-owner-changed',
  severity: 'critical',
  confidence: 'certain',
  needs: ['chain', 'account', 'safe', 'baseline'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'safe' || about === 'safe-module',
  unread: (facts) => unreadParts(facts, ['safe']),
  applies: ({ safe, baseline }) =>
    baseline.kind === 'known' && (safe.kind !== 'none' || baseline.state?.safe?.kind === 'safe'),
  judge: (facts) => {
    const { chain, account, safe } = facts
    const before = knownPart(facts, 'safe')
    if (before?.kind !== 'safe' || safe.kind === 'unknown') return []
    const since = value.block(BigInt(before.block))
    const at = { safe: account.address, block: chain.block.number }
    if (safe.kind === 'none') {
      const read = { kind: 'read', method: 'eth_getCode', address: account.address, block: String(at.block) } as const
      const code = account.code.kind === 'contract' ? `keccak256 ${account.code.codeHash}` : '0x'
      return [
        {
          messageId: 'gone',
          subject: { kind: 'account' },
          data: { since },
          evidence: [{ ...read, value: code }],
        },
      ]
    }
    const owners = ownerChanges(before, safe).map(({ subject, data, ...change }) => ({
      ...change,
      subject:
        subject === null ? ({ kind: 'account' } as const) : { kind: 'owner' as const, safe: at.safe, owner: subject },
      data: { ...data, since },
      evidence: ownerEvidence(safe, at),
    }))
    const parts = partChanges(before, safe, at).map(({ data, ...change }) => ({ ...change, data: { ...data, since } }))
    return [...owners, ...parts]
  },
})
