/**
 * Reads what a node means by a refusal. Codes say little (-32005 is a rate, a result count, a range or "disabled",
 * depending on who sends it), so the words decide first and the codes only when the words say nothing.
 */
import type { BlockRange } from '../core/facts.ts'
import { maximumBlocksIn, suggestedRangeIn, waitIn, wordsOf } from './node-hints.ts'

export type NodeError = {
  readonly code: number
  readonly message: string
  readonly data?: unknown
  readonly httpStatus?: number
}

export type NodeRefusal = {
  /**
   * `shrink-range`: every range must be smaller. `split-results`: this answer is too much, ask for less at once.
   * `unsupported`: asking again never helps, whatever the range. `state-unavailable`: older blocks are not there.
   */
  readonly action:
    | 'shrink-range'
    | 'split-results'
    | 'slow-down'
    | 'state-unavailable'
    | 'unsupported'
    | 'retry'
    | 'reverted'
    | 'unknown'
  /** The longest range the node says it takes. */
  readonly maximumBlocks?: bigint
  /** A range the node says it would answer. */
  readonly suggestedRange?: BlockRange
  readonly retryAfterMs?: number
  /** With `slow-down`: a daily or monthly quota is used up, so waiting seconds does not help. */
  readonly isQuota?: true
  /** With `unsupported`: it is the method that the node does not have. */
  readonly isMethodMissing?: true
}

type Reader = (words: string, error: NodeError) => NodeRefusal | null

/** The first reader that understands the words decides; the order is from exact to vague. */
const readers: readonly Reader[] = [
  reverted,
  missingMethod,
  missingState,
  closedPlan,
  tooManyFilters,
  rate,
  timedOut,
  statedBlockMaximum,
  results,
  passingFault,
  range,
  byCode,
]

/** What to do about a node's error. Never throws; `unknown` when neither words nor code say anything. */
export function readNodeRefusal(error: NodeError): NodeRefusal {
  const words = wordsOf(error.message, error.data)
  for (const read of readers) {
    const refusal = read(words, error)
    if (refusal !== null) return withHints(refusal, words, error)
  }
  return { action: 'unknown' }
}

function withHints(refusal: NodeRefusal, words: string, { data }: NodeError): NodeRefusal {
  if (refusal.action === 'slow-down') {
    const retryAfterMs = waitIn(words)
    return retryAfterMs === null ? refusal : { ...refusal, retryAfterMs }
  }
  if (refusal.action !== 'shrink-range' && refusal.action !== 'split-results') return refusal
  const suggestedRange = suggestedRangeIn(words, data)
  const maximumBlocks = refusal.action === 'shrink-range' ? maximumBlocksIn(words) : null
  return {
    ...refusal,
    ...(suggestedRange === null ? {} : { suggestedRange }),
    ...(maximumBlocks === null ? {} : { maximumBlocks }),
  }
}

function reverted(words: string, { code }: NodeError): NodeRefusal | null {
  if (/out ?of ?gas/.test(words)) return null // more gas might have answered
  // Halts that the contract's own code decides, the same every time: contracts of before 2017 refuse by them.
  const isHalt =
    /\b(invalid|bad|undefined)[ -]?(\w*opcode|jump|instruction)|opcode 0x\w+ not defined|stack ?(under|over)flow/
  if (code === 3 || /\breverted\b/.test(words) || isHalt.test(words)) return { action: 'reverted' }
  // Nethermind says "VM execution error" for every way a call can end, and puts the way into `data`.
  return /vm execution error|vm exception while processing/.test(words) ? { action: 'reverted' } : null
}

function missingMethod(words: string, { code }: NodeError): NodeRefusal | null {
  const isMissing =
    code === -32601 ||
    /\bmethod\b.*(not found|not exist|not available|not supported|not allowed|not whitelisted|unsupported|disabled|unavailable)/.test(
      words,
    ) ||
    /(unsupported|unknown|disabled) (rpc )?method/.test(words) ||
    /\b(eth|trace|debug|txpool|ots|web3)_\w+ (is |has been )?(not (available|supported|enabled|allowed)|disabled)/.test(
      words,
    )
  return isMissing ? { action: 'unsupported', isMethodMissing: true } : null
}

