/**
 * A provider to measure against: a JSON-RPC server in a process of its own, with the limits that real ones have, over a
 * chain that is computed. `start-provider.ts` forks it and asks it for its books over the channel between them.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Profile } from './profiles.ts'
import { answer, type Call, prepareLogs } from './provider-answers.ts'
import { createChain } from './synthetic-chain.ts'

export type Books = {
  requests: number
  /** Refused for their rate. */
  limited: number
  /** Ended in HTTP 503. */
  faults: number
  /** eth_getLogs for a filter of topics and a range, answered or refused for its size. */
  scans: number
  /** Those of them that were refused. */
  refused: number
  /** Any other eth_getLogs: reads of one block that check something. */
  checks: number
  /** Round trips: requests that one after the other waited for an earlier answer. */
  rounds: number
  bytesUp: number
  bytesDown: number
}

export type Order =
  | { readonly id: number; readonly ask: 'books' }
  /** Empties the books and fills the bucket. */
  | { readonly id: number; readonly ask: 'reset' }
  | { readonly id: number; readonly ask: 'change'; readonly change: Partial<Profile> }

let profile = JSON.parse(process.argv[2] ?? '') as Profile // `start-provider.ts` wrote it
const chain = createChain(profile)
if (profile.accounts > 1) prepareLogs(chain, profile)
const books: Books = {
  requests: 0,
  limited: 0,
  faults: 0,
  scans: 0,
  refused: 0,
  checks: 0,
  rounds: 0,
  bytesUp: 0,
  bytesDown: 0,
}
/** The longest chain of requests that was answered so far. */
let answeredRounds = 0
const startedAt = performance.now()
let tokens = profile.burst ?? 0
let filledAt = startedAt

/** Noise that every run of the same profile meets. */
let noise = profile.seed ?? 1
function random(): number {
  noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0
  return noise / 2 ** 32
}

function takeToken(): boolean {
  const now = performance.now()
  const { requestsPerSecond, burst = 0, limitStorms } = profile
  if (limitStorms !== undefined) {
    const sinceStorm = (now - startedAt) % (limitStorms.everySeconds * 1000)
    if (sinceStorm < limitStorms.forMs && now - startedAt > limitStorms.forMs) return false
  }
  if (requestsPerSecond === undefined) return true
  tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * requestsPerSecond)
  filledAt = now
  if (tokens < 1) return false
  tokens -= 1
  return true
}

type Answered = { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }

function answerTo(call: Call): Answered {
  if (!takeToken()) {
    books.limited++
    const { refusals, retryAfterSeconds } = profile
    const error = { code: refusals?.rateCode ?? 429, message: refusals?.rate ?? 'Too Many Requests' }
    const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
    return { status: 429, body: JSON.stringify({ jsonrpc: '2.0', id: call.id, error }), headers }
  }
  if (random() < (profile.faultRate ?? 0)) {
    books.faults++
    return { status: 503, body: 'service unavailable' }
  }
  const isLagging = random() < (profile.lag?.share ?? 0)
  const { kind, body } = answer(call, { chain, profile, isLagging })
  if (call.method === 'eth_getLogs') {
    const [question] = call.params as [{ topics?: readonly unknown[]; blockHash?: string }] // `answer` has read it
    const isScan = question.blockHash === undefined && (question.topics ?? []).length > 0
    if (isScan) books.scans++
    else books.checks++
    if (kind === 'refused' && isScan) books.refused++
  }
  return { status: 200, body }
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer) // no encoding is set
  const body = Buffer.concat(parts)
  const calls = JSON.parse(body.toString()) as Call | readonly Call[] // readers of this bench wrote it
  books.bytesUp += body.length
  books.requests += 'length' in calls ? calls.length : 1
  // A batch costs a token for each of its items, as it does with real providers.
  const round = answeredRounds + 1
  books.rounds = Math.max(books.rounds, round)
  const answers = 'length' in calls ? calls.map(answerTo) : [answerTo(calls)]
  const delay = profile.latencyMs + (profile.jitterMs ?? 0) * random()
  setTimeout(() => {
    answeredRounds = Math.max(answeredRounds, round)
    const [first = { status: 200, body: '[]' }] = answers
    const text = 'length' in calls ? `[${answers.map((one) => one.body).join(',')}]` : first.body
    write(response, { ...first, body: text }, String(request.headers['accept-encoding'] ?? ''))
  }, delay)
}

function write(response: ServerResponse, { status, body, headers = {} }: Answered, accepted: string): void {
  const isPacked = body.length > 4096 && accepted.includes('gzip')
  const bytes = isPacked ? gzipSync(body, { level: 1 }) : Buffer.from(body)
  books.bytesDown += bytes.length
  const encoding = isPacked ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...encoding,
    ...headers,
  })
  response.end(bytes)
}

function obey(order: Order): void {
  if (order.ask === 'change') profile = { ...profile, ...order.change }
  if (order.ask === 'reset') {
    for (const key of Object.keys(books)) books[key as keyof Books] = 0 // its own keys
    answeredRounds = 0
    tokens = profile.burst ?? 0
    filledAt = performance.now()
  }
  process.send?.({ id: order.id, books })
}

const server = createServer((request, response) => {
  handle(request, response).catch(() => response.destroy())
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', obey)
// The parent is gone: nothing may be left behind.
process.on('disconnect', () => process.exit(0))
