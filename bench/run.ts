/** `npm run bench [-- GROUP …]`: measures every promise of speed and completeness, and exits with 1 when one is not kept. */
import { isQuick, type Row } from './row.ts'

const groups = [
  'completeness',
  'first-scan',
  'result-cap',
  'unlimited',
  'peers',
  'accounts',
  'many',
  'rerun',
  'balances',
  'approvals',
  'history',
  'decoding',
  'refusals',
  'memory',
  'watch',
  'start',
  'reports',
] as const
type GroupName = (typeof groups)[number]

async function run(name: GroupName): Promise<readonly Row[]> {
  const group = (await import(`./groups/${name}.ts`)) as { default: () => Promise<readonly Row[]> } // every group's shape
  try {
    return await group.default()
  } catch (error) {
    const figure = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return [{ name: 'the group itself', figure, bar: 'runs', passed: false }]
  }
}

function print(name: GroupName, rows: readonly Row[], seconds: number): void {
  say(`\n${name} (${seconds.toFixed(0)} s)`)
  const width = Math.max(...rows.map((row) => row.name.length))
  const figures = Math.max(...rows.map(({ figure }) => (figure.includes('\n') ? 0 : figure.length)))
  for (const row of rows) {
    say(`  ${row.passed ? 'ok  ' : 'MISS'} ${row.name.padEnd(width)}  ${row.figure.padStart(figures)}  ${row.bar}`)
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function isGroup(name: string): name is GroupName {
  return groups.some((group) => group === name)
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !isGroup(name))
if (unknown.length > 0) {
  say(`No such group: ${unknown.join(', ')}. There are: ${groups.join(', ')}.`)
  process.exitCode = 2
} else {
  if (isQuick) say('BENCH_QUICK=1: shorter runs, noisier figures.')
  const all: Row[] = []
  for (const name of named.length === 0 ? groups : named.filter(isGroup)) {
    const startedAt = performance.now()
    const rows = await run(name)
    print(name, rows, (performance.now() - startedAt) / 1000)
    all.push(...rows)
  }
  const missed = all.filter(({ passed }) => !passed).length
  say(`\n${all.length} figures, ${missed} missed.`)
  process.exitCode = missed === 0 ? 0 : 1
}
