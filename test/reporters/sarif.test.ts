import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { notices, reporters } from '../../src/reporters/index.ts'
import { NoSarifAnchorError } from '../../src/reporters/sarif-results.ts'
import { flawsOfSarif } from '../support/format-readers.ts'
import { anyText, forged, hostileNames, sickWith } from './hostile-reports.ts'
import { manyFindings, reportOf, sickFacts, treasuryReport } from './sample-reports.ts'

const print = (report: Report, anchor?: string, locale: 'en' | 'ja' = 'en') =>
  reporters.sarif(report, { locale, useColor: false, width: 80, ...(anchor !== undefined && { anchor }) })
const runOf = (report: Report, anchor?: string) => JSON.parse(print(report, anchor)).runs[0]
const account = '0x00000000000000000000000000000000000A11cE'

describe('the SARIF of several accounts', () => {
  const { results, tool, invocations, automationDetails } = runOf(treasuryReport())

  test('keeps to the schema, in both languages', () => {
    expect(flawsOfSarif(print(treasuryReport()))).toEqual([])
    expect(flawsOfSarif(print(treasuryReport('ja'), undefined, 'ja'))).toEqual([])
    expect(flawsOfSarif(print(reportOf({})))).toEqual([])
  })

  test('has the gravest finding first, at the line that declares its account', () => {
    const fingerprint = expect.stringMatching(/^[0-9a-f]{32}$/)
    expect(results[0]).toEqual({
      ruleId: 'listed-spender',
      ruleIndex: 1,
      level: 'error',
      baselineState: 'new',
      message: {
        text: [
          `0x0000000000000000000000000000000000000Bad may take up to 250 USDC of yours. (${account} (ops) on Ethereum)`,
          '1. Send the call below to 0x00000000000000000000000000000000000005dC. It sets the allowance to zero.',
          '2. Do not answer anyone who offers to recover tokens.',
        ].join('\n'),
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'ops/wallet-checkup.config.yaml' },
            region: { startLine: 12, startColumn: 1, endLine: 12, endColumn: 1 },
          },
          logicalLocations: [
            {
              fullyQualifiedName: `eip155:1:${account}/allowance/token:0x00000000000000000000000000000000000005dC/owner:${account}/spender:0x0000000000000000000000000000000000000Bad`,
              kind: 'allowance',
            },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: fingerprint, 'walletFinding/v1': fingerprint },
      properties: { severity: 'critical', confidence: 'certain', tags: ['hot'] },
    })
  })

  test('says who suppressed a finding, until when', () => {
    expect(results.at(-1)).toMatchObject({
      ruleId: 'cheap-transaction',
      level: 'note',
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'the weekly payout waits, on purpose',
          location: { physicalLocation: { region: { startLine: 31 } } },
          properties: { expires: '2027-01-31' },
        },
      ],
    })
  })

  test('keeps what could not be checked again, and leaves out what is gone', () => {
    const states = results.map((result: Record<string, unknown>) => [result.baselineState, result.kind, result.level])
    expect(states).toEqual([
      ['new', undefined, 'error'],
      ['unchanged', 'open', 'none'],
      ['unchanged', undefined, 'error'],
      ['unchanged', undefined, 'note'],
    ])
    expect(results[1].message.text).toMatch(/^Found earlier, and could not be checked again: 0x/)
  })

  test('describes each rule, with a score and a precision that GitHub reads', () => {
    const rules = tool.driver.rules.map(({ id, properties }: { id: string; properties: object }) => [id, properties])
    expect(rules).toEqual([
      ['cheap-transaction', { tags: ['security'], precision: 'high', 'security-severity': '3.0' }],
      ['listed-spender', { tags: ['security'], precision: 'very-high', 'security-severity': '9.5' }],
      ['stale-head', { tags: ['security'], precision: 'very-high', 'security-severity': '8.0' }],
    ])
    expect(tool.driver.rules[1].shortDescription).toEqual({ text: 'A listed thief may take your tokens' })
  })

  test('says that the execution was not successful, and of each check why', () => {
    const [invocation] = invocations
    expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 1 })
    const told = invocation.toolExecutionNotifications.map(
      (each: { descriptor: { id: string }; associatedRule?: { id: string; index: number } }) => [
        each.descriptor.id,
        each.associatedRule,
      ],
    )
    expect(told).toEqual([
      ['unchecked', undefined],
      ['inconclusive', { id: 'cheap-transaction', index: 0 }],
      ['inconclusive', { id: 'listed-spender', index: 1 }],
    ])
    expect(invocation.toolConfigurationNotifications[0].message.text).toBe(
      'A suppression of stale-head ended on 2026-11-01.',
    )
    expect(automationDetails.id).toBe('wallet-checkup/')
  })
})

