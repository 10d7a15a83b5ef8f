import { describe, expect, test } from 'vitest'
import invisibleTransaction from '../../rules/invisible-transaction/index.ts'
import type { MempoolFacts, NamedTransaction } from '../../src/core/facts.ts'
import {
  at,
  hashOf,
  judgeWith,
  mempool,
  missing,
  nonces,
  owner,
  pendingSummary,
  pendingTransaction,
  wordsOf,
} from '../../src/testing.ts'

const hash = hashOf(0xabc)
const shown = { hash, from: owner, nonce: 7 } as const
const unknown = { status: 'unknown', ends: '0x1234…abcd' } as const
const unread = {
  status: 'unread',
  ends: '0x1234…abcd',
  error: { code: 'rpc-refused', message: 'The node refused.', data: {}, hints: [] },
} as const
const judged = (named: readonly NamedTransaction[], over: Partial<MempoolFacts> = {}, pending = 7) =>
  judgeWith(invisibleTransaction, { mempool: mempool({ named, ...over }), nonces: nonces({ latest: 7, pending }) })
const words = (named: NamedTransaction, locale: 'en' | 'ja' = 'en') =>
  wordsOf(invisibleTransaction, judged([named]), locale).join('\n')

test.each([
  ['nobody asked about a transaction', undefined],
  ['an empty list', []],
])('%s: it does not apply', (_, named) => {
  expect(judgeWith(invisibleTransaction, { mempool: mempool({ ...(named && { named }) }) }).status).toBe(
    'not-applicable',
  )
})

describe('a hash that the endpoint does not know', () => {
  test('is found, with its ends and the next nonce', () => {
    expect(judged([unknown])).toMatchObject({
      status: 'found',
      findings: [
        {
          messageId: 'unknown',
          severity: 'medium',
          confidence: 'likely',
          subject: { kind: 'account' },
          data: { count: { value: 1 }, hashes: { value: '0x1234…abcd' }, next: { value: 7 } },
        },
      ],
    })
    expect(words(unknown)).toContain(
      'The endpoint rpc.example knows no transaction with the hash 0x1234…abcd: it finds it in no block, and it does not wait there. That does not say that it is nowhere',
    )
    expect(words(unknown, 'ja')).toContain(
      '接続先 rpc.example は、ハッシュが 0x1234…abcd の取引(1件)を知りません。接続先ではどのブロックにも見つからず',
    )
  })

  test('several of them are one finding', () => {
    const outcome = judged([unknown, { ...unknown, ends: '0x5678…0000' }])
    expect(outcome.status === 'found' && outcome.findings).toHaveLength(1)
    expect(wordsOf(invisibleTransaction, outcome, 'en')[0]).toContain(
      'the hashes 0x1234…abcd, 0x5678…0000: it finds them in no',
    )
  })

  test.each([
    ['one that waits here', { transactions: [pendingTransaction()] }, 7, 'some'],
    ['one of which a summary is shown', { summaries: [pendingSummary()] }, 7, 'some'],
    ['one that the endpoint counts', {}, 8, 'some'],
    ['none that was seen', {}, 7, 'unseen'],
  ])('the activity data is not cleared beside %s', (_, over, pending, others) => {
    const outcome = judged([unknown], over, pending)
    expect(outcome).toMatchObject({ findings: [{ data: { others: { value: others } } }] })
    const last = wordsOf(invisibleTransaction, outcome, 'en').at(-1)
    expect(last).toContain(others === 'some' ? 'Do not clear the activity data' : 'Only when nothing of this helped')
  })

  const waitingAt = (...waiting: readonly number[]) => ({
    transactions: waiting.map((nonce) => pendingTransaction({ nonce, hash: hashOf(nonce) })),
  })
  test.each([
    ['one that waits', waitingAt(7), 7, '7'],
    ['one that is counted only', {}, 8, '7'],
    ['several that are counted, and one behind a gap', waitingAt(8, 12), 10, '7-9, 12'],
    ['a speed-up beside the one that it replaces', waitingAt(7, 7, 9), 8, '7, 9'],
    ['one of a nonce that blocks have used', waitingAt(6), 7, ''],
    [
      'as many as are named',
      waitingAt(...Array.from({ length: 10 }, (_, at) => 9 + 2 * at)),
      7,
      '9, 11, 13, 15, 17, 19, 21, 23, 25, 27',
    ],
    [
      'more than are named',
      waitingAt(...Array.from({ length: 11 }, (_, at) => 9 + 2 * at)),
      7,
      '9, 11, 13, 15, 17, 19, 21, 23, 25, 27, …',
    ],
  ])('the nonces that are taken are named: %s', (_, over, pending, taken) => {
    const outcome = judged([unknown], over, pending)
    expect(outcome).toMatchObject({ findings: [{ data: { taken: { value: taken } } }] })
    const english = wordsOf(invisibleTransaction, outcome, 'en').join(' ')
    const japanese = wordsOf(invisibleTransaction, outcome, 'ja').join(' ')
    if (taken === '') {
      expect(english).not.toContain('already wait with these nonces')
      expect(japanese).not.toContain('すでに待っている')
      return
    }
    expect(english).toContain(
      `already wait with these nonces: ${taken}. A transaction with a nonce below 7 was carried out or replaced`,
    )
    expect(japanese).toContain(`すでに待っている「ナンス」は ${taken} です。7 より小さい`)
  })

  test('one that was replaced is left alone before anything is sent', () => {
    const steps = wordsOf(invisibleTransaction, judged([unknown]), 'en')
    const replaced = steps.findIndex((step) => step.includes('that one has replaced it'))
    expect(steps[replaced]).toContain('leave this one as it is, and skip the steps below')
    expect(replaced).toBeLessThan(steps.findIndex((step) => step.includes('choose Speed up')))
    expect(steps.find((step) => step.includes('choose Speed up'))).toMatch(/^If no other transaction has its nonce/)
  })

  test('a used nonce does not say that it was not mined: nothing is sent before that is known', () => {
    expect(words(unknown)).toContain(
      'A transaction with a nonce below 7 was carried out or replaced, because blocks have used those nonces: look in a block explorer of Ethereum which, before you send anything again.',
    )
    expect(words(unknown)).toContain('some endpoints no longer find what was mined long ago.')
    expect(words(unknown)).not.toContain('can no longer be mined')
    expect(words(unknown, 'ja')).toContain('その「ナンス」の取引は処理されたか、置き換えられています。')
    expect(words(unknown, 'ja')).not.toContain('もう処理されず')
  })

  test('nothing tells it from a key: the steps say what to do if it was one', () => {
    expect(words(unknown)).toContain('If it was no hash but a private key, rpc.example has seen it now')
    expect(words(unknown, 'ja')).toContain('秘密鍵だった場合は、rpc.example に知られています')
  })
})

