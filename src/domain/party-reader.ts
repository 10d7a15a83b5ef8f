/** What the logs say of the chosen ones: the transfers that decide, and no others. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { Party, Transfer } from '../core/facts.ts'
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

type Slot = Exclude<keyof Party, 'address'>
type Slots = { readonly [Name in Slot]: Transfer | null }
const none: Slots = { sent: null, claimedSent: null, emptySent: null, received: null, claimedReceived: null }

type Asked = {
  /** In lower case. */
  readonly chosen: ReadonlySet<Address>
  /** Contracts of listed tokens, in lower case. Events of others are claims, and must not hide what is true. */
  readonly listed: ReadonlySet<string>
}

export function partyReader({ chosen, listed }: Asked): PartyReader {
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
        const slot = slotOf({ side, isListed, isEmpty: row.isEmpty })
        const slots = parties.get(other) ?? none
        parties.set(other, { ...slots, [slot]: choose(slot, slots[slot], transfer) })
      }
    },
    result: () =>
      [...parties]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([address, slots]) => ({
          address: getAddress(address),
          sent: spell(slots.sent),
          claimedSent: spell(slots.claimedSent),
          emptySent: spell(slots.emptySent),
          received: spell(slots.received),
          claimedReceived: spell(slots.claimedReceived),
        })),
  }
}

type Seen = { readonly side: Side; readonly isListed: boolean; readonly isEmpty: boolean }

function slotOf({ side, isListed, isEmpty }: Seen): Slot {
  if (side === 2) return isListed && !isEmpty ? 'received' : 'claimedReceived'
  if (isEmpty) return 'emptySent'
  return isListed ? 'sent' : 'claimedSent'
}

/** What was paid first was there to be imitated; of the rest the newest is of interest. */
function choose(slot: Slot, known: Transfer | null, found: Transfer): Transfer {
  if (known === null) return found
  const [older, newer] = isAfter(found, known) ? [known, found] : [found, known]
  return slot === 'sent' || slot === 'claimedSent' ? older : newer
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
