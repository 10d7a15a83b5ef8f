/** Fills ICU messages. Compiled ones are kept: a report repeats the same few. */
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../core/text.ts'
import type { FindingData } from '../core/value.ts'
import { tidyChainName } from './chain-label.ts'
import { formatValue } from './format-value.ts'

const compiled = new Map<string, IntlMessageFormat>()

/**
 * One sentence in one language. Values from a chain come out harmless to look at (see `visibleText`), and never as syntax.
 * @throws when the message names a value that `data` does not have: a test renders every message of every rule
 */
export function formatMessage(message: string, data: FindingData, locale: Locale): string {
  const key = `${locale}\n${message}`
  const format = compiled.get(key) ?? new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
  compiled.set(key, format)
  const values = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, formatValue(value, locale)]))
  const names = Object.values(data).flatMap((value) => (value.type === 'text' ? [value.value] : []))
  return names.reduce((sentence, name) => tidyChainName(sentence, name, locale), String(format.format(values)))
}
