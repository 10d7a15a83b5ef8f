/** Turns logs into approval events. They say where to look; whether a grant is live is for state to say. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type { ApprovalEvent, LogFacts, LogRef } from '../core/facts.ts'
import { addressInWord, addressTopic, topics, wordAt } from './topics.ts'

/** A log as a node gives it, hex in lower case. */
export type LogEntry = {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly transactionHash: Hex
  readonly logIndex: number
}

type Grant = Omit<ApprovalEvent, 'log'>
type Received = LogFacts['received'][number]

/** What one kind of log was read into; `unreadable` lists the contracts of those that fit no known shape. */
export type Decoded<Item> = { readonly items: readonly Item[]; readonly unreadable: readonly Address[] }

/** Takes logs in any order and in any number of parts, and keeps only what is newest, oldest first. */
export type LogReader<Item> = {
  readonly add: (logs: Iterable<LogEntry>) => void
  readonly result: () => Decoded<Item>
}

type Asked = { readonly owner: Address; readonly isPermit2: (contract: Address) => boolean }

/**
 * The newest event of each grant of the owner. One Approval becomes two candidates, of an ERC-20 and of an ERC-721: the
 * number of topics usually tells them apart, but there are ERC-20s with an indexed amount and ERC-721s with a plain id.
 * Permit2's events count only from its known deployments.
 * ERC-777 names the account second, so these events come with another filter than the rest.
 */
export function approvalReader({ owner, isPermit2 }: Asked): LogReader<ApprovalEvent> {
  const ownerTopic = addressTopic(owner)
  return readNewest({
    read: (log) => {
      if (isOther(log) || (isPermit2Shape(log) && !isPermit2(log.address))) return []
      return log.topics[isErc777(log) ? 2 : 1] === ownerTopic ? grantsOf(log) : null
    },
    keyOf: grantKey,
    spell,
  })
}

/** The newest transfer to the owner of each contract. */
export function receivedReader(owner: Address): LogReader<Received> {
  const ownerTopic = addressTopic(owner)
  return readNewest({
    read: (log): readonly Omit<Received, 'log'>[] | null => {
      const [event, , second, third] = log.topics
      if (isErc777(log)) return []
      const kind = event === topics.transfer ? (log.topics.length === 4 ? 'nft' : 'fungible') : 'multi'
      if (kind === 'multi' && third !== ownerTopic && second === ownerTopic) return [] // items that left
      if ((kind === 'multi' ? third : second) !== ownerTopic) return null
      return [{ contract: log.address, kind }]
    },
    keyOf: ({ contract }) => contract,
    spell: (item) => ({ ...item, contract: getAddress(item.contract) }),
  })
}

type Logged<Item> = Item & { readonly log: LogRef }
type Reading<Item> = {
  /** The items that a log names; null when it has no shape of its kind. */
  readonly read: (log: LogEntry) => readonly Item[] | null
  readonly keyOf: (item: Item) => string
  /** Gives addresses their EIP-55 spelling, once per kept item at the end: it costs a hash each. */
  readonly spell: (item: Logged<Item>) => Logged<Item>
}

function readNewest<Item>({ read, keyOf, spell }: Reading<Item>): LogReader<Logged<Item>> {
  const items = new Map<string, Logged<Item>>()
  const unreadable = new Set<Address>()
  const addOne = (log: LogEntry) => {
    const found = read(log)
    if (found === null) unreadable.add(log.address)
    for (const item of found ?? []) {
      const known = items.get(keyOf(item))
      if (known === undefined || isAfter(log, known.log)) items.set(keyOf(item), { ...item, log: refOf(log) })
    }
  }
  return {
    add: (logs) => {
      for (const log of logs) addOne(log)
    },
    result: () => ({
      // Parts arrive in another order each time.
      items: [...items].sort(byPlace).map(([, item]) => spell(item)),
      unreadable: [...unreadable].map((contract) => getAddress(contract)),
    }),
  }
}

