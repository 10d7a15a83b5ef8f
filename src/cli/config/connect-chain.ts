/** Who is asked about each chain of a plan. Options about endpoints outrank the file; they were refused for several chains. */

import type { PlannedChain } from '../../config/file/plan.ts'
import { ConfigValueError, type Path } from '../../config/file/problem.ts'
import { CheckupError } from '../../core/errors.ts'
import { value } from '../../core/value.ts'
import type { GatherOptions } from '../../index.ts'
import { publicEndpoint } from '../../rpc/public-endpoint.ts'
import type { CheckFlags, CheckSettings } from '../check-flags.ts'
import type { CliContext } from '../context.ts'
import { openHistorySource, openLogSource, tellUnusedKey } from '../log-source.ts'
import { chooseSecond } from '../second-endpoint.ts'
import { UsageError } from '../usage-error.ts'
import type { ChosenPlan } from './choose-plan.ts'

/** What all targets of a chain are asked with. */
export type Connection = Partial<GatherOptions>
type Given = { readonly flags: CheckFlags; readonly settings: CheckSettings }

/** By chain id. @throws ConfigValueError, UsageError, InvalidEndpointError */
export async function connectChains(
  { plan, read: { file } }: ChosenPlan,
  given: Given,
  context: CliContext,
): Promise<ReadonlyMap<number, Connection>> {
  const used = new Map(plan.targets.map(({ chain }) => [chain.id, chain]))
  const connections = new Map<number, Connection>()
  for (const chain of used.values()) {
    const attributed = async <Result>(key: string, open: () => Promise<Result>): Promise<Result> => {
      const path: Path = ['chains', chain.name, key]
      try {
        return await open()
      } catch (error) {
        if (!(error instanceof CheckupError) || !file.has(path)) throw error
        throw new ConfigValueError(error, { at: file.placeOf(path), path })
      }
    }
    connections.set(chain.id, await connect(chain, { ...given, attributed }, context))
  }
  return connections
}

type Attributed = { readonly attributed: <Result>(key: string, open: () => Promise<Result>) => Promise<Result> }

async function connect(
  chain: PlannedChain,
  { flags, settings, attributed }: Given & Attributed,
  context: CliContext,
): Promise<Connection> {
  const reading = readingOf(chain, settings.reading)
  const [rpcUrl, ...failoverUrls] = await urlsOf(chain, flags, context)
  const { logsFrom = chain.logsFrom ?? undefined, historyUrl = chain.historyUrl ?? undefined } = flags
  const keys = {
    logsKey: chain.logsKey ?? context.environment.logsKey,
    historyKey: chain.historyKey ?? context.environment.historyKey,
  }
  // Keys of the file are for hosts of the file.
  const filed = { ...context, environment: { ...context.environment, ...keys } }
  // Whoever wrote a host into the file knows it; a run of every hour need not say it again.
  const quiet = { ...filed, say: () => {} }
  const logs = logsFrom === undefined || settings.reading.quick === true ? {} : { logsFrom }
  const logSource = await attributed('logsFrom', () =>
    openLogSource(logs, reading, flags.logsFrom === undefined ? quiet : context),
  )
  await tellUnusedKey(logs, flags.logsFrom === undefined ? filed : context)
  const historySource = await attributed('historyUrl', () =>
    openHistorySource(
      historyUrl === undefined ? {} : { historyUrl },
      reading,
      flags.historyUrl === undefined ? quiet : context,
    ),
  )
  return {
    chainId: chain.id,
    rpcUrl,
    ...(failoverUrls.length > 0 && { failoverUrls }),
    ...reading,
    ...secondOf(chain, { flags, rpcUrl, failoverUrls }, context),
    ...(logSource !== null && { logSource }),
    ...(historySource !== null && { historySource }),
  }
}

/** What the options say outranks what the file says of the chain. */
function readingOf(chain: PlannedChain, given: CheckSettings['reading']): CheckSettings['reading'] {
  const { fromBlock, maximumRps, maximumRequests, timeoutMs } = chain
  const { longestScanSeconds, ...options } = given
  // Whoever narrows the search, or limits its cost, knows what they ask for.
  const isChosen = fromBlock !== null || maximumRequests !== null
  return {
    ...(fromBlock !== null && options.quick !== true && { fromBlock }),
    ...(maximumRps !== null && { maximumRps }),
    ...(maximumRequests !== null && { maximumRequests }),
    ...(timeoutMs !== null && { timeoutMs }),
    ...(longestScanSeconds !== undefined && !isChosen && { longestScanSeconds }),
    ...options,
  }
}

type SecondGiven = Parameters<typeof chooseSecond>[0]

function secondOf({ second }: PlannedChain, given: SecondGiven, context: CliContext) {
  const { flags } = given
  if (flags.secondRpcUrl !== undefined || flags.secondOpinion === false) return chooseSecond(given, context)
  // The variable names an endpoint of one chain, and nobody says of which.
  return second === null ? {} : { secondRpcUrl: second }
}

/** In order of use. @throws UsageError */
async function urlsOf(
  chain: PlannedChain,
  flags: CheckFlags,
  context: CliContext,
): Promise<readonly [string, ...string[]]> {
  const [first, ...others] = flags.rpcUrl ?? chain.rpc
  return first === undefined ? [await publicUrl(chain, context)] : [first, ...others]
}

/** @throws UsageError */
async function publicUrl({ id, name }: PlannedChain, { words, say }: CliContext): Promise<string> {
  const url = await publicEndpoint(id)
  if (url === null) throw new UsageError('usage-no-public-endpoint', { chain: value.text(name) })
  say(words.publicForChain(new URL(url).host, name))
  return url
}
