/** What an option or a key takes, for the hint about a value that it does not: all there is, or a kind of value with its limits and examples. */
import { type FindingData, value } from '../core/value.ts'

export type Expectation = {
  readonly kind: 'one-of' | 'whole' | 'number' | 'list' | 'example'
  /** All values there are, or some that would do; as the reader would type them. */
  readonly values: readonly string[]
  /** Numbers above this one, */
  readonly above?: number
  /** from this one, */
  readonly from?: number
  /** up to this one. */
  readonly to?: number
  /** A word beside the numbers. */
  readonly also?: string
}

/** One that is among these. */
export function oneOf(values: readonly string[]): Expectation {
  return { kind: 'one-of', values }
}

/** One that is like these. */
export function suchAs(...values: readonly string[]): Expectation {
  return { kind: 'example', values }
}

/** For the sentence `expectation` of the errors' words. */
export function expectationData({ kind, values, above, from, to, also }: Expectation): FindingData {
  const least = above === undefined ? (from === undefined ? '' : 'from') : 'above'
  const limits = `${least}${to === undefined ? '' : 'to'}`
  return {
    expects: value.keyword(kindOf(kind, values)),
    expected: value.text(values.join(', ')),
    limits: value.keyword(limits === '' ? 'none' : limits),
    least: value.text(String(above ?? from ?? '')),
    most: value.text(String(to ?? '')),
    hasAlso: value.keyword(also === undefined ? 'no' : 'yes'),
    also: value.text(also ?? ''),
  }
}

function kindOf(kind: Expectation['kind'], values: readonly string[]): string {
  if (kind === 'one-of' && values.length === 1) return 'only'
  return values.length === 0 ? `bare_${kind.replace('-', '_')}` : kind.replace('-', '_')
}
