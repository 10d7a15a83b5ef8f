/** What the logs say of the chosen ones: the transfers that decide, and no others. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { LogRef, Party, Transfer } from '../core/facts.ts'
import type { PackedLogs } from '../core/log-scan.ts'
import { readPacked } from './packed-logs.ts'
import { wordAt } from './topics.ts'
import { bytesOf, type Side, type TransferRow, transferRows } from './transfer-rows.ts'

export type PartyReader = {
  /** Takes logs in any order and in any number of parts; the same twice changes nothing. */
  readonly add: (logs: PackedLogs, side: Side) => void
  /** By address. */
  readonly result: () => readonly Party[]
}

type Slots = { -readonly [Slot in Exclude<keyof Party, 'address'>]: Transfer | null }

/** @param chosen in lower case */
export function partyReader(chosen: ReadonlySet<Address>): PartyReader {
  const parties = new Map<Address, Slots>()
  return {
    add: (logs, side) => {
      if (chosen.size === 0) return
      const bytes = bytesOf(logs)
      for (const row of transferRows(logs, side)) {
        const other: Address = `0x${bytes.toString('hex', row.other, row.other + 20)}`
        if (!chosen.has(other)) continue
        const slots = parties.get(other) ?? { sent: null, empty: null, received: null }
        parties.set(other, slots)
        note(slots, { logs, row, side })
      }
    },
    result: () =>
      [...parties]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([address, { sent, empty, received }]) => ({
          address: getAddress(address),
          sent: spell(sent),
          empty: spell(empty),
          received: spell(received),
        })),
  }
}

type Seen = { readonly logs: PackedLogs; readonly row: TransferRow; readonly side: Side }

function note(slots: Slots, { logs, row, side }: Seen): void {
  const transfer = transferOf(logs, row)
  if (side === 2) {
    if (isLater(transfer, slots.received)) slots.received = transfer
    return
  }
  if (row.isEmpty) {
    if (isLater(transfer, slots.empty)) slots.empty = transfer
    return
  }
  if (slots.sent === null || isLater(slots.sent, transfer)) slots.sent = transfer
}

function transferOf({ bytes }: PackedLogs, { start, end }: TransferRow): Transfer | null {
  const [log] = readPacked({ bytes: bytes.subarray(start, end), count: 1 })
  if (log === undefined) return null
  const word = log.topics.length === 4 ? null : wordAt(log.data, 0)
  return {
    contract: log.address,
    amount: word === null ? null : BigInt(word),
    log: { block: log.blockNumber, transaction: log.transactionHash, index: log.logIndex },
  }
}

function isLater(one: Transfer | null, other: Transfer | null): boolean {
  if (one === null || other === null) return one !== null
  return place(one.log) > place(other.log)
}

/** Block and index as one number. */
function place({ block, index }: LogRef): bigint {
  return (block << 32n) + BigInt(index)
}

/** EIP-55 costs a hash: only what is kept is worth it. */
function spell(transfer: Transfer | null): Transfer | null {
  return transfer && { ...transfer, contract: getAddress(transfer.contract) }
}
