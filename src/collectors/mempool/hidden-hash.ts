/** What a user gave as a hash may be a key: until a node shows a transaction of it, it is not kept. */
import type { Hex } from 'viem'
import type { FactError } from '../../core/errors.ts'

/** A node may repeat what it was asked for in its refusal. */
export function withoutHash(error: FactError, hash: Hex): FactError {
  const pattern = new RegExp(hash.slice(2), 'gi')
  const hide = (text: string) => text.replace(pattern, '…')
  const data = Object.entries(error.data).map(([name, cell]) => [
    name,
    typeof cell.value === 'string' ? { ...cell, value: hide(cell.value) } : cell,
  ])
  // The same cells with other words in them.
  return { ...error, message: hide(error.message), data: Object.fromEntries(data) as FactError['data'] }
}

/** Enough for the one who gave it to know which one is meant. Nothing tells a hash from a key until a node shows the transaction. */
export function endsOf(hash: Hex): string {
  return `${hash.slice(0, 6)}…${hash.slice(-4)}`
}
