import {
  defineRule,
  type Imitation,
  imitationParts,
  imitationsOf,
  mayHideImitation,
  paymentEvidence,
  transferEvidence,
  unreadTransfers,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

type Payment = Imitation['payment']

export default defineRule({
  id: 'sent-to-lookalike',
  severity: 'critical',
  confidence: 'likely',
  needs: ['account', 'transfers'],
  text: { en, ja },
  options: z.object({
    dustUnits: z.number().nonnegative().default(1).describe('Up to so many whole units of a token count as dust.'),
  }),
  reliesOn: ({ about }) => imitationParts.includes(about),
  unread: ({ account, transfers }, { dustUnits }) =>
    mayHideImitation({ transfers, account, dustUnits }, 'payments') ? [unreadTransfers()] : [],
  judge: ({ account, transfers }, { dustUnits }) =>
    imitationsOf({ transfers, account, dustUnits }).flatMap(({ imitated, payment, imitators }) =>
      imitators.flatMap(({ address, payment: lost, sign }) => {
        // Of two that were paid, the first is the one that was meant.
        if (lost === null || lost.block <= payment.block) return []
        const token =
          lost.kind === 'coins' ? null : transfers.tokens.find((each) => each.address === lost.transfer.contract)
        const amount = lost.kind === 'coins' ? null : lost.transfer.amount
        return {
          messageId: 'sent' as const,
          subject: { kind: 'counterparty' as const, address },
          data: {
            lookalike: value.address(address),
            imitated: value.address(imitated),
            what: value.keyword(lost.kind === 'coins' ? 'coins' : amount === null ? 'item' : 'tokens'),
            ...(amount !== null && {
              amount: value.tokenAmount(amount, token ?? { symbol: null, decimals: null }),
            }),
            hash: value.hash(hashOf(lost)),
          },
          evidence: [paymentEvidence(lost), paymentEvidence(payment), transferEvidence(sign.transfer)] as const,
        }
      }),
    ),
})

function hashOf(payment: Payment) {
  return payment.kind === 'coins' ? payment.transaction : payment.transfer.log.transaction
}
