/** Who may take tokens and NFTs of the account now. Events named the candidates; each is decided by state at the pinned block. */
import { type CollectContext, defineCollector } from '../core/collector.ts'
import type { ApprovalEvent, ApprovalFacts, Missing } from '../core/facts.ts'
import { askState, type State } from './approvals/ask-state.ts'
import { askDetails, decodeGrants } from './approvals/details.ts'
import { type LiveGrant, prepare, type Settled, settle, verify } from './approvals/verify.ts'
import { mergeMissing } from './missing.ts'

export default defineCollector({
  key: 'approvals',
  needs: ['chain', 'logs'],
  fetch: async ({ rpc, options }: CollectContext, { chain, logs }) => {
    const at = { rpc, owner: options.account, block: chain.block.number }
    const state = await askState(at, logs.approvals)
    const { live } = decide(logs.approvals, state, { owner: at.owner, timestamp: chain.block.timestamp })
    return { owner: at.owner, state, details: await askDetails(at, live, state.answers) }
  },
  decode: ({ owner, state, details }, { chain, logs }): ApprovalFacts => {
    const { live, endedCount, unsolicited, missing } = decide(logs.approvals, state, {
      owner,
      timestamp: chain.block.timestamp,
    })
    const decoded = decodeGrants(live, { owner, details })
    return {
      grants: decoded.grants,
      endedCount,
      unsolicited,
      coverage: logs.coverage,
      missing: [...logs.missing, ...mergeMissing([...missing, ...decoded.missing])],
    }
  },
})

type Decision = {
  readonly live: readonly LiveGrant[]
  readonly endedCount: number
  readonly unsolicited: ApprovalFacts['unsolicited']
  readonly missing: readonly Missing[]
}

function decide(
  events: readonly ApprovalEvent[],
  { answers, codes, transactions }: State,
  about: Omit<Parameters<typeof prepare>[1], 'answers'>,
): Decision {
  const verification = prepare(events, { answers, ...about })
  const verdicts = events.map((event) => ({
    event,
    ...settle(verify(event, verification), event, { codes, transactions, owner: about.owner }),
  }))
  const ended = verdicts.filter(({ status }) => status === 'ended')
  return {
    live: verdicts.flatMap((verdict) => (verdict.status === 'live' ? [verdict.grant] : [])),
    endedCount: new Set(ended.map(identityOf)).size,
    unsolicited: unsolicitedOf(verdicts),
    missing: verdicts.flatMap((verdict) => (verdict.status === 'failed' ? [verdict.missing] : [])),
  }
}

/** One event may stand behind two candidates, as an allowance and as an item's approval; it counts once. */
function identityOf({ event: { log } }: { readonly event: ApprovalEvent }): string {
  return `${log.transaction}:${log.index}`
}

function unsolicitedOf(
  verdicts: readonly (Settled & { readonly event: ApprovalEvent })[],
): ApprovalFacts['unsolicited'] {
  const found = new Map<string, ApprovalFacts['unsolicited'][number]>()
  for (const verdict of verdicts) {
    if (verdict.status !== 'unsolicited') continue
    const { contract, spender, log } = verdict.event
    found.set(identityOf(verdict), { contract, spender, sender: verdict.sender, log })
  }
  return [...found.values()]
}
