/**
 * What becomes of a range that was refused in words that nobody understands. A few small questions tell what they are about:
 *
 * - Where nothing was answered yet, a few blocks are asked for in several places. Refused everywhere, and for one account alone,
 *   all that is left of the filter is a gap in the node's words. Answered for one account alone, there were too many. Answered in
 *   another place, the newest block may be what is refused.
 * - Where a range as long was answered before, and this one is refused again, it is the place: halves find a block that is refused
 *   by itself. It is a gap, with those before it up to one that is given.
 * - Otherwise it may be the length, or the amount: shorter ranges follow.
 */
import { type CheckupError, toFactError } from '../../core/errors.ts'
import type { BlockRange } from '../../core/facts.ts'
import type { PackedLogs } from '../../core/log-scan.ts'
import { blockCount, mergeRanges, splitAfter, subtractRanges } from '../../domain/block-range.ts'
import { asCheckupError } from './answers.ts'
import { askLogs } from './ask-logs.ts'
import { isUnexplained } from './moves.ts'
import { divide, type Lane, noteAnswered, putBack, type Task } from './plan.ts'
import { addGap, loseRest, type Scan, waitToCatchUp } from './state.ts'

/** What was refused; or the answer, when the very range was asked for again. */
type Cause =
  | { readonly kind: 'filter' }
  | { readonly kind: 'accounts' }
  | { readonly kind: 'blocks'; readonly range: BlockRange }
  | { readonly kind: 'length' }
  | { readonly kind: 'hiccup'; readonly logs: PackedLogs }

/** The shortest range that any provider is known to take. */
const fewBlocks = 10n
/** A place that is refused costs up to a hundred questions. So many in a scan are looked for; then shorter and shorter ranges do. */
const mostExplained = 32

/** Throws what else keeps a question from being answered: the range is then still the caller's, as with an answer for it. */
export async function explainRefusal(
  scan: Scan,
  { lane, range }: Task,
  error: CheckupError,
): Promise<PackedLogs | null> {
  const cause = await findCause(scan, lane, range)
  if (cause.kind === 'hiccup') return cause.logs
  putBack(lane, range)
  if (cause.kind === 'filter') {
    const same = scan.plan.lanes.filter(({ filter, longest }) => filter === lane.filter && longest === 0n)
    loseRest(scan, same, toFactError(error))
    // The other filters have not failed.
    scan.patience.reset()
  } else if (cause.kind === 'accounts') divide(scan.plan, lane)
  else if (cause.kind === 'length') lane.careful.failed(blockCount(range))
  else {
    lane.open = lane.open.flatMap((each) => subtractRanges(each, [cause.range]))
    addGap(scan, lane, { range: cause.range, error: toFactError(error) })
  }
  return null
}

async function findCause(scan: Scan, lane: Lane, range: BlockRange): Promise<Cause> {
  const isFirst = lane.longest === 0n
  if (isFirst && !(await isAnsweredSomewhere(scan, lane, range))) {
    const [account] = lane.accounts
    const alone = { ...lane, accounts: account === undefined ? [] : [account] }
    const isAccounts = lane.accounts.length > 1 && (await isAnswered(scan, alone, newestOf(range)))
    return { kind: isAccounts ? 'accounts' : 'filter' }
  }
  const blocks = blockCount(range)
  if (!isFirst && blocks > lane.longest) return { kind: 'length' }
  const logs = blocks > lane.longest ? null : await answerOf(scan, lane, range)
  if (logs !== null) return { kind: 'hiccup', logs }
  const isLooked = scan.explained++ < mostExplained
  const block = isFirst || blocks === 1n ? range.toBlock : isLooked ? await findRefused(scan, lane, range) : null
  if (block === null || (blocks > 1n && (await isGiven(scan, lane, block)))) return { kind: 'length' }
  return { kind: 'blocks', range: isLooked ? await stretchBefore(scan, lane, { range, block }) : only(block) }
}

/** In the newest blocks, in the middle and in the oldest block of all that is left; and once in a scan after a pause. */
async function isAnsweredSomewhere(scan: Scan, lane: Lane, range: BlockRange): Promise<boolean> {
  const [{ fromBlock: oldest } = range] = mergeRanges([...lane.open, range])
  const newest = newestOf(range)
  const older = new Set([(oldest + newest.fromBlock) / 2n, oldest].filter((block) => block < newest.fromBlock))
  for (const place of [newest, ...[...older].map(only)]) if (await isAnswered(scan, lane, place)) return true
  if (!scan.hasPaused) await waitToCatchUp(scan)
  scan.hasPaused = true
  return isAnswered(scan, lane, newest)
}

/** A block of the range that is refused by itself; null where the amount may be the reason. */
async function findRefused(scan: Scan, lane: Lane, asked: BlockRange): Promise<bigint | null> {
  let range = asked
  while (blockCount(range) > 1n) {
    const [older, newer] = splitAfter(range, (range.fromBlock + range.toBlock) / 2n)
    if (!(await isAnswered(scan, lane, newer))) range = newer
    else if (!(await isAnswered(scan, lane, older))) range = older
    else return null
  }
  return range.toBlock
}

/** From a refused block back to the last before one that is given: steps that double look for that, then halves. */
async function stretchBefore(
  scan: Scan,
  lane: Lane,
  { range, block }: { readonly range: BlockRange; readonly block: bigint },
): Promise<BlockRange> {
  const left = mergeRanges([...lane.open, range])
  const around = left.find(({ fromBlock, toBlock }) => fromBlock <= block && block <= toBlock) ?? range
  let refused = block
  let given = around.fromBlock - 1n
  for (let step = 1n; block - step > given; step *= 2n) {
    if (await isAnswered(scan, lane, only(block - step))) given = block - step
    else refused = block - step
  }
  while (refused - given > 1n) {
    const middle = (refused + given) / 2n
    if (await isAnswered(scan, lane, only(middle))) given = middle
    else refused = middle
  }
  // Where the last word is not the same again, some of the others may not be either.
  const isSure = refused === block || !(await isAnswered(scan, lane, only(refused)))
  return isSure ? { fromBlock: refused, toBlock: block } : only(block)
}

/** Asked again where it is refused: that may have been a hiccup. */
async function isGiven(scan: Scan, lane: Lane, block: bigint): Promise<boolean> {
  return (await isAnswered(scan, lane, only(block))) || isAnswered(scan, lane, only(block))
}

/** Only whether: what these blocks hold is read with their neighbours. */
async function isAnswered(scan: Scan, lane: Lane, range: BlockRange): Promise<boolean> {
  return (await answerOf(scan, lane, range)) !== null
}

/** null when it is refused as before. */
async function answerOf(scan: Scan, lane: Lane, range: BlockRange): Promise<PackedLogs | null> {
  try {
    const logs = await askLogs(scan, lane, range)
    noteAnswered(lane, range)
    scan.patience.reset()
    return logs
  } catch (thrown) {
    const error = asCheckupError(thrown)
    if (isUnexplained(error) || error.code === 'state-unavailable') return null
    throw error
  }
}

function newestOf({ fromBlock, toBlock }: BlockRange): BlockRange {
  const blocks = blockCount({ fromBlock, toBlock })
  const few = blocks > 2n * fewBlocks ? fewBlocks : (blocks + 1n) / 2n
  return { fromBlock: toBlock - few + 1n, toBlock }
}

function only(block: bigint): BlockRange {
  return { fromBlock: block, toBlock: block }
}
