/** Serious findings rest on reads: these are made again by another stack, and each finding says what came of it. */
import type { Address } from 'viem'
import type { Collection } from '../core/collection.ts'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { ChainFacts, FactResults } from '../core/facts.ts'
import type { Dispute, Evidence, Finding } from '../core/finding.ts'
import type { NonEmpty, Outcome } from '../core/outcome.ts'
import type { Rule } from '../core/rule.ts'
import type { Reading, SecondAnswer, SecondOpinion, SecondReader } from '../core/second-opinion.ts'
import { BlockNotThereError, OtherChainError } from '../domain/second-endpoint.ts'
import { agreesWith, readingKey, readingOf } from '../domain/second-reading.ts'
import { isAtLeast } from './exit-code.ts'
import { judge, type RuleOptions } from './judge.ts'

/** Findings from this severity on are read again. */
const serious = 'high'
/** Of one run. An account with more serious findings than this needs help before it needs proof. */
const mostReadings = 500

type Wanted = { readonly reading: Reading; readonly key: string; readonly isAboutEndpoint: boolean }

export type SecondReaders = {
  /** The endpoint under check. */
  readonly first: SecondReader
  /** Another one, where one was given: it is asked for all that is not about the first itself. */
  readonly second?: SecondReader
}

/** Reads again what stands behind the serious findings that `rules` come to. Never throws for what an endpoint does. */
export async function readAgain(
  target: Pick<Collection, 'account' | 'facts'>,
  { rules, ruleOptions }: { readonly rules: readonly Rule[]; readonly ruleOptions: RuleOptions },
  { first, second }: SecondReaders,
): Promise<SecondOpinion> {
  const outcomes = judge(rules, target, ruleOptions)
  const wanted = wantedOf(outcomes, target.account).slice(0, mostReadings)
  const ofFirst = wanted.filter(({ isAboutEndpoint }) => second === undefined || isAboutEndpoint)
  const ofSecond = wanted.filter((item) => !ofFirst.includes(item))
  const [again, elsewhere] = await Promise.all([
    answersOf(ofFirst, first),
    second === undefined ? [] : answersElsewhere(ofSecond, second, target.facts),
  ])
  return {
    ...(second !== undefined && { endpoint: { host: second.host, requests: second.requestCount() } }),
    answers: [...again, ...elsewhere],
  }
}

type Kept = SecondOpinion['answers'][number]

async function answersOf(wanted: readonly Wanted[], reader: SecondReader): Promise<readonly Kept[]> {
  const answers = await reader.read(wanted.map(({ reading }) => reading))
  return wanted.flatMap(({ key }, index) => {
    const answer = answers[index]
    return answer === undefined ? [] : [{ key, host: reader.host, answer }]
  })
}

/** An endpoint of another chain, or one that does not have the block, would answer about something else. */
async function answersElsewhere(wanted: readonly Wanted[], second: SecondReader, { chain }: FactResults) {
  if (wanted.length === 0 || chain.status === 'failed') return []
  const error = await problemOf(second, chain.value)
  if (error === null) return answersOf(wanted, second)
  return wanted.map(({ key }) => ({ key, host: second.host, answer: { kind: 'failed', error } }) as const)
}

async function problemOf(second: SecondReader, { chainId, block }: ChainFacts): Promise<FactError | null> {
  const [id, time] = await second.read([{ kind: 'chain-id' }, { kind: 'block-time', block: block.number }])
  if (id?.kind === 'failed') return id.error
  if (id?.kind !== 'value' || id.value !== String(chainId)) {
    return toFactError(
      new OtherChainError(second.host, { expected: chainId, actual: id?.kind === 'value' ? id.value : '?' }),
    )
  }
  if (time?.kind === 'failed') return time.error
  return time?.kind === 'value' ? null : toFactError(new BlockNotThereError(second.host, block.number))
}

function wantedOf(outcomes: readonly Outcome[], account: Address): readonly Wanted[] {
  const wanted = new Map<string, Wanted>()
  for (const finding of outcomes.flatMap(seriousFindings)) {
    for (const item of readingsOf(finding, account)) wanted.set(item.key, item)
  }
  return [...wanted.values()]
}

