/** Of all that transfers name, those that are worth a second look at the logs. */
import type { Address } from 'viem'
import type { PartiesInLogs } from '../core/facts.ts'
import { type CounterpartyTable, mostCounterparties } from './counterparty-table.ts'
import { requiredDigits, resembles } from './lookalike.ts'

type Limits = Readonly<Record<'similar' | 'listed' | 'other', number>>
type Asked = {
  /** Addresses that are wanted whoever they resemble. */
  readonly listed: readonly Address[]
  /** For tests. */
  readonly limits?: Limits
}
type Chosen = {
  /** Lower case. */
  readonly addresses: ReadonlySet<Address>
  /** Those of them that resemble another or are listed, as far as transfers tell. */
  readonly closely: ReadonlySet<Address>
  readonly leftOut: PartiesInLogs['leftOut']
}

/** What a facts file can hold and a person can read. */
const usualLimits: Limits = { similar: 100, listed: 100, other: 400 }
/** With so many of a group each other one is compared: a contract may name any number of recipients that are alike. */
const comparedOfGroup = 50

/**
 * Addresses that resemble one that something was sent to, together with that one; listed ones; and the newest of the others,
 * to be compared with those whom the account sent coins, which no log tells.
 */
export function chooseCounterparties(table: CounterpartyTable, { listed, limits = usualLimits }: Asked): Chosen {
  const chosen = new Set<number>()
  const leftOut: PartiesInLogs['leftOut'][number][] = table.isFull() ? ['all'] : []
  const similar = findSimilar(table)
  for (const [recipient, other] of similar) {
    if (chosen.size < limits.similar) chosen.add(recipient).add(other)
  }
  if (similar.some(([, other]) => !chosen.has(other))) leftOut.push('similar')
  const wanted = newestFirst(table, [...new Set(listed.map(table.indexOf))].filter(isThere))
  for (const index of wanted.slice(0, limits.listed)) chosen.add(index)
  if (wanted.length > limits.listed) leftOut.push('listed')
  const closely = new Set([...chosen].map(table.addressAt))
  for (const index of newestFirst(table, Array(table.count()).keys()).slice(0, limits.other)) chosen.add(index)
  if (table.count() > limits.other) leftOut.push('other')
  return { addresses: new Set([...chosen].map(table.addressAt)), closely, leftOut }
}

/** How many of them something was sent to. */
export function recipientsIn(table: CounterpartyTable): number {
  let recipients = 0
  for (let index = 0; index < table.count(); index++) if (table.isRecipient(index)) recipients++
  return recipients
}

type Pair = readonly [recipient: number, other: number]

/** Each that resembles a recipient, with one of those; the newest first. */
function findSimilar(table: CounterpartyTable): readonly Pair[] {
  const digits = requiredDigits(recipientsIn(table) * table.count())
  const pairs: Pair[] = []
  for (const group of groupsOf(table)) {
    const recipients = group.filter(table.isRecipient).slice(0, comparedOfGroup)
    for (const other of group) {
      const word = table.addressAt(other)
      const recipient = recipients.find((each) => resembles(table.addressAt(each), word, digits))
      if (recipient !== undefined) pairs.push([recipient, other])
    }
  }
  return pairs.sort(([, one], [, other]) => table.newestBlock(other) - table.newestBlock(one))
}

/** Those that agree in the fewest digits that count at both ends. 28 bits of digits and 20 of the index make one number. */
function* groupsOf(table: CounterpartyTable): Generator<readonly number[]> {
  const keys = new Float64Array(table.count())
  for (let index = 0; index < keys.length; index++) keys[index] = table.endsAt(index) * mostCounterparties + index
  keys.sort()
  let group: number[] = []
  let ends = -1
  for (const key of keys) {
    if (Math.floor(key / mostCounterparties) !== ends) {
      if (group.length > 1) yield group
      group = []
      ends = Math.floor(key / mostCounterparties)
    }
    group.push(key % mostCounterparties)
  }
  if (group.length > 1) yield group
}

function newestFirst(table: CounterpartyTable, indexes: Iterable<number>): readonly number[] {
  return [...indexes].sort((one, other) => table.newestBlock(other) - table.newestBlock(one) || one - other)
}

function isThere(index: number | null): index is number {
  return index !== null
}
