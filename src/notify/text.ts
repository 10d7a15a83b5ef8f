/** A notification as the lines of a chat message. Pure. */
import type { Locale } from '../core/text.ts'
import { type FindingData, value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { wordsFor } from '../words/index.ts'
import { type Notification, type Place, type Transition, transitionKinds } from './notification.ts'

type Chat = {
  /** Makes a line harmless. */
  readonly harmless: (line: string) => string
  /** Characters that a message may have. */
  readonly longest: number
}

/** Whoever is told more than this at once looks into the report. */
const mostLines = 20

/** One line for the whole, then one for each transition, as many as fit; the last says how many did not. */
export function chatText({ summary, transitions, locale }: Notification, { harmless, longest }: Chat): string {
  const words = wordsFor(locale).notify
  const say = (message: string, data: FindingData) => harmless(formatMessage(message, data, locale))
  const counts = transitionKinds
    .filter((kind) => summary[kind] > 0)
    .map((kind) => formatMessage(words.counts[kind], { count: value.count(summary[kind]) }, locale))
  const all = transitionKinds.reduce((sum, kind) => sum + summary[kind], 0)
  const more = (count: number) => say(words.more, { count: value.count(count) })
  let text = say(words.head, { counts: value.text(new Intl.ListFormat(locale).format(counts)) })
  const room = longest - more(all).length - 1
  let told = 0
  for (const transition of transitions.slice(0, mostLines)) {
    const line = harmless(lineOf(transition, locale))
    if (text.length + 1 + line.length > room) break
    text += `\n${line}`
    told++
  }
  return told === all ? text : `${text}\n${more(all - told)}`
}

function lineOf(transition: Transition, locale: Locale): string {
  const words = wordsFor(locale)
  const say = (message: string, data: FindingData) => formatMessage(message, data, locale)
  const place = value.text(placeText(transition.target, locale))
  if ('finding' in transition) {
    const { change, finding } = transition
    const { severity, title, message } = finding
    return say(words.notify[change], {
      severity: value.text(words.severities[severity]),
      place,
      title: value.text(title),
      message: value.text(message),
    })
  }
  const { change, checks } = transition
  return say(words.notify[change], {
    place,
    count: value.count(checks.length),
    checks: value.text(new Intl.ListFormat(locale).format(checks)),
  })
}

function placeText({ account, label, chain }: Place, locale: Locale): string {
  const words = wordsFor(locale).notify
  const data = {
    account: value.text(account),
    label: value.text(label ?? ''),
    chain: value.text(chain?.name ?? ''),
    hasLabel: value.keyword(label === null ? 'no' : 'yes'),
    hasChain: value.keyword(chain === null ? 'no' : 'yes'),
  }
  return formatMessage(words.place, data, locale)
}
