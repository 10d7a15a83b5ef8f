import { describe, expect, test } from 'vitest'
import stuckTransaction from '../../rules/stuck-transaction/index.ts'
import type { PendingSummary } from '../../src/core/facts.ts'
import {
  account,
  at,
  chain,
  fees,
  hashOf,
  judgeWith,
  mempool,
  missing,
  owner,
  pendingSummary,
  pendingTransaction,
  wordsOf,
} from '../../src/testing.ts'

const gwei = 10n ** 9n
const delegated = { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } as const

type Pending = Parameters<typeof pendingTransaction>[0]
const waiting = (...transactions: readonly Pending[]) => ({
  mempool: mempool({ transactions: transactions.map((over) => pendingTransaction(over)) }),
})
const judged = (pending: Pending, over = {}) => judgeWith(stuckTransaction, { ...waiting(pending), ...over })

describe('with a base fee of 20 gwei and a 10th percentile of tips of 0.1 gwei', () => {
  test.each([
    ['a max fee a wei below the base fee', { maxFeePerGas: 20n * gwei - 1n }, 'below-base-fee'],
    ['a max fee equal to the base fee leaves no tip', { maxFeePerGas: 20n * gwei }, 'low-tip'],
    ['room for a tip a wei below the percentile', { maxFeePerGas: 20n * gwei + 100_000_000n - 1n }, 'low-tip'],
    ['room for exactly the percentile', { maxFeePerGas: 20n * gwei + 100_000_000n }, null],
    ['a priority fee a wei below the percentile', { maxPriorityFeePerGas: 100_000_000n - 1n }, 'low-tip'],
    ['a priority fee of exactly the percentile', { maxPriorityFeePerGas: 100_000_000n }, null],
  ] as const)('%s', (_, pending, messageId) => {
    const outcome = judged(pending)
    if (messageId === null) expect(outcome.status).toBe('passed')
    else expect(outcome).toMatchObject({ findings: [{ messageId, severity: 'high' }] })
  })

  test('without known tips only the base fee decides', () => {
    const quiet = { fees: fees({ tips: null }) }
    expect(judged({ maxFeePerGas: 20n * gwei }, quiet).status).toBe('passed')
    expect(judged({ maxFeePerGas: 20n * gwei - 1n }, quiet).status).toBe('found')
  })
})

describe('without a base fee', () => {
  const legacyChain = { fees: fees({ nextBaseFee: null, tips: null, gasPrice: 100n }) }
  const legacy = (price: bigint) => ({ isLegacy: true, maxFeePerGas: price, maxPriorityFeePerGas: price })

  test.each([
    ['80 % of the proposed price', 80n, 'passed'],
    ['a wei less', 79n, 'found'],
  ])('%s', (_, price, status) => {
    expect(judged(legacy(price), legacyChain).status).toBe(status)
  })

  test('it is possible, and the replacement has a gas price', () => {
    expect(judged(legacy(10n), legacyChain)).toMatchObject({
      findings: [
        {
          messageId: 'below-node-price',
          confidence: 'possible',
          evidence: [{}, { method: 'eth_gasPrice', value: '100' }],
          remedy: [
            { nonce: 7, gasPrice: '100' },
            { nonce: 7, gasPrice: '100' },
          ],
        },
      ],
    })
  })

  test('the percentage is an option', () => {
    const facts = { ...waiting(legacy(80n)), ...legacyChain }
    expect(judgeWith(stuckTransaction, facts, { leastPricePercent: 81 }).status).toBe('found')
  })
})

describe('which transaction', () => {
  const low = { maxFeePerGas: 10n * gwei }

  test('the lowest nonce that is stuck, not those that wait behind it', () => {
    const outcome = judgeWith(
      stuckTransaction,
      waiting(
        { nonce: 9, hash: hashOf(9), ...low },
        { nonce: 8, hash: hashOf(8), ...low },
        { nonce: 7, hash: hashOf(7) },
      ),
    )
    expect(outcome).toMatchObject({
      findings: [{ subject: { kind: 'nonce', nonce: 8 }, data: { hash: { value: hashOf(8) }, behind: { value: 1 } } }],
    })
  })

  test('one that stands behind a missing nonce is not judged by its fees', () => {
    expect(judged({ nonce: 9, state: 'queued', ...low }).status).toBe('passed')
  })

  test('one whose replacement the node holds already is judged by the replacement', () => {
    const outcome = judgeWith(stuckTransaction, waiting({ hash: hashOf(1), ...low }, { hash: hashOf(2) }))
    expect(outcome.status).toBe('passed')
  })
})

describe('the way out', () => {
  test('repeats the same nonce or cancels it, with ten percent more and enough for the market', () => {
    const stuck = { to: at(0x70), value: 5n, input: '0xa9059cbb', gasLimit: 65_000n } as const
    expect(judged({ ...stuck, maxFeePerGas: 10n * gwei, maxPriorityFeePerGas: gwei })).toMatchObject({
      findings: [
        {
          confidence: 'certain',
          remedy: [
            {
              purpose: 'speed-up',
              chainId: 1,
              to: at(0x70),
              data: '0xa9059cbb',
              value: '5',
              nonce: 7,
              gasLimit: '65000',
              maxFeePerGas: '41100000000',
              maxPriorityFeePerGas: '1100000000',
            },
            {
              purpose: 'cancel',
              chainId: 1,
              to: owner,
              data: '0x',
              value: '0',
              nonce: 7,
              gasLimit: '21000',
              maxFeePerGas: '41100000000',
              maxPriorityFeePerGas: '1100000000',
            },
          ],
        },
      ],
    })
  })

  test('only cancels the creation of a contract', () => {
    const outcome = judged({ to: null, input: '0x6000', maxFeePerGas: gwei })
    expect(outcome).toMatchObject({ findings: [{ remedy: [{ to: owner, data: '0x', purpose: 'cancel' }] }] })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(1)
  })

  test('keeps the access list when it speeds up, and has none when it cancels', () => {
    const accessList = [{ address: at(0x70), storageKeys: [hashOf(1)] }]
    const outcome = judged({ accessList, maxFeePerGas: gwei })
    expect(outcome).toMatchObject({
      findings: [{ remedy: [{ purpose: 'speed-up', accessList }, { purpose: 'cancel' }] }],
    })
    expect(outcome.status === 'found' && outcome.findings[0].remedy?.[1]).not.toHaveProperty('accessList')
  })
})

