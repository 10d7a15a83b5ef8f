/** Each proof of a finding as a sentence. */
import type { Address } from 'viem'
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
    case 'spender':
      return spenderSentence(evidence, page)
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

function spenderSentence(evidence: Extract<Evidence, { kind: 'spender' }>, page: Page): string {
  const { words, say, locale } = page
  const { createdBlock, createdAt, createdError, lists, name } = evidence
  return say(words.evidence.spender, {
    address: value.address(evidence.address),
    block: value.text(evidence.block),
    // A hyphen cannot stand in the name of a message's branch.
    code: value.keyword(evidence.code.replace('-', '')),
    delegate: evidence.delegate === undefined ? value.text('') : value.address(evidence.delegate),
    who: value.keyword(name === undefined ? 'unnamed' : 'named'),
    name: listName(name ?? ''),
    ...proxyData(evidence, page),
    since: value.keyword(createdBlock !== undefined ? 'known' : createdError === undefined ? 'unknown' : 'unread'),
    created: value.text(createdBlock ?? ''),
    at: value.keyword(createdAt === undefined ? 'unknown' : 'known'),
    time: value.time(createdAt ?? 0),
    sinceReason: value.text(createdError === undefined ? '' : errorSentence(createdError, locale)),
    listed: value.keyword(lists === undefined ? 'unknown' : lists.length === 0 ? 'no' : 'yes'),
    lists: listName((lists ?? []).map((list) => `${list.name} (${list.date})`).join(words.separator)),
  })
}

function proxyData({ proxy, proxyError }: Extract<Evidence, { kind: 'spender' }>, { locale }: Page): FindingData {
  const { implementation, beacon, admin } = proxy ?? {}
  const addressOr = (address: Address | undefined) => (address === undefined ? value.text('') : value.address(address))
  const kindOf = () => {
    if (proxyError !== undefined) return 'unread'
    if (proxy === undefined) return 'unknown'
    if (proxy === null) return 'none'
    if (beacon === undefined) return 'direct'
    return implementation === undefined ? 'silentbeacon' : 'beacon'
  }
  return {
    proxy: value.keyword(kindOf()),
    implementation: addressOr(implementation),
    beacon: addressOr(beacon),
    keeper: value.keyword(admin === undefined ? 'unknown' : 'admin'),
    admin: addressOr(admin),
    proxyReason: value.text(proxyError === undefined ? '' : errorSentence(proxyError, locale)),
  }
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
