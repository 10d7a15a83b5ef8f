/** Each proof of a finding as a sentence. */
import type { Evidence } from '../core/finding.ts'
import { type FindingData, value } from '../core/value.ts'
import { harmlessText, visibleText } from '../domain/visible-text.ts'
import { errorSentence } from '../words/index.ts'
import type { Page } from './page.ts'

/** A uint256 has 78 digits at most. */
export const longestEvidence = 80

export function evidenceSentence(evidence: Evidence, page: Page): string {
  const { words, say } = page
  const answer = (text: string) => value.text(visibleText(text, longestEvidence))
  switch (evidence.kind) {
    case 'call':
      return say(words.evidence.call, {
        function: value.text(evidence.function),
        to: value.address(evidence.to),
        block: value.text(evidence.block),
        value: answer(evidence.value),
      })
    case 'read': {
      const read = {
        method: value.text(evidence.slot === undefined ? evidence.method : `${evidence.method} ${evidence.slot}`),
        block: value.text(evidence.block),
        value: answer(evidence.value),
      }
      if (evidence.host !== undefined) return say(words.evidence.readAt, { ...read, host: value.text(evidence.host) })
      return evidence.address === undefined
        ? say(words.evidence.read, read)
        : say(words.evidence.readOf, { ...read, address: value.address(evidence.address) })
    }
    case 'log':
      return say(words.evidence.log, {
        index: value.nonce(evidence.index),
        transaction: value.hash(evidence.transaction),
        block: value.text(evidence.block),
        ...logSource(evidence),
      })
    case 'transaction':
      return evidence.block === null
        ? say(words.evidence.unmined, { hash: value.hash(evidence.hash) })
        : say(words.evidence.transaction, { hash: value.hash(evidence.hash), block: value.text(evidence.block) })
    case 'list':
      return say(words.evidence.list, { name: listName(evidence.name), date: listName(evidence.date) })
    case 'second-reading':
      return secondSentence(evidence, page)
    default:
      return evidence satisfies never
  }
}

function logSource({ sender, timestamp }: Extract<Evidence, { kind: 'log' }>): FindingData {
  return {
    ...(sender === undefined
      ? { by: value.keyword('unknown') }
      : { by: value.keyword('known'), sender: value.address(sender) }),
    ...(timestamp === undefined
      ? { at: value.keyword('unknown') }
      : { at: value.keyword('known'), time: value.time(timestamp) }),
  }
}

/** Names of lists are the program's or the user's own: file names keep their dots. */
export function listName(name: string) {
  return value.text(harmlessText(name, longestEvidence))
}

type SecondReading = Extract<Evidence, { kind: 'second-reading' }>

function secondSentence({ stack, host, compared, differing, unread, error }: SecondReading, page: Page): string {
  const { words, say, locale } = page
  const who = { stack: value.text(stack), host: value.text(harmlessText(host, longestEvidence)) }
  const counts = { count: value.count(compared), differing: value.count(differing), unread: value.count(unread) }
  const reason = value.text(error === undefined ? '' : errorSentence(error, locale))
  if (differing > 0) return say(words.evidence.differs, { ...who, ...counts })
  if (unread === 0) return say(words.evidence.agrees, { ...who, ...counts })
  return say(compared === 0 ? words.evidence.unread : words.evidence.agreesPartly, { ...who, ...counts, reason })
}
