/** The report, as zod schemas: types, JSON Schema and the check of a report file all come from here. See README, "JSON report". */
import { z } from 'zod'
import { factErrorSchema } from './error-schema.ts'
import { missingSchema } from './facts.ts'
import { findingSchema } from './finding.ts'
import { address, count, type DeepReadonly, hash } from './schema.ts'
import { spendingSchema } from './spending.ts'
import { comparedSchema, stateSchema } from './state.ts'
import { locales } from './text.ts'
import { valueSchema } from './value-schema.ts'

/** Grows by semver of its own: a field that goes or changes its meaning is a new major. */
export const reportSchemaVersion = '1.6.0'
export const reportSchemaUrl = 'https://unpkg.com/wallet-checkup/schema/report.json'

const digits = z.string().regex(/^\d+$/)
const reportRange = z.object({ fromBlock: digits, toBlock: digits })
const reportMissing = missingSchema.omit({ ranges: true }).extend({
  ranges: z.array(reportRange).optional(),
  /** The fact it is a part of. Absent in reports before 1.1.0: there it is the fact of the whole reason. */
  fact: z.string().optional(),
})
export type ReportMissing = DeepReadonly<z.infer<typeof reportMissing>>

/** Why a rule could not be evaluated, or not completely. */
export const becauseSchema = z.discriminatedUnion('kind', [
  /** A fact it needs could not be read at all. */
  z.object({ kind: z.literal('fact-failed'), fact: z.string(), error: factErrorSchema }),
  /** Facts it needs were read in part. `fact` is the first of them; `missing` has the missing parts of all. */
  z.object({ kind: z.literal('fact-incomplete'), fact: z.string(), missing: z.array(reportMissing).min(1) }),
  /** The endpoint serves another chain, so nothing it says was judged. */
  z.object({ kind: z.literal('wrong-chain'), expected: count, actual: count }),
  z.object({ kind: z.literal('rule-crashed'), error: factErrorSchema }),
])
export type Because = DeepReadonly<z.infer<typeof becauseSchema>>

/** A line of the config file, its path as the user wrote it. Lines count from 1. */
const placeSchema = z.object({ file: z.string(), line: count.min(1) })
export type Place = DeepReadonly<z.infer<typeof placeSchema>>

/** A decision of the user to leave a finding alone for a time. */
const suppressionSchema = z.object({
  reason: z.string(),
  /** The last day it holds, UTC. */
  expires: z.iso.date(),
  /** Where it stands. */
  declaredAt: placeSchema.optional(),
})

export const changes = ['new', 'unchanged', 'updated'] as const
const marks = {
  /** Against the baseline; absent where none was given. `updated`: same identity, graver or other facts. */
  change: z.enum(changes).optional(),
  /** Present: it counts neither for the verdict nor for the exit code. */
  suppressions: z.array(suppressionSchema).min(1).optional(),
}
/** What the user's own settings say of a finding. */
export type Marks = DeepReadonly<z.infer<z.ZodObject<typeof marks>>>
export type FindingSuppression = NonNullable<Marks['suppressions']>[number]

const localizedFinding = findingSchema.extend({
  ...marks,
  title: z.string(),
  message: z.string(),
  /** What can happen to the owner. */
  why: z.string(),
  steps: z.array(z.string()),
  links: z.array(z.string()),
})
export type ReportFinding = DeepReadonly<z.infer<typeof localizedFinding>>

export const outcomeStatuses = ['passed', 'found', 'not-applicable', 'inconclusive'] as const

const reportOutcome = z.discriminatedUnion('status', [
  z.object({ ruleId: z.string(), status: z.literal('passed') }),
  z.object({ ruleId: z.string(), status: z.literal('not-applicable') }),
  z.object({ ruleId: z.string(), status: z.literal('inconclusive'), because: becauseSchema }),
  z.object({
    ruleId: z.string(),
    status: z.literal('found'),
    findings: z.array(localizedFinding).min(1),
    /** Present when the rule could not see everything: there may be more findings. */
    because: becauseSchema.optional(),
  }),
])
export type ReportOutcome = DeepReadonly<z.infer<typeof reportOutcome>>

