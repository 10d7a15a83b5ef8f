/** A watch of a thousand runs over the demo chain, every rule in each: what it holds later beside what it held when it was warm. */
import { holds, isQuick, type Row } from '../row.ts'
import { watchMemory } from '../watch-memory.ts'

const measured = isQuick ? [50, 100, 150, 200] : [100, 400, 700, 1000]
const bar = 1.05
const mebibyte = 2 ** 20

export default async function watch(): Promise<readonly Row[]> {
  const { used, results } = await watchMemory(measured)
  const [, warm = 0] = used
  const rows = measured.map((run, index) => {
    const bytes = used[index] ?? Number.NaN
    const name = `after ${run} runs: ${(bytes / mebibyte).toFixed(1)} MiB in use ÷ those after ${measured[1]}`
    // What the first runs compile is there for good: only what comes after that tells of runs.
    const isJudged = index > 1
    const passed = !isJudged || bytes / warm <= bar
    return holds(name, { figure: (bytes / warm).toFixed(3), bar: isJudged ? `≤ ${bar}` : 'no bar', passed })
  })
  const [first = '', ...others] = results
  const same = {
    figure: `${results.length} results`,
    bar: '1, with findings',
    passed: others.length === 0 && / \d/.test(first),
  }
  return [...rows, holds('what every run found', same)]
}
