/** EIP-1967: where a proxy keeps the addresses that decide which code it runs. */
import type { Hex } from 'viem'

/** Keccak-256 of each name, less one. A test computes every one again. */
export const proxySlots = {
  /** eip1967.proxy.implementation */
  implementation: '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
  /** eip1967.proxy.beacon */
  beacon: '0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50',
  /** eip1967.proxy.admin */
  admin: '0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103',
} as const satisfies Record<string, Hex>
export type ProxySlot = keyof typeof proxySlots

const [push1, push32] = [0x60, 0x7f]
/** DELEGATECALL, and CALLCODE before it. */
const borrowing: ReadonlySet<number> = new Set([0xf4, 0xf2])

/** Whether code can run the code of others at all: without such an instruction it is no proxy. Data that looks like one counts. */
export function canBeProxy(code: Hex): boolean {
  for (let at = 2; at < code.length; at += 2) {
    const opcode = Number.parseInt(code.slice(at, at + 2), 16)
    if (borrowing.has(opcode)) return true
    if (opcode >= push1 && opcode <= push32) at += 2 * (opcode - push1 + 1)
  }
  return false
}
