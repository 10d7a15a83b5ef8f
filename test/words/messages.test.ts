import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { type Locale, locales } from '../../src/core/text.ts'
import { wordsFor } from '../../src/words/index.ts'

type Sentence = readonly [place: string, sentence: string]

function sentencesOf(words: unknown, place: string): readonly Sentence[] {
  if (typeof words === 'string') return [[place, words]]
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([key, inner]) => sentencesOf(inner, place === '' ? key : `${place}.${key}`))
}

const compile = (sentence: string, locale: Locale) =>
  new IntlMessageFormat(sentence, locale, undefined, { ignoreTag: true }).getAst()

describe.each(locales)('%s', (locale) => {
  const sentences = sentencesOf(wordsFor(locale), '')

  test('there are sentences to look at', () => {
    expect(sentences.length).toBeGreaterThan(200)
  })

  test('every sentence is a message that can be filled', () => {
    const broken = sentences.filter(([, sentence]) => {
      try {
        compile(sentence, locale)
        return false
      } catch {
        return true
      }
    })
    expect(broken.map(([place]) => place)).toEqual([])
  })
})
