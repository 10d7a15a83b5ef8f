/** One figure beside its bar. */
export type Row = { readonly name: string; readonly figure: string; readonly bar: string; readonly passed: boolean }

/** A figure that must not exceed its bar. */
export function atMost(name: string, figure: number, bar: number): Row {
  return { name, figure: short(figure), bar: `≤ ${bar}`, passed: figure <= bar }
}

/** A figure that must reach its bar. */
export function atLeast(name: string, figure: number, bar: number): Row {
  return { name, figure: short(figure), bar: `≥ ${bar}`, passed: figure >= bar }
}

/** Something that holds or not; `figure` says what was seen. */
export function holds(name: string, { figure, bar, passed }: Omit<Row, 'name'>): Row {
  return { name, figure, bar, passed }
}

function short(figure: number): string {
  return Number.isInteger(figure) ? String(figure) : figure.toPrecision(3)
}

/** Shorter runs for a first look. Their figures are noisier, and the bench says so. */
export const isQuick = process.env.BENCH_QUICK === '1'
