/** `check`: one account or several, from a node or from saved facts, to reports and an exit code. What is wrong with the options is said before anything is asked. */
import { type AddressInput, parseAddress } from '../../config/address.ts'
import { value } from '../../core/value.ts'
import { askAhead } from '../../rpc/ask-ahead.ts'
import { besideOthers, createRpcClient, type OwnRpcClient, type RpcClientOptions } from '../../rpc/client.ts'
import { runSignal } from '../../rpc/run-signal.ts'
import { type CheckFlags, readCheckFlags, refuseLiveFlags, refuseNoAddress } from '../check-flags.ts'
import { withSourceDate } from '../clock.ts'
import { findConfig } from '../config/find-config.ts'
import type { CliContext } from '../context.ts'
import { type ChosenEndpoint, chooseEndpoint } from '../endpoint.ts'
import { isExistingFile } from '../existing-file.ts'
import { openHistorySource, openLogSource, tellUnusedKey } from '../log-source.ts'
import { checkOutputs, requireAnchor } from '../outputs.ts'
import type { Check, LiveCheck } from '../run-check.ts'
import { chooseSecond } from '../second-endpoint.ts'
import { UsageError } from '../usage-error.ts'

/** @returns the exit code of the report: 0, 1 or 3 */
export default async function check(
  addresses: readonly string[],
  given: CheckFlags,
  context: CliContext,
): Promise<number> {
  // Saved facts have a time of their own, and a watch goes on.
  const isOnce = given.facts === undefined && context.watch === undefined
  const flags = isOnce ? withSourceDate(given, context) : given
  const planned = await checkPlanned(addresses, flags, context)
  if (planned !== null) return planned
  const settings = readCheckFlags(flags)
  if (addresses.length > 0 || flags.facts !== undefined) requireAnchor(settings.outputs)
  await checkOutputs(settings.outputs)
  if (flags.facts === undefined) {
    const live = await prepare(addresses, { flags, settings }, context)
    const { checkAccounts } = await import('../run-check.ts')
    return checkAccounts(live, context)
  }
  refuseLiveFlags(flags, addresses)
  const baseline = await readComparison(flags, context)
  const plugins = await readPlugins(flags)
  const file = { flags, settings, baseline, ...plugins, ruleOptions: await readExpected(flags, context) }
  const { judgeFile } = await import('../run-check.ts')
  return judgeFile(flags.facts, file, context)
}

/** null when no config file and no table says what to check. */
async function checkPlanned(
  accounts: readonly string[],
  flags: CheckFlags,
  context: CliContext,
): Promise<number | null> {
  if (flags.facts !== undefined) return null
  const found = findConfig(flags)
  if (found === null && flags.accounts === undefined) return null
  const { default: checkPlan } = await import('../config/check-plan.ts')
  return checkPlan({ accounts, flags, found }, context)
}

type Given = Omit<Check, 'ruleOptions' | 'baseline'>

/** Everything that can be known, or refused, before a node is asked; then the node is asked its first question. */
async function prepare(addresses: readonly string[], given: Given, context: CliContext): Promise<LiveCheck> {
  const { flags, settings } = given
  const [first] = addresses
  if (first === undefined) return refuseNoAddress(flags)
  const inputs = new Map<string, AddressInput>()
  for (const address of addresses) {
    const input = readAddress(address)
    // Named twice is asked for once.
    inputs.set(nameOf(input).toLowerCase(), input)
  }
  // A hash belongs to one account, and others would be asked about it in vain.
  if (flags.tx !== undefined && inputs.size > 1) {
    throw new UsageError('usage-one-target', { option: value.text('--tx'), targets: value.count(inputs.size) })
  }
  const notifiers = await readNotifiers(flags, context)
  const lists = await readLists(flags, context)
  const ruleOptions = await readExpected(flags, context)
  const plugins = await readPlugins(flags)
  const baseline = await readComparison(flags, context)
  if (flags.saveFacts !== undefined) {
    const { checkWritable } = await import('../files.ts')
    await checkWritable(flags.saveFacts)
  }
  const endpoint = await chooseEndpoint(flags, context, first)
  const { chainId } = endpoint
  const second = chooseSecond({ flags, ...endpoint }, context)
  const logSource = await openLogSource(flags, settings.reading, context)
  await tellUnusedKey(flags, context)
  const historySource = await openHistorySource(flags, settings.reading, context)
  const clients = await connect(endpoint, given, context)
  return {
    ...given,
    ruleOptions,
    ...plugins,
    baseline,
    notifiers,
    addresses: [...inputs.values()].map(nameOf),
    ...(chainId !== undefined && { chainId }),
    ...clients,
    lists,
    logSource,
    historySource,
    second,
  }
}

