/** From a config file to a plan: names are resolved, variables filled in, and everything that is named is known. */
import type { Rule } from '../../core/rule.ts'
import { accountsOf, type DeclaredAccount, refuseSameLabels } from './accounts.ts'
import { type ChainPorts, findPlanned, planChains } from './chains.ts'
import { planNotify } from './notify.ts'
import type { Plan, PlannedChain, PlannedTarget } from './plan.ts'
import { ConfigFileError, type Position } from './problem.ts'
import type { ReadConfig } from './read-config.ts'
import { addresses, type CheckedLevel, checkLevel, emptyLevel, mergeLevels } from './rule-choices.ts'
import { planSuppressions } from './suppressions.ts'

export type PlanPorts = ChainPorts & {
  /** Built-in rules, and those of plugins. */
  readonly rules: readonly Rule[]
  /** Accounts that other files name. */
  readonly listed?: readonly DeclaredAccount[]
  /** False: the accounts of the file are not among them. */
  readonly ownAccounts?: boolean
  /** Milliseconds since 1970: how far ahead a suppression may last. */
  readonly now: number
}

/** @throws ConfigFileError, ConfigValueError, SecretInputError; what the ports throw */
export async function makePlan(read: ReadConfig, ports: PlanPorts): Promise<Plan> {
  const { config, file } = read
  const accounts = [...(ports.ownAccounts === false ? [] : accountsOf(read)), ...(ports.listed ?? [])]
  refuseSameLabels(accounts)
  const chains = await planChains(read, ports)
  const targets = planTargets(accounts, { read, chains, rules: ports.rules })
  if (targets.length === 0) throw new ConfigFileError('no-accounts', { at: file.placeOf([]) })
  const { threats = [], tokens = [], sanctions = [] } = config.lists ?? {}
  const { failOn, failOnNew, allowIncomplete, strict, baseline, history, erc1155, secondOpinion } = config
  return {
    ...given({ failOn, failOnNew, allowIncomplete, strict, baseline, history, erc1155, secondOpinion }),
    chains,
    targets,
    expectedTokens: addresses(config.expectedTokens ?? [], ['expectedTokens'], file),
    lists: { threats, tokens, sanctions },
    suppressions: planSuppressions(read, { ...ports, accounts, chains }),
    outputs: config.outputs ?? [],
    notify: planNotify(read, ports),
  }
}

/** Optional means absent. */
function given<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as Fields // fewer of the same
}

type Scene = { readonly read: ReadConfig; readonly chains: readonly PlannedChain[]; readonly rules: readonly Rule[] }

function planTargets(accounts: readonly DeclaredAccount[], scene: Scene): readonly PlannedTarget[] {
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

function toTarget(declared: DeclaredAccount, chain: PlannedChain, levels: readonly CheckedLevel[]): PlannedTarget {
  const { label = null, tags = [], kind = null } = declared.account
  const { file, line } = declared.at()
  const choices = mergeLevels(levels)
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

function chainsOf({ account, at, path }: DeclaredAccount, { chains, read }: Scene): readonly PlannedChain[] {
  if (chains.length === 0) throw new ConfigFileError('no-chains', { at: read.file.placeOf([]) })
  return (account.chains ?? chains.map(({ name }) => name)).map((asked, index) =>
    findPlanned(chains, asked, { at: at('chains', index), path: path('chains', index) }),
  )
}

function refuseSame(declared: DeclaredAccount, chain: PlannedChain, seen: Map<string, Position>): void {
  const key = `${declared.address.toLowerCase()} ${chain.id}`
  const other = seen.get(key)
  if (other !== undefined) {
    throw new ConfigFileError('same-target', { at: declared.at(), path: declared.path(), name: chain.name, other })
  }
  seen.set(key, declared.at())
}
