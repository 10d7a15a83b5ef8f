/** What the account paid for its own transactions, and where it went. */
import type { ReportTarget } from '../core/report.ts'
import type { Spending } from '../core/spending.ts'
import { type FindingData, value } from '../core/value.ts'
import { isShownAlike } from '../domain/format-value.ts'
import { heading, type Page } from './page.ts'
import { coinOf } from './table-seen.ts'

/** The JSON report has them all. */
const shownGroups = 3

export function spendingLines({ spending, seen, chain }: ReportTarget, page: Page): readonly string[] {
  if (spending === undefined || seen === undefined) return []
  const { words, lines } = page
  const amount = (wei: string) => value.native(BigInt(wei), coinOf(seen, chain?.id ?? null))
  const item = (message: string, data: FindingData) => lines(page.say(message, data), { marker: '- ' })
  const { all, gas, failed, market, days, since, isComplete } = spending
  const [costliest] = days.toSorted((one, other) => Number(BigInt(other.fees) - BigInt(one.fees)))
  const isOlder = since !== null && since > 0
  return [
    ...heading(words.spending.title, page),
    ...item(words.spending.all, {
      count: value.count(all.transactions),
      fees: amount(all.fees),
      extent: value.keyword(!isComplete ? 'least' : since === null ? 'newest' : isOlder ? 'since' : 'all'),
      ...(isOlder && { since: value.time(since) }),
    }),
    ...item(words.spending.gas, { used: shareOf(gas), allowed: value.text(gas.allowed) }),
    ...(failed.transactions === 0
      ? []
      : item(words.spending.failed, { count: value.count(failed.transactions), fees: amount(failed.fees) })),
    ...partLines(spending, { amount, item, page }),
    ...(market.transactions === 0 || isShownAlike(amount(market.fees), amount(market.atMarket))
      ? []
      : item(words.spending.market, {
          count: value.count(market.transactions),
          fees: amount(market.fees),
          atMarket: amount(market.atMarket),
        })),
    ...priceLines(spending, { amount, item, page }),
    ...(costliest !== undefined && days.length > 1
      ? item(words.spending.day, {
          day: value.text(costliest.day),
          count: value.count(costliest.transactions),
          fees: amount(costliest.fees),
        })
      : []),
    ...groupLines(spending, { amount, item, page }),
  ]
}

/** In whole percents; of nothing allowed, nothing was used. */
function shareOf({ used, allowed }: Spending['gas']) {
  return value.count(allowed === '0' ? 0 : Number((BigInt(used) * 100n) / BigInt(allowed)))
}

type Tools = {
  readonly amount: (wei: string) => FindingData[string]
  readonly item: (message: string, data: FindingData) => readonly string[]
  readonly page: Page
}

/** Prices and tips beside those of the same blocks; nothing of reports that do not have it. */
function priceLines({ market }: Spending, { item, page }: Tools): readonly string[] {
  const { transactions, aboveP90, aboveMedianTip } = market
  if (transactions === 0 || aboveP90 === undefined || aboveMedianTip === undefined) return []
  return item(page.words.spending.prices, {
    count: value.count(transactions),
    above: value.count(aboveP90),
    tips: value.count(aboveMedianTip),
  })
}

/** What is not the price of gas. */
function partLines({ parts }: Spending, { amount, item, page }: Tools): readonly string[] {
  const { words } = page
  return (['data', 'operator', 'blobs'] as const).flatMap((part) =>
    parts[part] === '0' ? [] : item(words.spending[part], { fees: amount(parts[part]) }),
  )
}

function groupLines({ contracts, methods }: Spending, { amount, item, page }: Tools): readonly string[] {
  const { words } = page
  const shown = contracts.slice(0, shownGroups)
  return [
    ...shown.flatMap(({ to, transactions, fees }) => {
      const own = methods.filter((method) => method.to === to)
      const [costliest] = own
      const kind = to === null ? 'creation' : costliest?.selector === '0x' ? 'transfer' : 'method'
      return item(words.spending.group, {
        kind: value.keyword(kind),
        ...(to !== null && { to: value.address(to) }),
        method: value.text(costliest?.selector ?? '0x'),
        others: value.count(Math.max(own.length - 1, 0)),
        count: value.count(transactions),
        fees: amount(fees),
      })
    }),
    ...(contracts.length > shown.length
      ? item(words.spending.more, { count: value.count(contracts.length - shown.length) })
      : []),
  ]
}
