import { describe, expect, test } from 'vitest'
import overpaidGas from '../../rules/overpaid-gas/index.ts'
import { account, activity, chain, hashOf, judgeWith, missing, ownTransaction, wordsOf } from '../../src/testing.ts'

const now = chain().block.timestamp
const gwei = 10n ** 9n
// The block of the builder: base fee 20 gwei, 90th percentile 23 gwei, median tip 1 gwei.
const judged = (over: Parameters<typeof ownTransaction>[0], options = {}) =>
  judgeWith(
    overpaidGas,
    { activity: activity([ownTransaction({ gasLimit: 1_200_000n, gasUsed: 1_000_000n, ...over })]) },
    options,
  )

/** A block in which the transaction is its own measure. */
const alone = (price: bigint, baseFee: bigint) => ({
  effectiveGasPrice: price,
  blockFees: {
    baseFee,
    price: { p10: price, p50: price, p90: price },
    tip: { p10: price - baseFee, p50: price - baseFee, p90: price - baseFee },
  },
})

describe('thresholds', () => {
  test.each([
    ['1.5 times the 90th percentile', { effectiveGasPrice: 34_500_000_000n }, { tipTimes: 100 }, null],
    ['a wei more', { effectiveGasPrice: 34_500_000_001n }, { tipTimes: 100 }, 'above-block'],
    ['10 times the median tip', { effectiveGasPrice: 30n * gwei }, {}, null],
    ['a wei more than that', { effectiveGasPrice: 30n * gwei + 1n }, {}, 'high-tip'],
    ['alone, 10 times the base fee', alone(200n * gwei, 20n * gwei), {}, null],
    ['alone, a wei more', alone(200n * gwei + 1n, 20n * gwei), {}, 'above-base-fee'],
    ['alone on a chain without a base fee', alone(200n * gwei, 0n), {}, null],
    ['an ordinary price', {}, {}, null],
  ] as const)('%s', (_, over, options, messageId) => {
    const outcome = judged(over, options)
    if (messageId === null) expect(outcome.status).toBe('passed')
    else expect(outcome).toMatchObject({ findings: [{ messageId, severity: 'medium' }] })
  })

  test('a price that others set is no measure of its own, however far above the base fee', () => {
    const price = { p10: 21n * gwei, p50: 210n * gwei, p90: 220n * gwei }
    const tip = { p10: gwei, p50: 190n * gwei, p90: 200n * gwei }
    const busy = { effectiveGasPrice: 215n * gwei, blockFees: { baseFee: 20n * gwei, price, tip } }
    expect(judged(busy).status).toBe('passed')
  })

  test('the factors are options', () => {
    expect(judged({ effectiveGasPrice: 24n * gwei }, { priceTimes: 1.02 })).toMatchObject({
      findings: [{ messageId: 'above-block' }],
    })
    expect(judged(alone(60n * gwei, 20n * gwei), { baseFeeTimes: 2 }).status).toBe('found')
  })
})

describe('small change', () => {
  // 100 gwei is 77 gwei above the 90th percentile.
  const over = { effectiveGasPrice: 100n * gwei, gasUsed: 21_000n }
  const extra = 77n * gwei * 21_000n

  test.each([
    ['as much as the option lets pass', String(extra), 'passed'],
    ['a wei more than it', String(extra - 1n), 'found'],
  ])('%s', (_, leastExtraWei, status) => {
    expect(judged(over, { leastExtraWei, tipTimes: 1000 }).status).toBe(status)
  })

  test('tips of next to nothing on a cheap block are none of it', () => {
    const cheap = {
      effectiveGasPrice: 100_000_000n,
      gasUsed: 200_000n,
      blockFees: {
        baseFee: 10_000_000n,
        price: { p10: 10_000_000n, p50: 10_000_001n, p90: 11_000_000n },
        tip: { p10: 0n, p50: 1n, p90: 1_000_000n },
      },
    }
    expect(judged(cheap).status).toBe('passed')
  })

  test('the option may be a number from a configuration file', () => {
    expect(judged(over, { leastExtraWei: 10 ** 15 }).status).toBe('found')
  })
})

test.each([
  ['exactly 90 days old', now - 90 * 86_400, 'found'],
  ['a second older', now - 90 * 86_400 - 1, 'passed'],
])('%s', (_, timestamp, status) => {
  expect(judged({ timestamp, effectiveGasPrice: 100n * gwei }).status).toBe(status)
})

test('the finding says how much, against what, and where it was read', () => {
  expect(judged({ effectiveGasPrice: 92n * gwei })).toMatchObject({
    findings: [
      {
        confidence: 'certain',
        subject: { kind: 'transaction', hash: hashOf(0xace) },
        data: {
          paid: { value: String(92n * gwei) },
          reference: { value: String(23n * gwei) },
          times: { value: 4 },
          extra: { value: String(69n * gwei * 1_000_000n) },
        },
        evidence: [
          { kind: 'transaction', hash: hashOf(0xace), block: '20990000' },
          { method: 'eth_getTransactionReceipt', block: '20990000', value: String(92n * gwei) },
          { method: 'eth_feeHistory', block: '20990000', value: String(23n * gwei) },
        ],
      },
    ],
  })
})

