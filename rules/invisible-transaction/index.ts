import { allWaiting, type Draft, defineRule, type FactMap, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'
import { knownDraft } from './known.ts'

export default defineRule({
  id: 'invisible-transaction',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'nonces', 'mempool'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'named-transaction',
  // Nobody asked about one.
  applies: ({ mempool }) => (mempool.named ?? []).length > 0,
  judge: (facts) => {
    const known = (facts.mempool.named ?? []).flatMap((named) => {
      const draft = knownDraft(named, facts)
      return draft === null ? [] : [draft]
    })
    return [...unknownDrafts(facts), ...known]
  },
})

/** All of them together: what the hashes are is not known, so none of them can be what a finding is about. */
function unknownDrafts({
  chain,
  nonces,
  mempool,
}: Pick<FactMap, 'chain' | 'nonces' | 'mempool'>): readonly Draft<'unknown'>[] {
  const ends = (mempool.named ?? []).flatMap((named) => (named.status === 'unknown' ? [named.ends] : [])).sort()
  if (ends.length === 0) return []
  const counted = (nonces.pending ?? nonces.latest) > nonces.latest
  return [
    {
      messageId: 'unknown',
      subject: { kind: 'account' },
      data: {
        count: value.count(ends.length),
        hashes: value.text(ends.join(', ')),
        host: value.text(chain.endpointHost),
        chain: value.text(chain.name),
        next: value.nonce(nonces.latest),
        others: value.keyword(counted || allWaiting(mempool).length > 0 ? 'some' : 'unseen'),
      },
      evidence: [
        { kind: 'read', method: 'eth_getTransactionByHash', block: 'pending', value: `null (${ends.join(', ')})` },
        {
          kind: 'read',
          method: 'eth_getTransactionCount',
          block: String(chain.block.number),
          value: String(nonces.latest),
        },
      ],
    },
  ]
}
