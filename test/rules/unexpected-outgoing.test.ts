import { describe, expect, test } from 'vitest'
import unexpectedOutgoing from '../../rules/unexpected-outgoing/index.ts'
import type { AccountFacts, FactMap, OutgoingFacts } from '../../src/rule.ts'
import {
  account,
  at,
  baseline,
  hashOf,
  judgeWith,
  logAt,
  missing,
  nonces,
  outgoing,
  safeAccount,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

type Sent = Extract<OutgoingFacts, { kind: 'compared' }>['sent'][number]
const payroll = at(0xabc)
const sent = (nonce: number, over: Partial<Sent> = {}): Sent => ({
  hash: hashOf(nonce),
  nonce,
  block: 20_500_000n,
  to: payroll,
  value: 3n,
  ...over,
})
const contract: AccountFacts['code'] = { kind: 'contract', codeHash: hashOf(1) }
const delegated: AccountFacts['code'] = { kind: 'delegated', delegate: at(5), delegateCodeHash: hashOf(5) }
const judge = (facts: Partial<FactMap>, options = {}) =>
  judgeWith(unexpectedOutgoing, { baseline: baseline(), outgoing: outgoing(), ...facts }, options)
const after = (transactions: readonly Sent[], to: number) => ({
  nonces: nonces({ latest: to }),
  outgoing: outgoing({ used: { from: 7, to }, sent: transactions }),
})
const kinds = (outcome: ReturnType<typeof judge>) =>
  outcome.status === 'found' ? outcome.findings.map(({ messageId }) => messageId) : []

const codesOf = (outcome: ReturnType<typeof judge>) =>
  'because' in outcome && outcome.because?.kind === 'fact-incomplete'
    ? outcome.because.missing.map(({ error }) => error.code)
    : []

describe('a person’s account', () => {
  test('that sent nothing: passed', () => {
    expect(judge({}).status).toBe('passed')
  })

  test('that sent a transaction: critical, with its hash and whom it went to', () => {
    expect(judge(after([sent(7)], 8))).toMatchObject({
      findings: [
        {
          messageId: 'sent',
          severity: 'critical',
          subject: { kind: 'transaction', hash: hashOf(7) },
          data: { recipient: { value: payroll }, since: { value: '20000000' } },
          evidence: [{ kind: 'transaction', block: '20500000' }],
        },
      ],
    })
  })

  test('that sent to whom it may send: passed', () => {
    const options = { expectedRecipients: [payroll.toLowerCase()] }
    expect(judge(after([sent(7)], 8), options).status).toBe('passed')
    expect(kinds(judge(after([sent(7), sent(8, { to: at(0xbad) })], 9), options))).toEqual(['sent'])
  })

  test('that made a contract', () => {
    expect(kinds(judge(after([sent(7, { to: null })], 8), { expectedRecipients: [payroll] }))).toEqual(['sent'])
  })

  test('whose transactions could not be read: critical all the same', () => {
    expect(judge(after([], 9))).toMatchObject({
      findings: [
        {
          messageId: 'unseen',
          severity: 'critical',
          subject: { kind: 'nonce', nonce: 7 },
          data: { count: { value: 2 } },
          evidence: [{ method: 'eth_getTransactionCount', value: '9' }],
        },
      ],
    })
  })

  test('some of whose transactions could not be read', () => {
    expect(judge(after([sent(7), sent(9)], 10), { expectedRecipients: [payroll] })).toMatchObject({
      findings: [{ messageId: 'unseen', subject: { nonce: 8 }, data: { count: { value: 1 } } }],
    })
  })

  test('that used very many nonces, as the node says', () => {
    expect(judge(after([], Number.MAX_SAFE_INTEGER))).toMatchObject({ findings: [{ messageId: 'unseen' }] })
  })
})

describe('what others moved', () => {
  const moved = [{ token: at(0x70), symbol: 'TKN', log: logAt(20_600_000n) }]

  test('a token that left without a transaction of the account', () => {
    expect(judge({ outgoing: outgoing({ moved }) })).toMatchObject({
      findings: [{ messageId: 'moved', subject: { kind: 'token', token: at(0x70) }, evidence: [{ kind: 'log' }] }],
    })
  })

  test('a token that a transaction which was not seen may have moved: that one is told', () => {
    expect(kinds(judge({ outgoing: outgoing({ moved, used: { from: 7, to: 8 } }) }))).toEqual(['unseen'])
  })

  test('a token that left more than once: one finding, with each transaction in it', () => {
    const blocks = [20_800_000n, 20_700_000n, 20_600_000n]
    const often = blocks.map((block) => ({ ...moved[0], token: at(0x70), symbol: 'TKN', log: logAt(block) }))
    const other = { token: at(0x71), symbol: null, log: logAt(20_900_000n), sender: at(0x5e) }
    const outcome = judge({ outgoing: outgoing({ moved: [...often, other] }) })
    expect(outcome).toMatchObject({
      findings: [
        {
          subject: { token: at(0x70) },
          data: { count: { value: 3 }, hash: { value: hashOf(20_800_000n) } },
          evidence: blocks.map((block) => ({ kind: 'log', block: String(block) })),
        },
        { subject: { token: at(0x71) }, data: { count: { value: 1 } }, evidence: [{ sender: at(0x5e) }] },
      ],
    })
    expect(wordsOf(unexpectedOutgoing, outcome, 'en')[0]).toContain(
      `left the account in 3 transactions, the newest of them ${hashOf(20_800_000n)}, which the account did not send.`,
    )
    expect(wordsOf(unexpectedOutgoing, outcome, 'ja')[0]).toContain(
      `アカウントの送っていない取引3件(最も新しいものは ${hashOf(20_800_000n)})で出ていきました。`,
    )
    expect(wordsOf(unexpectedOutgoing, outcome, 'ja').join(' ')).toContain(
      `アカウントの送っていない取引 ${hashOf(20_900_000n)} で出ていきました。`,
    )
  })

  test('very often: the newest twenty are shown, and all are counted', () => {
    const often = Array.from({ length: 30 }, (_, index) => ({
      token: at(0x70),
      symbol: 'TKN',
      log: logAt(20_800_000n - BigInt(index)),
    }))
    const outcome = judge({ outgoing: outgoing({ moved: often }) })
    expect(outcome).toMatchObject({ findings: [{ data: { count: { value: 30 } } }] })
    expect(outcome.status === 'found' && outcome.findings[0].evidence).toHaveLength(20)
  })

  test('a token that another is known to have moved, beside transactions that were not seen: both are told', () => {
    const known = [{ token: at(0x70), symbol: 'TKN', log: logAt(20_600_000n), sender: at(0x5e) }]
    expect(kinds(judge({ outgoing: outgoing({ moved: known, used: { from: 7, to: 8 } }) }))).toEqual([
      'moved',
      'unseen',
    ])
  })

  test('coins that code gave away', () => {
    const poorer = (code: AccountFacts['code']) => account({ code, balance: 10n ** 18n - 1n })
    expect(kinds(judge({ account: poorer(delegated) }))).toEqual(['coins'])
    expect(kinds(judge({ account: poorer(contract), outgoing: outgoing({ used: null }) }))).toEqual(['coins'])
    // Without code coins leave by a transaction of the account only, and its nonce says that there was none.
    expect(kinds(judge({ account: poorer({ kind: 'none' }) }))).toEqual([])
  })

  test.each([
    [20_000_000n, ['coins'], undefined],
    [20_000_001n, [], 'baseline-apart'],
  ] as const)('coins, with the balance of block 20000000 and the nonce of block %d', (block, expected, code) => {
    const outcome = judge({
      account: account({ code: delegated, balance: 10n ** 18n - 1n }),
      baseline: baseline({ nonce: { next: 7, block: String(block) } }),
    })
    expect(kinds(outcome)).toEqual(expected)
    expect(codesOf(outcome)).toEqual(code === undefined ? [] : [code])
  })

  test('coins that left while the next nonce of the baseline is not known: nobody says how', () => {
    const outcome = judge({
      account: account({ code: delegated, balance: 1n }),
      baseline: baseline({ nonce: null }),
      outgoing: outgoing({ used: null }),
    })
    expect([outcome.status, codesOf(outcome)]).toEqual(['inconclusive', ['baseline-unread']])
  })

  test.each(['logs', 'transaction-sender'] as const)(
    '%s since the baseline that could not be read: inconclusive',
    (about) => {
      expect(judge({ outgoing: outgoing({ missing: [missing(about)] }) }).status).toBe('inconclusive')
    },
  )
})

describe('a Safe account', () => {
  const safe = (nonce: bigint) => ({
    account: account({ code: contract }),
    safe: safeAccount({ nonce }),
    outgoing: outgoing({ used: null, moved: [{ token: at(0x70), symbol: 'TKN', log: logAt(20_600_000n) }] }),
    baseline: baseline({
      safe: {
        kind: 'safe',
        owners: [],
        threshold: 2,
        nonce: '12',
        singleton: at(1),
        modules: [],
        guard: null,
        moduleGuard: null,
        fallbackHandler: null,
        block: '20000000',
      },
    }),
  })

  test('whose owners sent something: told by its own nonce', () => {
    expect(judge(safe(14n))).toMatchObject({
      findings: [{ messageId: 'safe', subject: { kind: 'nonce', nonce: 12 }, data: { count: { value: 2 } } }],
    })
  })

  test('whose tokens left without its owners', () => {
    expect(kinds(judge(safe(12n)))).toEqual(['moved'])
  })

  test.each([
    [20_599_999n, ['moved'], []],
    [20_600_000n, [], ['baseline-apart']],
  ] as const)('whose tokens left in block 20600000, with its nonce of block %d', (block, expected, codes) => {
    const facts = safe(12n)
    const state = facts.baseline.kind === 'known' ? facts.baseline.state : null
    if (state?.safe == null) throw new Error('a Safe account')
    const outcome = judge({ ...facts, baseline: baseline({ safe: { ...state.safe, block: String(block) } }) })
    expect([kinds(outcome), codesOf(outcome)]).toEqual([expected, codes])
  })

  test('whose owners are not in the baseline: inconclusive', () => {
    const facts = { ...safe(12n), outgoing: outgoing({ used: null }), baseline: baseline({ safe: null }) }
    expect(judge(facts).status).toBe('inconclusive')
  })
})

describe('the baseline', () => {
  test('there is none: the rule does not apply', () => {
    expect(judgeWith(unexpectedOutgoing, {}).status).toBe('not-applicable')
  })

  test.each([
    ['the nonce', { nonce: null }],
    ['the tokens', { tokens: null }],
  ])('does not have %s: inconclusive', (_, over) => {
    expect(judge({ baseline: baseline(over) })).toMatchObject({ status: 'inconclusive', because: { fact: 'baseline' } })
  })
})

test('its words are whole in both languages', () => {
  const moved = [1n, 2n].map((block) => ({ token: at(0x70), symbol: null, log: logAt(block) }))
  expectEveryMessage(unexpectedOutgoing, [
    judge(after([sent(7), sent(8, { to: null })], 10)),
    judge({ account: account({ code: delegated, balance: 0n }), outgoing: outgoing({ moved }) }),
    judge({
      account: account({ code: contract }),
      safe: safeAccount({ nonce: 13n }),
      outgoing: outgoing({ used: null }),
      baseline: baseline({
        safe: {
          kind: 'safe',
          owners: [],
          threshold: 1,
          nonce: '12',
          singleton: at(1),
          modules: [],
          guard: null,
          moduleGuard: null,
          fallbackHandler: null,
          block: '1',
        },
      }),
    }),
  ])
  expect(wordsOf(unexpectedOutgoing, judge(after([sent(7)], 8)), 'en')[0]).toBe(
    `Since block 20000000 the account sent the transaction ${hashOf(7)} (nonce 7) to ${payroll}, with 0.000000000000000003 ETH. Nobody said that it is expected.`,
  )
})
