import {
  defineRule,
  grantData,
  grantEvidence,
  grantSubject,
  isDormant,
  isLeftToGraverRule,
  revokeCalls,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'dormant-permit2-grant',
  severity: 'low',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'logs' || about === 'permit2',
  judge: ({ chain, account, approvals, threats }) =>
    approvals.grants.flatMap((grant) => {
      if (!isDormant(grant) || isLeftToGraverRule(grant, threats)) return []
      return {
        messageId: 'dormant' as const,
        subject: grantSubject(grant, account.address),
        data: grantData(grant, { account, threats }),
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        remedy: revokeCalls(grant, chain.chainId),
      }
    }),
})
