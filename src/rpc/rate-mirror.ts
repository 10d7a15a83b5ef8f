/**
 * A token bucket that mirrors the endpoint's own. Nobody tells its rate: between two refusals, both of which met an
 * empty bucket, as much was answered as flowed in. All times are milliseconds of one monotonic clock.
 */
export type RateMirror = {
  /** How long until the next request may leave. */
  readonly waitMs: (time: number) => number
  readonly take: (time: number) => void
  /** What was taken was not needed. */
  readonly putBack: (time: number) => void
  readonly answered: (time: number) => void
  readonly limited: (time: number) => void
  /** What an earlier run learned. Counts until this one has learned something itself. */
  readonly expect: (time: number, rate: number) => void
  /** The endpoint makes everybody wait. Its bucket fills meanwhile, and so does this one, beyond its size. */
  readonly pause: (time: number, milliseconds: number) => void
  /** Requests per second; null while no refusal has told anything. */
  readonly rate: () => number | null
}

/** So much of a measured rate is used: the endpoint's clock and ours do not tick alike. */
const share = 0.98
/** After a refusal too soon after another to measure anything between them. */
const slowdown = 0.97
/**
 * The part of the rate gained in each second: little near the last refusal, more the longer it is ago, and more as long as
 * the rate is a first guess. A node that is busy for a moment refuses as if its bucket were empty: too slow a growth would
 * believe it for long.
 */
const growth = { first: 0.03, unmeasured: 0.15, further: 0.06, quietSeconds: 2 } as const
const slowestRate = 0.2
/** Fewer answers, or a shorter time, between two refusals measure nothing. */
const measurable = { answers: 5, milliseconds: 250 } as const
/** So many answers more than were counted are thought possible, while too few were counted to measure. */
const margin = 20
const mostAnswersKept = 1_000
/** A node that is busy for a moment refuses with tokens left, and the time before that measures too little: the most of so many counts. */
const measuresKept = 4

export function createRateMirror(startedAt: number): RateMirror {
  let rate = Number.POSITIVE_INFINITY
  let capacity = capacityOf(rate)
  let tokens = capacity
  let filledAt = startedAt
  let pausedUntil = Number.NEGATIVE_INFINITY
  let limitedAt = startedAt
  // From this refusal on the answers are counted.
  let countedFrom: number | null = null
  let counted = 0
  const measures: number[] = []
  // Times of answers, as long as no rate is known.
  let answers: number[] = []

  const refill = (time: number) => {
    const gain = Number.isFinite(rate) ? ((time - filledAt) / 1000) * rate : 0
    const most = filledAt < pausedUntil ? Number.POSITIVE_INFINITY : Math.max(tokens, capacity)
    tokens = Math.min(most, tokens + gain)
    filledAt = time
  }
  const isMeasurable = (time: number) =>
    countedFrom !== null && counted >= measurable.answers && time - countedFrom >= measurable.milliseconds
  const perSecond = (answers: number, time: number) => (answers / (time - (countedFrom ?? time))) * 1000
  const highest = (measure: number) => {
    measures.push(measure)
    if (measures.length > measuresKept) measures.shift()
    return Math.max(...measures)
  }
  const begin = (time: number) => {
    // Refused before anything was answered: there is nothing to measure by.
    if (answers.length < 2) return
    const recent = answers.filter((at) => at > time - 1000)
    const seconds = Math.max(1, time - (recent[0] ?? time)) / 1000
    const bySecond = recent.length < 2 ? 0 : recent.length / (recent.length < 16 ? seconds : seconds + 1)
    // Over a longer time, what the bucket held at first counts for less.
    const byAll = answers.length / ((time - (answers[0] ?? time)) / 1000 + 1)
    rate = Math.max(bySecond, byAll)
    capacity = capacityOf(rate)
    answers = []
  }
  const slowDown = (time: number) => {
    const isMeasured = isMeasurable(time)
    // Until it can be measured, the rate is at least known not to be higher than a few answers more would make it.
    const measured = isMeasured
      ? highest(perSecond(counted, time)) * share
      : Math.min(rate * slowdown, perSecond(counted + margin, time))
    rate = Math.max(slowestRate, Math.min(rate, measured))
    capacity = Math.max(1, Math.min(capacity * 0.7, capacityOf(rate)))
    if (!isMeasured && countedFrom !== null) return
    countedFrom = time
    counted = 0
  }
  return {
    waitMs: (time) => {
      refill(time)
      const untilToken = tokens >= 1 ? 0 : ((1 - tokens) / rate) * 1000
      return Math.max(0, untilToken, pausedUntil - time)
    },
    take: (time) => {
      refill(time)
      tokens -= 1
    },
    putBack: (time) => {
      refill(time)
      tokens += 1
    },
    answered: (time) => {
      counted++
      refill(time)
      const quietSeconds = (time - limitedAt) / 1000
      // As many answers as the rate are a second.
      const quiet = Math.max(0, quietSeconds - growth.quietSeconds)
      if (Number.isFinite(rate))
        rate += (measures.length === 0 ? growth.unmeasured : growth.first) + growth.further * quiet
      else answers.push(time)
      if (answers.length > 2 * mostAnswersKept) answers = answers.slice(-mostAnswersKept)
    },
    limited: (time) => {
      refill(time)
      if (Number.isFinite(rate)) slowDown(time)
      else begin(time)
      if (Number.isFinite(rate)) tokens = Math.min(tokens, 0)
      limitedAt = time
    },
    expect: (time, known) => {
      if (Number.isFinite(rate)) return
      refill(time)
      rate = known
      capacity = capacityOf(rate)
      tokens = capacity
    },
    pause: (time, milliseconds) => {
      refill(time)
      pausedUntil = Math.max(pausedUntil, time + milliseconds)
    },
    rate: () => (Number.isFinite(rate) ? rate : null),
  }
}

function capacityOf(rate: number): number {
  return Number.isFinite(rate) ? Math.max(1, rate / 4) : Number.POSITIVE_INFINITY
}
