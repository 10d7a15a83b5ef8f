/** `suppress`: adds suppressions to the config file, lists them, and takes out those that nobody needs. Nobody is asked anything. */
import { accountsOf } from '../../config/file/accounts.ts'
import { nameChains } from '../../config/file/chains.ts'
import { addSuppression, removeSuppressions, type WrittenSuppression } from '../../config/file/edit-suppressions.ts'
import type { PlannedSuppression } from '../../config/file/plan.ts'
import { type ReadConfig, readConfig } from '../../config/file/read-config.ts'
import { planSuppressions } from '../../config/file/suppressions.ts'
import { value } from '../../core/value.ts'
import { oneOf } from '../../domain/expectation.ts'
import { isAbout } from '../../domain/suppression-data.ts'
import { harmlessText } from '../../domain/visible-text.ts'
import type { Report } from '../../index.ts'
import { findChain } from '../../rpc/public-endpoint.ts'
import { findConfig } from '../config/find-config.ts'
import { loadConfig } from '../config/load-config.ts'
import type { CliContext } from '../context.ts'
import { readList, writeWhole } from '../files.ts'
import { rulesWith } from '../plugins.ts'
import { readReport } from '../report-file.ts'
import { badValue, UsageError } from '../usage-error.ts'

export type SuppressFlags = {
  readonly config?: string | false
  readonly rule?: string
  readonly account?: string
  readonly chain?: string
  readonly token?: string
  readonly spender?: string
  readonly maxAllowance?: string
  readonly reason?: string
  readonly expires?: string
}
type Asked = { readonly action: string; readonly reportFile: string | undefined }

/** @param asked.reportFile says which ones excuse nothing */
export default async function suppress(
  { action, reportFile }: Asked,
  flags: SuppressFlags,
  context: CliContext,
): Promise<number> {
  if (action !== 'add' && action !== 'list' && action !== 'prune')
    throw badValue('suppress', oneOf(['add', 'list', 'prune']))
  const found = await findConfig(flags)
  if (found === null) throw new UsageError('usage-no-config')
  if (action === 'add') return add(found.path, flags, context)
  const config = await loadConfig(found.path, context)
  const planned = await plan(config, { listed: config.listed, path: found.path })
  const report = reportFile === undefined ? null : await readReport(reportFile, context)
  return action === 'list' ? list(planned, report, context) : prune({ path: found.path, planned, report }, context)
}

async function plan(
  read: ReadConfig,
  { listed, path }: Pick<Awaited<ReturnType<typeof loadConfig>>, 'listed'> & { readonly path: string },
): Promise<readonly PlannedSuppression[]> {
  const chains = await nameChains(read, { findChain })
  const rules = await rulesWith({}, { path, plugins: read.config.plugins ?? [] })
  return planSuppressions(read, { rules, accounts: [...accountsOf(read), ...listed], chains, now: Date.now() })
}

/** What would be written is read back and checked first: a wrong one changes nothing. */
async function add(path: string, flags: SuppressFlags, context: CliContext): Promise<number> {
  const { print, words } = context
  const { listed } = await loadConfig(path, context)
  const { text } = await readList(path, context)
  const next = addSuppression(text, written(flags))
  const planned = await plan(readConfig(next, path), { listed, path })
  await writeWhole(path, next)
  print(`${harmlessText(words.suppress.added(path, planned.length))}\n`)
  return 0
}

function written({
  rule,
  account,
  chain,
  token,
  spender,
  reason,
  expires,
  maxAllowance,
}: SuppressFlags): WrittenSuppression {
  const missing = rule === undefined ? '--rule' : reason === undefined ? '--reason' : '--expires'
  if (rule === undefined || reason === undefined || expires === undefined) {
    throw new UsageError('usage-suppress-needs', { option: value.text(missing) })
  }
  return {
    rule,
    ...(account !== undefined && { account }),
    ...(chain !== undefined && { chain }),
    ...(token !== undefined && { token }),
    ...(spender !== undefined && { spender }),
    reason,
    expires,
    ...(maxAllowance !== undefined && { while: { maxAllowance } }),
  }
}

type State = 'active' | 'expired' | 'unused'

/** As of now, and as of a report where one is given: it says which ones excused nothing. */
function stateOf(suppression: PlannedSuppression, report: Report | null): State {
  const { expires, declaredAt } = suppression
  if (Date.now() >= Date.parse(expires) + 86_400_000) return 'expired'
  // Lines move when somebody edits the file after the report, so what it says must be the same, and not where.
  const isUnused = (report?.result.notices ?? []).some(
    (notice) =>
      notice.kind === 'suppression-unused' &&
      notice.declaredAt?.file === declaredAt.file &&
      isAbout(notice.data, suppression),
  )
  return isUnused ? 'unused' : 'active'
}

function list(planned: readonly PlannedSuppression[], report: Report | null, { print, words }: CliContext): number {
  if (planned.length === 0) print(`${words.suppress.none}\n`)
  for (const suppression of planned) {
    const { rule, account, spender, token, reason, expires, declaredAt } = suppression
    const what = [rule, account, token, spender].filter((part) => part !== undefined).join(' ')
    const state = words.suppress.states[stateOf(suppression, report)]
    const place = `${declaredAt.file}:${declaredAt.line}`
    print(`${harmlessText(`${place}  ${state}  ${words.suppress.until(expires)}  ${what}  (${reason})`)}\n`)
  }
  return 0
}

type Pruning = {
  readonly path: string
  readonly planned: readonly PlannedSuppression[]
  readonly report: Report | null
}

async function prune({ path, planned, report }: Pruning, context: CliContext): Promise<number> {
  const { print, words } = context
  const places = planned.flatMap((suppression, place) => (stateOf(suppression, report) === 'active' ? [] : [place]))
  if (places.length > 0) {
    const { text } = await readList(path, context)
    await writeWhole(path, removeSuppressions(text, places))
  }
  print(`${harmlessText(words.suppress.pruned(path, places.length, planned.length - places.length))}\n`)
  return 0
}