export const verdicts = ['critical', 'attention', 'no-findings', 'inconclusive'] as const
export type Verdict = (typeof verdicts)[number]

/** What the account looked like at the block; null for what was not read, or not completely. */
const seenSchema = z.object({
  /** Wei. */
  balance: digits.nullable(),
  /** Symbol of the chain's coin. */
  coin: z.string().nullable(),
  /** `delegated`: an account that runs a contract's code (EIP-7702). */
  kind: z.enum(['account', 'contract', 'delegated']).nullable(),
  /** Nonces the account has used; null for a contract, which sends none. */
  transactionsSent: count.nullable(),
  tokensHeld: count.nullable(),
  /** Its transactions that wait, by where; null where nobody looked. Absent in reports before 1.4.0. */
  waiting: z
    .object({
      /** At the endpoint, no nonce before them missing. */
      pending: count,
      /** At the endpoint, behind a missing nonce. */
      queued: count,
      /** Named by the user and known to the endpoint, but whether a nonce before them is missing could not be seen. Absent in reports of before. */
      unplaced: count.optional(),
      /** Named by the user, and unknown to the endpoint. */
      invisible: count,
      /** False: the endpoint does not show all that waits, so more may. */
      isComplete: z.boolean(),
      /** Absent in reports of before. */
      scope: z
        .literal('endpoint')
        .describe(
          'Only the endpoint was asked: other nodes may hold transactions that it never saw, even where it is 0.',
        )
        .optional(),
    })
    .nullable()
    .optional(),
})

/** Per log scan the blocks asked for and those not read. */
const reportCoverage = z.object({
  fact: z.string(),
  fromBlock: digits,
  toBlock: digits,
  gaps: z.array(reportRange),
  /** Host of who listed the logs, where it was not the endpoint. It told where to look; state was read from the endpoint. */
  source: z.string().optional(),
})

/** A finding of the baseline that this run does not have. */
const earlierFinding = localizedFinding
  .pick({
    ruleId: true,
    fingerprint: true,
    severity: true,
    messageId: true,
    subject: true,
    data: true,
    suppressions: true,
    title: true,
    message: true,
  })
  .extend({
    /** `absent`: its rule was evaluated completely and found it no more. `unknown`: this run could not tell. */
    change: z.enum(['absent', 'unknown']),
  })
export type EarlierFinding = DeepReadonly<z.infer<typeof earlierFinding>>

const reportTarget = z.object({
  account: address,
  label: z.string().nullable(),
  /** As the config file has them. */
  tags: z.array(z.string()).optional(),
  /** Where the config file names the account. */
  declaredAt: placeSchema.optional(),
  chain: z.object({ id: count, name: z.string() }).nullable(),
  block: z.object({ number: digits, hash, timestamp: count }).nullable(),
  /** Absent in reports before 1.1.0. */
  seen: seenSchema.optional(),
  verdict: z.enum(verdicts),
  outcomes: z.array(reportOutcome),
  /** Ids of rules that the settings switch off for this account; absent where there are none. */
  switchedOff: z.array(z.string()).min(1).optional(),
  coverage: z.array(reportCoverage),
  /** Who listed own transactions, how many, how many of them are on the chain as it says, or why it listed none. */
  listedHistory: z
    .object({ host: z.string(), rows: count, confirmed: count, error: factErrorSchema.nullable() })
    .optional(),
  /** What its own transactions cost; absent where none was read. */
  spending: spendingSchema.optional(),
  /** What later checks compare with; absent in reports before 1.4.0. */
  state: stateSchema.optional(),
  /** Of an updated baseline: rules that compare with another state, because others could not look or were not asked. */
  compared: comparedSchema.optional(),
  /** Findings of the baseline that are not among `outcomes`; absent where no baseline was given. */
  earlier: z.array(earlierFinding).optional(),
})

