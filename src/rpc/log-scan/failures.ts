/** What becomes of a range that was refused: smaller requests, fewer accounts, newer blocks only, or a gap. */
import { CheckupError, toFactError } from '../../core/errors.ts'
import type { PackedLogs } from '../../core/log-scan.ts'
import { blockCount, splitAfter } from '../../domain/block-range.ts'
import { asCheckupError } from './answers.ts'
import { assumeFromRefusal } from './assumed-logs.ts'
import { learnTooMany } from './density.ts'
import { type Move, nextMove } from './moves.ts'
import { divide, putBack, type Task } from './plan.ts'
import { guessLimit, learnMaximum } from './range-limit.ts'
import { addGap, cutBefore, giveUp, loseUpTo, type Scan } from './state.ts'
import { explainRefusal } from './unexplained.ts'

/**
 * Ends when it is known what to ask for next: a refusal that nobody understands takes a few questions. Returns the answer to the very
 * range, where that was one of them.
 */
export async function handleFailure(scan: Scan, task: Task, error: CheckupError): Promise<PackedLogs | null> {
  const move = nextMove(error, { range: task.range, accounts: task.lane.accounts.length })
  if (move.kind === 'explain' && scan.givenUp === null) return explain(scan, task, error)
  applyMove(scan, task, { error, move })
  return null
}

function applyMove(scan: Scan, task: Task, { error, move }: { error: CheckupError; move: Move }): void {
  const { plan } = scan
  const { lane, range } = task
  if (scan.givenUp !== null) {
    addGap(scan, lane, { range, error: toFactError(error) })
    return
  }
  switch (move.kind) {
    case 'cap':
      learnMaximum(plan, move.blocks)
      putBack(lane, range)
      return
    case 'guess-cap':
      guessLimit(plan, blockCount(range))
      putBack(lane, range)
      return
    case 'split':
      split(scan, task, move)
      return
    case 'divide':
      putBack(lane, range)
      divide(plan, lane)
      return
    case 'find-edge':
      loseUpTo(scan, range.fromBlock, toFactError(error))
      putBackNewer(scan, task, error)
      return
    default:
      handleTrouble(scan, task, { error, move })
  }
}

async function explain(scan: Scan, task: Task, error: CheckupError): Promise<PackedLogs | null> {
  const { plan, patience } = scan
  if (task.epoch < plan.epoch) {
    putBack(task.lane, task.range)
    return null
  }
  plan.epoch++
  plan.isProven = false
  patience.spend(error)
  if (patience.isOver()) {
    putBack(task.lane, task.range)
    giveUp(scan, error)
    return null
  }
  plan.isHeld = true
  const found = await explainRefusal(scan, task, error).catch(asCheckupError)
  plan.isHeld = false
  // Answers to what was sent before prove nothing.
  plan.isProven = false
  return found instanceof CheckupError ? handleFailure(scan, { ...task, epoch: plan.epoch }, found) : found
}

/** Trouble that is not the range's own: one request at a time until an answer comes, and not for ever. */
function handleTrouble(scan: Scan, task: Task, { error, move }: { error: CheckupError; move: Move }): void {
  const { plan, patience } = scan
  const { lane, range, epoch } = task
  const blocks = blockCount(range)
  const isOut = move.kind === 'again' && scan.repeats === 0 && blocks === 1n
  if (move.kind === 'skip' || isOut) addGap(scan, lane, { range, error: toFactError(error) })
  else putBack(lane, range)
  // What was sent before the trouble began tells nothing new.
  if (epoch < plan.epoch && move.kind !== 'give-up') return
  plan.epoch++
  plan.isProven = false
  patience.spend(error)
  const isAgain = move.kind === 'once-more' && scan.wasShutOut
  scan.wasShutOut = move.kind === 'once-more'
  if (move.kind === 'give-up' || isAgain || patience.isOver()) giveUp(scan, error)
  else if (move.kind === 'once-more') return
  else if (move.kind === 'again' && scan.repeats > 0) scan.repeats--
  else if (move.kind !== 'skip') lane.careful.failed(blocks)
}

function split(scan: Scan, { lane, range }: Task, move: Extract<Move, { kind: 'split' }>): void {
  const { limits } = scan.plan
  const blocks = blockCount(range)
  if (move.maximumLogs !== null) limits.maximumLogs = Math.min(limits.maximumLogs ?? Infinity, move.maximumLogs)
  const { suggested } = move
  const isOlderPart = suggested !== null && suggested.fromBlock === range.fromBlock && suggested.toBlock < range.toBlock
  if (isOlderPart && blockCount(suggested) * 16n >= blocks) {
    const [older, newer] = splitAfter(range, suggested.toBlock)
    lane.exact.push({ range: older, comparison: null, purpose: 'suggested' })
    putBack(lane, newer)
  } else putBack(lane, range)
  const fitting = isOlderPart ? blockCount(suggested) : null
  if (limits.maximumLogs === null && fitting === null) assumeFromRefusal(scan.plan, lane, range)
  else if (limits.maximumLogs === null) lane.careful.failed(blocks, fitting ?? 1n)
  else if (fitting !== null) lane.density.logsPerBlock = limits.maximumLogs / Number(fitting)
  else learnTooMany(lane.density, { blocks, maximumLogs: limits.maximumLogs })
  lane.streak = 0
}

function putBackNewer(scan: Scan, { lane, range }: Task, error: CheckupError): void {
  const { older, newer } = cutBefore(range, (scan.plan.edge.lost ?? range.fromBlock) + 1n)
  if (older !== null) addGap(scan, lane, { range: older, error: toFactError(error) })
  if (newer !== null) putBack(lane, newer)
}
