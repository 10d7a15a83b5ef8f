import { type ApprovalFacts, defineRule, newestFirst, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

/** Events shown as evidence: enough to look one up, and no flood when hundreds were sent. */
const shownEvents = 5
const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'unsolicited-event']

export default defineRule({
  id: 'unsolicited-approval',
  severity: 'info',
  confidence: 'likely',
  needs: ['approvals'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ approvals: { unsolicited } }) => {
    const [first, ...rest] = newestFirst(unsolicited).slice(0, shownEvents)
    if (first === undefined) return []
    const evidence = ({ log }: typeof first) => ({
      kind: 'log' as const,
      block: String(log.block),
      transaction: log.transaction,
      index: log.index,
    })
    return [
      {
        messageId: 'silent',
        subject: { kind: 'account' },
        data: {
          events: value.count(unsolicited.length),
          contracts: value.count(new Set(unsolicited.map(({ contract }) => contract)).size),
          contract: value.address(first.contract),
          kind: value.keyword(kindOf(unsolicited)),
        },
        evidence: [evidence(first), ...rest.map(evidence)],
      },
    ]
  },
})

function kindOf(unsolicited: ApprovalFacts['unsolicited']) {
  const [kind = 'silent', ...others] = new Set(
    unsolicited.map(({ imitates, isDenied }) => imitates ?? (isDenied === true ? 'denied' : 'silent')),
  )
  return others.length > 0 ? 'mixed' : kind
}
