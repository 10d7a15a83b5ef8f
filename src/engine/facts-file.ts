/** A collection as a file: JSON with big integers tagged, so that a run can be judged again anywhere, later, by other rules. */
import { z } from 'zod'
import type { Collection, Gathered, UncheckedTarget } from '../core/collection.ts'
import { factErrorSchema } from '../core/error-schema.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import { type FactKey, factSchemas } from '../core/facts.ts'
import { address, count } from '../core/schema.ts'
import { secondOpinionSchema } from '../core/second-opinion.ts'
import { value } from '../core/value.ts'
import { replaceInvisible } from '../domain/visible-text.ts'

const format = 'wallet-checkup-facts'
const version = 1

/** No JSON, a report, facts of another version, something else; or one of ours with a field that is not what it must be. */
type FactsProblem = 'json' | 'report' | 'version' | 'other' | 'field'

/** The file is not one of ours, or a field of it is not what it must be. `path` names the field. */
export class FactsFileError extends CheckupError {
  constructor(path: string, problem: string, kind: FactsProblem = 'field') {
    super('invalid-facts-file', {
      message: `This is not a facts file that can be judged: ${path === '' ? '' : `${path}: `}${problem}.`,
      // Names of fields; a file may have put anything there.
      data: { path: value.text(path.replace(/[^\w.$-]/g, '?').slice(0, 200)), kind: value.keyword(kind) },
      hints: [
        kind === 'report' ? 'A report is printed again with `report`.' : 'Save the facts again with --save-facts.',
      ],
    })
  }
}

/**
 * JSON text with a newline at its end. It names the endpoint by host only, as the collection does. Tokens' own words are in it:
 * what a terminal could obey or hide in them is written as an escape, so that the file may be looked at.
 */
export function encodeCollection(collection: Collection): string {
  return encode({ format, version, ...collection })
}

/** What became of several targets, in one file. Of one account alone it is the file of `encodeCollection`. */
export function encodeGathered(gathered: readonly Gathered[]): string {
  const [first, ...others] = gathered
  if (first?.kind === 'collected' && others.length === 0) return encodeCollection(first.collection)
  return encode({ format, version, targets: gathered })
}

function encode(file: object): string {
  const text = JSON.stringify(file, (_, item) => (typeof item === 'bigint' ? { $bigint: String(item) } : item), 1)
  const lines = text.split('\n').map((line) => replaceInvisible(line, escapeUnits))
  return `${lines.join('\n')}\n`
}

/** By UTF-16 unit, as JSON wants it: characters above U+FFFF are two. */
function escapeUnits(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return units.map((unit) => `\\u${unit}`).join('')
}

/**
 * Reads what `encodeCollection` wrote, and checks every field of it.
 * @throws FactsFileError
 */
export function decodeCollection(text: string): Collection {
  const [first, ...others] = decodeGathered(text)
  if (first?.kind === 'collected' && others.length === 0) return first.collection
  throw new FactsFileError('targets', 'it is not about one account')
}

/**
 * Reads what `encodeGathered` or `encodeCollection` wrote, and checks every field of it.
 * @throws FactsFileError
 */
export function decodeGathered(text: string): readonly Gathered[] {
  const file = parse(text)
  const header = headerSchema.safeParse(file)
  if (!header.success) throw otherFile(file)
  const { targets } = file as { readonly targets?: unknown } // it has a header
  if (targets === undefined) return [{ kind: 'collected', collection: checked(file, '') }]
  const list = z.array(z.looseObject({ kind: z.enum(['collected', 'unchecked']) })).min(1)
  return parsedBy(list, targets, 'targets').map((target, index): Gathered => {
    const place = `targets.${index}`
    if (target.kind === 'unchecked') return parsedBy(uncheckedSchema, target, place) as UncheckedTarget // JSON has no undefined
    return { kind: 'collected', collection: checked(target.collection, `${place}.collection`) }
  })
}

/** @param place the field that the collection stands in; empty for the file itself */
function checked(given: unknown, place: string): Collection {
  const complete = typeof given === 'object' && given !== null ? withLater(withSafe(given)) : given
  const collection = parsedBy(collectionSchema, complete, place) as Collection // zod's optional fields admit undefined, ours are absent: JSON has no undefined
  const { account } = collection.facts
  if (account.status === 'ok' && account.value.address.toLowerCase() !== collection.account.toLowerCase()) {
    throw new FactsFileError(
      pathOf(place, 'facts.account.value.address'),
      'it is another account than the one of the file',
    )
  }
  return collection
}

function parsedBy<Schema extends z.ZodType>(schema: Schema, given: unknown, place: string): z.infer<Schema> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new FactsFileError(pathOf(place, issue?.path.join('.') ?? ''), issue?.message ?? 'it is not valid')
}

function pathOf(...places: readonly string[]): string {
  return places.filter((place) => place !== '').join('.')
}

type Headed = { readonly facts?: { readonly account?: unknown; readonly safe?: unknown } }

