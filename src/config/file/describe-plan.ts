/** A plan as it may be shown: of each URL its host, of a key that there is one. Pure. */
import type { Plan, PlannedChain, PlannedTarget } from './plan.ts'
import { runSettings } from './plan.ts'

const hidden = '***'

/** Plain data, for YAML or JSON: what holds after tags, defaults and variables. Not a config again: it has no secrets. */
export function describePlan(plan: Plan, source: string): Readonly<Record<string, unknown>> {
  const settings = runSettings.map((name) => [name, plan[name]] as const)
  const { expectedTokens, lists, outputs, plugins, suppressions, notify } = plan
  return present({
    config: source,
    failOn: 'high',
    allowIncomplete: false,
    ...present(Object.fromEntries(settings)),
    outputs: outputs.length === 0 ? ['table'] : outputs,
    chains: Object.fromEntries(plan.chains.map((chain) => [chain.name, describeChain(chain)])),
    targets: plan.targets.map(describeTarget),
    expectedTokens: filled(expectedTokens),
    lists: filledMap({
      threats: filled(lists.threats),
      tokens: filled(lists.tokens),
      sanctions: filled(lists.sanctions),
    }),
    plugins: filled(plugins),
    suppressions: filled(
      suppressions.map(({ declaredAt, ...rest }) => ({ ...rest, declaredAt: placeText(declaredAt) })),
    ),
    notify: filled(notify.map(describeChannel)),
  })
}

function describeChain(chain: PlannedChain): Readonly<Record<string, unknown>> {
  const { id, rpc, second, logsFrom, logsKey, historyUrl, historyKey, fromBlock, ...limits } = chain
  return present({
    id,
    rpc: rpc.length === 0 ? 'public' : rpc.map(hostOf),
    second: second === null ? null : hostOf(second),
    logsFrom: logsFrom?.replace(/[a-z]+:\/\/.*$/i, hostOf) ?? null,
    logsKey: logsKey === null ? null : hidden,
    historyUrl: historyUrl === null ? null : hostOf(historyUrl),
    historyKey: historyKey === null ? null : hidden,
    fromBlock: fromBlock === null ? null : String(fromBlock),
    maxRps: limits.maximumRps,
    maxRequests: limits.maximumRequests,
    timeout: limits.timeoutMs === null ? null : limits.timeoutMs / 1000,
  })
}

function describeTarget(target: PlannedTarget): Readonly<Record<string, unknown>> {
  const { address, label, chain, tags, kind, ruleOptions, severities, declaredAt } = target
  const ids = [...new Set([...Object.keys(severities), ...Object.keys(ruleOptions)])].sort()
  const rules = ids.map((id) => [id, present({ severity: severities[id], ...ruleOptions[id] })] as const)
  return present({
    address,
    label,
    chain: chain.name,
    tags: filled(tags),
    kind,
    declaredAt: placeText(declaredAt),
    rules: filledMap(Object.fromEntries(rules)),
  })
}

function describeChannel(channel: Plan['notify'][number]): Readonly<Record<string, unknown>> {
  const url = 'url' in channel ? { url: hostOf(channel.url) } : {}
  const keys = Object.keys(channel).filter((key) => ['secret', 'token'].includes(key))
  return { ...channel, ...url, ...Object.fromEntries(keys.map((key) => [key, hidden])) }
}

/** All that may be shown of a URL. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : hidden
}

function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`
}

function filled<Item>(items: readonly Item[]): readonly Item[] | null {
  return items.length === 0 ? null : items
}

function filledMap(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null {
  const rest = present(map)
  return Object.keys(rest).length === 0 ? null : rest
}

/** Without what there is not. A bigint, which neither format has, as its digits. */
function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const there = Object.entries(fields).filter(([, field]) => field !== undefined && field !== null)
  return Object.fromEntries(there.map(([name, field]) => [name, typeof field === 'bigint' ? String(field) : field]))
}
