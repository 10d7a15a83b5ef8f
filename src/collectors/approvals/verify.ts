/** Says by state what each candidate is worth. Pure: the same answers give the same verdicts. */
import type { Address, Hex } from 'viem'
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { ApprovalEvent, LogRef, Missing } from '../../core/facts.ts'
import { permit2Separator } from '../../domain/permit2.ts'
import { address, bytes, fields } from '../../domain/rpc-reply.ts'
import { readAddress, readNumber } from '../../domain/token-calls.ts'
import type { CallResult } from '../../rpc/read-contracts.ts'
import { type Answers, answerTo, wasAsked } from '../answers.ts'
import type { Attempt } from '../attempt.ts'
import { asksErc721, saysErc721 } from '../token-words.ts'
import {
  approvedOf,
  type Candidate,
  isImitation,
  isItemEvent,
  isNftEvent,
  isPermit2Event,
  type NftEvent,
  ownerOf,
  separatorOf,
  stateCall,
  zeroAddress,
} from './calls.ts'

/** `log`: the event that gave it. */
export type LiveGrant = { readonly token: Address; readonly spender: Address; readonly log: GivenLog | null } & (
  | { readonly kind: 'allowance'; readonly amount: bigint }
  | { readonly kind: 'nft'; readonly tokenId: bigint }
  /** `set`: named by setOperator, of ERC-6909 or ERC-7540. */
  | { readonly kind: 'operator'; readonly named: 'nft' | 'set' | 'erc777' }
  | { readonly kind: 'item-allowance'; readonly tokenId: bigint; readonly amount: bigint }
  | { readonly kind: 'permit2'; readonly permit2: Address; readonly amount: bigint; readonly expiration: number }
)

type GivenLog = LogRef & { readonly isUse?: true }

/** `silent`: the contract does not answer as its kind does. `other-kind`: the same event is explained by another candidate. */
export type Verdict =
  | { readonly status: 'live'; readonly grant: LiveGrant }
  | { readonly status: 'ended' | 'other-kind' }
  | { readonly status: 'failed'; readonly missing: Missing }
  | { readonly status: 'silent'; readonly about: Missing['about']; readonly contract: Address }

export type Verification = {
  readonly answers: Answers
  readonly owner: Address
  /** What each deployment of Permit2 must answer to be believed. */
  readonly separators: ReadonlyMap<Address, Hex>
  /** Unix seconds of the pinned block. */
  readonly timestamp: number
  /** Contracts that gave an allowance, and contracts that are collections by ERC-165 or by naming an item's owner. */
  readonly fungible: ReadonlySet<Address>
  readonly collections: ReadonlySet<Address>
}

/** Larger than any expiration Permit2 can hold (uint48), which also keeps it an exact number. */
const expirationLimit = 2n ** 48n

export function prepare(
  events: readonly Candidate[],
  {
    answers,
    owner,
    chainId,
    timestamp,
  }: Pick<Verification, 'answers' | 'owner' | 'timestamp'> & { readonly chainId: number },
): Verification {
  const permit2s = new Set(events.filter(isPermit2Event).map(({ permit2 }) => permit2))
  const fungible = events.filter((event) => event.kind === 'erc20' && stateNumber(event, answers, owner) !== null)
  const collections = events.filter(isNftEvent).filter((event) => isCollection(event, answers))
  return {
    answers,
    owner,
    separators: new Map([...permit2s].map((permit2) => [permit2, permit2Separator(chainId, permit2)])),
    timestamp,
    fungible: new Set(fungible.map(({ contract }) => contract)),
    collections: new Set(collections.map(({ contract }) => contract)),
  }
}

export function verify(event: Candidate, verification: Verification): Verdict {
  if (isNftEvent(event)) return verifyNft(event, verification)
  if (isImitation(event)) return { status: 'silent', about: aboutOf(event), contract: event.contract }
  const { answers, owner, collections } = verification
  const call = stateCall(event, owner)
  if (call === null) return { status: 'ended' }
  const answer = answerTo(answers, call)
  const about = aboutOf(event)
  if (answer.status === 'failed') return failed(about, call.to, answer.error)
  const amount = numberIn(answer)
  if (amount === null) {
    const isExplained = event.kind === 'erc20' && collections.has(event.contract)
    return isExplained ? { status: 'other-kind' } : { status: 'silent', about, contract: call.to }
  }
  const { contract: token, spender } = event
  const log = givenLog(event)
  if (isPermit2Event(event)) {
    const proof = answerTo(answers, separatorOf(event.permit2))
    if (proof.status === 'failed') return failed(about, call.to, proof.error)
    const isProven = proof.status === 'ok' && proof.data === verification.separators.get(event.permit2)
    if (!isProven) return { status: 'silent', about, contract: call.to }
    const expiration = numberIn(answer, 1)
    if (expiration === null || expiration >= expirationLimit) return { status: 'silent', about, contract: call.to }
    // Permit2 refuses a transfer only after this second.
    const isOver = amount === 0n || expiration < BigInt(verification.timestamp)
    const rest = { permit2: event.permit2, amount, expiration: Number(expiration) }
    return isOver ? { status: 'ended' } : { status: 'live', grant: { kind: 'permit2', token, spender, log, ...rest } }
  }
  if (amount === 0n) return { status: 'ended' }
  return { status: 'live', grant: { token, spender, log, ...plainGrant(event, amount) } }
}

