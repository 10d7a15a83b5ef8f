/** Runs calls as an account would send them, at a block, and reads what each leaves behind. Nothing is sent: no node keeps any of it. */
import type { Address, Hex } from 'viem'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { ReadMethod, RpcClient } from '../core/rpc.ts'
import { bytes, fields, list, MalformedReplyError, quantity } from '../domain/rpc-reply.ts'
import { createLimit, type Limit } from './concurrency.ts'
import { RpcRefusedError } from './errors.ts'
import type { Call } from './multicall.ts'
import { createPatience, type Patience } from './patience.ts'
import { type CallResult, revertOf, succeeded } from './read-contracts.ts'
import { meaningOf } from './refusal.ts'
import { readTried, tryInput, tryProgram } from './try-program.ts'

/** A call, and the read that says what it left behind. */
export type Try = { readonly call: Call; readonly check: Call }

/** `gasUsed` is null where the node did not count, `after` where it ran the call alone: then only its own answer is known. */
export type TryResult =
  | {
      readonly status: 'succeeded'
      readonly data: Hex
      readonly gasUsed: bigint | null
      readonly after: CallResult | null
    }
  | { readonly status: 'reverted'; readonly data: Hex; readonly gasUsed: bigint | null }
  | { readonly status: 'failed'; readonly error: FactError }

type At = { readonly from: Address; readonly block: bigint }
type Trying = {
  readonly rpc: RpcClient
  readonly from: Address
  readonly blockTag: Hex
  readonly limit: Limit
  readonly patience: Patience
  /** False once the node showed that it does not run several calls. */
  canSimulate: boolean
  /** False once the node showed that it does not run other code in place of an account's own. */
  canOverride: boolean
}

/** Nodes run as much gas in one request as a block holds, 30 million or more. */
const maximumTries = 20
const gasOfCall = 1_000_000
/** Below what a transaction may use at all (EIP-7825), and what is left of a block leaves room for the check. */
const gasAlone = 16_000_000
const gasOfCheck = 400_000
const maximumConcurrency = 8

/** One result per try, in the order of the tries; none sees what another did. Never throws what a node can cause. */
export async function tryCalls(
  rpc: RpcClient,
  tries: readonly Try[],
  { from, block }: At,
): Promise<readonly TryResult[]> {
  const trying = {
    rpc,
    from,
    blockTag: `0x${block.toString(16)}` as const,
    limit: createLimit(maximumConcurrency),
    patience: createPatience(),
    canSimulate: true,
    canOverride: true,
  }
  const chunks = Array.from({ length: Math.ceil(tries.length / maximumTries) }, (_, index) =>
    tries.slice(index * maximumTries, (index + 1) * maximumTries),
  )
  return (await Promise.all(chunks.map((chunk) => trySome(trying, chunk)))).flat()
}

async function trySome(trying: Trying, tries: readonly Try[]): Promise<readonly TryResult[]> {
  const results = await simulate(trying, tries)
  if (results === null) return Promise.all(tries.map((one) => tryAlone(trying, one)))
  if (tries.length === 1) return results
  // In company a call has little gas, and others ran before it: what fails there is run again alone.
  return Promise.all(
    results.map(async (result, index) => {
      const one = tries[index]
      if (result.status === 'succeeded' || one === undefined) return result
      return (await trySome(trying, [one]))[0] ?? result
    }),
  )
}

/** null: the node does not answer this, but may run each call by itself. */
async function simulate(trying: Trying, tries: readonly Try[]): Promise<readonly TryResult[] | null> {
  if (!trying.canSimulate) return null
  const calls = tries.flatMap(({ call, check }) => [
    { from: trying.from, ...call, gas: hexOf(tries.length === 1 ? gasAlone : gasOfCall) },
    { from: trying.from, ...check, gas: hexOf(gasOfCheck) },
  ])
  try {
    const reply = await ask(trying, 'eth_simulateV1', [
      { blockStateCalls: [{ calls }], validation: false },
      trying.blockTag,
    ])
    return readSimulation(reply, tries.length)
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    const isAboutTheseCalls = error instanceof RpcRefusedError && meaningOf(error).action !== 'unsupported'
    if (!isAboutTheseCalls) trying.canSimulate = false
    return null
  }
}

function hexOf(number: number): Hex {
  return `0x${number.toString(16)}`
}

const what = 'eth_simulateV1'

function readSimulation(reply: unknown, count: number): readonly TryResult[] {
  const [block] = list(reply, what)
  const ran = list(fields(block, what).calls, what).map(readRun)
  if (ran.length !== 2 * count) throw new MalformedReplyError(what)
  return ran.flatMap((run, index): readonly TryResult[] => {
    const check = ran[index + 1]
    if (index % 2 === 1 || check === undefined) return []
    const { isSuccess, data, gasUsed } = run
    if (!isSuccess) return [{ status: 'reverted', data, gasUsed }]
    const after: CallResult = check.isSuccess ? succeeded(check.data) : { status: 'reverted', data: check.data }
    return [{ status: 'succeeded', data, gasUsed, after }]
  })
}

function readRun(reply: unknown) {
  const { status, returnData, gasUsed, error } = fields(reply, what)
  const isSuccess = quantity(status, what) === 1n
  const own = bytes(returnData ?? '0x', what)
  // Some nodes put what a failed call returned into its error only.
  const data = isSuccess || own !== '0x' ? own : dataOf(error)
  return { isSuccess, data, gasUsed: quantity(gasUsed, what) }
}

function dataOf(error: unknown): Hex {
  if (typeof error !== 'object' || error === null || !('data' in error)) return '0x'
  return typeof error.data === 'string' && /^0x(?:[0-9a-f]{2})*$/i.test(error.data) ? bytes(error.data, what) : '0x'
}

async function tryAlone(trying: Trying, { call, check }: Try): Promise<TryResult> {
  const seen = await tryOverridden(trying, { call, check })
  if (seen !== null) return seen
  try {
    const reply = await ask(trying, 'eth_call', [{ from: trying.from, ...call }, trying.blockTag])
    return { status: 'succeeded', data: bytes(reply, 'eth_call'), gasUsed: null, after: null }
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    const reverted = revertOf(error)
    return reverted === null ? { status: 'failed', error: toFactError(error) } : { ...reverted, gasUsed: null }
  }
}

/**
 * The call and its check by a program in place of the account's own code. null: only the call alone can tell, as where it fails,
 * which may be for the code that the account has here.
 */
async function tryOverridden(trying: Trying, one: Try): Promise<TryResult | null> {
  const { from, blockTag } = trying
  // A call of the account to itself needs its own code.
  if (!trying.canOverride || one.call.to.toLowerCase() === from.toLowerCase()) return null
  const overrides = { [from]: { code: tryProgram() } }
  try {
    const reply = await ask(trying, 'eth_call', [{ from, to: from, data: tryInput(one) }, blockTag, overrides])
    const after = readTried(bytes(reply, 'eth_call'))
    if (after === null) trying.canOverride = false
    return after && { status: 'succeeded', data: '0x', gasUsed: null, after }
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    if (revertOf(error) === null) trying.canOverride = false
    return null
  }
}

function ask({ rpc, limit, patience }: Trying, method: ReadMethod, params: readonly unknown[]) {
  return limit(async () => {
    patience.check()
    try {
      const reply = await rpc.request(method, params)
      patience.reset()
      return reply
    } catch (error) {
      if (error instanceof RpcRefusedError) patience.reset()
      else if (method !== 'eth_simulateV1') patience.spend(error)
      throw error
    }
  })
}
