/** The output formats, by the name that `-o` takes. */
import type { LeftOutNotice, Reporter } from '../core/reporter.ts'
import calls from './calls.ts'
import csv from './csv.ts'
import github from './github.ts'
import json from './json.ts'
import junit from './junit.ts'
import { leftOutNotices } from './left-out.ts'
import markdown from './markdown.ts'
import openmetrics from './openmetrics.ts'
import safeBatch from './safe-batch.ts'
import sarif from './sarif.ts'
import table from './table.ts'

export const reporters = {
  table,
  json,
  markdown,
  sarif,
  csv,
  junit,
  github,
  openmetrics,
  calls,
  'safe-batch': safeBatch,
} as const satisfies Record<string, Reporter>

/** Of the formats that do not hold all of a report. */
export const notices: { readonly [Format in keyof typeof reporters]?: LeftOutNotice } = leftOutNotices