function givenLog({ log, given, isUse }: Candidate): GivenLog | null {
  const chosen = given ?? log
  return chosen === null ? null : { ...chosen, ...(isUse === true && { isUse }) }
}

const named = { operator: 'nft', 'operator-set': 'set', 'erc777-operator': 'erc777' } as const

function plainGrant(event: Candidate, amount: bigint) {
  if (isItemEvent(event)) return { kind: 'item-allowance', tokenId: event.tokenId, amount } as const
  const { kind } = event
  if (kind === 'operator' || kind === 'operator-set' || kind === 'erc777-operator') {
    return { kind: 'operator', named: named[kind] } as const
  }
  return { kind: 'allowance', amount } as const
}

/** Live only while the account owns the item; whom state names counts, whoever the event named. */
function verifyNft(event: NftEvent, { answers, owner, fungible, collections }: Verification): Verdict {
  const { contract, tokenId } = event
  const about = 'nft-approval'
  const [heldBy, approved] = [ownerOf(contract, tokenId), approvedOf(contract, tokenId)]
  if (!wasAsked(answers, heldBy)) return { status: 'other-kind' }
  const holding = answerTo(answers, heldBy)
  if (holding.status === 'failed') return failed(about, contract, holding.error)
  const holder = addressIn(holding)
  if (holder === null) {
    // ownerOf reverts for an item that was burned, so a collection's silence about one item is an answer.
    if (collections.has(contract)) return { status: 'ended' }
    return fungible.has(contract) ? { status: 'other-kind' } : { status: 'silent', about, contract }
  }
  if (holder.toLowerCase() !== owner.toLowerCase()) return { status: 'ended' }
  const answer = answerTo(answers, approved)
  if (answer.status === 'failed') return failed(about, contract, answer.error)
  const spender = addressIn(answer)
  if (spender === null) return { status: 'silent', about, contract }
  if (spender === zeroAddress) return { status: 'ended' }
  return { status: 'live', grant: { kind: 'nft', token: contract, spender, tokenId, log: givenLog(event) } }
}

/**
 * A contract that is silent because it is gone ended its grants. One that stands and is silent is unread, unless somebody
 * else made its event: then there is nothing behind it that the account has done.
 */
export function settle(
  verdict: Verdict,
  event: Pick<ApprovalEvent, 'log' | 'kind'>,
  { codes, transactions, owner }: Surroundings,
): Settled {
  if (verdict.status !== 'silent') return verdict
  const { about, contract } = verdict
  const code = codes.get(contract)
  if (code !== undefined && code.status !== 'answered') return failed(about, contract, code.error)
  if (code !== undefined && bytes(code.reply, 'eth_getCode') === '0x') return { status: 'ended' }
  const transaction = transactions.get(event.log.transaction)
  if (transaction?.status === 'answered') {
    const sender = address(fields(transaction.reply, 'eth_getTransactionByHash').from, 'the sender of a transaction')
    if (sender.toLowerCase() !== owner.toLowerCase()) return { status: 'unsolicited', sender }
  }
  const error =
    isImitation(event) || event.kind === 'permit2' ? new UnknownPermit2Error() : new ContractUnreadableError()
  return failed(about, contract, toFactError(error))
}

type Surroundings = {
  readonly codes: ReadonlyMap<Address, Attempt>
  readonly transactions: ReadonlyMap<Hex, Attempt>
  readonly owner: Address
}

export type Settled =
  | Exclude<Verdict, { status: 'silent' }>
  | { readonly status: 'unsolicited'; readonly sender: Address }

class ContractUnreadableError extends CheckupError {
  constructor() {
    super('contract-unreadable', {
      message: 'A contract sent an approval event for this account, but does not answer whether the approval is live.',
    })
  }
}

class UnknownPermit2Error extends CheckupError {
  constructor() {
    super('unknown-permit2', {
      message:
        'A contract that is not known to be Permit2 sent events like those of Permit2 about this account. What it may hold was not read.',
    })
  }
}

function failed(about: Missing['about'], contract: Address, error: FactError) {
  return { status: 'failed', missing: { about, contract, error } } as const
}

function aboutOf({ kind }: Candidate): Missing['about'] {
  switch (kind) {
    case 'erc20':
    case 'item-allowance':
      return 'allowance'
    case 'erc721':
      return 'nft-approval'
    case 'operator':
    case 'operator-set':
    case 'erc777-operator':
      return 'operator'
    case 'permit2':
    case 'like-permit2':
      return 'permit2'
    default:
      return kind satisfies never
  }
}

function isCollection({ contract, tokenId }: NftEvent, answers: Answers): boolean {
  if (wasAsked(answers, asksErc721(contract)) && saysErc721(answers, contract) === true) return true
  const call = ownerOf(contract, tokenId)
  return wasAsked(answers, call) && addressIn(answerTo(answers, call)) !== null
}

/** The first word of the answer about a candidate; null when there is no such word. */
export function stateNumber(event: Candidate, answers: Answers, owner: Address): bigint | null {
  const call = stateCall(event, owner)
  return call === null ? null : numberIn(answerTo(answers, call))
}

function numberIn(answer: CallResult, index = 0): bigint | null {
  return answer.status === 'ok' ? readNumber(answer.data, index) : null
}

function addressIn(answer: CallResult): Address | null {
  return answer.status === 'ok' ? readAddress(answer.data) : null
}
