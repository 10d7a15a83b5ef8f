/** Transactions that the endpoint does not know, looked up at the second one, where one was given. */
import type { Hex } from 'viem'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { ChainFacts } from '../../core/facts.ts'
import type { SecondAnswer, SecondReader } from '../../core/second-opinion.ts'
import { MalformedReplyError } from '../../domain/rpc-reply.ts'
import { OtherChainError } from '../../domain/second-endpoint.ts'
import { withoutHash } from './hidden-hash.ts'

type Found = 'mined' | 'waiting' | 'unknown' | 'unread'

export type Elsewhere = {
  readonly host: string
  /** Of each hash that it was asked about. */
  readonly answers: ReadonlyMap<Hex, Found>
  /** Why some were not read, or none was asked about. */
  readonly errors: readonly FactError[]
}

/** null: there is no second endpoint, or nothing to ask it. One of another chain is told no hash. Never throws what a node can cause. */
export async function askElsewhere(
  hashes: readonly Hex[],
  { second, chain }: { readonly second: SecondReader | undefined; readonly chain: ChainFacts },
): Promise<Elsewhere | null> {
  if (second === undefined || hashes.length === 0) return null
  const { host } = second
  const [chainAnswer = unanswered] = await second.read([{ kind: 'chain-id' }])
  const wrong = whyOtherChain(chainAnswer, { host, chain })
  if (wrong !== null) return { host, answers: new Map(), errors: [wrong] }
  const answers = await second.read(hashes.map((hash) => ({ kind: 'transaction', hash })))
  const places = hashes.map((hash, index) => [hash, placeOf(answers[index] ?? unanswered)] as const)
  const errors = hashes.flatMap((hash, index) => {
    const answer = answers[index] ?? unanswered
    if (answer.kind === 'value' || answer.kind === 'absent') return []
    return [withoutHash(answer.kind === 'failed' ? answer.error : malformed, hash)]
  })
  return { host, answers: new Map(places), errors }
}

/** Nothing answered is no answer that it does not know it. */
const malformed = toFactError(new MalformedReplyError('eth_getTransactionByHash'))
const unanswered: SecondAnswer = { kind: 'failed', error: malformed }

function whyOtherChain(
  answer: SecondAnswer,
  { host, chain }: { readonly host: string; readonly chain: ChainFacts },
): FactError | null {
  if (answer.kind === 'failed') return answer.error
  if (answer.kind !== 'value') return toFactError(new MalformedReplyError('eth_chainId'))
  const { value: actual } = answer
  return actual === String(chain.chainId)
    ? null
    : toFactError(new OtherChainError(host, { expected: chain.chainId, actual }))
}

function placeOf(answer: SecondAnswer): Found {
  if (answer.kind === 'absent') return 'unknown'
  if (answer.kind !== 'value') return 'unread'
  return answer.value === 'pending' ? 'waiting' : 'mined'
}
