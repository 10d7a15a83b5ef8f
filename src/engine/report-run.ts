/** What is said of a run over several targets: everything that may differ between two runs over the same facts. */
import type { Collection, UncheckedTarget } from '../core/collection.ts'
import type { FactResults } from '../core/facts.ts'
import type { Report } from '../core/report.ts'

type Run = Pick<Report['run'], 'startedAt' | 'durationSeconds' | 'interrupted' | 'endpoints' | 'lists'>

export function runOf(collections: readonly Collection[], unchecked: readonly UncheckedTarget[]): Run {
  const times = [
    ...collections.map(({ startedAt, durationSeconds }) => [Date.parse(startedAt), durationSeconds] as const),
    ...unchecked.map(({ startedAt }) => [Date.parse(startedAt), 0] as const),
  ]
  const startedAtMs = Math.min(...times.map(([start]) => start))
  const endedAtMs = Math.max(...times.map(([start, seconds]) => start + seconds * 1000))
  return {
    startedAt: new Date(startedAtMs).toISOString(),
    durationSeconds: (endedAtMs - startedAtMs) / 1000,
    interrupted: collections.some(({ interrupted }) => interrupted),
    endpoints: sumRequests([...collections.flatMap(endpointsOf), ...unchecked.flatMap(endpointsOf)]),
    lists: onlyOnce(collections.flatMap(({ facts }) => listsOf(facts))),
  }
}

type Endpoint = Report['run']['endpoints'][number]

type Asked = Pick<Collection, 'endpoint' | 'failovers' | 'logSource' | 'historySource' | 'secondOpinion'>

function endpointsOf({
  endpoint,
  failovers = [],
  logSource,
  historySource,
  secondOpinion,
}: Asked): readonly Endpoint[] {
  const second = secondOpinion?.endpoint
  return [
    endpoint,
    ...failovers.map((failover) => ({ ...failover, role: 'failover' as const })),
    ...(logSource === undefined ? [] : [{ ...logSource, role: 'logs' } as const]),
    ...(historySource === undefined ? [] : [{ ...historySource, role: 'history' } as const]),
    ...(second === undefined ? [] : [{ ...second, role: 'second-opinion' } as const]),
  ]
}

/** One entry for each host and what it was asked for. */
function sumRequests(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const sums = new Map<string, Endpoint>()
  for (const endpoint of endpoints) {
    const key = JSON.stringify([endpoint.host, endpoint.role])
    const requests = (sums.get(key)?.requests ?? 0) + endpoint.requests
    sums.set(key, { ...sums.get(key), ...endpoint, requests })
  }
  return [...sums.values()]
}

function listsOf({ threats, tokens, safe, transfers }: FactResults): Report['run']['lists'] {
  const releases = safe.status === 'ok' && safe.value.kind === 'safe' ? safe.value.lists : []
  const sanctions = transfers.status === 'ok' ? transfers.value.sanctions : []
  return [
    ...[threats, tokens].flatMap((fact) => (fact.status === 'ok' ? fact.value.lists : [])),
    ...releases,
    // One without a date is not used.
    ...sanctions.flatMap(({ date, ...list }) => (date === null ? [] : { ...list, date })),
  ]
}

/** Lists whose parts for two chains differ in length are two. */
function onlyOnce(lists: Report['run']['lists']): Report['run']['lists'] {
  return [...new Map(lists.map((list) => [JSON.stringify([list.name, list.date, list.entries]), list])).values()]
}
