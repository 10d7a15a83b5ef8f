/** `check` with a config file or a table of accounts: many targets, one report. */
import { resolve } from 'node:path'
import type { Plan, PlannedTarget } from '../../config/file/plan.ts'
import { value } from '../../core/value.ts'
import {
  type Gathered,
  type GatherOptions,
  gatherMany,
  type JudgedTarget,
  parseTokenList,
  type Report,
} from '../../index.ts'
import { openCache } from '../cache.ts'
import { type CheckFlags, type CheckSettings, readCheckFlags } from '../check-flags.ts'
import { readBaseline } from '../comparison.ts'
import type { CliContext } from '../context.ts'
import { checkWritable } from '../files.ts'
import { type Finish, finishCheck } from '../finish-check.ts'
import { readExpected, readLists } from '../lists.ts'
import { readNotifyFlags } from '../notify-flags.ts'
import { checkOutputs } from '../outputs.ts'
import { startProgress } from '../progress.ts'
import { saveFacts } from '../save-facts.ts'
import { UsageError } from '../usage-error.ts'
import { type Asked, type ChosenPlan, choosePlan } from './choose-plan.ts'
import { connectChains } from './connect-chain.ts'
import { planFlags } from './plan-flags.ts'
import { chooseSuppressions, type Excuses } from './suppressions-from.ts'

/** @returns the exit code of the report; null when the config says nothing of the account */
export default async function checkPlan(asked: Asked, context: CliContext): Promise<number | null> {
  const chosen = await choosePlan(asked, context)
  if (chosen === null) return null
  const { found, flags: given } = asked
  if (found?.isNamed === false && given.quiet !== true) context.say(context.words.configUsed(found.path))
  const flags = planFlags(asked.flags, chosen)
  const settings = readCheckFlags(flags)
  refuseForMany(asked.flags, chosen.plan)
  await checkOutputs(settings.outputs)
  if (flags.saveFacts !== undefined) await checkWritable(flags.saveFacts)
  const baseline = await readBaseline(flags, context)
  const excuses = await chooseSuppressions({ asked, chosen, flags }, context)
  const { accounts = '' } = asked.flags
  const telling = {
    notifiers: [...chosen.plan.notify, ...readNotifyFlags(flags, context)],
    scope: ['plan', resolve(asked.found?.path ?? accounts)],
  }
  return runPlan({ chosen, flags, settings, baseline, excuses, telling }, context)
}

type Run = {
  readonly chosen: ChosenPlan
  readonly flags: CheckFlags
  readonly settings: CheckSettings
  readonly baseline: Report | null
  readonly excuses: Excuses
  readonly telling: NonNullable<Finish['telling']>
}

async function runPlan(run: Run, context: CliContext): Promise<number> {
  const { flags, settings, chosen, baseline, excuses, telling } = run
  const expected = flags.expectedSpenders === undefined ? {} : await readExpected(flags.expectedSpenders, context)
  const gathered = await gatherPlan(run, { expected, context })
  await saveFacts(gathered, flags, context)
  const { allowIncomplete = false, otherAccounts, targets } = chosen.plan
  const judged = gathered.map((result, index) => toJudged(result, targets[index], expected))
  const judging = {
    rules: chosen.rules,
    allowIncomplete: flags.allowIncomplete ?? allowIncomplete,
    otherAccounts,
    ...excuses,
  }
  return finishCheck(judged, { flags, settings, baseline, judging, telling }, context)
}

type RuleOptions = NonNullable<GatherOptions['ruleOptions']>
type Scene = { readonly expected: RuleOptions; readonly context: CliContext }

async function gatherPlan(run: Run, { expected, context }: Scene): Promise<readonly Gathered[]> {
  const { flags, settings, chosen, baseline } = run
  const lists = await listsOf(run, context)
  const chains = await connectChains(chosen, { flags, settings }, context)
  const store = openCache(flags, context)
  const { stderr, locale, words } = context
  const progress = flags.quiet === true ? null : startProgress({ stream: stderr, locale, words })
  const { targets } = chosen.plan
  const onFailover: GatherOptions['onFailover'] = ({ from, to }) =>
    (context.watch?.sayAgain ?? context.say)(words.failover(from, to))
  try {
    return await gatherMany(
      targets.map((target) => ({
        address: target.address,
        ...(target.label !== null && { label: target.label }),
        ...chains.get(target.chain.id),
        rules: chosen.rules,
        onlyRules: flags.rule ?? [],
        skipRules: flags.skipRule ?? [],
        ruleOptions: { ...target.ruleOptions, ...expected },
        ...lists,
        ...(baseline !== null && { baseline }),
        ...(store !== null && { store }),
        ...(progress !== null && { onProgress: progress.onProgress }),
        onFailover,
        signal: context.signal,
      })),
    )
  } finally {
    progress?.stop()
    await store?.close()
  }
}

function toJudged(gathered: Gathered, target: PlannedTarget | undefined, expected: RuleOptions): JudgedTarget {
  if (target === undefined) return gathered
  const { declaredAt, tags, severities, ruleOptions } = target
  if (gathered.kind === 'unchecked') return { ...gathered, declaredAt }
  return {
    ...gathered,
    declaredAt,
    severities,
    ruleOptions: { ...ruleOptions, ...expected },
    ...(tags.length > 0 && { tags }),
  }
}

async function listsOf({ flags, settings, chosen: { plan } }: Run, context: CliContext) {
  const lists = await readLists(flags, context)
  if (plan.expectedTokens.length === 0) return lists
  const { now = Date.now } = settings.reading
  const date = new Date(now()).toISOString().slice(0, 10)
  const expected = parseTokenList(plan.expectedTokens.join('\n'), { name: 'expectedTokens', date })
  return { ...lists, tokenLists: [...(lists.tokenLists ?? []), expected] }
}

/** What is about one chain, or one account. */
const single = {
  rpcUrl: '--rpc-url',
  secondRpcUrl: '--second-rpc-url',
  logsFrom: '--logs-from',
  historyUrl: '--history-url',
  fromBlock: '--from-block',
  block: '--block',
} as const satisfies { readonly [Flag in keyof CheckFlags]?: string }

/** @throws UsageError */
function refuseForMany(flags: CheckFlags, { targets }: Plan): void {
  const chains = new Set(targets.map(({ chain }) => chain.id)).size
  for (const [flag, option] of Object.entries(single)) {
    if (chains === 1 || flags[flag as keyof typeof single] === undefined) continue // a key of the table
    throw new UsageError('usage-one-chain', { option: value.text(option), chains: value.count(chains) })
  }
  for (const [option, given] of [
    ['--save-facts', flags.saveFacts],
    ['--tx', flags.tx],
  ] as const) {
    if (targets.length === 1 || given === undefined) continue
    throw new UsageError('usage-one-target', { option: value.text(option), targets: value.count(targets.length) })
  }
}
