import { describe, expect, test } from 'vitest'
import nonceGap from '../../rules/nonce-gap/index.ts'
import {
  account,
  at,
  fees,
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

const queued = (...waiting: readonly number[]) => ({
  mempool: mempool({
    transactions: waiting.map((nonce) => pendingTransaction({ nonce, state: 'queued', hash: hashOf(nonce) })),
  }),
})

test.each([
  ['an empty pool', { mempool: mempool() }, 'passed'],
  ['the next nonce waits', { mempool: mempool({ transactions: [pendingTransaction({ nonce: 7 })] }) }, 'passed'],
  ['the nonce after it waits', queued(8), 'found'],
  [
    'a missing nonce that the node counts and does not show',
    { ...queued(8), nonces: nonces({ pending: 8 }) },
    'passed',
  ],
])('%s', (_, facts, status) => {
  expect(judgeWith(nonceGap, facts).status).toBe(status)
})

describe('of which only summaries are shown', () => {
  const summarised = (...waiting: readonly number[]) =>
    mempool({
      summaries: waiting.map((nonce) => pendingSummary({ nonce, state: 'queued' })),
      missing: [missing('pending-details')],
    })

  test('a gap is a gap, filled before them, and the evidence names them by their nonces', () => {
    expect(judgeWith(nonceGap, { mempool: summarised(8, 10) })).toMatchObject({
      findings: [
        { data: { first: { value: 7 }, waiting: { value: 2 } } },
        {
          data: { first: { value: 9 }, waiting: { value: 1 } },
          evidence: [{}, { method: 'txpool_inspect', value: 'nonce 10, 40000000000 wei per gas at most' }],
        },
      ],
    })
  })

  test('no gap is seen all the same: what a summary leaves out are no nonces', () => {
    const facts = { mempool: { ...summarised(), summaries: [pendingSummary()] } }
    expect(judgeWith(nonceGap, facts).status).toBe('passed')
  })

  test('one in the gap leaves none', () => {
    const shown = [pendingTransaction({ nonce: 7 }), pendingTransaction({ nonce: 9, hash: hashOf(9) })]
    const facts = { mempool: mempool({ transactions: shown, summaries: [pendingSummary({ nonce: 8 })] }) }
    expect(judgeWith(nonceGap, facts).status).toBe('passed')
  })
})

test('one missing nonce: the call that fills it, with fees of the market', () => {
  expect(judgeWith(nonceGap, queued(8, 9))).toMatchObject({
    findings: [
      {
        severity: 'high',
        confidence: 'certain',
        messageId: 'one',
        subject: { kind: 'nonce', nonce: 7 },
        data: { first: { value: 7 }, last: { value: 7 }, count: { value: 1 }, waiting: { value: 2 } },
        evidence: [
          { method: 'eth_getTransactionCount', block: '21000000', value: '7' },
          { method: 'txpool_contentFrom', value: hashOf(8) },
          { method: 'txpool_contentFrom', value: hashOf(9) },
        ],
        remedy: [
          {
            purpose: 'fill-nonce',
            chainId: 1,
            to: owner,
            data: '0x',
            value: '0',
            nonce: 7,
            gasLimit: '21000',
            maxFeePerGas: '41000000000',
            maxPriorityFeePerGas: '1000000000',
          },
        ],
      },
    ],
  })
})

test('several missing nonces: one call each, lowest first', () => {
  expect(judgeWith(nonceGap, queued(10))).toMatchObject({
    findings: [
      {
        messageId: 'several',
        data: { first: { value: 7 }, last: { value: 9 }, count: { value: 3 }, waiting: { value: 1 } },
        remedy: [{ nonce: 7 }, { nonce: 8 }, { nonce: 9 }],
      },
    ],
  })
})

test('two gaps are two findings', () => {
  expect(judgeWith(nonceGap, queued(8, 10))).toMatchObject({
    findings: [
      { subject: { nonce: 7 }, data: { waiting: { value: 2 } } },
      { subject: { nonce: 9 }, data: { waiting: { value: 1 } } },
    ],
  })
})

test.each([
  ['as many calls as the option allows', 3, 3],
  ['no more calls than the option allows', 2, 2],
])('%s', (_, mostCalls, count) => {
  const outcome = judgeWith(nonceGap, queued(10), { mostCalls })
  expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(count)
})

test('without known fees the call leaves them to the wallet, and the gap is found all the same', () => {
  const unknown = fees({ nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] })
  const outcome = judgeWith(nonceGap, { ...queued(8), fees: unknown })
  expect(outcome).toMatchObject({ status: 'found', findings: [{ remedy: [{ nonce: 7 }] }] })
  expect(outcome.status === 'found' && outcome.findings[0].remedy?.[0]).not.toHaveProperty('maxFeePerGas')
  expect(outcome).not.toHaveProperty('because')
  expect(wordsOf(nonceGap, outcome, 'en')[4]).toContain('with the fees that MetaMask proposes.')
  expect(wordsOf(nonceGap, outcome, 'ja')[4]).toContain('手数料はMetaMaskが提案する値を使います。')
})

