/** Whether a log is one that the filter asked for, looked at as bytes: sets of strings take several times as long. */
import type { Address, Hex } from 'viem'
import type { BlockRange } from '../core/facts.ts'
import type { LogFilter } from '../core/log-scan.ts'
import { isShortTopic, shapeAt, topicsAt } from './log-rows.ts'
import { addressTopic } from './topics.ts'

/** What a reply must answer, in the words of eth_getLogs. */
export type AskedLogs = {
  readonly range: BlockRange
  readonly topics: TopicChoice
}

/** Any of these topics at each place; null is anything. */
type TopicChoice = readonly (readonly Hex[] | null)[]

/** The same for every log of a reply: comparing a number with a bigint costs more than reading a log's topics. */
export type AskedRows = {
  readonly fromBlock: number
  readonly toBlock: number
  readonly places: readonly (AskedTopics | null)[]
  readonly fewestTopics: number
}

/** Topics as rows hold them, by their last four bytes. */
type AskedTopics = ReadonlyMap<number, readonly DataView[]>

/** A scan asks for the same thousand accounts in every request. */
const accountTopics = new WeakMap<readonly Address[], readonly Hex[]>()
const endsOfTopics = new WeakMap<readonly Hex[], AskedTopics>()

/** Rows leave them out of a topic that begins with them. */
const zeros = '0'.repeat(24)

/** Topics of the filter, with null for what stands before the account. */
export function askedTopics({ filter, accounts }: Asked): TopicChoice {
  const between = Array.from({ length: filter.accountPosition - 1 }, () => null)
  return [filter.topic0, ...between, remembered(accountTopics, accounts, (some) => some.map(addressTopic))]
}

type Asked = { readonly filter: LogFilter; readonly accounts: readonly Address[] }

export function askedRows({ range, topics }: AskedLogs): AskedRows {
  const places = topics.map((any) => (any === null ? null : remembered(endsOfTopics, any, topicsByEnd)))
  const fewestTopics = places.findLastIndex((any) => any !== null) + 1
  return { fromBlock: Number(range.fromBlock), toBlock: Number(range.toBlock), places, fewestTopics }
}

function topicsByEnd(topics: readonly Hex[]): AskedTopics {
  const asked = new Map<number, DataView[]>()
  for (const topic of topics) {
    const digits = topic.slice(2)
    const bytes = Buffer.from(digits.startsWith(zeros) ? digits.slice(zeros.length) : digits, 'hex')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const end = view.getInt32(bytes.length - 4)
    const alike = asked.get(end)
    if (alike === undefined) asked.set(end, [view])
    else alike.push(view)
  }
  return asked
}

function remembered<Key extends object, Made>(kept: WeakMap<Key, Made>, key: Key, make: (key: Key) => Made): Made {
  const earlier = kept.get(key)
  if (earlier !== undefined) return earlier
  const made = make(key)
  kept.set(key, made)
  return made
}

type Span = { readonly from: number; readonly to: number }

/** Whether the written row that begins here is of a log that was asked for. */
export function isAskedRow(row: DataView, start: number, { places, fewestTopics }: AskedRows): boolean {
  const shape = row.getUint8(start + shapeAt)
  if ((shape & 7) < fewestTopics) return false
  let to = start + topicsAt
  for (let place = 0; place < fewestTopics; place++) {
    const from = to
    to += isShortTopic(shape, place) ? 20 : 32
    const asked = places[place] ?? null
    if (asked !== null && !isAskedTopic(asked, row, { from, to })) return false
  }
  return true
}

function isAskedTopic(asked: AskedTopics, row: DataView, span: Span): boolean {
  const alike = asked.get(row.getInt32(span.to - 4))
  if (alike === undefined) return false
  for (const topic of alike) if (isSame(topic, row, span)) return true
  return false
}

function isSame(topic: DataView, row: DataView, { from, to }: Span): boolean {
  const length = to - from
  if (topic.byteLength !== length) return false
  let at = 0
  while (at < length && topic.getInt32(at) === row.getInt32(from + at)) at += 4
  return at === length
}
