/** Words for what belongs to no rule: verdicts, sections, reasons, errors. */
import type { FactError } from '../core/errors.ts'
import type { Because, ReportMissing } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import { type FindingData, value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { visibleText } from '../domain/visible-text.ts'
import en from './en.ts'
import ja from './ja.ts'
import type { Translated } from './translated.ts'

export type Words = Translated<typeof en>
type ErrorWords = { readonly message: string; readonly hints: readonly string[] }

const wordsByLocale: Readonly<Record<Locale, Words>> = { en, ja }

export function wordsFor(locale: Locale): Words {
  return wordsByLocale[locale]
}

/** What went wrong, in one language, on one line. An error whose code has no words here speaks English. */
export function errorSentence(error: FactError, locale: Locale): string {
  const known = knownError(error.code, locale)
  const data = dataInWords(error, locale)
  return known !== null && hasAll(known.message, data)
    ? formatMessage(known.message, data, locale)
    : visibleText(error.message, longestForeignSentence)
}

/** What the reader can do about it, in one language; may be empty. */
export function errorHints(error: FactError, locale: Locale): readonly string[] {
  // What would help the endpoint does not help a source.
  const own = error.code === 'log-source-failed' ? ownHints(error, locale) : []
  if (own.length > 0) return own
  const cause = causeOf(error)
  const causeHints = cause === null ? [] : errorHints(cause, locale)
  return causeHints.length > 0 ? causeHints : ownHints(error, locale)
}

function ownHints(error: FactError, locale: Locale): readonly string[] {
  const known = knownError(error.code, locale)
  if (known === null || !known.hints.every((hint) => hasAll(hint, error.data))) {
    return error.hints.map((hint) => visibleText(hint, longestForeignSentence))
  }
  return known.hints.map((hint) => formatMessage(hint, error.data, locale)).filter((hint) => hint !== '')
}

/** As `errorSentence`; of a source, only what happened there. For who has named it already. */
export function sourceSentence(error: FactError, locale: Locale): string {
  return errorSentence((error.code === 'log-source-failed' ? causeOf(error) : null) ?? error, locale)
}

/** Why a rule could not be evaluated, or not completely. */
export function becauseSentence(because: Because, locale: Locale): string {
  const words = wordsFor(locale).because
  const say = (message: string, data: FindingData) => formatMessage(message, data, locale)
  switch (because.kind) {
    case 'fact-failed':
      return say(words.factFailed, {
        fact: value.text(factName(because.fact, locale)),
        reason: value.text(errorSentence(because.error, locale)),
      })
    case 'fact-incomplete': {
      const reasons = missingSentences(because.missing, locale).join(' ')
      // Everything was read: a list that the user gave was not used.
      if (because.missing.every(({ about }) => about === 'sanctions-list')) return reasons
      return say(words.factIncomplete, {
        fact: value.text(factNames([...new Set(because.missing.map(({ fact = because.fact }) => fact))], locale)),
        reasons: value.text(reasons),
      })
    }
    case 'wrong-chain':
      return say(words.wrongChain, { expected: value.nonce(because.expected), actual: value.nonce(because.actual) })
    case 'rule-crashed':
      return say(words.ruleCrashed, { reason: value.text(errorSentence(because.error, locale)) })
    default:
      return because satisfies never
  }
}

/** Reasons with the same key have the same root, and are told by one `commonSentence`. */
export function reasonKey(because: Because, locale: Locale): string {
  const root = rootOf(because)
  return root.kind === 'fact-failed' ? `failed: ${errorSentence(root.error, locale)}` : becauseSentence(root, locale)
}

/** One sentence for reasons of one key: an endpoint that does not answer fails many facts, each in its own words. */
export function commonSentence(reasons: readonly [Because, ...Because[]], locale: Locale): string {
  const [first, ...rest] = [rootOf(reasons[0]), ...reasons.slice(1).map(rootOf)]
  if (first.kind !== 'fact-failed') return becauseSentence(first, locale)
  const facts = new Set([first, ...rest].flatMap((root) => (root.kind === 'fact-failed' ? [root.fact] : [])))
  return formatMessage(
    wordsFor(locale).because.factFailed,
    {
      fact: value.text(factNames([...facts], locale)),
      reason: value.text(errorSentence(first.error, locale)),
    },
    locale,
  )
}

/** The fact that failed by itself, instead of one that needed it. */
function rootOf(because: Because): Because {
  if (because.kind !== 'fact-failed') return because
  const { fact } = because.error.data
  const cause = causeOf(because.error)
  return cause === null || fact?.type !== 'text' ? because : { kind: 'fact-failed', fact: fact.value, error: cause }
}

/** Everything that may help against a reason, each thing once. */
export function becauseHints(because: Because, locale: Locale): readonly string[] {
  if (because.kind === 'wrong-chain') return wordsFor(locale).errors['wrong-chain'].hints
  const errors = because.kind === 'fact-incomplete' ? because.missing.map(({ error }) => error) : [because.error]
  return [...new Set(errors.flatMap((error) => errorHints(error, locale)))]
}

/** A fact in words; a fact of another version keeps its key. */
export function factName(fact: string, locale: Locale): string {
  const names: Readonly<Record<string, string>> = wordsFor(locale).facts
  return Object.hasOwn(names, fact) ? (names[fact] ?? fact) : visibleText(fact)
}

/** Several facts as a list in a sentence. */
export function factNames(facts: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale).format(facts.map((fact) => factName(fact, locale)))
}

