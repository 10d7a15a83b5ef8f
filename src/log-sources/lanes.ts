/** Reads a source that lists one event of one account at a time, and stops at a number of rows without a word. */
import type { Address, Hex } from 'viem'
import { toFactError } from '../core/errors.ts'
import type { BlockRange } from '../core/facts.ts'
import type { LogFilter, LogGap, PackedLogs } from '../core/log-scan.ts'
import type { LogListener, LogQuestion } from '../core/log-source.ts'
import { blockCount, splitAfter } from '../domain/block-range.ts'
import { concatPacked } from '../domain/packed-logs.ts'
import { SourceCutError, SourceRefusedError } from './errors.ts'
import type { Rows } from './explorer-reply.ts'
import { isTooMuch } from './requests.ts'
import { packRows } from './rows.ts'

/** What is asked at once. */
export type Lane = { readonly filter: LogFilter; readonly account: Address; readonly event: Hex }

export type LaneReader = {
  readonly host: string
  /** The source never lists more. */
  readonly mostRows: number
  readonly ask: (lane: Lane, range: BlockRange) => Promise<Rows>
}

/** Where a copy of the API may stop, when it does not stop where the original does: these numbers are no chance. */
const roundRows = 100
/** How often a source may fail over a range, in a whole run, before it counts as broken. */
const mostFailures = 8

type Reading = {
  readonly question: LogQuestion
  readonly listener: LogListener
  readonly reader: LaneReader
  /** By filter, blocks and reason: each event of a filter may miss the same blocks. */
  readonly gaps: Map<string, LogGap>
  failures: number
  /** Why nothing more is asked: what fails for good fails again, and each try tells the account once more. */
  givenUp: unknown
  /** Blocks times events and accounts. */
  read: bigint
}

export async function readLanes(
  question: LogQuestion,
  listener: LogListener,
  reader: LaneReader,
): Promise<readonly LogGap[]> {
  const reading: Reading = { question, listener, reader, gaps: new Map(), failures: 0, givenUp: null, read: 0n }
  for (const filter of question.filters) {
    for (const account of question.accounts) {
      for (const range of question.ranges(filter)) {
        const found: PackedLogs[] = []
        for (const event of filter.topic0) await readLane(reading, { lane: { filter, account, event }, range, found })
        await listener.onChunk({ filter, accounts: [account], range, logs: concatPacked(found) })
      }
    }
  }
  return [...reading.gaps.values()]
}

type Work = { readonly lane: Lane; readonly range: BlockRange; readonly found: PackedLogs[] }

/** Halves what has too many rows: in which order a source lists them is not its promise. */
async function readLane(reading: Reading, { lane, range, found }: Work): Promise<void> {
  const { filter, account } = lane
  const open = [range]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    try {
      if (reading.givenUp !== null) throw reading.givenUp
      const answer = await askOrSplit(reading, lane, next)
      if (answer === 'split') {
        open.push(...splitAfter(next, (next.fromBlock + next.toBlock) / 2n))
        continue
      }
      found.push(packRows(answer.rows, { filter, accounts: [account], range: next }))
      if (mayBeCut(answer.rows.length, reading.reader)) {
        throw new SourceCutError(reading.reader.host, { block: next.fromBlock, rows: answer.rows.length })
      }
    } catch (error) {
      if (!(error instanceof SourceCutError)) reading.givenUp ??= error
      addGap(reading, { filter, range: next, error: toFactError(error) })
    }
    report(reading, blockCount(next))
  }
}

function addGap({ gaps }: Reading, gap: LogGap): void {
  const { fromBlock, toBlock } = gap.range
  gaps.set(`${gap.filter.name} ${fromBlock} ${toBlock} ${gap.error.code}`, gap)
}

type Answer = Extract<Rows, { status: 'rows' }> | 'split'

async function askOrSplit(reading: Reading, lane: Lane, range: BlockRange): Promise<Answer> {
  const { reader } = reading
  const canSplit = blockCount(range) > 1n
  try {
    const answer = await reader.ask(lane, range)
    if (answer.status === 'rows') return canSplit && mayBeCut(answer.rows.length, reader) ? 'split' : answer
    if (!canSplit) throw new SourceRefusedError(reader.host, answer.words)
    return 'split'
  } catch (error) {
    if (!canSplit || !isTooMuch(error) || ++reading.failures > mostFailures) throw error
    return 'split'
  }
}

function mayBeCut(rows: number, { mostRows }: LaneReader): boolean {
  return rows >= mostRows || (rows > 0 && rows % roundRows === 0)
}

function report(reading: Reading, blocks: bigint): void {
  const { filters, accounts, ranges } = reading.question
  const blocksOf = (filter: LogFilter) => ranges(filter).reduce((sum, range) => sum + blockCount(range), 0n)
  const events = (filter: LogFilter) => BigInt(filter.topic0.length * accounts.length)
  reading.read += blocks
  const work = filters.reduce((sum, filter) => sum + blocksOf(filter) * events(filter), 0n)
  const total = filters.reduce((sum, filter) => sum + blocksOf(filter), 0n)
  if (work > 0n) reading.listener.onProgress?.((reading.read * total) / work, total)
}
