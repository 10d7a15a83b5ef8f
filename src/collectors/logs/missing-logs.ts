/** What a reading of logs lacks, each with its reason. */
import type { Address } from 'viem'
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { BlockRange, Missing } from '../../core/facts.ts'
import type { LogGap } from '../../core/log-scan.ts'
import { mergeRanges, subtractRanges } from '../../domain/block-range.ts'
import { mergeMissing } from '../missing.ts'
import type { LogReading } from './read-logs.ts'

/** Every gap with its reason. Blocks that no reason accounts for are missing all the same. */
export function unreadBlocks({ gaps, unread }: LogReading): readonly Missing[] {
  const explained = gaps.map(({ range }) => range)
  const unexplained = unread.flatMap((range) => subtractRanges(range, explained))
  const error = toFactError(new BlocksNotReadError())
  return [...byReason(gaps), ...(unexplained.length === 0 ? [] : [{ error, ranges: unexplained }])].map((missing) => ({
    about: 'logs',
    error: missing.error,
    ranges: mergeRanges(missing.ranges),
  }))
}

function byReason(gaps: readonly LogGap[]): readonly { readonly error: FactError; readonly ranges: BlockRange[] }[] {
  const reasons = new Map<string, { error: FactError; ranges: BlockRange[] }>()
  for (const { error, range } of gaps) {
    const key = JSON.stringify([error.code, error.message, error.data])
    const same = reasons.get(key) ?? { error, ranges: [] }
    same.ranges.push(range)
    reasons.set(key, same)
  }
  return [...reasons.values()]
}

/** Blocks that nobody was asked for, because the user said where the search begins. */
export function blocksLeftOut(ranges: readonly BlockRange[]): readonly Missing[] {
  if (ranges.length === 0) return []
  return [{ about: 'logs', error: toFactError(new BlocksLeftOutError()), ranges: [...ranges] }]
}

export function unreadableLogs(contracts: readonly Address[]): readonly Missing[] {
  const error = toFactError(new UnreadableLogError())
  return mergeMissing(contracts.map((contract) => ({ about: 'logs', contract, error })))
}

class BlocksNotReadError extends CheckupError {
  constructor() {
    super('blocks-not-read', { message: 'The logs of some blocks were not read.' })
  }
}

class BlocksLeftOutError extends CheckupError {
  constructor() {
    super('blocks-left-out', {
      message: 'The search for approvals and tokens began at a later block.',
      hints: ['Run the check again without --from-block.'],
    })
  }
}

class UnreadableLogError extends CheckupError {
  constructor() {
    super('unreadable-log', { message: 'A contract sent an event about this account in a shape that no standard has.' })
  }
}