type Keyed = readonly [key: string, item: { readonly log: LogRef }]

/** As the logs stand on the chain; those that one log names by their keys. */
function byPlace([oneKey, { log: one }]: Keyed, [otherKey, { log: other }]: Keyed): number {
  if (one.block !== other.block) return one.block < other.block ? -1 : 1
  return one.index - other.index || (oneKey < otherKey ? -1 : 1)
}

function refOf({ blockNumber, transactionHash, logIndex }: LogEntry): LogRef {
  return { block: blockNumber, transaction: transactionHash, index: logIndex }
}

function isAfter(log: LogEntry, known: LogRef): boolean {
  return log.blockNumber > known.block || (log.blockNumber === known.block && log.logIndex > known.index)
}

/** Events of the same scan that no grant is read from. */
function isOther({ topics: [topic] }: LogEntry): boolean {
  return topic === topics.transfer || topic === topics.transferSingle || topic === topics.transferBatch
}

function isErc777({ topics: [topic] }: LogEntry): boolean {
  return topic === topics.authorizedOperator || topic === topics.revokedOperator
}

function isPermit2Shape({ topics: [topic] }: LogEntry): boolean {
  return topic === topics.permit2Approval || topic === topics.permit2Permit || topic === topics.permit2Lockdown
}

/** The candidates that one log names; null when it has no shape of its kind. */
function grantsOf(log: LogEntry): readonly Grant[] | null {
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

function approvalGrants(log: LogEntry): readonly Grant[] | null {
  const contract = log.address
  const spender = argument(log, 2, 0)
  if (spender === null) return null
  const amountOrId = log.topics[3] ?? wordAt(log.data, log.topics.length === 3 ? 0 : 1)
  const erc20: Grant = { kind: 'erc20', contract, spender, tokenId: null, permit2: null }
  if (amountOrId === null) return [erc20]
  return [erc20, { kind: 'erc721', contract, spender, tokenId: BigInt(amountOrId), permit2: null }]
}

function operatorGrant(
  { address: contract }: LogEntry,
  kind: Grant['kind'],
  spender: Address | null,
): readonly Grant[] | null {
  return spender && [{ kind, contract, spender, tokenId: null, permit2: null }]
}

function itemGrant(log: LogEntry): readonly Grant[] | null {
  const spender = argument(log, 2, 0)
  const tokenId = log.topics[3] ?? wordAt(log.data, log.topics.length === 3 ? 0 : 1)
  if (spender === null || tokenId === null) return null
  return [{ kind: 'item-allowance', contract: log.address, spender, tokenId: BigInt(tokenId), permit2: null }]
}

function permit2Grant(log: LogEntry, [token, spender]: readonly [Hex | null, Hex | null]): readonly Grant[] | null {
  const contract = token && addressInWord(token)
  const named = spender && addressInWord(spender)
  if (contract === null || named === null) return null
  return [{ kind: 'permit2', contract, spender: named, tokenId: null, permit2: log.address }]
}

/** An address argument: a topic, or a word of the data in contracts that do not index it. */
function argument(log: LogEntry, topic: number, word: number): Address | null {
  const found = log.topics.length > topic ? (log.topics[topic] ?? null) : wordAt(log.data, word)
  return found && addressInWord(found)
}

function grantKey({ kind, contract, spender, tokenId, permit2 }: Grant): string {
  // An NFT has one approved address at a time: a newer event replaces it, whoever it names.
  const item = kind === 'item-allowance' ? `${tokenId} ${spender}` : tokenId
  return [kind, contract, item ?? spender, permit2].join()
}

function spell<Item extends Grant & { readonly log: LogRef }>(item: Item): Item {
  return {
    ...item,
    contract: getAddress(item.contract),
    spender: getAddress(item.spender),
    permit2: item.permit2 && getAddress(item.permit2),
  }
}
