/** A thousand accounts in one scan cost hardly more than one. */
import { isComplete } from '../judge.ts'
import { measureScan } from '../measure-scan.ts'
import { rangeLimited } from '../profiles.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

const profile = { ...rangeLimited['50k blocks, 40/s'], accounts: isQuick ? 200 : 1000, logsPerAccount: 300 }

export default async function accounts(): Promise<readonly Row[]> {
  const one = await measureScan(profile, { accounts: 1 })
  const many = await measureScan(profile)
  const { verdict } = many
  return [
    atMost(`${profile.accounts} accounts ÷ one: requests`, many.books.requests / one.books.requests, 1.05),
    atMost(`${profile.accounts} accounts ÷ one: wall`, many.wallSeconds / one.wallSeconds, 1.4),
    holds('every log once', {
      figure: `${verdict.expected - verdict.missing - verdict.inGaps}/${verdict.expected}`,
      bar: 'all',
      passed: isComplete(verdict) && verdict.inGaps === 0 && isComplete(one.verdict),
    }),
  ]
}
