import {
  defineRule,
  type Grant,
  grantData,
  grantEvidence,
  grantSubject,
  isImplicit,
  isLeftToGraverRule,
  revokeCalls,
  value,
  wellKnownRole,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'approval-transaction']

export default defineRule({
  id: 'unsent-approval',
  severity: 'medium',
  confidence: 'possible',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  // The transactions of Safe, ERC-4337 and EIP-7702 accounts are sent by others all the time.
  applies: ({ account }) => account.code.kind === 'none',
  judge: ({ chain, account, approvals, threats }) => {
    const isRead = approvals.coverage.gaps.length === 0
    return approvals.grants.flatMap((grant) => {
      const sender = senderOf(grant, isRead)
      if (sender === null || isSame(sender, account.address)) return []
      if (isImplicit(grant) || isLeftToGraverRule(grant, threats)) return []
      const isKnown = wellKnownRole(threats, grant.spender.address) === 'spender'
      const sentAt = grant.log?.timestamp
      return {
        messageId: isKnown ? ('well-known' as const) : ('unsent' as const),
        ...(isKnown && { severity: 'low' as const }),
        subject: grantSubject(grant, account.address),
        data: {
          ...grantData(grant, { account, threats }),
          sender: value.address(sender),
          ...(sentAt === undefined
            ? { when: value.keyword('unknown') }
            : { when: value.keyword('known'), sentAt: value.time(sentAt) }),
          moved: value.keyword(grant.log?.isUse === true ? 'yes' : 'no'),
        },
        evidence: grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
        remedy: revokeCalls(grant, chain.chainId),
      }
    })
  },
})

/** Where blocks are unread, an event that came with a use of the grant may only say what was left of an older one. */
function senderOf({ log }: Grant, isRead: boolean) {
  if (log === null || (log.isUse === true && !isRead)) return null
  return log.sender ?? null
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
