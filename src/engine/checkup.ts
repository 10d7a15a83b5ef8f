/** One run over one account, its first half: gather what the selected rules need. */
import type { Collection } from '../core/collection.ts'
import type { CollectOptions, Progress } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import { factKeys } from '../core/fact-keys.ts'
import type { FactResults } from '../core/facts.ts'
import type { HistorySource } from '../core/history-source.ts'
import type { LogSource } from '../core/log-source.ts'
import type { RpcClient } from '../core/rpc.ts'
import type { Rule } from '../core/rule.ts'
import type { SecondOpinion } from '../core/second-opinion.ts'
import type { Store } from '../core/store.ts'
import { type AnyCollector, collect, StoppedError } from './collect.ts'
import { contactsOf, contactsSince } from './contacts.ts'
import type { RuleOptions } from './judge.ts'
import { readAgain, type SecondReaders } from './second-opinion.ts'
import { neededCollectors } from './select-rules.ts'

export type GatherRun = {
  readonly rpc: RpcClient
  readonly options: CollectOptions
  readonly store: Store | null
  readonly logSource?: LogSource
  readonly historySource?: HistorySource
  readonly label: string | null
  /** Who reads the evidence of serious findings again; absent: nobody. The first goes through `rpc`, and is counted there. */
  readonly secondReaders?: SecondReaders
  readonly ruleOptions?: RuleOptions
  readonly signal: AbortSignal
  /** Milliseconds since 1970, as `Date.now`. */
  readonly now: () => number
  readonly onProgress: (progress: Progress) => void
}

/**
 * Reads the facts that `rules` need. Never throws for what a node does: what could not be read is a failed fact.
 * Once `signal` aborts, what was read by then is kept and the rest fails with the code `stopped`.
 */
export async function gatherFacts(
  { collectors, rules }: { readonly collectors: readonly AnyCollector[]; readonly rules: readonly Rule[] },
  run: GatherRun,
): Promise<Collection> {
  const startedAtMs = run.now()
  const requestsBefore = run.rpc.requestCount()
  const { logSource, historySource, secondReaders } = run
  const sourceBefore = logSource?.requestCount() ?? 0
  const sourceCount = () => (logSource?.requestCount() ?? 0) - sourceBefore
  const historyBefore = historySource?.requestCount() ?? 0
  const historyCount = () => (historySource?.requestCount() ?? 0) - historyBefore
  const requestCount = () => run.rpc.requestCount() - requestsBefore
  const contactsBefore = contactsOf(run.rpc)
  const collected = await collect(neededCollectors(collectors, rules), {
    rpc: stoppable(run.rpc, run.signal),
    options: run.options,
    store: run.store,
    ...(logSource !== undefined && { logSource }),
    ...(historySource !== undefined && { historySource }),
    ...(secondReaders?.second !== undefined && { second: secondReaders.second }),
    signal: run.signal,
    now: () => Math.floor(run.now() / 1000),
    report: (progress) => run.onProgress({ ...progress, requests: requestCount() + sourceCount() + historyCount() }),
  })
  const { account } = run.options
  const facts = withUnaskedFacts(collected)
  const judging = { rules, ruleOptions: run.ruleOptions ?? {} }
  const secondOpinion = secondReaders === undefined ? null : await readAgain({ account, facts }, judging, secondReaders)
  return {
    account,
    label: run.label,
    ...(run.options.expectedChainId !== null && { chainId: run.options.expectedChainId }),
    ...contactsSince(contactsBefore, run.rpc),
    ...(logSource !== undefined && { logSource: { host: logSource.host, requests: sourceCount() } }),
    ...(historySource !== undefined && { historySource: { host: historySource.host, requests: historyCount() } }),
    startedAt: new Date(startedAtMs).toISOString(),
    // A clock that was set back while we ran must not make a report that its own schema refuses.
    durationSeconds: Math.max(0, (run.now() - startedAtMs) / 1000),
    interrupted: run.signal.aborted && (isPartial(collected) || wasCut(secondOpinion)),
    facts,
    ...(secondOpinion !== null && { secondOpinion }),
  }
}

class NotAskedError extends CheckupError {
  constructor() {
    super('not-asked', {
      message: 'This was not read, because no check of that run needed it.',
      hints: ['Run the check again without a selection of rules.'],
    })
  }
}

/** Facts that no selected rule needs were not read: that is a reason, not an empty answer. */
function withUnaskedFacts(collected: Partial<FactResults>): FactResults {
  const unasked = { status: 'failed', error: toFactError(new NotAskedError()) } as const
  return Object.fromEntries(factKeys.map((key) => [key, collected[key] ?? unasked])) as FactResults // one entry per key
}

/** The same client, whose waiting requests end when the run is stopped: a client from outside may not know our signal. */
function stoppable(rpc: RpcClient, signal: AbortSignal): RpcClient {
  // One listener for all of them: Node warns of a leak when a signal has many.
  const waiting = new Set<(error: StoppedError) => void>()
  signal.addEventListener('abort', () => {
    for (const reject of waiting) reject(new StoppedError())
  })
  return {
    // Of several endpoints another one may answer later.
    get host() {
      return rpc.host
    },
    get endpointId() {
      return rpc.endpointId
    },
    requestCount: rpc.requestCount,
    ...(rpc.pace !== undefined && { pace: rpc.pace }),
    ...(rpc.member !== undefined && { member: rpc.member }),
    request: (method, params) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new StoppedError())
        waiting.add(reject)
        rpc
          .request(method, params)
          .finally(() => waiting.delete(reject))
          .then(resolve, reject)
      }),
  }
}

/** Something is missing: a signal that comes after the last answer interrupted nothing. */
function isPartial(collected: Partial<FactResults>): boolean {
  return Object.values(collected).some((fact) => fact.status === 'failed' || fact.value.missing.length > 0)
}

function wasCut(secondOpinion: SecondOpinion | null): boolean {
  return (
    secondOpinion?.answers.some(({ answer }) => answer.kind === 'failed' && answer.error.code === 'stopped') ?? false
  )
}
