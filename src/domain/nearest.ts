/** The known word that a mistyped one was most likely meant to be; null when none is like it. */
export function nearestTo(word: string, known: readonly string[]): string | null {
  const [nearest] = known
    .map((candidate) => ({
      candidate,
      distance: editDistance(word.toLowerCase().slice(0, 64), candidate.toLowerCase()),
    }))
    .sort((one, other) => one.distance - other.distance)
  return nearest !== undefined && nearest.distance <= nearest.candidate.length / 2 ? nearest.candidate : null
}

/** Levenshtein's: how many letters to add, drop or change. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [column, otherLetter] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
