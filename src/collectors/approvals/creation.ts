/** The block that made a contract, found where an endpoint tells past state: its code at past blocks says when it came. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import { CheckupError, type FactError, toFactError } from '../../core/errors.ts'
import type { Spender } from '../../core/facts.ts'
import type { Store } from '../../core/store.ts'
import { value } from '../../core/value.ts'
import { bytes, count, fields } from '../../domain/rpc-reply.ts'
import { attempt } from '../attempt.ts'
import type { At } from './ask-state.ts'

/** `kept`: where the blocks that earlier runs found are. A chain may have begun anew, so they are looked at again. */
export type Searched = At & { readonly kept: { readonly store: Store; readonly chainId: number } | null }
type Created = NonNullable<Spender['created']>

/** One search costs as many requests as the number of blocks has binary digits. */
const mostSearches = 8

/**
 * Of the first contracts; each has code at the pinned block. An endpoint that refuses past state once is not asked again.
 * Never throws: why it is not known is data.
 */
export async function findCreations(
  at: Searched,
  contracts: readonly Address[],
): Promise<ReadonlyMap<Address, Created>> {
  const [first, ...rest] = contracts.slice(0, mostSearches)
  if (first === undefined) return new Map()
  const left = contracts.slice(mostSearches).map((contract) => [contract, unread(new CreationsLeftOutError())] as const)
  const { created, isRefused } = await findCreation(at, first)
  const others = rest.map(async (contract) =>
    isRefused ? ([contract, created] as const) : ([contract, (await findCreation(at, contract)).created] as const),
  )
  return new Map([[first, created], ...(await Promise.all(others)), ...left])
}

async function findCreation(
  { rpc, block, kept }: Searched,
  contract: Address,
): Promise<{ readonly created: Created; readonly isRefused: boolean }> {
  const hasCodeAt = async (number: bigint) =>
    bytes(await rpc.request('eth_getCode', [contract, numberToHex(number)]), 'eth_getCode') !== '0x'
  const key = `creation:${kept?.chainId}:${contract}`
  const search = async (): Promise<Created> => {
    const known = blockIn((await kept?.store.immutable.get(key)) ?? null)
    const isStillSo = known !== null && known <= block && (await hasCodeAt(known)) && !(await hasCodeAt(known - 1n))
    const made = isStillSo ? known : await bisect()
    if (made === null) return unread(new CreationNotToldError())
    if (made !== known) await kept?.store.immutable.put(key, String(made))
    const time = await attempt(rpc.request('eth_getBlockByNumber', [numberToHex(made), false]).then(timeOf))
    return { block: made, ...(time.status === 'answered' && { timestamp: time.reply as number }) } // what `timeOf` returned
  }
  const bisect = async (): Promise<bigint | null> => {
    // Of the oldest block first: there an endpoint without past state shows itself, by a refusal or by today's code.
    if (await hasCodeAt(0n)) return null
    let [before, after] = [0n, block]
    while (after - before > 1n) {
      const middle = (before + after) / 2n
      if (await hasCodeAt(middle)) after = middle
      else before = middle
    }
    return after
  }
  const attempted = await attempt(search())
  if (attempted.status !== 'answered') return { created: { error: attempted.error }, isRefused: true }
  return { created: attempted.reply as Created, isRefused: false } // what `search` returned
}

/** What somebody else wrote there is no block. */
function blockIn(text: string | null): bigint | null {
  return text !== null && /^[1-9]\d{0,18}$/.test(text) ? BigInt(text) : null
}

function timeOf(reply: unknown): number {
  return count(fields(reply, 'eth_getBlockByNumber').timestamp, 'the time of a block')
}

function unread(error: CheckupError): { readonly error: FactError } {
  return { error: toFactError(error) }
}

class CreationNotToldError extends CheckupError {
  constructor() {
    super('creation-not-told', {
      message:
        'The contract was there from the first block on, or the endpoint shows its code of today for every block.',
    })
  }
}

class CreationsLeftOutError extends CheckupError {
  constructor() {
    super('creations-left-out', {
      message: `When contracts were made was searched for ${mostSearches} spenders only.`,
      data: { count: value.count(mostSearches) },
    })
  }
}
