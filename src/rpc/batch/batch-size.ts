/** How many calls an endpoint takes in one request, as its answers taught. One per endpoint in this process. */

export type BatchSize = {
  /** 1: calls go alone. */
  readonly most: () => number
  /** Whether a batch was ever answered. */
  readonly isProven: () => boolean
  readonly answered: (calls: number) => void
  /** `maximum`: what the node says it takes. */
  readonly tooLarge: (calls: number, maximum: number | null) => void
  /** What came was no answer to a batch: none is sent any more. */
  readonly unusable: () => void
  /** Broken: fewer for a while. */
  readonly failed: (calls: number) => void
  /** Refused for its rate: fewer for a while, when it comes again. */
  readonly limited: (calls: number) => void
}

/** Public endpoints take as many, and a slow call delays no more than these. */
const mostCalls = 50

export function createBatchSize(): BatchSize {
  /** Never more, by the endpoint's own word. */
  let limit = mostCalls
  let size = mostCalls
  let isProven = false
  let limitedInRow = 0
  const failed = (calls: number) => {
    size = Math.max(2, Math.min(size, Math.floor(calls / 2)))
  }
  return {
    most: () => Math.min(size, limit),
    isProven: () => isProven,
    answered: (calls) => {
      isProven = true
      limitedInRow = 0
      // After a fault that passed, larger ones are tried again.
      if (calls >= size) size = Math.min(mostCalls, size * 2)
    },
    tooLarge: (calls, maximum) => {
      limit = Math.min(limit, maximum ?? Math.floor(calls / 2))
    },
    unusable: () => {
      limit = 1
    },
    failed,
    limited: (calls) => {
      if (++limitedInRow > 1) failed(calls)
    },
  }
}

const sizes = new Map<string, BatchSize>()

export function batchSizeOf(endpointId: string): BatchSize {
  const known = sizes.get(endpointId) ?? createBatchSize()
  sizes.set(endpointId, known)
  return known
}
