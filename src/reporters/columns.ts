import { harmlessText } from '../domain/visible-text.ts'
import { type Paint, textWidth } from './text-layout.ts'

/** Columns between a name and its value. */
const gap = 2

/** Names and values in two aligned columns without borders, so that a value can be copied whole. */
export function columns(
  rows: readonly (readonly [name: string, value: string])[],
  { paint, indent }: { readonly paint: Paint; readonly indent: number },
): readonly string[] {
  const named = rows.map(([name, value]) => [harmlessText(name), harmlessText(value)] as const)
  const width = gap + Math.max(0, ...named.map(([name]) => textWidth(name)))
  return named.map(([name, value]) => {
    const space = ' '.repeat(width - textWidth(name))
    return `${' '.repeat(indent)}${paint(name, 'dim')}${space}${value}`.trimEnd()
  })
}