test('a chain without a base fee gets a gas price', () => {
  const outcome = judgeWith(nonceGap, { ...queued(8), fees: fees({ nextBaseFee: null, tips: null }) })
  expect(outcome).toMatchObject({ findings: [{ remedy: [{ gasPrice: '21000000000' }] }] })
  expect(wordsOf(nonceGap, outcome, 'en')[4]).toContain('with a gas price of 21 gwei.')
  expect(wordsOf(nonceGap, outcome, 'ja')[4]).toContain('ガス価格は 21 gwei にします。')
})

describe('unread facts', () => {
  test.each([
    [
      'a pool that the node does not share',
      { mempool: mempool({ listsQueued: false, missing: [missing('mempool')] }) },
    ],
    ['a pool that failed', { mempool: new Error('closed') }],
    ['nonces that failed', { nonces: new Error('closed') }],
  ])('%s is inconclusive', (_, facts) => {
    expect(judgeWith(nonceGap, facts).status).toBe('inconclusive')
  })

  test('a contract account has no queue', () => {
    const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
    expect(judgeWith(nonceGap, { ...queued(8), account: contract }).status).toBe('not-applicable')
  })

  test('a delegated account has one, and its wallet estimates the gas', () => {
    const delegated = account({ code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } })
    const outcome = judgeWith(nonceGap, { ...queued(8), account: delegated })
    expect(outcome.status === 'found' && outcome.findings[0].remedy?.[0]).not.toHaveProperty('gasLimit')
  })
})

describe('what the balance covers', () => {
  const gwei = 10n ** 9n
  const fill = 21_000n * 41n * gwei
  const held = (balance: bigint) => ({ account: account({ balance }) })
  const short = (facts: Parameters<typeof judgeWith>[1]) => {
    const outcome = judgeWith(nonceGap, facts)
    return outcome.status === 'found' ? outcome.findings.map(({ data }) => data.funds) : []
  }
  const keyword = (text: string) => expect.objectContaining({ value: text })

  test.each([
    ['what filling one costs, to the wei', queued(8), fill, ['enough']],
    ['a wei less', queued(8), fill - 1n, ['short']],
    ['what filling three costs', queued(10), 3n * fill, ['enough']],
    ['a wei less than three', queued(10), 3n * fill - 1n, ['short']],
    ['the first gap and not the second', queued(8, 10), 2n * fill - 1n, ['enough', 'short']],
  ])('%s', (_, pool, balance, funds) => {
    expect(short({ ...pool, ...held(balance) })).toEqual(funds.map(keyword))
  })

  test('what waits below the gap is set aside first', () => {
    const below = pendingTransaction({ nonce: 7, value: 5n, maxFeePerGas: 41n * gwei })
    const behind = pendingTransaction({ nonce: 9, state: 'queued', hash: hashOf(9), value: 10n ** 20n })
    const pool = { mempool: mempool({ transactions: [below, behind] }) }
    expect(short({ ...pool, ...held(2n * fill + 5n) })).toEqual([keyword('enough')])
    expect(short({ ...pool, ...held(2n * fill + 4n) })).toEqual([keyword('short')])
  })

  test('is not said where the fees are not known', () => {
    const unknown = fees({ nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] })
    expect(short({ ...queued(8), ...held(0n), fees: unknown })).toEqual([keyword('enough')])
  })

  test('the step says how much is missing, and warns of a delegate', () => {
    const words = (locale: 'en' | 'ja', over = {}) =>
      wordsOf(nonceGap, judgeWith(nonceGap, { ...queued(8), account: account({ balance: 0n, ...over }) }), locale)[4]
    const delegated = { code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } } as const
    expect(words('en')).toMatch(
      /1 gwei\. The balance does not cover that: send 0\.000861 ETH to this account first\. Where several findings/,
    )
    expect(words('en')).toMatch(/send the highest of them, not their sum, then run this check again\.$/)
    expect(words('ja')).toContain('にします。残高が足りません。先にこのアカウントへ 0.000861 ETH を送ります。')
    expect(words('ja')).toMatch(/合計ではなく最も大きい額だけを送り、もう一度このチェックを実行します。$/)
    expect(words('en', delegated)).toContain('make sure that you chose the delegate whose code it runs.')
    expect(words('en', delegated)).not.toContain('0.000861')
    expect(words('ja', delegated)).toContain('委任先を自分で選んだかどうかを確かめます。')
  })
})

