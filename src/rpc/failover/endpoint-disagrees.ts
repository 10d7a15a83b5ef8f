import { value } from '../../core/value.ts'
import { RpcError, type RpcPlace } from '../errors.ts'

export type Disagreement =
  | { readonly kind: 'chain'; readonly expected: string; readonly actual: string }
  | { readonly kind: 'lacking' | 'other'; readonly block: bigint }

/** Another endpoint was to take the place of one that failed, and knows another chain, or not the block of the run: what it says was not used. */
export class EndpointDisagreesError extends RpcError {
  constructor(place: RpcPlace, found: Disagreement) {
    super('endpoint-disagrees', place, {
      message: `${place.host} was to take the place of an endpoint that failed, but ${words(found)}, so it was not used.`,
      data: {
        kind: value.keyword(found.kind),
        // The sentence takes one of two sets of values, and needs all of them.
        expected: value.text(found.kind === 'chain' ? found.expected : ''),
        actual: value.text(found.kind === 'chain' ? found.actual : ''),
        block: value.block(found.kind === 'chain' ? 0n : found.block),
      },
      hints: ['Give another endpoint of the same chain, or run the check again.'],
    })
  }
}

function words(found: Disagreement): string {
  switch (found.kind) {
    case 'chain':
      return `it serves chain ${found.actual}, not chain ${found.expected}`
    case 'lacking':
      return `it does not have block ${found.block}`
    case 'other':
      return `its block ${found.block} is another one`
    default:
      return found satisfies never
  }
}