describe('the way out of one with blobs', () => {
  const blobVersionedHashes = [`0x01${'ab'.repeat(31)}`, `0x01${'cd'.repeat(31)}`] as const
  const blobGas = 2n * 131_072n
  const stuck: Pending = {
    ...{ maxFeePerGas: 19n * gwei, maxPriorityFeePerGas: 2n * gwei, maxFeePerBlobGas: gwei },
    ...{ to: at(0x70), value: 5n, input: '0xa9059cbb', gasLimit: 65_000n, blobVersionedHashes, blobGas },
  }
  const market = { fees: fees({ blobBaseFee: 1n }) }
  const doubled = {
    maxFeePerGas: String(44n * gwei),
    maxPriorityFeePerGas: String(4n * gwei),
    maxFeePerBlobGas: String(2n * gwei),
    blobVersionedHashes,
  }

  test('repeats it with the same blobs or cancels it with the first of them, each fee doubled', () => {
    const accessList = [{ address: at(0x71), storageKeys: [hashOf(1)] }]
    const outcome = judged({ ...stuck, accessList }, market)
    const [finding] = outcome.status === 'found' ? outcome.findings : []
    expect(finding?.messageId).toBe('with-blobs')
    expect(finding?.remedy).toEqual([
      {
        ...{
          purpose: 'speed-up',
          chainId: 1,
          to: at(0x70),
          data: '0xa9059cbb',
          value: '5',
          nonce: 7,
          gasLimit: '65000',
        },
        ...doubled,
        accessList,
      },
      {
        ...{ purpose: 'cancel', chainId: 1, to: owner, data: '0x', value: '0', nonce: 7, gasLimit: '21000' },
        ...doubled,
        blobVersionedHashes: blobVersionedHashes.slice(0, 1),
      },
    ])
  })

  test('is no call where the hashes of its blobs are not known, as in files of before', () => {
    const { blobVersionedHashes: _, ...unlisted } = stuck
    const outcome = judged(unlisted, market)
    expect(outcome).toMatchObject({ findings: [{ data: { newBlobFee: { value: String(2n * gwei) } } }] })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toBeUndefined()
  })

  test('is said with all three fees, and that only the program has the blobs', () => {
    const english = wordsOf(stuckTransaction, judged(stuck, market), 'en')
    const japanese = wordsOf(stuckTransaction, judged(stuck, market), 'ja')
    expect(english[1]).toContain('endpoints give the blobs themselves (the sidecar) back to nobody')
    const newFees = 'with a max fee of 44 gwei, a priority fee of 4 gwei, and a blob fee of 2 gwei.'
    expect(english[3]).toContain(`send the same transaction and blobs with nonce 7 again, ${newFees}`)
    expect(english[4]).toContain('send 0 to this account itself with nonce 7 and one blob, with the same three fees.')
    expect(english[4]).toContain('nodes take only another with blobs')
    expect(japanese[1]).toContain('接続先はブロブそのもの(サイドカー)を誰にも返しません')
    expect(japanese[3]).toContain('最大手数料は 44 gwei、優先手数料は 4 gwei、ブロブの手数料は 2 gwei にします。')
    expect(japanese[4]).toContain('手数料は、上の3つと同じにします。')
  })

  test.each([
    ['known', { blobBaseFee: 1n }, false],
    ['not told', { blobBaseFee: null }, true],
  ])('says that more may be needed where the blob fee of now is %s', (_, over, isSaid) => {
    const outcome = judged(stuck, { fees: fees(over) })
    expect(wordsOf(stuckTransaction, outcome, 'en')[3]?.includes('a higher blob fee may be needed')).toBe(isSaid)
    expect(wordsOf(stuckTransaction, outcome, 'ja')[3]?.includes('これより多く必要なことがあります')).toBe(isSaid)
  })

  // At the new fees: gas at 44 gwei, and the gas of one blob, or of both, at 2 gwei.
  const cancelCost = 21_000n * 44n * gwei + 131_072n * 2n * gwei
  const speedUpCost = 65_000n * 44n * gwei + blobGas * 2n * gwei + 5n
  test.each([
    ['both, to the wei', speedUpCost, 'both'],
    ['a wei too little to speed up', speedUpCost - 1n, 'cancel'],
    ['the cancellation, to the wei', cancelCost, 'cancel'],
    ['a wei too little to cancel', cancelCost - 1n, 'none'],
  ])('is held against the balance with its blobs: %s', (_, balance, funds) => {
    const outcome = judged(stuck, { ...market, account: account({ balance }) })
    expect(outcome).toMatchObject({ findings: [{ data: { funds: { value: funds } } }] })
    const [, , , speedUp, cancel] = wordsOf(stuckTransaction, outcome, 'en')
    expect(speedUp?.includes('The balance does not cover that')).toBe(funds !== 'both')
    expect(cancel?.includes('The balance does not cover that either')).toBe(funds === 'none')
  })

  test('is a cancellation only where it would fail now', () => {
    const simulation = { status: 'reverts', block: '5' } as const
    const outcome = judged({ ...stuck, maxFeePerGas: 60n * gwei, simulation }, market)
    expect(outcome).toMatchObject({
      findings: [
        {
          messageId: 'blobs-revert-now',
          remedy: [{ purpose: 'cancel', blobVersionedHashes: [blobVersionedHashes[0]] }],
        },
      ],
    })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(1)
    expect(wordsOf(stuckTransaction, outcome, 'en')[4]).toContain('a priority fee of 4 gwei, and a blob fee of 2 gwei.')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[4]).toContain('ブロブの手数料は 2 gwei にします。')
  })
})

