import { describe, expect, test } from 'vitest'
import { type FactError, toFactError } from '../../src/core/errors.ts'
import type { Report } from '../../src/core/report.ts'
import type { Locale } from '../../src/core/text.ts'
import { tellSource } from '../../src/log-sources/source-failure.ts'
import { reporters } from '../../src/reporters/index.ts'
import { textWidth } from '../../src/reporters/text-layout.ts'
import { HttpStatusError } from '../../src/rpc/errors.ts'
import { value } from '../../src/rule.ts'
import {
  account,
  at,
  chain,
  fees,
  hashOf,
  holding,
  logs,
  mempool,
  missing,
  nonces,
  owner,
  pendingTransaction,
  threats,
  tokens,
} from '../../src/testing.ts'
import { gappedFacts, refusedLogs, reportOf, sickFacts } from './sample-reports.ts'

const print = (report: Report, over: { locale?: Locale; useColor?: boolean; width?: number } = {}) =>
  reporters.table(report, { locale: report.run.locale, useColor: false, width: 80, ...over })

const delegated = account({ code: { kind: 'delegated', delegate: at(0xde1e), delegateCodeHash: hashOf(1) } })

/** Reads the report as one line, so that a test does not depend on where lines break. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')

const headings = {
  en: { high: 'High (1)', unknown: 'Could not be checked', done: 'What was checked' },
  ja: { high: '重大(1件)', unknown: 'チェックできなかった項目', done: 'チェックした項目' },
} as const

describe.each(['en', 'ja'] as const)('in %s', (locale) => {
  const { high, unknown, done } = headings[locale]
  const sick = print(reportOf(sickFacts(), { locale, label: 'treasury' }))
  const gapped = print(reportOf(gappedFacts(), { locale }))
  const between = (text: string, start: string | RegExp, end?: string) => {
    const from = text.search(start)
    const to = end === undefined ? text.length : text.indexOf(`\n${end}`, from)
    if (from < 0 || to < 0) throw new Error(`no part from ${start} to ${end}`)
    return `\n${text.slice(from, to).trimEnd()}\n`
  }

  test('the head of a report', () => {
    expect(between(sick, /^/, locale === 'en' ? 'Critical (1)' : '緊急(1件)')).toMatchSnapshot()
  })

  test('a finding', () => {
    expect(between(sick, /^1\. /m, high)).toMatchSnapshot()
  })

  test('a call that speeds a transaction up', () => {
    const [call] = sick.match(/\n[^\n]+\n +(?:Chain ID|チェーンID)(?:(?!0x095)[\s\S])*?(?=\n\n)/g)?.slice(-1) ?? []
    expect(`${call}\n`).toMatchSnapshot()
  })

  test('what could not be checked', () => {
    expect(between(gapped, new RegExp(`^${unknown}`, 'm'), done)).toMatchSnapshot()
  })

  test('the end', () => {
    expect(between(gapped, new RegExp(`^${done}`, 'm'))).toMatchSnapshot()
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
    ['only for information', { account: delegated }, 'These checks found no problem. Below is something'],
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
    expect(text.match(/Could not read the chain and its newest block and the current fees\./g)).toHaveLength(1)
    expect(text).toContain('stale-head, cheap-transaction Could not read')
    expect(text).toContain('Chain could not be read')
  })

  test('a fact that another one needed is one reason with it', () => {
    const down: FactError = { ...refusedLogs, code: 'connection-failed', data: refusedLogs.data }
    const data = { ...down.data, reason: value.text('ECONNREFUSED') }
    const root = { ...down, data }
    const behind = {
      ...root,
      code: 'needed-fact-failed',
      data: { ...data, fact: value.text('chain'), cause: value.keyword('connection-failed') },
    }
    const text = flat(print(reportOf({ chain: root, fees: behind, approvals: behind })))
    expect(text.match(/No connection to/g)).toHaveLength(1)
    expect(text).toContain('Could not read the chain and its newest block. No connection to')
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

  test.each([
    ['1.1.0', {}, 'Logs from'],
    ['1.2.0', {}, 'Stand-in'],
    ['1.5.0', {}, 'Stand-in'],
    ['1.6.0', {}, 'Endpoint'],
    ['1.6.0', { role: 'failover' as const }, 'Stand-in'],
    ['1.6.0', { role: 'logs' as const }, 'Logs from'],
  ])('who else was asked stands under the endpoint, in a report of %s with %j: %s', (schemaVersion, role, name) => {
    const report = reportOf({})
    const endpoints = [...report.run.endpoints, { host: 'other.example', requests: 15, ...role }]
    const text = flat(print({ ...report, schemaVersion, run: { ...report.run, endpoints } }))
    expect(text).toContain(`Endpoint rpc.example (41 requests) ${name} other.example (15 requests)`)
  })

  const listed = (over: object) => {
    const report = reportOf({})
    const listedHistory = { host: 'explorer.example', rows: 0, confirmed: 0, error: null, ...over }
    const targets = report.result.targets.map((target) => ({ ...target, listedHistory }))
    return { ...report, result: { ...report.result, targets } }
  }

  test.each([
    [0, 0, 'listed no transaction.', 'の一覧にあった取引は0件です。\n'],
    [
      1,
      1,
      'listed 1 transaction, and 1 of them is on the chain as it says.',
      '取引は1件です。チェーンで確かめられたのは1件です。',
    ],
    [
      6,
      0,
      'listed 6 transactions, and 0 of them are on the chain as it says.',
      '取引は6件です。チェーンで確かめられたのは0件です。',
    ],
  ])('of %i transactions that somebody listed %i are on the chain', (rows, confirmed, en, ja) => {
    const report = listed({ rows, confirmed })
    expect(flat(print(report))).toContain(`explorer.example ${en}`)
    expect(print(report, { locale: 'ja', width: 110 })).toContain(ja)
  })

  test('who listed none is told with the reason', () => {
    const error = {
      code: 'log-source-refused',
      message: 'said no',
      data: { host: value.text('explorer.example'), words: value.untrustedText('No key') },
      hints: [],
    }
    expect(flat(print(listed({ error })))).toContain(
      'explorer.example listed no transactions. explorer.example gave no list and said: "No key".',
    )
  })

  test.each([
    [
      'en',
      `explorer.example listed no transactions. explorer.example answered txlist with HTTP 404.
   What may help
   - Check the URL of the source.
   - Use another source with --logs-from or --history-url, or none.
`,
    ],
    [
      'ja',
      `explorer.example からは取引の一覧を得られませんでした。explorer.example は txlist にHTTP 404 を返しました。
   試せること
   - 取得先のURLを確認してください。
   - --logs-from または --history-url に別の取得先を指定するか、指定せずに実行してください。
`,
    ],
  ] as const)('what may help stands under the reason of who listed none, in %s', (locale, text) => {
    const failure = toFactError(new HttpStatusError({ host: 'explorer.example', method: 'txlist' }, 404))
    const error = tellSource({ host: 'explorer.example' }, failure)
    expect(print(listed({ error }), { locale, width: 110 })).toContain(`\n${text}\n`)
  })

  test('who listed none for a reason that nothing helps against is told with the reason only', () => {
    const error = {
      code: 'unexpected-error',
      message: 'x',
      data: { name: value.untrustedText('TypeError') },
      hints: [],
    }
    expect(print(listed({ error }), { width: 110 })).toContain(
      'explorer.example listed no transactions. An unexpected error ended this step (TypeError).\n\n',
    )
  })

  test('who listed the logs is named, with gaps and without', () => {
    const source = 'explorer.example'
    const coverage = { fromBlock: 0n, toBlock: 100n, gaps: [] }
    expect(flat(print(reportOf({ logs: { ...logs({ coverage }), source } })))).toContain(
      'Event logs from block 0 to block 100 were listed by explorer.example. They only told where to look',
    )
    const gaps = [{ fromBlock: 7n, toBlock: 8n }]
    expect(flat(print(reportOf({ logs: { ...logs({ coverage: { ...coverage, gaps } }), source } })))).toContain(
      'The logs were to be listed by explorer.example. - 7 to 8 (2 blocks)',
    )
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
    expect(withSecondCall([7, 7])).toContain('The call behind the steps, choice 2 of 2: only one of them')
  })

  test.each([
    ['one after the other', [7, 8]],
    ['whose nonces the wallet chooses', [undefined, undefined]],
  ] as const)('%s are counted', (_, nonces) => {
    expect(withSecondCall(nonces)).toContain('The call behind the steps, 2 of 2, for')
  })
})

test.each([
  ['revoke', 'To revoke it: the call'],
  ['cancel', 'To cancel it: the call'],
  ['speed-up', 'To speed it up: the call'],
  ['fill-nonce', 'To fill the nonce: the call'],
] as const)('a call to %s says so', (purpose, words) => {
  const report = reportOf({ fees: sickFacts().fees ?? fees() })
  const text = JSON.stringify(report, (key, calls) => (key === 'remedy' ? [{ ...calls[0], purpose }] : calls))
  expect(flat(print(JSON.parse(text)))).toContain(`${words} behind the steps, for wallets and experts`)
})

describe('a call that was tried', () => {
  const block = '21000000'
  const error = { code: 'revocation-not-tried', message: 'x', data: {}, hints: [] }
  const withSimulation = (simulation: object, locale: Locale) => {
    const report = reportOf({ fees: sickFacts().fees ?? fees() }, { locale })
    const text = JSON.stringify(report, (key, calls) => (key === 'remedy' ? [{ ...calls[0], simulation }] : calls))
    return print(JSON.parse(text), { width: 110 })
  }

  test.each([
    [{ status: 'succeeds', block, isConfirmed: true, gasUsed: '46123' }, 'it would succeed and end this (46,123 gas).'],
    [{ status: 'succeeds', block, isConfirmed: false }, 'it would succeed. What it leaves was not read.'],
    [{ status: 'reverts', block }, 'it would fail. Do not send it.'],
    [{ status: 'reverts', block, reason: 'paused' }, 'it would fail (“paused”). Do not send it.'],
    [{ status: 'no-effect', block }, 'it would run and change nothing. Do not send it.'],
  ])('%j', (simulation, words) => {
    expect(flat(withSimulation(simulation, 'en'))).toContain(`Tried at block 21000000 without sending it: ${words}`)
    expect(withSimulation(simulation, 'ja')).toContain('ブロック 21000000 で、送らずに試した結果')
    // Whoever is told not to send it is not told how to confirm it.
    expect(withSimulation(simulation, 'en').includes('Confirm only')).toBe(!words.includes('Do not send it'))
  })

  test('or could not be, with the reason', () => {
    const unknown = { status: 'unknown', block, error }
    expect(flat(withSimulation(unknown, 'en'))).toContain(
      'Whether it would succeed could not be tried at block 21000000. The account has so many grants',
    )
    expect(withSimulation(unknown, 'ja')).toContain('試せませんでした。許可が多いため')
  })

  test('and whose reason is hostile shows it as text, cut', () => {
    const reason = `\u001b[2J\u202e${'{spender} https://claim.example '.repeat(20)}`
    const text = withSimulation({ status: 'reverts', block, reason }, 'en')
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
    expect(flat(text).match(/https\[:\/\/\]claim/g)?.length).toBe(3)
  })
})

test.each([
  ['en', `- eth_getCode of ${at(0xde1e)} at block 21000000: 0xef01`],
  ['ja', `- ブロック 21000000 での ${at(0xde1e)} の eth_getCode の値: 0xef01`],
] as const)('a read of an address names it (%s)', (locale, words) => {
  const report = reportOf({ account: delegated }, { locale })
  const text = JSON.stringify(report, (_, read) =>
    read?.method === 'eth_getCode' ? { ...read, address: at(0xde1e) } : read,
  )
  expect(print(JSON.parse(text), { width: 200 })).toContain(words)
  expect(print(report, { width: 200 })).not.toContain(words)
})

describe('what the account looked like', () => {
  test('is told on one line', () => {
    const seen = { account: account({ balance: 0n }), tokens: tokens({ holdings: [holding()] }), nonces: nonces() }
    expect(print(reportOf(seen))).toMatch(/^Holds +0 ETH, 1 token; 7 transactions sent$/m)
  })

  test('is not told of a contract as of a person', () => {
    const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
    const text = print(reportOf({ account: contract }))
    expect(text).toMatch(/^Holds +1 ETH, 0 tokens$/m)
    expect(flat(text)).toContain('This is a contract, not a personal account.')
    expect(print(reportOf({ account: contract }, { locale: 'ja' }))).toContain('これはコントラクトで')
  })

  test('names what was not read', () => {
    const text = print(reportOf({ tokens: refusedLogs, nonces: refusedLogs }))
    expect(text).toMatch(/^Holds +1 ETH, tokens not all read; transactions sent not read$/m)
  })

  test('is left out when nothing of it was read, and of reports that do not have it', () => {
    const report = reportOf({ account: refusedLogs, tokens: refusedLogs, nonces: refusedLogs })
    expect(print(report)).not.toContain('Holds')
    const old = JSON.parse(JSON.stringify(reportOf({}), (key, item) => (key === 'seen' ? undefined : item)))
    expect(print(old)).not.toContain('Holds')
  })
})

describe('what waits is told by where it waits', () => {
  const hidden = { listsQueued: false, missing: [missing('mempool')] }
  const unknown = { status: 'unknown', ends: '0x1234…abcd' } as const
  const unplaced = { status: 'waiting', hash: hashOf(1), from: owner, nonce: 9, place: 'unplaced' } as const
  const two = [pendingTransaction(), pendingTransaction({ nonce: 9, state: 'queued' })]

  test.each([
    [
      'nothing, which proves nothing of other nodes',
      {},
      'nothing at the endpoint (other nodes may hold some that it never saw)',
      '接続先にはありません(ほかのノードにある可能性はあります)',
    ],
    [
      'at the endpoint, at a place that could not be seen',
      { ...hidden, named: [unplaced, unplaced, unknown] },
      '2 pending or queued (which of the two could not be seen); 1 invisible to the endpoint; what else waits is not known',
      '保留中か待機中かを確かめられないもの2件、接続先から見えないもの1件、ほかは不明(接続先が公開していません)',
    ],
    [
      'at two places',
      { transactions: two },
      '1 pending; 1 queued behind a missing nonce',
      '保留中1件、欠けたナンスの後ろで待機中1件',
    ],
    [
      'nowhere to be seen, as far as the wallet says',
      { named: [unknown, unknown] },
      'nothing at the endpoint (other nodes may hold some that it never saw); 2 invisible to the endpoint',
      '接続先にはありません(ほかのノードにある可能性はあります)、接続先から見えないもの2件',
    ],
    ['out of sight', hidden, 'not known: the endpoint does not show what waits', '不明(接続先が公開していません)'],
    [
      'in sight and out of it',
      { ...hidden, transactions: two.slice(0, 1) },
      '1 pending; what else waits is not known',
      '保留中1件、ほかは不明(接続先が公開していません)',
    ],
  ] as const)('%s', (_, over, english, japanese) => {
    const seen = { mempool: mempool(over) }
    expect(flat(print(reportOf(seen), { width: 200 }))).toContain(` Waiting ${english} Endpoint`)
    expect(flat(print(reportOf(seen, { locale: 'ja' }), { width: 200 }))).toContain(` 未処理 ${japanese} 接続先`)
  })

  test('and left out where nobody looked, and of reports that do not have it', () => {
    expect(print(reportOf({ mempool: refusedLogs }))).not.toContain('Waiting')
    const old = JSON.parse(JSON.stringify(reportOf({}), (key, item) => (key === 'waiting' ? undefined : item)))
    expect(print(old)).not.toContain('Waiting')
  })
})

test('chains without a name of their own are named in the language of the report', () => {
  const on = (name: string) => print(reportOf({ chain: chain({ chainId: 31337, name }) }, { locale: 'ja' }))
  expect(on('development chain')).toContain('開発用チェーン(チェーンID 31337)')
  expect(on('chain 777')).toContain('チェーン 777(チェーンID 31337)')
  expect(on('Ethereum')).toContain('Ethereum(')
})

test('lists keep the dots of their names, and say when nothing in them is for this chain', () => {
  const lists = [{ name: 'demo-threats.txt', date: '2026-10-01', entries: 0 }]
  expect(print(reportOf({ threats: threats({ lists }) }))).toContain(
    '- demo-threats.txt: 2026-10-01, none for this chain',
  )
})

test('from finding 10 on, the text stands under the title', () => {
  const report = reportOf(sickFacts())
  const text = JSON.stringify(report, (key, findings) =>
    key === 'findings' && Array.isArray(findings) ? Array.from({ length: 4 }, () => findings[0]) : findings,
  )
  expect(print(JSON.parse(text))).toMatch(/^10\. A .*\n {4}cheap-transaction/m)
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
