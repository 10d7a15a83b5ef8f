/** What fails at a source as it may fail at an endpoint, told as the source's doing: checking the RPC URL would not help. */
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { InvalidReplyError } from '../rpc/errors.ts'
import { keyVariable, otherSource, sourceKey } from './errors.ts'

/** Who may fail, and how it is given a key: by its variable alone when absent. */
export type Source = { readonly host: string; readonly keyAdvice?: 'key' | 'place' }

/** What may help before another source does. */
const advices = {
  connection: 'Check the URL of the source and your connection.',
  final: 'The URL leads to another one, which is not followed: give the final URL.',
  key: sourceKey,
  place: `If it wants a key, write {key} where the key belongs in the URL, and set ${keyVariable}.`,
  later: 'Run this check again later.',
  timeout: 'Raise --timeout.',
  url: 'Check the URL of the source.',
} as const
type Advice = keyof typeof advices | 'scan' | 'other'

/** By error code: what an endpoint may do wrong. */
const adviceByCode: Readonly<Record<string, Advice>> = {
  'connection-failed': 'connection',
  'endpoint-behind': 'later',
  'http-status': 'other',
  'invalid-reply': 'other',
  'logs-cut': 'other',
  'logs-pruned': 'other',
  'logs-unconfirmed': 'other',
  'method-not-supported': 'other',
  'rate-limited': 'later',
  reorganised: 'later',
  'rpc-refused': 'other',
  'rpc-timeout': 'timeout',
  'scan-too-long': 'scan',
  'state-unavailable': 'other',
  'wait-too-long': 'later',
}
const adviceByStatus: Readonly<Record<string, Advice>> = {
  301: 'final',
  302: 'final',
  307: 'final',
  308: 'final',
  401: 'key',
  402: 'key',
  403: 'key',
  404: 'url',
  500: 'later',
  502: 'later',
  503: 'later',
  504: 'later',
}

/** Refusals for want of a key that is valid, or may do this. */
const aboutKey =
  /unauthori[sz]ed|authenticat|authori[sz]ation|forbidden|\b(?:api|access|project)[ -]?(?:key|token|id)\b/i

/** `cause` names the sentence of what happened, and its own data fill it. */
export class SourceFailedError extends CheckupError {
  constructor(host: string, failure: FactError, advice: Advice) {
    super('log-source-failed', {
      // Everywhere else the node is the endpoint under check.
      message: `The source ${host} failed. ${failure.message.replace(/^The node\b/, () => host)}`,
      data: {
        ...failure.data,
        host: value.text(host),
        cause: value.keyword(failure.code),
        advice: value.keyword(advice),
      },
      hints: hintsFor(advice, failure),
    })
  }
}

function hintsFor(advice: Advice, failure: FactError): readonly string[] {
  // The search was too long: what it says itself is about that.
  if (advice === 'scan') return failure.hints
  return advice === 'other' ? [otherSource] : [advices[advice], otherSource]
}

/** null for failures of another kind, such as those of a run that was stopped. */
function failureOf(source: Source, error: FactError): SourceFailedError | null {
  const { host } = source
  if (error.code === 'malformed-reply') return failureOf(source, toFactError(unusable(host, error)))
  const advice = adviceOf(source, error)
  return advice === null ? null : new SourceFailedError(host, error, advice)
}

function adviceOf({ keyAdvice = 'key' }: Source, { code, data: { status, nodeMessage } }: FactError): Advice | null {
  const byStatus = status?.type === 'text' ? adviceByStatus[status.value] : undefined
  const advice = byStatus ?? adviceByCode[code] ?? null
  const isAboutKey = advice === 'other' && nodeMessage?.type === 'untrusted-text' && aboutKey.test(nodeMessage.value)
  return isAboutKey || advice === 'key' ? keyAdvice : advice
}

/** Its own sentence would speak of the node. */
function unusable(host: string, { data: { what } }: FactError): InvalidReplyError {
  const [method] = /eth_getBlockByNumber|txlist/.exec(what?.type === 'text' ? what.value : '') ?? []
  return method === undefined
    ? new InvalidReplyError({ host, method: 'getLogs' }, 'log')
    : new InvalidReplyError({ host, method }, 'undecodable')
}

/** Why a source did not list something. */
export function tellSource(source: Source, error: FactError): FactError {
  const failure = failureOf(source, error)
  return failure === null ? error : toFactError(failure)
}

/** @throws SourceFailedError for what the source does, and whatever else `ask` throws */
export async function askSource<Value>(source: Source, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    throw failureOf(source, toFactError(error)) ?? error
  }
}
