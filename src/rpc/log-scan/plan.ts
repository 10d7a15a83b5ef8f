/**
 * Which blocks to ask for next, without knowing anything about the endpoint at first. No IO: the scan says what came back.
 *
 * Newest blocks first. One probe of everything; then ranges as wide as the endpoint allows, cut from what is left only
 * when they are asked for, so that a limit learned late leaves no tree of doomed requests behind.
 */
import type { Address } from 'viem'
import type { BlockRange } from '../../core/facts.ts'
import type { EndpointLimits, LogFilter, PackedLogs } from '../../core/log-scan.ts'
import { blockCount, mergeRanges, splitAfter } from '../../domain/block-range.ts'
import { type CarefulSize, createCarefulSize } from './careful-size.ts'
import { blocksByDensity, type Density } from './density.ts'

/** One filter for some of the accounts, and its blocks. */
export type Lane = {
  readonly filter: LogFilter
  readonly accounts: readonly Address[]
  /** The first block of all. */
  readonly oldest: bigint
  /** What is left to cut, oldest first, apart from each other. */
  open: readonly BlockRange[]
  /** Handed out first, as they are. */
  readonly exact: Piece[]
  readonly careful: CarefulSize
  readonly density: Density
  /** The most blocks that were answered at once. */
  longest: bigint
  /** Answers since one was refused as too large. */
  streak: number
  /** Sizes of the last answers that were not all there was to ask for. */
  readonly answered: bigint[]
  /** The shortest range that was refused as too large by a node that named no number. */
  refused: bigint | null
  out: number
  /** Lanes that took over, with fewer accounts each. */
  parts: readonly Lane[]
}

/** For a part of an answer that may have been cut: that answer, and the fullest one that was ever seen of these blocks. */
export type Comparison = { readonly doubted: PackedLogs; readonly fullest: PackedLogs }
export type Piece = {
  readonly range: BlockRange
  readonly comparison: Comparison | null
  /** `suggested`: the node said that it would answer this range. `edge`: it looks for the edge of what the node has. */
  readonly purpose: 'read' | 'suggested' | 'edge'
}
export type Task = Piece & { readonly lane: Lane; readonly epoch: number }

export type Plan = {
  lanes: readonly Lane[]
  readonly limits: { -readonly [Name in Exclude<keyof EndpointLimits, 'requestsPerSecond'>]: EndpointLimits[Name] }
  /** The limit was not named, and lies between the longest range answered and the shortest refused. null: it is known, or there is none. */
  guess: { readonly answered: bigint; readonly refused: bigint } | null
  /** The limit of blocks that an earlier scan met, as long as this one keeps to it and has not met one. */
  remembered: bigint | null
  /** What a node that refuses large answers probably takes, when it does not say. */
  assumedLogs: number | null
  /** Blocks up to `lost` are not there; from `found` on they are. */
  readonly edge: { lost: bigint | null; found: bigint | null; isSought: boolean }
  /** Begins anew with each failure that no limit explains. What was sent before it failed for the same reason. */
  epoch: number
  /** An answer came in this epoch. Until then one request is under way at a time. */
  isProven: boolean
  /** Nothing is handed out until it is known what was refused. */
  isHeld: boolean
  out: number
}

type Asked = {
  readonly filters: readonly LogFilter[]
  readonly accounts: readonly Address[]
  readonly ranges: (filter: LogFilter) => readonly BlockRange[]
  /** What an earlier scan learned: with it there is nothing to probe for. */
  readonly known: Partial<EndpointLimits> | undefined
}

export function createPlan({ filters, accounts, ranges, known }: Asked): Plan {
  const { maximumBlocks = null, maximumLogs = null, maximumTopics = null } = known ?? {}
  const plan: Plan = {
    lanes: filters.map((filter) => createLane(filter, { accounts, open: mergeRanges(ranges(filter)) })),
    limits: { maximumBlocks, maximumLogs, maximumTopics },
    guess: null,
    remembered: maximumBlocks,
    assumedLogs: null,
    edge: { lost: null, found: null, isSought: false },
    epoch: 0,
    isProven: known !== undefined,
    isHeld: false,
    out: 0,
  }
  divideLanes(plan)
  return plan
}

function createLane(filter: LogFilter, { accounts, open }: Pick<Lane, 'accounts' | 'open'>): Lane {
  const careful = createCarefulSize()
  const density = { logsPerBlock: null, newest: null }
  const oldest = open[0]?.fromBlock ?? 0n
  const nothingYet = { longest: 0n, streak: 0, refused: null, out: 0, parts: [] }
  return { filter, accounts, oldest, open, exact: [], careful, density, answered: [], ...nothingYet }
}

/** The next range to ask for; null when none can be given out now: all are, or one must be answered first. */
export function takeTask(plan: Plan): Task | null {
  if (plan.isHeld || (!plan.isProven && plan.out > 0)) return null
  for (const lane of plan.lanes) {
    if (isWaiting(plan, lane)) continue
    const piece = lane.exact.pop() ?? cutNewest(plan, lane)
    if (piece === null) continue
    plan.out++
    lane.out++
    return { ...piece, lane, epoch: plan.epoch }
  }
  return null
}

export function noteAnswered(lane: Lane, range: BlockRange): void {
  const blocks = blockCount(range)
  if (blocks > lane.longest) lane.longest = blocks
}

