/** Contract reads of one collector: asked once each, looked up by the call itself. */
import type { RpcClient } from '../core/rpc.ts'
import type { ReadCall } from '../domain/token-calls.ts'
import { type CallResult, readContracts } from '../rpc/read-contracts.ts'

export type Answers = ReadonlyMap<string, CallResult>

/** Asks every call that `known` does not have yet, and returns both together. */
export async function ask(
  rpc: RpcClient,
  { calls, block, known = new Map() }: { calls: readonly ReadCall[]; block: bigint; known?: Answers },
): Promise<Answers> {
  const open = [...new Map(calls.map((call) => [keyOf(call), call])).entries()].filter(([key]) => !known.has(key))
  const results = await readContracts(
    rpc,
    open.map(([, call]) => call),
    block,
  )
  const answers = new Map(known)
  open.forEach(([key], index) => {
    const result = results[index]
    if (result !== undefined) answers.set(key, result)
  })
  return answers
}

/** @throws when the call was never asked: a collector that decodes more than it fetched is wrong */
export function answerTo(answers: Answers, call: ReadCall): CallResult {
  const answer = answers.get(keyOf(call))
  if (answer === undefined) throw new Error(`never asked: ${call.data.slice(0, 10)} of ${call.to}`)
  return answer
}

export function wasAsked(answers: Answers, call: ReadCall): boolean {
  return answers.has(keyOf(call))
}

function keyOf({ to, data }: ReadCall): string {
  return `${to.toLowerCase()}:${data}`
}