describe('the blob fee of a transaction with blobs', () => {
  const enough = { maxFeePerGas: 60n * gwei, maxPriorityFeePerGas: 2n * gwei }
  const withBlobs = (maxFeePerBlobGas: bigint, blobBaseFee: bigint | null, over: object = enough) =>
    judged({ ...over, maxFeePerBlobGas }, { fees: fees({ blobBaseFee }) })

  test.each([
    ['of the next block, to the wei', 5n * gwei, 5n * gwei, 'passed'],
    ['a wei below it', 5n * gwei - 1n, 5n * gwei, 'found'],
  ])('%s', (_, fee, blobBaseFee, status) => {
    expect(withBlobs(fee, blobBaseFee).status).toBe(status)
  })

  test.each([[{ blobBaseFee: null }], [{}]])('where the node tells none is not known to be enough: %j', (told) => {
    const outcome = judged({ ...enough, maxFeePerBlobGas: 1n }, { fees: fees(told) })
    expect(outcome).toMatchObject({
      status: 'inconclusive',
      because: {
        kind: 'fact-incomplete',
        missing: [{ fact: 'fees', about: 'fees', error: { code: 'blob-fee-untold' } }],
      },
    })
  })

  test.each([
    ['of one without blobs', { ...enough }, {}, 'passed'],
    ['of one behind a missing nonce', { ...enough, maxFeePerBlobGas: 1n, nonce: 9, state: 'queued' }, {}, 'passed'],
    ['of one that is found anyway', { maxFeePerGas: 1n, maxFeePerBlobGas: 1n }, {}, 'found'],
  ] as const)('where the node tells none does not matter %s', (_, pending, told, status) => {
    const outcome = judged(pending, { fees: fees({ blobBaseFee: null, ...told }) })
    expect([outcome.status, 'because' in outcome]).toEqual([status, false])
  })

  test('where no fee was read is missing once', () => {
    const unread = { nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] }
    const outcome = judged({ ...enough, maxFeePerBlobGas: 1n }, { fees: fees(unread) })
    expect(outcome).toMatchObject({ status: 'inconclusive', because: { missing: [{ error: missing('fees').error }] } })
    expect(outcome.status === 'inconclusive' && 'missing' in outcome.because && outcome.because.missing).toHaveLength(1)
  })

  test('is told with its number, and what replaces it: twice as much, and enough for the market', () => {
    const outcome = withBlobs(gwei, 5n * gwei)
    expect(outcome).toMatchObject({
      findings: [
        {
          messageId: 'low-blob-fee',
          confidence: 'certain',
          data: {
            offered: { value: String(gwei) },
            asked: { value: String(5n * gwei) },
            newBlobFee: { value: String(10n * gwei) },
            newMaxFee: { value: String(120n * gwei) },
            newPriorityFee: { value: String(4n * gwei) },
          },
          evidence: [
            { method: 'txpool_contentFrom', block: 'pending' },
            { method: 'eth_feeHistory baseFeePerBlobGas', value: String(5n * gwei) },
          ],
        },
      ],
    })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toBeUndefined()
    const words = wordsOf(stuckTransaction, outcome, 'en')
    expect(words[0]).toContain('pays at most 1 gwei for blob gas, and the next block takes nothing below 5 gwei.')
    expect(words[0]).toContain('Its max fee does not keep it out.')
    expect(words[3]).toContain('a max fee of 120 gwei, a priority fee of 4 gwei, and a blob fee of 10 gwei.')
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')
    expect(japanese[0]).toContain('ブロブのガスに払えるのは最大 1 gwei ですが、次のブロックは 5 gwei 未満')
    expect(japanese[0]).toContain('最大の手数料は足りています。')
    expect(japanese[3]).toContain('ブロブの手数料は 10 gwei にします。')
  })

  test.each([
    ['too low as well', 1n, 2n, 'It pays too little for blob gas as well', 'ブロブのガスに払う額も足りません。'],
    ['enough', 2n, 2n, 'For blob gas it pays enough', 'ブロブのガスに払う額は足りています。'],
    ['not known to be enough', 2n, null, 'Its blob fee was not compared', 'ブロブの手数料は比べていない'],
  ])('of one below the base fee: %s', (_, fee, blobBaseFee, english, japanese) => {
    const low = { maxFeePerGas: 19n * gwei, maxPriorityFeePerGas: gwei }
    const outcome = withBlobs(fee, blobBaseFee, low)
    expect(outcome).toMatchObject({ findings: [{ messageId: 'with-blobs', data: { newBlobFee: { value: '4' } } }] })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain(english)
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(japanese)
  })
})

describe('a transaction of which a summary is shown', () => {
  const details = { missing: [missing('pending-details')] }
  const summarised = (over: Partial<PendingSummary>, facts: object = {}) =>
    judgeWith(stuckTransaction, { mempool: mempool({ summaries: [pendingSummary(over)], ...details }), ...facts })

  test.each([
    ['at the base fee, to the wei', 20n * gwei, 'inconclusive'],
    ['a wei below it', 20n * gwei - 1n, 'found'],
  ])('%s', (_, maxFeePerGas, status) => {
    const outcome = summarised({ maxFeePerGas })
    expect(outcome).toMatchObject({ status, because: { missing: [{ about: 'pending-details' }] } })
  })

  test('is told with fees that replace it whatever its tip is', () => {
    const outcome = summarised({ maxFeePerGas: 10n * gwei })
    expect(outcome).toMatchObject({
      findings: [
        {
          messageId: 'summarised',
          confidence: 'likely',
          subject: { kind: 'nonce', nonce: 7 },
          data: { offered: { value: String(10n * gwei) }, newMaxFee: { value: String(41n * gwei) } },
          evidence: [
            { method: 'txpool_inspect', value: 'nonce 7, 10000000000 wei per gas at most' },
            { method: 'eth_feeHistory', value: String(20n * gwei) },
          ],
        },
      ],
    })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toBeUndefined()
    const words = wordsOf(stuckTransaction, outcome, 'en')
    expect(words[0]).toContain(
      'only a summary of the transaction with nonce 7: it pays at most 10 gwei, and the next block takes nothing below 20 gwei.',
    )
    expect(words[3]).toContain('the max base fee to 41 gwei, and the priority fee to 1 gwei or a tenth above its own')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[3]).toContain('「優先手数料」を 1 gwei か元の値の1割増しの')
  })

  test('without a base fee is only possibly too cheap', () => {
    const legacy = { fees: fees({ nextBaseFee: null, tips: null }) }
    const outcome = summarised({ maxFeePerGas: gwei }, legacy)
    expect(outcome).toMatchObject({ findings: [{ confidence: 'possible' }] })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain(
      'it pays at most 1 gwei, and the endpoint proposes 21 gwei for a transaction sent now.',
    )
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(
      '払えるのは最大 1 gwei ですが、接続先はいま送る取引に 21 gwei を提案しています。',
    )
    expect(summarised({ maxFeePerGas: 21n * gwei }, legacy).status).toBe('inconclusive')
  })

  test('behind one that is shown whole and stuck is counted there', () => {
    const facts = {
      transactions: [pendingTransaction({ maxFeePerGas: gwei })],
      summaries: [pendingSummary({ nonce: 8 })],
    }
    expect(judgeWith(stuckTransaction, { mempool: mempool(facts) })).toMatchObject({
      findings: [{ messageId: 'below-base-fee', data: { behind: { value: 1 } } }],
    })
  })

  test('behind a missing nonce is left to the rule about that', () => {
    expect(summarised({ nonce: 9, maxFeePerGas: 1n, state: 'queued' }).status).toBe('inconclusive')
  })
})

describe('an account with code of its own', () => {
  const contract = account({ code: { kind: 'contract', codeHash: hashOf(0xc0de) } })

  test('can have nothing mined, whatever it pays', () => {
    const two = { ...waiting({ maxFeePerGas: 500n * gwei }, { nonce: 8, hash: hashOf(8) }), account: contract }
    const outcome = judgeWith(stuckTransaction, two)
    expect(outcome).toMatchObject({
      findings: [
        {
          messageId: 'account-with-code',
          severity: 'high',
          confidence: 'certain',
          subject: { kind: 'account' },
          data: { codeHash: { value: hashOf(0xc0de) }, count: { value: 2 }, nonce: { value: 7 } },
          evidence: [
            { method: 'eth_getCode', value: `keccak256 ${hashOf(0xc0de)}` },
            { block: 'pending' },
            { block: 'pending' },
          ],
        },
      ],
    })
    const words = wordsOf(stuckTransaction, outcome, 'en')
    expect(words[0]).toContain('2 transactions of it wait, the first with nonce 7.')
    expect(words[1]).toBe('Raise no fees: they change nothing here.')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain('取引が2件、「ナンス」7 から待っています。')
  })

  test('that is a delegation (EIP-7702) may send', () => {
    expect(judged({}, { account: account({ code: delegated }) }).status).toBe('passed')
  })
})

