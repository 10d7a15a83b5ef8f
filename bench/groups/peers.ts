/** The whole scan beside what programs usually do, on the same chain, against providers of the same kind. */
import { measureScan } from '../measure-scan.ts'
import { ethersLoop, type PeerScan, ponderStyle, viemPerEvent } from '../peer-scans.ts'
import { type Profile, rangeLimited } from '../profiles.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'
import { withProvider } from '../start-provider.ts'

/** Shorter chains: the slowest of them takes five times as long as we do. */
const chunks = isQuick ? 40 : 80
/** Words that @ponder/utils knows too: what it does after a refusal that it cannot read would say nothing about its speed. */
const refusals = { range: 'please limit the query to at most {limit} blocks', rangeCode: -32602 }
const profiles: Readonly<Record<string, Profile>> = {
  '10k blocks, 40/s': { ...rangeLimited['10k blocks, 40/s'], blocks: chunks * 10_000 - 1, refusals },
  ...(isQuick
    ? {}
    : { '50k blocks, 40/s': { ...rangeLimited['50k blocks, 40/s'], blocks: chunks * 50_000 - 1, refusals } }),
}

const peers: readonly (readonly [string, PeerScan, number])[] = [
  ['ponder-style use of @ponder/utils', ponderStyle, 0.2],
  ['ethers getLogs loop', ethersLoop, 0.3],
  ['viem getLogs per event, 10 at a time', viemPerEvent, 0.2],
]

export default async function comparePeers(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, profile] of Object.entries(profiles)) {
    const own = await measureScan(profile)
    for (const [peer, scan, bar] of peers)
      rows.push(await compare(`${name}: wall ÷ ${peer}`, { own: own.wallSeconds, profile, scan, bar }))
  }
  return rows
}

type Comparison = { readonly own: number; readonly profile: Profile; readonly scan: PeerScan; readonly bar: number }

async function compare(name: string, { own, profile, scan, bar }: Comparison): Promise<Row> {
  try {
    const { logs, wall } = await withProvider(profile, async ({ url }) => {
      const startedAt = performance.now()
      return { logs: await scan(url, profile), wall: (performance.now() - startedAt) / 1000 }
    })
    return atMost(`${name} (${logs} logs, ${own.toFixed(1)} s and ${wall.toFixed(1)} s)`, own / wall, bar)
  } catch (error) {
    // Without its time there is nothing to compare with.
    const reason = error instanceof Error ? error.name : String(error)
    return holds(name, { figure: 'it gave up', bar: `≤ ${bar} (${reason})`, passed: false })
  }
}
