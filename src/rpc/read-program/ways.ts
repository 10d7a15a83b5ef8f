/** The two ways to have a node run the program, and what was learned about them at each endpoint. */
import type { Hex } from 'viem'
import type { CheckupError } from '../../core/errors.ts'
import type { RpcClient } from '../../core/rpc.ts'
import {
  HttpStatusError,
  MethodNotSupportedError,
  RateLimitedError,
  RequestStoppedError,
  RpcRefusedError,
  StateUnavailableError,
} from '../errors.ts'
import { meaningOf } from '../refusal.ts'
import { WaitTooLongError } from '../wait-too-long.ts'
import { encodeInput, type PackedRead, programAddress } from './packing.ts'
import { programCode } from './program.ts'

/** What no read of a token should need. A contract that takes more is asked alone. */
const gasPerRead = 300_000
/** For the read that begins last: its gas, the 64th that stays behind, and the answer's hash. */
const gasToKeep = gasPerRead + 100_000
/** The longest answer of one read: three lengths and three words. */
const longestAnswer = 99

export type Way = {
  readonly params: (reads: readonly PackedRead[], blockTag: Hex) => readonly unknown[]
  readonly maximumReads: number
  /** Of input. */
  readonly maximumBytes: number
}

/** Erigon returns 100,000 bytes at most. */
const maximumAnswerBytes = 90_000

/** Requests stay under half a megabyte. */
const override: Way = {
  params: (reads, blockTag) => {
    const answerBytes = maximumAnswerBytes - longestAnswer
    const input = encodeInput(reads, { gasPerRead, gasToKeep, gasPerByte: 0, answerBytes })
    return [{ to: programAddress, data: `0x${input}` }, blockTag, { [programAddress]: { code: programCode().runtime } }]
  },
  maximumReads: 8_000,
  maximumBytes: 200_000,
}

/** EIP-3860: how long code may be that creates a contract, input included. */
const maximumCreationBytes = 49_152
/** Room for the program itself; a test measures it. */
const creationCodeBytes = 640
/** EIP-170: how long a contract may be, here the answers. */
const maximumContractBytes = 24_576
/** Because what is returned counts as a new contract's code. */
const gasPerByte = 200

const creation: Way = {
  params: (reads, blockTag) => {
    const input = encodeInput(reads, {
      gasPerRead,
      gasToKeep: gasToKeep + 2 * longestAnswer * gasPerByte,
      gasPerByte,
      answerBytes: maximumContractBytes - 2 * longestAnswer,
    })
    return [{ data: `${programCode().creation}${input}` }, blockTag]
  },
  maximumReads: 2_500,
  maximumBytes: maximumCreationBytes - creationCodeBytes,
}

/** In the order in which they are tried: the first takes more at once. */
export const ways = [override, creation] as const

export type Learned = {
  /** `works` once the node gave the program's own answer; `off` once it showed that it never will. */
  state: 'untried' | 'works' | 'off'
  /** How many reads to ask for at once. */
  size: number
  /** The most reads at once that were answered, and the fewest that were refused. */
  answered: number
  refused: number
}

/** A way that cannot read so few at once is no help. */
export const smallestSize = 16

const learnedByClient = new WeakMap<RpcClient, ReadonlyMap<Way, Learned>>()

/** What is known of the ways at this client's endpoint; shared by all its readers, and kept up by them. */
export function learnedAbout(rpc: RpcClient, way: Way): Learned {
  const known = learnedByClient.get(rpc) ?? new Map(ways.map((each) => [each, fresh(each)]))
  learnedByClient.set(rpc, known)
  return known.get(way) ?? fresh(way)
}

function fresh({ maximumReads }: Way): Learned {
  return { state: 'untried', size: maximumReads, answered: 0, refused: Number.POSITIVE_INFINITY }
}

/**
 * `smaller`: less at once may be answered. `other-way`: these reads not by this way. `off`: nothing by this way, ever.
 * `give-up`: the program is no help now, plain calls may be. `over`: nothing else would be answered either.
 */
export type Advice = 'smaller' | 'other-way' | 'off' | 'give-up' | 'over'
type Failed = { readonly learned: Learned; readonly asked: number }

/** After an answer that is not the program's; or that holds no read, because the gas did not suffice for one. */
export function adviceAfterNothing({ learned, asked }: Failed, isProgram: boolean): Advice {
  if (learned.state !== 'works' && !isProgram) return 'off'
  if (asked > smallestSize) return 'smaller'
  return learned.state === 'works' ? 'other-way' : 'off'
}

/** After a failed call of the program. */
export function adviceAfter(error: CheckupError, { learned, asked }: Failed): Advice {
  if (endings.some((ending) => error instanceof ending) || error.code === 'request-budget-used') return 'over'
  const works = learned.state === 'works'
  if (error instanceof StateUnavailableError) return works ? 'over' : 'other-way'
  const isClosed = error instanceof HttpStatusError && error.status < 500 && error.status !== 413
  if (isClosed) return works ? 'give-up' : 'other-way'
  if (!works && error instanceof RpcRefusedError && isLasting(error)) return 'off'
  if (asked > smallestSize) return 'smaller'
  if (works) return 'other-way'
  return error instanceof RpcRefusedError && meaningOf(error).action !== 'retry' ? 'off' : 'give-up'
}

const endings = [RequestStoppedError, RateLimitedError, WaitTooLongError, MethodNotSupportedError]

/** The node says that it does not take a third parameter, or a call that creates a contract. */
function isLasting(error: RpcRefusedError): boolean {
  const invalidParams = -32602
  return error.nodeCode === invalidParams || meaningOf(error).action === 'unsupported'
}