describe('a transaction with EIP-7702 authorisations', () => {
  const stuck = { hasAuthorizations: true, gasLimit: 65_000n, maxFeePerGas: 10n * gwei, maxPriorityFeePerGas: gwei }

  test('is only cancelled', () => {
    const outcome = judged(stuck)
    expect(outcome).toMatchObject({
      findings: [{ messageId: 'with-authorizations', confidence: 'certain', remedy: [{ purpose: 'cancel' }] }],
    })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(1)
    const words = wordsOf(stuckTransaction, outcome, 'en')
    expect(words[0]).toContain(
      'carries EIP-7702 authorisations and pays at most 10 gwei, and the next block takes nothing below 20 gwei.',
    )
    expect(words[3]).toContain('Do not use Speed up')
    expect(words[3]).toContain('MetaMask takes no authorisations from outside')
    expect(words.join(' ')).not.toContain('choose Speed up')
    expect(words[4]).toContain('Choose Cancel and set the max base fee to 41.1 gwei')
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')
    expect(japanese[0]).toContain(
      'EIP-7702の委任の署名を含み、払えるのは最大 10 gwei ですが、次のブロックは 20 gwei 未満の取引を受け付けません。',
    )
    expect(japanese[3]).toContain('「高速化(スピードアップ)」は使わないでください')
    expect(japanese[4]).toContain('「キャンセル」を選び、「最大基本料金」を 41.1 gwei')
  })

  test.each([
    ['what the cancellation costs, to the wei', 21_000n * 41_100_000_000n, 'both', 0n],
    ['a wei less', 21_000n * 41_100_000_000n - 1n, 'none', 10n ** 12n],
  ])('wants no more than the cancellation costs: %s', (_, balance, funds, topUp) => {
    const outcome = judged(stuck, { account: account({ balance }) })
    expect(outcome).toMatchObject({
      findings: [{ data: { funds: { value: funds }, topUp: { value: String(topUp) } } }],
    })
    const [, , , , cancel] = wordsOf(stuckTransaction, outcome, 'en')
    expect(cancel?.includes('send 0.000001 ETH to this account first')).toBe(funds === 'none')
  })
})

describe('what the balance covers', () => {
  // 41 gwei, the new max fee, times the gas; the speed-up sends its value too.
  const cancelCost = 21_000n * 41n * gwei
  const speedUpCost = 65_000n * 41n * gwei + 5n
  const stuck = { value: 5n, gasLimit: 65_000n, maxFeePerGas: 10n * gwei, maxPriorityFeePerGas: gwei / 2n }

  test.each([
    ['both, to the wei', speedUpCost, 'both', 0n],
    ['a wei too little to speed up', speedUpCost - 1n, 'cancel', 10n ** 12n],
    ['the cancellation, to the wei', cancelCost, 'cancel', 1_804_000_000_000_000n + 10n ** 12n],
    ['a wei too little to cancel', cancelCost - 1n, 'none', 1_804_000_000_000_000n + 10n ** 12n],
  ])('%s', (_, balance, funds, topUp) => {
    expect(judged(stuck, { account: account({ balance }) })).toMatchObject({
      findings: [{ data: { funds: { value: funds }, topUp: { value: String(topUp) } } }],
    })
  })

  test('what other waiting transactions may cost is not free to spend', () => {
    const facts = waiting(stuck, { nonce: 8, value: 1n, gasLimit: 0n })
    const outcome = judgeWith(stuckTransaction, { ...facts, account: account({ balance: speedUpCost }) })
    expect(outcome).toMatchObject({ findings: [{ data: { funds: { value: 'cancel' } } }] })
  })

  test.each([
    ['alone, to the wei, behind a dear one', { nonce: 8, value: 10n ** 21n }, cancelCost, 'alone'],
    ['a wei less', { nonce: 8, value: 10n ** 21n }, cancelCost - 1n, 'none'],
    ['and all behind it, to the wei', { nonce: 8, value: 3n, gasLimit: 0n }, cancelCost + 3n, 'cancel'],
    ['and all behind it but a wei', { nonce: 8, value: 3n, gasLimit: 0n }, cancelCost + 2n, 'alone'],
    ['and the one before it, to the wei', { nonce: 6, value: 3n, gasLimit: 0n }, cancelCost + 3n, 'cancel'],
    ['and the one before it but a wei', { nonce: 6, value: 3n, gasLimit: 0n }, cancelCost + 2n, 'none'],
  ])('a cancellation is held against the balance by its own cost: %s', (_, other, balance, funds) => {
    const outcome = judgeWith(stuckTransaction, { ...waiting(stuck, other), account: account({ balance }) })
    expect(outcome).toMatchObject({ findings: [{ subject: { nonce: 7 }, data: { funds: { value: funds } } }] })
    const english = wordsOf(stuckTransaction, outcome, 'en')[4] ?? ''
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')[4] ?? ''
    const isNone = funds === 'none'
    const isFirst = funds === 'alone'
    expect([english.includes('does not cover that either'), japanese.includes('これにも残高が足りません')]).toEqual([
      isNone,
      isNone,
    ])
    expect([english.includes('The balance covers that.'), japanese.includes('これには残高が足ります。')]).toEqual([
      isFirst,
      isFirst,
    ])
  })

  test('what stands behind a missing nonce is', () => {
    const facts = waiting(stuck, { nonce: 9, value: 1n, gasLimit: 0n, state: 'queued' })
    const outcome = judgeWith(stuckTransaction, { ...facts, account: account({ balance: speedUpCost }) })
    expect(outcome).toMatchObject({ findings: [{ data: { funds: { value: 'both' } } }] })
  })

  test('the steps say how much is missing', () => {
    const words = (balance: bigint, locale: 'en' | 'ja', over = {}) =>
      wordsOf(stuckTransaction, judged(stuck, { account: account({ balance, ...over }) }), locale)
    expect(words(cancelCost, 'en')[3]).toContain('The balance does not cover that: send 0.001805 ETH to this account')
    expect(words(cancelCost, 'en')[4]).not.toContain('balance')
    expect(words(0n, 'en')[4]).toContain('The balance does not cover that either.')
    expect(words(cancelCost, 'ja')[3]).toContain('残高が足りません。先にこのアカウントへ 0.001805 ETH を送ります。')
    expect(words(0n, 'ja')[4]).toContain('これにも残高が足りません。')
    expect(words(0n, 'en', { code: delegated })[3]).toContain('make sure that you chose the delegate')
    expect(words(0n, 'en', { code: delegated })[3]).not.toContain('send 0')
    expect(words(0n, 'ja', { code: delegated })[3]).toContain('委任先を自分で選んだかどうかを確かめます')
  })
})

