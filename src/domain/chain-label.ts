/** Names that this program gives to chains, in the language of a report. All others are names of their own. */
import type { Locale } from '../core/text.ts'

const development = { en: 'development chain', ja: '開発用チェーン' }
const numbered = /^chain (\d{1,16})$/

/** A name that this program made up, in words; any other as it is. */
export function chainLabel(name: string, locale: Locale): string {
  if (name === development.en) return development[locale]
  return locale === 'ja' ? name.replace(numbered, 'チェーン $1') : name
}

/**
 * A sentence that names a chain, once it is filled: `chain 5 (chain ID 5)` says it once. Around Latin names Japanese
 * sentences have spaces, which a Japanese name does not need.
 */
export function tidyChainName(sentence: string, name: string, locale: Locale): string {
  const label = chainLabel(name, locale)
  const [, id] = numbered.exec(name) ?? []
  if (id === undefined && label === name) return sentence
  const once = id === undefined ? sentence : sayOnce(sentence, label, id)
  if (locale !== 'ja') return once
  const closeBefore = once.replaceAll(` ${label}`, label)
  return id === undefined ? closeBefore.replaceAll(`${label} `, label) : closeBefore
}

function sayOnce(sentence: string, label: string, id: string): string {
  return sentence
    .replaceAll(`${label} (chain ID ${id})`, label)
    .replaceAll(`${label}(チェーンID ${id})`, label)
    .replaceAll(`chain ID ${id} (${label})`, `chain ID ${id}`)
    .replaceAll(`チェーンID ${id}(${label})`, `チェーンID ${id}`)
}
