/** Findings that say what happened since the baseline, and not how things stand. */
import type { FindingData } from '../core/value.ts'

/** Whether a finding tells of a time: measured from another block it is another one, and a baseline that has it has accepted it. */
export function isSinceBaseline({ data }: { readonly data: FindingData }): boolean {
  return data.since?.type === 'block'
}
