/** `config`: whether a config file can be used, and what it comes to. Nobody is asked anything. */
import { stringify } from 'yaml'
import { describePlan } from '../../config/file/describe-plan.ts'
import type { Plan } from '../../config/file/plan.ts'
import { oneOf } from '../../domain/expectation.ts'
import { withSourceDate } from '../clock.ts'
import { choosePlan } from '../config/choose-plan.ts'
import { findConfig } from '../config/find-config.ts'
import { planFlags } from '../config/plan-flags.ts'
import type { CliContext } from '../context.ts'
import { badValue, UsageError } from '../usage-error.ts'
import type { PlanSize } from '../words/en.ts'

export type ConfigCommandFlags = { readonly config?: string | false; readonly json?: boolean }

/** @param action `check` or `print` */
export default async function config(action: string, flags: ConfigCommandFlags, context: CliContext): Promise<number> {
  if (action !== 'check' && action !== 'print') throw badValue('config', oneOf(['check', 'print']))
  const found = findConfig(flags)
  if (found === null) throw new UsageError('usage-no-config')
  const chosen = await choosePlan({ accounts: [], flags: withSourceDate({}, context), found }, context)
  if (chosen === null) throw new UsageError('usage-no-config')
  // What the file asks for in words of options is checked as these are.
  planFlags({}, chosen)
  const { plan } = chosen
  if (action === 'check') {
    context.answer(context.words.config.fine(found.path, sizeOf(plan)))
    return 0
  }
  const shown = describePlan(plan, found.path)
  const text =
    flags.json === true
      ? JSON.stringify(shown, null, 2)
      : stringify(shown, { aliasDuplicateObjects: false, lineWidth: 0 })
  context.answer(text.trimEnd())
  return 0
}

/** An account on two chains is one account, checked twice. */
function sizeOf({ targets }: Plan): PlanSize {
  return {
    accounts: new Set(targets.map(({ address }) => address)).size,
    chains: new Set(targets.map(({ chain }) => chain.id)).size,
    targets: targets.length,
  }
}
