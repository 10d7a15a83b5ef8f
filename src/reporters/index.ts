/** The output formats, by the name that `-o` takes. */
import type { Reporter } from '../core/reporter.ts'
import json from './json.ts'
import table from './table.ts'

export const reporters = { table, json } as const satisfies Record<string, Reporter>
