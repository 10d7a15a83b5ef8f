/** How long a log scan will take at an endpoint's limits: said before a long one, instead of leaving somebody waiting. */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

export type ScanOutlook = {
  /** Per filter, how many blocks are still to read. */
  readonly remainingBlocks: readonly bigint[]
  /** The most blocks the endpoint takes at once; null when nothing limits them. */
  readonly cap: bigint | null
  /** What `rpc.pace` expects, or a measure of the caller's own. Above zero. */
  readonly requestsPerSecond: number
}

export type ScanEstimate = { readonly requests: number; readonly seconds: number }

/** The fewest requests that read these blocks, and the seconds they take. Answers that must be split come on top. */
export function estimateScan({ remainingBlocks, cap, requestsPerSecond }: ScanOutlook): ScanEstimate {
  const requests = remainingBlocks.reduce((sum, blocks) => sum + requestsFor(blocks, cap), 0)
  return { requests, seconds: requests / requestsPerSecond }
}

function requestsFor(blocks: bigint, cap: bigint | null): number {
  if (blocks <= 0n) return 0
  return cap === null ? 1 : Number((blocks + cap - 1n) / cap)
}

/** The rest of a scan would take longer than somebody waits who did not ask for it, so it was not begun. */
export class ScanTooLongError extends CheckupError {
  constructor({ requests, seconds }: ScanEstimate, cap: bigint | null) {
    const each = cap === null ? '' : `, ${cap} ${cap === 1n ? 'block' : 'blocks'} each`
    super('scan-too-long', {
      message: `The search for logs was stopped: the rest needs about ${requests} requests${each}.`,
      data: {
        requests: value.count(requests),
        time: value.seconds(Math.round(seconds)),
        limit: value.keyword(cap === null ? 'none' : 'blocks'),
        cap: value.block(cap ?? 0n),
      },
      hints: ['Give --from-block, use an endpoint with a wider block range, or pass --yes to wait for all of it.'],
    })
  }
}