function nameOf(input: AddressInput): string {
  return input.kind === 'ens' ? input.name : input.address
}

/** @throws UsageError for the name of a file, AddressError, SecretInputError */
function readAddress(given: string): AddressInput {
  const looksLikeAccount = /^0x[0-9a-f]{40}$|\.eth$/i.test(given)
  if (looksLikeAccount) return parseAddress(given)
  if (isExistingFile(given)) throw new UsageError('usage-address-is-file', { file: value.text(given) })
  return parseAddress(given)
}

/** What suppressions there are is for a config file to say. */
async function readComparison(flags: CheckFlags, context: CliContext): Promise<Check['baseline']> {
  const { baseline, failOnNew, updateBaseline, suppressionsFrom } = flags
  if (suppressionsFrom !== undefined) throw new UsageError('usage-needs-config')
  if (baseline === undefined && failOnNew !== true && updateBaseline !== true) return null
  const { readBaseline } = await import('../comparison.ts')
  return readBaseline(flags, context)
}

async function readNotifiers(flags: CheckFlags, context: CliContext): Promise<LiveCheck['notifiers']> {
  if (flags.notify === undefined) return []
  const { readNotifyFlags } = await import('../notify-flags.ts')
  return readNotifyFlags(flags, context)
}

async function readLists(flags: CheckFlags, context: CliContext): Promise<LiveCheck['lists']> {
  if ((flags.tokenList ?? flags.threatList ?? flags.sanctionsList ?? flags.shownTokens) === undefined) return {}
  const lists = await import('../lists.ts')
  return lists.readLists(flags, context)
}

async function readExpected({ expectedSpenders }: CheckFlags, context: CliContext): Promise<LiveCheck['ruleOptions']> {
  if (expectedSpenders === undefined) return {}
  const lists = await import('../lists.ts')
  return lists.readExpected(expectedSpenders, context)
}

/** The built-in rules alone load later, while a node is asked. */
async function readPlugins(flags: CheckFlags): Promise<Pick<Check, 'rules'>> {
  if (flags.plugin === undefined) return {}
  const { rulesWith } = await import('../plugins.ts')
  return { rules: await rulesWith(flags, null) }
}

/** One client for all endpoints that were given, and each alone. Nothing is asked when one of them is no URL. */
async function connect(
  { rpcUrl, failoverUrls = [], chainId }: ChosenEndpoint,
  given: Given,
  { signal: run, say, words, watch }: CliContext,
): Promise<Pick<LiveCheck, 'rpc' | 'clients' | 'endRequests'>> {
  const limits = limitsOf(given)
  const { signal, end: endRequests } = runSignal(run)
  const others = failoverUrls.map((url, index) =>
    createRpcClient({ url, signal, ...limits, ...(index < failoverUrls.length - 1 && besideOthers) }),
  )
  const first = await ask(rpcUrl, given, { signal, ...(failoverUrls.length > 0 && besideOthers) })
  const clients = [first, ...others.filter(({ endpointId }) => endpointId !== first.endpointId)] as const
  if (clients.length === 1) return { rpc: first, clients, endRequests }
  const { createFailover } = await import('../../rpc/failover/failover.ts')
  const onSwitch = ({ from, to }: { readonly from: string; readonly to: string }) =>
    (watch?.sayAgain ?? say)(words.failover(from, to))
  const rpc = createFailover(clients, { signal, onSwitch, ...(chainId !== undefined && { chainId }) })
  return { rpc, clients, endRequests }
}

/**
 * Asks what every run asks first, and goes on when the question has left: loading the rest would hold it up.
 * Which rules there are is known only later, and a wrong name of one must ask nothing.
 */
async function ask(url: string, given: Given, more: Omit<RpcClientOptions, 'url'>): Promise<OwnRpcClient> {
  const { flags } = given
  const options = { url, ...limitsOf(given), ...more }
  if (flags.rule !== undefined || flags.skipRule !== undefined) return createRpcClient(options)
  return new Promise((resolve) => {
    const rpc = askAhead(createRpcClient({ ...options, onSent: () => resolve(rpc) }), 'eth_chainId')
  })
}

function limitsOf({ settings }: Given) {
  const { timeoutMs, maximumRps, maximumRequests } = settings.reading
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maximumRps !== undefined && { maximumRps }),
    ...(maximumRequests !== undefined && { maximumRequests }),
  }
}
