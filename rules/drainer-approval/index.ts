import {
  defineRule,
  findThreats,
  type Grant,
  grantData,
  grantEvidence,
  grantSubject,
  isDormant,
  listEvidence,
  logEvidence,
  revokeCalls,
  type ThreatEntry,
  type ThreatFacts,
  unreadableApprovals,
  unreadableData,
  unreadableSubject,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const otherIds = { allowance: 'erc20', 'item-allowance': 'item' } as const
const messageIdOf = ({ kind }: Grant) => (kind === 'allowance' || kind === 'item-allowance' ? otherIds[kind] : kind)
const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2']

export default defineRule({
  id: 'drainer-approval',
  severity: 'critical',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  // Without a list of them for this chain, nothing was compared.
  applies: ({ threats }) => threats.entries.some(({ kind }) => kind === 'drainer'),
  judge: ({ chain, account, approvals, threats }) => [
    ...approvals.grants.flatMap((grant) => {
      const [entry, ...others] = findThreats(threats, 'drainer', grant.spender.address)
      if (entry === undefined) return []
      return {
        messageId: messageIdOf(grant),
        // Nothing can move now; it can as soon as the owner approves the token to Permit2 once more.
        ...(isDormant(grant) && ({ severity: 'high' } as const)),
        subject: grantSubject(grant, account.address),
        data: { ...grantData(grant, { account, threats }), ...listingData(threats, entry) },
        evidence: [
          ...grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
          ...listsOf(threats, [entry, ...others]),
        ] as const,
        remedy: revokeCalls(grant, chain.chainId),
      }
    }),
    ...unreadableApprovals(approvals, { threats, kind: 'drainer' }).map(({ event, entries }) => ({
      messageId: 'unreadable' as const,
      severity: 'medium' as const,
      confidence: 'possible' as const,
      subject: unreadableSubject(event, account.address),
      data: { ...unreadableData(event), ...listingData(threats, entries[0]) },
      evidence: [logEvidence(event.log), ...listsOf(threats, entries)] as const,
    })),
  ],
})

function listingData(threats: ThreatFacts, { list, name }: ThreatEntry) {
  return {
    list: value.text(list),
    listDate: value.text(listEvidence(threats, list).date),
    ...(name === null
      ? { listing: value.keyword('plain') }
      : { listing: value.keyword('named'), incident: value.text(name) }),
  }
}

/** Each list once. */
function listsOf(threats: ThreatFacts, entries: readonly ThreatEntry[]) {
  return [...new Set(entries.map(({ list }) => list))].map((name) => listEvidence(threats, name))
}
