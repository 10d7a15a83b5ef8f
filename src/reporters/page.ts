/** What every part of the table report needs: words, width and colours. */
import type { ReporterOptions } from '../core/reporter.ts'
import type { Locale } from '../core/text.ts'
import type { FindingData } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { type LineOptions, lines, type Paint, paintFor } from './text-layout.ts'

export type Page = {
  readonly locale: Locale
  readonly words: Words
  readonly paint: Paint
  readonly width: number
  readonly showsSuppressed: boolean
  /** One of our sentences with its values. */
  readonly say: (message: string, data: FindingData) => string
  /** One paragraph, wrapped to the page. */
  readonly lines: (text: string, options?: Omit<LineOptions, 'paint' | 'width'>) => readonly string[]
}

/** Longer lines than this are hard to read, shorter ones hold no address. */
const narrowest = 50
const widest = 110

export function pageFor({ locale, useColor, width: columns, showsSuppressed = false }: ReporterOptions): Page {
  const paint = paintFor(useColor)
  const width = Math.min(Math.max(columns, narrowest), widest)
  return {
    locale,
    words: wordsFor(locale),
    paint,
    width,
    showsSuppressed,
    say: (message, data) => formatMessage(message, data, locale),
    lines: (text, options = {}) => lines(text, { ...options, paint, width }),
  }
}

/** A heading with a rule of its own length's page under it. */
export function heading(text: string, page: Page): readonly string[] {
  return ['', ...page.lines(text, { tone: 'bold' }), page.paint('-'.repeat(page.width), 'dim')]
}