describe('an account that no config file declares', () => {
  test('is refused where it has findings, and the way out is told', () => {
    expect(() => print(reportOf(sickFacts()))).toThrow(NoSarifAnchorError)
  })

  test('needs no file where it has none', () => {
    expect(runOf(reportOf({}))).toMatchObject({
      results: [],
      invocations: [{ executionSuccessful: true, exitCode: 0 }],
    })
  })

  test.each([
    ['wallets.yaml', 'wallets.yaml'],
    ['./ops/my wallets.yaml', 'ops/my%20wallets.yaml'],
    ['ops\\wallets.yaml', 'ops/wallets.yaml'],
    ['/srv/wallets.yaml', 'file:///srv/wallets.yaml'],
    ['C:\\ops\\wallets.yaml', 'file:///C:/ops/wallets.yaml'],
    ['a:b.yaml', 'a%3Ab.yaml'],
    ['設定.yaml', '%E8%A8%AD%E5%AE%9A.yaml'],
  ])('stands at the first line of %s', (anchor, uri) => {
    for (const { locations } of runOf(reportOf(sickFacts()), anchor).results) {
      expect(locations[0].physicalLocation).toMatchObject({ artifactLocation: { uri }, region: { startLine: 1 } })
    }
  })
})

describe('an account of the baseline that this check was not asked about', () => {
  const { result, ...report } = treasuryReport()
  const earlier = result.targets.flatMap((target) => target.earlier ?? []).filter(({ change }) => change === 'unknown')
  const [known] = earlier
  if (known === undefined) throw new Error('the sample has one')
  const elsewhere = {
    account: '0x00000000000000000000000000000000000e15e0',
    label: 'elsewhere',
    chain: { id: 10, name: 'OP Mainnet' },
    earlier: [{ ...known, fingerprint: known.fingerprint.replaceAll(/./g, 'c') }],
  } as const
  const asked = { ...report, result: { ...result, notAsked: [elsewhere] } }
  const resultsAt = (given: Report, anchor?: string) =>
    runOf(given, anchor).results.filter((each: { partialFingerprints: Record<string, string> }) =>
      /^c+$/.test(each.partialFingerprints.primaryLocationLineHash ?? ''),
    )

  test('keeps its findings, at the first line of the file of the others', () => {
    expect(flawsOfSarif(print(asked))).toEqual([])
    expect(resultsAt(asked)).toMatchObject([
      {
        ruleId: known.ruleId,
        kind: 'open',
        level: 'none',
        baselineState: 'unchanged',
        message: { text: expect.stringMatching(/^Found earlier, and could not be checked again: /) },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'ops/wallet-checkup.config.yaml' }, region: { startLine: 1 } },
            logicalLocations: [{ fullyQualifiedName: expect.stringMatching(/^eip155:10:0x0{35}e15e0/) }],
          },
        ],
      },
    ])
  })

  test('of a command line, stands where --sarif-anchor says, and is refused without', () => {
    const alone = reportOf({})
    const given = { ...alone, result: { ...alone.result, notAsked: [elsewhere] } }
    expect(resultsAt(given, 'README.md')[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'README.md' },
      region: { startLine: 1 },
    })
    expect(() => print(given)).toThrow(NoSarifAnchorError)
  })
})

test('a run that was stopped was not successful', () => {
  const [invocation] = runOf(reportOf({}, { interrupted: true })).invocations
  expect(invocation).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ descriptor: { id: 'interrupted' } }],
  })
})

