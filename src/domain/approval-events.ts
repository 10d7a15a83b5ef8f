/** Turns logs into approval events and transfers. They say where to look; whether a grant is live is for state to say. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { ApprovalEvent, LogFacts } from '../core/facts.ts'
import {
  endsGrant,
  grantKey,
  grantsOf,
  imitatedGrant,
  isErc777,
  isOther,
  isPermit2Shape,
  type NamedGrant,
  spellGrant,
} from './approval-shapes.ts'
import { addToHistory, type GrantHistory, toEvent } from './grant-history.ts'
import { byPlace, type LogEntry, type LogReader, readNewest, standalone } from './newest-logs.ts'
import { addressTopic, topics } from './topics.ts'

type Received = LogFacts['received'][number]

type Asked = { readonly owner: Address; readonly isPermit2: (contract: Address) => boolean }

/**
 * The newest event of each grant of the owner, and the one that gave it. One Approval becomes two candidates, of an ERC-20 and
 * of an ERC-721: the number of topics usually tells them apart, but there are ERC-20s with an indexed amount and ERC-721s with a
 * plain id. Permit2's events name grants only where a known deployment sent them.
 * ERC-777 names the account second, so these events come with another filter than the rest.
 */
export function approvalReader({ owner, isPermit2 }: Asked): LogReader<ApprovalEvent> {
  const ownerTopic = addressTopic(owner)
  const histories = new Map<string, GrantHistory>()
  const unreadable = new Set<Address>()
  const shared = shareAddresses()
  const read = (log: LogEntry) =>
    isPermit2Shape(log) && !isPermit2(log.address) ? [imitatedGrant(log)] : grantsOf(log)
  const addOne = (log: LogEntry, moved: ReadonlySet<Address>) => {
    if (isOther(log)) return
    const found = log.topics[isErc777(log) ? 2 : 1] === ownerTopic ? read(log) : null
    if (found === null) unreadable.add(log.address)
    for (const grant of (found ?? []).map(shared)) {
      // Many tokens announce what is left of an allowance whenever some of it is used.
      const isUse = grant.kind === 'erc20' && moved.has(grant.contract)
      const event = { log, isUse, isEnd: endsGrant(grant, log) }
      histories.set(grantKey(grant), addToHistory(histories.get(grantKey(grant)), grant, event))
    }
  }
  const { add, flush } = byTransaction((logs) => {
    const moved = new Set(logs.flatMap((log) => (log.topics[0] === topics.transfer ? [log.address] : [])))
    for (const log of logs) addOne(log, moved)
  })
  return {
    add,
    result: () => {
      flush()
      return {
        items: [...histories]
          .map(([key, history]) => [key, toEvent(history)] as const)
          .sort(byPlace)
          .map(([, event]) => spellGrant(event)),
        unreadable: [...unreadable].map((contract) => getAddress(contract)),
      }
    },
  }
}

/** Many grants name the same few contracts and spenders: each address is kept once. */
function shareAddresses(): (grant: NamedGrant) => NamedGrant {
  const known = new Map<Address, Address>()
  const share = (address: Address): Address => {
    const found = known.get(address)
    if (found !== undefined) return found
    const alone = standalone(address)
    known.set(alone, alone)
    return alone
  }
  return (grant) => ({
    ...grant,
    contract: share(grant.contract),
    spender: share(grant.spender),
    permit2: grant.permit2 && share(grant.permit2),
  })
}

/** Hands over the logs of one transaction at a time: they follow each other, because blocks are read as a whole. */
function byTransaction(use: (logs: readonly LogEntry[]) => void) {
  let open: LogEntry[] = []
  const flush = () => {
    const logs = open
    open = []
    if (logs.length > 0) use(logs)
  }
  const add = (logs: Iterable<LogEntry>) => {
    for (const log of logs) {
      if (open[0] !== undefined && open[0].transactionHash !== log.transactionHash) flush()
      open.push(log)
    }
  }
  return { add, flush }
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
