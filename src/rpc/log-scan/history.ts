/**
 * How far back a node really finds logs. Some have dropped old logs, or began late, and answer "none" for blocks they
 * know nothing of. So an old block that holds logs by its own header is asked for them before "none" is believed; one whose
 * header the node does not have either, too. Some chains announce no logs in any header: there, a block stands in for it that
 * used more gas than plain transfers do.
 */
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import { packLogs } from '../../domain/packed-logs.ts'
import { LogsPrunedError, LogsUnconfirmedError } from './errors.ts'
import { type Announced, announcedBy, isBlockGone } from './headers.ts'
import { isUnexplained } from './moves.ts'
import { ask, type Scan } from './state.ts'

export type History =
  | { readonly kind: 'whole' }
  /** Logs are found from this block on. */
  | { readonly kind: 'since'; readonly block: bigint; readonly error: FactError }
  /** Empty answers prove nothing. */
  | { readonly kind: 'unknown'; readonly error: FactError }

/** `refusal`: the node itself says that it no longer has the block; null where it only shows nothing. */
type Sight =
  | { readonly block: bigint; readonly saw: 'logs' }
  | { readonly block: bigint; readonly saw: 'none'; readonly refusal: FactError | null }
type Header = { readonly block: bigint; readonly announces: Announced }
/** What kept a block from being looked at. */
type Doubt = { failure: FactError | null }

/** Where to look first, in thousandths of the way from the oldest block to the newest. */
const places = [1n, 10n, 50n, 100n]
const laterPlaces = [101n, 250n, 500n, 1000n]
/**
 * Steps of the search for the first block with logs. Blocks between the last two looked at count as lost: few, where the node refuses
 * what it no longer has, and a step is one request.
 */
const searchSteps = { silent: 12, refused: 40 } as const

/** Never throws for what the node does. */
export async function findHistory(
  scan: Scan,
  { oldest, newest }: { oldest: bigint; newest: bigint },
): Promise<History> {
  const doubt: Doubt = { failure: null }
  const at = (places: readonly bigint[]) => places.map((place) => oldest + ((newest - oldest) * place) / 1000n)
  const early = await headersOf(scan, at(places), doubt)
  const later = withLogs(early).isAnnounced
    ? []
    : await headersOf(scan, [oldest, oldest + 1n, ...at(laterPlaces)], doubt)
  const headers = [...early, ...later].sort((one, other) => (one.block < other.block ? -1 : 1))
  let lost = await lostWithHeader(scan, { headers, newest }, doubt)
  for (const block of withLogs(headers)
    .blocks.filter((block) => lost === null || block > lost.block)
    .slice(0, 3)) {
    const sight = await sightOf(scan, block, doubt)
    if (sight === null) continue
    // Where the oldest block with logs shows them, what lies before is believed, too.
    if (sight.saw === 'none') lost = sight
    else if (lost === null) return { kind: 'whole' }
    else return bisect(scan, { lost, found: block, doubt, newest })
  }
  if (lost !== null) return bisect(scan, { lost, found: null, doubt, newest })
  const { failure } = doubt
  // A chain whose blocks hold no logs has none to lose.
  return failure === null ? { kind: 'whole' } : { kind: 'unknown', error: failure }
}

type Looked = { readonly headers: readonly Header[]; readonly newest: bigint }

/** The newest of the old blocks whose header is gone, and whose logs as well. */
async function lostWithHeader(scan: Scan, { headers, newest }: Looked, doubt: Doubt): Promise<Lost | null> {
  const gone = headers.findLast(({ block, announces }) => announces === 'gone' && block < newest)
  if (gone === undefined) return null
  const sight = await sightOf(scan, gone.block, doubt)
  if (sight === null) return { block: gone.block, refusal: null }
  return sight.saw === 'none' ? sight : null
}

type Lost = { readonly block: bigint; readonly refusal: FactError | null }

type Search = {
  readonly lost: Lost
  readonly found: bigint | null
  readonly doubt: Doubt
  readonly newest: bigint
}

