/** Which evidence can be read a second time, how, and whether the second answer says the same. */
import type { Address } from 'viem'
import type { Evidence } from '../core/finding.ts'
import type { Reading, SecondAnswer } from '../core/second-opinion.ts'

/**
 * What the view functions answer that evidence names. Evidence of another function says it itself (`returns`).
 * Of Permit2's answer the first two words count: the third is a counter of signatures.
 */
const returnTypes: Readonly<Record<string, string>> = {
  'allowance(address,address)': 'uint256',
  'allowance(address,address,address)': 'uint160,uint48',
  'allowance(address,address,uint256)': 'uint256',
  'balanceOf(address)': 'uint256',
  'balanceOf(address,uint256)': 'uint256',
  'getApproved(uint256)': 'address',
  'getModules()': 'address[]',
  // Its second answer says where the list goes on.
  'getModulesPaginated(address,uint256)': 'address[]',
  'getOwners()': 'address[]',
  'getThreshold()': 'uint256',
  // Amount, spent and period, of five answers.
  'getTokenAllowance(address,address,address)': 'uint256,uint256,uint256',
  'isApprovedForAll(address,address)': 'bool',
  'isOperator(address,address)': 'bool',
  'isOperatorFor(address,address)': 'bool',
  'nonce()': 'uint256',
  'ownerOf(uint256)': 'address',
  'totalSupply()': 'uint256',
}

/** null: no read of fixed state, such as a list, a market price, or a pending block. `account` is whose state is meant where none is named. */
export function readingOf(evidence: Evidence, account: Address): Reading | null {
  switch (evidence.kind) {
    case 'call': {
      const returns = evidence.returns ?? returnTypes[evidence.function]
      const { to, function: signature, arguments: given, block } = evidence
      if (returns === undefined) return null
      return { kind: 'call', to, function: signature, returns, arguments: given, block: BigInt(block) }
    }
    case 'read':
      return evidence.host === undefined ? readOf(evidence, account) : null
    case 'log':
      return { kind: 'log', transaction: evidence.transaction, index: evidence.index }
    case 'transaction':
      return { kind: 'transaction', hash: evidence.hash }
    case 'list':
    case 'spender':
    case 'second-reading':
      return null
    default:
      return evidence satisfies never
  }
}

type Read = Extract<Evidence, { kind: 'read' }>

function readOf({ method, address = undefined, block, value, slot }: Read, account: Address): Reading | null {
  if (method === 'eth_chainId') return { kind: 'chain-id' }
  // What waits has no block; whether it is known at all can be asked by its hash.
  if (block === 'pending') return isHash(value) ? { kind: 'transaction', hash: value } : null
  if (!/^\d+$/.test(block)) return null
  const place = { address: address ?? account, block: BigInt(block) }
  switch (method) {
    case 'eth_getBalance':
      return { kind: 'balance', ...place }
    case 'eth_getTransactionCount':
      return { kind: 'nonce', ...place }
    case 'eth_getCode':
      return { kind: value.startsWith('keccak256 ') ? 'code-hash' : 'code', ...place }
    case 'eth_getStorageAt':
      return slot === undefined ? null : { kind: 'storage', slot, ...place }
    case 'eth_getBlockByNumber':
      return { kind: 'block-time', block: place.block }
    case 'eth_feeHistory':
      return { kind: 'next-base-fee', block: place.block }
    default:
      return null
  }
}

function isHash(text: string): text is `0x${string}` {
  return /^0x[0-9a-f]{64}$/.test(text)
}

/** The same for the same read. */
export function readingKey({ kind, ...rest }: Reading): string {
  const parts = Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([kind, ...parts.map(([, part]) => (typeof part === 'bigint' ? String(part) : part))])
}

/** Whether the second answer says what the evidence says; null when it says nothing, because there is none. */
export function agreesWith(evidence: Evidence, answer: SecondAnswer): boolean | null {
  if (answer.kind === 'failed' || answer.kind === 'absent') return null
  if (answer.kind !== 'value') return false
  const second = answer.value.toLowerCase()
  switch (evidence.kind) {
    case 'call':
      return second === evidence.value.toLowerCase()
    case 'read':
      // A transaction that waited may have been mined by now: that it is known says that it was there.
      if (evidence.block === 'pending') return true
      if (evidence.value === anyDelegate) return /^0xef0100[0-9a-f]{40}$/.test(second)
      return second === evidence.value.toLowerCase()
    case 'log':
      return second === evidence.block
    case 'transaction':
      return evidence.block === null || second === evidence.block
    default:
      return null
  }
}

/** How evidence writes code that delegates, where the delegate is not known. */
const anyDelegate = '0xef0100 and the delegate'
