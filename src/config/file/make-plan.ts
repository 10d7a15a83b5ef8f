/** From a config file to a plan: names are resolved, variables filled in, and everything that is named is known. */
import type { Rule } from '../../core/rule.ts'
import type { WatchedAccount } from '../../domain/suppression.ts'
import { accountsOf, type DeclaredAccount, isCalled, refuseSameLabels } from './accounts.ts'
import { type ChainPorts, findNamed, type NamedChain, nameChains, planChain } from './chains.ts'
import { planNotify } from './notify.ts'
import { type Plan, type PlannedTarget, runSettings } from './plan.ts'
import { ConfigFileError, type Position } from './problem.ts'
import type { ReadConfig } from './read-config.ts'
import { addresses, type CheckedLevel, checkLevel, emptyLevel, mergeLevels } from './rule-choices.ts'
import type { Config } from './schema.ts'
import { planSuppressions } from './suppressions.ts'

export type PlanPorts = ChainPorts & {
  /** Built-in rules, and those of plugins. */
  readonly rules: readonly Rule[]
  /** Accounts that other files name. */
  readonly listed?: readonly DeclaredAccount[]
  /** False: the accounts of the file are not among them, nor those of the tables that it names. */
  readonly ownAccounts?: boolean
  /** The accounts of the tables that it names, where others are asked about. */
  readonly others?: readonly DeclaredAccount[]
  /** Only these accounts (their labels or addresses), and only this chain (its name or id). */
  readonly only?: { readonly accounts?: readonly string[]; readonly chain?: string }
  /** Milliseconds since 1970: how far ahead a suppression may last. */
  readonly now: number
}

/**
 * Variables are filled in where they are needed: a run for one chain needs no endpoint of another.
 * @throws ConfigFileError, ConfigValueError, SecretInputError; what the ports throw
 */
export async function makePlan(read: ReadConfig, ports: PlanPorts): Promise<Plan> {
  const { config, file } = read
  const { listed = [], others = [] } = ports
  const all = [...accountsOf(read), ...others, ...listed]
  const accounts = ports.ownAccounts === false ? listed : all
  refuseSameLabels(accounts)
  if (accounts.length === 0) throw new ConfigFileError('no-accounts', { at: file.placeOf([]) })
  const named = await nameChains(read, ports)
  if (named.length === 0) throw new ConfigFileError('no-chains', { at: file.placeOf([]) })
  const planned = planTargets(accounts, { read, named, rules: ports.rules })
  const drafts = chosen(planned, { only: ports.only ?? {}, named, file })
  const used = new Set(drafts.map(({ chain }) => chain.id))
  const chains = named
    .filter(({ id }) => ports.only === undefined || used.has(id))
    .map((chain) => planChain(chain, { read, ports }))
  const targets = drafts.flatMap(({ chain, ...target }) =>
    chains.filter(({ id }) => id === chain.id).map((filled) => ({ ...target, chain: filled })),
  )
  const { threats = [], tokens = [], sanctions = [] } = config.lists ?? {}
  return {
    ...settingsOf(config),
    chains,
    targets,
    otherAccounts: leftOut(all, { drafts, read, named }),
    expectedTokens: addresses(config.expectedTokens ?? [], ['expectedTokens'], file),
    lists: { threats, tokens, sanctions },
    suppressions: planSuppressions(read, { ...ports, accounts: all, chains: named }),
    outputs: config.outputs ?? [],
    plugins: config.plugins ?? [],
    notify: planNotify(read, ports),
  }
}

function settingsOf(config: Config): Pick<Config, (typeof runSettings)[number]> {
  const given = runSettings.filter((name) => config[name] !== undefined).map((name) => [name, config[name]] as const)
  return Object.fromEntries(given) // a part of the config
}

type Asked = Pick<Scene, 'read' | 'named'> & { readonly drafts: readonly Draft[] }

