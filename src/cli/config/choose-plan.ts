/** What a run checks when a config file, or a table of accounts, says so. What is wrong is said before anything is asked. */
import { accountsOf, type DeclaredAccount, isCalled } from '../../config/file/accounts.ts'
import { makePlan } from '../../config/file/make-plan.ts'
import type { Plan } from '../../config/file/plan.ts'
import { type ReadConfig, readConfig } from '../../config/file/read-config.ts'
import type { Rule } from '../../core/rule.ts'
import { value } from '../../core/value.ts'
import { endpointIdOf } from '../../rpc/endpoint.ts'
import { findChain } from '../../rpc/public-endpoint.ts'
import type { CheckFlags } from '../check-flags.ts'
import { limitFrom, nowOf } from '../clock.ts'
import type { CliContext } from '../context.ts'
import { chooseEndpoint } from '../endpoint.ts'
import { rulesWith } from '../plugins.ts'
import { UsageError } from '../usage-error.ts'
import type { FoundConfig } from './find-config.ts'
import { type LoadedConfig, loadAccounts, loadConfig } from './load-config.ts'

export type Asked = {
  /** Addresses, names or labels; none: all accounts. */
  readonly accounts: readonly string[]
  readonly flags: CheckFlags
  /** null: there is no file, only a table of accounts. */
  readonly found: FoundConfig | null
}

export type ChosenPlan = {
  readonly plan: Plan
  readonly read: ReadConfig
  readonly resolve: LoadedConfig['resolve']
  readonly rules: readonly Rule[]
}

/**
 * null when the file that is there says nothing of the account, which is then checked by options alone.
 * @throws ConfigFileError, ConfigValueError, UsageError, SecretInputError
 */
export async function choosePlan({ accounts, flags, found }: Asked, context: CliContext): Promise<ChosenPlan | null> {
  if (accounts.length > 0 && flags.accounts !== undefined) throw new UsageError('usage-accounts-alone')
  if (found === null) return choosePlainPlan(flags, context)
  const config = await loadConfig(found.path, context)
  const known = [...accountsOf(config), ...config.listed]
  const strangers = accounts.filter((account) => !isNamed(account, known))
  const [stranger] = strangers
  if (stranger !== undefined && (found.isNamed || strangers.length < accounts.length)) {
    const file = value.text(found.path)
    throw new UsageError('usage-not-in-config', { account: value.untrustedText(stranger), file })
  }
  if (stranger !== undefined) {
    context.say(context.words.configNotUsed(found.path))
    return null
  }
  const rules = await rulesWith(flags, { path: found.path, plugins: config.config.plugins ?? [] })
  const only = { ...(accounts.length > 0 && { accounts }), ...(flags.chain !== undefined && { chain: flags.chain }) }
  const given = flags.accounts === undefined ? null : await loadAccounts(flags.accounts, context)
  const plan = await makePlan(config, {
    ...ports({ rules, flags }, context),
    listed: given ?? config.listed,
    ownAccounts: given === null,
    others: given === null ? [] : config.listed,
    ...(Object.keys(only).length > 0 && { only }),
  })
  return { plan, read: config, resolve: config.resolve, rules }
}

function isNamed(account: string, accounts: readonly DeclaredAccount[]): boolean {
  return accounts.some(({ address, account: { label = null } }) => isCalled({ label, address }, account))
}

function ports({ rules, flags }: { rules: readonly Rule[]; flags: CheckFlags }, { variables }: CliContext) {
  return { rules, variables, findChain, endpointIdOf, now: limitFrom(nowOf(flags)) }
}

/** A table of accounts and no file: a plan of the one chain that the options name. */
async function choosePlainPlan(flags: CheckFlags, context: CliContext): Promise<ChosenPlan> {
  if (flags.accounts === undefined || flags.chain === undefined) throw new UsageError('usage-accounts-chain')
  const listed = await loadAccounts(flags.accounts, context)
  const { rpcUrl, chainId } = await chooseEndpoint(flags, context, flags.accounts)
  const name = /^[\p{L}\p{N} ._-]+$/u.test(flags.chain) ? flags.chain : 'chain'
  const read = readConfig(
    JSON.stringify({ version: 1, chains: { [name]: { id: chainId, rpc: `\${RPC}` } } }),
    flags.accounts,
  )
  const rules = await rulesWith(flags, null)
  const plan = await makePlan(read, { ...ports({ rules, flags }, context), variables: { RPC: rpcUrl }, listed })
  return { plan, read, resolve: (path) => path, rules }
}
