/**
 * Every address that transfers of an account name, each once, in arrays of bytes: a million of them take some forty
 * megabytes, where a map of texts takes several hundred.
 */
import type { Address } from 'viem'
import type { PackedLogs } from '../core/log-scan.ts'
import { bytesOf, type Side, transferRows } from './transfer-rows.ts'

export type CounterpartyTable = {
  /** Takes logs in any order and in any number of parts; the same twice changes nothing. */
  readonly add: (logs: PackedLogs, side: Side) => void
  readonly count: () => number
  /** True when there were more than the table takes. */
  readonly isFull: () => boolean
  /** Lower case. */
  readonly addressAt: (index: number) => Address
  /** The three hex digits that it begins with and the four that it ends with, as a number. */
  readonly endsAt: (index: number) => number
  /** null when it is not there. */
  readonly indexOf: (address: Address) => number | null
  /** Whether it stands where the recipient of more than nothing does. */
  readonly isRecipient: (index: number) => boolean
  readonly newestBlock: (index: number) => number
}

const addressLength = 20
const firstCapacity = 256
/** Twenty bits: an index and a key of 28 bits fit together into a number. */
export const mostCounterparties = 2 ** 20

/** @param most for tests; the account itself and the zero address are no counterparties */
export function createCounterpartyTable(owner: Address, most: number = mostCounterparties): CounterpartyTable {
  const left = [Buffer.alloc(addressLength), Buffer.from(owner.slice(2), 'hex')]
  let arrays = arraysOf(firstCapacity)
  let count = 0
  let isFull = false
  const addOne = (bytes: Buffer, at: number): number | null => {
    if (left.some((one) => one.compare(bytes, at, at + addressLength) === 0)) return null
    const slot = slotOf(arrays, bytes, at)
    const known = (arrays.slots[slot] ?? 0) - 1
    if (known >= 0) return known
    if (count === most) {
      isFull = true
      return null
    }
    if (count === arrays.newest.length) {
      arrays = grown(arrays)
      return addOne(bytes, at)
    }
    bytes.copy(arrays.addresses, count * addressLength, at, at + addressLength)
    arrays.slots[slot] = ++count
    return count - 1
  }
  return {
    add: (logs, side) => {
      const bytes = bytesOf(logs)
      for (const { other, block, isEmpty } of transferRows(logs, side)) {
        const index = addOne(bytes, other)
        if (index === null) continue
        if (side === 1 && !isEmpty) arrays.recipients[index] = 1
        arrays.newest[index] = Math.max(arrays.newest[index] ?? 0, block)
      }
    },
    count: () => count,
    isFull: () => isFull,
    addressAt: (index) => `0x${arrays.addresses.toString('hex', index * addressLength, (index + 1) * addressLength)}`,
    endsAt: (index) => {
      const at = index * addressLength
      return (arrays.addresses.readUInt16BE(at) >> 4) * 65_536 + arrays.addresses.readUInt16BE(at + 18)
    },
    indexOf: (address) => {
      const index = (arrays.slots[slotOf(arrays, Buffer.from(address.slice(2), 'hex'), 0)] ?? 0) - 1
      return index < 0 ? null : index
    },
    isRecipient: (index) => arrays.recipients[index] === 1,
    newestBlock: (index) => arrays.newest[index] ?? 0,
  }
}

type Arrays = {
  readonly addresses: Buffer
  /** By the hash of an address one more than its index; 0 where there is none. Twice as many as addresses. */
  readonly slots: Uint32Array
  readonly recipients: Uint8Array
  readonly newest: Float64Array
}

function arraysOf(capacity: number): Arrays {
  return {
    addresses: Buffer.alloc(capacity * addressLength),
    slots: new Uint32Array(2 * capacity),
    recipients: new Uint8Array(capacity),
    newest: new Float64Array(capacity),
  }
}

function grown(full: Arrays): Arrays {
  const count = full.newest.length
  const arrays = arraysOf(2 * count)
  full.addresses.copy(arrays.addresses)
  arrays.recipients.set(full.recipients)
  arrays.newest.set(full.newest)
  for (let index = 0; index < count; index++) {
    arrays.slots[slotOf(arrays, full.addresses, index * addressLength)] = index + 1
  }
  return arrays
}

/** Where the address is, or would be. */
function slotOf({ addresses, slots }: Arrays, bytes: Buffer, at: number): number {
  let slot = hashAt(bytes, at) % slots.length
  while (true) {
    const index = (slots[slot] ?? 0) - 1
    if (index < 0) return slot
    const known = index * addressLength
    if (addresses.compare(bytes, at, at + addressLength, known, known + addressLength) === 0) return slot
    slot = (slot + 1) % slots.length
  }
}

/** All twenty bytes count: some addresses are mostly zeros, and some are made to begin and end alike. */
function hashAt(bytes: Buffer, at: number): number {
  let hash = 0
  for (let word = 0; word < addressLength; word += 4) {
    hash = Math.imul(hash ^ bytes.readUInt32BE(at + word), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash >>> 0
}
