/** Has the node run the program over many reads, by the way and in the sizes that its answers show to work. */
import type { Hex } from 'viem'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { bytes, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { RpcRefusedError } from '../errors.ts'
import { createPatience, type Patience } from '../patience.ts'
import type { CallResult } from '../read-contracts.ts'
import { decodeAnswers, type ProgramAnswer } from './answers.ts'
import { type PackedRead, takeReads } from './packing.ts'
import {
  type Advice,
  adviceAfter,
  adviceAfterNothing,
  type Learned,
  learnedAbout,
  smallestSize,
  type Way,
  ways,
} from './ways.ts'

export type ProgramResult = {
  /** By the index of the read. A read without an answer is for plain calls. */
  readonly answers: ReadonlyMap<number, ProgramAnswer>
  /** Why nothing else would be answered either: plain calls need not be tried. */
  readonly failure: Extract<CallResult, { status: 'failed' }> | null
}

type Run = {
  readonly rpc: RpcClient
  readonly blockTag: Hex
  readonly patience: Patience
  readonly answers: Map<number, ProgramAnswer>
  failure: ProgramResult['failure']
  /** Set when the program is no help in this run, whatever the way. */
  isGivenUp: boolean
}
type Queue = {
  open: readonly PackedRead[]
  /** Not read this way. */
  left: readonly PackedRead[]
}
type How = { readonly way: Way; readonly learned: Learned }

/** How many calls of the program run at a time. */
const maximumConcurrency = 4

/** Never throws what a node can cause: the reads it would not answer are without an answer. */
export async function runProgram(rpc: RpcClient, reads: readonly PackedRead[], blockTag: Hex): Promise<ProgramResult> {
  const run: Run = {
    rpc,
    blockTag,
    patience: createPatience(),
    answers: new Map(),
    failure: null,
    isGivenUp: false,
  }
  let open = reads
  for (const way of ways) open = await readBy(run, { way, learned: learnedAbout(rpc, way) }, open)
  return run
}

/** Returns the reads that this way left open. */
async function readBy(run: Run, how: How, reads: readonly PackedRead[]): Promise<readonly PackedRead[]> {
  const queue: Queue = { open: reads, left: [] }
  while (queue.open.length > 0 && run.failure === null && !run.isGivenUp && how.learned.state !== 'off') {
    const calls = callsAtOnce(how.learned, queue.open.length)
    const share = Math.min(how.learned.size, Math.ceil(queue.open.length / calls))
    await Promise.all(Array.from({ length: calls }, () => readSome(run, how, { queue, share })))
  }
  return [...queue.left, ...queue.open]
}

/**
 * A size that was never answered is tried alone, or by two halves where one call would not do; and where two calls in a row
 * will do, the second takes what is left.
 */
function callsAtOnce({ size, answered, refused }: Learned, open: number): number {
  if (answered === 0 && refused === Number.POSITIVE_INFINITY && open > size) return 2
  return size > answered ? 1 : Math.min(maximumConcurrency, Math.max(1, Math.floor(open / size / 2)))
}

type Part = {
  readonly queue: Queue
  /** How many reads a call takes. */
  readonly share: number
}

async function readSome(run: Run, how: How, { queue, share }: Part): Promise<void> {
  const { way } = how
  const asked = takeReads(queue.open, { maximumReads: share, maximumBytes: way.maximumBytes })
  queue.open = queue.open.slice(asked.length)
  const { answered, advice } = await call(run, how, asked)
  if (advice === 'other-way') queue.left = [...queue.left, ...asked]
  else queue.open = [...asked.slice(answered), ...queue.open]
}

type Outcome = { readonly answered: number; readonly advice?: Advice }

/** Asks once, and learns from what comes back. */
async function call(run: Run, how: How, asked: readonly PackedRead[]): Promise<Outcome> {
  const { rpc, blockTag, patience } = run
  try {
    const reply = await rpc.request('eth_call', how.way.params(asked, blockTag))
    patience.reset()
    return take(run, how, { asked, answers: decodeAnswers(bytes(reply, 'eth_call'), asked) })
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    if (error instanceof MalformedReplyError) return take(run, how, { asked, answers: null })
    if (error instanceof RpcRefusedError) patience.reset()
    else patience.spend(error)
    const advice = patience.isOver() ? 'over' : adviceAfter(error, { learned: how.learned, asked: asked.length })
    if (advice === 'over') run.failure = { status: 'failed', error: toFactError(error) }
    return follow(run, how, { advice, asked: asked.length })
  }
}

type Taken = { readonly asked: readonly PackedRead[]; readonly answers: readonly ProgramAnswer[] | null }

function take(run: Run, how: How, { asked, answers }: Taken): Outcome {
  if (answers === null || answers.length === 0) {
    const advice = adviceAfterNothing({ learned: how.learned, asked: asked.length }, answers !== null)
    return follow(run, how, { advice, asked: asked.length })
  }
  answers.forEach((answer, position) => {
    const read = asked[position]
    if (read !== undefined) run.answers.set(read.index, answer)
  })
  grow(how, asked.length, answers.length)
  return { answered: answers.length }
}

function follow(run: Run, { learned }: How, { advice, asked }: { advice: Advice; asked: number }): Outcome {
  if (advice === 'smaller') shrink(learned, asked)
  if (advice === 'off') learned.state = 'off'
  if (advice === 'give-up') run.isGivenUp = true
  return { answered: 0, advice }
}

/** How fast a size that was refused falls, and one that was answered rises. */
const step = 8

function shrink(learned: Learned, refused: number): void {
  const smaller = learned.state === 'works' ? Math.max(smallestSize, Math.floor(refused / step)) : smallestSize
  learned.refused = Math.min(learned.refused, refused)
  learned.size = Math.min(learned.size, smaller)
}

function grow({ way, learned }: How, asked: number, answered: number): void {
  learned.state = 'works'
  learned.answered = Math.max(learned.answered, asked)
  // The gas was used up, so the next call takes about as many. A few more are sent, to see when it takes more.
  if (answered < asked) learned.size = Math.max(smallestSize, Math.ceil(answered * 1.125))
  else if (asked >= learned.size)
    learned.size = Math.min(way.maximumReads, learned.size * step, Math.ceil(learned.refused / 2))
}
