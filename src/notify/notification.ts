/** What others are told: the shape of a webhook's message, as a zod schema. Types and JSON Schema come from here. */
import { z } from 'zod'
import { findingSchema } from '../core/finding.ts'
import type { Report } from '../core/report.ts'
import { count, type DeepReadonly } from '../core/schema.ts'
import { locales } from '../core/text.ts'

const notificationVersion = '1.1.0'
export const notificationSchemaUrl = 'https://unpkg.com/wallet-checkup/schema/notification.json'

const placeSchema = z.object({
  /** EIP-55; what the user wrote where it could not be resolved. */
  account: z.string(),
  label: z.string().nullable(),
  chain: z.object({ id: count, name: z.string() }).nullable(),
})
export type Place = DeepReadonly<z.infer<typeof placeSchema>>

const tellableFinding = findingSchema
  .pick({ ruleId: true, fingerprint: true, severity: true, messageId: true, subject: true, data: true })
  .extend({ title: z.string(), message: z.string() })
export type TellableFinding = DeepReadonly<z.infer<typeof tellableFinding>>

const ofFinding = <const Change extends string>(change: Change) =>
  z.object({ change: z.literal(change), target: placeSchema, finding: tellableFinding })
const ofChecks = <const Change extends string>(change: Change) =>
  /** Rule ids; empty where nothing of the account could be checked. */
  z.object({ change: z.literal(change), target: placeSchema, checks: z.array(z.string()) })

const transitionSchema = z.discriminatedUnion('change', [
  ofFinding('new'),
  /** Graver, or more or other than before. */
  ofFinding('worse'),
  /** Its rule was evaluated completely and found it no more. */
  ofFinding('resolved'),
  /** Found no more since the baseline took what had happened: nobody set it right. */
  ofFinding('accepted'),
  /** Checks that could be made before and could not be now. What they had found is neither confirmed nor gone. */
  ofChecks('unknown'),
  /** The other way round. */
  ofChecks('known'),
])
export type Transition = DeepReadonly<z.infer<typeof transitionSchema>>
export const transitionKinds = ['new', 'worse', 'resolved', 'accepted', 'unknown', 'known'] as const

export const notificationSchema = z.object({
  $schema: z.string(),
  schemaVersion: z.string(),
  tool: z.object({ name: z.string(), version: z.string() }),
  /** When the run began. */
  startedAt: z.iso.datetime(),
  locale: z.enum(locales),
  /** Whether every selected check of the run was made. */
  complete: z.boolean(),
  summary: z.object({ new: count, worse: count, resolved: count, accepted: count, unknown: count, known: count }),
  transitions: z.array(transitionSchema),
  /** Transitions that are counted in `summary` and not listed. */
  leftOut: count,
})
export type Notification = DeepReadonly<z.infer<typeof notificationSchema>>

/** Of the first run over many accounts, which finds everything at once. */
const mostTransitions = 500

export function makeNotification(transitions: readonly Transition[], { run, result }: Report): Notification {
  const counted = (kind: Transition['change']) => transitions.filter(({ change }) => change === kind).length
  const listed = transitions.slice(0, mostTransitions)
  return {
    $schema: notificationSchemaUrl,
    schemaVersion: notificationVersion,
    tool: run.tool,
    startedAt: run.startedAt,
    locale: run.locale,
    complete: result.summary.complete,
    summary: {
      new: counted('new'),
      worse: counted('worse'),
      resolved: counted('resolved'),
      accepted: counted('accepted'),
      unknown: counted('unknown'),
      known: counted('known'),
    },
    transitions: listed,
    leftOut: transitions.length - listed.length,
  }
}