/** Files from before Safe accounts were read: a file about an account without a contract says all the same that it is none. */
function withSafe(file: Headed): Headed {
  if (typeof file.facts !== 'object' || file.facts === null || 'safe' in file.facts) return file
  const account = result(factSchemas.account).safeParse(file.facts.account).data
  const isPlain = account?.status === 'ok' && account.value.code.kind !== 'contract'
  const safe = isPlain
    ? { status: 'ok', value: { kind: 'none', missing: [] } }
    : { status: 'failed', error: notSaved() }
  return { ...file, facts: { ...file.facts, safe } }
}

/** Files from before transfers, what left at once, and what went astray were read. */
function withLater(file: Headed): Headed {
  if (typeof file.facts !== 'object' || file.facts === null) return file
  const unread = { status: 'failed', error: notSaved() }
  const facts = { transfers: unread, sweeps: unread, misdirected: unread, ...file.facts }
  return { ...file, facts }
}

function notSaved() {
  return toFactError(new FactNotSavedError())
}

class FactNotSavedError extends CheckupError {
  constructor() {
    super('fact-not-saved', {
      message: 'The facts file is of an earlier version, which did not read this.',
      hints: ['Save the facts again with --save-facts.'],
    })
  }
}

/** Not facts of this version: what it is instead, where that can be told. */
function otherFile(file: unknown): FactsFileError {
  if (z.object({ format: z.literal(format) }).safeParse(file).success) {
    return new FactsFileError('version', `it is not of version ${version}`, 'version')
  }
  const isReport = z.object({ schemaVersion: z.string(), result: z.object({}) }).safeParse(file).success
  return isReport
    ? new FactsFileError('', 'it is a report', 'report')
    : new FactsFileError('', `it does not begin as one (format ${format}, version ${version})`, 'other')
}

const headerSchema = z.object({ format: z.literal(format), version: z.literal(version) })

const failed = z.object({ status: z.literal('failed'), error: factErrorSchema })

function result<Schema extends z.ZodType>(schema: Schema) {
  return z.discriminatedUnion('status', [z.object({ status: z.literal('ok'), value: schema }), failed])
}

const factResults = z.object({
  chain: result(factSchemas.chain),
  account: result(factSchemas.account),
  nonces: result(factSchemas.nonces),
  mempool: result(factSchemas.mempool),
  fees: result(factSchemas.fees),
  logs: result(factSchemas.logs),
  tokens: result(factSchemas.tokens),
  approvals: result(factSchemas.approvals),
  activity: result(factSchemas.activity),
  threats: result(factSchemas.threats),
  safe: result(factSchemas.safe),
  // Files of before have no second endpoint.
  second: result(factSchemas.second).default({ status: 'ok', value: { endpoint: null, missing: [] } }),
  transfers: result(factSchemas.transfers),
  sweeps: result(factSchemas.sweeps),
  // Files of before were compared with nothing.
  baseline: result(factSchemas.baseline).default({ status: 'ok', value: { kind: 'none', missing: [] } }),
  outgoing: result(factSchemas.outgoing).default({ status: 'ok', value: { kind: 'none', missing: [] } }),
  misdirected: result(factSchemas.misdirected),
} satisfies Record<FactKey, z.ZodType>)

const contact = z.object({ host: z.string(), requests: count })
const endpoint = contact.extend({ failure: factErrorSchema.optional() })

const collectionSchema = z.object({
  account: address,
  label: z.string().nullable(),
  chainId: count.optional(),
  endpoint,
  failovers: z.array(endpoint).optional(),
  logSource: contact.optional(),
  historySource: contact.optional(),
  startedAt: z.iso.datetime(),
  durationSeconds: z.number().nonnegative(),
  interrupted: z.boolean(),
  facts: factResults,
  secondOpinion: secondOpinionSchema.optional(),
})

const uncheckedSchema = z.object({
  kind: z.literal('unchecked'),
  input: z.string(),
  label: z.string().nullable(),
  chain: z.object({ id: count, name: z.string() }).nullable(),
  error: factErrorSchema,
  endpoint,
  failovers: z.array(endpoint).optional(),
  startedAt: z.iso.datetime(),
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text, reviveBigint)
  } catch (cause) {
    if (cause instanceof CheckupError) throw cause
    // The parser's message quotes the file: it stays in `cause`'s name only.
    throw new FactsFileError('', 'it is not JSON', 'json')
  }
}

function reviveBigint(key: string, item: unknown): unknown {
  if (key === '__proto__') throw new FactsFileError(key, 'no field may have this name')
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
  const [only, ...rest] = Object.entries(item)
  if (only?.[0] !== '$bigint' || rest.length > 0) return item
  // The largest number of the EVM has 78 digits.
  if (typeof only[1] !== 'string' || !/^-?\d{1,80}$/.test(only[1])) {
    throw new FactsFileError('$bigint', 'it is not an integer of at most 80 digits')
  }
  return BigInt(only[1])
}
