/** The language is needed before the arguments are parsed: what goes wrong until then is said in it too. */
import { type Locale, locales } from '../core/text.ts'

/** What `--locale` says, when it is a language we have; null otherwise. */
export function wantedLocale(args: readonly string[]): Locale | null {
  return locales.find((locale) => locale === given(args)) ?? null
}

/** False for a language that we do not have. */
export function isKnownLocale(args: readonly string[]): boolean {
  return given(args) === null || wantedLocale(args) !== null
}

/** The last one wins, as with any option. */
function given(args: readonly string[]): string | null {
  const index = args.findLastIndex((item) => item === '--locale' || item.startsWith('--locale='))
  const item = args[index]
  if (item === undefined) return null
  return item === '--locale' ? (args[index + 1] ?? null) : item.slice('--locale='.length)
}