/** Every task ends here, answered or not. */
export function taskEnded(plan: Plan, { lane, purpose }: Task): void {
  plan.out--
  if (purpose === 'edge') plan.edge.isSought = false
  lane.out--
}

/** Gives blocks back: joined with what they were cut from, so that the next cut starts from a whole range. */
export function putBack(lane: Lane, range: BlockRange): void {
  if (lane.parts.length === 0) lane.open = mergeRanges([...lane.open, range])
  for (const part of lane.parts) putBack(part, range)
}

/** Everything that is left, which nobody will ask for any more. */
export function takeRest(lanes: readonly Lane[]): readonly { readonly lane: Lane; readonly range: BlockRange }[] {
  return lanes.flatMap((lane) => {
    const left = [...lane.open, ...lane.exact.splice(0).map(({ range }) => range)]
    lane.open = []
    return mergeRanges(left).map((range) => ({ lane, range }))
  })
}

/** The node may take half as many accounts at once. */
export function divide(plan: Plan, { accounts }: Lane): void {
  plan.limits.maximumTopics = Math.min(plan.limits.maximumTopics ?? Infinity, Math.ceil(accounts.length / 2))
  divideLanes(plan)
}

/** The same blocks for fewer accounts at once, where the node takes no more. */
function divideLanes(plan: Plan): void {
  const { maximumTopics } = plan.limits
  plan.lanes = plan.lanes.flatMap((lane) => {
    if (maximumTopics === null || lane.accounts.length <= maximumTopics) return [lane]
    const groups = Math.ceil(lane.accounts.length / maximumTopics)
    const each = Math.ceil(lane.accounts.length / groups)
    const open = mergeRanges([...lane.open, ...lane.exact.splice(0).map(({ range }) => range)])
    lane.open = []
    lane.parts = Array.from({ length: groups }, (_, group) =>
      createLane(lane.filter, { accounts: lane.accounts.slice(group * each, (group + 1) * each), open }),
    )
    return lane.parts
  })
}

/** So many right guesses in a row allow one more request under way. */
const answersPerMore = 4

/** Where the results are the limit, a wrong guess costs a request: few are under way until guesses prove right. */
function isWaiting(plan: Plan, lane: Lane): boolean {
  const blocks = densityBlocks(plan, lane)
  const { maximumBlocks } = plan.limits
  if (blocks === null || (maximumBlocks !== null && maximumBlocks <= blocks)) return false
  const left = lane.open.reduce((sum, range) => sum + blockCount(range), 0n)
  return left > blocks && lane.out > lane.streak / answersPerMore
}

function cutNewest(plan: Plan, lane: Lane): Piece | null {
  const interval = lane.open.at(-1)
  if (interval === undefined) return null
  const from = firstBlock(plan, { lane, interval })
  const known = behindEdge(plan, interval, from)
  if (known === null) return null
  const isBeyond = plan.edge.lost !== null && (plan.edge.found === null || known < plan.edge.found)
  if (isBeyond) plan.edge.isSought = true
  lane.open = lane.open.slice(0, -1)
  const rest = { comparison: null, purpose: isBeyond ? 'edge' : 'read' } as const
  if (known === interval.fromBlock) return { range: interval, ...rest }
  const [older, range] = splitAfter(interval, known - 1n)
  lane.open = [...lane.open, older]
  return { range, ...rest }
}

function firstBlock(plan: Plan, { lane, interval }: { readonly lane: Lane; readonly interval: BlockRange }): bigint {
  const size = blockCount(interval)
  const byDensity = densityBlocks(plan, lane)
  // A rest that is little more than one range still fits: ranges are planned not to be full. And an account's oldest
  // blocks are its emptiest.
  const fitting = interval.fromBlock === lane.oldest ? 160n : 115n
  const isLast = byDensity !== null && size * 100n <= byDensity * fitting
  const widths = [plan.limits.maximumBlocks, lane.careful.current(), isLast ? null : byDensity]
  const blocks = widths.reduce<bigint>((least, width) => (width !== null && width < least ? width : least), size)
  return interval.toBlock - blocks + 1n
}

/** Looks for the edge of what the node still has by halves, one request at a time, once one beyond it was refused. */
function behindEdge({ edge }: Plan, { toBlock }: BlockRange, fromBlock: bigint): bigint | null {
  const { lost, found } = edge
  const end = found !== null && found <= toBlock ? found : toBlock + 1n
  // What was under way when its blocks were lost, and failed for another reason, is asked once more: its own answer says why.
  if (lost === null || lost >= toBlock || fromBlock >= end) return fromBlock
  if (edge.isSought) return end > toBlock ? null : end
  const middle = lost + (end - lost + 1n) / 2n
  return middle > fromBlock ? middle : fromBlock
}

/** The most logs of one answer: as the node said, or as its refusals suggest. */
export function maximumLogsOf({ limits, assumedLogs }: Plan): number | null {
  return limits.maximumLogs ?? assumedLogs
}

function densityBlocks(plan: Plan, lane: Lane): bigint | null {
  const others = plan.lanes.flatMap(({ density: { newest } }) => (newest === null ? [] : [newest]))
  const guess = others.length === 0 ? null : Math.max(...others)
  return blocksByDensity(lane.density, { maximumLogs: maximumLogsOf(plan), guess })
}