test('a contract account sends nothing of its own, so nothing is said about it', () => {
  const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
  expect(judgeWith(overpaidGas, { account: contract, activity: activity([]) }).status).toBe('not-applicable')
})

describe('unread facts', () => {
  const ordinary = ownTransaction()

  test.each([
    ['block-fees', 'inconclusive'],
    ['activity', 'inconclusive'],
    ['revert-reason', 'passed'],
  ] as const)('missing %s', (about, status) => {
    const facts = activity([{ ...ordinary, blockFees: about === 'block-fees' ? null : ordinary.blockFees }], {
      missing: [missing(about)],
    })
    expect(judgeWith(overpaidGas, { activity: facts }).status).toBe(status)
  })

  test('activity that could not be read at all is inconclusive', () => {
    expect(judgeWith(overpaidGas, { activity: new Error('pruned') }).status).toBe('inconclusive')
  })
})

describe('the words', () => {
  test('above the block', () => {
    const outcome = judged({ effectiveGasPrice: 92n * gwei })
    expect(wordsOf(overpaidGas, outcome, 'en')).toEqual([
      `The transaction ${hashOf(0xace)} (2024-10-26 03:33 UTC) paid 92 gwei for gas, 4 times what nine in ten in its block paid at most (23 gwei). About 0.069 ETH of its fee of 0.092 ETH was not needed. At the median tip of that block it would have cost 0.021 ETH. The gas prices of its block were 20.1 gwei, 21 gwei and 23 gwei at the 10th, 50th and 90th percentile. Its tip was 72 gwei, and the median tip of the block 1 gwei. It used 1000000 of the 1200000 gas it was allowed (83%), and only what is used is charged.`,
      'For the next transaction, leave the gas fee in MetaMask at Market: it is enough to be mined soon.',
      'In the advanced gas settings of MetaMask, look for a saved default fee. If there is one that you do not need, remove it.',
      'Before you confirm, compare a fee that a site proposes with Market, and change it where it is far above.',
    ])
    expect(wordsOf(overpaidGas, outcome, 'ja').slice(0, 2)).toEqual([
      `取引 ${hashOf(0xace)}(2024-10-26 03:33 UTC)のガス価格は 92 gwei でした。同じブロックの取引の9割が払った上限 23 gwei の4倍です。手数料 0.092 ETH のうち、およそ 0.069 ETH は不要でした。そのブロックのチップの中央値であれば 0.021 ETH でした。そのブロックのガス価格は、10、50、90パーセンタイルの順に 20.1 gwei、21 gwei、23 gwei でした。この取引のチップは 72 gwei、ブロックのチップの中央値は 1 gwei でした。「ガスリミット」1200000 のうち使ったのは 1000000(83%)で、使った分だけに料金がかかります。`,
      '次の取引では、MetaMaskの「ガス代」を「市場」のままにします。それで十分早く処理されます。',
    ])
  })

  test('a high tip', () => {
    const outcome = judged({ effectiveGasPrice: 32n * gwei })
    expect(wordsOf(overpaidGas, outcome, 'en')[0]).toContain(
      'paid 32 gwei for gas because of its priority fee; with the median tip of its block it would have paid 21 gwei.',
    )
    expect(wordsOf(overpaidGas, outcome, 'ja')[0]).toContain('同じブロックのチップの中央値であれば 21 gwei でした')
    for (const [locale, atMarket, tips] of [
      ['en', 'it would have cost 0.021 ETH', 'Its tip was 12 gwei, and the median tip of the block 1 gwei.'],
      ['ja', 'であれば 0.021 ETH でした', 'この取引のチップは 12 gwei、ブロックのチップの中央値は 1 gwei でした。'],
    ] as const) {
      expect(wordsOf(overpaidGas, outcome, locale)[0]).toContain(atMarket)
      expect(wordsOf(overpaidGas, outcome, locale)[0]).toContain(tips)
    }
  })

  test('alone in its block', () => {
    const outcome = judged(alone(300n * gwei, 20n * gwei))
    expect(outcome).toMatchObject({ findings: [{ confidence: 'likely' }] })
    expect(wordsOf(overpaidGas, outcome, 'en')[0]).toContain(
      'paid 300 gwei for gas, 15 times the base fee of its block',
    )
    expect(wordsOf(overpaidGas, outcome, 'ja')[0]).toContain('そのブロックの基本料金 20 gwei の15倍です')
    // It is the median itself: the same number twice would compare nothing.
    expect(wordsOf(overpaidGas, outcome, 'en')[0]).not.toContain('would have cost')
    expect(wordsOf(overpaidGas, outcome, 'ja')[0]).not.toContain('チップの中央値であれば')
    expect(wordsOf(overpaidGas, outcome, 'en')[0]).toContain('were 300 gwei, 300 gwei and 300 gwei at the 10th')
  })
})

test.each(['en', 'ja'] as const)(
  'what it decides names how many transactions and days are looked at (%s)',
  (locale) => {
    const numbers = [...overpaidGas.text[locale].decides.matchAll(/\d+/g)].map(([number]) => number)
    expect(numbers).toEqual(expect.arrayContaining(['300', '90']))
  },
)
