import {
  defineRule,
  type Evidence,
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

/** Transfers of imitators that are shown as evidence: enough to look one up, and no flood when hundreds were made. */
const shownTransfers = 5

export default defineRule({
  id: 'address-poisoning',
  severity: 'high',
  confidence: 'likely',
  needs: ['account', 'transfers'],
  text: { en, ja },
  options: z.object({
    dustUnits: z.number().nonnegative().default(1).describe('Up to so many whole units of a token count as dust.'),
  }),
  reliesOn: ({ about }) => imitationParts.includes(about),
  unread: ({ account, transfers }, { dustUnits }) =>
    mayHideImitation({ transfers, account, dustUnits }, 'imitations') ? [unreadTransfers()] : [],
  judge: ({ account, transfers }, { dustUnits }) =>
    imitationsOf({ transfers, account, dustUnits }).map((imitation) => {
      const { imitated, imitators } = imitation
      const [newest] = imitators
      return {
        messageId: 'lookalike' as const,
        subject: { kind: 'counterparty', address: imitated },
        data: {
          imitated: value.address(imitated),
          lookalike: value.address(newest.address),
          lookalikes: value.count(imitators.length),
          sign: value.keyword(newest.sign.kind),
        },
        evidence: evidenceOf(imitation),
      }
    }),
})

/** That the account sent to the one, then how the others came into its history. */
function evidenceOf({ payment, imitators }: Imitation): readonly [Evidence, ...Evidence[]] {
  const shown = imitators.slice(0, shownTransfers)
  return [paymentEvidence(payment), ...shown.map(({ sign }) => transferEvidence(sign.transfer))]
}
