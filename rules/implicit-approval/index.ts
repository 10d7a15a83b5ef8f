import {
  defineRule,
  grantData,
  grantEvidence,
  grantSubject,
  type ImplicitGrant,
  isImplicit,
  isLeftToGraverRule,
  isPermit2,
  isSeenToEnd,
  revokeCalls,
  value,
  wellKnownRole,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'allowance', 'operator', 'token-balance']

export default defineRule({
  id: 'implicit-approval',
  severity: 'low',
  confidence: 'certain',
  needs: ['chain', 'account', 'tokens', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  // A token whose balance was not read was not asked about either.
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ chain, account, approvals, threats }) =>
    approvals.grants.flatMap((grant) => {
      if (!isImplicit(grant) || isLeftToGraverRule(grant, threats)) return []
      const messageId = messageIdOf(grant)
      const { address } = grant.spender
      const isUsual = isPermit2(chain.chainId, address) || wellKnownRole(threats, address) === 'spender'
      return {
        messageId,
        severity: isUsual ? 'info' : 'low',
        subject: grantSubject(grant, account.address),
        data: {
          ...grantData(grant, { account, threats }),
          ending: value.keyword(isSeenToEnd(grant) ? 'seen' : 'unknown'),
        },
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        // Of the others nobody knows whether a call changes anything.
        ...((messageId === 'default-operator' || isSeenToEnd(grant)) && { remedy: revokeCalls(grant, chain.chainId) }),
      }
    }),
})

function messageIdOf(grant: ImplicitGrant) {
  if (grant.origin === 'unannounced') return grant.origin
  return grant.kind === 'operator' && grant.standard === 'erc777' ? ('default-operator' as const) : grant.origin
}
