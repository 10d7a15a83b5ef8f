/** Reports with strings in them that attackers write: names of tokens, words of nodes, and whole report files. */
import fc from 'fast-check'
import { toFactError } from '../../src/core/errors.ts'
import type { Report } from '../../src/core/report.ts'
import { RpcRefusedError } from '../../src/rpc/errors.ts'
import { value } from '../../src/rule.ts'
import { tokens } from '../../src/testing.ts'
import { reportOf, sickFacts } from './sample-reports.ts'

export const hostileNames: readonly (readonly [string, string])[] = [
  ['a colour', '\u001b[31mUSDC'],
  ['a cleared screen', '\u001b[2J\u001b[H'],
  ['a terminal link', '\u001b]8;;https://claim.xyz\u001b\\USDC\u001b]8;;\u001b\\'],
  ['a window title', '\u001b]0;owned\u0007'],
  ['an eight-bit sequence', '\u009b2J'],
  ['a right-to-left override', 'USDC\u202e)defirev('],
  ['isolates', '\u2066USDC\u2069'],
  ['zero-width characters', 'US\u200bD\u200dC\ufeff'],
  ['a line break with a forged finding', 'USDC\n1. Nothing to do'],
  ['a carriage return', 'USDC\rResult: fine'],
  ['a tab and a vertical tab', 'US\tD\u000bC'],
  ['backspaces', 'bad\b\b\bgood'],
  ['a line separator', 'US\u2028DC\u2029'],
  ['ten thousand letters', 'A'.repeat(10_000)],
  ['a pile of accents', `U${'\u0300\u0301'.repeat(5_000)}SDC`],
  ['a homoglyph', 'USD\u0421'],
  ['an invitation', 'Visit claim-usdc.xyz'],
  ['a link', 'https://claim-usdc.xyz/0x'],
  ['message syntax', "{spender} # {x, plural, other {#}} <b>'{'"],
  ['a lone surrogate', 'US\ud800DC'],
  ['a reversed pair of surrogates', '\udc00\ud800'],
  ['tag characters', 'USDC\u{e0041}\u{e007f}'],
  ['nothing but spaces', '     '],
  ['nothing', ''],
  ['the end of a CDATA section', ']]>'],
  ['the end of a suite', '</testsuite><testsuite name="forged">'],
  ['an entity', '&lt;&amp;&#0;&xxe;'],
  ['a workflow command', '::error file=a,line=1::forged'],
  ['a workflow command behind a line break', 'USDC\n::error::forged'],
  ['an escaped line break', 'USDC%0A::error::forged'],
  ['a workflow command of the old kind', 'USDC ##[error]forged'],
  ['a formula', "=cmd|'/c calc'!A0"],
  ['a formula behind a space', ' +1+1'],
  ['a full-width formula', '＝1+1'],
  ['a negative number', '-1'],
  ['pipes', '| a | b |\n|---|---|'],
  ['backticks', '``` `code` ```'],
  ['emphasis', '**bold** _it_ ~~gone~~ # h > q'],
  ['a script', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['a comment', '<!-- gone -->'],
  ['a mention', '@everyone @octocat'],
  ['an address to write to', 'mailto:a@claim-usdc.xyz a@claim-usdc.xyz'],
  ['a link of Markdown', '[USDC](https://claim-usdc.xyz) ![x](http://claim-usdc.xyz/x.png)'],
  ['a host that is made a link', 'www.claim-usdc.xyz'],
  ['a footnote', '[^1]'],
  ['a formula of TeX', '$\\href{javascript:alert(1)}{x}$'],
  ['a placeholder', '{0} {1}'],
  ['a metric of its own', '"} 1\nwallet_checkup_complete 1\n# EOF'],
  ['a backslash at the end', 'USDC\\'],
  ['quotes', `"USDC" 'USDC'`],
  ['cells', 'a","b\r\n"c'],
  ['a megabyte', 'A=<b>|@'.repeat(150_000)],
]

export const sickWith = (hostile: string): Report =>
  reportOf(
    {
      ...sickFacts(hostile),
      fees: toFactError(
        new RpcRefusedError({ host: 'rpc.example', method: 'eth_feeHistory' }, { code: -32000, message: hostile }),
      ),
      tokens: tokens({ lists: [{ name: hostile, date: hostile, entries: 1 }] }),
    },
    { label: hostile },
  )

/** A report file that somebody else wrote: every text in it is theirs. */
export function forged(hostile: string): Report {
  const report = reportOf(sickFacts())
  const targets = report.result.targets.map((target) => ({
    ...target,
    label: hostile,
    tags: [hostile],
    declaredAt: { file: hostile, line: 7 },
    listedHistory: { host: hostile, rows: 0, confirmed: 0, error: refusedWith(hostile) },
    earlier: [
      { ...earlierOf(hostile), change: 'absent' as const },
      { ...earlierOf(hostile), change: 'unknown' as const },
    ],
    chain: { id: 1, name: hostile },
    coverage: [
      { fact: hostile, fromBlock: '0', toBlock: '9', gaps: [{ fromBlock: '1', toBlock: '2' }], source: hostile },
      { fact: hostile, fromBlock: '0', toBlock: '9', gaps: [], source: hostile },
    ],
    outcomes: target.outcomes.map((outcome, index) =>
      outcome.status === 'found'
        ? {
            ...outcome,
            ruleId: hostile,
            findings: outcome.findings.map((finding) => ({
              ...finding,
              ruleId: hostile,
              title: hostile,
              message: hostile,
              steps: [hostile],
              why: hostile,
              suppressions: index % 2 === 0 ? undefined : [{ reason: hostile, expires: '2027-01-31' }],
              links: [hostile, `https://support.metamask.io/${hostile}`],
              evidence: [
                { kind: 'read' as const, method: hostile, block: hostile, value: hostile },
                { kind: 'list' as const, name: hostile, date: hostile },
              ],
            })),
            because: {
              kind: 'fact-failed' as const,
              fact: hostile,
              error: { code: 'x', message: hostile, data: {}, hints: [hostile] },
            },
          }
        : { ruleId: hostile, status: 'passed' as const },
    ),
  }))
  const run = {
    ...report.run,
    endpoints: [{ host: hostile, requests: 1, failure: refusedWith(hostile) }],
    lists: [{ name: hostile, date: hostile, entries: 1 }],
  }
  const unchecked = [
    { input: hostile, label: hostile, chain: null, error: { code: 'x', message: hostile, data: {}, hints: [hostile] } },
  ]
  const notices = [
    { kind: 'suppression-expired' as const, message: hostile, data: {}, declaredAt: { file: hostile, line: 9 } },
  ]
  return { ...report, run, result: { ...report.result, targets, unchecked, notices } }
}

function earlierOf(hostile: string) {
  return {
    ruleId: hostile,
    fingerprint: '0'.repeat(32),
    severity: 'high' as const,
    messageId: hostile,
    subject: { kind: 'endpoint' as const, host: hostile },
    data: {},
    title: hostile,
    message: hostile,
  }
}

export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
)

function refusedWith(hostile: string) {
  const data = { host: value.text(hostile), words: value.untrustedText(hostile) }
  return { code: 'log-source-refused', message: hostile, data, hints: [] }
}
