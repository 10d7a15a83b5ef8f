import { describe, expect, test } from 'vitest'
import unusualGasSpending from '../../rules/unusual-gas-spending/index.ts'
import { account, activity, at, chain, hashOf, judgeWith, missing, ownTransaction, wordsOf } from '../../src/testing.ts'

const now = chain().block.timestamp
const day = 86_400
const gwei = 10n ** 9n

/** A transaction that paid `fee` wei, some days ago. */
const paid = (number: number, fee: bigint, daysAgo = 30) =>
  ownTransaction({
    hash: hashOf(number),
    gasUsed: 1n,
    effectiveGasPrice: fee,
    timestamp: now - Math.round(daysAgo * day),
  })
/** Nine transactions that paid 1 gwei each, a month ago. */
const ordinary = Array.from({ length: 9 }, (_, index) => paid(index + 1, gwei))
const judged = (transactions: ReturnType<typeof paid>[], options = {}, over = {}) =>
  judgeWith(unusualGasSpending, { activity: activity(transactions, over) }, options)

describe('a habit of ten transactions', () => {
  test.each([
    ['ten times the usual fee', paid(10, 10n * gwei, 1), 'passed'],
    ['a wei more', paid(10, 10n * gwei + 1n, 1), 'found'],
    ['far more, exactly seven days ago', paid(10, 100n * gwei, 7), 'found'],
    ['far more, a second earlier', paid(10, 100n * gwei, 7 + 1 / day), 'passed'],
  ])('%s', (_, newest, status) => {
    expect(judged([newest, ...ordinary]).status).toBe(status)
  })

  test('fees that vary much by habit may vary', () => {
    // Their median is 8 gwei and their median deviation a factor of 4.
    const varied = [1, 1, 2, 2, 8, 8, 8, 32, 32, 64, 64].map((fee, index) => paid(index + 1, BigInt(fee) * gwei))
    expect(judged([paid(20, 1000n * gwei, 1), ...varied]).status).toBe('passed')
  })

  test('a data fee counts', () => {
    const costly = { ...paid(10, gwei, 1), dataFee: 100n * gwei }
    expect(judged([costly, ...ordinary]).status).toBe('found')
  })

  test('nine transactions are no habit', () => {
    expect(judged([paid(10, 100n * gwei, 1), ...ordinary.slice(0, 8)]).status).toBe('not-applicable')
  })

  test('the count, the factor, the deviations and the window are options', () => {
    const few = [paid(10, 100n * gwei, 1), ...ordinary.slice(0, 2)]
    expect(judged(few, { leastTransactions: 3 }).status).toBe('found')
    expect(judged([paid(10, 5n * gwei, 1), ...ordinary], { leastTimes: 4 }).status).toBe('found')
    expect(judged([paid(10, 100n * gwei, 20), ...ordinary], { windowDays: 20 }).status).toBe('found')
  })
})

