/** ERC-6909 and ERC-7540 name operators by the same event and the same function: the contract itself has to say which it is. */
import type { Address } from 'viem'
import type { FactError } from '../../core/errors.ts'
import type { Grant } from '../../core/facts.ts'
import { interfaceIds, type ReadCall, readAddress, readCall, readNumber } from '../../domain/token-calls.ts'
import { type Answers, answerTo } from '../answers.ts'
import { assetOf } from './calls.ts'
import type { LiveGrant } from './verify.ts'

type Standard = Extract<Grant, { kind: 'operator' }>['standard']

const supports = (contract: Address, id: keyof typeof interfaceIds) =>
  readCall(contract, 'supportsInterface(bytes4)', { interfaceId: interfaceIds[id] })

/** What tells the two apart: ERC-165, and for a contract that does not know it the asset of a vault. */
export function standardCalls(contract: Address): readonly ReadCall[] {
  return [supports(contract, 'none'), supports(contract, 'erc6909'), supports(contract, 'erc7540'), assetOf(contract)]
}

/** `error`: why the contract could not be asked. Either standard lets an operator take what the account holds there. */
export function operatorStandardOf(
  answers: Answers,
  { token, named }: Extract<LiveGrant, { kind: 'operator' }>,
): { readonly standard: Standard; readonly error: FactError | null } {
  if (named !== 'set') return { standard: named, error: null }
  const says = (id: keyof typeof interfaceIds) => {
    const answer = answerTo(answers, supports(token, id))
    return answer.status === 'ok' && readNumber(answer.data) === 1n
  }
  // Who says yes to the interface that nobody has says yes to everything.
  const isTruthful = !says('none')
  if (isTruthful && says('erc6909')) return { standard: 'erc6909', error: null }
  if (isTruthful && says('erc7540')) return { standard: 'erc7540', error: null }
  const failed = standardCalls(token)
    .map((call) => answerTo(answers, call))
    .find(({ status }) => status === 'failed')
  const asset = answerTo(answers, assetOf(token))
  return {
    standard: asset.status === 'ok' && readAddress(asset.data) !== null ? 'erc7540' : 'erc6909',
    error: failed?.status === 'failed' ? failed.error : null,
  }
}
