/** Calls in one request. Whatever a batch ends in, each of its calls is answered, or asked alone: no call pays for another. */
import type { ReadMethod } from '../../core/rpc.ts'
import { ask, type Client, endTurn, type Question } from '../ask.ts'
import { ConnectionError, isLasting, RequestStoppedError, type RpcPlace } from '../errors.ts'
import { type Answer, limited } from '../read-reply.ts'
import { exchange } from '../transport.ts'
import { type BatchSize, batchSizeOf } from './batch-size.ts'
import { createBatcher } from './batcher.ts'
import { mostWeight, weightOf } from './light-calls.ts'
import { type BatchReply, readBatch } from './read-batch.ts'

/** `alone`: the call is still to be asked, by itself. `again`: with others, but fewer of them. Both need another turn. */
export type TogetherAnswer = Answer | 'alone' | 'again'
export type AskTogether = (question: Question) => Promise<TogetherAnswer>

type Batched = Question & {
  readonly settle: (answer: TogetherAnswer) => void
  readonly fail: (error: unknown) => void
}
type Sending = { readonly client: Client; readonly size: BatchSize }

/** Never throws what an endpoint can cause. Ends the turn of each question. */
export function openBatches(client: Client): AskTogether {
  const size = batchSizeOf(client.endpoint.id)
  const batcher = createBatcher<Batched>({
    most: size.most,
    weighing: {
      weigh: ({ place, params }) => weightOf(place.method as ReadMethod, params) ?? mostWeight,
      most: mostWeight,
    }, // checked by the client
    send: (calls) => send({ client, size }, calls),
  })
  return async (question) => {
    if (size.most() <= 1) return ask(client, question)
    return new Promise((settle, fail) => batcher.add({ ...question, settle, fail }))
  }
}

async function send(sending: Sending, calls: readonly Batched[]): Promise<void> {
  try {
    const [only, ...others] = calls
    if (only === undefined) return
    if (others.length === 0) only.settle(await ask(sending.client, only))
    else settleAll(sending, calls, await exchangeBatch(sending, calls))
  } catch (error) {
    for (const { fail } of calls) fail(error)
  }
}

/** An error is what reached none of the calls: each has it for its own. */
async function exchangeBatch({ client, size }: Sending, calls: readonly Batched[]): Promise<BatchReply | Lost> {
  const { endpoint, settings, signal, onSent } = client
  const { timeoutMs, maximumResponseBytes: maximumBytes } = settings
  const place = calls[0]?.place ?? { host: endpoint.host, method: '' }
  const body = calls.map(({ id, place: { method }, params }) => ({ jsonrpc: '2.0', id, method, params }))
  client.counts.sent++
  client.onRequest?.(client.counts.sent)
  try {
    const options = { place, body: JSON.stringify(body), timeoutMs, maximumBytes, signal, onSent }
    const context = { redact: endpoint.redact, now: Date.now, isProven: size.isProven() }
    return readBatch(await exchange(endpoint, options), calls, context)
  } catch (error) {
    if (error instanceof RequestStoppedError) return { kind: 'lost', errorAt: (own) => new RequestStoppedError(own) }
    if (!(error instanceof ConnectionError && isLasting(error))) return { kind: 'fault' }
    return { kind: 'lost', errorAt: (own) => new ConnectionError(own, error.reason) }
  }
}

type Lost = { readonly kind: 'lost'; readonly errorAt: (place: RpcPlace) => RequestStoppedError | ConnectionError }

function settleAll({ client, size }: Sending, calls: readonly Batched[], reply: BatchReply | Lost): void {
  switch (reply.kind) {
    case 'answers':
      size.answered(calls.length)
      settleEach(client, calls, reply.answers)
      return
    case 'limited':
      size.limited(calls.length)
      settleEach(
        client,
        calls,
        calls.map(({ place }) => limited(place, reply.waitMs)),
      )
      return
    case 'lost':
      for (const { turn, place, settle } of calls) {
        turn.failed()
        settle({ status: 'failed', error: reply.errorAt(place), again: 'no', waitMs: null })
      }
      return
    case 'too-large':
      size.tooLarge(calls.length, reply.maximum)
      askLater(calls, 'again', (turn) => turn.answered())
      return
    case 'unusable':
      size.unusable()
      askLater(calls, 'alone', (turn) => turn.answered())
      return
    case 'fault':
      size.failed(calls.length)
      askLater(calls, 'alone', (turn) => turn.failed())
      return
    default:
      reply satisfies never
  }
}

/** Refusals for the rate last: an answer tells the pacer that they are over. */
function settleEach(client: Client, calls: readonly Batched[], answers: readonly (Answer | 'alone')[]): void {
  const pairs = calls.map((call, index) => ({ call, answer: answers[index] ?? 'alone' }))
  const isLimited = (answer: Answer | 'alone') =>
    answer !== 'alone' && answer.status === 'failed' && answer.again === 'rate'
  for (const { call, answer } of [
    ...pairs.filter((pair) => !isLimited(pair.answer)),
    ...pairs.filter((pair) => isLimited(pair.answer)),
  ]) {
    if (answer === 'alone') call.turn.answered()
    call.settle(answer === 'alone' ? answer : endTurn(client, call, answer))
  }
}

/** One request was sent, so one turn is used. */
function askLater(calls: readonly Batched[], when: 'alone' | 'again', end: (turn: Question['turn']) => void): void {
  calls.forEach(({ turn, settle }, index) => {
    if (index === 0) end(turn)
    else turn.unused()
    settle(when)
  })
}
