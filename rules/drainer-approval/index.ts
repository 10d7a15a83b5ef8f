import {
  defineRule,
  findThreats,
  grantData,
  grantEvidence,
  grantSubject,
  listEvidence,
  revokeCall,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const messageIds = { allowance: 'erc20', nft: 'nft', operator: 'operator', permit2: 'permit2' } as const
const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2']

export default defineRule({
  id: 'drainer-approval',
  severity: 'critical',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ chain, account, approvals, threats }) =>
    approvals.grants.flatMap((grant) => {
      const [entry, ...others] = findThreats(threats, 'drainer', grant.spender.address)
      if (entry === undefined) return []
      const lists = [...new Set([entry, ...others].map(({ list }) => list))].map((name) => listEvidence(threats, name))
      return {
        messageId: messageIds[grant.kind],
        subject: grantSubject(grant, account.address),
        data: {
          ...grantData(grant),
          list: value.text(entry.list),
          listDate: value.text(listEvidence(threats, entry.list).date),
          ...(entry.name === null
            ? { listing: value.keyword('plain') }
            : { listing: value.keyword('named'), incident: value.text(entry.name) }),
        },
        evidence: [...grantEvidence(grant, { owner: account.address, block: chain.block.number }), ...lists],
        remedy: [revokeCall(grant, chain.chainId)],
      }
    }),
})
