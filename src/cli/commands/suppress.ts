/** `suppress`: adds suppressions to the config file, lists them, and takes out those that nobody needs. Nobody is asked anything. */
import { removeSuppressions } from '../../config/file/edit-suppressions.ts'
import type { PlannedSuppression } from '../../config/file/plan.ts'
import { oneOf } from '../../domain/expectation.ts'
import { isAbout, isExpired, narrowedText } from '../../domain/suppression.ts'
import { harmlessText } from '../../domain/visible-text.ts'
import type { Report } from '../../index.ts'
import { addGiven } from '../add-suppression.ts'
import { nowOf, withSourceDate } from '../clock.ts'
import { findConfig } from '../config/find-config.ts'
import { loadFile } from '../config/load-config.ts'
import { planOwnSuppressions } from '../config/plan-suppressions.ts'
import type { CliContext } from '../context.ts'
import { readList, writeWhole } from '../files.ts'
import { readReport } from '../report-file.ts'
import { refuseNoEffect, type SuppressFlags } from '../suppress-flags.ts'
import { badValue, UsageError } from '../usage-error.ts'

type Asked = { readonly action: string; readonly reportFile: string | undefined }

/** @param asked.reportFile says which ones excuse nothing */
export default async function suppress(
  { action, reportFile }: Asked,
  flags: SuppressFlags,
  context: CliContext,
): Promise<number> {
  if (action !== 'add' && action !== 'list' && action !== 'prune')
    throw badValue('suppress', oneOf(['add', 'list', 'prune']))
  refuseNoEffect({ action, reportFile }, flags)
  const found = findConfig(flags)
  if (found === null) throw new UsageError('usage-no-config')
  const { path } = found
  const now = nowOf(withSourceDate(flags, context))
  if (action === 'add') return addGiven({ path, flags, now }, context)
  const file = await loadFile(path, context)
  const { suppressions: planned } = await planOwnSuppressions(file, { listed: null, path, now })
  const report = reportFile === undefined ? null : await readReport(reportFile, context)
  const scene = { path, planned, report, now }
  return action === 'list' ? list(scene, context) : prune(scene, context)
}

type Scene = {
  readonly path: string
  readonly planned: readonly PlannedSuppression[]
  readonly report: Report | null
  /** Milliseconds since 1970. */
  readonly now: number
}

type State = 'active' | 'expired' | 'unused'

/** As of now, and as of a report where one is given: it says which ones excused nothing. */
function stateOf(suppression: PlannedSuppression, { report, now }: Pick<Scene, 'report' | 'now'>): State {
  if (isExpired(suppression, now)) return 'expired'
  // Lines move when somebody edits the file after the report, so what it says must be the same, and not where.
  const isUnused = (report?.result.notices ?? []).some(
    (notice) => notice.kind === 'suppression-unused' && isAbout(notice.data, suppression),
  )
  return isUnused ? 'unused' : 'active'
}

function list({ planned, ...scene }: Scene, { print, words }: CliContext): number {
  if (planned.length === 0) print(`${words.suppress.none}\n`)
  for (const suppression of planned) {
    const { rule, reason, expires, declaredAt } = suppression
    const what = [rule, narrowedText(suppression)].filter((part) => part !== '').join('  ')
    const state = words.suppress.states[stateOf(suppression, scene)]
    const place = `${declaredAt.file}:${declaredAt.line}`
    print(`${harmlessText(`${place}  ${state}  ${words.suppress.until(expires)}  ${what}  (${reason})`)}\n`)
  }
  return 0
}

async function prune({ path, planned, ...scene }: Scene, context: CliContext): Promise<number> {
  const { print, words } = context
  const places = planned.flatMap((suppression, place) => (stateOf(suppression, scene) === 'active' ? [] : [place]))
  if (places.length > 0) {
    const { text } = await readList(path, context)
    await writeWhole(path, removeSuppressions(text, places))
  }
  print(`${harmlessText(words.suppress.pruned(path, places.length, planned.length - places.length))}\n`)
  return 0
}
