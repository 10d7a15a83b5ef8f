/** Sources besides the endpoint, which several targets may ask at the same time: what each asked is not told apart. */
import type { Gathered } from '../core/collection.ts'
import { shareOfContact } from '../engine/contacts.ts'
import type { GatherOptions } from '../engine/options.ts'

const kinds = ['logSource', 'historySource'] as const
type Source = NonNullable<GatherOptions[(typeof kinds)[number]]>
/** How often each was asked before. */
export type SourceCounts = ReadonlyMap<Source, number>
type Result = { readonly options: GatherOptions; readonly gathered: Gathered }

export function countSources(targets: readonly GatherOptions[]): SourceCounts {
  return new Map(targets.flatMap(sourcesOf).map((source) => [source, source.requestCount()]))
}

/** The requests since `before`, in equal shares: those of all targets are what was sent. */
export function shareSources(results: readonly Result[], before: SourceCounts): readonly Gathered[] {
  const users = new Map<Source, Result[]>()
  for (const result of results.filter(({ gathered }) => gathered.kind === 'collected')) {
    for (const source of sourcesOf(result.options)) users.set(source, [...(users.get(source) ?? []), result])
  }
  return results.map((result) => {
    const { gathered, options } = result
    if (gathered.kind === 'unchecked') return gathered
    const own = kinds.flatMap((kind) => {
      const source = options[kind]
      if (source === undefined) return []
      const { host } = source
      const requests = source.requestCount() - (before.get(source) ?? 0)
      const among = users.get(source) ?? [result]
      return [[kind, shareOfContact({ host, requests }, { index: among.indexOf(result), of: among.length })] as const]
    })
    return { ...gathered, collection: { ...gathered.collection, ...Object.fromEntries(own) } }
  })
}

function sourcesOf(options: GatherOptions): readonly Source[] {
  return kinds.flatMap((kind) => options[kind] ?? [])
}
