import {
  defineRule,
  effectiveExposure,
  grantData,
  grantEvidence,
  grantSubject,
  isDormant,
  isLeftToGraverRule,
  revokeCalls,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'permit2', 'allowance', 'token-balance']

export default defineRule({
  id: 'permit2-grant',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({
    longDays: z.number().positive().default(365).describe('More days than this until a grant ends are called long.'),
  }),
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ chain, account, approvals, threats }, { longDays }) =>
    approvals.grants.flatMap((grant) => {
      // With no outer allowance the grant moves nothing: it sleeps until the token is approved to Permit2 again.
      if (grant.kind !== 'permit2' || isDormant(grant) || isLeftToGraverRule(grant, threats)) return []
      const exposure = effectiveExposure(grant)
      const data = grantData(grant, { account, threats })
      const remainingSeconds = grant.expiration - chain.block.timestamp
      const isLong = data.term?.value === 'until' && remainingSeconds > longDays * 86_400
      return {
        ...weigh(exposure),
        subject: grantSubject(grant, account.address),
        data: {
          ...data,
          length: value.keyword(isLong ? 'long' : 'short'),
          ...(isLong && { remaining: value.seconds(remainingSeconds) }),
          ...(exposure !== null && { exposure: value.tokenAmount(exposure, grant.token) }),
        },
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        remedy: revokeCalls(grant, chain.chainId),
      }
    }),
})

function weigh(exposure: bigint | null) {
  if (exposure === null) return { messageId: 'unread', severity: 'medium' } as const
  return exposure > 0n
    ? ({ messageId: 'held', severity: 'medium' } as const)
    : ({ messageId: 'not-held', severity: 'low' } as const)
}
