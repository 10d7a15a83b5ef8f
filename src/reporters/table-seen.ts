/** What the account looked like: enough to see that the right one was read. */
import type { Report, ReportTarget, Seen } from '../core/report.ts'
import { value } from '../core/value.ts'
import { chainName } from '../domain/chains.ts'
import { errorHints, errorSentence, sourceSentence } from '../words/index.ts'
import type { Page } from './page.ts'

/** What it holds and has sent, on one line; null when nothing of it was read. */
export function seenSummary(
  seen: Seen | undefined,
  chainId: number | null,
  { words: { seen: words }, say }: Page,
): string | null {
  if (seen === undefined) return null
  const { balance, tokensHeld, transactionsSent, kind } = seen
  if (balance === null && tokensHeld === null && transactionsSent === null) return null
  const count = (message: string, number: number) => say(message, { count: value.count(number) })
  const parts = {
    balance: balance === null ? value.text(words.balanceUnread) : value.native(BigInt(balance), coinOf(seen, chainId)),
    tokens: value.text(tokensHeld === null ? words.tokensUnread : count(words.tokens, tokensHeld)),
    sent: value.text(transactionsSent === null ? words.sentUnread : count(words.sent, transactionsSent)),
  }
  return say(kind === 'contract' ? words.withoutSent : words.all, parts)
}

/** Where its transactions wait, each place apart; null when nobody looked. */
export function waitingSummary(seen: Seen | undefined, { words: { waiting: words }, say }: Page): string | null {
  if (seen?.waiting == null) return null
  const { isComplete, unplaced = 0, ...known } = seen.waiting
  const places = { ...known, unplaced }
  const parts = (['pending', 'queued', 'unplaced', 'invisible'] as const).flatMap((place) =>
    places[place] === 0 ? [] : [say(words[place], { count: value.count(places[place]) })],
  )
  const isAtEndpoint = places.pending + places.queued + unplaced > 0
  if (isComplete) return [...(isAtEndpoint ? [] : [words.none]), ...parts].join(words.separator)
  return [...(isAtEndpoint ? [] : [words.unseen]), ...parts, ...(isAtEndpoint ? [words.more] : [])].join(
    words.separator,
  )
}

/** The coin that the account's amounts are counted in. */
export function coinOf({ coin }: Seen, chainId: number | null) {
  const { coin: known } = chainName(chainId ?? 0)
  return { symbol: coin ?? known.symbol, decimals: known.decimals }
}

/** A sentence for accounts that are not a person's plain one. */
export function seenLines({ seen }: ReportTarget, { words, lines }: Page): readonly string[] {
  if (seen?.kind === 'contract') return lines(words.seen.contract, { tone: 'yellow' })
  return seen?.kind === 'delegated' ? lines(words.seen.delegated, { tone: 'yellow' }) : []
}

/** Endpoints that another one took the place of, and why. */
export function leftLines({ run: { endpoints } }: Report, { words, say, lines, locale }: Page): readonly string[] {
  return endpoints.flatMap(({ host, failure }) => {
    if (failure === undefined) return []
    const reason = value.text(errorSentence(failure, locale))
    return lines(say(words.seen.left, { host: value.text(host), reason }), { tone: 'yellow' })
  })
}

/** Who listed own transactions, and what the chain says of that list. */
export function listedLines({ listedHistory }: ReportTarget, { words, say, lines, locale }: Page): readonly string[] {
  if (listedHistory === undefined) return []
  const { host, rows, confirmed, error } = listedHistory
  if (error === null) {
    const data = { host: value.text(host), rows: value.count(rows), confirmed: value.count(confirmed) }
    return lines(say(words.seen.listed, data), confirmed < rows ? { tone: 'yellow' } : {})
  }
  const reason = value.text(sourceSentence(error, locale))
  const hints = errorHints(error, locale)
  return [
    ...lines(say(words.seen.nothingListed, { host: value.text(host), reason }), { tone: 'yellow' }),
    ...(hints.length === 0 ? [] : lines(words.unknown.hints, { indent: 3, tone: 'bold' })),
    ...hints.flatMap((hint) => lines(hint, { indent: 3, marker: '- ' })),
  ]
}