describe('the words', () => {
  test('name the transaction, both fees and each step', () => {
    const outcome = judgeWith(stuckTransaction, waiting({ maxFeePerGas: 10n * gwei }, { nonce: 8 }))
    expect(wordsOf(stuckTransaction, outcome, 'en')).toEqual([
      `The transaction ${hashOf(0xbeef)} with nonce 7 pays at most 10 gwei, and the next block takes nothing below 20 gwei. How fast the base fee of this chain changes could not be told from recent blocks. Another transaction waits behind it.`,
      'In MetaMask, open the pending transaction with nonce 7 and begin with it: no later nonce can be mined before it.',
      'If you neither sent it nor confirmed it for a site or a program, somebody else has the key of this account. Then do not speed it up and send no coins here: only cancel it, as said below, if the balance covers that.',
      'To carry it out, choose Speed up and set the max base fee to 41.1 gwei and the priority fee to 1.1 gwei.',
      'To give it up, choose Cancel and set the max base fee to 41.1 gwei and the priority fee to 1.1 gwei.',
      'If MetaMask does not show the transaction, send 0 to your own account with the custom nonce 7 and the same fees: that cancels it.',
      'Until one of them is confirmed, send nothing else from this account apart from what these findings tell you to send. Then run this check again.',
      'If you neither sent nor confirmed it, make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust, and move what is left to it. If others know the old phrase, none of its accounts is yours alone any more.',
    ])
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')
    expect(japanese[0]).toBe(
      `「ナンス」が 7 の取引 ${hashOf(0xbeef)} が払えるのは最大 10 gwei ですが、次のブロックは 20 gwei 未満の取引を受け付けません。このチェーンの基本料金が変わる速さは、最近のブロックからは分かりませんでした。この後ろで、ほかの取引が1件待っています。`,
    )
    expect(japanese[3]).toBe(
      '実行したい場合は、「高速化(スピードアップ)」を選び、「最大基本料金」を 41.1 gwei、「優先手数料」を 1.1 gwei に設定します。',
    )
  })

  test('name the tip that is left where that is too low', () => {
    const outcome = judged({ maxFeePerGas: 20n * gwei + 5n })
    expect(outcome).toMatchObject({ findings: [{ confidence: 'likely' }] })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain(
      'leaves a tip of 0.000000005 gwei for the block, below the 10th percentile of tips in recent blocks (0.1 gwei).',
    )
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(
      'で、最近のブロックのチップの10パーセンタイル(0.1 gwei)を下回っています。',
    )
  })

  test('name a gas price for a legacy transaction', () => {
    const legacy = { isLegacy: true, maxFeePerGas: 10n * gwei, maxPriorityFeePerGas: 10n * gwei }
    const outcome = judged(legacy)
    expect(wordsOf(stuckTransaction, outcome, 'en')[3]).toContain('set the gas price to 26 gwei.')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[3]).toContain('ガス価格を 26 gwei に設定します')
    const legacyChain = judged({ ...legacy, maxFeePerGas: 1n }, { fees: fees({ nextBaseFee: null, tips: null }) })
    expect(wordsOf(stuckTransaction, legacyChain, 'en')[0]).toContain('the endpoint proposes 21 gwei')
    expect(wordsOf(stuckTransaction, legacyChain, 'ja')[0]).toContain('接続先はいま送る取引に 21 gwei を提案')
  })
})

describe('unread facts', () => {
  test('a fee history that was not read: the least fees, said to be that', () => {
    const unread = { fees: fees({ nextBaseFee: null, tips: null, missing: [missing('fees')] }) }
    const outcome = judged({ maxFeePerGas: 10n * gwei }, unread)
    expect(outcome).toMatchObject({
      findings: [
        {
          confidence: 'possible',
          remedy: [
            { maxFeePerGas: String(21n * gwei), maxPriorityFeePerGas: '1100000000' },
            { maxFeePerGas: String(21n * gwei), maxPriorityFeePerGas: '1100000000' },
          ],
        },
      ],
      because: { kind: 'fact-incomplete', fact: 'fees' },
    })
    for (const step of [3, 4]) {
      expect(wordsOf(stuckTransaction, outcome, 'en')[step]).toContain('The fees of recent blocks could not be read')
      expect(wordsOf(stuckTransaction, outcome, 'ja')[step]).toContain('最近のブロックの手数料を読み取れなかった')
    }
  })

  test('an empty pool that the node lists completely passes', () => {
    expect(judgeWith(stuckTransaction, { mempool: mempool() }).status).toBe('passed')
  })

  test.each([
    [
      'a pool that the node does not share',
      { mempool: mempool({ missing: [missing('mempool')], listsQueued: false }) },
    ],
    ['unknown fees', { fees: fees({ nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] }) }],
    ['a pool that failed', { mempool: new Error('closed') }],
    ['fees that failed', { fees: new Error('closed') }],
  ])('%s is inconclusive', (_, facts) => {
    expect(judgeWith(stuckTransaction, { ...waiting({}), ...facts }).status).toBe('inconclusive')
  })

  test('a stuck one in a pool that is not shared completely is still found', () => {
    const { transactions } = waiting({ maxFeePerGas: gwei }).mempool
    expect(
      judgeWith(stuckTransaction, { mempool: mempool({ transactions, missing: [missing('mempool')] }) }),
    ).toMatchObject({ status: 'found', because: { kind: 'fact-incomplete', fact: 'mempool' } })
  })

  test('unread code of a delegate does not matter', () => {
    expect(judged({}, { account: account({ code: delegated, missing: [missing('delegate-code')] }) }).status).toBe(
      'passed',
    )
  })

  test('a contract of which nothing waits has no queue, whatever is not shown', () => {
    const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
    const hidden = mempool({ listsQueued: false, missing: [missing('mempool')] })
    expect(judgeWith(stuckTransaction, { account: contract }).status).toBe('not-applicable')
    expect(judgeWith(stuckTransaction, { account: contract, mempool: hidden }).status).toBe('not-applicable')
  })
})

test('the evidence names the source that showed it and the base fee', () => {
  const facts = { ...waiting({ maxFeePerGas: 1n, source: 'txpool_content' }), chain: chain() }
  expect(judgeWith(stuckTransaction, facts)).toMatchObject({
    findings: [
      {
        evidence: [
          { kind: 'read', method: 'txpool_content', block: 'pending', value: hashOf(0xbeef) },
          { kind: 'read', method: 'eth_feeHistory', block: '21000000', value: '20000000000' },
        ],
      },
    ],
  })
})

