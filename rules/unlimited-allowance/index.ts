import {
  defineRule,
  type Evidence,
  effectiveExposure,
  type Grant,
  grantData,
  grantEvidence,
  grantSubject,
  isImplicit,
  isLeftToGraverRule,
  isPermit2,
  isUnlimited,
  isUnlimitedByType,
  revokeCalls,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

type Allowance = Extract<Grant, { kind: 'allowance' | 'item-allowance' }>

// Without the supply, which is read with the token's words, an amount below 2^255 cannot be called bounded.
const parts = ['logs', 'allowance', 'token-balance', 'token-metadata']

export default defineRule({
  id: 'unlimited-allowance',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ chain, account, approvals, threats }) =>
    approvals.grants.flatMap((grant) => {
      if (grant.kind !== 'allowance' && grant.kind !== 'item-allowance') return []
      if (!isUnlimited(grant.amount, supplyOf(grant))) return []
      if (isImplicit(grant) || isLeftToGraverRule(grant, threats)) return []
      const exposure = effectiveExposure(grant)
      const block = chain.block.number
      return {
        ...(isPermit2(chain.chainId, grant.spender.address) ? permit2 : weigh(exposure)),
        subject: grantSubject(grant, account.address),
        data: {
          ...grantData(grant, { account, threats }),
          ...(exposure !== null && { exposure: value.tokenAmount(exposure, grant.token) }),
        },
        evidence: [
          ...grantEvidence(grant, { owner: account.address, block, threats }),
          ...supplyEvidence(grant, block),
        ],
        remedy: revokeCalls(grant, chain.chainId),
      }
    }),
})

const permit2 = { messageId: 'permit2', severity: 'low' } as const

function weigh(exposure: bigint | null) {
  if (exposure === null) return { messageId: 'unread', severity: 'medium' } as const
  return exposure > 0n
    ? ({ messageId: 'held', severity: 'medium' } as const)
    : ({ messageId: 'not-held', severity: 'low' } as const)
}

/** The supply proves it only where the amount alone did not. */
function supplyEvidence(grant: Allowance, block: bigint): readonly Evidence[] {
  const { amount, token } = grant
  const totalSupply = supplyOf(grant)
  if (isUnlimitedByType(amount) || totalSupply === null) return []
  const call = { kind: 'call', to: token.address, function: 'totalSupply()', arguments: [] } as const
  return [{ ...call, block: String(block), value: String(totalSupply) }]
}

/** A single item has no supply of its own that every contract tells. */
function supplyOf(grant: Allowance): bigint | null {
  return grant.kind === 'allowance' ? grant.totalSupply : null
}
