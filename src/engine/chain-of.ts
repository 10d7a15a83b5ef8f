/** Which chain a target is about: its identity from one run to the next. */
import type { Collection } from '../core/collection.ts'
import type { ChainFacts } from '../core/facts.ts'
import { chainName } from '../domain/chains.ts'

/** The chain that was asked for, whatever the endpoint serves; where none was, the one that it serves. null: nobody said. */
export function chainOf({
  chainId,
  facts: { chain },
}: Collection): { readonly id: number; readonly name: string } | null {
  const served = chain.status === 'ok' ? chain.value : null
  const asked = served?.expectedChainId ?? chainId ?? null
  if (served !== null && (asked === null || asked === served.chainId)) return { id: served.chainId, name: served.name }
  return asked === null ? null : { id: asked, name: chainName(asked).name }
}

/** Whether the endpoint serves another chain than the one that was asked for. */
export function isOtherChain({ chainId, expectedChainId }: ChainFacts): boolean {
  return expectedChainId !== null && expectedChainId !== chainId
}
