import {
  defineRule,
  grantData,
  grantEvidence,
  grantSubject,
  isImplicit,
  isLeftToGraverRule,
  revokeCalls,
  wellKnownRole,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const tradedThere = { messageId: 'well-known', severity: 'low' } as const
const unnamed = { messageId: 'operator', severity: 'medium' } as const

export default defineRule({
  id: 'operator-approval',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'logs' || about === 'operator',
  judge: ({ chain, account, approvals, threats }) =>
    approvals.grants.flatMap((grant) => {
      if (grant.kind !== 'operator' || isImplicit(grant) || isLeftToGraverRule(grant, threats)) return []
      return {
        ...(wellKnownRole(threats, grant.spender.address) === 'spender' ? tradedThere : unnamed),
        subject: grantSubject(grant, account.address),
        data: grantData(grant, { account, threats }),
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        remedy: revokeCalls(grant, chain.chainId),
      }
    }),
})
