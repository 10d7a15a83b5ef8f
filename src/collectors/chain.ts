/** The chain itself: which one it is, the block that every read of the run uses, how fresh the endpoint is. */
import type { CollectContext } from '../core/collector.ts'
import { defineCollector } from '../core/collector.ts'
import type { BlockRef } from '../core/facts.ts'
import type { RpcClient } from '../core/rpc.ts'
import { chainName } from '../domain/chains.ts'
import { count, fields, hash32, quantity } from '../domain/rpc-reply.ts'

/** How far back the block time is measured. */
const blockTimeSample = 100n

type Attempt = { readonly reply: unknown } | { readonly failure: unknown }

export default defineCollector({
  key: 'chain',
  needs: [],
  fetch: async ({ rpc, options, now }: CollectContext) => {
    const [chainId, head, clientVersion, syncing] = await Promise.all([
      rpc.request('eth_chainId', []),
      rpc.request('eth_getBlockByNumber', ['latest', false]),
      attempt(rpc.request('web3_clientVersion', [])),
      attempt(rpc.request('eth_syncing', [])),
    ])
    const observedAt = now()
    const headNumber = decodeBlock(head).number
    const older = headNumber > blockTimeSample ? headNumber - blockTimeSample : 0n
    const block = options.block === null ? head : await readBlock(rpc, options.block)
    const sample = await attempt(readBlock(rpc, older))
    return { chainId, head, block, sample, clientVersion, syncing, observedAt, host: rpc.host, options }
  },
  decode: (raw) => {
    const head = decodeBlock(raw.head)
    const chainId = count(raw.chainId, 'eth_chainId')
    const { name, coin } = chainName(chainId)
    // Many hosted endpoints refuse eth_syncing; the head's age says enough without it.
    const syncing = 'reply' in raw.syncing ? raw.syncing.reply !== false : null
    return {
      chainId,
      expectedChainId: raw.options.expectedChainId,
      name,
      coin,
      block: decodeBlock(raw.block),
      head,
      observedAt: raw.observedAt,
      blockTimeSeconds: blockTime(head, raw.sample),
      clientVersion:
        'reply' in raw.clientVersion && typeof raw.clientVersion.reply === 'string' ? raw.clientVersion.reply : null,
      isSyncing: syncing,
      endpointHost: raw.host,
      missing: [],
    }
  },
})

async function attempt(request: Promise<unknown>): Promise<Attempt> {
  try {
    return { reply: await request }
  } catch (failure) {
    return { failure }
  }
}

async function readBlock(rpc: RpcClient, number: bigint): Promise<unknown> {
  return rpc.request('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
}

function decodeBlock(reply: unknown): BlockRef {
  const block = fields(reply, 'eth_getBlockByNumber')
  return {
    number: quantity(block.number, 'the number of a block'),
    hash: hash32(block.hash, 'the hash of a block'),
    timestamp: count(block.timestamp, 'the time of a block'),
  }
}

function blockTime(head: BlockRef, sample: Attempt): number | null {
  if (!('reply' in sample)) return null
  const older = decodeBlock(sample.reply)
  if (older.number >= head.number) return null
  return (head.timestamp - older.timestamp) / Number(head.number - older.number)
}
