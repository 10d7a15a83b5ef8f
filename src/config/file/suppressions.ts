/** The suppressions of a config, each checked to name what there is. Whether one fits a finding is for others to say. */
import type { Rule } from '../../core/rule.ts'
import { type DeclaredAccount, isCalled } from './accounts.ts'
import { findNamed, type NamedChain } from './chains.ts'
import type { PlannedSuppression } from './plan.ts'
import { ConfigFileError, type Path } from './problem.ts'
import type { ReadConfig } from './read-config.ts'
import { plainAddress } from './rule-choices.ts'
import type { SuppressionConfig } from './schema.ts'

/** How far ahead one may last: what nobody looks at for longer is forgotten. */
const defaultDays = 180

type Known = {
  readonly rules: readonly Rule[]
  /** null: not all are known, or whoever is named may be gone by now. */
  readonly accounts: readonly DeclaredAccount[] | null
  readonly chains: readonly NamedChain[]
  readonly now: number
}

/** @throws ConfigFileError, ConfigValueError, SecretInputError */
export function planSuppressions(read: ReadConfig, known: Known): readonly PlannedSuppression[] {
  const { config, file } = read
  return (config.suppressions ?? []).map((suppression, index) => {
    const path: Path = ['suppressions', index]
    const { chain: asked, ...rest } = suppression
    checkNames(suppression, path, { ...known, read })
    const chain =
      asked === undefined ? {} : { chain: findNamed(known.chains, asked, placeIn(read, [...path, 'chain'])).id }
    const { line } = file.placeOf(path)
    return {
      ...rest,
      ...chain,
      ...checkedAddresses(suppression, path, read),
      declaredAt: { file: file.placeOf([]).file, line },
    }
  })
}

function checkNames(
  given: SuppressionConfig,
  base: Path,
  { read, rules, accounts, now }: Known & { readonly read: ReadConfig },
): void {
  const where = (key: string) => placeIn(read, [...base, key])
  if (!rules.some(({ id }) => id === given.rule)) {
    throw new ConfigFileError('unknown-rule', { ...where('rule'), name: given.rule, known: rules.map(({ id }) => id) })
  }
  const asked = given.account
  if (
    asked !== undefined &&
    accounts !== null &&
    !accounts.some(({ account: { label = null }, address }) => isCalled({ label, address }, asked))
  ) {
    const known = accounts.flatMap(({ account: { label } }) => label ?? [])
    throw new ConfigFileError('unknown-account', { ...where('account'), name: asked, known })
  }
  const days = (Date.parse(given.expires) - now) / 86_400_000
  const most = read.config.maxSuppressionDays ?? defaultDays
  if (days > most)
    throw new ConfigFileError('expires-late', {
      ...where('expires'),
      expected: { kind: 'whole', values: [String(most)], to: most },
    })
}

function placeIn({ file }: ReadConfig, path: Path) {
  return { at: file.placeOf(path), path }
}

function checkedAddresses(given: SuppressionConfig, base: Path, { file }: ReadConfig) {
  const read = (key: 'token' | 'spender') => {
    const text = given[key]
    return text === undefined ? {} : { [key]: plainAddress(text, [...base, key], file) }
  }
  return { ...read('token'), ...read('spender') }
}
