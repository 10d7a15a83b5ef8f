import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import type { Locale } from '../../src/core/text.ts'
import { reporters } from '../../src/reporters/index.ts'
import { textWidth } from '../../src/reporters/text-layout.ts'
import { fees, logs } from '../../src/testing.ts'
import { gappedFacts, refusedLogs, reportOf, sickFacts } from './sample-reports.ts'

const print = (report: Report, over: { locale?: Locale; useColor?: boolean; width?: number } = {}) =>
  reporters.table(report, { locale: report.run.locale, useColor: false, width: 80, ...over })

/** Reads the report as one line, so that a test does not depend on where lines break. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')

describe.each(['en', 'ja'] as const)('in %s', (locale) => {
  test('a sick account', () => {
    expect(print(reportOf(sickFacts(), { locale, label: 'treasury' }))).toMatchSnapshot()
  })

  test('a clean account', () => {
    expect(print(reportOf({}, { locale }))).toMatchSnapshot()
  })

  test('an account that could not be seen completely', () => {
    expect(print(reportOf(gappedFacts(), { locale }))).toMatchSnapshot()
  })
})

describe('the order', () => {
  test('is by severity, the worst first, with numbers in that order', () => {
    const text = print(reportOf(sickFacts()))
    const places = [
      'Critical (1)',
      '1. A listed thief',
      'High (1)',
      '2. The endpoint',
      'Low (1)',
      '3. A transaction',
    ].map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, other) => one - other))
  })
})

describe('the verdict', () => {
  test.each([
    ['critical', sickFacts(), 'Critical. Act now'],
    ['attention', { chain: sickFacts().chain }, 'Something needs your attention.'],
    ['no findings', {}, 'These checks found no problem.'],
    ['inconclusive', gappedFacts(), 'Not known. Some checks could not be made'],
  ] as const)('%s is said in words', (_, facts, words) => {
    expect(print(reportOf(facts as Parameters<typeof reportOf>[0]))).toContain(`Result: ${words}`)
  })

  test('of findings from a partial read says that there may be more', () => {
    const text = flat(print(reportOf({ ...sickFacts(), fees: refusedLogs })))
    expect(text).toContain('There may be more than what is listed.')
    expect(text).toContain('Could not be checked (1)')
  })

  test('of a complete run does not say so', () => {
    expect(print(reportOf(sickFacts()))).not.toContain('There may be more')
  })

  test.each(['en', 'ja'] as const)('never calls an account safe (%s)', (locale) => {
    for (const facts of [sickFacts(), {}, gappedFacts()]) {
      // Links to the wallet's own pages may have the word in their path.
      const words = print(reportOf(facts, { locale })).replaceAll(/https:\S+/g, '')
      expect(words).not.toMatch(/\b(?:safe|healthy)\b|安全/i)
    }
  })
})

describe('what is not known', () => {
  test('one reason for several rules is told once, with the rules before it', () => {
    const text = flat(print(reportOf({ chain: refusedLogs, fees: { ...refusedLogs } })))
    expect(text.match(/Could not read the chain and its newest block\./g)).toHaveLength(1)
    expect(text).toContain('Chain could not be read')
  })

  test('at most five missing block ranges are listed, then how many more', () => {
    const gaps = Array.from({ length: 7 }, (_, index) => ({
      fromBlock: BigInt(index * 10),
      toBlock: BigInt(index * 10),
    }))
    const text = print(reportOf({ logs: logs({ coverage: { fromBlock: 0n, toBlock: 100n, gaps } }) }))
    expect(text).toContain('- 40 to 40 (1 block)')
    expect(text).not.toContain('- 50 to 50')
    expect(text).toContain('- 2 more ranges')
  })

  test('hints come after the reason', () => {
    const limited = { ...refusedLogs, code: 'rate-limited', hints: [] }
    expect(flat(print(reportOf({ fees: limited })))).toContain(
      'too many requests. What may help - Wait a while, or use an endpoint with a higher limit.',
    )
  })
})

describe('the last line', () => {
  test.each([
    ['findings', reportOf(sickFacts()), 'Exit code 1:'],
    ['nothing found', reportOf({}), 'Exit code 0: every selected check was made'],
    ['gaps', reportOf(gappedFacts()), 'Exit code 3:'],
    ['gaps that were accepted', reportOf(gappedFacts(), { allowIncomplete: true }), '--allow-incomplete accepts'],
    ['a stopped run', reportOf(gappedFacts(), { interrupted: true }), 'Exit code 130 or 143:'],
  ])('says what the exit code means: %s', (_, report, words) => {
    expect(flat(print(report)).slice(-200)).toContain(words)
  })
})

test('a stopped run says so first', () => {
  expect(print(reportOf({}, { interrupted: true })).startsWith('The run was stopped.')).toBe(true)
  expect(print(reportOf({}))).not.toContain('stopped')
})

test('the data of a call stands on one line, whole', () => {
  const call = /^ {3}Data +0x095ea7b3[0-9a-f]{128}$/m
  expect(print(reportOf(sickFacts()), { width: 50 })).toMatch(call)
})

describe('several calls of one finding', () => {
  const withSecondCall = (nonces: readonly [number | undefined, number | undefined]) => {
    const report = reportOf({ fees: sickFacts().fees ?? fees() })
    const text = JSON.stringify(report, (key, calls) =>
      key === 'remedy' ? nonces.map((nonce) => ({ ...calls[0], nonce })) : calls,
    )
    return flat(print(JSON.parse(text)))
  }

  test('with the same nonce are a choice', () => {
    expect(withSecondCall([7, 7])).toContain('For your wallet, choice 2 of 2: only one of them')
  })

  test.each([
    ['one after the other', [7, 8]],
    ['whose nonces the wallet chooses', [undefined, undefined]],
  ] as const)('%s are counted', (_, nonces) => {
    expect(withSecondCall(nonces)).toContain('For your wallet, 2 of 2 (')
  })
})

test('a link to any other host is not printed', () => {
  const text = JSON.stringify(reportOf(sickFacts())).replaceAll(
    'https://support.metamask.io',
    'https://support.metamask.io.claim.xyz',
  )
  const printed = print(JSON.parse(text))
  expect(printed).not.toContain('claim.xyz')
  expect(printed).not.toContain('More')
})

describe.each([80, 120])('at %i columns', (width) => {
  test.each(['en', 'ja'] as const)('only what must be copied whole is wider (%s)', (locale) => {
    const text = [sickFacts(), {}, gappedFacts()].map((facts) => print(reportOf(facts, { locale }), { width })).join('')
    const wide = text.split('\n').filter((line) => textWidth(line) > width)
    expect(wide.filter((line) => !/(?:0x[0-9a-f]{60,}|https:\S+)[^ ]*$/.test(line))).toEqual([])
  })
})

describe('colours', () => {
  const report = reportOf(sickFacts())

  test('are only codes around the same words', () => {
    const colored = print(report, { useColor: true })
    expect(colored).toContain('\u001b[1;31m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what is looked for
    expect(colored.replaceAll(/\u001b\[[\d;]+m/g, '')).toBe(print(report))
  })

  test('are absent when not asked for', () => {
    expect(print(report)).not.toContain('\u001b')
  })
})
