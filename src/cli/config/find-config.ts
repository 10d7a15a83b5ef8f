/** Which config file a run uses. Only whether it is there: who checks one account by options alone loads nothing else of it. */
import { value } from '../../core/value.ts'
import type { CheckFlags } from '../check-flags.ts'
import { isAbsent } from '../existing-file.ts'
import { UsageError } from '../usage-error.ts'

/** Looked for in the working directory, and nowhere above it: a file of somebody else's must not decide. */
const names = ['wallet-checkup.config.yaml', 'wallet-checkup.config.yml', 'wallet-checkup.config.json']

export type FoundConfig = {
  readonly path: string
  /** By --config, and not because it was there. */
  readonly isNamed: boolean
}

/** null when there is none, or none is wanted. @throws UsageError when there are several */
export function findConfig({ config }: Pick<CheckFlags, 'config'>): FoundConfig | null {
  if (config === false) return null
  if (config !== undefined) return { path: config, isNamed: true }
  const [first, second] = names.filter((name) => !isAbsent(name))
  if (second !== undefined) throw new UsageError('usage-two-configs', { files: value.text(`${first}, ${second}`) })
  return first === undefined ? null : { path: first, isNamed: false }
}