describe('how long it was seen waiting', () => {
  const { observedAt } = chain()
  const first = (secondsAgo: number) => ({ firstSeenAt: observedAt - secondsAgo })

  test.each([
    ['ten minutes', first(600), 'passed'],
    ['a second more', first(601), 'found'],
    ['not known', {}, 'passed'],
    ['first seen after the head was read', first(-5), 'passed'],
  ])('fees that suffice, and %s', (_, pending, status) => {
    expect(judged(pending).status).toBe(status)
  })

  test('says for how long, and that it is only possible', () => {
    const outcome = judged(first(3600))
    expect(outcome).toMatchObject({
      findings: [{ messageId: 'long-wait', confidence: 'possible', data: { waited: { value: 3600 } } }],
    })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain('has waited for 60 minutes at least')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain('少なくとも60分待っています')
  })

  test.each([
    [
      'authorisations',
      { hasAuthorizations: true },
      'with-authorizations',
      'carries EIP-7702 authorisations and',
      '委任の署名を含み、',
    ],
    ['blobs', { maxFeePerBlobGas: gwei }, 'with-blobs', 'carries blobs and', 'ブロブを含み、'],
  ])('of one with %s is said as a wait, not as a fee', (_, over, messageId, english, japanese) => {
    const outcome = judged({ ...first(3600), ...over }, { fees: fees({ blobBaseFee: 1n }) })
    expect(outcome).toMatchObject({ findings: [{ messageId, confidence: 'possible' }] })
    const words = wordsOf(stuckTransaction, outcome, 'en')[0] ?? ''
    expect(words).toContain(
      `${english} has waited for 60 minutes at least, although it pays up to 40 gwei and the next block asks 20 gwei.`,
    )
    expect(words.match(/60 minutes/g)).toHaveLength(1)
    expect(words).not.toContain('or more')
    const waits = `${japanese}最大 40 gwei を払えて、次のブロックが求めるのは 20 gwei ですが、少なくとも60分待っています。`
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(waits)
  })

  test.each([
    ['authorisations', { hasAuthorizations: true }],
    ['blobs', { maxFeePerBlobGas: gwei }],
  ])('a low tip of one with %s is called a tip', (_, over) => {
    const outcome = judged({ ...over, maxPriorityFeePerGas: gwei / 20n }, { fees: fees({ blobBaseFee: 1n }) })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain(
      'leaves a tip of 0.05 gwei for the block, below the 10th percentile of tips in recent blocks (0.1 gwei).',
    )
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(
      'ブロックに残すチップは 0.05 gwei で、最近のブロックのチップの10パーセンタイル(0.1 gwei)を下回っています。',
    )
  })

  const priced = { nextBaseFee: null, tips: null, blobBaseFee: 1n }
  const kinds = [
    ['nothing of its own', {}],
    ['authorisations', { hasAuthorizations: true }],
    ['blobs', { maxFeePerBlobGas: gwei }],
  ] as const

  test.each(kinds)('of one with %s is held against the price of the endpoint where no base fee is known', (_, over) => {
    const facts = { fees: fees({ ...priced, gasPrice: 45n * gwei }) }
    const outcome = judged({ ...first(3600), ...over }, facts)
    expect(outcome).toMatchObject({
      findings: [{ data: { asked: { value: String(45n * gwei) } }, evidence: [{}, { method: 'eth_gasPrice' }] }],
    })
    const english = wordsOf(stuckTransaction, outcome, 'en')[0]
    expect(english).toContain(
      'has waited for 60 minutes at least. It pays up to 40 gwei, and the endpoint proposes 45 gwei. Those who',
    )
    expect(english).not.toContain('the next block asks')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(
      '少なくとも60分待っています。払えるのは最大 40 gwei で、接続先は 45 gwei を提案しています。',
    )
  })

  test.each(kinds)('of one with %s names no price where none is known', (_, over) => {
    const unread = fees({ ...priced, gasPrice: null, missing: [missing('fees')] })
    const outcome = judged({ ...first(3600), ...over }, { fees: unread })
    expect(outcome.status === 'found' && outcome.findings[0].data).not.toHaveProperty('asked')
    expect(outcome.status === 'found' && outcome.findings[0].evidence).toHaveLength(1)
    const english = wordsOf(stuckTransaction, outcome, 'en')[0]
    expect(english).toContain('has waited for 60 minutes at least. Those who make blocks may not have received it')
    expect(english).not.toContain(' 0 gwei')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain('少なくとも60分待っています。ブロックの作り手に')
  })

  test.each([
    ['authorisations', { hasAuthorizations: true }],
    ['blobs', { maxFeePerBlobGas: gwei }],
  ])('a low price of one with %s is that of the next block, or of the endpoint, and named so', (_, over) => {
    const low = { maxFeePerGas: gwei, ...over }
    const below = judged(low, { fees: fees({ blobBaseFee: 1n }) })
    expect(wordsOf(stuckTransaction, below, 'en')[0]).toContain(
      'pays at most 1 gwei, and the next block takes nothing below 20 gwei.',
    )
    expect(wordsOf(stuckTransaction, below, 'ja')[0]).toContain(
      '払えるのは最大 1 gwei ですが、次のブロックは 20 gwei 未満の取引を受け付けません。',
    )
    const proposed = judged(low, { fees: fees(priced) })
    expect(wordsOf(stuckTransaction, proposed, 'en')[0]).toContain(
      'pays at most 1 gwei, and the endpoint proposes 21 gwei for a transaction sent now.',
    )
    expect(wordsOf(stuckTransaction, proposed, 'ja')[0]).toContain(
      '払えるのは最大 1 gwei ですが、接続先はいま送る取引に 21 gwei を提案しています。',
    )
  })

  test('fees that are too low come first, with the wait', () => {
    const outcome = judged({ ...first(3600), maxFeePerGas: gwei })
    expect(outcome).toMatchObject({ findings: [{ messageId: 'below-base-fee', confidence: 'certain' }] })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain('It has waited for 60 minutes at least.')
  })

  test('a transaction that is seen for the first time says nothing of a wait', () => {
    const outcome = judged({ ...first(0), maxFeePerGas: gwei })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).not.toContain('waited')
  })

  test('the seconds are an option', () => {
    expect(judgeWith(stuckTransaction, waiting(first(61)), { longestWaitSeconds: 60 }).status).toBe('found')
  })
})

describe('what the base fee of the next blocks can be', () => {
  const pace = { denominator: 8, elasticity: 2, fullness: 0.5 }
  const words = (maxFeePerGas: bigint, over: object) =>
    wordsOf(stuckTransaction, judged({ maxFeePerGas }, { fees: fees(over) }), 'en')[0]

  test('with the constants of the chain', () => {
    // 20 gwei after five empty blocks: 20 × (7/8)^5; after five full ones: 20 × (9/8)^5.
    const outcome = judged({ maxFeePerGas: 15n * gwei }, { fees: fees({ pace }) })
    expect(outcome).toMatchObject({
      findings: [
        {
          data: {
            ahead: { value: 5 },
            lowestBaseFee: { value: '10258178712' },
            expectedBaseFee: { value: String(20n * gwei) },
            highestBaseFee: { value: '36040649413' },
            // 20 × 7/8 = 17.5; 15.3; 13.4
            fewestBlocks: { value: 3 },
          },
        },
      ],
    })
    expect(words(15n * gwei, { pace })).toContain('waits for 3 blocks at the least')
  })

  test('where no empty blocks would do', () => {
    expect(words(1n, { pace })).toContain('would not fall that far')
  })

  test.each([[{ pace: null }], [{}]])('without them it says so: %j', (over) => {
    expect(words(15n * gwei, over)).toContain('could not be told from recent blocks')
  })

  test('a tip that is too low needs no forecast', () => {
    expect(words(20n * gwei, { pace })).not.toContain('base fee falls')
  })
})

