/** What one rule ended in, before any language is chosen. */
import type { Finding } from './finding.ts'
import type { Because, Marks } from './report.ts'

export type NonEmpty<Item> = readonly [Item, ...Item[]]

export type Outcome =
  | { readonly ruleId: string; readonly status: 'passed' }
  | { readonly ruleId: string; readonly status: 'not-applicable' }
  | { readonly ruleId: string; readonly status: 'inconclusive'; readonly because: Because }
  | {
      readonly ruleId: string
      readonly status: 'found'
      readonly findings: NonEmpty<Finding & Marks>
      readonly because?: Because
    }
