/** What an endpoint is like: its limits, its pace, its words and its faults. */

export type Profile = {
  /** The number of the newest block. */
  readonly blocks: number
  /** Accounts that have logs. */
  readonly accounts: number
  readonly logsPerAccount: number
  readonly latencyMs: number
  /** Up to so much more, at random. */
  readonly jitterMs?: number
  /** A token bucket; none when it is absent. */
  readonly requestsPerSecond?: number
  readonly burst?: number
  /** Sent with every 429. */
  readonly retryAfterSeconds?: number
  /** Whole stretches in which nothing but 429 comes: every so many seconds, for so many milliseconds. */
  readonly limitStorms?: { readonly everySeconds: number; readonly forMs: number }
  readonly maximumBlocks?: number
  readonly maximumLogs?: number
  readonly maximumTopics?: number
  /** Share of requests that end in HTTP 503. */
  readonly faultRate?: number
  readonly seed?: number
  readonly refusals?: Refusals
} & SilentLosses

/** How an endpoint may lose logs without a word, and what a reader must notice. */
type SilentLosses = {
  /** Stops at `maximumLogs` instead of refusing. */
  readonly cutsSilently?: boolean
  /** Logs of older blocks are not there. */
  readonly historyFrom?: number
  /** What it says about older blocks; when absent, nothing. */
  readonly historyRefusal?: string
  /** This share of the requests meets a machine that has not seen the newest blocks yet. */
  readonly lag?: { readonly blocks: number; readonly share: number }
  /** The newest block it admits to, when that is not `blocks`. */
  readonly head?: number
  /** From this block on the chain is another one. */
  readonly forkFrom?: number
}

/** `{limit}`, `{asked}`, `{from}` and `{to}` are filled in. */
type Refusals = {
  readonly range?: string
  readonly rangeCode?: number
  readonly results?: string
  readonly resultsCode?: number
  readonly rate?: string
  readonly rateCode?: number
}

/** One account with some years of ordinary use. */
const ordinary = { accounts: 1, logsPerAccount: 2195, latencyMs: 80 }

/** How many ranges each filter takes at the profile's cap: 133 of three filters are 400 requests, ten seconds at 40 a second. */
const chunks = process.env.BENCH_QUICK === '1' ? 60 : 133

/** The endpoints of the first scan. The reader is told nothing about them. */
export const rangeLimited = {
  '10k blocks, 40/s': {
    ...ordinary,
    ...pace(40),
    blocks: chunks * 10_000 - 1,
    maximumBlocks: 10_000,
    refusals: { range: 'range {asked} exceeds limit of {limit}', rangeCode: -32602 },
  },
  '50k blocks, 40/s': {
    ...ordinary,
    ...pace(40),
    blocks: chunks * 50_000 - 1,
    maximumBlocks: 50_000,
    refusals: { range: 'exceed maximum block range: {limit}', rangeCode: -32701 },
  },
  '1k blocks, 25/s': {
    ...ordinary,
    ...pace(25),
    retryAfterSeconds: 1,
    blocks: chunks * 1_000 - 1,
    maximumBlocks: 1_000,
    refusals: { range: 'block range is too large, max is {limit} blocks', rangeCode: -32600 },
  },
  'no number, 40/s': {
    ...ordinary,
    ...pace(40),
    blocks: chunks * 5_000 - 1,
    maximumBlocks: 5_000,
    refusals: { range: 'Requested range exceeds maximum RPC range limit', rangeCode: -32005 },
  },
  '100k blocks, 1k results, 40/s': {
    ...ordinary,
    ...pace(40),
    blocks: chunks * 100_000 - 1,
    maximumBlocks: 100_000,
    maximumLogs: 1_000,
    refusals: { range: 'query exceeds max block range {limit}', rangeCode: -32602 },
  },
} as const satisfies Record<string, Profile>

/** The same with the weather of the internet: 2 % of HTTP 503, uneven latency, and times when all is refused. */
export const flaky: Profile = {
  ...rangeLimited['10k blocks, 40/s'],
  ...pace(50),
  jitterMs: 120,
  faultRate: 0.02,
  limitStorms: { everySeconds: 4, forMs: 150 },
}

export const unlimited: Profile = { ...ordinary, blocks: 4_000_000, latencyMs: 20 }

/** An account with sixty thousand logs, in waves, on an endpoint that answers with ten thousand at most. */
export const heavy: Profile = {
  blocks: 20_000_000,
  accounts: 1,
  logsPerAccount: 62_320,
  latencyMs: 80,
  maximumLogs: 10_000,
}

function pace(requestsPerSecond: number) {
  return { requestsPerSecond, burst: requestsPerSecond }
}

/** Requests that an endpoint can have under way at once for one client. */
const mostAtOnce = 64

/** Seconds that so many requests take at least, however well they are sent. */
export function boundSeconds(
  { latencyMs, jitterMs = 0, requestsPerSecond, burst = 0 }: Profile,
  requests: number,
): number {
  const latency = (latencyMs + jitterMs / 2) / 1000
  const byRate = requestsPerSecond === undefined ? 0 : (requests - burst) / requestsPerSecond
  return Math.max(byRate, Math.ceil(requests / mostAtOnce) * latency) + latency
}
