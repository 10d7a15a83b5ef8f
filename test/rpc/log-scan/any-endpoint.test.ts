import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BlockRange } from '../../../src/core/facts.ts'
import type { LogFilter } from '../../../src/core/log-scan.ts'
import { blockCount, mergeRanges, subtractRanges } from '../../../src/domain/block-range.ts'
import { logFilters } from '../../../src/domain/log-filters.ts'
import { readPacked } from '../../../src/domain/packed-logs.ts'
import { addressTopic, topics } from '../../../src/domain/topics.ts'
import { HttpStatusError, RateLimitedError, RpcTimeoutError, StateUnavailableError } from '../../../src/rpc/errors.ts'
import {
  accountAt,
  logAt,
  place,
  type Question,
  type RpcLog,
  range,
  read,
  refused,
  requestFor,
  simulate,
  word,
} from './simulated-endpoint.ts'

const transientErrors = [
  () => refused(-32603, 'Internal error'),
  () => refused(-32000, 'hiccup'),
  () => new HttpStatusError(place, 503),
  () => new RateLimitedError(place),
  () => new RpcTimeoutError(place, 1),
]
const garbage = [null, 'text', [{ removed: true }], [{ ...logAt({ block: 1, index: 0 }), topics: ['0x'] }]]

const places = fc.uniqueArray(
  fc.record({ block: fc.nat(3_000), index: fc.nat(5), account: fc.nat(2), isReceived: fc.boolean() }),
  { selector: ({ block, index }) => `${block}:${index}`, maxLength: 80 },
)
const scenario = fc.record({
  places,
  from: fc.nat(1_500),
  length: fc.nat(1_500),
  maximumRange: fc.integer({ min: 1, max: 4_000 }),
  /** The cap after some requests; the same for most. */
  laterRange: fc.option(fc.integer({ min: 1, max: 4_000 })),
  isNumberTold: fc.boolean(),
  maximumResults: fc.integer({ min: 1, max: 80 }),
  isRangeSuggested: fc.boolean(),
  maximumAccounts: fc.integer({ min: 1, max: 3 }),
  /** Blocks before it are refused, or not found without a word. */
  edge: fc.option(fc.record({ block: fc.nat(3_000), isSilent: fc.boolean() })),
  /** From this request on every answer is garbage. */
  garbageFrom: fc.option(fc.nat(60)),
  /** Which requests fail for no reason of theirs: small numbers, used in turn. */
  chances: fc.array(fc.nat(14), { minLength: 1, maxLength: 40 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

function logOf({ block, index, account, isReceived }: Scenario['places'][number]): RpcLog {
  const at = { block, index, account }
  if (!isReceived) return logAt(at)
  return logAt(at, { topics: [topics.transfer, word(9), addressTopic(accountAt(account))] })
}

/** A scan believes what is recent, and what lies before the first tenth once that shows logs: no node loses so little. */
function noticeableEdge({ edge, from, length }: Scenario): Scenario['edge'] {
  if (edge === null) return null
  const isNoticed = length >= 256 && edge.block > from + length / 10 + 1
  return { ...edge, isSilent: edge.isSilent && isNoticed }
}

/** Two blocks, one of them pruned, and every other request refused: the pruned one is under way when it is found lost. */
const lostUnderWay: Scenario = {
  places: [],
  from: 0,
  length: 1,
  maximumRange: 1,
  laterRange: null,
  isNumberTold: false,
  maximumResults: 1,
  isRangeSuggested: false,
  maximumAccounts: 2,
  edge: { block: 1, isSilent: false },
  garbageFrom: null,
  chances: [5, 3],
}

function endpointOf(given: Scenario) {
  let asked = 0
  const ceiling = 24 * (given.length + 1) + 200
  const edge = noticeableEdge(given)
  const answer = (question: Question, found: readonly RpcLog[]) => {
    const request = asked++
    // No failure of an endpoint: it ends the scan and the test.
    if (request > ceiling) throw new Error(`more than ${ceiling} requests for ${given.length + 1} blocks`)
    const transient = transientErrors[given.chances[request % given.chances.length] ?? 9]
    if (transient !== undefined) throw transient()
    if (given.garbageFrom !== null && request >= given.garbageFrom) return garbage[request % garbage.length]
    if (question.accounts > given.maximumAccounts) throw refused(-32602, 'exceed max topics')
    const cap = given.laterRange !== null && request > 20 ? given.laterRange : given.maximumRange
    const told = given.isNumberTold ? `: ${cap}` : ''
    if (blockCount(question) > BigInt(cap)) throw refused(-32602, `exceeds maximum block range${told}`)
    if (edge !== null && !edge.isSilent && question.fromBlock < BigInt(edge.block)) {
      throw new StateUnavailableError(place, 'history has been pruned')
    }
    if (found.length > given.maximumResults) throw tooMany(given, question, found)
    return found
  }
  const prunedBefore = edge?.isSilent === true ? edge.block : 0
  return simulate({ head: 3_000, logs: given.places.map(logOf), answer, prunedBefore })
}

/** The suggested range ends before the first block that would be too much. */
function tooMany({ maximumResults, isRangeSuggested }: Scenario, { fromBlock }: BlockRange, found: readonly RpcLog[]) {
  const sorted = found.map(({ blockNumber }) => BigInt(blockNumber)).sort((a, b) => Number(a - b))
  const end = (sorted[maximumResults] ?? fromBlock) - 1n
  const hint = isRangeSuggested && end >= fromBlock ? `, retry with the range ${fromBlock}-${end}` : ''
  return refused(-32005, `query returned more than ${maximumResults} results${hint}`)
}

const filters = logFilters.slice(0, 2)
const isIn = (ranges: readonly BlockRange[], block: number) =>
  ranges.some(({ fromBlock, toBlock }) => fromBlock <= BigInt(block) && BigInt(block) <= toBlock)

async function readAll(given: Scenario) {
  const asked = range(given.from, given.from + given.length)
  const accounts = [0, 1, 2].map(accountAt)
  const { chunks, gaps } = await read(endpointOf(given).rpc, requestFor(asked, { filters, accounts }))
  const gapsOf = (filter: LogFilter) => mergeRanges(gaps.filter((gap) => gap.filter === filter).map((gap) => gap.range))
  return { asked, accounts, chunks, gaps, gapsOf }
}

test('whatever an endpoint does, each block is read or a gap, and each log of the blocks read is there once', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const { asked, accounts, chunks, gapsOf } = await readAll(given)
      for (const [index, filter] of filters.entries()) {
        const gaps = gapsOf(filter)
        for (const gap of gaps) expect(subtractRanges(gap, [asked])).toEqual([])
        for (const [number, account] of accounts.entries()) {
          const own = chunks.filter((chunk) => chunk.filter === filter && chunk.accounts.includes(account))
          const read = mergeRanges(own.map((chunk) => chunk.range))
          expect(mergeRanges([...read, ...gaps])).toEqual([asked])

          const logs = own.flatMap((chunk) => [...readPacked(chunk.logs)])
          const ofAccount = logs.filter(({ topics }) => topics.includes(addressTopic(account)))
          const found = ofAccount.map(({ blockNumber, logIndex }) => `${blockNumber}:${logIndex}`)
          const expected = given.places.filter(
            ({ block, account: other, isReceived }) =>
              other === number && isReceived === (index === 1) && isIn([asked], block) && !isIn(gaps, block),
          )
          const outside = found.filter((at) => !isIn(gaps, Number(at.split(':')[0])))
          expect(outside.sort()).toEqual(expected.map(({ block, index }) => `${block}:${index}`).sort())
        }
      }
    }),
    { numRuns: 400, seed: 23, examples: [[lostUnderWay]] },
  )
})

