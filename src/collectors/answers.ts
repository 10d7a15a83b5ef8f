/** Contract reads of one collector: asked once each, looked up by the call itself. */
import type { RpcClient } from '../core/rpc.ts'
import { type ReadCall, selectors } from '../domain/token-calls.ts'
import { type CallResult, readContracts } from '../rpc/read-contracts.ts'
import { readMany } from '../rpc/read-many.ts'

export type Answers = ReadonlyMap<string, CallResult>

/** Asks every call that `known` does not have yet, and returns both together. */
export async function ask(
  rpc: RpcClient,
  { calls, block, known = new Map() }: { calls: readonly ReadCall[]; block: bigint; known?: Answers },
): Promise<Answers> {
  const open = [...new Map(calls.map((call) => [keyOf(call), call])).values()].filter((call) => !wasAsked(known, call))
  const texts = open.filter(isText)
  const fixed = open.filter((call) => !isText(call)).map((call) => ({ ...call, words: wordsOf(call) }))
  const [fixedResults, textResults] = await Promise.all([readMany(rpc, fixed, block), readContracts(rpc, texts, block)])
  const answers = new Map(known)
  const add = (some: readonly ReadCall[], results: readonly CallResult[]) => {
    results.forEach((result, index) => {
      const call = some[index]
      if (call !== undefined) answers.set(keyOf(call), result)
    })
  }
  add(fixed, fixedResults)
  add(texts, textResults)
  return answers
}

/** The same for calls whose answers have any length: lists, and texts of any kind. */
export async function askWhole(
  rpc: RpcClient,
  { calls, block, known }: { calls: readonly ReadCall[]; block: bigint; known: Answers },
): Promise<Answers> {
  const open = [...new Map(calls.map((call) => [keyOf(call), call])).entries()].filter(([key]) => !known.has(key))
  const asked = open.map(([, call]) => call)
  const results = await readContracts(rpc, asked, block)
  return new Map([...known, ...asked.map((call, index) => [keyOf(call), resultAt(results, index)] as const)])
}

function resultAt(results: readonly CallResult[], index: number): CallResult {
  const result = results[index]
  if (result === undefined) throw new Error('a contract read has no result')
  return result
}

/** Texts have any length; every other read returns a fixed number of words. */
function isText({ data }: ReadCall): boolean {
  return data === selectors['symbol()'] || data === selectors['name()']
}

/** Permit2 returns an amount, an expiration and a nonce, everything else one word. */
function wordsOf({ data }: ReadCall): 1 | 3 {
  return data.startsWith(selectors['allowance(address,address,address)']) ? 3 : 1
}

export function answersOf(answers: readonly (readonly [ReadCall, CallResult])[]): Answers {
  return new Map(answers.map(([call, result]) => [keyOf(call), result]))
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
