import { type FactError, toFactError } from '../core/errors.ts'
import { createLimit } from '../rpc/concurrency.ts'
import {
  HttpStatusError,
  MethodNotAllowedError,
  MethodNotSupportedError,
  RpcRefusedError,
  StateUnavailableError,
} from '../rpc/errors.ts'

/** What became of a request that may fail without ending its fact. `refused`: the node said no; `failed`: no usable answer. */
export type Attempt =
  | { readonly status: 'answered'; readonly reply: unknown }
  | { readonly status: 'refused' | 'failed'; readonly error: FactError }

/** How many plain reads run at a time. */
const maximumConcurrency = 8

/** Asks once for each key. Never throws: the reason of a failure is kept as data. */
export async function attemptEach<Key>(
  keys: readonly Key[],
  ask: (key: Key) => Promise<unknown>,
): Promise<ReadonlyMap<Key, Attempt>> {
  const limit = createLimit(maximumConcurrency)
  const one = async (key: Key) => [key, await attempt(limit(() => ask(key)))] as const
  return new Map(await Promise.all([...new Set(keys)].map(one)))
}

/** Never throws: the reason of a failure is kept as data. */
export async function attempt(request: Promise<unknown>): Promise<Attempt> {
  try {
    return { status: 'answered', reply: await request }
  } catch (error) {
    return { status: isRefusal(error) ? 'refused' : 'failed', error: toFactError(error) }
  }
}

/** Hosted endpoints refuse a method in the plan with 401 or 403 instead of a JSON-RPC error. */
function isRefusal(error: unknown): boolean {
  if (error instanceof HttpStatusError) return error.status === 401 || error.status === 403
  const refusals = [RpcRefusedError, MethodNotSupportedError, MethodNotAllowedError, StateUnavailableError]
  return refusals.some((refusal) => error instanceof refusal)
}
