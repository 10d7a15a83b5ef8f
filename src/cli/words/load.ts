/** One language alone: reading the source of both takes longer than `--version`. */
import type { Locale } from '../../core/text.ts'
import en from './en.ts'
import type { CliWords } from './index.ts'

const loaders: Readonly<Record<Locale, () => Promise<CliWords>>> = {
  en: async () => en,
  ja: async () => (await import('./ja.ts')).default,
}

export function loadCliWords(locale: Locale): Promise<CliWords> {
  return loaders[locale]()
}
