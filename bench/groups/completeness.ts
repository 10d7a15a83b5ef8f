/** Every log once, whatever the endpoint does; what it loses without a word is an admitted gap. */
import { isComplete } from '../judge.ts'
import { measureScan } from '../measure-scan.ts'
import type { Profile } from '../profiles.ts'
import { holds, type Row } from '../row.ts'
import type { Provider } from '../start-provider.ts'

const plain: Profile = {
  blocks: 200_000,
  accounts: 1,
  logsPerAccount: 6_000,
  latencyMs: 20,
  maximumBlocks: 10_000,
  refusals: { range: 'range {asked} exceeds limit of {limit}' },
}
const { maximumBlocks: _, ...unlimited } = plain

/** Logs in most blocks, the newest among them. */
const dense: Profile = { ...plain, blocks: 5_000, maximumBlocks: 1_000 }

type Case = {
  readonly profile: Profile
  /** `whole`: nothing may be missing. `gap`: something is lost, and the scan must say where. */
  readonly ends: 'whole' | 'gap' | 'either'
  readonly meanwhile?: (provider: Provider) => Promise<void>
}

const cases: Readonly<Record<string, Case>> = {
  'a range cap': { ends: 'whole', profile: plain },
  'no limits': { ends: 'whole', profile: unlimited },
  'a range cap without a number': {
    ends: 'whole',
    profile: { ...plain, refusals: { range: 'block range is too wide' } },
  },
  'a result cap': { ends: 'whole', profile: { ...unlimited, maximumLogs: 500 } },
  'both caps, as -32005': {
    ends: 'whole',
    profile: { ...plain, maximumLogs: 150, refusals: { rangeCode: -32005, resultsCode: -32005 } },
  },
  'at most 20 accounts at once': {
    ends: 'whole',
    profile: { ...plain, accounts: 100, logsPerAccount: 60, maximumTopics: 20 },
  },
  '5 % of HTTP 503': { ends: 'whole', profile: { ...plain, faultRate: 0.05 } },
  '20 requests a second': { ends: 'whole', profile: { ...plain, requestsPerSecond: 20, burst: 5 } },
  'a cap that shrinks half-way': {
    ends: 'whole',
    profile: { ...plain, latencyMs: 60, requestsPerSecond: 40, burst: 20 },
    meanwhile: (provider) => after(700, () => provider.change({ maximumBlocks: 3_000 })),
  },
  'answers cut at 1,000 without a word': {
    ends: 'either',
    profile: { ...unlimited, maximumLogs: 1_000, cutsSilently: true },
  },
  'answers cut at 1,337 without a word': {
    ends: 'either',
    profile: { ...unlimited, maximumLogs: 1_337, cutsSilently: true },
  },
  'a pruned start, without a word': { ends: 'gap', profile: { ...plain, historyFrom: 120_000 } },
  'a pruned start, without a word or limits': { ends: 'gap', profile: { ...unlimited, historyFrom: 120_000 } },
  'a node whose logs start late': { ends: 'gap', profile: { ...plain, historyFrom: 195_000 } },
  'older blocks for paying customers': {
    ends: 'gap',
    profile: { ...plain, historyFrom: 120_000, historyRefusal: 'Archive requests require a personal token' },
  },
  'a node five blocks behind': { ends: 'gap', profile: { ...dense, lag: { blocks: 5, share: 1 } } },
  'a node 200 blocks behind': { ends: 'gap', profile: { ...dense, lag: { blocks: 200, share: 1 } } },
  ...Object.fromEntries(
    [1, 2, 3].map((seed): [string, Case] => [
      `one of three machines five blocks behind (${seed})`,
      { ends: 'either', profile: { ...dense, seed, lag: { blocks: 5, share: 0.33 } } },
    ]),
  ),
  'a head that moves back': {
    ends: 'gap',
    profile: { ...plain, latencyMs: 60 },
    meanwhile: (provider) => after(150, () => provider.change({ head: plain.blocks - 40 })),
  },
  'a reorganisation meanwhile': {
    ends: 'gap',
    profile: { ...plain, latencyMs: 60 },
    meanwhile: (provider) => after(150, () => provider.change({ forkFrom: plain.blocks - 40 })),
  },
}

export default async function completeness(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, { profile, ends, meanwhile }] of Object.entries(cases)) {
    const { verdict, gaps } = await measureScan(profile, meanwhile === undefined ? {} : { meanwhile })
    const { expected, missing, double, foreign, inGaps } = verdict
    const isAsExpected = ends === 'either' || (ends === 'gap') === gaps.length > 0
    const wrong = `${missing} lost, ${double} double, ${foreign} foreign`
    rows.push(
      holds(name, {
        figure: `${expected - missing - inGaps}/${expected} read, ${inGaps} in gaps${isComplete(verdict) ? '' : `, ${wrong}`}`,
        bar: ends === 'whole' ? 'all read' : 'all read or in a gap',
        passed: isComplete(verdict) && isAsExpected,
      }),
    )
  }
  return rows
}

async function after(milliseconds: number, act: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  await act()
}
