/** An account's history: what earlier runs explained, and a search for the rest. */
import { findTransactions, type History, inWindow } from './find-transactions.ts'
import type { HistoryFile } from './history-file.ts'
import type { Listed } from './listed.ts'
import type { MinedTransaction, RaisedNonce, Search } from './search.ts'

type Known = {
  readonly transactions: ReadonlyMap<number, MinedTransaction>
  readonly raised: readonly RaisedNonce[]
  /** The block of each nonce. */
  readonly blocks: ReadonlyMap<number, bigint>
}

type Lister = (rest: Search) => Promise<Listed | null>

type Reading = {
  readonly history: History
  readonly listed: Listed | null
  /** What was used of what is kept. */
  readonly file: HistoryFile | null
}

/** @param list asks somebody else for the transactions of a search; not called where nothing is left to look for */
export async function readHistory(search: Search, file: HistoryFile | null, list: Lister): Promise<Reading> {
  const reading = await readRest(search, file, list)
  const { failure, unseen } = reading.history
  // The node answered everything and did not show it: what an endpoint said earlier may not have been so.
  const isDoubtful = file !== null && failure === null && unseen.length > 0
  return isDoubtful ? readRest(search, null, async () => reading.listed) : reading
}

async function readRest(search: Search, file: HistoryFile | null, list: Lister): Promise<Reading> {
  const known = knownOf(search, file)
  const rest = restOf(search, known.blocks, file)
  if (rest === null) return { history: joined(search, known, null, file), listed: null, file }
  const listed = await list(rest)
  const found = await findTransactions(rest, listed?.rows, known.blocks)
  return { history: joined(search, known, found, file), listed, file }
}

/** What was used by the block of the run, which may be an older one than that of the run before. */
function knownOf({ nextNonce }: Search, file: HistoryFile | null): Known {
  const counts = ({ nonce }: { readonly nonce: number }) => nonce < nextNonce
  const transactions = (file?.transactions ?? []).filter(counts)
  const raised = (file?.raised ?? []).filter(counts)
  return {
    transactions: new Map(transactions.map((transaction) => [transaction.nonce, transaction])),
    raised,
    blocks: new Map([...transactions, ...raised].map((entry) => [entry.nonce, entry.block])),
  }
}

/** The same search from the first nonce on that is not known; null when all are. */
function restOf(search: Search, known: Known['blocks'], file: HistoryFile | null): Search | null {
  const { fromBlock, nonceRange } = search
  const older = [...known].filter(([, block]) => block < fromBlock).map(([nonce]) => nonce + 1)
  let first = Math.max(nonceRange.from, ...older)
  while (known.has(first)) first++
  if (first > nonceRange.to) return null
  const rest = { ...search, nonceRange: { from: first, to: nonceRange.to } }
  // It was not used yet when the file was written.
  if (file?.nextNonce === first && file.settled.number >= fromBlock && file.settled.number < search.block) {
    return { ...rest, fromBlock: file.settled.number + 1n, firstNonce: first }
  }
  const last = known.get(first - 1)
  if (last === undefined || last < fromBlock) return rest
  let lowest = first - 1
  while (known.get(lowest - 1) === last) lowest--
  // Whether the nonce below it was used in the same block is not known, unless it stands before the first block.
  const isLowest = known.has(lowest - 1) || lowest === search.firstNonce
  return isLowest ? { ...rest, fromBlock: last, firstNonce: lowest } : rest
}

function joined(search: Search, known: Known, found: History | null, file: HistoryFile | null): History {
  if (known.blocks.size === 0 && found !== null) return found
  const isNew = ({ nonce }: RaisedNonce) => !known.blocks.has(nonce)
  return inWindow(search, {
    source: found?.source ?? file?.source ?? 'nonce-bisection',
    transactions: new Map([...known.transactions, ...(found?.transactions ?? [])]),
    raised: [...known.raised, ...(found?.raised ?? []).filter(isNew)],
    unused: found?.unused ?? [],
    failure: found?.failure ?? null,
  })
}
