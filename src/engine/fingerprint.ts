import { createHash } from 'node:crypto'
import type { Subject } from '../core/finding.ts'

type Identity = {
  readonly ruleId: string
  readonly chainId: number | null
  readonly account: string
  readonly subject: Subject
}

/**
 * A finding's name across runs: 32 hex digits over who, where and what it is about.
 * Never over words, amounts, blocks or order, so that it stays when a balance moves or a text is improved.
 */
export function fingerprint({ ruleId, chainId, account, subject }: Identity): string {
  const parts = Object.entries(subject)
    // A field that is absent and one that is undefined are the same thing.
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flat()
  const identity = [ruleId, String(chainId), String(account), ...parts].map((part) => String(part).toLowerCase())
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32)
}
