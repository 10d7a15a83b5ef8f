/** What a rule must have before it can be judged with: types are gone when a program runs, and a plugin may never have had any. */
import { z } from 'zod'
import { factKeys } from '../core/fact-keys.ts'
import { confidenceSchema, severitySchema } from '../core/finding.ts'
import type { Rule } from '../core/rule.ts'

const text = z.string().min(1)
const message = z.object({
  message: text,
  steps: z.array(text).min(1),
  links: z.array(z.string()).optional(),
  title: text.optional(),
  why: text.optional(),
})
const ruleText = z.object({
  title: text,
  decides: text,
  why: text,
  messages: z.record(z.string(), message).refine((messages) => Object.keys(messages).length > 0, 'has no message'),
  options: z.record(z.string(), text).optional(),
})
const action = z.custom<unknown>((input) => typeof input === 'function', 'is not a function')
const optionsSchema = z.custom<unknown>(
  (input) => typeof input === 'object' && input !== null && 'shape' in input && 'safeParse' in input,
  'is not an object schema of z',
)
const shape = z.object({
  severity: severitySchema,
  confidence: confidenceSchema,
  needs: z.array(z.enum(factKeys)).min(1),
  text: z.object({ en: ruleText, ja: ruleText }),
  options: optionsSchema,
  reliesOn: action,
  unread: action,
  applies: action,
  judge: action,
})

/** What is wrong with the shape of a rule, as ends of the sentence "The rule … cannot be used: …"; none when it can be. */
export function shapeFlaws(candidate: object): readonly string[] {
  const parsed = shape.safeParse(candidate)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

/** What keeps a rule of that shape from being understood or run with nothing set; each names its place. */
export function contentFlaws({ needs, options, text: { en, ja } }: Rule): readonly string[] {
  return [
    ...(new Set(needs).size === needs.length ? [] : ['needs: a fact is named twice']),
    ...Object.entries(options.shape).flatMap(([name, schema]) => [
      ...(schema.safeParse(undefined).success ? [] : [`options.${name}: it has no default`]),
      ...(schema.description === undefined ? [`options.${name}: it has no description`] : []),
    ]),
    ...[...new Set([...Object.keys(en.messages), ...Object.keys(ja.messages)])].flatMap((id) => {
      const [english, japanese] = [en.messages[id], ja.messages[id]]
      if (english === undefined || japanese === undefined) return [`text: ${id} is in one language only`]
      const isSame = english.steps.length === japanese.steps.length
      return isSame ? [] : [`text: ${id} has another number of steps in each language`]
    }),
  ]
}
