/** The kinds of logs that a made-up chain holds: every event that the scan reads, each with an account at its place. */
import { topics } from '../src/domain/topics.ts'

export type LogPlace = { readonly block: number; readonly index: number }
export type Draft = LogPlace & { readonly account: number; readonly serial: number }

type Kind = {
  readonly topic0: string
  /** Where the account stands. */
  readonly position: 1 | 2 | 3
  /** The topics after the first, the account's place included, in words. */
  readonly words: (account: string, other: string, serial: number) => readonly string[]
  readonly data: (serial: number) => string
}

/** A small mixing function: enough to spread numbers without order. */
export function mix(number: number): number {
  let x = Math.imul(number ^ 0x9e3779b9, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

export function word(number: number | bigint): string {
  return number.toString(16).padStart(64, '0')
}

/** Twenty bytes that look like any others. */
export function addressOf(seed: number): `0x${string}` {
  const parts = [1, 2, 3, 4, 5].map((part) =>
    mix(seed * 5 + part)
      .toString(16)
      .padStart(8, '0'),
  )
  return `0x${parts.join('')}`
}

export const accountAt = (index: number): `0x${string}` => addressOf(0xacc0000 + index)
const contractAt = (index: number): string => addressOf(0xc0de0000 + index)
const topicOf = (address: string): string => `0x${address.slice(2).padStart(64, '0')}`

const amount = (serial: number): string => word(BigInt(serial + 1) * 10n ** 15n)
const one = (): string => word(1)
const pair = (account: string, other: string): readonly string[] => [account, other]
const swapped = (account: string, other: string): readonly string[] => [other, account]

const kinds = {
  approval: { topic0: topics.approval, position: 1, words: pair, data: amount },
  everything: { topic0: topics.approvalForAll, position: 1, words: pair, data: one },
  permit2: {
    topic0: topics.permit2Approval,
    position: 1,
    words: (account, other, serial) => [account, topicOf(contractAt(serial % 300)), other],
    data: (serial) => amount(serial) + word(1_900_000_000),
  },
  permit: {
    topic0: topics.permit2Permit,
    position: 1,
    words: (account, other, serial) => [account, topicOf(contractAt(serial % 300)), other],
    data: (serial) => amount(serial) + word(1_900_000_000) + word(serial),
  },
  lockdown: {
    topic0: topics.permit2Lockdown,
    position: 1,
    words: (account) => [account],
    data: (serial) => word(BigInt(contractAt(serial % 300))) + word(BigInt(contractAt(serial % 50))),
  },
  operator: { topic0: topics.operatorSet, position: 1, words: pair, data: one },
  sent: { topic0: topics.transfer, position: 1, words: pair, data: amount },
  got: { topic0: topics.transfer, position: 2, words: swapped, data: amount },
  gotItem: {
    topic0: topics.transfer,
    position: 2,
    words: (account, other, serial) => [other, account, `0x${word(serial)}`],
    data: () => '',
  },
  authorized: { topic0: topics.authorizedOperator, position: 2, words: swapped, data: () => '' },
  sentMulti: {
    topic0: topics.transferSingle,
    position: 2,
    words: (account, other) => [other, account, other],
    data: (serial) => word(serial) + word(1),
  },
  gotMulti: {
    topic0: topics.transferSingle,
    position: 3,
    words: (account, other) => [other, other, account],
    data: (serial) => word(serial) + word(1),
  },
} as const satisfies Record<string, Kind>

/** Transfers are the most frequent, as they are on any chain. */
const { approval, everything, permit2, permit, lockdown, operator, sent, got, gotItem, authorized } = kinds
const order: readonly Kind[] = [
  ...[got, sent, approval, got, gotItem, sent, got, everything, sent, got],
  ...[permit2, got, sent, kinds.gotMulti, got, permit, sent, approval, got, kinds.sentMulti],
  ...[got, sent, operator, got, authorized, sent, lockdown, got, approval, sent],
]

export function kindOf({ serial }: Pick<Draft, 'serial'>): Kind {
  return order[serial % order.length] ?? kinds.got
}

export function topicsOf({ account, serial }: Pick<Draft, 'account' | 'serial'>): readonly string[] {
  const { topic0, words } = kindOf({ serial })
  // Approvals name some hundred spenders; transfers meet somebody new each time.
  const isTransfer = topic0 === topics.transfer || topic0 === topics.transferSingle
  const other = isTransfer ? 0x1000 + mix(account * 65_537 + serial) : mix(serial + account) % 500
  return [topic0, ...words(topicOf(accountAt(account)), topicOf(addressOf(0xbeef0000 + other)), serial)]
}

export function logJson(draft: Draft, blockHash: string): string {
  const { block, index, account, serial } = draft
  return JSON.stringify({
    address: contractAt(mix(account + serial * 3) % 300),
    topics: topicsOf(draft),
    data: `0x${kindOf(draft).data(serial)}`,
    blockNumber: `0x${block.toString(16)}`,
    transactionHash: transactionOf({ block, index }),
    transactionIndex: `0x${(index % 200).toString(16)}`,
    blockHash,
    logIndex: `0x${index.toString(16)}`,
    removed: false,
  })
}

export function transactionOf({ block, index }: LogPlace): string {
  const parts = [1, 2, 3, 4, 5, 6, 7, 8].map((part) =>
    mix(block * 8 + part + index * 977)
      .toString(16)
      .padStart(8, '0'),
  )
  return `0x${parts.join('')}`
}