/** Our own sentences are shorter; anything longer is not one of them. */
const longestForeignSentence = 300
const shownReasons = 8

type ReasonGroup = { readonly about: ReportMissing['about']; readonly reason: string; readonly contracts: Set<string> }

/** One sentence per kind of thing and reason, with how many contracts it concerns. */
function missingSentences(missing: readonly ReportMissing[], locale: Locale): readonly string[] {
  const { because, missing: names } = wordsFor(locale)
  const sentences = groupReasons(missing, locale).map(({ about, reason, contracts }) =>
    formatMessage(
      contracts.size === 0 ? because.about : because.aboutContracts,
      { about: value.text(names[about]), reason: value.text(reason), count: value.count(contracts.size) },
      locale,
    ),
  )
  const hidden = sentences.length - shownReasons
  if (hidden <= 0) return sentences
  return [
    ...sentences.slice(0, shownReasons),
    formatMessage(because.moreReasons, { count: value.count(hidden) }, locale),
  ]
}

function groupReasons(missing: readonly ReportMissing[], locale: Locale): readonly ReasonGroup[] {
  const groups = new Map<string, ReasonGroup>()
  for (const { about, error, contract } of missing) {
    const reason = errorSentence(error, locale)
    const key = `${about} ${reason}`
    const group = groups.get(key) ?? { about, reason, contracts: new Set() }
    if (contract !== undefined) group.contracts.add(contract)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function knownError(code: string, locale: Locale): ErrorWords | null {
  const errors: Readonly<Record<string, ErrorWords>> = wordsFor(locale).errors
  return Object.hasOwn(errors, code) ? (errors[code] ?? null) : null
}

/** The failure behind this one, when there is one: `cause` is its code, and its data was kept. */
function causeOf({ code, message, data, hints }: FactError): FactError | null {
  const { cause, rootCause, ...rest } = data
  if (cause?.type !== 'keyword' || cause.value === code) return null
  return {
    code: code === 'log-source-failed' ? codeAtSource(cause.value) : cause.value,
    message,
    data: rootCause === undefined ? data : { ...rest, cause: rootCause },
    hints,
  }
}

/** Where the sentence of a failure speaks of the node, a source has one of its own. */
function codeAtSource(code: string): string {
  const own = `source-${code}`
  return Object.hasOwn(en.errors, own) ? own : code
}

function dataInWords(error: FactError, locale: Locale): FindingData {
  const { fact, what } = error.data
  const cause = causeOf(error)
  return {
    ...error.data,
    ...(what?.type === 'text' && locale !== 'en' && { what: value.text(methodIn(what.value)) }),
    ...(fact?.type === 'text' && { fact: value.text(factName(fact.value, locale)) }),
    ...(cause !== null && { reason: value.text(errorSentence(cause, locale)) }),
  }
}

/** What an answer was for is told in English; a method has the same name in every language. */
function methodIn(what: string): string {
  return /\b[a-z\d]+_[A-Za-z\d]+\b/.exec(what)?.[0] ?? 'unnamed'
}

/** A report of another version may carry other data: a sentence with a hole in it is not written. */
function hasAll(message: string, data: FindingData): boolean {
  return [...message.matchAll(/\{(\w+)\s*[,}]/g)].every(([, name = '']) => Object.hasOwn(data, name))
}
