import { defineRule, ownerEvidence, type SafeAccount, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'weak-multisig',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'safe'],
  text: { en, ja },
  options: z.object({
    minimumThreshold: z.int().positive().default(2).describe('How many owners must confirm at least.'),
  }),
  reliesOn: ({ about }) => about === 'safe',
  applies: ({ safe }) => safe.kind !== 'none',
  judge: ({ chain, account, safe }, { minimumThreshold }) => {
    if (safe.kind !== 'safe') return []
    const self = account.address.toLowerCase()
    const able = safe.owners.filter(({ address }) => address.toLowerCase() !== self)
    const weakness = findWeakness(
      { ...safe, owners: able },
      { minimumThreshold, own: safe.owners.length - able.length },
    )
    if (weakness === null) return []
    const unused = able.filter(({ code, nonce }) => code === 'none' && nonce === 0).length
    return [
      {
        ...weakness,
        subject: { kind: 'account' },
        data: {
          threshold: value.count(safe.threshold),
          owners: value.count(safe.owners.length),
          able: value.count(able.length),
          unused: value.count(unused),
          wanted: value.count(minimumThreshold),
        },
        evidence: ownerEvidence(safe, { safe: account.address, block: chain.block.number }),
      },
    ]
  },
})

/** One finding for one account: the gravest. `owners` are those that can confirm; `own` counts the Safe itself among them all. */
function findWeakness(
  { owners: { length: able }, threshold }: SafeAccount,
  { minimumThreshold, own }: { readonly minimumThreshold: number; readonly own: number },
) {
  if (able < threshold) return { messageId: 'unreachable' } as const
  if (able === 1) return { messageId: 'one-owner', severity: 'medium' } as const
  if (threshold < minimumThreshold) {
    return threshold === 1 ? ({ messageId: 'any-owner' } as const) : ({ messageId: 'few', severity: 'medium' } as const)
  }
  if (own > 0) return { messageId: 'own-owner', severity: 'medium' } as const
  return able === threshold ? ({ messageId: 'no-spare', severity: 'low' } as const) : null
}