function missingState(words: string, { code }: NodeError): NodeRefusal | null {
  const isMissing =
    code === 4444 ||
    /missing trie node|\bpruned\b|\barchive\b|state (is )?(not available|unavailable|not found)/.test(words) ||
    /(historical|history)[^.]*(not available|unavailable|not found|not supported)/.test(words) ||
    /state histories? (haven't|have not|not) .*(indexed|available)|no state (available|found)/.test(words) ||
    /(older|distance) [^.]*(block|head|tip)[^.]*(not available|unavailable|exceed)/.test(words)
  return isMissing ? { action: 'state-unavailable' } : null
}

/** Keys and plans: neither a wait nor a smaller range opens them. A plan that only limits the range says so with a number. */
function closedPlan(words: string): NodeRefusal | null {
  const isClosed =
    /unauthori[sz]ed|authenticat|forbidden|(invalid|missing|requires?|with an|no) (an )?(api|access)[ -]?key/.test(
      words,
    ) ||
    /project id settings|tenant disabled|account (is )?(disabled|suspended)/.test(words) ||
    /not available (on|for) [^.]*(free|plan|tier)|upgrade to (a )?paid (plan|tier)$/.test(words)
  return isClosed && !/time(d )?-?out/.test(words) ? { action: 'unsupported' } : null
}

/** Too many owners, contracts or requests in one call: fewer blocks would be refused the same way. */
function tooManyFilters(words: string): NodeRefusal | null {
  const isTooMany =
    /(addresses|topics)[^.]*(per|position|limit|max)|(exceed|too many|max)[^.]*(addresses|topics)/.test(words) ||
    /contains \d+ filters|\bbatch\b/.test(words)
  return isTooMany ? { action: 'unsupported' } : null
}

function rate(words: string): NodeRefusal | null {
  if (/\b(daily|monthly)\b[^.]*(limit|exceed|reached|used)|\bquota\b/.test(words))
    return { action: 'slow-down', isQuota: true }
  const isRate =
    /\brates?\b[ -]?limit|\brate\b[^.]*(exceed|exhaust|limit)|too many requests|requests? (count|limit|rate)/.test(
      words,
    ) ||
    /requests? per (second|minute|hour)|requests?\/s|\/ ?(second|minute)\b|\brps\b|compute units?|throughput/.test(
      words,
    ) ||
    /over capacity|capacity (limit )?exceeded|exceed\w* (its |the )?\w*\s?capacity|exceeds defined limit|slow down/.test(
      words,
    )
  return isRate ? { action: 'slow-down' } : null
}

function timedOut(words: string, { httpStatus }: NodeError): NodeRefusal | null {
  if (!/time(d)?[ -]?out|deadline exceeded|took too long/.test(words)) return null
  return /gateway/.test(words) || httpStatus === 504 ? { action: 'retry' } : { action: 'split-results' }
}

/** "Response size exceeded. Maximum … blocks is 1000" is about the range, whatever its first sentence says. */
function statedBlockMaximum(words: string): NodeRefusal | null {
  return /\bmax\w*\b[^.]*\bblocks?\b[^.\d]*\d/.test(words) ? { action: 'shrink-range' } : null
}

function results(words: string): NodeRefusal | null {
  const isAboutResults =
    /(more than|too many|exceed\w*|maximum|max|over|limit\w*)\b[^.]*\b(results?|logs|entries|records|events)\b/.test(
      words,
    ) ||
    /\b(results?|logs|entries|records|events)\b[^.]*(too many|exceed|limit of)/.test(words) ||
    /(response|result|answer|returned|reply|returndata|body|content)\b[^.]*(size|too (large|big)|length|exceed\w*|limit)/.test(
      words,
    )
  // A call that brings its own code, or answers as code does, is too large as a whole: fewer reads fit.
  if (/initcode size|createcontractsizelimit|max code size/.test(words)) return { action: 'split-results' }
  const isAboutRange =
    /eth_getlogs is limited|\brange\b/.test(words) && !/\b(results?|response|returned|logs in)\b/.test(words)
  return isAboutResults && !isAboutRange ? { action: 'split-results' } : null
}

function passingFault(words: string, { code, data, httpStatus }: NodeError): NodeRefusal | null {
  const isPassing =
    /header not found|unknown block|block not found|beyond (the )?(current )?head|invalid block range params|not (currently )?healthy|healthy to serve/.test(
      words,
    ) ||
    /unable to complete|can't route|service unavailable|try again|temporar|overloaded|\bbusy\b|error sending/.test(
      words,
    ) ||
    /bad gateway|upstream|connection (reset|refused|closed)|no available (server|backend|node)/.test(words)
  const isInternal = code === -32603 && data === undefined && /^internal( json-?rpc| server)? error\.?$/.test(words)
  if (isPassing || isInternal) return { action: 'retry' }
  const saysMore = /\brange\b|\blimit|too large/.test(words)
  return httpStatus !== undefined && httpStatus >= 500 && !saysMore ? { action: 'retry' } : null
}

function range(words: string): NodeRefusal | null {
  const isAboutBlocks = /\branges?\b|\bblocks\b|block (count|span|distance)|getlogs query|fromblock/.test(words)
  const isLimit =
    /exceed|too (large|wide|big|many|long)|\bmax|limit|larger|greater|smaller|\bwide\b|at most|up to|\bover\b|narrow|allowed/.test(
      words,
    )
  const isAboutLength =
    /\bnarrow\b[^.]*\b(search|query|filter)|(search|query|window|span)\b[^.]*\btoo (wide|broad|long)\b/
  return (isAboutBlocks && isLimit) || isAboutLength.test(words) ? { action: 'shrink-range' } : null
}

const rateCodes: ReadonlySet<number> = new Set([429, -32005, -32007, -32009, -32016, -32024, -32029, -32090])

function byCode(_words: string, { code, httpStatus }: NodeError): NodeRefusal | null {
  if (httpStatus === 429 || rateCodes.has(code)) return { action: 'slow-down' }
  if (httpStatus === 401) return { action: 'unsupported' }
  return httpStatus === 413 ? { action: 'split-results' } : null
}
