/** Runs rules over facts. A rule sees what it declared and nothing else; whatever goes wrong in it is its own outcome. */
import type { Address } from 'viem'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { FactKey, FactMap, FactResults, Missing } from '../core/facts.ts'
import type { Finding } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Because, ReportMissing } from '../core/report.ts'
import type { Draft, Rule } from '../core/rule.ts'
import { value } from '../core/value.ts'
import { baselineFor } from '../domain/baseline.ts'
import { fingerprint } from './fingerprint.ts'
import { checkForeign } from './foreign-findings.ts'

type Target = { readonly account: Address; readonly facts: FactResults }
export type RuleOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The rule that, once found, keeps every other one from running: a wrong chain's answers say nothing. */
const chainGuard = 'wrong-chain-endpoint'

/**
 * Judges all facts of one target.
 * @param options per rule id, already known to name existing rules; parsed here with each rule's schema
 */
export function judge(rules: readonly Rule[], target: Target, options: RuleOptions = {}): readonly Outcome[] {
  const wrongChain = findWrongChain(target.facts)
  return rules.map((rule) => {
    if (wrongChain !== null && rule.id !== chainGuard) {
      return { ruleId: rule.id, status: 'inconclusive', because: wrongChain }
    }
    try {
      return judgeOne(rule, target, options[rule.id] ?? {})
    } catch (error) {
      return { ruleId: rule.id, status: 'inconclusive', because: { kind: 'rule-crashed', error: toFactError(error) } }
    }
  })
}

function findWrongChain({ chain }: FactResults): Because | null {
  if (chain.status === 'failed' || chain.value.expectedChainId === null) return null
  const { expectedChainId: expected, chainId: actual } = chain.value
  return expected === actual ? null : { kind: 'wrong-chain', expected, actual }
}

function judgeOne(rule: Rule, target: Target, options: Readonly<Record<string, unknown>>): Outcome {
  const ruleId = rule.id
  const facts: Partial<Record<FactKey, FactMap[FactKey]>> = {}
  const given = withOwnBaseline(target.facts, ruleId)
  for (const key of rule.needs) {
    const result = given[key]
    if (result.status === 'failed') {
      return { ruleId, status: 'inconclusive', because: { kind: 'fact-failed', fact: key, error: result.error } }
    }
    facts[key] = deepFreeze(result.value)
  }
  const needed = guardNeeds(rule, facts)
  const parsed = rule.options.parse(options)
  if (!rule.applies(needed, parsed)) return { ruleId, status: 'not-applicable' }
  const drafts = rule.judge(needed, parsed)
  const because = incompleteBecause(rule, needed, parsed)
  const [first, ...rest] = drafts.map((draft) => toFinding(rule, draft, target))
  if (first !== undefined) {
    const findings = [first, ...rest].sort(byIdentity) as [Finding, ...Finding[]] // as many as before
    checkForeign(rule, findings)
    return {
      ruleId,
      status: 'found',
      findings,
      ...(because && { because }),
    }
  }
  return because === null ? { ruleId, status: 'passed' } : { ruleId, status: 'inconclusive', because }
}

function withOwnBaseline(facts: FactResults, ruleId: string): FactResults {
  const { baseline } = facts
  if (baseline.status === 'failed') return facts
  return { ...facts, baseline: { status: 'ok', value: baselineFor(ruleId, baseline.value) } }
}

/** The facts a rule declared; reading another one is a bug of the rule, said in words that help its author. */
function guardNeeds(rule: Rule, facts: Partial<Record<FactKey, FactMap[FactKey]>>): FactMap {
  return new Proxy(facts, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key)
      throw new UndeclaredFactError(rule.id, key)
    },
  }) as FactMap // narrower at run time than it says: the proxy throws for the rest
}

class UndeclaredFactError extends CheckupError {
  constructor(ruleId: string, fact: string) {
    super('undeclared-fact', {
      message: `The rule ${ruleId} read the fact ${fact}, which is not among its needs.`,
      data: { rule: value.text(ruleId), fact: value.text(fact) },
      hints: [`Add '${fact}' to the rule's needs.`],
    })
  }
}

function incompleteBecause(rule: Rule, facts: FactMap, options: Readonly<Record<string, unknown>>): Because | null {
  const refused = rule.needs.flatMap((key) =>
    facts[key].missing.filter(rule.reliesOn).map((part) => toReportMissing(part, key)),
  )
  const unread = rule.unread(facts, options).map(({ fact, ...part }) => toReportMissing(part, fact))
  const missing = [...refused, ...unread]
  const [first] = missing
  return first === undefined ? null : { kind: 'fact-incomplete', fact: first.fact, missing }
}

function toReportMissing({ ranges, ...missing }: Missing, fact: FactKey): ReportMissing & { readonly fact: FactKey } {
  if (ranges === undefined) return { ...missing, fact }
  return {
    ...missing,
    fact,
    ranges: ranges.map((range) => ({ fromBlock: String(range.fromBlock), toBlock: String(range.toBlock) })),
  }
}

function toFinding(rule: Rule, draft: Draft, { account, facts }: Target): Finding {
  const { remedy, ...rest } = draft
  return {
    severity: rule.severity,
    confidence: rule.confidence,
    ...rest,
    ruleId: rule.id,
    fingerprint: fingerprint({
      ruleId: rule.id,
      // The chain that was asked for: a finding about another one in its place is about this.
      chainId: facts.chain.status === 'ok' ? (facts.chain.value.expectedChainId ?? facts.chain.value.chainId) : null,
      account,
      subject: draft.subject,
    }),
    ...(remedy !== undefined && remedy.length > 0 && { remedy }),
  }
}

function byIdentity(one: Finding, other: Finding): number {
  const left = JSON.stringify([one.messageId, one.subject])
  const right = JSON.stringify([other.messageId, other.subject])
  return left < right ? -1 : left > right ? 1 : 0
}

function deepFreeze<T>(input: T): T {
  if (typeof input !== 'object' || input === null || Object.isFrozen(input)) return input
  for (const item of Object.values(input)) deepFreeze(item)
  return Object.freeze(input)
}
