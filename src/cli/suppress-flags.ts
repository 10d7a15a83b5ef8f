/** What `suppress` takes, and what of it is for one of its actions only. */
import { value } from '../core/value.ts'
import { UsageError } from './usage-error.ts'

export type SuppressFlags = {
  readonly config?: string | false
  readonly rule?: string
  readonly account?: string
  readonly chain?: string
  readonly token?: string
  readonly spender?: string
  readonly subject?: readonly string[]
  readonly maxAllowance?: string
  readonly reason?: string
  readonly expires?: string
  readonly now?: string
}

/** What an entry says, and by which option. */
export const addOptions = {
  rule: '--rule',
  account: '--account',
  chain: '--chain',
  token: '--token',
  spender: '--spender',
  subject: '--subject',
  maxAllowance: '--max-allowance',
  reason: '--reason',
  expires: '--expires',
} as const satisfies Readonly<Record<Exclude<keyof SuppressFlags, 'config' | 'now'>, string>>

type Asked = { readonly action: 'add' | 'list' | 'prune'; readonly reportFile: string | undefined }

/** @throws UsageError for what would have no effect: `prune --rule X` reads as if it spared the others */
export function refuseNoEffect({ action, reportFile }: Asked, flags: SuppressFlags): void {
  if (action === 'add') {
    if (reportFile === undefined) return
    throw new UsageError('usage-suppress-add-report', { file: value.text(reportFile) })
  }
  for (const [flag, option] of Object.entries(addOptions)) {
    if (flags[flag as keyof typeof addOptions] === undefined) continue // a key of the table
    throw new UsageError('usage-suppress-add-only', { option: value.text(option), action: value.keyword(action) })
  }
}
