/** Why a call reverted, from the bytes it returned. */
import type { Hex } from 'viem'
import { decodeAbiParameters } from 'viem/utils'
import { knownError } from './known-errors.ts'

const errorSelector = '0x08c379a0' // Error(string): revert("…") and require(…, "…")
const panicSelector = '0x4e487b71' // Panic(uint256): checks the compiler puts in

/** https://docs.soliditylang.org/en/latest/control-structures.html#panic-via-assert-and-error-via-require */
const panics: ReadonlyMap<bigint, string> = new Map([
  [0x00n, 'compiler panic'],
  [0x01n, 'assertion failed'],
  [0x11n, 'arithmetic overflow or underflow'],
  [0x12n, 'division by zero'],
  [0x21n, 'value outside an enum'],
  [0x22n, 'corrupt storage byte array'],
  [0x31n, 'pop of an empty array'],
  [0x32n, 'array index out of bounds'],
  [0x41n, 'out of memory'],
  [0x51n, 'call of an unset function'],
])

/**
 * The words of a revert: the contract's own for `Error(string)` (hostile until escaped), the meaning of a `Panic(uint256)`,
 * the name and values of an error that many contracts share, the selector of any other. null when it gave no words.
 */
export function revertReason(data: Hex): string | null {
  if (data === '0x') return null
  const selector = data.slice(0, 10)
  const words = decodeWords(selector, data)
  if (words !== null) return words === '' ? null : words
  const known = knownError(data)
  if (known === null) return selector
  // A router wraps what the contract behind it said. One wrapping is enough: more would be somebody's game.
  const inner = known.inner === null ? null : innerReason(known.inner)
  return inner === null ? known.words : `${known.words}: ${inner}`
}

function innerReason(data: Hex): string | null {
  if (data === '0x') return null
  const selector = data.slice(0, 10)
  return decodeWords(selector, data) ?? knownError(data)?.words ?? selector
}

/** null when the data is not what its selector promises. */
function decodeWords(selector: string, data: Hex): string | null {
  const body: Hex = `0x${data.slice(10)}`
  try {
    if (selector === errorSelector) return decodeAbiParameters([{ type: 'string' }], body)[0]
    if (selector === panicSelector) return panicWords(decodeAbiParameters([{ type: 'uint256' }], body)[0])
  } catch {
    return null // anybody may return these four bytes with anything behind them
  }
  return null
}

function panicWords(code: bigint): string {
  const hexCode = `0x${code.toString(16).padStart(2, '0')}`
  const meaning = panics.get(code)
  return meaning === undefined ? `Panic ${hexCode}` : `Panic ${hexCode}: ${meaning}`
}

/** The code of a panic, as `0x11`, out of the reason that `revertReason` gave for it; null for any other reason. */
export function panicCode(reason: string): string | null {
  const code = /^Panic (0x[0-9a-f]{2,64})(?::|$)/.exec(reason)?.[1]
  return code !== undefined && panicWords(BigInt(code)) === reason ? code : null
}

/**
 * The returned bytes inside a node's JSON-RPC error: plain hex (Geth, Reth, anvil), hex behind a word (`Reverted 0x…`), or
 * one level deeper under `data`. null when there are none.
 */
export function revertData(nodeData: unknown): Hex | null {
  if (typeof nodeData === 'string') {
    const found = /(?:^|\s)(0x(?:[0-9a-f]{2})*)$/i.exec(nodeData)?.[1]
    return found === undefined ? null : (found.toLowerCase() as Hex) // matched above
  }
  if (typeof nodeData !== 'object' || nodeData === null || !('data' in nodeData)) return null
  return typeof nodeData.data === 'string' ? revertData(nodeData.data) : null
}

/** Whether the node's words mean that the call ran and failed, not that the node would not run it. */
export function isExecutionFailure(nodeMessage: string): boolean {
  return /revert|out ?of ?gas|opcode|instruction|invalid jump|invalidjump|stack (under|over)flow|stack(under|over)flow/i.test(
    nodeMessage,
  )
}
