import { defineRule, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'
import { knownDraft } from './known.ts'
import { unknownDrafts } from './unknown.ts'

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
