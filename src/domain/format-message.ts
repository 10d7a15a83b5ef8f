/** Fills ICU messages. Compiled ones are kept: a report repeats the same few. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../core/text.ts'
import type { FindingData } from '../core/value.ts'
import { tidyChainName } from './chain-label.ts'
import { formatValue } from './format-value.ts'

/** By language, so that a long message is not joined with its name and hashed anew for every finding. */
const compiled: Readonly<Record<Locale, Map<string, IntlMessageFormat>>> = { en: new Map(), ja: new Map() }

/**
 * One sentence in one language. Values from a chain come out harmless to look at (see `visibleText`), and never as syntax.
 * @throws when the message names a value that `data` does not have: a test renders every message of every rule
 */
export function formatMessage(message: string, data: FindingData, locale: Locale): string {
  const format = compile(message, locale)
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(data)) values[name] = formatValue(value, locale)
  const names = Object.values(data).flatMap((value) => (value.type === 'text' ? [value.value] : []))
  return names.reduce((sentence, name) => tidyChainName(sentence, name, locale), String(format.format(values)))
}

function compile(message: string, locale: Locale): IntlMessageFormat {
  const known = compiled[locale].get(message)
  if (known !== undefined) return known
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
  compiled[locale].set(message, format)
  return format
}
