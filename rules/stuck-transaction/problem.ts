/** Whether fees keep a transaction out of the next blocks, or how long it was seen waiting. */
import {
  blobFeeState,
  type ChainFacts,
  type FactMap,
  type FeeFacts,
  fewestBlocksUntil,
  forecastBaseFee,
  type PendingTransaction,
  value,
} from '../../src/rule.ts'

export type Problem = 'below-base-fee' | 'low-blob-fee' | 'low-tip' | 'below-node-price' | 'reverts-now' | 'long-wait'

/** The next block takes nothing below its base fees; what else blocks take is each maker's choice. */
export const confidences = {
  'below-base-fee': 'certain',
  'low-blob-fee': 'certain',
  'low-tip': 'likely',
  'below-node-price': 'possible',
  // Certain at the block of the run; what it needs may come before it is mined.
  'reverts-now': 'likely',
  'long-wait': 'possible',
} as const

/** What a plain transaction cannot carry decides what to do: those messages say by `lack` what keeps it waiting. */
export function messageIdOf({ maxFeePerBlobGas, hasAuthorizations }: PendingTransaction, problem: Problem) {
  if (maxFeePerBlobGas !== null) {
    if (problem === 'reverts-now') return 'blobs-revert-now'
    return problem === 'low-blob-fee' ? problem : 'with-blobs'
  }
  if (hasAuthorizations && problem !== 'reverts-now') return 'with-authorizations'
  return problem
}

/** How far a forecast looks: a minute on Ethereum. */
const forecastBlocks = 5

type Facts = Pick<FactMap, 'chain' | 'fees'>
export type Limits = { readonly leastPricePercent: number; readonly longestWaitSeconds: number }

/** null when nothing is known that keeps it waiting, it would not fail, and it was not seen waiting for long. */
export function problemOf(pending: PendingTransaction, { chain, fees }: Facts, limits: Limits): Problem | null {
  const problem = feeProblemOf(pending, fees, limits.leastPricePercent)
  if (problem !== null) return problem
  if (pending.simulation?.status === 'reverts') return 'reverts-now'
  return (waitedSeconds(pending, chain) ?? 0) > limits.longestWaitSeconds ? 'long-wait' : null
}

/** null when its fees suffice, or when nothing is known to compare them with. */
function feeProblemOf(pending: PendingTransaction, fees: FeeFacts, leastPricePercent: number): Problem | null {
  const { nextBaseFee, tips } = fees
  const problem = priceProblemOf(pending.maxFeePerGas, fees, leastPricePercent)
  if (problem !== null || nextBaseFee === null) return problem
  if (blobFeeState(pending, fees) === 'below') return 'low-blob-fee'
  return tips !== null && tipAt(nextBaseFee, pending) < tips.p10 ? 'low-tip' : null
}

/** The same by the most that it pays alone (wei per gas). */
export function priceProblemOf(maxFeePerGas: bigint, { nextBaseFee, gasPrice }: FeeFacts, leastPricePercent: number) {
  if (nextBaseFee !== null) return maxFeePerGas < nextBaseFee ? 'below-base-fee' : null
  const isLow = gasPrice !== null && maxFeePerGas * 100n < gasPrice * BigInt(leastPricePercent)
  return isLow ? 'below-node-price' : null
}

/** `blobFee`, what it offers for blob gas and what the next block asks, wei per blob gas. */
export function blobData(pending: PendingTransaction, fees: FeeFacts) {
  const { maxFeePerBlobGas } = pending
  if (maxFeePerBlobGas === null) return {}
  return {
    blobFee: value.keyword(blobFeeState(pending, fees)),
    offeredBlobFee: value.gasPrice(maxFeePerBlobGas),
    askedBlobFee: value.gasPrice(fees.blobBaseFee ?? 0n),
  }
}

/** What is left for the block's maker, wei per gas, once the base fee is paid (EIP-1559). */
function tipAt(baseFee: bigint, { maxFeePerGas, maxPriorityFeePerGas }: PendingTransaction): bigint {
  const room = maxFeePerGas - baseFee
  return room < maxPriorityFeePerGas ? room : maxPriorityFeePerGas
}