describe('a set limit', () => {
  const week = [paid(1, 3n * gwei, 1), paid(2, 4n * gwei, 2)]

  test.each([
    ['exactly spent', String(7n * gwei), 'passed'],
    ['exceeded by a wei', String(7n * gwei - 1n), 'found'],
    ['of zero, exceeded', '0', 'found'],
    ['given as a number', 6_000_000_000, 'found'],
  ])('%s', (_, limitWei, status) => {
    expect(judged(week, { limitWei }).status).toBe(status)
  })

  test('older transactions do not count', () => {
    expect(judged(ordinary, { limitWei: '1' }).status).toBe('passed')
  })

  describe('with older transactions that nobody looked for', () => {
    const newest = { nonceRange: { from: 1, to: 2 } }
    const limitWei = String(7n * gwei)

    test.each([
      ['a total above it is above it all the same', [paid(3, 8n * gwei, 1)], 'found'],
      ['a total at it may be more', week, 'inconclusive'],
      ['the oldest read at the first second of the window', [...week, paid(3, 0n, 7)], 'inconclusive'],
      ['the oldest read a second before the window', [...week, paid(3, 0n, 7 + 1 / day)], 'passed'],
      ['nothing read', [], 'inconclusive'],
    ])('%s', (_, transactions, status) => {
      expect(judged(transactions, { limitWei }, newest).status).toBe(status)
    })

    test('the reason says how far was looked; what is above needs none', () => {
      const outcome = judged(week, { limitWei }, newest)
      expect(outcome).toMatchObject({
        because: { fact: 'activity', missing: [{ error: { code: 'older-transactions-unread' } }] },
      })
      expect(judged(week, { limitWei: '5' }, newest)).not.toHaveProperty('because')
    })

    test('the habit is judged without them', () => {
      expect(
        judged(
          [paid(10, gwei, 1), ...ordinary].map((one) => ({ ...one, timestamp: now })),
          {},
          newest,
        ).status,
      ).toBe('passed')
    })
  })

  test('is certain, and comes before the habit', () => {
    expect(judged([paid(10, 100n * gwei, 1), ...ordinary], { limitWei: '5' })).toMatchObject({
      findings: [{ messageId: 'above-limit', confidence: 'certain' }],
    })
  })
})

test('the finding names the five costliest of the window, highest first', () => {
  const recent = [3, 50, 2, 60, 4, 5].map((fee, index) => paid(20 + index, BigInt(fee) * gwei, 1))
  const outcome = judged([...recent, ...ordinary])
  expect(outcome).toMatchObject({
    findings: [
      {
        messageId: 'above-habit',
        severity: 'medium',
        confidence: 'likely',
        subject: { kind: 'account' },
        data: {
          transactions: { value: 6 },
          unusual: { value: 2 },
          usual: { value: String(gwei) },
          total: { value: String(124n * gwei) },
          named: { value: 5 },
          transaction1: { value: hashOf(23) },
          fee1: { value: String(60n * gwei) },
          transaction5: { value: hashOf(20) },
        },
        evidence: [23, 21, 25, 24, 20].map((number) => ({ kind: 'transaction', hash: hashOf(number) })),
      },
    ],
  })
})

describe('where it went', () => {
  const [first, second] = [at(0xc01), at(0xc02)]
  const call = (number: number, over: object) =>
    ({ ...paid(number, gwei, 1), to: first, selector: '0x11111111', ...over }) as const
  const recent = [
    call(20, { effectiveGasPrice: 300n * gwei }),
    call(21, { effectiveGasPrice: 100n * gwei, timestamp: now - 2 * day }),
    call(22, { effectiveGasPrice: 50n * gwei, selector: '0x22222222', dataFee: 5n * gwei, blockFees: null }),
    call(23, { effectiveGasPrice: 30n * gwei, to: second, selector: '0x' }),
    call(24, { effectiveGasPrice: 20n * gwei, to: null }),
  ]
  const outcome = judged([...recent, ...ordinary])

  test('by contract and method, costliest first, three of them', () => {
    expect(outcome).toMatchObject({
      findings: [
        {
          data: {
            groups: { value: 3 },
            kind1: { value: 'method' },
            callee1: { value: first },
            method1: { value: '0x11111111' },
            spent1: { value: String(400n * gwei) },
            times1: { value: 2 },
            method2: { value: '0x22222222' },
            spent2: { value: String(55n * gwei) },
            kind3: { value: 'transfer' },
            callee3: { value: second },
            spent3: { value: String(30n * gwei) },
          },
        },
      ],
    })
  })

  test('by day: the costliest begins at midnight by UTC', () => {
    const yesterday = now - day
    expect(outcome).toMatchObject({
      findings: [
        { data: { costliestDay: { value: yesterday - (yesterday % day) }, dayFees: { value: String(405n * gwei) } } },
      ],
    })
  })

  test('what those whose block fees are known would have cost at the middle tip of their blocks', () => {
    // Four of the five, of one gas each, at 21 gwei.
    expect(outcome).toMatchObject({
      findings: [
        {
          data: {
            compared: { value: 4 },
            comparedFees: { value: String(450n * gwei) },
            atMarket: { value: String(84n * gwei) },
          },
        },
      ],
    })
  })

  test('the words name them', () => {
    const words = wordsOf(unusualGasSpending, outcome, 'en').join('\n')
    expect(words).toContain(
      `method 0x11111111 of ${first}: 0.0000004 ETH (2 transactions); method 0x22222222 of ${first}`,
    )
    expect(words).toContain(`plain transfers to ${second}: 0.00000003 ETH (1 transaction).`)
    expect(words).toContain('the 4 whose block fees are known would have cost')
    expect(wordsOf(unusualGasSpending, outcome, 'ja').join('\n')).toContain(`${second} への送金が 0.00000003 ETH(1件)`)
  })

  test('two sums that read the same are not compared', () => {
    const usual = call(20, { effectiveGasPrice: 21n * gwei, gasUsed: 10n ** 6n })
    const outcome = judged([usual, ...ordinary])
    expect(outcome).toMatchObject({ findings: [{ data: { compared: { value: 0 } } }] })
    expect(wordsOf(unusualGasSpending, outcome, 'en').join()).not.toContain('middle tip')
  })

  test('a new contract has no address to name, and unknown block fees are not compared', () => {
    const creation = call(20, { effectiveGasPrice: 300n * gwei, to: null, blockFees: null })
    const words = wordsOf(unusualGasSpending, judged([creation, ...ordinary]), 'en').join('\n')
    expect(words).toContain('new contracts: 0.0000003 ETH (1 transaction).')
    expect(words).not.toContain('middle tip')
  })
})

