/** What a live grant is about: its token, what the owner holds of it, and who may use it. */
import type { Address } from 'viem'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { ApprovalFacts, FactMap, Grant, LogFacts, Missing, Token } from '../../core/facts.ts'
import { isUnlimitedByType } from '../../domain/allowance.ts'
import { type ReadCall, readNumber } from '../../domain/token-calls.ts'
import { type Answers, answerTo, ask } from '../answers.ts'
import type { WordsAt } from '../kept-words.ts'
import { askTokens, decodeToken } from '../token-words.ts'
import { allowanceOf, balanceOf, itemBalanceOf, totalSupplyOf } from './calls.ts'
import type { Searched } from './creation.ts'
import { areLogsComplete } from './guesses.ts'
import { operatorStandardOf, standardCalls } from './operator-standard.ts'
import { originOf, strangerCall } from './origin.ts'
import { askProvenance, type Provenance, provenanceOf, unreadProvenance } from './provenance.ts'
import { askSpenders, decodeSpender, type Spenders, spenderMissing } from './spenders.ts'
import type { LiveGrant } from './verify.ts'

export type Details = {
  readonly answers: Answers
  readonly spenders: Spenders
  readonly provenance: Provenance
}

export async function askDetails(
  at: Searched & Pick<WordsAt, 'options'>,
  grants: readonly LiveGrant[],
  { known, chain, logs, threats }: { readonly known: Answers } & Pick<FactMap, 'chain' | 'logs' | 'threats'>,
): Promise<Details> {
  const { rpc, owner, block, kept, options } = at
  const tokens = [...new Set(grants.map(({ token }) => token))]
  const calls = grants.flatMap((grant) => amountCalls(grant, owner))
  const amounts = await ask(rpc, { calls, block, known })
  const answers = await askTokens({ rpc, store: kept?.store ?? null, options, chain }, { tokens, known: amounts })
  const [spenders, provenance] = await Promise.all([askSpenders(at, grants, threats), askProvenance(at, grants, logs)])
  return { answers, spenders, provenance }
}

function amountCalls(grant: LiveGrant, owner: Address): readonly ReadCall[] {
  const { kind, token } = grant
  switch (kind) {
    case 'allowance':
      return [balanceOf(token, owner), totalSupplyOf(token), strangerCall(grant)]
    case 'nft':
      return []
    case 'operator':
      return [balanceOf(token, owner), strangerCall(grant), ...(grant.named === 'set' ? standardCalls(token) : [])]
    case 'item-allowance':
      return [itemBalanceOf(token, owner, grant.tokenId)]
    case 'permit2':
      return [balanceOf(token, owner), allowanceOf(token, owner, grant.permit2)]
    default:
      return kind satisfies never
  }
}

/** The standard of a token that does not say it itself, by how it was approved. */
const likelyStandard = {
  allowance: 'erc20',
  nft: 'erc721',
  operator: 'unknown',
  'item-allowance': 'unknown',
  permit2: 'erc20',
} as const satisfies Record<LiveGrant['kind'], Token['standard']>

type Decoding = {
  readonly owner: Address
  readonly details: Details
  readonly logs: LogFacts
}

export function decodeGrants(
  live: readonly LiveGrant[],
  { owner, details, logs }: Decoding,
): Pick<ApprovalFacts, 'grants' | 'missing'> {
  const missing: Missing[] = [...unreadProvenance(live)]
  const isComplete = areLogsComplete(logs)
  const amountOf = (call: ReadCall, about: Missing['about']): bigint | null => {
    const answer = answerTo(details.answers, call)
    if (answer.status === 'failed') missing.push({ about, contract: call.to, error: answer.error })
    return answer.status === 'ok' ? readNumber(answer.data) : null
  }
  const grants = live.map((grant): Grant => {
    const decoded = decodeToken(details.answers, { address: grant.token, otherwise: likelyStandard[grant.kind] })
    missing.push(...decoded.missing, ...spenderMissing(grant.spender, details.spenders))
    const { missing: unread, ...given } = provenanceOf(grant, { provenance: details.provenance, logs })
    missing.push(...unread)
    const common = { token: decoded.token, spender: decodeSpender(grant.spender, details.spenders), ...given }
    const origin = (of: Parameters<typeof originOf>[0]) => {
      const found = originOf(of, { answers: details.answers, isComplete })
      missing.push(...found.missing)
      return found.origin
    }
    const balance = () => amountOf(balanceOf(grant.token, owner), 'token-balance')
    switch (grant.kind) {
      case 'allowance': {
        const { amount } = grant
        const supply = totalSupplyOf(grant.token)
        const totalSupply = amountOf(supply, 'token-metadata')
        // A read that failed is missing already.
        const isSilent = totalSupply === null && answerTo(details.answers, supply).status !== 'failed'
        if (isSilent && !isUnlimitedByType(amount)) missing.push(supplyNotTold(grant.token))
        return { kind: 'allowance', ...common, amount, balance: balance(), totalSupply, origin: origin(grant) }
      }
      case 'nft':
        return { kind: 'nft', ...common, tokenId: grant.tokenId }
      case 'operator': {
        const { standard, error } = operatorStandardOf(details.answers, grant)
        if (error !== null) missing.push({ about: 'token-metadata', contract: grant.token, error })
        return { kind: 'operator', standard, ...common, balance: balance(), origin: origin(grant) }
      }
      case 'item-allowance': {
        const { tokenId, amount } = grant
        const held = amountOf(itemBalanceOf(grant.token, owner, tokenId), 'token-balance')
        return { kind: 'item-allowance', ...common, tokenId, amount, balance: held }
      }
      case 'permit2': {
        const { permit2, amount, expiration } = grant
        const outerAllowance = amountOf(allowanceOf(grant.token, owner, permit2), 'permit2')
        return { kind: 'permit2', ...common, permit2, amount, expiration, outerAllowance, balance: balance() }
      }
      default:
        return grant satisfies never
    }
  })
  return { grants, missing }
}

/** Without the supply, an amount below the type's largest cannot be called bounded. */
function supplyNotTold(contract: Address): Missing {
  return { about: 'token-metadata', contract, error: toFactError(new SupplyNotToldError()) }
}

class SupplyNotToldError extends CheckupError {
  constructor() {
    super('supply-not-told', {
      message: 'The contract does not tell its total supply, so whether an allowance is above it is not known.',
    })
  }
}
