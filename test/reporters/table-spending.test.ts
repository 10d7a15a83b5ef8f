import { expect, test } from 'vitest'
import { reporters } from '../../src/reporters/index.ts'
import { activity, at, chain, missing, ownTransaction } from '../../src/testing.ts'
import { reportOf } from './sample-reports.ts'

const gwei = 10n ** 9n
const noon = Date.UTC(2026, 4, 20, 12) / 1000
type Over = Parameters<typeof ownTransaction>[0]

function print(transactions: readonly Over[], over: object = {}, locale: 'en' | 'ja' = 'en'): string {
  const own = transactions.map((each) => ownTransaction({ timestamp: noon, ...each }))
  const report = reportOf({ activity: { ...activity(own), ...over }, chain: chain() }, { locale })
  const text = reporters.table(report, { locale, useColor: false, width: 110 })
  return locale === 'en' ? text.replaceAll(/\s+/g, ' ') : text.replaceAll(/\s+/g, '')
}

// 21000 gas at 21 gwei.
const fee = '0.000441 ETH'

test('without own transactions nothing is said of fees', () => {
  expect(print([])).not.toContain('Network fees')
})

test('one plain transfer', () => {
  const text = print([{ to: at(1) }], { since: 0 })
  expect(text).toContain(`Network fees ---`)
  expect(text).toContain(
    `- The account paid ${fee} for 1 transaction. - They used 100% of the gas that they were allowed (21000); only what is used is charged. - 0 of 1 transaction whose block fees are known paid more`,
  )
  expect(text).toContain(`- To ${at(1)}: ${fee} for 1 transaction (plain transfers). `)
  expect(text).not.toMatch(/failed\.|parent chain|operator of|blobs|costliest day|JSON report lists/)
})

test('two prices that read the same are not compared', () => {
  const { blockFees } = ownTransaction()
  if (blockFees === null) throw new Error('no fees of the block')
  const own = { gasUsed: 21_000n, effectiveGasPrice: blockFees.baseFee + blockFees.tip.p50 }
  expect(print([own])).not.toContain('middle tip')
  expect(print([{ ...own, effectiveGasPrice: own.effectiveGasPrice + 1n }])).not.toContain('middle tip')
  // One more of what is shown.
  expect(print([{ ...own, effectiveGasPrice: own.effectiveGasPrice + gwei }])).toContain('middle tip')
})

test('everything there is to say, in both languages', () => {
  const all: readonly Over[] = [
    { to: at(1), selector: '0xa9059cbb', succeeded: false, gasUsed: 100_000n },
    { to: at(1), selector: '0x095ea7b3', gasUsed: 10_500n, effectiveGasPrice: 42n * gwei },
    { to: at(1), selector: '0x', timestamp: noon + 86_400, dataFee: gwei, operatorFee: 2n * gwei, blobFee: 3n * gwei },
    { to: null, selector: '0x60806040', blockFees: null, gasUsed: 30_000n },
    { to: at(2), selector: '0x' },
    { to: at(3), selector: '0x' },
  ]
  const since = { since: Date.UTC(2026, 3, 1) / 1000 }
  const en = print(all, since)
  const ja = print(all, since, 'ja')
  for (const words of [
    'for 6 transactions since 2026-04-01 00:00 UTC.',
    'Of it, 0.0021 ETH went to 1 transaction that failed.',
    'Of it, 0.000000001 ETH went to the parent chain for data.',
    'Of it, 0.000000002 ETH went to the operator of the chain.',
    'Of it, 0.000000003 ETH went to blobs.',
    '1 of 5 transactions whose block fees are known paid more for gas than nine in ten in the same block, and 1 left more than its median tip.',
    'At the middle tip of their blocks, 5 transactions would have cost',
    'The costliest day was 2026-05-20 (UTC):',
    `To ${at(1)}: 0.002982 ETH for 3 transactions (mostly method 0xa9059cbb).`,
    'New contracts: 0.00063 ETH for 1 transaction.',
    'The JSON report lists another address, and each day and method.',
  ]) {
    expect(en).toContain(words)
  }
  for (const words of [
    '2026-04-0100:00UTC以降の取引6件の手数料は、合計',
    'このうち0.0021ETHは、失敗した取引1件のものです。',
    'このうち0.000000001ETHは、親チェーンへのデータの手数料です。',
    'このうち0.000000002ETHは、チェーンの運営者の取り分です。',
    'このうち0.000000003ETHは、ブロブの手数料です。',
    'ブロックの手数料が分かる5件のうち、ガス価格が同じブロックの90パーセンタイルを超えたものは1件、チップがブロックの中央値を超えたものは1件です。',
    '5件の取引の手数料は',
    '最も多く払ったのは2026-05-20(UTC)で、5件に',
    `${at(1)}への取引3件に0.002982ETH(主にメソッド0xa9059cbb)。`,
    'コントラクトの作成1件に0.00063ETH。',
    'ほかの1件のアドレスと、日ごと、メソッドごとの内訳は、JSON形式のレポートにあります。',
  ]) {
    expect(ja).toContain(words)
  }
})

test.each([
  ['a half', { gasUsed: 10_500n }, 'They used 50% of', '使われたのは50%です'],
  ['rounded down', { gasUsed: 10_499n }, 'They used 49% of', '使われたのは49%です'],
  ['of no limit', { gasUsed: 0n, gasLimit: 0n }, 'They used 0% of', '使われたのは0%です'],
])('how much of the allowed gas was used: %s', (_, over, en, ja) => {
  expect(print([over])).toContain(en)
  expect(print([over], {}, 'ja')).toContain(ja)
})

test.each([
  ['the newest', { since: null }, 'for 1 transaction (the newest).', '新しいものから取引1件の手数料は'],
  [
    'a part',
    { missing: [missing('activity')] },
    'for 1 transaction (those that could be read).',
    '読み取れた取引1件の手数料は',
  ],
])('what is not all is told as such: %s', (_, over, en, ja) => {
  expect(print([{}], over)).toContain(en)
  expect(print([{}], over, 'ja')).toContain(ja)
})
