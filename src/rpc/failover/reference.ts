/** What the endpoints of a run have said of their chain so far: another one may answer only where it says the same. */
import type { Hex } from 'viem'
import type { ReadMethod } from '../../core/rpc.ts'

export type Reference = {
  /** Digits; null: nobody has said it, and nobody asked for one. */
  readonly chainId: string | null
  /** The block that state is read at, or else the newest that was seen. A block's hash stands for all before it. */
  readonly block: { readonly number: bigint; readonly hash: string } | null
}

export type Witness = {
  /** Hears every question, and every answer that somebody believed. */
  readonly asks: (method: ReadMethod, params: readonly unknown[]) => void
  readonly answers: (method: ReadMethod, reply: unknown) => void
  readonly reference: () => Reference
}

/** Where the block stands among the parameters of what reads state. */
const blockAt: { readonly [Method in ReadMethod]?: number } = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getStorageAt: 2,
  eth_getTransactionCount: 1,
}

/** @param chainId the chain that was asked for; null when none was named */
export function createWitness(chainId: number | null): Witness {
  let said = chainId === null ? null : String(chainId)
  const hashes = new Map<bigint, string>()
  let newestSeen: bigint | null = null
  let newestUsed: bigint | null = null
  return {
    asks: (method, params) => {
      const number = numberOf(params[blockAt[method] ?? -1])
      if (number !== null && (newestUsed === null || number > newestUsed)) newestUsed = number
    },
    answers: (method, reply) => {
      if (method === 'eth_chainId') said ??= numberOf(reply)?.toString() ?? null
      if (method !== 'eth_getBlockByNumber') return
      const { number, hash } = (reply ?? {}) as { readonly number?: unknown; readonly hash?: unknown } // looked at below
      const seen = numberOf(number)
      if (seen === null || typeof hash !== 'string') return
      hashes.set(seen, hash.toLowerCase())
      if (newestSeen === null || seen > newestSeen) newestSeen = seen
    },
    reference: () => {
      const number = newestUsed !== null && hashes.has(newestUsed) ? newestUsed : newestSeen
      const hash = number === null ? undefined : hashes.get(number)
      return { chainId: said, block: number === null || hash === undefined ? null : { number, hash } }
    },
  }
}

function numberOf(text: unknown): bigint | null {
  return typeof text === 'string' && /^0x[0-9a-f]{1,64}$/i.test(text) ? BigInt(text as Hex) : null
}