test('an endpoint that stops at some number without a word loses nothing, or the scan says what', async () => {
  const silent = fc.record({ logs: fc.integer({ min: 0, max: 4_000 }), cap: fc.constantFrom(500, 1_000, 1_024, 1_500) })
  await fc.assert(
    fc.asyncProperty(silent, async ({ logs, cap }) => {
      const all = Array.from({ length: logs }, (_, number) =>
        logAt({ block: (number * 7_919) % 30_011, index: number }),
      )
      const sorted = all.toSorted((a, b) => Number(a.blockNumber) - Number(b.blockNumber))
      const { rpc } = simulate({ head: 30_011, logs: sorted, answer: (_, found) => found.slice(0, cap) })
      const { places, gaps } = await read(rpc, requestFor(range(0, 30_011)))
      expect(gaps).toEqual([])
      expect(places).toHaveLength(logs)
      expect(new Set(places).size).toBe(logs)
    }),
    { numRuns: 40, seed: 24 },
  )
})

test('an endpoint without trouble, whatever its limits, leaves no gap', async () => {
  const calm = scenario.map((given) => ({ ...given, edge: null, garbageFrom: null, chances: [14], maximumResults: 80 }))
  await fc.assert(
    fc.asyncProperty(calm, async (given) => {
      expect((await readAll(given)).gaps).toEqual([])
    }),
    { numRuns: 200, seed: 25 },
  )
})
