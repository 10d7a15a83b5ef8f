/**
 * What providers say when they refuse, and what is made of it. Ours always; a larger file of real refusals when
 * RPC_LIMITS_FILE names one: a JSON list of { kind, code, message, data?, httpStatus?, limit? }.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type NodeRefusal, readNodeRefusal } from '../../src/domain/node-message.ts'
import { statedLogMaximum } from '../../src/domain/stated-logs.ts'
import { atLeast, holds, type Row } from '../row.ts'

type Action = NodeRefusal['action']
type Given = {
  readonly code: number | null
  readonly message: string
  readonly data?: unknown
  readonly httpStatus?: number | null
}
type Judged = {
  readonly isRight: boolean
  readonly readsCap: boolean | null
  readonly given: Given
  readonly action: Action
}

export default async function refusals(): Promise<readonly Row[]> {
  const own = judgeOwn(readJson(new URL('../../fixtures/rpc/refusals.json', import.meta.url)))
  const file = process.env.RPC_LIMITS_FILE ?? ''
  const real = file === '' ? [notGiven] : rowsOf(`${basename(file)}, given`, judgeReal(readJson(file)))
  return [...rowsOf('refusals.json, our own', own), ...real]
}

const notGiven = holds('refusals that others collected', {
  figure: '0',
  bar: 'no bar: RPC_LIMITS_FILE names no file',
  passed: true,
})

function readJson(file: string | URL): readonly unknown[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly unknown[] // a list, as the comment above says
}

function rowsOf(name: string, judged: readonly Judged[]): readonly Row[] {
  for (const { isRight, readsCap, given, action } of judged) {
    if (!isRight || readsCap === false) process.stderr.write(`  ${name}: ${action} for ${JSON.stringify(given)}\n`)
  }
  const right = judged.filter(({ isRight }) => isRight).length
  const stated = judged.filter(({ readsCap }) => readsCap !== null)
  const read = stated.filter(({ readsCap }) => readsCap === true).length
  return [
    atLeast(`${name}: right action, % of all ${judged.length}`, (100 * right) / judged.length, 98),
    atLeast(`${name}: stated cap read, % of ${stated.length} that state one`, (100 * read) / stated.length, 95),
  ]
}

type OwnRefusal = Given & { readonly action: Action; readonly maximumBlocks?: string }

function judgeOwn(refusals: readonly unknown[]): readonly Judged[] {
  return (refusals as readonly OwnRefusal[]).map((given) => {
    const read = readNodeRefusal(errorOf(given))
    const readsCap = given.maximumBlocks === undefined ? null : read.maximumBlocks === BigInt(given.maximumBlocks)
    return { isRight: read.action === given.action, readsCap, given, action: read.action }
  })
}

type RealRefusal = Given & { readonly kind: string; readonly limit?: unknown; readonly note?: string }

/** Several actions may be right: a closed door is one whatever it is called, a time-out may pass or need less. */
const rightActions: Readonly<Record<string, readonly Action[]>> = {
  range: ['shrink-range'],
  results: ['split-results'],
  size: ['split-results'],
  rate: ['slow-down'],
  unsupported: ['unsupported', 'state-unavailable'],
  timeout: ['split-results', 'retry'],
  transient: ['retry'],
  batch: ['unsupported'],
}

function judgeReal(refusals: readonly unknown[]): readonly Judged[] {
  const said = (refusals as readonly RealRefusal[]).filter(({ message }) => !message.startsWith('(no error'))
  return said.map((given) => {
    const read = readNodeRefusal(errorOf(given))
    return {
      isRight: rightFor(given).includes(read.action),
      readsCap: readsCap(given, read),
      given: { code: given.code, message: given.message },
      action: read.action,
    }
  })
}

function rightFor({ kind, message }: RealRefusal): readonly Action[] {
  // A machine that has not seen the block yet: nothing is wrong with the size of the range.
  if (/beyond current head|invalid block range params/.test(message)) return ['retry']
  // Too many accounts in one request: blocks have nothing to do with it, so the request itself is at fault.
  if (/addresses or topics|contains \d+ filters/.test(message)) return ['unsupported']
  return rightActions[kind] ?? []
}

/** null when the text names no limit on blocks or logs. */
function readsCap({ kind, limit, message, data }: RealRefusal, read: NodeRefusal): boolean | null {
  const isCap = (kind === 'range' || kind === 'results') && typeof limit === 'number'
  if (!isCap || /addresses or topics|contains \d+ filters/.test(message)) return null
  const words = `${message} ${typeof data === 'string' ? data : JSON.stringify(data ?? '')}`.replace(
    /(\d)[,_](?=\d{3})/g,
    '$1',
  )
  const spellings = [`${limit}`, `${limit / 1000}k`, `${limit / 1000}K`]
  if (!spellings.some((spelling) => new RegExp(`(?<!\\d)${spelling}(?!\\d)`).test(words))) return null
  if (kind === 'range') return read.maximumBlocks === BigInt(limit)
  return statedLogMaximum(message, data) === limit
}

function errorOf({ code, message, data, httpStatus }: Given) {
  return {
    code: code ?? 0,
    message,
    ...(data === undefined ? {} : { data }),
    ...(httpStatus == null ? {} : { httpStatus }),
  }
}
