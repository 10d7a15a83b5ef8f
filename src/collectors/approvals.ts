/** Who may take tokens and NFTs of the account now. Events and guesses name the candidates; each is decided by state at the pinned block. */
import type { Address } from 'viem'
import { type CollectContext, defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { ApprovalFacts, Missing } from '../core/facts.ts'
import { ask, askWhole } from './answers.ts'
import { type At, askState, askTransactions, firstCalls, type State } from './approvals/ask-state.ts'
import { baitTransactions, settleBait, unexplainedIn } from './approvals/bait.ts'
import { type Candidate, isImitation } from './approvals/calls.ts'
import { askDetails, decodeGrants } from './approvals/details.ts'
import {
  areLogsComplete,
  defaultOperatorCalls,
  guessInside,
  guessNamed,
  guessSpenders,
  heldContracts,
  type Known,
  namedTokens,
  namingCalls,
} from './approvals/guesses.ts'
import { type LiveGrant, prepare, type Settled, settle, type Verdict, verify } from './approvals/verify.ts'
import { mergeMissing } from './missing.ts'
import { tryRevocations, withRevocation } from './revocations.ts'

export default defineCollector({
  key: 'approvals',
  needs: ['chain', 'logs', 'tokens', 'threats'],
  fetch: async ({ rpc, options, store }: CollectContext, known) => {
    const { chainId, block } = known.chain
    const at = { rpc, owner: options.account, chainId, block: block.number }
    const { candidates, state } = await askCandidates(at, known, namedTokens(options, chainId))
    const { live } = decide(candidates, state, about(at.owner, known))
    const details = await askDetails({ ...at, kept: store && { store, chainId }, options }, live, {
      ...known,
      known: state.answers,
    })
    const { grants } = decodeGrants(live, { owner: at.owner, details, logs: known.logs })
    return { owner: at.owner, candidates, state, details, trials: await tryRevocations(at, grants, known.threats) }
  },
  decode: ({ owner, candidates, state, details, trials }, known): ApprovalFacts => {
    const { live, endedCount, unsolicited, missing } = decide(candidates, state, about(owner, known))
    const decoded = decodeGrants(live, { owner, details, logs: known.logs })
    return {
      grants: decoded.grants.map((grant) => withRevocation(grant, trials, known.chain.block.number)),
      endedCount,
      unsolicited,
      coverage: known.logs.coverage,
      missing: [...known.logs.missing, ...mergeMissing([...missing, ...decoded.missing])],
    }
  },
})

type About = {
  readonly owner: Address
  readonly chainId: number
  readonly timestamp: number
  /** The tokens and collections of the account whose spenders are asked for, because logs are missing. */
  readonly guessedOf: ReadonlySet<Address>
  /** Whether a grant that an event announced and that state denies has no explanation in the logs. */
  readonly isUnexplained: (candidate: Candidate) => boolean
}

function about(owner: Address, known: Known): About {
  // With every event read, a contract that knows no such question has no such grants.
  const guessedOf = new Set(areLogsComplete(known.logs) ? [] : heldContracts(known))
  const { chainId, block } = known.chain
  return { owner, chainId, timestamp: block.timestamp, guessedOf, isUnexplained: unexplainedIn(known.logs) }
}

async function askCandidates(
  at: At,
  known: Known,
  named: readonly Address[],
): Promise<{ readonly candidates: readonly Candidate[]; readonly state: State }> {
  const { rpc, owner, block } = at
  const outer = [...known.logs.approvals, ...guessSpenders(known, named)]
  const calls = [...firstCalls(outer, owner), ...namingCalls(known, owner)]
  const first = await ask(rpc, { calls, block })
  const answers = await askWhole(rpc, { calls: defaultOperatorCalls(known, first), block, known: first })
  const nothing = { codes: new Map(), transactions: new Map() }
  const { live } = decide(outer, { answers, ...nothing }, about(owner, known))
  const candidates = [...outer, ...guessNamed(known, owner, answers), ...guessInside(known, live)]
  const state = await askState(at, candidates, answers)
  const { unexplained } = decide(candidates, state, about(owner, known))
  const transactions = await askTransactions(rpc, baitTransactions(unexplained))
  return { candidates, state: { ...state, transactions: new Map([...state.transactions, ...transactions]) } }
}

type Judged = (Settled | Verdict) & { readonly candidate: Candidate; readonly isDenied: boolean }
type Decision = {
  readonly live: readonly LiveGrant[]
  readonly endedCount: number
  readonly unsolicited: ApprovalFacts['unsolicited']
  readonly unexplained: readonly Candidate[]
  readonly missing: readonly Missing[]
}

function decide(
  candidates: readonly Candidate[],
  { answers, codes, transactions }: State,
  { owner, chainId, timestamp, guessedOf, isUnexplained }: About,
): Decision {
  const verification = prepare(candidates, { answers, owner, chainId, timestamp })
  const judged = candidates.map((candidate): Judged => {
    const verdict = verify(candidate, verification)
    const { log } = candidate
    const settled =
      log === null ? verdict : settle(verdict, { log, kind: candidate.kind }, { codes, transactions, owner })
    const isDenied = settled.status === 'ended' && isUnexplained(candidate)
    return { candidate, isDenied, ...(isDenied ? settleBait(candidate, { transactions, owner }) : settled) }
  })
  const ended = judged.flatMap(({ status, candidate }) => (status === 'ended' ? identityOf(candidate) : []))
  return {
    live: judged.flatMap((verdict) => (verdict.status === 'live' ? [verdict.grant] : [])),
    endedCount: new Set(ended).size,
    unsolicited: unsolicitedOf(judged),
    unexplained: judged.flatMap(({ isDenied, candidate }) => (isDenied ? [candidate] : [])),
    missing: [
      ...judged.flatMap((verdict) => (verdict.status === 'failed' ? [verdict.missing] : [])),
      ...silentTokens(judged.filter(({ candidate }) => guessedOf.has(candidate.contract))),
    ],
  }
}

/** One event may stand behind two candidates, as an allowance and as an item's approval; it counts once. A guess counts for nothing. */
function identityOf({ log }: Candidate): readonly string[] {
  return log === null ? [] : [`${log.transaction}:${log.index}`]
}

function unsolicitedOf(judged: readonly Judged[]): ApprovalFacts['unsolicited'] {
  const found = new Map<string, ApprovalFacts['unsolicited'][number]>()
  for (const verdict of judged) {
    const { contract, spender, log } = verdict.candidate
    const kind = {
      ...(isImitation(verdict.candidate) && { imitates: 'permit2' as const }),
      ...(verdict.isDenied && { isDenied: true }),
    }
    if (verdict.status !== 'unsolicited' || log === null) continue
    found.set(`${log.transaction}:${log.index}`, { contract, spender, sender: verdict.sender, log, ...kind })
  }
  return [...found.values()]
}

/** A token that answers none of the questions about its spenders is unread. One that answers some is of that standard. */
function silentTokens(judged: readonly Judged[]): readonly Missing[] {
  const guesses = judged.filter(({ candidate }) => candidate.log === null)
  const speaking = new Set(judged.flatMap(({ status, candidate }) => (status === 'silent' ? [] : candidate.contract)))
  const silent = new Set(guesses.map(({ candidate }) => candidate.contract).filter((each) => !speaking.has(each)))
  const error = toFactError(new SpendersUnreadableError())
  return [...silent].map((contract) => ({ about: 'allowance', contract, error }))
}

class SpendersUnreadableError extends CheckupError {
  constructor() {
    super('spenders-unreadable', { message: 'A token of the account does not answer who may take it.' })
  }
}
