/** The suppressions of a config file, each with what it names. Nobody is asked anything. */
import { accountsOf } from '../../config/file/accounts.ts'
import { nameChains } from '../../config/file/chains.ts'
import type { PlannedSuppression } from '../../config/file/plan.ts'
import type { ReadConfig } from '../../config/file/read-config.ts'
import { planSuppressions } from '../../config/file/suppressions.ts'
import type { Rule } from '../../core/rule.ts'
import { findChain } from '../../rpc/public-endpoint.ts'
import { limitFrom } from '../clock.ts'
import { rulesWith } from '../plugins.ts'
import type { LoadedConfig } from './load-config.ts'

type Place = {
  /** The accounts of the file's tables; null: these were not read, so whoever is named may be there. */
  readonly listed: LoadedConfig['listed'] | null
  readonly path: string
  /** Milliseconds since 1970. */
  readonly now: number
}
type Planned = { readonly suppressions: readonly PlannedSuppression[]; readonly rules: readonly Rule[] }

/** @throws ConfigFileError, ConfigValueError */
export async function planOwnSuppressions(read: ReadConfig, { listed, path, now }: Place): Promise<Planned> {
  const chains = await nameChains(read, { findChain })
  const rules = await rulesWith({}, { path, plugins: read.config.plugins ?? [] })
  const accounts = listed === null ? null : [...accountsOf(read), ...listed]
  return { suppressions: planSuppressions(read, { rules, accounts, chains, now: limitFrom(now) }), rules }
}
