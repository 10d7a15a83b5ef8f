import {
  type ApprovalFacts,
  defineRule,
  type Grant,
  grantData,
  grantEvidence,
  grantSubject,
  isDormant,
  isImplicit,
  isLeftToGraverRule,
  logEvidence,
  revokeCalls,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'approval-transaction']
const daySeconds = 86_400

export default defineRule({
  id: 'stale-approval',
  severity: 'low',
  confidence: 'likely',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({
    days: z.int().positive().default(180).describe('Days without a use from which on a grant is stale.'),
  }),
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ chain, account, approvals, threats }, { days }) =>
    approvals.grants.flatMap((grant) => {
      const rest = restOf(grant, approvals)
      if (rest === null || isImplicit(grant) || isDormant(grant) || isLeftToGraverRule(grant, threats)) return []
      const idle = chain.block.timestamp - (rest.moved ?? rest.given)
      if (idle < days * daySeconds) return []
      return {
        messageId: rest.isSeen ? ('unused' as const) : ('unseen' as const),
        ...(!rest.isSeen && { confidence: 'possible' as const }),
        subject: grantSubject(grant, account.address),
        data: {
          ...grantData(grant, { account, threats }),
          givenAt: value.time(rest.given),
          idle: value.seconds(idle),
          ...(rest.moved === null
            ? { moved: value.keyword('no') }
            : { moved: value.keyword('yes'), movedAt: value.time(rest.moved) }),
        },
        evidence: [
          ...grantEvidence(grant, { owner: account.address, block: chain.block.number, threats }),
          ...(grant.lastTransfer ? [logEvidence(grant.lastTransfer)] : []),
        ],
        remedy: revokeCalls(grant, chain.chainId),
      }
    }),
})

type Rest = { readonly given: number; readonly moved: number | null; readonly isSeen: boolean }

/** When it was given and its token last left, in Unix seconds; null where that is not known. `isSeen`: transfers of the kind are read. */
function restOf(grant: Grant, { coverage }: ApprovalFacts): Rest | null {
  const { log, lastTransfer } = grant
  if (log?.timestamp === undefined) return null
  if (lastTransfer !== undefined) return { given: log.timestamp, moved: lastTransfer?.timestamp ?? null, isSeen: true }
  const isSilent = grant.kind === 'item-allowance' || (grant.kind === 'operator' && silent.includes(grant.standard))
  const isRead = coverage.gaps.every(({ toBlock }) => toBlock < log.block)
  return isSilent && isRead ? { given: log.timestamp, moved: null, isSeen: false } : null
}

/** Their transfers are other events than those that are searched for. */
const silent: readonly string[] = ['erc6909', 'erc7540']
