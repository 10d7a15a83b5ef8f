/** Guesses where a node stops that refuses large answers without a number. Only a plan comes of it: a wrong guess costs requests, no logs. */
import type { BlockRange } from '../../core/facts.ts'
import { blockCount } from '../../domain/block-range.ts'
import { learnTooMany } from './density.ts'
import type { Lane, Plan } from './plan.ts'

/** Numbers that nodes really stop at. */
const usual = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]
/** What most of them take. */
const mostUsual = 10_000
/** How much less to ask for where nothing at all is known. */
const firstParts = 8n

type Answer = { readonly range: BlockRange; readonly logs: number }

/** An answer tells how dense the logs are, and so how many the refused range had. */
export function assumeFromAnswer(plan: Plan, lane: Lane, { range, logs }: Answer): void {
  if (plan.limits.maximumLogs !== null || lane.refused === null) return
  if (plan.assumedLogs !== null) {
    if (logs > plan.assumedLogs) plan.assumedLogs = usual.find((number) => number >= logs) ?? logs
    return
  }
  const inRefused = (logs / Number(blockCount(range))) * Number(lane.refused)
  const assumed = usual.findLast((number) => number <= Math.min(inRefused, mostUsual)) ?? null
  // So few logs were not too many: something else was too much, such as the time that the search took.
  if (assumed === null || assumed < logs) return
  plan.assumedLogs = assumed
  lane.careful.forget()
}

/** A range was refused as too large. Two in a row are no bad luck: the node takes less than was assumed. */
export function assumeFromRefusal(plan: Plan, lane: Lane, range: BlockRange): void {
  const blocks = blockCount(range)
  const { assumedLogs } = plan
  if (lane.refused === null || blocks < lane.refused) lane.refused = blocks
  if (assumedLogs !== null && lane.streak === 0) {
    plan.assumedLogs = usual.findLast((number) => number < assumedLogs) ?? null
  }
  if (plan.assumedLogs !== null) learnTooMany(lane.density, { blocks, maximumLogs: plan.assumedLogs })
  else lane.careful.failed(blocks, blocks > firstParts ? blocks / firstParts : 1n)
}