describe('with a second endpoint', () => {
  const at2 = (found: 'mined' | 'waiting' | 'unknown' | 'unread', ends: string = unknown.ends) =>
    ({ status: 'unknown', ends, elsewhere: { host: 'second.example', found } }) as const

  test('that does not know it either', () => {
    expect(judged([at2('unknown')])).toMatchObject({
      findings: [{ messageId: 'unknown', subject: { kind: 'account' } }],
    })
    expect(words(at2('unknown'))).toContain('The second endpoint second.example does not know it either.')
    expect(words(at2('unknown'), 'ja')).toContain('2つ目の接続先 second.example も知りません。')
    expect(words(unknown)).not.toContain('second endpoint')
  })

  test.each([
    ['mined', 'There it is in a block.', 'ブロックに入っているのは1件です。'],
    ['waiting', 'There it is in no block.', 'ブロックに入っているのは0件です。'],
  ] as const)('that knows it as %s', (found, english, japanese) => {
    expect(judged([at2(found)])).toMatchObject({
      findings: [
        {
          messageId: 'elsewhere',
          severity: 'medium',
          subject: { kind: 'endpoint', host: 'second.example' },
          evidence: [{ value: 'null (0x1234…abcd)' }, { host: 'second.example', value: `0x1234…abcd: ${found}` }],
        },
      ],
    })
    expect(words(at2(found))).toContain(english)
    expect(words(at2(found), 'ja')).toContain(japanese)
  })

  test('that was asked and gave no answer: it does not count as not knowing, and it has seen the hash all the same', () => {
    const english = words(at2('unread'))
    expect(english).toContain(
      'The second endpoint second.example was asked too, and gave no answer that could be used.',
    )
    expect(english).not.toContain('either')
    expect(english).toContain('rpc.example and second.example have seen it now')
    const japanese = words(at2('unread'), 'ja')
    expect(japanese).toContain('2つ目の接続先 second.example にも問い合わせましたが、使える答えは得られませんでした。')
    expect(japanese).not.toContain('も知りません')
    expect(japanese).toContain('rpc.example と second.example に知られています')
  })

  test('that answered about some of them only', () => {
    const outcome = judged([at2('unknown'), at2('unread', '0x5678…0000')])
    expect(wordsOf(invisibleTransaction, outcome, 'en')[0]).toContain(
      'The second endpoint second.example gave no answer about 1 of them that could be used, and does not know the others either.',
    )
    expect(wordsOf(invisibleTransaction, outcome, 'ja')[0]).toContain(
      '2つ目の接続先 second.example は、このうち1件には使える答えを返さず、残りは知りません。',
    )
  })

  test('that knows some of them: two findings, of different things', () => {
    const outcome = judged([at2('mined'), at2('waiting', '0x5678…0000'), at2('unknown', '0x9abc…1111')])
    expect(outcome.status === 'found' && outcome.findings.map(({ messageId }) => messageId)).toEqual([
      'elsewhere',
      'unknown',
    ])
    expect(wordsOf(invisibleTransaction, outcome, 'en').join(' ')).toContain(
      'no transactions with the hashes 0x1234…abcd, 0x5678…0000, and the second endpoint second.example does. There 1 of them is in a block.',
    )
  })
})

