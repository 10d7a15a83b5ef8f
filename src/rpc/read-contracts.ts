/** Many contract reads at one block: bundled where the chain has Multicall3, alone where a bundle would hide the truth. */
import type { Hex } from 'viem'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { RpcClient } from '../core/rpc.ts'
import { bytes, MalformedReplyError } from '../domain/rpc-reply.ts'
import { createLimit, type Limit } from './concurrency.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  RpcError,
  RpcRefusedError,
  RpcTimeoutError,
} from './errors.ts'
import {
  type Call,
  decodeMulticall,
  encodedSize,
  encodeMulticall,
  type MulticallResult,
  multicallAddress,
} from './multicall.ts'
import { createPatience, type Patience } from './patience.ts'
import { meaningOf } from './refusal.ts'
import { memberOf } from './session/members.ts'

/** `empty` is a success without return data: no contract there, or one that does not have the function. */
export type CallResult =
  | { readonly status: 'ok'; readonly data: Hex }
  | { readonly status: 'reverted'; readonly data: Hex }
  | { readonly status: 'empty' }
  | { readonly status: 'failed'; readonly error: FactError }

/** 400 answers of one word stay under the 100,000 bytes that Erigon returns at most. */
const maximumCalls = 400
const maximumBytes = 100_000
const maximumConcurrency = 8

type Reading = {
  readonly rpc: RpcClient
  readonly blockTag: Hex
  readonly limit: Limit
  readonly patience: Patience
}

/** One result per call, in the order of the calls. Never throws: what could not be read says why in its own result. */
export async function readContracts(
  rpc: RpcClient,
  calls: readonly Call[],
  block: bigint,
): Promise<readonly CallResult[]> {
  const member = memberOf(rpc)
  if (member !== null) return member.readContracts(calls, { block, signal: member.signal })
  if (calls.length === 0) return []
  const blockTag: Hex = `0x${block.toString(16)}`
  const reading = { rpc, blockTag, limit: createLimit(maximumConcurrency), patience: createPatience() }
  const hasMulticall = calls.length > 1 && (await findMulticall(rpc, blockTag))
  const chunks = hasMulticall ? chunksOf(calls) : calls.map((call) => [call])
  const results = await Promise.all(chunks.map((chunk) => readChunk(reading, chunk)))
  return results.flat()
}

const multicallPresence = new WeakMap<RpcClient, Map<Hex, boolean>>()

/** Whether Multicall3 stood at this block. When that cannot be read, plain calls will say why each one fails. */
async function findMulticall(rpc: RpcClient, blockTag: Hex): Promise<boolean> {
  const known = multicallPresence.get(rpc) ?? new Map<Hex, boolean>()
  multicallPresence.set(rpc, known)
  const presence = known.get(blockTag)
  if (presence !== undefined) return presence
  try {
    const code = bytes(await rpc.request('eth_getCode', [multicallAddress, blockTag]), 'the code of Multicall3')
    known.set(blockTag, code !== '0x')
    return code !== '0x'
  } catch (error) {
    if (error instanceof RpcError || error instanceof MalformedReplyError) return false
    throw error
  }
}

function chunksOf(calls: readonly Call[]): readonly (readonly Call[])[] {
  const chunks: Call[][] = []
  let room = 0
  for (const call of calls) {
    const size = encodedSize(call)
    const last = chunks.at(-1)
    if (last === undefined || last.length >= maximumCalls || size > room) {
      chunks.push([call])
      room = maximumBytes - size
    } else {
      last.push(call)
      room -= size
    }
  }
  return chunks
}

async function readChunk(reading: Reading, calls: readonly Call[]): Promise<readonly CallResult[]> {
  const [first] = calls
  if (first === undefined) return []
  if (calls.length === 1) return [await readAlone(reading, first)]
  try {
    return await settleFailures(reading, calls, await aggregate(reading, calls))
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    if (!mayHelpToHalve(reading, error)) return calls.map(() => ({ status: 'failed', error: toFactError(error) }))
    const middle = Math.ceil(calls.length / 2)
    const halves = [calls.slice(0, middle), calls.slice(middle)]
    return (await Promise.all(halves.map((half) => readChunk(reading, half)))).flat()
  }
}

async function aggregate(reading: Reading, calls: readonly Call[]): Promise<readonly MulticallResult[]> {
  const data = await ethCall(reading, { to: multicallAddress, data: encodeMulticall(calls) })
  const results = decodeMulticall(data, calls.length)
  if (results === null) {
    throw new InvalidReplyError({ host: reading.rpc.host, method: 'eth_call' }, 'multicall')
  }
  return results
}

/**
 * A failure without data may be a plain `revert()`, or one call of the bundle that ate the gas of all the others,
 * and a call short of gas may even fail with data. Whenever that is possible, each failed call is asked again alone.
 */
async function settleFailures(
  reading: Reading,
  calls: readonly Call[],
  results: readonly MulticallResult[],
): Promise<readonly CallResult[]> {
  const isDoubtful = results.some(({ success, returnData }) => !success && returnData === '0x')
  return Promise.all(
    calls.map((call, index) => {
      const result = results[index]
      if (result === undefined || (!result.success && isDoubtful)) return readAlone(reading, call)
      return result.success ? succeeded(result.returnData) : { status: 'reverted', data: result.returnData }
    }),
  )
}

async function readAlone(reading: Reading, call: Call): Promise<CallResult> {
  try {
    return succeeded(await ethCall(reading, call))
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    return revertOf(error) ?? { status: 'failed', error: toFactError(error) }
  }
}

export function succeeded(data: Hex): CallResult {
  return data === '0x' ? { status: 'empty' } : { status: 'ok', data }
}

async function ethCall({ rpc, blockTag, limit, patience }: Reading, call: Call): Promise<Hex> {
  return limit(async () => {
    patience.check()
    try {
      const data = bytes(await rpc.request('eth_call', [call, blockTag]), 'eth_call')
      patience.reset()
      return data
    } catch (error) {
      // A refusal is an answer too: a hundred reverts in a row say nothing against the node.
      if (error instanceof RpcRefusedError) patience.reset()
      else patience.spend(error)
      throw error
    }
  })
}

/** What a contract answered by failing; null when the call was not run. */
export function revertOf(error: CheckupError): Extract<CallResult, { status: 'reverted' }> | null {
  if (!(error instanceof RpcRefusedError) || meaningOf(error).action !== 'reverted') return null
  return { status: 'reverted', data: revertData(error.nodeData) }
}

/** Nodes give the data as hex, as `{ data }`, or with a word before it ("Reverted 0x…"). */
function revertData(data: unknown): Hex {
  const text = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
  const found = typeof text === 'string' ? /0x(?:[0-9a-f]{2})*$/i.exec(text.trim()) : null
  return found === null ? '0x' : (found[0].toLowerCase() as Hex) // matched as hex just above
}

/** A refused, broken or slow bundle may hold one bad call. A refused rate, key, method or block is the same for every half. */
function mayHelpToHalve({ patience }: Reading, error: CheckupError): boolean {
  if (patience.isOver()) return false
  if (error instanceof RpcRefusedError) return meaningOf(error).action !== 'unsupported'
  if (error instanceof HttpStatusError) return error.status === 413 || error.status >= 500
  return (
    error instanceof InvalidReplyError ||
    error instanceof MalformedReplyError ||
    error instanceof RpcTimeoutError ||
    error instanceof ConnectionError
  )
}