/**
 * What the transaction offers and what is asked of it now, wei per gas: the whole fee, or the tip where that is the problem.
 * `compared`: whether the max fee and the tip were held against recent blocks, or the max fee alone.
 */
export function comparedFees(problem: Problem, pending: PendingTransaction, fees: FeeFacts) {
  const compared = fees.nextBaseFee === null ? 'none' : fees.tips === null ? 'max' : 'both'
  return {
    lack: value.keyword(lacks[problem]),
    compared: value.keyword(compared),
    ...askedNow(fees),
    ...offers(problem, pending, fees),
  }
}

/** `asked`: wei per gas, of the next block or else what the endpoint proposes, as `askedBy` says; none where neither is known. */
export function askedNow({ nextBaseFee, gasPrice }: FeeFacts) {
  if (nextBaseFee !== null) return { askedBy: value.keyword('block'), asked: value.gasPrice(nextBaseFee) }
  if (gasPrice !== null) return { askedBy: value.keyword('endpoint'), asked: value.gasPrice(gasPrice) }
  return { askedBy: value.keyword('nobody') }
}

const lacks = {
  'below-base-fee': 'fee',
  'low-blob-fee': 'fee',
  'low-tip': 'tip',
  'below-node-price': 'fee',
  'reverts-now': 'run',
  'long-wait': 'time',
} as const satisfies Record<Problem, string>

function offers(problem: Problem, pending: PendingTransaction, fees: FeeFacts) {
  const { nextBaseFee, blobBaseFee, tips } = fees
  if (problem === 'low-blob-fee') {
    return { offered: value.gasPrice(pending.maxFeePerBlobGas ?? 0n), asked: value.gasPrice(blobBaseFee ?? 0n) }
  }
  if (problem === 'low-tip') {
    return { offered: value.gasPrice(tipAt(nextBaseFee ?? 0n, pending)), asked: value.gasPrice(tips?.p10 ?? 0n) }
  }
  return { offered: value.gasPrice(pending.maxFeePerGas) }
}

/** Seconds since a run first saw it, by the clock of this run; null where no run keeps what it saw. */
function waitedSeconds(
  { firstSeenAt }: Pick<PendingTransaction, 'firstSeenAt'>,
  { observedAt }: ChainFacts,
): number | null {
  return firstSeenAt === undefined ? null : Math.max(observedAt - firstSeenAt, 0)
}

type Outlook = Pick<PendingTransaction, 'maxFeePerGas' | 'firstSeenAt' | 'simulation'>

/** `seen` and `waited`; `forecast` and what the base fee of the next blocks can be, where the max fee is below it. */
export function outlook(pending: Outlook, chain: ChainFacts, { nextBaseFee, pace }: FeeFacts) {
  const waited = waitedSeconds(pending, chain)
  const isBelow = nextBaseFee !== null && pending.maxFeePerGas < nextBaseFee
  const isKnown = isBelow && pace != null
  const forecast = isKnown ? forecastBaseFee(nextBaseFee, pace, forecastBlocks) : null
  const fewest = isKnown ? fewestBlocksUntil(pending.maxFeePerGas, nextBaseFee, pace) : null
  return {
    ...runWords(pending),
    // A run that sees it for the first time knows nothing of how long it waits.
    seen: value.keyword(waited === null || waited === 0 ? 'now' : 'before'),
    waited: value.seconds(waited ?? 0),
    forecast: value.keyword(!isBelow ? 'none' : forecast === null ? 'unknown' : fewest === null ? 'never' : 'known'),
    ahead: value.count(forecastBlocks),
    lowestBaseFee: value.gasPrice(forecast?.lowest ?? 0n),
    expectedBaseFee: value.gasPrice(forecast?.expected ?? 0n),
    highestBaseFee: value.gasPrice(forecast?.highest ?? 0n),
    fewestBlocks: value.count(fewest ?? 0),
  }
}

/** `runs`, and the contract's words: what became of running it now. */
function runWords({ simulation }: Outlook) {
  if (simulation?.status !== 'reverts') return { runs: value.keyword('other') }
  const { reason, block } = simulation
  const triedAt = value.block(BigInt(block))
  return reason === undefined
    ? { runs: value.keyword('reverts'), triedAt }
    : { runs: value.keyword('told'), triedAt, reason: value.untrustedText(reason) }
}