test('a contract account sends nothing of its own, so nothing is said about it', () => {
  const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
  expect(judgeWith(unusualGasSpending, { account: contract, activity: activity([]) }, { limitWei: '1' }).status).toBe(
    'not-applicable',
  )
})

describe('unread facts', () => {
  test('too few transactions because others could not be read is inconclusive', () => {
    expect(judged([paid(1, gwei)], {}, { missing: [missing('activity')] }).status).toBe('inconclusive')
  })

  test.each(['block-fees', 'revert-reason'] as const)(
    'too few transactions are no habit, with %s unread too',
    (about) => {
      for (const transactions of [[], ordinary]) {
        expect(judged(transactions, {}, { missing: [missing(about)] }).status).toBe('not-applicable')
      }
    },
  )

  test('unread fees of others do not matter', () => {
    expect(judged([paid(10, gwei, 1), ...ordinary], {}, { missing: [missing('block-fees')] }).status).toBe('passed')
  })

  test('activity that could not be read at all is inconclusive', () => {
    expect(judgeWith(unusualGasSpending, { activity: new Error('pruned') }).status).toBe('inconclusive')
  })
})

describe('the words', () => {
  const costly = ownTransaction({ hash: hashOf(10), gasUsed: 400_000n, effectiveGasPrice: 50n * gwei, timestamp: now })
  const habit = Array.from({ length: 9 }, (_, index) =>
    ownTransaction({ hash: hashOf(index + 1), effectiveGasPrice: 20n * gwei, timestamp: now - 30 * day }),
  )

  test('above the habit, with one transaction to look at', () => {
    const outcome = judged([costly, ...habit])
    expect(wordsOf(unusualGasSpending, outcome, 'en').slice(0, 2)).toEqual([
      'In the last 7 days, 1 of 1 transaction cost far more than the usual 0.00042 ETH; the fees add up to 0.02 ETH.',
      `Look at the costliest ones of that time: ${hashOf(10)}: 0.02 ETH (400000 gas at 50 gwei). A high price means a high fee setting or a busy chain; much gas means a large operation. At the middle tip of its block, the one whose block fees are known would have cost 0.0084 ETH instead of 0.02 ETH.`,
    ])
    expect(wordsOf(unusualGasSpending, outcome, 'ja')[0]).toBe(
      '直近7日の1件の取引のうち、1件の手数料が、ふだんの 0.00042 ETH を大きく超えています。手数料の合計は 0.02 ETH です。',
    )
  })

  test('of a time that was read in part say at least', () => {
    const busy = [costly, ...habit].map((one) => ({ ...one, timestamp: now }))
    const newest = { nonceRange: { from: 1, to: 10 } }
    const unusual = judged(busy, {}, newest)
    expect(wordsOf(unusualGasSpending, unusual, 'en')[0]).toBe(
      'In the last 7 days, 1 of at least 10 transactions cost far more than the usual 0.00042 ETH; the fees add up to at least 0.02378 ETH.',
    )
    expect(wordsOf(unusualGasSpending, unusual, 'en')[1]).toContain('the costliest ones that were read: ')
    expect(wordsOf(unusualGasSpending, unusual, 'ja')[0]).toBe(
      '直近7日の10件以上の取引のうち、1件の手数料が、ふだんの 0.00042 ETH を大きく超えています。手数料の合計は 0.02378 ETH 以上です。',
    )
    const over = judged(busy, { limitWei: String(10n ** 16n) }, newest)
    expect(wordsOf(unusualGasSpending, over, 'en')[0]).toBe(
      'In the last 7 days, at least 10 transactions cost at least 0.02378 ETH in fees, more than the set limit of 0.01 ETH.',
    )
    expect(wordsOf(unusualGasSpending, over, 'ja')[0]).toContain(
      '10件以上の取引に、手数料が合計 0.02378 ETH 以上かかっています',
    )
  })

  test('one that the owner did not send is signed with the key: no coins here, and a new account', () => {
    const outcome = judged([costly, ...habit])
    const english = wordsOf(unusualGasSpending, outcome, 'en')[3]
    expect(english).toContain('somebody else has the key of this account. Then send no coins here. Make a new account')
    expect(english).not.toContain('approvals')
    const japanese = wordsOf(unusualGasSpending, outcome, 'ja')[3]
    expect(japanese).toContain('ほかの人がこのアカウントの鍵を持っています。')
    expect(japanese).toContain('新しいアカウントを作り、残っている資産をそこへ移します。')
  })

  test('above the limit, with two to look at', () => {
    const other = { ...costly, hash: hashOf(11), gasUsed: 100_000n }
    const outcome = judged([other, costly, ...habit], { limitWei: String(10n ** 16n) })
    expect(wordsOf(unusualGasSpending, outcome, 'en').slice(0, 2)).toEqual([
      'In the last 7 days, 2 transactions cost 0.025 ETH in fees, more than the set limit of 0.01 ETH.',
      `Look at the costliest ones of that time: ${hashOf(10)}: 0.02 ETH (400000 gas at 50 gwei); ${hashOf(11)}: 0.005 ETH (100000 gas at 50 gwei). A high price means a high fee setting or a busy chain; much gas means a large operation. At the middle tip of their blocks, the 2 whose block fees are known would have cost 0.0105 ETH instead of 0.025 ETH.`,
    ])
    expect(wordsOf(unusualGasSpending, outcome, 'ja').slice(0, 2)).toEqual([
      '直近7日の2件の取引に、手数料が合計 0.025 ETH かかっています。設定された上限は 0.01 ETH です。',
      `この期間で手数料の高かった取引を確かめます: ${hashOf(10)} が 0.02 ETH(ガス 400000、価格 50 gwei)、${hashOf(11)} が 0.005 ETH(ガス 100000、価格 50 gwei)。価格が高い場合は、手数料の設定が高いか、チェーンが混んでいます。ガスが多い場合は、処理が大きかったことを示します。ブロックの手数料が分かる2件は、それぞれのブロックのチップの中央値なら、0.025 ETH ではなく 0.0105 ETH でした。`,
    ])
  })
})