describe('a transaction that would fail if it were mined now', () => {
  const low = { maxFeePerGas: gwei }
  const words = (simulation: object | null, locale: 'en' | 'ja' = 'en') =>
    wordsOf(stuckTransaction, judged({ ...low, ...simulation }), locale)[0]

  test('with the words of the contract', () => {
    const simulation = { status: 'reverts', block: '21000000', reason: 'too late' } as const
    expect(words({ simulation })).toContain('it would fail (“too late”) and cost a fee all the same: rather cancel it')
    expect(words({ simulation }, 'ja')).toContain('いまは失敗し(「too late」)')
  })

  test('without words', () => {
    expect(words({ simulation: { status: 'reverts', block: '21000000' } })).toContain('it would fail and cost a fee')
  })

  test.each([
    ['would succeed', { simulation: { status: 'succeeds', block: '21000000', isConfirmed: false } }],
    ['was not tried', null],
  ])('one that %s says nothing', (_, simulation) => {
    expect(words(simulation)).not.toContain('Tried now')
  })

  const reverts = { simulation: { status: 'reverts', block: '21000000' } } as const
  const priced = { fees: fees({ nextBaseFee: null, tips: null, gasPrice: 100n * gwei }) }
  test.each([
    ['a max fee below the base fee', low, {}, 'below-base-fee'],
    ['a low tip', { maxPriorityFeePerGas: 1n }, {}, 'low-tip'],
    ['a price below that of the node', low, priced, 'below-node-price'],
  ])('and waits for %s is never hurried, only cancelled', (_, pending, over, messageId) => {
    const outcome = judged({ ...pending, ...reverts }, over)
    expect(outcome).toMatchObject({ findings: [{ messageId, severity: 'high', remedy: [{ purpose: 'cancel' }] }] })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(1)
    const english = wordsOf(stuckTransaction, outcome, 'en')
    expect(english.join(' ')).not.toContain('choose Speed up')
    expect(english[3]).toMatch(/^Do not use Speed up now\./)
    expect(english[4]).toMatch(/^To give it up, choose Cancel and set the max base fee to/)
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')
    expect(japanese.join(' ')).not.toContain('「高速化(スピードアップ)」を選び')
    expect(japanese[3]).toContain('「高速化(スピードアップ)」はまだ使わないでください。')
    expect(judged({ ...pending }, over)).toMatchObject({
      findings: [{ remedy: [{ purpose: 'speed-up' }, { purpose: 'cancel' }] }],
    })
  })

  // 41 gwei, the new max fee, times the gas of a transfer; one behind it may cost 3 wei.
  const cancelCost = 21_000n * 41n * gwei
  test.each([
    ['the cancellation and what waits behind it, to the wei', cancelCost + 3n, 'both', ''],
    ['a wei less', cancelCost + 2n, 'alone', 'The balance covers that. A node that counts the transactions behind it'],
    ['the cancellation, to the wei', cancelCost, 'alone', 'The balance covers that. A node that counts'],
    ['a wei too little to cancel', cancelCost - 1n, 'none', 'send 0.000001 ETH to this account first'],
  ])('wants no more than the cancellation costs: %s', (_, balance, funds, said) => {
    const stuck = { maxFeePerGas: 10n * gwei, maxPriorityFeePerGas: gwei / 2n, value: 10n ** 18n, ...reverts }
    const facts = waiting(stuck, { nonce: 8, value: 3n, gasLimit: 0n })
    const outcome = judgeWith(stuckTransaction, { ...facts, account: account({ balance }) })
    const topUp = funds === 'none' ? 10n ** 12n : 0n
    expect(outcome).toMatchObject({
      findings: [{ data: { funds: { value: funds }, topUp: { value: String(topUp) } } }],
    })
    const [, , , carryOn, cancel] = wordsOf(stuckTransaction, outcome, 'en')
    expect(carryOn).not.toContain('balance')
    expect(cancel).toContain(said)
    expect(cancel?.includes('balance')).toBe(funds !== 'both')
  })

  test.each([
    ['a max fee below the base fee', { maxFeePerGas: gwei, maxFeePerBlobGas: gwei }, 'with-blobs'],
    ['a low tip', { maxPriorityFeePerGas: 1n, maxFeePerBlobGas: gwei }, 'with-blobs'],
    ['a low blob fee', { maxFeePerGas: 60n * gwei, maxFeePerBlobGas: 1n }, 'low-blob-fee'],
  ])('with blobs and %s is only cancelled, and says so', (_, pending, messageId) => {
    const hashes = { blobVersionedHashes: [`0x01${'ab'.repeat(31)}`] } as const
    const market = { fees: fees({ blobBaseFee: 5n }) }
    const outcome = judged({ ...pending, ...hashes, ...reverts }, market)
    expect(outcome).toMatchObject({ findings: [{ messageId, severity: 'high', remedy: [{ purpose: 'cancel' }] }] })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(1)
    const english = wordsOf(stuckTransaction, outcome, 'en')
    expect(english[0]).toContain(
      'Tried now without sending it, it would fail and cost a fee all the same: rather cancel',
    )
    expect(english[3]).toMatch(/^Find out there what it lacks/)
    expect(english[4]).toContain('and one blob, with a max fee of ')
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')
    expect(japanese[0]).toContain('送らずに試すと、いまは失敗し、手数料だけがかかります。')
    expect(japanese[3]).toMatch(/^何が足りないかをそのプログラムで調べます。/)
    expect(judged({ ...pending, ...hashes }, market)).toMatchObject({
      findings: [{ remedy: [{ purpose: 'speed-up' }, { purpose: 'cancel' }] }],
    })
  })
})

