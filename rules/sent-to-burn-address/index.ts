import { defineRule, logEvidence, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'transfers', 'transaction-sender', 'activity']

export default defineRule({
  id: 'sent-to-burn-address',
  severity: 'high',
  // Some mean to destroy what they send there.
  confidence: 'likely',
  needs: ['chain', 'account', 'misdirected'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  // What a contract account sends follows its own rules.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ chain, misdirected }) => [
    ...misdirected.tokens.flatMap(({ place, contract, to, amount, log, ...token }) => {
      if (place !== 'nobody') return []
      return {
        messageId: amount === null ? ('item' as const) : ('tokens' as const),
        subject: { kind: 'transaction' as const, hash: log.transaction },
        data: {
          to: value.address(to),
          contract: value.address(contract),
          hash: value.hash(log.transaction),
          ...(amount !== null && { amount: value.tokenAmount(amount, token) }),
        },
        evidence: [logEvidence(log)] as const,
      }
    }),
    ...misdirected.coins.map(({ to, value: sent, transaction, block }) => ({
      messageId: 'coins' as const,
      subject: { kind: 'transaction' as const, hash: transaction },
      data: { to: value.address(to), hash: value.hash(transaction), amount: value.native(sent, chain.coin) },
      evidence: [{ kind: 'transaction', hash: transaction, block: String(block) }] as const,
    })),
  ],
})
