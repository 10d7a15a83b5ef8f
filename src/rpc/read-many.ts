/** Thousands of contract reads at one block in a few requests: by a program that the node runs, else by plain calls. */
import type { RpcClient } from '../core/rpc.ts'
import { type CallResult, readContracts } from './read-contracts.ts'
import type { ProgramAnswer } from './read-program/answers.ts'
import { type FixedRead, packReads } from './read-program/packing.ts'
import { runProgram } from './read-program/run.ts'
import { memberOf } from './session/members.ts'

/**
 * One result per read, in the order of the reads; an `ok` holds the first `words` words of what the contract returned.
 * Never throws: what could not be read says why in its own result.
 */
export async function readMany(
  rpc: RpcClient,
  reads: readonly FixedRead[],
  block: bigint,
): Promise<readonly CallResult[]> {
  const member = memberOf(rpc)
  if (member !== null) return member.readMany(reads, { block, signal: member.signal })
  // One read needs no program.
  const packed = reads.length > 1 ? packReads(reads) : []
  const { answers, failure } = await runProgram(rpc, packed, `0x${block.toString(16)}`)
  const results = reads.map((_, index) => settled(answers.get(index)) ?? failure)
  const open = reads.filter((_, index) => results[index] === null)
  const calls = open.map(({ to, data }) => ({ to, data }))
  const plain = (await readContracts(rpc, calls, block)).values()
  return reads.map(({ words }, index) => results[index] ?? firstWords(plain.next().value, words))
}

/** null when only a call of its own can tell. */
function settled(answer: ProgramAnswer | undefined): CallResult | null {
  if (answer === undefined || answer.status === 'unclear') return null
  return answer.status === 'reverted' ? { status: 'reverted', data: '0x' } : answer
}

/** A contract may return megabytes behind the words that were asked for. */
function firstWords(result: CallResult | undefined, words: number): CallResult {
  if (result === undefined) throw new Error('a contract read has no result')
  return result.status === 'ok' ? { status: 'ok', data: `0x${result.data.slice(2, 2 + words * 64)}` } : result
}
