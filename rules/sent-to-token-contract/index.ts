import { defineRule, logEvidence, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'transfers', 'transaction-sender']

export default defineRule({
  id: 'sent-to-token-contract',
  severity: 'high',
  // A few contracts take back what is sent to them, and are made for it.
  confidence: 'likely',
  needs: ['account', 'misdirected'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  // What a contract account sends follows its own rules.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ misdirected }) =>
    misdirected.tokens.flatMap(({ place, contract, amount, log, ...token }) => {
      if (place !== 'own-contract') return []
      return {
        messageId: amount === null ? ('item' as const) : ('tokens' as const),
        subject: { kind: 'transaction' as const, hash: log.transaction },
        data: {
          contract: value.address(contract),
          hash: value.hash(log.transaction),
          ...(amount !== null && { amount: value.tokenAmount(amount, token) }),
        },
        evidence: [logEvidence(log)] as const,
      }
    }),
})
