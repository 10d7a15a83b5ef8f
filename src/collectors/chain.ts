/** The chain itself: which one it is, the block that every read of the run uses, how fresh the endpoint is. */
import { numberToHex } from 'viem/utils'
import type { CollectContext } from '../core/collector.ts'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { BlockRef, Missing } from '../core/facts.ts'
import type { RpcClient } from '../core/rpc.ts'
import { value } from '../core/value.ts'
import { chainName } from '../domain/chains.ts'
import { count, fields, hash32, MalformedReplyError, quantity } from '../domain/rpc-reply.ts'
import { type Attempt, attempt } from './attempt.ts'

/** Clocks of computers and blocks differ by seconds; a head further ahead than this says that one of them is wrong. */
const clockToleranceSeconds = 60

/** The head lies in the future of our clock, so nothing can be said about its age. */
export class ClocksDisagreeError extends CheckupError {
  constructor(host: string, aheadSeconds: number) {
    super('clocks-disagree', {
      message: `The newest block of ${host} is ${aheadSeconds} seconds ahead of this computer's clock.`,
      data: { host: value.text(host), ahead: value.seconds(aheadSeconds) },
      hints: ["Set this computer's clock. If it is right, use another endpoint."],
    })
  }
}

/** How far back the block time is measured. */
const blockTimeSample = 16n

/** The block that was asked for does not exist on this endpoint. */
export class BlockNotFoundError extends CheckupError {
  constructor(block: bigint, head: bigint) {
    super('block-not-found', {
      message: `The endpoint does not know block ${block}; its newest is ${head}.`,
      data: { block: value.block(block), head: value.block(head) },
      hints: ['Choose a block that exists, or leave out --block.'],
    })
  }
}

export default defineCollector({
  key: 'chain',
  needs: [],
  fetch: async ({ rpc, options, now }: CollectContext) => {
    const [chainId, { head, observedAt }, clientVersion, syncing] = await Promise.all([
      rpc.request('eth_chainId', []),
      readHead(rpc, now),
      attempt(rpc.request('web3_clientVersion', [])),
      attempt(rpc.request('eth_syncing', [])),
    ])
    const headNumber = decodeBlock(head).number
    const block = options.block === null ? head : await readBlock(rpc, options.block)
    if (options.block !== null && block === null) throw new BlockNotFoundError(options.block, headNumber)
    const sample = await attempt(readBlock(rpc, sampleBefore(headNumber)))
    return { chainId, head, block, sample, clientVersion, syncing, observedAt, host: rpc.host, options }
  },
  decode: (raw) => {
    const head = decodeBlock(raw.head)
    const chainId = count(raw.chainId, 'eth_chainId')
    const { name, coin } = chainName(chainId)
    return {
      chainId,
      expectedChainId: raw.options.expectedChainId,
      name,
      coin,
      block: decodePinned(raw.block, raw.options.block ?? head.number),
      head,
      ...decodeGasLimit(raw.head),
      observedAt: raw.observedAt,
      blockTimeSeconds: blockTime(head, raw.sample),
      clientVersion: decodeVersion(raw.clientVersion),
      isSyncing: decodeSyncing(raw.syncing),
      endpointHost: raw.host,
      missing: missingClock(raw.host, head.timestamp - raw.observedAt),
    }
  },
})

function missingClock(host: string, aheadSeconds: number): readonly Missing[] {
  if (aheadSeconds <= clockToleranceSeconds) return []
  return [{ about: 'clock', error: toFactError(new ClocksDisagreeError(host, aheadSeconds)) }]
}

/** The clock is read as the head arrives: slower answers to other questions must not make it look old. */
async function readHead(rpc: RpcClient, now: () => number) {
  const head = await rpc.request('eth_getBlockByNumber', ['latest', false])
  return { head, observedAt: now() }
}

async function readBlock(rpc: RpcClient, number: bigint): Promise<unknown> {
  return rpc.request('eth_getBlockByNumber', [numberToHex(number), false])
}

/** Never block 0: its time is often 0, or the day a network was planned. */
function sampleBefore(head: bigint): bigint {
  return head > blockTimeSample ? head - blockTimeSample : 1n
}

function decodeBlock(reply: unknown): BlockRef {
  const block = fields(reply, 'eth_getBlockByNumber')
  return {
    number: quantity(block.number, 'the number of a block'),
    hash: hash32(block.hash, 'the hash of a block'),
    timestamp: count(block.timestamp, 'the time of a block'),
  }
}

/** Nothing but advice rests on it: a block without one, as some chains have, is as good. */
function decodeGasLimit(reply: unknown): { readonly blockGasLimit?: bigint } {
  const { gasLimit } = fields(reply, 'eth_getBlockByNumber')
  if (typeof gasLimit !== 'string' || !/^0x[1-9a-f][0-9a-f]{0,15}$/i.test(gasLimit)) return {}
  return { blockGasLimit: BigInt(gasLimit) }
}

function decodePinned(reply: unknown, number: bigint): BlockRef {
  const block = decodeBlock(reply)
  if (block.number !== number) throw new MalformedReplyError('the number of a block')
  return block
}

/** null when it could not be measured: the block is not there (a young chain, a pruned one), or times run backwards. */
function blockTime(head: BlockRef, sample: Attempt): number | null {
  if (sample.status !== 'answered' || sample.reply === null) return null
  const older = decodeBlock(sample.reply)
  if (older.number >= head.number || older.timestamp > head.timestamp) return null
  return (head.timestamp - older.timestamp) / Number(head.number - older.number)
}

function decodeVersion(attempted: Attempt): string | null {
  return attempted.status === 'answered' && typeof attempted.reply === 'string' ? attempted.reply : null
}

/** Many hosted endpoints refuse eth_syncing, or stub it: the head's age says enough without it. */
function decodeSyncing(attempted: Attempt): boolean | null {
  if (attempted.status !== 'answered' || attempted.reply === null) return null
  if (typeof attempted.reply === 'boolean') return attempted.reply
  return typeof attempted.reply === 'object' && !Array.isArray(attempted.reply) ? true : null
}
