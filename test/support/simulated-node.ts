/** Answers about one account's past transactions, as a node with past state gives them, computed from a short list. */
import { numberToHex } from 'viem/utils'
import { at, hashOf, owner } from '../../src/testing.ts'
import { pruned } from './fake-rpc.ts'

export type Use = {
  readonly nonce: number
  readonly block: bigint
  /** A nonce used by an EIP-7702 authorisation in somebody else's transaction. */
  readonly isAuthorization?: boolean
  readonly hasFailed?: boolean
}

type Node = {
  readonly uses: readonly Use[]
  /** State before this block is pruned. */
  readonly oldestState?: bigint
}

export const timeOf = (block: bigint) => 1_600_000_000 + Number(block) * 12
export const hashOfNonce = (nonce: number) => hashOf(0xace000 + nonce)

export function transactionOf({ nonce, block }: Use) {
  return {
    blockNumber: numberToHex(block),
    from: owner.toLowerCase(),
    gas: '0xc350',
    gasPrice: '0x6e',
    hash: hashOfNonce(nonce),
    input: '0xa9059cbb0000',
    maxFeePerGas: '0xc8',
    maxPriorityFeePerGas: '0xa',
    nonce: numberToHex(nonce),
    to: at(0xb0b).toLowerCase(),
    type: '0x2',
    value: '0x1',
  }
}

export function receiptOf({ nonce, block, hasFailed = false }: Use) {
  return {
    transactionHash: hashOfNonce(nonce),
    blockNumber: numberToHex(block),
    status: hasFailed ? '0x0' : '0x1',
    gasUsed: '0x5208',
    effectiveGasPrice: '0x6e',
  }
}

/** Numbers that nobody made with a key. */
const signature = { r: '0x1234', s: '0x4321', yParity: '0x0' }

/** Everything but the two methods that look up by sender. Base fee 100 wei, tips 1, 10 and 20 wei in every block. */
export function simulatedNode({ uses, oldestState = 0n }: Node) {
  const sent = uses.filter(({ isAuthorization }) => isAuthorization !== true)
  const authorizations = uses.filter(({ isAuthorization }) => isAuthorization === true)
  return {
    eth_getTransactionCount: (_account: unknown, tag: unknown) => {
      const block = BigInt(String(tag))
      if (block < oldestState) return pruned('eth_getTransactionCount')
      return numberToHex(uses.filter((use) => use.block <= block).length)
    },
    eth_getBlockByNumber: (tag: unknown, isFull: unknown) => {
      const number = BigInt(String(tag))
      const own = sent.filter(({ block }) => block === number).map(transactionOf)
      const authorizationList = authorizations
        .filter(({ block }) => block === number)
        .map(({ nonce }) => ({ nonce: numberToHex(nonce), address: at(0xde1e), chainId: '0x1', ...signature }))
      const foreign = { from: at(1), hash: hashOf(1), nonce: '0x0', authorizationList, rest: 'is not looked at' }
      const transactions = isFull === true ? [foreign, ...own] : own.map(({ hash }) => hash)
      return { number: numberToHex(number), timestamp: numberToHex(timeOf(number)), transactions }
    },
    eth_getTransactionReceipt: (hash: unknown) => {
      const use = sent.find(({ nonce }) => hashOfNonce(nonce) === hash)
      return use === undefined ? null : receiptOf(use)
    },
    eth_feeHistory: (_count: unknown, block: unknown) => ({
      oldestBlock: block,
      baseFeePerGas: ['0x64', '0x64'],
      gasUsedRatio: [0.5],
      reward: [['0x1', '0xa', '0x14']],
    }),
  }
}
