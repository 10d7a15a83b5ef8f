import {
  defineRule,
  grantData,
  grantEvidence,
  grantSubject,
  isImplicit,
  knownPart,
  revokeCalls,
  unreadParts,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2']
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/)

export default defineRule({
  id: 'unexpected-spender',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats', 'baseline'],
  text: { en, ja },
  options: z.object({
    expectedSpenders: z
      .array(address)
      .default([])
      .describe(
        'Spenders that may have grants (on the command line: --expected-spenders). Empty: those that had a grant at the baseline are expected; without one nothing is compared.',
      ),
  }),
  reliesOn: ({ about }) => parts.includes(about),
  unread: (facts, { expectedSpenders }) => (expectedSpenders.length > 0 ? [] : unreadParts(facts, ['spenders'])),
  applies: ({ baseline }, { expectedSpenders }) => expectedSpenders.length > 0 || baseline.kind === 'known',
  judge: (facts, { expectedSpenders }) => {
    const { chain, account, approvals, threats } = facts
    const before = expectedSpenders.length > 0 ? null : knownPart(facts, 'spenders')
    if (expectedSpenders.length === 0 && before === null) return []
    const expected = new Set(
      [account.address, ...(before?.known ?? expectedSpenders)].map((spender) => spender.toLowerCase()),
    )
    return approvals.grants.flatMap((grant) => {
      // What a contract gives by itself was never the account's to expect.
      if (isImplicit(grant) || expected.has(grant.spender.address.toLowerCase())) return []
      const data = grantData(grant, { account, threats })
      const told =
        before === null
          ? ({ messageId: 'unexpected', data } as const)
          : ({ messageId: 'added', data: { ...data, since: value.block(BigInt(before.block)) } } as const)
      return {
        ...told,
        subject: grantSubject(grant, account.address),
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        remedy: revokeCalls(grant, chain.chainId),
      }
    })
  },
})