function seriousFindings(outcome: Outcome): readonly Finding[] {
  return outcome.status === 'found' ? outcome.findings.filter(isSerious) : []
}

/** A finding that compares two endpoints has both answers already. */
function isSerious({ severity, evidence }: Finding): boolean {
  return isAtLeast(severity, serious) && !evidence.some((item) => item.kind === 'read' && item.host !== undefined)
}

function readingsOf(
  { subject, evidence }: Finding,
  account: Address,
): readonly (Wanted & { readonly index: number })[] {
  const isAboutEndpoint = subject.kind === 'endpoint'
  return evidence.flatMap((item, index) => {
    const reading = readingOf(item, account)
    if (reading === null) return []
    return [{ reading, index, isAboutEndpoint, key: `${isAboutEndpoint ? 'endpoint ' : ''}${readingKey(reading)}` }]
  })
}

/** The outcomes with what the second reading says of their serious findings; the same where there was none. Pure. */
export function withSecondOpinion(outcome: Outcome, { account, secondOpinion, endpoint }: Collection): Outcome {
  if (outcome.status !== 'found' || secondOpinion === undefined) return outcome
  const answers = new Map(secondOpinion.answers.map((kept) => [kept.key, kept]))
  const host = secondOpinion.endpoint?.host ?? endpoint.host
  const findings = outcome.findings.map((finding) =>
    isSerious(finding) ? compared(finding, readingsOf(finding, account).map(place)) : finding,
  )
  return { ...outcome, findings: findings as unknown as NonEmpty<Finding> } // as many as before

  function place({ key, index }: { readonly key: string; readonly index: number }): Placed {
    return { index, kept: answers.get(key) ?? { key, host, answer: notReadAgain } }
  }
}

type Placed = { readonly index: number; readonly kept: Kept }

/** What the evidence names was not read again in that run: it had other rules, or too many findings. */
class NotReadAgainError extends CheckupError {
  constructor() {
    super('not-read-again', { message: 'It was not asked a second time.' })
  }
}
const notReadAgain: SecondAnswer = { kind: 'failed', error: toFactError(new NotReadAgainError()) }

function compared(finding: Finding, placed: readonly Placed[]): Finding {
  const [first] = placed
  // Lists and market prices: there is nothing in it that a second reading could confirm.
  if (first === undefined) return finding
  const verdicts = placed.map(({ index, kept }) => {
    const evidence = finding.evidence[index]
    return { index, evidence, answer: kept.answer, agrees: evidence ? agreesWith(evidence, kept.answer) : null }
  })
  const unread = verdicts.filter(({ agrees }) => agrees === null)
  const disputes = verdicts.flatMap(({ index, evidence, answer, agrees }): readonly Dispute[] =>
    agrees === false ? [{ evidence: index, first: firstAnswer(evidence), second: answer }] : [],
  )
  const error = unread.map(({ answer }) => errorOf(answer, first.kept.host)).find((reason) => reason !== null)
  const reading: Evidence = {
    kind: 'second-reading',
    stack: 'ethers',
    host: first.kept.host,
    agrees: unread.length === verdicts.length ? null : disputes.length === 0,
    compared: verdicts.length - unread.length,
    differing: disputes.length,
    unread: unread.length,
    ...(error !== undefined && { error }),
  }
  return {
    ...finding,
    evidence: [...finding.evidence, reading],
    ...(disputes.length > 0 && { disputed: disputes }),
  }
}

function firstAnswer(evidence: Evidence | undefined): string {
  if (evidence?.kind === 'log' || evidence?.kind === 'transaction') return String(evidence.block)
  return evidence !== undefined && 'value' in evidence ? evidence.value : ''
}

class NotThereError extends CheckupError {
  constructor(host: string) {
    super('second-not-there', {
      message: `${host} does not have what was to be read again.`,
      data: { host: { type: 'text', value: host } },
    })
  }
}

function errorOf(answer: SecondAnswer, host: string): FactError | null {
  if (answer.kind === 'failed') return answer.error
  return answer.kind === 'absent' ? toFactError(new NotThereError(host)) : null
}
