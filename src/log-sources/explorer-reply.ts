/** Reads the answers of Etherscan's API, and of Blockscout's, which copies it. Pure. */
import { HttpStatusError, InvalidReplyError } from '../rpc/errors.ts'
import type { HttpReply } from '../rpc/transport.ts'
import { SourceRefusedError } from './errors.ts'
import { BusyError } from './requests.ts'
import { isRow, type Row } from './rows.ts'

/** Whose answer it is, and how to repeat its words. */
export type Speaker = { readonly host: string; readonly method: string; readonly quote: (text: string) => string }

/** `too-much`: the source says itself that it lists fewer blocks at once. */
export type Rows =
  | { readonly status: 'rows'; readonly rows: readonly Row[] }
  | { readonly status: 'too-much'; readonly words: string }

/**
 * A list of logs. "No records found" is an answer; that there were too many requests is not one.
 * Throws `BusyError`, `SourceRefusedError`, `HttpStatusError`, `InvalidReplyError`.
 */
export function readRows(reply: HttpReply, speaker: Speaker): Rows {
  const answer = parseObject(reply, speaker)
  const { status, message, result } = answer
  if (String(status) === '1' && Array.isArray(result)) {
    if (!result.every(isRow)) throw new InvalidReplyError(speaker, 'log')
    return { status: 'rows', rows: result }
  }
  const isEmptyList = result === null || (Array.isArray(result) && result.length === 0)
  if (isEmptyList && /\bno (?:records|logs|transactions)\b.*\bfound\b/i.test(textOf(message))) {
    return { status: 'rows', rows: [] }
  }
  const words = wordsOf(answer)
  if (/time ?-?out|smaller (?:result|range|block)|too many results|result window/i.test(words)) {
    return { status: 'too-much', words: speaker.quote(words) }
  }
  throw refusal({ words, status: reply.status }, speaker)
}

/** The hash of a block from Etherscan's JSON-RPC answer; null when the source does not have the block. Throws as `readRows`. */
export function readNodeBlock(reply: HttpReply, speaker: Speaker): string | null {
  const answer = parseObject(reply, speaker)
  const { result, error } = answer
  if (error === undefined && result === null) return null
  if (isRow(result) && typeof result.hash === 'string') return result.hash.toLowerCase()
  throw refusal({ words: wordsOf(answer), status: reply.status }, speaker)
}

/** The hash of a block from Blockscout's own list of blocks, where one that it has not read yet is not found. Throws as `readRows`. */
export function readListedBlock(reply: HttpReply, speaker: Speaker): string | null {
  const answer = parseObject(reply, speaker)
  const { hash, message } = answer
  if (reply.status === 200 && typeof hash === 'string') return hash.toLowerCase()
  if (reply.status === 404 && /not found/i.test(textOf(message))) return null
  throw refusal({ words: wordsOf(answer), status: reply.status }, speaker)
}

/** Whether Blockscout says that it has every block. Throws as `readRows`. */
export function readIsIndexed(reply: HttpReply, speaker: Speaker): boolean {
  const answer = parseObject(reply, speaker)
  const { finished_indexing_blocks: isIndexed } = answer
  const words = wordsOf(answer)
  if (reply.status !== 200 || (isIndexed === undefined && words !== ''))
    throw refusal({ words, status: reply.status }, speaker)
  return isIndexed === true
}

/** Somebody else than the API answers: who leads elsewhere, and who has nothing at that address. */
export function isElsewhere(status: number): boolean {
  return (status >= 300 && status < 400) || status === 404
}

/** A limit of a day does not pass while somebody waits. */
function refusal({ words, status }: { readonly words: string; readonly status: number }, speaker: Speaker): Error {
  if (isElsewhere(status)) return new HttpStatusError(speaker, status)
  const isRate = /rate limit|too many requests|max calls per/i.test(words)
  if (isRate && !/\bda(?:y|ily)\b/i.test(words)) return new BusyError()
  if (words !== '') return new SourceRefusedError(speaker.host, speaker.quote(words))
  return status === 200 ? new InvalidReplyError(speaker, 'undecodable') : new HttpStatusError(speaker, status)
}

function parseObject({ status, body }: HttpReply, speaker: Speaker): Row {
  try {
    const parsed: unknown = JSON.parse(body)
    if (isRow(parsed)) return parsed
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  // A page for people: what stands in front of the source said no.
  if (status !== 200) throw new HttpStatusError(speaker, status)
  throw new InvalidReplyError(speaker, 'object')
}

/** Both put their words into several places, and so does who stands in front of them. */
function wordsOf({ message, result, error }: Row): string {
  const ofError = isRow(error) ? error.message : error
  return [message, result, ofError]
    .map(textOf)
    .filter((text) => text !== '')
    .join(' ')
}

function textOf(text: unknown): string {
  return typeof text === 'string' ? text : ''
}
