/** What the logs say of the chosen ones: the transfers that decide, and no others. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { BlockRange, Party, Transfer, TransferPlace } from '../core/facts.ts'
import type { PackedLogs } from '../core/log-scan.ts'
import { DamagedLogsError } from './log-rows.ts'
import { readPacked } from './packed-logs.ts'
import { wordAt } from './topics.ts'
import { bytesOf, type Side, type TransferRow, transferRows } from './transfer-rows.ts'

export type PartyReader = {
  /** Takes logs in any order and in any number of parts; the same twice changes nothing. */
  readonly add: (logs: PackedLogs, side: Side) => void
  /** By address. */
  readonly result: () => readonly Party[]
}

type Kept = {
  /** The oldest first: when there are too many, so many at both ends. */
  readonly transfers: readonly Transfer[]
  readonly gap: BlockRange | null
}
type Slots = { readonly [Place in TransferPlace]?: Kept }

type Asked = {
  /** In lower case. */
  readonly chosen: ReadonlySet<Address>
  /** Those of them of which one transfer of a kind may hide another that matters. */
  readonly closely: ReadonlySet<Address>
  /** Contracts of listed tokens, in lower case. Events of others are claims, and must not hide what is true. */
  readonly listed: ReadonlySet<string>
}

/** So many of a kind are kept at both ends, of those that are looked at closely and of others. */
const mostClosely = 8
const mostOthers = 1

export function partyReader({ chosen, closely, listed }: Asked): PartyReader {
  const parties = new Map<Address, Slots>()
  return {
    add: (logs, side) => {
      if (chosen.size === 0) return
      const bytes = bytesOf(logs)
      for (const row of transferRows(logs, side)) {
        const other: Address = `0x${bytes.toString('hex', row.other, row.other + 20)}`
        if (!chosen.has(other)) continue
        const transfer = transferOf(logs, row)
        const isListed = transfer.amount !== null && listed.has(transfer.contract)
        const place = placeOf({ side, isListed, isEmpty: row.isEmpty })
        const slots = parties.get(other) ?? {}
        const most = closely.has(other) ? mostClosely : mostOthers
        parties.set(other, { ...slots, [place]: keep(slots[place], transfer, { place, most }) })
      }
    },
    result: () =>
      [...parties].sort(([one], [other]) => (one < other ? -1 : 1)).map(([address, slots]) => partyOf(address, slots)),
  }
}

type Seen = { readonly side: Side; readonly isListed: boolean; readonly isEmpty: boolean }

function placeOf({ side, isListed, isEmpty }: Seen): TransferPlace {
  if (side === 2) return isListed && !isEmpty ? 'received' : 'claimedReceived'
  if (isEmpty) return 'emptySent'
  return isListed ? 'sent' : 'claimedSent'
}

type Limits = { readonly place: TransferPlace; readonly most: number }

/** What was paid first was there to be imitated, and a listed token is believed: of these the oldest says all. */
function keep(known: Kept | undefined, found: Transfer, { place, most }: Limits): Kept {
  const { transfers, gap } = known ?? { transfers: [], gap: null }
  if (transfers.some((each) => isSameEvent(each, found))) return { transfers, gap }
  const after = transfers.findIndex((each) => isAfter(each, found))
  const all = transfers.toSpliced(after === -1 ? transfers.length : after, 0, found)
  if (place === 'sent') return { transfers: all.slice(0, 1), gap: null }
  if (all.length <= 2 * most) return { transfers: all, gap }
  const [fromBlock, toBlock] = [all[most - 1], all[most + 1]].map((each) => each?.log.block ?? 0n)
  return { transfers: all.toSpliced(most, 1), gap: { fromBlock: fromBlock ?? 0n, toBlock: toBlock ?? 0n } }
}

function isSameEvent({ log: one }: Transfer, { log: other }: Transfer): boolean {
  return one.block === other.block && one.index === other.index
}

const places = ['sent', 'claimedSent', 'emptySent', 'received', 'claimedReceived'] as const

function partyOf(address: Address, slots: Slots): Party {
  const first = (place: TransferPlace) => spell(slots[place]?.transfers[0] ?? null)
  const last = (place: TransferPlace) => spell(slots[place]?.transfers.at(-1) ?? null)
  const more = places.flatMap((place) => {
    const transfers = slots[place]?.transfers ?? []
    const others = place === 'claimedSent' ? transfers.slice(1) : transfers.slice(0, -1)
    return others.map((transfer) => ({ ...transfer, contract: getAddress(transfer.contract), place }))
  })
  const gaps = places.flatMap((place) => {
    const gap = slots[place]?.gap ?? null
    return gap === null ? [] : [{ place, ...gap }]
  })
  return {
    address: getAddress(address),
    sent: first('sent'),
    claimedSent: first('claimedSent'),
    emptySent: last('emptySent'),
    received: last('received'),
    claimedReceived: last('claimedReceived'),
    ...(more.length > 0 && { more }),
    ...(gaps.length > 0 && { gaps }),
  }
}

function transferOf({ bytes }: PackedLogs, { start, end }: TransferRow): Transfer {
  const [log] = readPacked({ bytes: bytes.subarray(start, end), count: 1 })
  if (log === undefined) throw new DamagedLogsError()
  const word = log.topics.length === 4 ? null : wordAt(log.data, 0)
  return {
    contract: log.address,
    amount: word === null ? null : BigInt(word),
    log: { block: log.blockNumber, transaction: log.transactionHash, index: log.logIndex },
  }
}

function isAfter({ log: one }: Transfer, { log: other }: Transfer): boolean {
  return one.block > other.block || (one.block === other.block && one.index > other.index)
}

/** EIP-55 costs a hash: only what is kept is worth it. */
function spell(transfer: Transfer | null): Transfer | null {
  return transfer && { ...transfer, contract: getAddress(transfer.contract) }
}
