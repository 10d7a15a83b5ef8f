/** What SARIF says of the run itself: checks that could not be made, and what the user should know of the settings. */
import type { Report, ReportTarget } from '../core/report.ts'
import type { Locale } from '../core/text.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { becauseSentence, errorSentence, wordsFor } from '../words/index.ts'
import { plainText, sarifText } from './escape.ts'
import { notAskedSentence, placeOf, type Unchecked, type UnknownRow, uncheckedOf, unknownRows } from './report-rows.ts'
import { logicalAt, physicalAt } from './sarif-results.ts'

export const notificationKinds = [
  'inconclusive',
  'unchecked',
  'interrupted',
  'left-out',
  'setting',
  'not-asked',
] as const
type Kind = (typeof notificationKinds)[number]

type Setting = {
  /** Results that the file has no room for. */
  readonly leftOut: number
  readonly indexOf: ReadonlyMap<string, number>
}

export function executionNotifications(report: Report, { leftOut, indexOf }: Setting, locale: Locale) {
  const { formats } = wordsFor(locale)
  return [
    ...(report.run.interrupted ? [notification('interrupted', formats.interrupted)] : []),
    ...(leftOut === 0 ? [] : [notification('left-out', leftOutSentence(leftOut, locale))]),
    ...uncheckedOf(report).map((unchecked) => uncheckedNotification(unchecked, locale)),
    ...unknownRows(report).map((row) => unknownNotification(row, { indexOf, locale })),
  ]
}

/** How many results GitHub would not take. */
export function leftOutSentence(count: number, locale: Locale): string {
  return formatMessage(wordsFor(locale).formats.sarif.leftOut, { count: value.count(count) }, locale)
}

export function configurationNotifications({ result }: Report, locale: Locale) {
  const notSelected = notAskedSentence('notSelected', result.notSelected, locale)
  return [
    ...(result.notices ?? []).map(({ message, declaredAt }) => ({
      ...notification('setting', message, 'warning'),
      ...(declaredAt !== undefined && { locations: [physicalAt(declaredAt)] }),
    })),
    ...(notSelected === null ? [] : [notification('not-asked', notSelected, 'note')]),
    ...result.targets.flatMap((target) => switchedOffNotifications(target, locale)),
  ]
}

function switchedOffNotifications(target: ReportTarget, locale: Locale) {
  const sentence = notAskedSentence('switchedOff', target.switchedOff, locale)
  if (sentence === null) return []
  const { declaredAt } = target
  const place = { ...(declaredAt !== undefined && physicalAt(declaredAt)), logicalLocations: [logicalAt(target)] }
  return [{ ...notification('not-asked', sentence, 'note'), locations: [place] }]
}

type Words = { readonly indexOf: ReadonlyMap<string, number>; readonly locale: Locale }

function unknownNotification({ target, ruleId, because }: UnknownRow, { indexOf, locale }: Words) {
  const { formats } = wordsFor(locale)
  const id = plainText(ruleId)
  const rules = value.text(`${id} (${placeOf(target, locale)})`)
  const data = { rules, reason: value.text(becauseSentence(because, locale)) }
  return {
    ...notification('inconclusive', formatMessage(formats.unknownRules, data, locale)),
    associatedRule: { id, index: indexOf.get(id) },
    locations: [
      {
        ...(target.declaredAt !== undefined && physicalAt(target.declaredAt)),
        logicalLocations: [logicalAt(target)],
      },
    ],
  }
}

function uncheckedNotification({ input, label, error, declaredAt }: Unchecked, locale: Locale) {
  const { formats } = wordsFor(locale)
  const data = { input: value.untrustedText(label ?? input), reason: value.text(errorSentence(error, locale)) }
  return {
    ...notification('unchecked', formatMessage(formats.unchecked, data, locale)),
    ...(declaredAt !== undefined && { locations: [physicalAt(declaredAt)] }),
  }
}

function notification(kind: Kind, text: string, level: 'error' | 'warning' | 'note' = 'error') {
  return { descriptor: { id: kind, index: notificationKinds.indexOf(kind) }, level, message: { text: sarifText(text) } }
}
