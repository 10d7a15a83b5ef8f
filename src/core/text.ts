/** The words of rules and reports: ICU MessageFormat strings, in each language. */
import type { LinkId } from './links.ts'

export const locales = ['en', 'ja'] as const
export type Locale = (typeof locales)[number]

/** What one kind of finding says. Placeholders in braces name the finding's data. */
export type MessageText = {
  /** Names the exact spender, token or nonce. */
  readonly message: string
  /** One action each, safe to follow in order. */
  readonly steps: readonly string[]
  readonly links?: readonly LinkId[]
  /** In place of the rule's own, where this kind of finding is another matter. */
  readonly title?: string
  readonly why?: string
}

export type RuleText<MessageId extends string = string> = {
  /** Names the problem in a few words. */
  readonly title: string
  /** What the rule decides, in one sentence, for `rules ID` and the README. */
  readonly decides: string
  /** What can happen to the owner. */
  readonly why: string
  readonly messages: Readonly<Record<MessageId, MessageText>>
  /** What each option means. English has it in the options' own descriptions, so it is for other languages. */
  readonly options?: Readonly<Record<string, string>>
}

/** The text that another language must have, given the English one. */
export type Translation<Text extends RuleText> = RuleText<Extract<keyof Text['messages'], string>>