describe('the words', () => {
  test('for one nonce', () => {
    const outcome = judgeWith(nonceGap, queued(8))
    expect(wordsOf(nonceGap, outcome, 'en')).toEqual([
      '1 transaction waits because the endpoint knows no transaction with nonce 7.',
      'Look at each of those that wait. If there is one that you neither sent nor confirmed for a site or a program, somebody else has the key of this account. Then speed up nothing, fill no missing nonce and send no coins here: only cancel that one, if the balance covers it.',
      'Then decide whether the transactions that wait are still wanted: those that pay enough are carried out as soon as no nonce is missing. Cancel those that you no longer want.',
      'If all that waits is yours, look in MetaMask for a pending transaction with nonce 7. If there is one, speed it up or cancel it, and leave out the next two steps.',
      'If all that waits is yours, send 0 ETH to your own account with the custom nonce 7, with a max base fee of 41 gwei and a priority fee of 1 gwei.',
      'When it is confirmed, those that waited and pay enough follow by themselves. Run this check again: it tells why others still wait.',
      'If there is one that you neither sent nor confirmed, make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust, and move what is left to it. If others know the old phrase, none of its accounts is yours alone any more.',
    ])
    expect(wordsOf(nonceGap, outcome, 'ja').slice(0, 1)).toEqual([
      '「ナンス」7 の取引が接続先にないため、1件の取引が待っています。',
    ])
    expect(wordsOf(nonceGap, outcome, 'ja')[4]).toBe(
      '待っている取引がどれも自分のものなら、「ナンス」を 7 に指定して、自分のアカウントに 0 ETH を送ります。「最大基本料金」は 41 gwei、「優先手数料」は 1 gwei にします。',
    )
  })

  test.each(['en', 'ja'] as const)(
    'who sent what waits is asked before the missing nonces are filled (%s)',
    (locale) => {
      for (const pool of [queued(8), queued(10)]) {
        const words = wordsOf(nonceGap, judgeWith(nonceGap, pool), locale)
        expect(words[1]).toMatch(
          /fill no missing nonce and send no coins here|欠けた「ナンス」も埋めず、このアカウントにコインを送らないで/,
        )
        expect(words[4]).toMatch(/^If all that waits is yours, send 0 ETH|^待っている取引がどれも自分のものなら、/)
        expect(words.at(-1)).toMatch(/make a new account|新しいアカウントを作り/)
      }
    },
  )

  test.each(['en', 'ja'] as const)('what waits is decided on before anything lets it go on (%s)', (locale) => {
    for (const pool of [queued(8), queued(10)]) {
      const [, , first, second] = wordsOf(nonceGap, judgeWith(nonceGap, pool), locale)
      expect(first).toMatch(/^Then decide|^次に、/)
      expect(second).toMatch(
        /^If all that waits is yours, look in MetaMask|^待っている取引がどれも自分のものなら、MetaMaskに/,
      )
    }
  })

  test('a delegated account may have to wait for its earlier ones, another one not', () => {
    const delegated = account({ code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } })
    const step = (locale: 'en' | 'ja', over = {}) =>
      wordsOf(nonceGap, judgeWith(nonceGap, { ...queued(8), ...over }), locale)[4]
    expect(step('en', { account: delegated })).toMatch(
      /where one is refused, send it when those before it are confirmed\.$/,
    )
    expect(step('ja', { account: delegated })).toMatch(/拒まれた場合は、それより前の取引が確認されてから送ります。$/)
    expect(step('en')).not.toContain('delegated')
    expect(step('ja')).not.toContain('委任')
  })

  test('for several nonces', () => {
    const outcome = judgeWith(nonceGap, queued(10, 11))
    expect(wordsOf(nonceGap, outcome, 'en')[0]).toBe(
      '2 transactions wait because the endpoint knows no transaction with the nonces 7 to 9 (3 are missing).',
    )
    expect(wordsOf(nonceGap, outcome, 'en')[4]).toContain('once for each missing nonce from 7 to 9, lowest first')
    expect(wordsOf(nonceGap, outcome, 'en')[5]).toMatch(
      /^When all of them are confirmed, those that waited and pay enough follow/,
    )
    expect(wordsOf(nonceGap, outcome, 'ja')[5]).toMatch(
      /^すべて確認されると、待っていた取引のうち手数料が足りるものが、順に処理されます。/,
    )
    expect(wordsOf(nonceGap, outcome, 'ja')[0]).toBe(
      '「ナンス」7 から 9 までの取引(3件)が接続先にないため、2件の取引が待っています。',
    )
  })
})