test('a hash that could not be asked about is not known to be anything', () => {
  const parts = { missing: [missing('named-transaction')] }
  expect(judged([unread], parts)).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-incomplete', fact: 'mempool' },
  })
  expect(judged([unread, unknown], parts)).toMatchObject({
    status: 'found',
    because: { kind: 'fact-incomplete', fact: 'mempool' },
  })
})

test('a pool that is not shared takes nothing from the answer', () => {
  expect(judged([unknown], { listsQueued: false, missing: [missing('mempool')] })).not.toHaveProperty('because')
})

describe('a transaction that can never be mined', () => {
  test.each([
    ['with what took its nonce', hashOf(0xdef), 'certain', `its nonce 7 was used by ${hashOf(0xdef)}.`],
    ['without', null, 'likely', 'its nonce 7 was used by another transaction.'],
  ])('%s', (_, by, confidence, sentence) => {
    const replaced = { status: 'replaced', ...shown, by } as const
    expect(judged([replaced])).toMatchObject({
      findings: [{ messageId: 'replaced', severity: 'low', confidence, subject: { kind: 'transaction', hash } }],
    })
    expect(words(replaced)).toContain(sentence)
    expect(words(replaced, 'ja')).toContain(by === null ? 'ほかの取引に使われました' : `は ${by} に使われました`)
  })
})

describe('a mined transaction is told for information', () => {
  test.each([
    [true, 'was mined in block 16. It succeeded.', 'ブロック 16 で処理されました。成功しています。'],
    [false, 'It failed: it did nothing, and its fee was charged.', '失敗しています。'],
    [null, 'How it ended could not be read.', '成功したかどうかは読み取れませんでした。'],
  ])('succeeded: %s', (succeeded, english, japanese) => {
    const mined = { status: 'mined', ...shown, block: 16n, succeeded } as const
    expect(judged([mined])).toMatchObject({
      findings: [{ messageId: 'mined', severity: 'info', evidence: [{ kind: 'transaction', hash, block: '16' }] }],
    })
    expect(words(mined)).toContain(english)
    expect(words(mined, 'ja')).toContain(japanese)
  })
})

describe('one that waits is told with its place', () => {
  test.each([
    ['pending', 'It is pending: no nonce before it is missing.', '保留中です。'],
    ['queued', 'It is queued: a nonce before it is missing.', '待機中です。それより前に欠けた「ナンス」があります。'],
    ['unplaced', 'could not be seen: the next nonce of the account is 7', '見えませんでした。'],
  ] as const)('%s', (place, english, japanese) => {
    const waiting = { status: 'waiting', ...shown, place } as const
    expect(judged([waiting])).toMatchObject({ findings: [{ messageId: 'waiting', severity: 'info' }] })
    expect(words(waiting)).toContain(english)
    expect(words(waiting, 'ja')).toContain(japanese)
  })
})

describe("somebody else's transaction is told as such", () => {
  const from = at(0x07e4)
  test.each([
    ['It is in no block.', { status: 'waiting', place: 'unplaced' }],
    ['It was mined in block 16, and succeeded.', { status: 'mined', block: 16n, succeeded: true }],
    ['It was mined in block 16, and failed.', { status: 'mined', block: 16n, succeeded: false }],
    ['It was mined in block 16.', { status: 'mined', block: 16n, succeeded: null }],
  ] as const)('%s', (sentence, where) => {
    const foreign = { ...shown, from, ...where }
    expect(judged([foreign])).toMatchObject({ findings: [{ messageId: 'foreign', severity: 'info' }] })
    expect(words(foreign)).toContain(`was sent by ${from}, not by this account. ${sentence}`)
    expect(words(foreign, 'ja')).toContain(`を送ったのは ${from} で、このアカウントではありません。`)
  })
})

test('facts that failed are inconclusive', () => {
  expect(judgeWith(invisibleTransaction, { mempool: new Error('closed') }).status).toBe('inconclusive')
})
