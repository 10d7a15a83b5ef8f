/**
 * How far back a node really finds logs. Some have dropped old logs, or began late, and answer "none" for blocks they
 * know nothing of. So an old block that holds logs by its own header is asked for them before "none" is believed.
 */
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import { list } from '../../domain/rpc-reply.ts'
import { LogsPrunedError, LogsUnconfirmedError } from './errors.ts'
import { ask, type Scan } from './state.ts'

export type History =
  | { readonly kind: 'whole' }
  /** Logs are found from this block on. */
  | { readonly kind: 'since'; readonly block: bigint; readonly error: FactError }
  /** Empty answers prove nothing. */
  | { readonly kind: 'unknown'; readonly error: FactError }

/** `refused`: the node itself says that it no longer has the block. */
type Sight = { readonly block: bigint; readonly saw: 'logs' | 'none' | 'refused' }
/** What kept a block from being looked at. */
type Doubt = { failure: FactError | null }

/** Where to look first, in thousandths of the way from the oldest block to the newest. */
const places = [1n, 10n, 50n, 100n]
const laterPlaces = [101n, 250n, 500n, 1000n]
/** Steps of the search for the first block with logs. Blocks between the last two looked at count as lost. */
const searchSteps = 12

/** Never throws for what the node does. */
export async function findHistory(
  scan: Scan,
  { oldest, newest }: { oldest: bigint; newest: bigint },
): Promise<History> {
  const doubt: Doubt = { failure: null }
  const at = (places: readonly bigint[]) => places.map((place) => oldest + ((newest - oldest) * place) / 1000n)
  const look = (blocks: readonly bigint[]) => withLogs(scan, blocks, doubt)
  const early = await look(at(places))
  const candidates = early.length > 0 ? early : await look([oldest, oldest + 1n, ...at(laterPlaces)])
  let lost: bigint | null = null
  for (const block of candidates.slice(0, 3)) {
    const sight = await sightOf(scan, block, doubt)
    if (sight === null) continue
    // Where the oldest block with logs shows them, what lies before is believed, too. And a node that refuses what it
    // no longer has does so in the scan itself.
    if (sight.saw === 'none') lost = block
    else if (lost === null) return { kind: 'whole' }
    else return bisect(scan, { lost, found: block, doubt, newest })
  }
  if (lost !== null) return bisect(scan, { lost, found: null, doubt, newest })
  const { failure } = doubt
  // A chain whose blocks hold no logs has none to lose.
  return failure === null ? { kind: 'whole' } : { kind: 'unknown', error: failure }
}

type Search = {
  readonly lost: bigint
  readonly found: bigint | null
  readonly doubt: Doubt
  readonly newest: bigint
}

async function bisect(scan: Scan, search: Search): Promise<History> {
  const { doubt, newest } = search
  let { lost, found } = search
  for (let step = 0; step < searchSteps; step++) {
    const end = found ?? newest + 1n
    if (end - lost <= 1n) break
    const middle = lost + (end - lost) / 2n
    const near = [middle, middle + 1n, middle + 2n, middle + 3n].filter((block) => block < end)
    const [block = null] = await withLogs(scan, near, doubt)
    const sight = block === null ? null : await sightOf(scan, block, doubt)
    if (sight?.saw === 'logs') found = sight.block
    else lost = sight?.block ?? middle
  }
  if (found === null) return { kind: 'unknown', error: toFactError(new LogsUnconfirmedError(scan.rpc.host)) }
  return { kind: 'since', block: found, error: toFactError(new LogsPrunedError(scan.rpc.host, found)) }
}

/** Those of the blocks whose header announces logs, oldest first. */
async function withLogs(scan: Scan, blocks: readonly bigint[], doubt: Doubt): Promise<readonly bigint[]> {
  const once = [...new Set(blocks)].sort((one, other) => (one < other ? -1 : 1))
  const headers = await Promise.all(once.map((block) => bloomOf(scan, block, doubt)))
  return once.filter((_, index) => /[1-9a-f]/i.test(headers[index]?.slice(2) ?? ''))
}

async function bloomOf(scan: Scan, block: bigint, doubt: Doubt): Promise<string | null> {
  try {
    const header = await ask(scan, 'eth_getBlockByNumber', [`0x${block.toString(16)}`, false])
    const bloom = typeof header === 'object' && header !== null && 'logsBloom' in header ? header.logsBloom : null
    return typeof bloom === 'string' ? bloom : null
  } catch (error) {
    noteDoubt(error, doubt)
    return null
  }
}

/** One block, any topic: the answer must have logs. null when the question was refused. */
async function sightOf(scan: Scan, block: bigint, doubt: Doubt): Promise<Sight | null> {
  const at = `0x${block.toString(16)}`
  try {
    const logs = list(await ask(scan, 'eth_getLogs', [{ fromBlock: at, toBlock: at }]), 'eth_getLogs')
    return { block, saw: logs.length > 0 ? 'logs' : 'none' }
  } catch (error) {
    noteDoubt(error, doubt)
    return error instanceof CheckupError && error.code === 'state-unavailable' ? { block, saw: 'refused' } : null
  }
}

function noteDoubt(error: unknown, doubt: Doubt): void {
  if (!(error instanceof CheckupError)) throw error
  doubt.failure ??= toFactError(error)
}
