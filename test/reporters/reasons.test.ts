/** In formats of one entry per check: why it could not be made, whole, and which blocks nobody read. */
import { describe, expect, test } from 'vitest'
import type { FactError } from '../../src/core/errors.ts'
import type { Report } from '../../src/core/report.ts'
import { reporters } from '../../src/reporters/index.ts'
import { approvals } from '../../src/testing.ts'
import { readCsv, readJunit, readWorkflowCommands } from '../support/format-readers.ts'
import { reportOf } from './sample-reports.ts'

const options = { locale: 'en', useColor: false, width: 80 } as const
const reasons = {
  csv: (report: Report) => readCsv(reporters.csv(report, options)).flat(),
  junit: (report: Report) =>
    readJunit(reporters.junit(report, options)).flatMap(({ testcase }) =>
      testcase.map(({ error }) => [error?.message, error?.['#text']].join(' ')),
    ),
  github: (report: Report) => readWorkflowCommands(reporters.github(report, options)).map(({ message }) => message),
} as const

const refused = (message: string): FactError => ({ code: 'foreign', message, data: {}, hints: [] })
const gap = (fromBlock: bigint, toBlock: bigint) => ({ fromBlock, toBlock })

describe.each(['csv', 'junit', 'github'] as const)('%s', (format) => {
  const textOf = (report: Report) => reasons[format](report).join('\n')

  test('names the blocks that were not read, each once', () => {
    const missing = [
      { about: 'logs' as const, error: refused('Refused.'), ranges: [gap(100n, 199n), gap(300n, 300n)] },
      { about: 'logs' as const, error: refused('Too much.'), ranges: [gap(150n, 249n)] },
    ]
    const text = textOf(reportOf({ approvals: approvals([], { missing }) }))
    expect(text).toMatch(/Refused\..*Too much\./)
    expect(text).toContain('Blocks that were not read: 100 to 249 (150 blocks), 300 to 300 (1 block).')
  })

  test('names at most five of them, and how many more', () => {
    const ranges = [0n, 1n, 2n, 3n, 4n, 5n, 6n].map((place) => gap(place * 10n, place * 10n))
    const missing = [{ about: 'logs' as const, error: refused('Refused.'), ranges }]
    const text = textOf(reportOf({ approvals: approvals([], { missing }) }))
    expect(text).toContain(', 40 to 40 (1 block), 2 more ranges.')
    expect(text).not.toContain('50 to 50')
  })

  test('names none where no blocks are missing', () => {
    const text = textOf(
      reportOf({ approvals: approvals([], { missing: [{ about: 'logs', error: refused('Refused.') }] }) }),
    )
    expect(text).toContain('Refused.')
    expect(text).not.toContain('Blocks that were not read')
  })

  test('tells eight long reasons to the end', () => {
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
    const missing = words.map((word) => ({ about: 'logs' as const, error: refused(`${'x'.repeat(280)} ${word}.`) }))
    const text = textOf(reportOf({ approvals: approvals([], { missing }) }))
    for (const word of words) expect(text).toContain(` ${word}.`)
  })
})
