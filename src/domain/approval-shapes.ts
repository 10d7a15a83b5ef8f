/** What a log of an approval names, in every shape that contracts send. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type { ApprovalEvent } from '../core/facts.ts'
import type { LogEntry } from './newest-logs.ts'
import { addressInWord, topics, wordAt } from './topics.ts'

export type NamedGrant = Omit<ApprovalEvent, 'log' | 'given' | 'isUse' | 'isEnd'>

/** Events of the same scan that no grant is read from. */
export function isOther({ topics: [topic] }: LogEntry): boolean {
  return topic === topics.transfer || topic === topics.transferSingle || topic === topics.transferBatch
}

export function isErc777({ topics: [topic] }: LogEntry): boolean {
  return topic === topics.authorizedOperator || topic === topics.revokedOperator
}

export function isPermit2Shape({ topics: [topic] }: LogEntry): boolean {
  return topic === topics.permit2Approval || topic === topics.permit2Permit || topic === topics.permit2Lockdown
}

/** The candidates that one log names; null when it has no shape of its kind. */
export function grantsOf(log: LogEntry): readonly NamedGrant[] | null {
  switch (log.topics[0]) {
    case topics.approval:
      return approvalGrants(log)
    case topics.approvalForAll:
      return operatorGrant(log, 'operator', argument(log, 2, 0))
    case topics.operatorSet:
      return operatorGrant(log, 'operator-set', argument(log, 2, 0))
    case topics.authorizedOperator:
    case topics.revokedOperator:
      return operatorGrant(log, 'erc777-operator', argument(log, 1, 0))
    case topics.itemApproval:
      return itemGrant(log)
    case topics.permit2Lockdown:
      return permit2Grant(log, [wordAt(log.data, 0), wordAt(log.data, 1)])
    case topics.permit2Approval:
    case topics.permit2Permit:
      return permit2Grant(log, [log.topics[2] ?? null, log.topics[3] ?? null])
    default:
      return null
  }
}

function approvalGrants(log: LogEntry): readonly NamedGrant[] | null {
  const contract = log.address
  const spender = argument(log, 2, 0)
  if (spender === null) return null
  const amountOrId = log.topics[3] ?? wordAt(log.data, log.topics.length === 3 ? 0 : 1)
  const erc20: NamedGrant = { kind: 'erc20', contract, spender, tokenId: null, permit2: null }
  if (amountOrId === null) return [erc20]
  return [erc20, { kind: 'erc721', contract, spender, tokenId: BigInt(amountOrId), permit2: null }]
}

function operatorGrant(
  { address: contract }: LogEntry,
  kind: NamedGrant['kind'],
  spender: Address | null,
): readonly NamedGrant[] | null {
  return spender && [{ kind, contract, spender, tokenId: null, permit2: null }]
}

function itemGrant(log: LogEntry): readonly NamedGrant[] | null {
  const spender = argument(log, 2, 0)
  const tokenId = log.topics[3] ?? wordAt(log.data, log.topics.length === 3 ? 0 : 1)
  if (spender === null || tokenId === null) return null
  return [{ kind: 'item-allowance', contract: log.address, spender, tokenId: BigInt(tokenId), permit2: null }]
}

function permit2Grant(
  log: LogEntry,
  [token, spender]: readonly [Hex | null, Hex | null],
): readonly NamedGrant[] | null {
  const contract = token && addressInWord(token)
  const named = spender && addressInWord(spender)
  if (contract === null || named === null) return null
  return [{ kind: 'permit2', contract, spender: named, tokenId: null, permit2: log.address }]
}

/** What an event of Permit2's shape names when another contract sent it: whom the contract wants to be seen. */
export function imitatedGrant(log: LogEntry): NamedGrant {
  const [named] = grantsOf(log) ?? []
  const spender = named?.spender ?? '0x0000000000000000000000000000000000000000'
  return { kind: 'like-permit2', contract: log.address, spender, tokenId: null, permit2: null }
}

/** Whether a log says that the grant is over: an amount of nothing, a no, an end. */
export function endsGrant({ kind }: NamedGrant, log: LogEntry): boolean {
  const isZero = (word: Hex | null) => word !== null && BigInt(word) === 0n
  switch (kind) {
    case 'erc20':
      return isZero(log.topics[3] ?? lastWord(log))
    case 'erc721':
      return isZero(log.topics[2] ?? wordAt(log.data, 0))
    case 'operator':
    case 'operator-set':
    case 'item-allowance':
      return isZero(lastWord(log))
    case 'erc777-operator':
      return log.topics[0] === topics.revokedOperator
    case 'like-permit2':
      return false
    case 'permit2':
      return log.topics[0] === topics.permit2Lockdown || isZero(wordAt(log.data, 0))
    default:
      return kind satisfies never
  }
}

/** Amounts and decisions stand last, whatever else is not indexed. */
function lastWord({ data }: LogEntry): Hex | null {
  return data.length < 66 ? null : wordAt(data, Math.floor((data.length - 2) / 64) - 1)
}

/** An address argument: a topic, or a word of the data in contracts that do not index it. */
function argument(log: LogEntry, topic: number, word: number): Address | null {
  const found = log.topics.length > topic ? (log.topics[topic] ?? null) : wordAt(log.data, word)
  return found && addressInWord(found)
}

export function grantKey({ kind, contract, spender, tokenId, permit2 }: NamedGrant): string {
  // An NFT has one approved address at a time: a newer event replaces it, whoever it names.
  const item = kind === 'item-allowance' ? `${tokenId} ${spender}` : tokenId
  return [kind, contract, item ?? spender, permit2].join()
}

/** Gives addresses their EIP-55 spelling, once per kept item at the end: it costs a hash each. */
export function spellGrant(item: ApprovalEvent): ApprovalEvent {
  return {
    ...item,
    contract: getAddress(item.contract),
    spender: getAddress(item.spender),
    permit2: item.permit2 && getAddress(item.permit2),
  }
}
