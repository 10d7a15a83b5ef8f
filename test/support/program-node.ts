/** A node that runs the read program as its format says, written apart from it: contracts are a function, gas is a count. */
import type { Address, Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import type { ReadMethod, RpcClient } from '../../src/core/rpc.ts'
import { RpcRefusedError } from '../../src/rpc/errors.ts'
import { programCode } from '../../src/rpc/read-program/program.ts'

/** What a contract does: the bytes it returns, or how it fails. `starved`: the program's gas is too little for it. */
export type Behaviour =
  | { readonly returns: Hex }
  | { readonly reverts: Hex }
  | { readonly starved: Hex }
  | { readonly refuses: Error }
export type Contracts = (to: Address, data: Hex) => Behaviour

export type Way = 'override' | 'creation' | 'plain'
type Seen = { readonly way: Way; readonly reads: number; readonly block: unknown; readonly bytes: number }

type Setting = {
  readonly contracts: Contracts
  /** How many reads the gas of one call suffices for. */
  readonly gasForReads?: number
  /** Stands in for what the node answers to a call of the program. */
  readonly tamper?: (answer: Hex, seen: Seen) => unknown
  readonly code?: unknown
}

const host = 'node.example'
const refused = (data: Hex) =>
  new RpcRefusedError({ host, method: 'eth_call' }, { code: 3, message: 'execution reverted', data })

export function programNode({ contracts, gasForReads = Number.POSITIVE_INFINITY, tamper, code = '0x' }: Setting) {
  const seen: Seen[] = []
  const request = async (method: ReadMethod, params: readonly unknown[]) => {
    if (method === 'eth_getCode') return code
    const [call, block, overrides] = params as [{ to?: Address; data: Hex }, unknown, unknown] // our own reader asks
    const way: Way = overrides !== undefined ? 'override' : call.to === undefined ? 'creation' : 'plain'
    const bytes = JSON.stringify(params).length
    if (way === 'plain') {
      seen.push({ way, reads: 1, block, bytes })
      return plain(contracts(call.to ?? '0x', call.data))
    }
    const input = way === 'override' ? call.data.slice(2) : call.data.slice(programCode().creation.length)
    const reads = readInput(input)
    const one = { way, reads: reads.length, block, bytes }
    seen.push(one)
    const body = reads.slice(0, gasForReads).map((read) => answerOf(contracts(read.to, read.data), read.words))
    const answer = seal(body.join(''))
    const given = tamper === undefined ? answer : tamper(answer, one)
    if (given instanceof Error) throw given
    return given
  }
  const rpc: RpcClient = { host, endpointId: host, requestCount: () => seen.length, request }
  return { rpc, seen }
}

/** The magic byte and the hash before the answers. */
export function seal(body: string): Hex {
  return `0x57${keccak256(`0x${body}`).slice(2, 10)}${body}`
}

type Read = { readonly to: Address; readonly data: Hex; readonly words: number }

/** The reads of an input, in order. */
export function readInput(input: string): readonly Read[] {
  const reads: Read[] = []
  const bytes = (start: number, count: number) => input.slice(start * 2, (start + count) * 2)
  const number = (start: number, count: number) => Number(`0x${bytes(start, count)}`)
  for (let place = 10; place * 2 < input.length; ) {
    const [items, prefix, words, size, answer] = [
      number(place, 3),
      number(place + 3, 1),
      number(place + 4, 1),
      number(place + 5, 1),
      number(place + 6, 1),
    ]
    const shared = bytes(place + 7, prefix)
    const end = place + 7 + prefix + items
    for (let item = place + 7 + prefix; item < end; item += 20 + words * size) {
      const own = Array.from({ length: words }, (_, word) => bytes(item + 20 + word * size, size).padStart(64, '0'))
      reads.push({ to: `0x${bytes(item, 20)}`, data: `0x${shared}${own.join('')}`, words: answer })
    }
    place = end
  }
  return reads
}

function answerOf(behaviour: Behaviour, words: number): string {
  if ('reverts' in behaviour && behaviour.reverts === '0x') return 'fd'
  if (!('returns' in behaviour)) return 'ff'
  const data = behaviour.returns.slice(2)
  if (data === '') return 'fe'
  if (data.length < words * 64) return 'ff'
  return Array.from({ length: words }, (_, index) => {
    const digits = data.slice(index * 64, index * 64 + 64).replace(/^(00)+/, '')
    return (digits.length / 2).toString(16).padStart(2, '0') + digits
  }).join('')
}

function plain(behaviour: Behaviour): Hex {
  if ('refuses' in behaviour) throw behaviour.refuses
  if ('reverts' in behaviour) throw refused(behaviour.reverts)
  return 'returns' in behaviour ? behaviour.returns : behaviour.starved
}
