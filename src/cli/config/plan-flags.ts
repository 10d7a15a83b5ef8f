/** What the file says of a whole run, as the options that say the same. Options that were given outrank it. Pure. */
import { ConfigValueError } from '../../config/file/problem.ts'
import { CheckupError } from '../../core/errors.ts'
import type { CheckFlags } from '../check-flags.ts'
import { parseOutputs } from '../outputs.ts'
import type { ChosenPlan } from './choose-plan.ts'

/** @throws ConfigValueError for outputs that there are not */
export function planFlags(flags: CheckFlags, { plan, read: { file }, resolve }: ChosenPlan): CheckFlags {
  const { lists, failOn, history, erc1155, secondOpinion, baseline, failOnNew, strict } = plan
  const output = plan.outputs.map((given, index) => {
    const path = ['outputs', index]
    try {
      parseOutputs([given])
    } catch (error) {
      throw error instanceof CheckupError ? new ConfigValueError(error, { at: file.placeOf(path), path }) : error
    }
    return given.replace(/(?<==).*$/s, resolve)
  })
  return {
    ...(output.length > 0 && { output }),
    ...(failOn !== undefined && { failOn }),
    ...(history !== undefined && { history: String(history) }),
    // Both are about a search that --quick leaves out.
    ...(erc1155 === true && flags.quick !== true && { erc1155 }),
    ...(secondOpinion === false && flags.secondRpcUrl === undefined && { secondOpinion }),
    ...(lists.tokens.length > 0 && { tokenList: lists.tokens.map(resolve) }),
    ...(lists.threats.length > 0 && { threatList: lists.threats.map(resolve) }),
    ...(lists.sanctions.length > 0 && { sanctionsList: lists.sanctions.map(resolve) }),
    ...(baseline !== undefined && { baseline: resolve(baseline) }),
    ...(failOnNew !== undefined && { failOnNew }),
    ...(strict !== undefined && { strict }),
    ...flags,
  }
}
