/** Who may take tokens and NFTs of the account now. Events named the candidates; each is decided by state at the pinned block. */
import { type CollectContext, defineCollector } from '../core/collector.ts'
import type { ApprovalEvent, ApprovalFacts, Missing } from '../core/facts.ts'
import { askState, type State } from './approvals/ask-state.ts'
import { askDetails, decodeGrants } from './approvals/details.ts'
import { type LiveGrant, prepare, settle, verify } from './approvals/verify.ts'
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
    const { live, endedCount, missing } = decide(logs.approvals, state, { owner, timestamp: chain.block.timestamp })
    const decoded = decodeGrants(live, { owner, details })
    return {
      grants: decoded.grants,
      endedCount,
      coverage: logs.coverage,
      missing: [...logs.missing, ...mergeMissing([...missing, ...decoded.missing])],
    }
  },
})

type Decision = {
  readonly live: readonly LiveGrant[]
  readonly endedCount: number
  readonly missing: readonly Missing[]
}

function decide(
  events: readonly ApprovalEvent[],
  { answers, codes }: State,
  about: Omit<Parameters<typeof prepare>[1], 'answers'>,
): Decision {
  const verification = prepare(events, { answers, ...about })
  const verdicts = events.map((event) => ({ event, ...settle(verify(event, verification), codes) }))
  // One event may stand behind two candidates; it ended once.
  const ended = verdicts.filter(({ status }) => status === 'ended')
  return {
    live: verdicts.flatMap((verdict) => (verdict.status === 'live' ? [verdict.grant] : [])),
    endedCount: new Set(ended.map(({ event: { log } }) => `${log.transaction}:${log.index}`)).size,
    missing: verdicts.flatMap((verdict) => (verdict.status === 'failed' ? [verdict.missing] : [])),
  }
}
