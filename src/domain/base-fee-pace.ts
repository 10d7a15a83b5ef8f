/**
 * How fast a chain's base fee may change (EIP-1559), and what that means for the next blocks. Chains differ in their constants
 * and change them, so none is believed to have any: recent blocks must follow them.
 */
import type { FeeFacts } from '../core/facts.ts'
import type { FeeHistory } from './fees.ts'

export type BaseFeePace = NonNullable<FeeFacts['pace']>
type Constants = Pick<BaseFeePace, 'denominator' | 'elasticity'>

/** Ethereum and most others; OP-stack chains before and since Canyon; Polygon since Delhi, and since Bhilai. */
const knownConstants: readonly Constants[] = [
  { denominator: 8, elasticity: 2 },
  { denominator: 50, elasticity: 6 },
  { denominator: 250, elasticity: 6 },
  { denominator: 16, elasticity: 2 },
  { denominator: 64, elasticity: 2 },
]

/** A gas ratio is a rounded number, and a base fee of few wei moves in coarse steps. */
const tolerance = 1e-5

/** The only constants that all the blocks follow; null when there are none, or several, as between blocks that are all at their target. */
export function paceOf({ baseFees, blocks }: Omit<FeeHistory, 'blobBaseFee'>): BaseFeePace | null {
  if (baseFees === null || blocks.length === 0) return null
  const follow = knownConstants.filter((constants) =>
    blocks.every(({ gasUsedRatio }, index) => {
      const [fee, next] = [Number(baseFees[index] ?? 0n), Number(baseFees[index + 1] ?? 0n)]
      const expected = 1 + changeAt(gasUsedRatio, constants)
      return fee > 0 && Math.abs(next / fee - expected) <= tolerance + 1 / fee
    }),
  )
  const [only, other] = follow
  if (only === undefined || other !== undefined) return null
  const fullness = blocks.reduce((sum, { gasUsedRatio }) => sum + gasUsedRatio, 0) / blocks.length
  return { ...only, fullness }
}

/** The part by which the base fee changes after a block that used this part of its gas limit. */
function changeAt(gasUsedRatio: number, { denominator, elasticity }: Constants): number {
  return (gasUsedRatio * elasticity - 1) / denominator
}

export type Forecast = {
  /** Wei per gas of the block after `blocks` further ones, were they all empty. */
  readonly lowest: bigint
  /** Were they as full as recent ones. */
  readonly expected: bigint
  /** Were they all full. */
  readonly highest: bigint
}

/** What the base fee can be after so many further blocks, and what it would be at the pace of recent ones. */
export function forecastBaseFee(nextBaseFee: bigint, pace: BaseFeePace, blocks: number): Forecast {
  const after = (gasUsedRatio: number) => {
    let fee = nextBaseFee
    for (let block = 0; block < blocks; block++) fee = nextFee(fee, gasUsedRatio, pace)
    return fee
  }
  return { lowest: after(0), expected: after(pace.fullness), highest: after(1) }
}

const scale = 1_000_000_000n

/** In whole numbers, as nodes count: a fall is rounded towards the old fee, and a rise is of one wei at least. */
function nextFee(fee: bigint, gasUsedRatio: number, { denominator, elasticity }: Constants): bigint {
  const excess = BigInt(Math.round((gasUsedRatio * elasticity - 1) * Number(scale)))
  const change = (fee * excess) / scale / BigInt(denominator)
  return fee + (excess > 0n && change < 1n ? 1n : change)
}

/** After how many empty blocks a transaction that pays so much at most could be mined; null: not within `mostBlocks`. */
export function fewestBlocksUntil(maxFee: bigint, nextBaseFee: bigint, pace: BaseFeePace): number | null {
  let fee = nextBaseFee
  for (let blocks = 0; blocks <= mostBlocks; blocks++) {
    if (fee <= maxFee) return blocks
    const lower = nextFee(fee, 0, pace)
    if (lower >= fee) return null
    fee = lower
  }
  return null
}

/** A day on Ethereum. */
const mostBlocks = 7200
