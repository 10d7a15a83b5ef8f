/** How many blocks hold about as many logs as one answer takes: guessed from what the answers before showed. */
export type Density = {
  /** Logs per block where they were last seen; null before the first answer. */
  logsPerBlock: number | null
  /** Logs per block among the newest blocks: the first guess for another filter. */
  newest: number | null
}

/** Density is a guess, so answers are planned to be this full. */
const fill = 0.9
/** The first guess of a part, after the whole was too much. */
const firstParts = 8
/** A range that was planned to fit and did not has at least so many times what fits. */
const overshoot = 1.6
/** An answer this full measures density well enough to believe it at once. */
const measures = 0.25

/** Blocks to ask for; null when nothing is known. `guess` is the density of another filter. */
export function blocksByDensity(
  { logsPerBlock }: Density,
  { maximumLogs, guess }: { readonly maximumLogs: number | null; readonly guess: number | null },
): bigint | null {
  const density = logsPerBlock ?? guess
  if (maximumLogs === null || density === null) return null
  return BigInt(Math.max(1, Math.floor((maximumLogs * fill) / density)))
}

type Seen = { readonly blocks: bigint; readonly logs: number; readonly maximumLogs: number | null }

/** An empty stretch makes ranges ten times longer at most: the logs may begin again. */
export function learnCount(density: Density, { blocks, logs, maximumLogs }: Seen): void {
  const seen = Math.max(logs, 0.5) / Number(blocks)
  const before = density.logsPerBlock
  density.newest ??= seen
  const isMeasured = maximumLogs !== null && logs >= maximumLogs * measures
  if (before === null || seen >= before || isMeasured) density.logsPerBlock = seen
  else density.logsPerBlock = Math.max(logs === 0 ? 0 : Math.sqrt(before * seen), before / 10)
}

/** More than `maximumLogs` are in `blocks`. */
export function learnTooMany(
  density: Density,
  { blocks, maximumLogs }: { readonly blocks: bigint; readonly maximumLogs: number },
): void {
  const least = maximumLogs / Number(blocks)
  const before = density.logsPerBlock
  density.logsPerBlock = before === null ? least * firstParts * fill : Math.max(before, least * overshoot)
}
