import type { Locale } from '../../core/text.ts'
import en from './en.ts'
import ja from './ja.ts'

export type CliWords = typeof en

const words: Readonly<Record<Locale, CliWords>> = { en, ja }

export function cliWords(locale: Locale): CliWords {
  return words[locale]
}