async function bisect(scan: Scan, search: Search): Promise<History> {
  const { doubt, newest } = search
  let { lost, found } = search
  for (let step = 0; step < (lost.refusal === null ? searchSteps.silent : searchSteps.refused); step++) {
    const end = found ?? newest + 1n
    if (end - lost.block <= 1n) break
    const middle = lost.block + (end - lost.block) / 2n
    const direct = lost.refusal === null ? null : await sightOf(scan, middle, doubt)
    const isTold = direct !== null && (direct.saw === 'logs' || direct.refusal !== null)
    const sight = isTold ? direct : await sightFrom(scan, { middle, end }, doubt)
    if (sight?.saw === 'logs') found = sight.block
    else lost = sight ?? { block: middle, refusal: null }
  }
  const { host } = scan.rpc
  if (found === null) return { kind: 'unknown', error: lost.refusal ?? toFactError(new LogsUnconfirmedError(host)) }
  return { kind: 'since', block: found, error: lost.refusal ?? toFactError(new LogsPrunedError(host, found)) }
}

type Between = { readonly middle: bigint; readonly end: bigint }

/** Looks at the first of a few blocks whose header announces logs. */
async function sightFrom(scan: Scan, { middle, end }: Between, doubt: Doubt): Promise<Sight | null> {
  const near = [middle, middle + 1n, middle + 2n, middle + 3n].filter((block) => block < end)
  const [block = null] = withLogs(await headersOf(scan, near, doubt)).blocks
  return block === null ? null : sightOf(scan, block, doubt)
}

/** Those that announce logs, oldest first; where none does, those that may have some. */
function withLogs(headers: readonly Header[]): { readonly blocks: readonly bigint[]; readonly isAnnounced: boolean } {
  const blocksOf = (wanted: Announced) =>
    headers.filter(({ announces }) => announces === wanted).map(({ block }) => block)
  const announced = blocksOf('logs')
  return announced.length > 0
    ? { blocks: announced, isAnnounced: true }
    : { blocks: blocksOf('perhaps'), isAnnounced: false }
}

/** Each block once, oldest first. */
async function headersOf(scan: Scan, blocks: readonly bigint[], doubt: Doubt): Promise<readonly Header[]> {
  const once = [...new Set(blocks)].sort((one, other) => (one < other ? -1 : 1))
  return Promise.all(once.map(async (block) => ({ block, announces: await announcedAt(scan, block, doubt) })))
}

async function announcedAt(scan: Scan, block: bigint, doubt: Doubt): Promise<Announced> {
  try {
    return announcedBy(await ask(scan, 'eth_getBlockByNumber', [`0x${block.toString(16)}`, false]))
  } catch (error) {
    noteDoubt(error, doubt)
    return isBlockGone(error) ? 'gone' : 'none'
  }
}

/** One block, any topic: the answer must have logs, of this block. null when the question was refused. */
async function sightOf(scan: Scan, block: bigint, doubt: Doubt): Promise<Sight | null> {
  const at = `0x${block.toString(16)}`
  try {
    const asked = [{ fromBlock: at, toBlock: at }]
    const reply = await ask(scan, 'eth_getLogs', asked).catch((error) => {
      // What nobody understands may have been a hiccup.
      if (error instanceof CheckupError && isUnexplained(error)) return ask(scan, 'eth_getLogs', asked)
      throw error
    })
    const logs = packLogs(reply, { range: { fromBlock: block, toBlock: block }, topics: [] })
    return logs.count > 0 ? { block, saw: 'logs' } : { block, saw: 'none', refusal: null }
  } catch (error) {
    noteDoubt(error, doubt)
    // Whatever was answered, it is not what the block holds.
    if (error instanceof CheckupError && error.code === 'malformed-reply') return { block, saw: 'none', refusal: null }
    const isRefused = error instanceof CheckupError && (error.code === 'state-unavailable' || isUnexplained(error))
    return isRefused ? { block, saw: 'none', refusal: toFactError(error) } : null
  }
}

function noteDoubt(error: unknown, doubt: Doubt): void {
  if (!(error instanceof CheckupError)) throw error
  doubt.failure ??= toFactError(error)
}
