/** Runs the collectors of a list in dependency order, those that do not wait for each other at the same time. */
import type { CollectContext, Collector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { FactKey, FactMap, FactResult, FactResults } from '../core/facts.ts'
import { value } from '../core/value.ts'

/** A collector with its own types forgotten, as the list holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the list forgets each collector's own types; `collectOne` gives it what it declared
export type AnyCollector = Collector<any, any, any, any>

class NeededFactFailedError extends CheckupError {
  constructor(fact: FactKey, cause: { readonly message: string }) {
    super('needed-fact-failed', {
      message: `This could not be read because the ${fact} facts could not: ${cause.message}`,
      data: { fact: value.text(fact) },
    })
  }
}

/** The run was stopped. The same code as a request that was stopped on its way. */
export class StoppedError extends CheckupError {
  constructor() {
    super('stopped', { message: 'The run was stopped before this was read.' })
  }
}

export class WrongChainError extends CheckupError {
  constructor({ expectedChainId, chainId }: Pick<FactMap['chain'], 'expectedChainId' | 'chainId'>) {
    super('wrong-chain', {
      message: `The endpoint serves chain ${chainId}, not ${expectedChainId}, so nothing else was asked of it.`,
      data: { expected: value.nonce(expectedChainId ?? 0), actual: value.nonce(chainId) },
    })
  }
}

/** Collects every fact. Never throws: a collector that failed is a failed fact with its reason. */
export async function collect(
  collectors: readonly AnyCollector[],
  context: CollectContext,
): Promise<Partial<FactResults>> {
  const running = new Map<FactKey, Promise<FactResult>>()
  for (const collector of collectors) {
    const find = (keys: readonly FactKey[]) => keys.map((key) => [key, running.get(key)] as const)
    const others = { needed: find(collector.needs), wanted: find(collector.wants ?? []) }
    running.set(collector.key, collectOne(collector, others, context))
  }
  const results = await Promise.all([...running].map(async ([key, result]) => [key, await result] as const))
  return Object.fromEntries(results) as Partial<FactResults> // each under its collector's key
}

type Others = readonly (readonly [FactKey, Promise<FactResult> | undefined])[]

async function collectOne(
  collector: AnyCollector,
  { needed, wanted }: { readonly needed: Others; readonly wanted: Others },
  context: CollectContext,
): Promise<FactResult> {
  try {
    const facts: Partial<Record<FactKey, FactMap[FactKey]>> = {}
    for (const [key, running] of needed) {
      const result = await running
      if (result === undefined) throw notBefore(collector, key)
      // The root cause is what helps the reader, not the chain of collectors behind it.
      if (result.status === 'failed') {
        return {
          status: 'failed',
          error: result.error.code === 'needed-fact-failed' ? result.error : rootCause(key, result),
        }
      }
      facts[key] = result.value
    }
    if (facts.chain !== undefined) assertChain(facts.chain as FactMap['chain']) // kept under its own key above
    const results: Partial<Record<FactKey, FactResult>> = {}
    for (const [key, running] of wanted) {
      const result = await running
      if (result === undefined) throw notBefore(collector, key)
      results[key] = result
    }
    if (context.signal.aborted) throw new StoppedError()
    context.report({ phase: collector.key })
    return { status: 'ok', value: collector.decode(await collector.fetch(context, facts, results), facts) }
  } catch (error) {
    return { status: 'failed', error: toFactError(error) }
  }
}

function notBefore({ key }: AnyCollector, other: FactKey): Error {
  return new Error(`${key} needs ${other}, which is not listed before it`)
}

/** An endpoint of another chain has nothing to say about this account, and need not learn its address. */
function assertChain(chain: FactMap['chain']): void {
  if (chain.expectedChainId !== null && chain.expectedChainId !== chain.chainId) throw new WrongChainError(chain)
}

function rootCause(fact: FactKey, result: Extract<FactResult, { status: 'failed' }>) {
  const { error } = result
  const { cause: behind, ...data } = error.data
  return {
    ...toFactError(new NeededFactFailedError(fact, error)),
    // `cause` names the sentence of the failure behind this one, `rootCause` that behind that one; their own data fill them.
    data: {
      ...data,
      ...(behind !== undefined && { rootCause: behind }),
      fact: { type: 'text' as const, value: fact },
      cause: { type: 'keyword' as const, value: error.code },
    },
    hints: error.hints,
  }
}
