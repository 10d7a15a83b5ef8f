import Table from 'cli-table3'
import { harmlessText } from '../domain/visible-text.ts'
import type { Paint } from './text-layout.ts'

const noBorder = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

/** Names and values in two aligned columns without borders, so that a value can be copied whole. */
export function columns(
  rows: readonly (readonly [name: string, value: string])[],
  { paint, indent }: { readonly paint: Paint; readonly indent: number },
): readonly string[] {
  if (rows.length === 0) return []
  const table = new Table({
    chars: noBorder,
    // Empty lists: colours are ours, cli-table3 would add its own.
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
  })
  table.push(...rows.map(([name, value]) => [paint(harmlessText(name), 'dim'), harmlessText(value)]))
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line.trimEnd()}`)
}
