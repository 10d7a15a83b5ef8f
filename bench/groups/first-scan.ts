/** The first scan of one account on an endpoint that is not known: how near it comes to the least time possible. */
import { isComplete } from '../judge.ts'
import { type Measured, measureScan } from '../measure-scan.ts'
import { boundSeconds, flaky, type Profile, rangeLimited } from '../profiles.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

export default async function firstScan(): Promise<readonly Row[]> {
  const all = Object.entries(rangeLimited)
  const rows: Row[] = []
  for (const [name, profile] of isQuick ? all.slice(0, 2) : all) {
    rows.push(...rowsOf(name, { profile, measured: await measureScan(profile), bar: 1.1 }))
  }
  const name = '10k blocks, 50/s, flaky'
  rows.push(...rowsOf(name, { profile: flaky, measured: await measureScan(flaky), bar: 1.25 }))
  return rows
}

type Weighed = { readonly profile: Profile; readonly measured: Measured; readonly bar: number }

function rowsOf(name: string, { profile, measured, bar }: Weighed): readonly Row[] {
  const { wallSeconds, books, fewest, verdict } = measured
  const getLogs = books.scans + books.checks
  return [
    atMost(`${name}: wall ÷ bound`, wallSeconds / boundSeconds(profile, fewest), bar),
    // What a fault swallowed must be asked again, so it counts for neither side.
    atMost(`${name}: getLogs ÷ fewest (${fewest})`, getLogs / fewest, 1.02),
    atMost(`${name}: 429s ÷ requests`, books.limited / books.requests, 0.12),
    holds(`${name}: every log once`, {
      figure: `${verdict.expected - verdict.missing - verdict.inGaps}/${verdict.expected}`,
      bar: 'all',
      passed: isComplete(verdict) && verdict.inGaps === 0,
    }),
  ]
}
