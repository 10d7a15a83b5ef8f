/** The shape of a rule. Third parties write the same: see `src/rule.ts`. */
import type { z } from 'zod'
import type { FactKey, FactMap, Missing } from './facts.ts'
import type { Confidence, Evidence, Severity, Subject, UnsignedCall } from './finding.ts'
import type { RuleText, Translation } from './text.ts'
import type { FindingData } from './value.ts'

/** What a rule may expect of the program, and the program of a rule. A higher one breaks rules of before. */
export const ruleApiVersion = 1

/** A part of a fact that nobody looked for. */
export type Unread<Key extends FactKey = FactKey> = Missing & { readonly fact: Key }

/** What `judge` returns for one problem. Severity and confidence are the rule's own unless said. */
export type Draft<MessageId extends string = string> = {
  readonly messageId: MessageId
  readonly subject: Subject
  readonly data: FindingData
  /** The reads that prove it: at least one. */
  readonly evidence: readonly [Evidence, ...Evidence[]]
  readonly severity?: Severity
  readonly confidence?: Confidence
  readonly remedy?: readonly UnsignedCall[]
}

type OptionsSchema = z.ZodObject<Readonly<Record<string, z.ZodType>>>
type MessageIds<Text extends RuleText> = Extract<keyof Text['messages'], string>

export interface RuleDefinition<
  Needs extends FactKey = FactKey,
  Options extends OptionsSchema = OptionsSchema,
  Text extends RuleText = RuleText,
> {
  /** State + thing, nouns only: `unlimited-allowance`. A third party's starts with its name: `acme/…`. */
  readonly id: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** The facts the rule receives; no others. A fact that failed makes the rule inconclusive without calling it. */
  readonly needs: readonly Needs[]
  /** Without Japanese, English stands in for it. */
  readonly text: { readonly en: Text; readonly ja?: Translation<Text> }
  /** Thresholds, each with a default and a description. */
  readonly options: Options
  /** Which missing parts of its facts keep this rule from ending in `passed`. All of them when absent. */
  readonly reliesOn?: (missing: Missing) => boolean
  /**
   * What was never looked for, and this rule wants with its options: transactions older than those read, say.
   * It keeps the rule from ending in `passed` as a missing part does.
   */
  readonly unread?: (facts: Pick<FactMap, Needs>, options: z.output<Options>) => readonly Unread<Needs>[]
  /** False: the rule says nothing about this account (`not-applicable`). */
  readonly applies?: (facts: Pick<FactMap, Needs>, options: z.output<Options>) => boolean
  /** Pure and synchronous. No clock, no network: the times are in the facts. */
  readonly judge: (facts: Pick<FactMap, Needs>, options: z.output<Options>) => readonly Draft<MessageIds<Text>>[]
}

/** A rule with its own types forgotten: what lists and the engine hold. */
export interface Rule {
  /** Which `ruleApiVersion` it was made for. */
  readonly apiVersion: number
  readonly id: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly needs: readonly FactKey[]
  readonly text: { readonly en: RuleText; readonly ja: RuleText }
  readonly options: OptionsSchema
  readonly reliesOn: (missing: Missing) => boolean
  readonly unread: (facts: FactMap, options: Record<string, unknown>) => readonly Unread[]
  readonly applies: (facts: FactMap, options: Record<string, unknown>) => boolean
  readonly judge: (facts: FactMap, options: Record<string, unknown>) => readonly Draft[]
}

/**
 * Makes a rule. Types inside it come from what it declares: `facts` has the needed facts only, `messageId` is one of its texts.
 * The engine narrows the facts at run time too.
 */
export function defineRule<const Needs extends FactKey, Options extends OptionsSchema, const Text extends RuleText>(
  definition: RuleDefinition<Needs, Options, Text>,
): Rule {
  const { applies, judge, reliesOn, text, unread } = definition
  return {
    ...definition,
    apiVersion: ruleApiVersion,
    text: { en: text.en, ja: text.ja ?? text.en },
    reliesOn: reliesOn ?? (() => true),
    // The engine has parsed `options` with this rule's own schema.
    unread: (facts, options) => unread?.(facts, options as z.output<Options>) ?? [],
    applies: (facts, options) => applies?.(facts, options as z.output<Options>) ?? true,
    judge: (facts, options) => judge(facts, options as z.output<Options>),
  }
}
