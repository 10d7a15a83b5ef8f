/** Runs a task when fewer than the allowed number of others run. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>

/** First come, first served. */
export function createLimit(maximumRunning: number): Limit {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    // A task that ends hands its place to the first that waits, so nobody can slip in between.
    if (running >= maximumRunning) await new Promise<void>((resume) => waiting.push(resume))
    else running++
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
