import { defineRule, grantData, grantEvidence, grantSubject, isImplicit, revokeCalls, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2']
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/)

export default defineRule({
  id: 'unexpected-spender',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({
    expectedSpenders: z
      .array(address)
      .default([])
      .describe(
        'Spenders that may have grants (on the command line: --expected-spenders). Empty: nothing is compared.',
      ),
  }),
  reliesOn: ({ about }) => parts.includes(about),
  applies: (_, { expectedSpenders }) => expectedSpenders.length > 0,
  judge: ({ chain, account, approvals, threats }, { expectedSpenders }) => {
    const expected = new Set([account.address, ...expectedSpenders].map((spender) => spender.toLowerCase()))
    return approvals.grants.flatMap((grant) => {
      // What a contract gives by itself was never the account's to expect.
      if (isImplicit(grant) || expected.has(grant.spender.address.toLowerCase())) return []
      return {
        messageId: 'unexpected' as const,
        subject: grantSubject(grant, account.address),
        data: grantData(grant, { account, threats }),
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        remedy: revokeCalls(grant, chain.chainId),
      }
    })
  },
})
