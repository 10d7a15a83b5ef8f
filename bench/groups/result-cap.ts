/** A heavy account on an endpoint that refuses large answers: how many requests it takes. */
import { isComplete } from '../judge.ts'
import { measureScan } from '../measure-scan.ts'
import { heavy, type Profile } from '../profiles.ts'
import { atMost, holds, type Row } from '../row.ts'

const profiles: Readonly<Record<string, Profile>> = {
  'cap in words': heavy,
  'cap with a range to try': {
    ...heavy,
    refusals: {
      results: 'query returned more than {limit} results. Try with this block range [{from}, {to}].',
      resultsCode: -32602,
    },
  },
  'cap without a number': { ...heavy, refusals: { results: 'query exceeds max results', resultsCode: -32005 } },
}

export default async function resultCap(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, profile] of Object.entries(profiles)) {
    const { books, fewest, verdict } = await measureScan(profile)
    rows.push(
      atMost(`${name}: requests ÷ fewest (${fewest})`, (books.scans + books.checks) / fewest, 2),
      holds(`${name}: every log once`, {
        figure: `${verdict.expected - verdict.missing - verdict.inGaps}/${verdict.expected}`,
        bar: 'all',
        passed: isComplete(verdict) && verdict.inGaps === 0,
      }),
    )
  }
  return rows
}
