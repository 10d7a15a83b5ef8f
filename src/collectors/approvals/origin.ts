/** Where a live grant comes from: an event, the contract itself, or nobody knows where. */
import type { Address } from 'viem'
import type { Grant, Missing } from '../../core/facts.ts'
import { type ReadCall, readNumber } from '../../domain/token-calls.ts'
import { type Answers, answerTo } from '../answers.ts'
import { allowanceOf, isOperatorFor, isOperatorOf, operatorOf } from './calls.ts'
import type { LiveGrant } from './verify.ts'

type Origin = Extract<Grant, { kind: 'allowance' }>['origin']
type Holding = Extract<LiveGrant, { kind: 'allowance' | 'operator' }>

/** The first 20 bytes of the hash of "wallet-checkup: an account that nobody has": it never approved anybody. */
const stranger: Address = '0x3D456919C130b29810927E60f2fa80a33f05754D'

const questions = { nft: operatorOf, set: isOperatorOf, erc777: isOperatorFor } as const

/** The same question about an account that never granted anything: a yes is built into the contract. */
export function strangerCall(grant: Holding): ReadCall {
  const ask = grant.kind === 'allowance' ? allowanceOf : questions[grant.named]
  return ask(grant.token, stranger, grant.spender)
}

/** @param isComplete whether all logs were read */
export function originOf(
  grant: Holding,
  { answers, isComplete }: { readonly answers: Answers; readonly isComplete: boolean },
): { readonly origin: Origin; readonly missing: readonly Missing[] } {
  const answer = answerTo(answers, strangerCall(grant))
  const isBuiltIn = answer.status === 'ok' && (readNumber(answer.data) ?? 0n) > 0n
  const about = grant.kind === 'allowance' ? 'allowance' : 'operator'
  const missing = answer.status === 'failed' ? [{ about, contract: grant.token, error: answer.error } as const] : []
  if (isBuiltIn) return { origin: 'built-in', missing }
  if (grant.log !== null) return { origin: 'event', missing }
  return { origin: isComplete ? 'unannounced' : 'guessed', missing }
}