describe('a transaction that pays enough and would fail if it were mined now', () => {
  const reverts = { simulation: { status: 'reverts', block: '21000000', reason: 'too late' } } as const

  test('is a finding of its own, with the reason and the block, and only cancelled', () => {
    const outcome = judged(reverts)
    expect(outcome).toMatchObject({
      findings: [
        {
          messageId: 'reverts-now',
          severity: 'medium',
          confidence: 'likely',
          subject: { kind: 'nonce', nonce: 7 },
          data: {
            reason: { type: 'untrusted-text', value: 'too late' },
            triedAt: { type: 'block', value: '21000000' },
          },
          evidence: [
            { method: 'txpool_contentFrom', block: 'pending' },
            { method: 'eth_feeHistory' },
            { method: 'eth_call', block: '21000000', value: 'reverts: too late' },
          ],
          remedy: [{ purpose: 'cancel', nonce: 7, maxFeePerGas: '44000000000', maxPriorityFeePerGas: '1100000000' }],
        },
      ],
    })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toHaveLength(1)
    const english = wordsOf(stuckTransaction, outcome, 'en')
    expect(english[0]).toContain(
      `Run at block 21000000 without sending it, the transaction ${hashOf(0xbeef)} with nonce 7 failed (“too late”).`,
    )
    expect(english[4]).toContain('choose Cancel and set the max base fee to 44 gwei and the priority fee to 1.1 gwei.')
    expect(english[3]).toMatch(/^Carry on with it only if you know what it lacks/)
    expect(english.join(' ')).not.toContain('choose Speed up')
    const japanese = wordsOf(stuckTransaction, outcome, 'ja')
    expect(japanese[0]).toContain('をブロック 21000000 で送らずに試すと、失敗しました(「too late」)。')
    expect(japanese[4]).toContain(
      '「キャンセル」を選んで、「最大基本料金」を 44 gwei、「優先手数料」を 1.1 gwei に設定します。',
    )
  })

  test('without a reason says so by leaving it out', () => {
    const outcome = judged({ simulation: { status: 'reverts', block: '5' } })
    expect(outcome).toMatchObject({
      findings: [{ messageId: 'reverts-now', evidence: [{}, {}, { value: 'reverts' }] }],
    })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain('with nonce 7 failed. What')
  })

  const missed = { missing: [missing('fees')] }
  test.each([
    ['was compared whole', {}, ' It pays enough.', '手数料は足りています。'],
    [
      'was compared without tips',
      { tips: null },
      ' Its max fee suffices; its tip was not compared.',
      '最大の手数料は足りていますが、チップは比べていません。',
    ],
    [
      'was held against the price of the endpoint',
      { nextBaseFee: null, tips: null, ...missed },
      ' Its fees were not compared with those of recent blocks.',
      '手数料は、最近のブロックのものと比べていません。',
    ],
    [
      'was held against nothing',
      { nextBaseFee: null, tips: null, gasPrice: null, ...missed },
      ' Its fees were not compared with those of recent blocks.',
      '手数料は、最近のブロックのものと比べていません。',
    ],
  ])('says that it pays enough only where that is known: it %s', (_, over, english, japanese) => {
    const outcome = judged({ ...reverts, maxPriorityFeePerGas: gwei }, { fees: fees(over) })
    expect(outcome).toMatchObject({ findings: [{ messageId: 'reverts-now' }] })
    const said = wordsOf(stuckTransaction, outcome, 'en')[0]
    expect(said).toContain(`What it lacks may still come before it is mined.${english}`)
    expect(said?.includes('pays enough')).toBe(english.includes('pays enough'))
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain(`そろうこともあります。${japanese}`)
  })

  test('with blobs is told to the program that sent it', () => {
    const outcome = judged({ ...reverts, maxFeePerBlobGas: gwei }, { fees: fees({ blobBaseFee: 1n }) })
    expect(outcome).toMatchObject({ findings: [{ messageId: 'blobs-revert-now', severity: 'medium' }] })
    expect(wordsOf(stuckTransaction, outcome, 'en')[0]).toContain('carries blobs. Run at block 21000000')
    expect(wordsOf(stuckTransaction, outcome, 'ja')[0]).toContain('ブロブを含みます。ブロック 21000000 で')
  })

  test('comes after fees that are too low, and before a long wait', () => {
    const { observedAt } = chain()
    const finds = (over: Pending) => {
      const outcome = judged({ ...reverts, ...over })
      return outcome.status === 'found' && outcome.findings[0].messageId
    }
    expect(finds({ maxFeePerGas: 20n * gwei - 1n })).toBe('below-base-fee')
    expect(finds({ maxPriorityFeePerGas: 1n })).toBe('low-tip')
    expect(finds({ firstSeenAt: observedAt - 3600 })).toBe('reverts-now')
  })

  test.each([
    ['what the cancellation costs, to the wei', 21_000n * 44n * gwei, 'both', 0n],
    ['a wei less', 21_000n * 44n * gwei - 1n, 'none', 10n ** 12n],
  ])('wants no more than the cancellation costs: %s', (_, balance, funds, topUp) => {
    const outcome = judged({ ...reverts, value: 10n ** 18n, gasLimit: 500_000n }, { account: account({ balance }) })
    expect(outcome).toMatchObject({
      findings: [{ data: { funds: { value: funds }, topUp: { value: String(topUp) } } }],
    })
    const cancel = wordsOf(stuckTransaction, outcome, 'en')[4]
    expect(cancel?.includes('send 0.000001 ETH to this account first')).toBe(funds === 'none')
  })

  test('is not known where the node could not run it', () => {
    const { error } = missing('mempool')
    const unknown = { simulation: { status: 'unknown', block: '21000000', error } } as const
    expect(judged(unknown)).toMatchObject({
      status: 'inconclusive',
      because: { missing: [{ fact: 'mempool', about: 'pending-details', error }] },
    })
    const low = judged({ ...unknown, maxFeePerGas: 1n })
    expect([low.status, 'because' in low]).toEqual(['found', false])
  })

  test('is not told of one that was not run, or would succeed', () => {
    expect(judged({}).status).toBe('passed')
    const succeeds = { simulation: { status: 'succeeds', block: '5', isConfirmed: false } } as const
    expect(judged(succeeds).status).toBe('passed')
  })
})

describe('a transaction that somebody else may have sent', () => {
  const { observedAt } = chain()
  test.each([
    ['below the base fee', { maxFeePerGas: 1n }],
    ['with a low tip', { maxPriorityFeePerGas: 1n }],
    ['waiting for long', { firstSeenAt: observedAt - 3600 }],
    ['with authorisations', { maxFeePerGas: 1n, hasAuthorizations: true }],
    ['failing now', { simulation: { status: 'reverts', block: '5' } as const }],
    ['with blobs', { maxFeePerGas: 1n, maxFeePerBlobGas: 1n }],
    ['with blobs and a low blob fee', { maxFeePerGas: 60n * gwei, maxFeePerBlobGas: 1n }],
    ['with blobs, failing now', { maxFeePerBlobGas: 9n, simulation: { status: 'reverts', block: '5' } as const }],
  ])('%s: who has the key comes before anything is sent, a new account last', (_, pending) => {
    const outcome = judged(pending, { fees: fees({ blobBaseFee: 5n }) })
    expectWarned(wordsOf(stuckTransaction, outcome, 'en'), wordsOf(stuckTransaction, outcome, 'ja'))
  })

  test('of which a summary is shown: the same', () => {
    const shown = mempool({ summaries: [pendingSummary({ maxFeePerGas: 1n })] })
    const outcome = judgeWith(stuckTransaction, { mempool: shown })
    expectWarned(wordsOf(stuckTransaction, outcome, 'en'), wordsOf(stuckTransaction, outcome, 'ja'))
  })

  function expectWarned(english: readonly string[], japanese: readonly string[]) {
    expect(english[2]).toContain(
      'somebody else has the key of this account. Then do not speed it up and send no coins here',
    )
    expect(english.at(-1)).toContain('make a new account with a new Secret Recovery Phrase')
    expect(english.at(-2)).toContain('apart from what these findings tell you to send')
    expect(japanese[2]).toContain('ほかの人がこのアカウントの鍵を持っています。')
    expect(japanese.at(-1)).toContain('新しい「シークレットリカバリーフレーズ」を使って新しいアカウントを作り')
    expect(japanese.at(-2)).toContain('これらの検出結果の手順で送るものを除き')
  }
})
