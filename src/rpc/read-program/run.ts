/** Has the node run the program over many reads, by the way and in the sizes that its answers show to work. */
import type { Hex } from 'viem'
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { bytes, MalformedReplyError } from '../../domain/rpc-reply.ts'
import { createLimit, type Limit } from '../concurrency.ts'
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
  readonly limit: Limit
  readonly patience: Patience
  readonly answers: Map<number, ProgramAnswer>
  failure: ProgramResult['failure']
  /** Set when the program is no help in this run, whatever the way. */
  isGivenUp: boolean
}
type How = { readonly way: Way; readonly learned: Learned }

/** How many calls of the program run at a time. */
const maximumConcurrency = 4

/** Never throws what a node can cause: the reads it would not answer are without an answer. */
export async function runProgram(rpc: RpcClient, reads: readonly PackedRead[], blockTag: Hex): Promise<ProgramResult> {
  const run: Run = {
    rpc,
    blockTag,
    limit: createLimit(maximumConcurrency),
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
  const chunks = chunksOf(reads, how)
  const [first, ...others] = chunks
  if (first === undefined) return []
  // Alone, because it shows whether the way works at all and how much fits into a call.
  const left = await readChunk(run, how, first)
  if (left.length > 0) return [...left, ...others.flat()]
  const resized = chunksOf(others.flat(), how)
  return (await Promise.all(resized.map((chunk) => readChunk(run, how, chunk)))).flat()
}

function chunksOf(reads: readonly PackedRead[], how: How): readonly (readonly PackedRead[])[] {
  const chunks: (readonly PackedRead[])[] = []
  for (let start = 0; start < reads.length; ) {
    const chunk = take(reads.slice(start), how)
    chunks.push(chunk)
    start += chunk.length
  }
  return chunks
}

function take(reads: readonly PackedRead[], { way, learned }: How): readonly PackedRead[] {
  return takeReads(reads, { maximumReads: learned.size, maximumBytes: way.maximumBytes })
}

async function readChunk(run: Run, how: How, reads: readonly PackedRead[]): Promise<readonly PackedRead[]> {
  let open = reads
  while (open.length > 0 && run.failure === null && !run.isGivenUp && how.learned.state !== 'off') {
    const asked = take(open, how)
    const outcome = await call(run, how, asked)
    if (typeof outcome === 'number') open = open.slice(outcome)
    else if (outcome === 'smaller') shrink(how.learned, asked.length)
    else if (outcome === 'off') how.learned.state = 'off'
    else if (outcome === 'give-up') run.isGivenUp = true
    else return open
  }
  return open
}

/** How many of the reads were answered, at least one; or what to do instead. */
async function call(run: Run, how: How, asked: readonly PackedRead[]): Promise<number | Advice> {
  const { rpc, blockTag, patience } = run
  const about = { learned: how.learned, asked: asked.length }
  try {
    const params = how.way.params(asked, blockTag)
    const reply = await run.limit(() => rpc.request('eth_call', params))
    patience.reset()
    const answers = decodeAnswers(bytes(reply, 'eth_call'), asked)
    if (answers === null || answers.length === 0) return adviceAfterNothing(about)
    asked.slice(0, answers.length).forEach(({ index }, position) => {
      const answer = answers[position]
      if (answer !== undefined) run.answers.set(index, answer)
    })
    adapt(how, asked.length, answers.length)
    return answers.length
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    if (error instanceof MalformedReplyError) return adviceAfterNothing(about)
    if (error instanceof RpcRefusedError) patience.reset()
    else patience.spend(error)
    const advice = patience.isOver() ? 'over' : adviceAfter(error, about)
    if (advice === 'over') run.failure = { status: 'failed', error: toFactError(error) }
    return advice
  }
}

/** How fast a size that was refused falls, and one that was answered rises. */
const step = 8

function shrink(learned: Learned, refused: number): void {
  learned.refused = Math.min(learned.refused, refused)
  learned.size = learned.state === 'works' ? Math.max(smallestSize, Math.floor(refused / step)) : smallestSize
}

function adapt({ way, learned }: How, asked: number, answered: number): void {
  learned.state = 'works'
  // The gas was used up: the next call takes about as many.
  if (answered < asked) learned.size = Math.max(smallestSize, answered)
  else if (asked >= learned.size)
    learned.size = Math.min(way.maximumReads, learned.size * step, Math.ceil(learned.refused / 2))
}
