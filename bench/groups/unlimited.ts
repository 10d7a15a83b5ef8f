/** An endpoint without limits is asked once per filter. */
import { logFilters } from '../../src/domain/log-filters.ts'
import { isComplete } from '../judge.ts'
import { measureScan } from '../measure-scan.ts'
import { unlimited } from '../profiles.ts'
import { atMost, holds, type Row } from '../row.ts'

export default async function unlimitedEndpoint(): Promise<readonly Row[]> {
  const { books, verdict } = await measureScan(unlimited)
  return [
    atMost(`requests per filter, beside ${books.checks} checks of single blocks`, books.scans / logFilters.length, 1),
    holds('every log once', {
      figure: `${verdict.expected - verdict.missing - verdict.inGaps}/${verdict.expected}`,
      bar: 'all',
      passed: isComplete(verdict) && verdict.inGaps === 0,
    }),
  ]
}
