/**
 * What becomes of a range that was refused in words that nobody understands. A few small questions tell what they are about:
 *
 * - Where nothing was answered yet, the newest few blocks are asked for, and one from the middle. Refused as well, and with
 *   one account alone, every block of the filter is a gap in the node's words.
 * - The oldest block is asked for, once in a scan. Refused, old blocks are what the node does not give: the first that it
 *   gives is looked for, and what lies before is a gap for every filter.
 * - Where a range as long was answered before, it is the place: halves find a block that is refused by itself. It is a gap,
 *   with those before it up to one that is given.
 * - Otherwise shorter ranges follow.
 */
import { type CheckupError, toFactError } from '../../core/errors.ts'
import type { BlockRange } from '../../core/facts.ts'
import { blockCount, mergeRanges, splitAfter, subtractRanges } from '../../domain/block-range.ts'
import { asCheckupError } from './answers.ts'
import { askLogs } from './ask-logs.ts'
import { isUnexplained } from './moves.ts'
import { divide, noteAnswered, putBack, type Task } from './plan.ts'
import { addGap, loseRest, loseUpTo, type Scan } from './state.ts'

/** The shortest range that any provider is known to take. */
const fewBlocks = 10n

/** Throws what else keeps a small question from being answered. */
export async function explainRefusal(scan: Scan, task: Task, error: CheckupError): Promise<void> {
  const { lane, range } = task
  const blocks = blockCount(range)
  if (lane.longest === 0n && blocks > 1n && !(await isAnswered(scan, task, newestOf(range)))) {
    const isMiddleGiven = await isGiven(scan, task, (range.fromBlock + range.toBlock) / 2n)
    putBack(lane, range)
    if (isMiddleGiven) await loseStretch(scan, task, { block: range.toBlock, error })
    else if (lane.accounts.length > 1) divide(scan.plan, lane)
    else loseRest(scan, [lane], toFactError(error))
    return
  }
  const lost = await findLost(scan, task)
  const block = lost === null ? await findRefused(scan, task) : null
  putBack(lane, range)
  if (lost !== null) {
    loseUpTo(scan, lost, toFactError(error))
    scan.plan.edge.found = lost + 1n
  } else if (block !== null) await loseStretch(scan, task, { block, error })
  else if (blocks > 1n) lane.careful.failed(blocks)
}

/** The newest block that the node refuses like all before it; null when it gives the oldest ones, or gave them before. */
async function findLost(scan: Scan, task: Task): Promise<bigint | null> {
  const { lane, range } = task
  const [{ fromBlock: oldest } = range] = mergeRanges([...lane.open, range])
  if (scan.givesOldest || oldest === range.toBlock) return null
  scan.givesOldest = await isGiven(scan, task, oldest)
  if (scan.givesOldest) return null
  const lost = await lastRefused(scan, task, { refused: oldest, given: range.toBlock + 1n })
  scan.givesOldest = true
  // One refusal may have been a hiccup, and one block alone is no edge.
  return lost > oldest && !(await isGiven(scan, task, lost)) ? lost : null
}

/** A block of the range that is refused by itself; null where the length or the amount may be the reason, or it was a hiccup. */
async function findRefused(scan: Scan, task: Task): Promise<bigint | null> {
  let { range } = task
  if (blockCount(range) === 1n) return (await isAnswered(scan, task, range)) ? null : range.toBlock
  // Such a length was answered elsewhere, so that it is the place.
  if (blockCount(range) > task.lane.longest) return null
  while (blockCount(range) > 1n) {
    const [older, newer] = splitAfter(range, (range.fromBlock + range.toBlock) / 2n)
    if (!(await isAnswered(scan, task, newer))) range = newer
    else if (!(await isAnswered(scan, task, older))) range = older
    else return null
  }
  return range.toBlock
}

type Refused = { readonly block: bigint; readonly error: CheckupError }

/** A block was refused, and perhaps some before it: steps that double look for an older one that is given. */
async function loseStretch(scan: Scan, task: Task, { block, error }: Refused): Promise<void> {
  const { lane } = task
  const open = lane.open.find(({ fromBlock, toBlock }) => fromBlock <= block && block <= toBlock)
  if (open === undefined) return
  let refused = block
  let given = open.fromBlock - 1n
  for (let step = 1n; block - step > given; step *= 2n) {
    if (await isGiven(scan, task, block - step)) given = block - step
    else refused = block - step
  }
  const lost = { fromBlock: await lastRefused(scan, task, { refused, given }), toBlock: block }
  lane.open = lane.open.flatMap((each) => subtractRanges(each, [lost]))
  addGap(scan, lane, { range: lost, error: toFactError(error) })
}

/** The refused block nearest to the given one, on whichever side that lies. */
async function lastRefused(scan: Scan, task: Task, between: { refused: bigint; given: bigint }): Promise<bigint> {
  let { refused, given } = between
  while (refused - given > 1n || given - refused > 1n) {
    const middle = (refused + given) / 2n
    if (await isGiven(scan, task, middle)) given = middle
    else refused = middle
  }
  return refused
}

function isGiven(scan: Scan, task: Task, block: bigint): Promise<boolean> {
  return isAnswered(scan, task, { fromBlock: block, toBlock: block })
}

/** Only whether: what these blocks hold is read with their neighbours. */
async function isAnswered(scan: Scan, { lane }: Task, range: BlockRange): Promise<boolean> {
  try {
    await askLogs(scan, lane, range)
    noteAnswered(lane, range)
    return true
  } catch (thrown) {
    const error = asCheckupError(thrown)
    if (isUnexplained(error) || error.code === 'state-unavailable') return false
    throw error
  }
}

function newestOf({ fromBlock, toBlock }: BlockRange): BlockRange {
  const blocks = blockCount({ fromBlock, toBlock })
  const few = blocks > fewBlocks ? fewBlocks : blocks / 2n
  return { fromBlock: toBlock - few + 1n, toBlock }
}