/** Each account on each of its chains that is not asked about. */
function leftOut(accounts: readonly DeclaredAccount[], { drafts, ...scene }: Asked): readonly WatchedAccount[] {
  const keyOf = (address: string, id: number) => `${address.toLowerCase()} ${id}`
  const asked = new Set(drafts.map(({ address, chain }) => keyOf(address, chain.id)))
  return accounts.flatMap((declared) => {
    const { label } = declared.account
    const left = chainsOf(declared, scene).filter(({ id }) => !asked.has(keyOf(declared.address, id)))
    return left.map(({ id }) => ({ account: declared.address, ...(label !== undefined && { label }), chainId: id }))
  })
}

type Scene = { readonly read: ReadConfig; readonly named: readonly NamedChain[]; readonly rules: readonly Rule[] }
type Draft = Omit<PlannedTarget, 'chain'> & { readonly chain: NamedChain }
type Choice = Pick<Scene, 'named'> & {
  readonly only: NonNullable<PlanPorts['only']>
  readonly file: ReadConfig['file']
}

function chosen(drafts: readonly Draft[], { only, named, file }: Choice): readonly Draft[] {
  const chain =
    only.chain === undefined ? null : findNamed(named, only.chain, { at: file.placeOf(['chains']), path: ['chains'] })
  const targets = drafts
    .filter((draft) => chain === null || draft.chain.id === chain.id)
    .filter(({ label, address }) => only.accounts?.some((word) => isCalled({ label, address }, word)) ?? true)
  if (targets.length > 0) return targets
  throw new ConfigFileError('nothing-chosen', { at: file.placeOf(['accounts']), path: ['accounts'] })
}

function planTargets(accounts: readonly DeclaredAccount[], scene: Scene): readonly Draft[] {
  const { config, file } = scene.read
  const where = { rules: scene.rules, file }
  const common = checkLevel(config, { ...where, base: [] })
  const tags = new Map(
    Object.entries(config.tags ?? {}).map(([tag, level]) => [
      tag,
      checkLevel(level ?? {}, { ...where, base: ['tags', tag] }),
    ]),
  )
  const seen = new Map<string, Position>()
  return accounts.flatMap((declared) => {
    const own = checkLevel(declared.account, { ...where, base: declared.path() })
    const levels = [common, ...tagsOf(declared, config.tags === undefined ? null : tags), own]
    return chainsOf(declared, scene).map((chain) => {
      refuseSame(declared, chain, seen)
      return toTarget(declared, chain, levels)
    })
  })
}

function toTarget(declared: DeclaredAccount, chain: NamedChain, levels: readonly CheckedLevel[]): Draft {
  const { label = null, tags = [], kind = null } = declared.account
  const { file, line } = declared.at()
  const choices = mergeLevels(levels, kind)
  return { address: declared.address, label, chain, tags, kind, ...choices, declaredAt: { file, line } }
}

/** Where tags are described, each must be: a mistyped one would leave out what it was to change. */
function tagsOf(
  { account, at, path }: DeclaredAccount,
  tags: ReadonlyMap<string, CheckedLevel> | null,
): readonly CheckedLevel[] {
  return (account.tags ?? []).map((name, index) => {
    const level = tags === null ? emptyLevel : tags.get(name)
    if (level !== undefined) return level
    const where = { at: at('tags', index), path: path('tags', index) }
    throw new ConfigFileError('unknown-tag', { ...where, name, known: [...(tags?.keys() ?? [])] })
  })
}

function chainsOf({ account, at, path }: DeclaredAccount, { named }: Pick<Scene, 'named'>): readonly NamedChain[] {
  return (account.chains ?? named.map(({ name }) => name)).map((asked, index) =>
    findNamed(named, asked, { at: at('chains', index), path: path('chains', index) }),
  )
}

function refuseSame(declared: DeclaredAccount, chain: NamedChain, seen: Map<string, Position>): void {
  const key = `${declared.address.toLowerCase()} ${chain.id}`
  const other = seen.get(key)
  if (other !== undefined) {
    throw new ConfigFileError('same-target', { at: declared.at(), path: declared.path(), name: chain.name, other })
  }
  seen.set(key, declared.at())
}
