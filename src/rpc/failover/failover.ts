/**
 * Several endpoints of one chain as one client. The first answers everything; when it fails for good, the next that is on the same chain
 * and has the same block goes on for the rest of the run, and nobody goes back.
 */
import { type FactError, toFactError } from '../../core/errors.ts'
import { tell } from '../../core/listener.ts'
import type { Contact, ReadMethod, RpcClient } from '../../core/rpc.ts'
import { compare } from './compare.ts'
import { EndpointDisagreesError } from './endpoint-disagrees.ts'
import { createWitness, type Reference, type Witness } from './reference.ts'
import { type Verdict, verdictOn } from './verdict.ts'

export type FailoverOptions = {
  /** The chain that every one of them must serve; the one that the first names when absent. */
  readonly chainId?: number
  readonly signal?: AbortSignal
  /** Milliseconds between the tries to find the block of the run at an endpoint that lags. */
  readonly pausesMs?: readonly number[]
  /** Hears who goes on, and why. */
  readonly onSwitch?: (change: { readonly from: string; readonly to: string; readonly error: unknown }) => void
}

export type Failover = RpcClient & Required<Pick<RpcClient, 'requestTogether'>>

/** Together longer than the blocks of most chains are apart. */
const usualPausesMs = [1_000, 2_000, 4_000, 8_000]
/** So many doubtful failures without an answer between them are one for good. */
const mostDoubts = 3

type Group = {
  readonly clients: readonly [RpcClient, ...RpcClient[]]
  readonly options: FailoverOptions
  readonly witness: Witness
  /** Who answers now. */
  current: number
  /** Who answers methods that those before do not have. */
  readonly routes: Map<ReadMethod, number>
  /** Methods that nobody has. */
  readonly missing: Set<ReadMethod>
  readonly doubts: Map<RpcClient, number>
  /** Why others took the place of each. */
  readonly failures: Map<RpcClient, FactError>
  /** What was compared with each, and what came of it: null when it may answer. */
  readonly compared: Map<RpcClient, { readonly with: string; readonly problem: Promise<unknown> }>
  /** Why nobody is left for what the run is about: who answered is gone, and another one was refused. */
  lost: { readonly with: string; readonly error: EndpointDisagreesError } | null
}

/** Each client keeps its own pace, limits and count. `host` and `endpointId` are those of who answers now. */
export function createFailover(clients: readonly [RpcClient, ...RpcClient[]], options: FailoverOptions = {}): Failover {
  const group: Group = {
    clients,
    options,
    witness: createWitness(options.chainId ?? null),
    current: 0,
    routes: new Map(),
    missing: new Set(),
    doubts: new Map(),
    failures: new Map(),
    compared: new Map(),
    lost: null,
  }
  const now = () => clientAt(group, group.current)
  return {
    get host() {
      return now().host
    },
    get endpointId() {
      return now().endpointId
    },
    requestCount: () => clients.reduce((sum, client) => sum + client.requestCount(), 0),
    endpoints: () => clients.map((client) => contactOf(group, client)),
    pace: () => now().pace?.() ?? { learned: null, expected: null },
    request: (method, params) => request(group, { method, params, ask: (client) => client.request }),
    requestTogether: (method, params) => request(group, { method, params, ask: togetherOf }),
  }
}

function contactOf({ failures }: Group, client: RpcClient): Contact {
  const failure = failures.get(client)
  return { host: client.host, requests: client.requestCount(), ...(failure !== undefined && { failure }) }
}

function clientAt({ clients }: Group, index: number): RpcClient {
  return clients[index] ?? clients[0]
}

/** Our own clients put what several accounts ask into one request. */
function togetherOf(client: RpcClient): RpcClient['request'] {
  return client.requestTogether ?? client.request
}

type Question = {
  readonly method: ReadMethod
  readonly params: readonly unknown[]
  readonly ask: (client: RpcClient) => RpcClient['request']
}

async function request(group: Group, { method, params, ask }: Question): Promise<unknown> {
  const { witness, routes } = group
  witness.asks(method, params)
  if (group.lost?.with === keyOf(witness.reference())) throw group.lost.error
  let first: unknown
  for (let index = Math.max(group.current, routes.get(method) ?? 0); ; ) {
    const client = clientAt(group, index)
    try {
      const reply = await ask(client)(method, params)
      group.doubts.delete(client)
      witness.answers(method, reply)
      return reply
    } catch (error) {
      first ??= error
      const verdict = weigh(group, { error, method, client })
      const next =
        verdict === 'stay'
          ? null
          : await nextAfter(group, { index, first, isGone: verdictOn(error, method) === 'leave' })
      if (next === null) {
        if (verdict === 'method') {
          group.missing.add(method)
          routes.delete(method)
        }
        throw verdict === 'stay' ? error : first
      }
      if (verdict === 'leave') switchTo(group, next, error)
      if (verdict === 'method') routes.set(method, next)
      index = next
    }
  }
}

type Failure = { readonly error: unknown; readonly method: ReadMethod; readonly client: RpcClient }

/** `doubt`: this one request may be asked elsewhere. */
function weigh({ doubts, missing }: Group, { error, method, client }: Failure): Verdict {
  const verdict = verdictOn(error, method)
  if (verdict === 'method') return missing.has(method) ? 'stay' : verdict
  if (verdict !== 'doubt') return verdict
  const count = (doubts.get(client) ?? 0) + 1
  doubts.set(client, count)
  if (count >= mostDoubts) return 'leave'
  // A scan asks for fewer blocks then, which tells it what the endpoint can do.
  return method === 'eth_getLogs' ? 'stay' : 'doubt'
}

function switchTo(group: Group, next: number, error: unknown): void {
  if (next <= group.current) return
  const [from, to] = [clientAt(group, group.current), clientAt(group, next)]
  group.failures.set(from, toFactError(error))
  group.current = next
  tell(group.options.onSwitch, { from: from.host, to: to.host, error })
}

/** `isGone`: for good, and without a doubt. */
type Left = { readonly index: number; readonly first: unknown; readonly isGone: boolean }

/** The next that may answer; null when there is none. Throws when one could be asked, but is about something else. */
async function nextAfter(group: Group, { index, first, isGone }: Left): Promise<number | null> {
  let disagreement: EndpointDisagreesError | null = null
  for (let next = Math.max(index + 1, group.current); next < group.clients.length; next++) {
    // Whoever answers now was compared when the one before it failed.
    const problem = next === group.current ? null : await problemOf(group, clientAt(group, next))
    if (problem === null) return next
    if (problem instanceof EndpointDisagreesError) disagreement ??= problem
  }
  if (disagreement === null) return null
  disagreement.cause ??= first
  // Nobody else comes: asking one that is gone again and again only takes time.
  if (isGone && index === group.current) group.lost = { with: keyOf(group.witness.reference()), error: disagreement }
  throw disagreement
}

function keyOf({ chainId, block }: Reference): string {
  return `${chainId} ${block?.hash}`
}

/** Asked once for each chain and block; those who wait for it wait together. */
function problemOf({ witness, compared, options }: Group, client: RpcClient): Promise<unknown> {
  const reference = witness.reference()
  const key = keyOf(reference)
  const known = compared.get(client)
  if (known?.with === key) return known.problem
  const { signal, pausesMs = usualPausesMs } = options
  const problem = compare(client, reference, { pausesMs, ...(signal !== undefined && { signal }) }).then(
    () => null,
    (error: unknown) => error,
  )
  compared.set(client, { with: key, problem })
  return problem
}
