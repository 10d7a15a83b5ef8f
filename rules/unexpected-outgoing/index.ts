import { defineRule, unreadParts, z } from '../../src/rule.ts'
import en from './en.ts'
import { unreadExplanations } from './explained.ts'
import ja from './ja.ts'
import { movedByOthers } from './moved-by-others.ts'
import { sentByAccount, sentBySafe } from './sent.ts'

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/)

export default defineRule({
  id: 'unexpected-outgoing',
  severity: 'critical',
  confidence: 'certain',
  needs: ['chain', 'account', 'nonces', 'safe', 'baseline', 'outgoing'],
  text: { en, ja },
  options: z.object({
    expectedRecipients: z
      .array(address)
      .default([])
      .describe(
        'Addresses that the account may send transactions to. A transfer of a token is sent to the contract of the token.',
      ),
  }),
  reliesOn: ({ about }) => about === 'logs' || about === 'safe' || about === 'transaction-sender',
  unread: (facts) => {
    const { account, safe } = facts
    const unexplained = unreadExplanations(facts)
    if (account.code.kind !== 'contract') return [...unreadParts(facts, ['nonce', 'tokens']), ...unexplained]
    const parts = safe.kind === 'none' ? (['balance', 'tokens'] as const) : (['safe', 'balance', 'tokens'] as const)
    return [...unreadParts(facts, parts), ...unexplained]
  },
  applies: ({ baseline }) => baseline.kind === 'known',
  judge: (facts, { expectedRecipients }) => {
    const decided = [...sentByAccount(facts, expectedRecipients), ...sentBySafe(facts)]
    // What the owners of a Safe sent explains what left it.
    const isExplained = facts.account.code.kind === 'contract' && decided.length > 0
    return isExplained ? decided : [...decided, ...movedByOthers(facts)]
  },
})