/** Something that was to be checked and has no account to report on: an ENS name that could not be resolved, say. */
const uncheckedTarget = z.object({
  /** As the user wrote it. */
  input: z.string(),
  label: z.string().nullable(),
  chain: z.object({ id: count, name: z.string() }).nullable(),
  error: factErrorSchema,
  declaredAt: placeSchema.optional(),
})

/** A target of the baseline that this run was not asked about. */
const notAskedTarget = z.object({
  account: address,
  label: z.string().nullable(),
  chain: z.object({ id: count, name: z.string() }).nullable(),
  /** Its findings, all `unknown`. */
  earlier: z.array(earlierFinding).min(1),
})

/** What the user should know about the run's own settings. */
const noticeSchema = z.object({
  kind: z.enum(['suppression-expired', 'suppression-unused', 'suppression-outdated']),
  /** In the report's locale. */
  message: z.string(),
  data: z.record(z.string(), valueSchema),
  declaredAt: placeSchema.optional(),
})
export type Notice = DeepReadonly<z.infer<typeof noticeSchema>>
export type Seen = DeepReadonly<z.infer<typeof seenSchema>>
export type ReportTarget = DeepReadonly<z.infer<typeof reportTarget>>

const exitCodes = z.union([z.literal(0), z.literal(1), z.literal(3)])

const reportResult = z.object({
  summary: z.object({
    /** False when any selected check could not be evaluated completely. */
    complete: z.boolean(),
    exitCode: exitCodes,
    /** Without suppressed ones. */
    findings: z.object({ critical: count, high: count, medium: count, low: count, info: count }),
    /** Findings that a suppression excuses; absent where none does. */
    suppressed: count.optional(),
    /** Against the baseline, suppressed ones left out; absent where none was given. */
    changes: z.object({ new: count, unchanged: count, updated: count, absent: count, unknown: count }).optional(),
    outcomes: z.object({ passed: count, found: count, 'not-applicable': count, inconclusive: count }),
  }),
  /** Ids of rules that the selection (`--rule`, `--skip-rule`) leaves out of the whole run; absent where there are none. */
  notSelected: z.array(z.string()).min(1).optional(),
  targets: z.array(reportTarget),
  unchecked: z.array(uncheckedTarget).optional(),
  /** Absent where no baseline was given, or it has no finding of another target. */
  notAsked: z.array(notAskedTarget).optional(),
  notices: z.array(noticeSchema).optional(),
})

export const reportSchema = z.object({
  $schema: z.string(),
  schemaVersion: z.string(),
  /** Everything that differs between two runs over the same facts. */
  run: z.object({
    tool: z.object({ name: z.string(), version: z.string() }),
    startedAt: z.iso.datetime(),
    durationSeconds: z.number().nonnegative(),
    locale: z.enum(locales),
    /** True when the user stopped the run: what was not read by then is missing. */
    interrupted: z.boolean(),
    endpoints: z.array(
      z.object({
        host: z.string(),
        requests: count,
        /**
         * What it was asked for; absent: the endpoint under check. `failover`: what that one no longer answered, or never could;
         * it has no role in reports before 1.6.0, and nothing has one before 1.2.0.
         */
        role: z.enum(['failover', 'logs', 'history', 'second-opinion']).optional(),
        /** Why another endpoint took its place for the rest of the run; absent where none did. */
        failure: factErrorSchema.optional(),
      }),
    ),
    lists: z.array(z.object({ name: z.string(), date: z.string(), entries: count })),
    /** The earlier report that findings are compared with. */
    baseline: z
      .object({
        startedAt: z.iso.datetime(),
        /** True: only findings that are new or updated make the exit code 1. */
        failOnNew: z.boolean().optional(),
      })
      .optional(),
    /** Messages sent to others about what changed. A failed one changes nothing else. */
    deliveries: z
      .array(
        z.object({
          /** `webhook`, `slack`, … */
          kind: z.string(),
          host: z.string(),
          status: z.enum(['delivered', 'failed']),
          error: factErrorSchema.optional(),
        }),
      )
      .optional(),
  }),
  result: reportResult,
})
export type Report = DeepReadonly<z.infer<typeof reportSchema>>
