/**
 * Who may take what the account holds, without any event: each held token is asked about each spender that a list names.
 * Finds only what was guessed, so the missing logs stay missing.
 */
import type { Address } from 'viem'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { ApprovalFacts, FactMap, Missing } from '../core/facts.ts'
import { permit2Deployments } from '../domain/permit2.ts'
import { type Answers, ask } from './answers.ts'
import { type Candidate, stateCall } from './approvals/calls.ts'
import { askDetails, decodeGrants } from './approvals/details.ts'
import { type LiveGrant, prepare, type Verdict, verify } from './approvals/verify.ts'
import { mergeMissing } from './missing.ts'

type Known = Pick<FactMap, 'chain' | 'tokens' | 'threats'>

export default defineCollector({
  key: 'approvals',
  needs: ['chain', 'tokens', 'threats'],
  fetch: async ({ rpc, options }, known) => {
    const owner = options.account
    const at = { rpc, owner, block: known.chain.block.number }
    const outer = guess(known)
    const first = await ask(rpc, { calls: callsOf(outer, owner), block: at.block })
    const inner = guessInside(outer, { answers: first, owner, known })
    const answers = await ask(rpc, { calls: callsOf(inner, owner), block: at.block, known: first })
    const candidates = [...outer, ...inner]
    const { live } = decide(candidates, { answers, owner, known })
    return { owner, candidates, answers, details: await askDetails(at, live, answers) }
  },
  decode: ({ owner, candidates, answers, details }, known): ApprovalFacts => {
    const { live, missing } = decide(candidates, { answers, owner, known })
    const decoded = decodeGrants(live, { owner, details })
    return {
      grants: decoded.grants,
      endedCount: 0,
      unsolicited: [],
      coverage: known.tokens.coverage ?? nothingRead(known),
      // A token whose balance could not be read was not asked about spenders either.
      missing: [...known.tokens.missing, ...mergeMissing([...missing, ...decoded.missing])],
    }
  },
})

/** The reads that a token's standard has; a contract that does not say its standard is asked for both. */
const kindsOf = {
  erc20: ['erc20'],
  erc721: ['operator'],
  erc1155: ['operator'],
  unknown: ['erc20', 'operator'],
} as const

function guess({ chain, tokens, threats }: Known): readonly Candidate[] {
  const spenders = new Set([...listedSpenders(threats), ...permit2Deployments(chain.chainId)])
  return tokens.holdings.flatMap(({ token: { address, standard } }) =>
    kindsOf[standard].flatMap((kind) => [...spenders].map((spender) => candidate(kind, address, spender))),
  )
}

/** Grants inside Permit2 move only what Permit2 itself may take. */
function guessInside(outer: readonly Candidate[], { answers, owner, known }: Guessing): readonly Candidate[] {
  const deployments = new Set(permit2Deployments(known.chain.chainId))
  const { live } = decide(
    outer.filter(({ kind, spender }) => kind === 'erc20' && deployments.has(spender)),
    { answers, owner, known },
  )
  const spenders = new Set(listedSpenders(known.threats))
  return live.flatMap(({ token, spender: permit2 }) =>
    [...spenders].map((spender) => ({ ...candidate('permit2', token, spender), permit2 })),
  )
}

function listedSpenders({ entries, wellKnownContracts }: FactMap['threats']): readonly Address[] {
  const threats = entries.filter(({ kind }) => kind !== 'delegate')
  return [...threats, ...wellKnownContracts].map(({ address }) => address)
}

function candidate(kind: Candidate['kind'], contract: Address, spender: Address): Candidate {
  return { kind, contract, spender, tokenId: null, permit2: null, log: null }
}

function callsOf(candidates: readonly Candidate[], owner: Address) {
  return candidates.flatMap((each) => stateCall(each, owner) ?? [])
}

type Guessing = { readonly answers: Answers; readonly owner: Address; readonly known: Known }

function decide(
  candidates: readonly Candidate[],
  { answers, owner, known }: Guessing,
): { readonly live: readonly LiveGrant[]; readonly missing: readonly Missing[] } {
  const verification = prepare(candidates, { answers, owner, timestamp: known.chain.block.timestamp })
  const verdicts = candidates.map((each) => ({ contract: each.contract, ...verify(each, verification) }))
  return {
    live: verdicts.flatMap((verdict) => (verdict.status === 'live' ? [verdict.grant] : [])),
    missing: [
      ...verdicts.flatMap((verdict) => (verdict.status === 'failed' ? [verdict.missing] : [])),
      ...silentTokens(verdicts),
    ],
  }
}

/** A token that answers none of the questions about its spenders is unread. One that answers some is of that standard. */
function silentTokens(verdicts: readonly (Verdict & { readonly contract: Address })[]): readonly Missing[] {
  const speaking = new Set(verdicts.filter(({ status }) => status !== 'silent').map(({ contract }) => contract))
  const silent = new Set(verdicts.map(({ contract }) => contract).filter((contract) => !speaking.has(contract)))
  const error = toFactError(new SpendersUnreadableError())
  return [...silent].map((contract) => ({ about: 'allowance', contract, error }))
}

function nothingRead({ chain }: Known): ApprovalFacts['coverage'] {
  const everything = { fromBlock: 0n, toBlock: chain.block.number }
  return { ...everything, gaps: [everything] }
}

class SpendersUnreadableError extends CheckupError {
  constructor() {
    super('spenders-unreadable', { message: 'A token of the account does not answer who may take it.' })
  }
}
