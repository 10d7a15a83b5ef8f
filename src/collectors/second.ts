/** What a second endpoint says about the block and the account. Nothing is compared here. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Address, Hex } from 'viem'
import { type CollectContext, defineCollector } from '../core/collector.ts'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { BlockRef, ChainFacts, SecondFacts } from '../core/facts.ts'
import type { SecondAnswer, SecondReader } from '../core/second-opinion.ts'
import { MalformedReplyError } from '../domain/rpc-reply.ts'
import { BlockNotThereError, OtherChainError } from '../domain/second-endpoint.ts'

/** A node that is a little behind will have the block soon. */
const mostWaits = 5
const waitMs = 1_000
/** One that is further behind will not. */
const littleBehind = 32n

type Raw = {
  readonly host: string
  readonly head: SecondAnswer
  readonly observedAt: number
  readonly block: SecondAnswer
  readonly state: readonly SecondAnswer[]
}

export default defineCollector({
  key: 'second',
  needs: ['chain'],
  fetch: async ({ second, options, now, signal }: CollectContext, { chain }): Promise<Raw | null> => {
    if (second === undefined) return null
    await assertChain(second, chain)
    const [head = none] = await second.read([{ kind: 'block', block: 'latest' }])
    const observedAt = now()
    const block = await waitForBlock(second, { chain, head, signal })
    const state = block.kind === 'value' ? await readState(second, { account: options.account, chain }) : []
    return { host: second.host, head, observedAt, block, state }
  },
  decode: (raw, { chain }): SecondFacts => {
    if (raw === null) return { endpoint: null, missing: [] }
    const { host, observedAt } = raw
    const [balance, nonce, code] = raw.state
    const block = raw.block.kind === 'value' ? blockIn(raw.block) : null
    const endpoint = {
      host,
      head: blockIn(raw.head),
      observedAt,
      block,
      balance: balance?.kind === 'value' ? BigInt(balance.value) : null,
      nonce: nonce?.kind === 'value' ? Number(nonce.value) : null,
      code: code?.kind === 'value' ? code.value : null,
    }
    const failures = [raw.block, ...raw.state].flatMap((answer) => errorsOf(answer, { host, chain }))
    return { endpoint, missing: failures.map((error) => ({ about: 'second-endpoint', error }) as const) }
  },
})

/** A read without an answer. */
const none: SecondAnswer = { kind: 'absent' }

/** Another chain has nothing to say about the account, and need not learn its address. */
async function assertChain(second: SecondReader, { chainId }: ChainFacts): Promise<void> {
  const [answer = none] = await second.read([{ kind: 'chain-id' }])
  const actual = valueIn(answer)
  if (actual !== String(chainId)) throw new OtherChainError(second.host, { expected: chainId, actual })
}

type Waiting = { readonly chain: ChainFacts; readonly head: SecondAnswer; readonly signal: AbortSignal }

async function waitForBlock(second: SecondReader, { chain, head, signal }: Waiting): Promise<SecondAnswer> {
  const { number } = chain.block
  const isNear = head.kind === 'value' && number - blockIn(head).number <= littleBehind
  for (let waits = 0; ; waits++) {
    const [answer = none] = await second.read([{ kind: 'block', block: number }])
    if (answer.kind !== 'absent' || !isNear || waits === mostWaits) return answer
    if (!(await waited(signal))) return answer
  }
}

/** False: the run was stopped meanwhile. */
async function waited(signal: AbortSignal): Promise<boolean> {
  try {
    await delay(waitMs, undefined, { signal })
    return true
  } catch {
    return false // a timer ends early only when the signal aborts
  }
}

function readState(
  second: SecondReader,
  { account, chain }: { readonly account: Address; readonly chain: ChainFacts },
) {
  const place = { address: account, block: chain.block.number }
  return second.read([
    { kind: 'balance', ...place },
    { kind: 'nonce', ...place },
    { kind: 'code', ...place },
  ])
}

function errorsOf(
  answer: SecondAnswer,
  { host, chain }: { readonly host: string; readonly chain: ChainFacts },
): readonly FactError[] {
  if (answer.kind === 'value') return []
  if (answer.kind === 'failed') return [answer.error]
  return [toFactError(new BlockNotThereError(host, chain.block.number))]
}

/** A failed read of what everything else rests on fails the fact, with its own reason. */
function valueIn(answer: SecondAnswer): string {
  if (answer.kind === 'value') return answer.value
  if (answer.kind === 'failed') throw new CheckupError(answer.error.code, answer.error)
  throw new MalformedReplyError('a block of the second endpoint')
}

function blockIn(answer: SecondAnswer): BlockRef {
  const [number = '', hash = '', timestamp = ''] = valueIn(answer).split(', ')
  return { number: BigInt(number), hash: hash as Hex, timestamp: Number(timestamp) } // as the reader writes blocks
}
