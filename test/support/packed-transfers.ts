/** Transfer events as a scan keeps them. */
import type { Address, Hex } from 'viem'
import type { PackedLogs } from '../../src/core/log-scan.ts'
import { packLogs } from '../../src/domain/packed-logs.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { at, hashOf } from '../../src/testing.ts'

export type GivenTransfer = {
  readonly from: Address
  readonly to: Address
  readonly block: number
  readonly amount?: bigint
  /** Of an NFT, instead of an amount. */
  readonly tokenId?: bigint
  readonly index?: number
  readonly contract?: Address
  readonly topic0?: Hex
  readonly data?: Hex
}

export function packTransfers(...given: readonly GivenTransfer[]): PackedLogs {
  const sorted = [...given].sort((one, other) => one.block - other.block || (one.index ?? 0) - (other.index ?? 0))
  return packLogs(sorted.map(logOf), { range: { fromBlock: 0n, toBlock: 10n ** 12n }, topics: [] })
}

function logOf({ from, to, block, tokenId, amount = 1n, index = 0, contract = at(0x70), ...over }: GivenTransfer) {
  const sides = [over.topic0 ?? topics.transfer, addressTopic(from), addressTopic(to)]
  return {
    address: contract.toLowerCase(),
    topics: tokenId === undefined ? sides : [...sides, hashOf(tokenId)],
    data: over.data ?? (tokenId === undefined ? hashOf(amount) : '0x'),
    blockNumber: `0x${block.toString(16)}`,
    blockHash: hashOf(block),
    transactionHash: hashOf(block * 1000 + index),
    transactionIndex: '0x0',
    logIndex: `0x${index.toString(16)}`,
    removed: false,
  }
}