describe('as much as GitHub takes', () => {
  const many = manyFindings({ info: 24_000, critical: 1_001 })
  const text = print(many, 'wallets.yaml')
  const run = JSON.parse(text).runs[0]

  test('is at most 25,000 results and 10 MB, compressed', () => {
    expect(run.results).toHaveLength(25_000)
    expect(gzipSync(text).length).toBeLessThan(10_000_000)
    expect(run.results.slice(0, 1001).every(({ level }: { level: string }) => level === 'error')).toBe(true)
  })

  test('and what is left out is told, in the file and to whoever asked for it', () => {
    const sentence =
      'Left out: 1 result of the least severity, because GitHub takes no larger file. The JSON report has everything.'
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ descriptor: { id: 'left-out' }, message: { text: sentence } }],
    })
    expect(notices.sarif?.(many, 'en')).toBe(sentence)
    expect(notices.sarif?.(manyFindings({ critical: 10 }), 'en')).toBeNull()
  })

  test('results that do not compress are fewer, as many as fit', () => {
    const report = manyFindings({ critical: 3_500 })
    const targets = report.result.targets.map((target) => ({
      ...target,
      outcomes: target.outcomes.map((outcome) =>
        outcome.status === 'found'
          ? { ...outcome, findings: outcome.findings.map((finding, index) => ({ ...finding, message: noise(index) })) }
          : outcome,
      ),
    }))
    const noisy = print({ ...report, result: { ...report.result, targets } } as Report, 'wallets.yaml')
    expect(gzipSync(noisy).length).toBeLessThanOrEqual(10_000_000)
    expect(gzipSync(noisy).length).toBeGreaterThan(8_000_000)
    const written = JSON.parse(noisy).runs[0].results.length
    expect(noisy).toContain(`Left out: ${(3_500 - written).toLocaleString('en')} results`)
  })
})

/** Letters that no compressor shortens much: each of 89 signs is as likely as the others. */
function noise(seed: number): string {
  let state = seed * 2_654_435_761 + 1
  return Array.from({ length: 1_900 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return String.fromCharCode(0x4e00 + (Math.floor(state / 1024) % 8_000))
  }).join('')
}

test.each([
  [1_024, 20],
  [1_025, 21],
  [50_000, 500],
])('a title of %i characters and %i tags are no more than GitHub takes', (length, count) => {
  const report = manyFindings({ critical: 1 })
  const tags = Array.from({ length: count }, (_, index) => `tag ${index}`)
  const targets = report.result.targets.map((target) => ({
    ...target,
    tags,
    outcomes: target.outcomes.map((outcome) =>
      outcome.status === 'found'
        ? { ...outcome, findings: outcome.findings.map((finding) => ({ ...finding, title: '😀'.repeat(length / 2) })) }
        : outcome,
    ),
  }))
  const run = runOf({ ...report, result: { ...report.result, targets } } as Report, 'wallets.yaml') // as many findings
  const [{ shortDescription }] = run.tool.driver.rules
  expect(shortDescription.text.length).toBeLessThanOrEqual(1_024)
  expect(shortDescription.text).toMatch(/^😀{500,512}…?$/u)
  expect(run.results[0].properties.tags).toEqual(tags.slice(0, 20))
})

test('is the same, byte for byte, for the same report', () => {
  expect(print(treasuryReport())).toBe(print(treasuryReport()))
})

function expectHarmless(text: string): void {
  expect(flawsOfSarif(text)).toEqual([])
  expect(text.trimEnd()).not.toMatch(/\p{C}/u)
  const messages: string[] = []
  JSON.parse(text, (key, inner) => (key === 'text' || key === 'justification' ? messages.push(inner) : inner))
  // A link, or a placeholder.
  expect(messages.filter((message) => /\]\(|\{\d+\}/.test(message))).toEqual([])
  for (const { properties } of JSON.parse(text).runs[0].tool.driver.rules) expect(properties.tags).toEqual(['security'])
}

test.each(hostileNames)('%s keeps to the schema, and is neither link nor placeholder', (_, hostile) => {
  expectHarmless(print(sickWith(hostile), 'wallets.yaml'))
  expectHarmless(print(forged(hostile)))
})

test('any string keeps to the schema', () => {
  fc.assert(
    fc.property(anyText, (hostile) => {
      expectHarmless(print(forged(hostile), hostile))
    }),
    { numRuns: 150 },
  )
})
