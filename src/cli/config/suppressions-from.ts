/** Suppressions of another version of the config file: a change that is still to be reviewed cannot excuse itself. */
import { execFile } from 'node:child_process'
import { basename, dirname, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { nameChains } from '../../config/file/chains.ts'
import { ConfigFileError } from '../../config/file/problem.ts'
import { type ReadConfig, readConfig } from '../../config/file/read-config.ts'
import { planSuppressions } from '../../config/file/suppressions.ts'
import { SecretInputError } from '../../config/secrets.ts'
import { value } from '../../core/value.ts'
import type { JudgeOptions, Suppression } from '../../index.ts'
import { findChain } from '../../rpc/public-endpoint.ts'
import { limitFrom, nowOf } from '../clock.ts'
import type { ComparisonFlags } from '../comparison.ts'
import type { CliContext } from '../context.ts'
import { readList } from '../files.ts'
import { SecretFileError } from '../secret-file-error.ts'
import { UsageError } from '../usage-error.ts'
import type { ChosenPlan, Asked as RunAsked } from './choose-plan.ts'

type Asked = {
  /** A file's path that begins with ./, ../ or /, or a revision of git. */
  readonly from: string
  /** The config file of the run. */
  readonly path: string
  /** Those that may be named. */
  readonly rules: ChosenPlan['rules']
  /** Milliseconds since 1970. */
  readonly now: number
}

type Chosen = {
  readonly asked: Pick<RunAsked, 'found'>
  readonly chosen: ChosenPlan
  readonly flags: ComparisonFlags & { readonly now?: string }
}
export type Excuses = Pick<JudgeOptions, 'suppressions' | 'maximumSuppressionDays'>

/** Those of the run's own config file, of another version of it, or none. @throws ConfigFileError, UsageError, SecretFileError */
export async function chooseSuppressions({ asked, chosen, flags }: Chosen, context: CliContext): Promise<Excuses> {
  if (flags.suppressions === false) return {}
  const now = nowOf(flags)
  if (flags.suppressionsFrom === undefined) return excusesOf(chosen.plan.suppressions, now)
  if (asked.found === null) throw new UsageError('usage-needs-config')
  const { path } = asked.found
  const { rules } = chosen
  const from = flags.suppressionsFrom
  return excusesOf(await readOther({ from, path, rules, now: limitFrom(now) }, context), now)
}

/** The file was held to its own limit, which counts from another time than the run's. */
function excusesOf(suppressions: readonly Suppression[], now: number): Excuses {
  const days = suppressions.map(({ expires }) => Math.ceil((Date.parse(expires) - now) / 86_400_000))
  return { suppressions, maximumSuppressionDays: Math.max(1, ...days) }
}

async function readOther({ from, path, rules, now }: Asked, context: CliContext): Promise<readonly Suppression[]> {
  // By its form, never by what lies there: a change under review may add a file by the name of any branch.
  const isFile = filePath.test(from)
  const text = isFile ? (await readList(from, context)).text : await readRevision(from, path, context.signal)
  const shown = isFile ? relative('.', from).split(sep).join('/') : `${from}:${basename(path)}`
  const read = bySecretFile(shown, () => readConfig(text, shown))
  const chains = await nameChains(read, { findChain })
  // An account that is gone by now needs no excuse, and is no fault of this version.
  return planSuppressions(read, { rules, accounts: null, chains, now })
}

/** A path that says that it is one: `./reviewed.yaml`, `../reviewed.yaml`, `/etc/reviewed.yaml`. */
const filePath = /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/
/** What git takes for a branch, a tag or a commit; never an option, a range or a path. */
const revision = /^[A-Za-z0-9_][\w./@^~+-]{0,199}$/
const largestBytes = 8 * 1024 * 1024
const longestMs = 30_000
const run = promisify(execFile)

/** Without a shell, and by a command that runs nothing that the repository names. @throws UsageError */
async function readRevision(from: string, path: string, signal: AbortSignal): Promise<string> {
  const fail = (reason: string) =>
    new UsageError('usage-suppressions-unreadable', {
      from: value.untrustedText(from),
      reason: value.untrustedText(reason),
    })
  if (!revision.test(from) || from.includes('..')) throw fail('not-a-revision')
  try {
    const args = ['cat-file', 'blob', `${from}:./${basename(path)}`]
    const limits = { cwd: dirname(path), signal, timeout: longestMs, maxBuffer: largestBytes, windowsHide: true }
    return (await run('git', args, limits)).stdout
  } catch (error) {
    throw fail(reasonOf(error))
  }
}

/** The first line that git says, or that there is no git. */
function reasonOf(error: unknown): string {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown } // what execFile rejects with
  const [line = ''] = typeof stderr === 'string' ? stderr.trim().split('\n') : []
  return line === '' ? String(code ?? 'unknown') : line
}

function bySecretFile(path: string, read: () => ReadConfig): ReadConfig {
  try {
    return read()
  } catch (error) {
    if (error instanceof SecretInputError && !(error instanceof ConfigFileError))
      throw new SecretFileError(error.kind, path)
    throw error
  }
}
