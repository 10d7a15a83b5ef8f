import { describe, expect, test } from 'vitest'
import unaffordableQueue from '../../rules/unaffordable-queue/index.ts'
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

// 21,000 gas at 40 gwei is 0.00084 ETH: the queue may cost 0.10084 + 0.20084 ETH.
const first = pendingTransaction({ nonce: 7, value: 10n ** 17n, hash: hashOf(7) })
const second = pendingTransaction({ nonce: 8, value: 2n * 10n ** 17n, hash: hashOf(8) })
const firstCost = 100_840_000_000_000_000n
const total = 301_680_000_000_000_000n
const queue = { mempool: mempool({ transactions: [first, second] }) }
const withBalance = (balance: bigint, over = {}) =>
  judgeWith(unaffordableQueue, { ...queue, account: account({ balance }), ...over })

test.each([
  ['exactly what the queue may cost', total, null, 0n],
  ['a wei less', total - 1n, 8, 1n],
  ['exactly what the first may cost', firstCost, 8, total - firstCost],
  ['not even that', firstCost - 1n, 7, total - firstCost + 1n],
])('%s', (_, balance, nonce, short) => {
  const outcome = withBalance(balance)
  if (nonce === null) expect(outcome.status).toBe('passed')
  else {
    expect(outcome).toMatchObject({
      findings: [
        {
          severity: 'high',
          messageId: 'short',
          subject: { kind: 'nonce', nonce },
          data: { missing: { value: String(short) }, cost: { value: String(total) } },
          remedy: [{ to: owner, data: '0x', value: '0', nonce, purpose: 'cancel' }],
        },
      ],
    })
  }
})

test.each([
  ['exactly what both may cost', total, 'inconclusive'],
  ['a wei less', total - 1n, 'found'],
])('one of which a summary is shown counts as any other: %s', (_, balance, status) => {
  const summary = pendingSummary({ nonce: 8, value: second.value })
  const both = mempool({ transactions: [first], summaries: [summary], missing: [missing('pending-details')] })
  const outcome = withBalance(balance, { mempool: both })
  expect(outcome.status).toBe(status)
  if (outcome.status !== 'found') return
  expect(outcome.findings).toMatchObject([{ subject: { nonce: 8 }, data: { load: { value: 'summary' } } }])
  expect(outcome.findings[0].remedy).toBeUndefined()
  expect(wordsOf(unaffordableQueue, outcome, 'en')[3]).toContain('or a tenth above its own, whichever is more.')
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[3]).toContain('元の値の1割増しの、どちらか高いほうに設定します。')
})

// Nonces 8 and 9 are missing; to fill one costs 21,000 gas at 41 gwei.
const fill = 21_000n * 41n * 10n ** 9n
const behindTwo = { mempool: mempool({ transactions: [first, { ...second, nonce: 10, state: 'queued' }] }) }

test.each([
  ['with two fillings, to the wei', total + 2n * fill, null, 0n],
  ['a wei less', total + 2n * fill - 1n, 10, 1n],
  ['without the fillings', total, 10, 2n * fill],
  ['the first only', firstCost - 1n, 7, total + 2n * fill - firstCost + 1n],
])('missing nonces are filled first, and that is counted: %s', (_, balance, nonce, short) => {
  const outcome = withBalance(balance, behindTwo)
  if (nonce === null) expect(outcome.status).toBe('passed')
  else {
    expect(outcome).toMatchObject({
      findings: [
        {
          subject: { nonce },
          data: {
            missing: { value: String(short) },
            cost: { value: String(total + 2n * fill) },
            fillings: { value: 2 },
            fillingCost: { value: String(2n * fill) },
          },
        },
      ],
    })
  }
})

test.each([
  ['to the wei', firstCost + 2n * fill + 21_000n * 44n * 10n ** 9n, 'covered'],
  ['but a wei', firstCost + 2n * fill + 21_000n * 44n * 10n ** 9n - 1n, 'short'],
])('a cancellation behind missing nonces comes after they are filled: %s', (_, balance, cancellation) => {
  expect(withBalance(balance, behindTwo)).toMatchObject({
    findings: [{ subject: { nonce: 10 }, data: { cancellation: { value: cancellation } } }],
  })
})

test('the words say that the fillings are in the sum', () => {
  const outcome = withBalance(total, behindTwo)
  const [english, , send] = wordsOf(unaffordableQueue, outcome, 'en')
  expect(english).toBe(
    'The 2 transactions that wait may cost up to 0.303402 ETH, with the 0.001722 ETH that it costs to fill the 2 missing nonces before the last of them, and the account holds 0.30168 ETH: from nonce 10 on it is not enough.',
  )
  expect(send).toContain('0.001722 ETH')
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[0]).toBe(
    '待っている2件の取引には、欠けている2件の「ナンス」を埋める費用 0.001722 ETH を含めて、最大で 0.303402 ETH かかります。残高は 0.30168 ETH なので、「ナンス」が 10 の取引から足りなくなります。',
  )
})

test('where the fees are not known, it says that the fillings come on top', () => {
  const unknown = fees({ nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] })
  const outcome = withBalance(total - 1n, { ...behindTwo, fees: unknown })
  expect(outcome).toMatchObject({ findings: [{ data: { cost: { value: String(total) } } }] })
  expect(wordsOf(unaffordableQueue, outcome, 'en')[0]).toContain('To fill the 2 missing nonces costs more on top')
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[0]).toContain(
    '欠けている2件の「ナンス」を埋める費用が、これに加えてかかります。',
  )
})

test('one that the node counts and does not show is not missing, and not filled', () => {
  expect(withBalance(total, { ...behindTwo, nonces: nonces({ pending: 10 }) }).status).toBe('passed')
})

test('blobs cost what they may cost at most', () => {
  const blobs = { ...first, maxFeePerBlobGas: 3n, blobGas: 131_072n }
  const cost = firstCost + 3n * 131_072n
  const judged = (balance: bigint) => withBalance(balance, { mempool: mempool({ transactions: [blobs] }) }).status
  expect([judged(cost), judged(cost - 1n)]).toEqual(['passed', 'found'])
})

test('transactions behind a missing nonce count too', () => {
  const gapped = mempool({ transactions: [first, { ...second, nonce: 9, state: 'queued' }] })
  expect(withBalance(firstCost, { mempool: gapped })).toMatchObject({ findings: [{ subject: { nonce: 9 } }] })
})

test('the cancellation is one that nodes take in place of the transaction', () => {
  expect(withBalance(firstCost)).toMatchObject({
    findings: [{ remedy: [{ gasLimit: '21000', maxFeePerGas: '44000000000', maxPriorityFeePerGas: '1100000000' }] }],
  })
})

// The cancellation pays 44 gwei.
const cancelCost = 21_000n * 44n * 10n ** 9n
test.each([
  ['the first transaction and the cancellation of the second, to the wei', firstCost + cancelCost, 8, false],
  ['a wei less', firstCost + cancelCost - 1n, 8, true],
  ['the cancellation of the first, to the wei', cancelCost, 7, false],
  ['a wei less than that', cancelCost - 1n, 7, true],
])('a balance that covers %s', (_, balance, nonce, isShort) => {
  const outcome = withBalance(balance)
  expect(outcome).toMatchObject({ findings: [{ subject: { nonce } }] })
  expect(wordsOf(unaffordableQueue, outcome, 'en')[3]?.endsWith('The balance does not cover that either.')).toBe(
    isShort,
  )
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[3]?.endsWith('これにも残高が足りません。')).toBe(isShort)
})

// Three that wait: once the second is given up, 0.10084 + 0.40084 ETH and the cancellation remain.
const third = pendingTransaction({ nonce: 9, value: 4n * 10n ** 17n, hash: hashOf(9) })
const ofThree = mempool({ transactions: [first, second, third] })
const remaining = firstCost + 400_840_000_000_000_000n + cancelCost
test.each([
  ['covers what remains after it, to the wei', remaining, 'covered', '0'],
  ['lacks a wei of it, shown as the least that can be sent', remaining - 1n, 'short', '1000000000000'],
  ['covers the first and the cancellation only', firstCost + cancelCost, 'short', '400840000000000000'],
  ['does not even cover the cancellation', firstCost + cancelCost - 1n, 'unknown', null],
])('after one is given up, a balance that %s', (_, balance, rest, missingThen) => {
  // With one more that costs as much as the balance may be, the second is where it ends.
  const dear = { ...second, value: 5n * 10n ** 17n }
  const outcome = withBalance(balance, { mempool: mempool({ transactions: [first, dear, third] }) })
  expect(outcome).toMatchObject({ findings: [{ subject: { nonce: 8 }, data: { rest: { value: rest } } }] })
  if (missingThen !== null)
    expect(outcome).toMatchObject({ findings: [{ data: { restMissing: { value: missingThen } } }] })
})

test('what remains short after one is given up is told with its amount, and to run the check again', () => {
  const outcome = withBalance(firstCost + cancelCost, { mempool: ofThree })
  expect(wordsOf(unaffordableQueue, outcome, 'en')[3]).toMatch(
    /The rest may even then take 0\.40084 ETH more than the account holds: when it is cancelled, run this check again, and follow it anew\.$/,
  )
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[3]).toMatch(
    /取りやめても、残りの取引には最大で 0\.40084 ETH 足りない可能性があります。取りやめが確認されたら、もう一度このチェックを実行し、その結果に従います。$/,
  )
})

test('that the rest is covered is not said of fees that nobody read', () => {
  const unread = { fees: fees({ nextBaseFee: null, tips: null, missing: [missing('fees')] }) }
  expect(withBalance(firstCost + cancelCost, unread)).toMatchObject({
    findings: [{ data: { rest: { value: 'unknown' } } }],
  })
  expect(withBalance(firstCost + cancelCost)).toMatchObject({ findings: [{ data: { rest: { value: 'covered' } } }] })
})

test.each([
  ['with a missing nonce before it, which costs nobody knows what', behindTwo, 'inconclusive'],
  ['without one', queue, 'passed'],
])('a sum that is covered where the fees are not known: %s', (_, pool, status) => {
  const unknown = fees({ nextBaseFee: null, tips: null, gasPrice: null, missing: [missing('fees')] })
  const outcome = withBalance(total, { ...pool, fees: unknown })
  expect(outcome.status).toBe(status)
  if (outcome.status !== 'inconclusive') return
  expect(outcome.because).toMatchObject({ kind: 'fact-incomplete', fact: 'fees', missing: [{ about: 'fees' }] })
})

test('where the fee history could not be read, it says that more may be needed', () => {
  const unread = { fees: fees({ nextBaseFee: null, tips: null, missing: [missing('fees')] }) }
  const outcome = withBalance(firstCost, unread)
  expect(outcome).toMatchObject({ findings: [{ remedy: [{ maxPriorityFeePerGas: '1100000000' }] }] })
  expect(wordsOf(unaffordableQueue, outcome, 'en')[3]).toContain('The fees of recent blocks could not be read')
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[3]).toContain('最近のブロックの手数料を読み取れなかった')
  expect(wordsOf(unaffordableQueue, withBalance(firstCost), 'en')[3]).not.toContain('could not be read')
})

describe('blobs', () => {
  const gwei = 10n ** 9n
  const hashes = [hashOf(0xb1), hashOf(0xb2)]
  const carried = { maxFeePerBlobGas: 3n * gwei, blobGas: 2n * 131_072n, blobVersionedHashes: hashes }
  const withBlobs = (over = {}) => ({ mempool: mempool({ transactions: [first, { ...second, ...carried, ...over }] }) })
  const market = { fees: fees({ blobBaseFee: 1n }) }
  // 21,000 gas at 80 gwei and one blob at 6 gwei for each unit of its gas.
  const oneBlob = 21_000n * 80n * gwei + 131_072n * 6n * gwei

  test('are cancelled by one blob, with every fee doubled', () => {
    expect(withBalance(firstCost, { ...withBlobs(), ...market })).toMatchObject({
      findings: [
        {
          data: { load: { value: 'blobs' }, newBlobFee: { value: String(6n * gwei) } },
          remedy: [
            {
              to: owner,
              data: '0x',
              value: '0',
              nonce: 8,
              maxFeePerGas: String(80n * gwei),
              maxPriorityFeePerGas: String(2n * gwei),
              maxFeePerBlobGas: String(6n * gwei),
              blobVersionedHashes: hashes.slice(0, 1),
              purpose: 'cancel',
            },
          ],
        },
      ],
    })
  })

  test('whose hashes are not known are cancelled by no call', () => {
    const pool = { mempool: mempool({ transactions: [first, { ...second, maxFeePerBlobGas: 3n * gwei }] }) }
    const outcome = withBalance(firstCost, { ...pool, ...market })
    expect(outcome.status === 'found' && outcome.findings[0].remedy).toEqual(undefined)
  })

  test.each([
    ['covers the cancellation too, to the wei', firstCost + oneBlob, 'covered'],
    ['lacks a wei of it', firstCost + oneBlob - 1n, 'short'],
  ])('a balance that covers what is before and %s', (_, balance, cancellation) => {
    const outcome = withBalance(balance, { ...withBlobs(), ...market })
    expect(outcome).toMatchObject({
      findings: [{ subject: { nonce: 8 }, data: { cancellation: { value: cancellation } } }],
    })
  })

  test.each([
    ['covered where the market of blobs was read', 1n, 'covered'],
    ['unknown where it was not', null, 'unknown'],
  ])('what remains then is %s', (_, blobBaseFee, rest) => {
    const outcome = withBalance(firstCost + oneBlob, { ...withBlobs(), fees: fees({ blobBaseFee }) })
    expect(outcome).toMatchObject({ findings: [{ data: { rest: { value: rest } } }] })
  })

  test('cost what blob gas costs now, where that is more than twice the old fee', () => {
    const dear = { fees: fees({ blobBaseFee: 4n * gwei }) }
    expect(withBalance(firstCost, { ...withBlobs(), ...dear })).toMatchObject({
      findings: [{ remedy: [{ maxFeePerBlobGas: String(8n * gwei) }] }],
    })
  })

  test('are not cancelled in MetaMask, and the words name all three fees', () => {
    const outcome = withBalance(firstCost + oneBlob, { ...withBlobs(), ...market })
    expect(wordsOf(unaffordableQueue, outcome, 'en')[3]).toBe(
      'Or give up the transaction with nonce 8 in the program that sent it: MetaMask neither sends nor cancels transactions with blobs. Have it send 0 to this account itself with that nonce and one blob, with a max fee of 80 gwei, a priority fee of 2 gwei, and a blob fee of 6 gwei. Nodes take in its place only another with blobs, and want each of the old fees doubled. The first of the old blobs is enough. The balance then covers the rest.',
    )
    const japanese = wordsOf(unaffordableQueue, outcome, 'ja')[3]
    expect(japanese).toContain('MetaMaskは、ブロブを含む取引の送信もキャンセルもできません。')
    expect(japanese).toContain('優先手数料は 2 gwei、ブロブの手数料は 6 gwei にします。')
    expect(japanese).not.toContain('「キャンセル」を選び')
  })

  test('whose market was not read say so', () => {
    const untold = withBalance(firstCost, { ...withBlobs(), fees: fees({ blobBaseFee: null }) })
    expect(wordsOf(unaffordableQueue, untold, 'en')[3]).toContain('so a higher blob fee may be needed.')
    expect(wordsOf(unaffordableQueue, untold, 'ja')[3]).toContain('ブロブの手数料はこれより多く必要なことがあります。')
    const unread = { ...withBlobs(), fees: fees({ nextBaseFee: null, tips: null, missing: [missing('fees')] }) }
    expect(wordsOf(unaffordableQueue, withBalance(firstCost, unread), 'en')[3]).toContain(
      'where your program proposes more, use that.',
    )
  })
})

test('the evidence is the balance and every transaction that waits', () => {
  expect(withBalance(5n)).toMatchObject({
    findings: [
      {
        evidence: [
          { method: 'eth_getBalance', block: '21000000', value: '5' },
          { method: 'txpool_contentFrom', block: 'pending', value: hashOf(7) },
          { method: 'txpool_contentFrom', block: 'pending', value: hashOf(8) },
        ],
      },
    ],
  })
})

test('the words say from which nonce, and how much to send, rounded up', () => {
  const outcome = withBalance(total - 10n ** 15n - 1n)
  expect(wordsOf(unaffordableQueue, outcome, 'en')).toEqual([
    'The 2 transactions that wait may cost up to 0.30168 ETH, and the account holds 0.300679 ETH: from nonce 8 on it is not enough.',
    'Look at each of those that wait. If there is one that you neither sent nor confirmed for a site or a program, somebody else has the key of this account. Then speed up nothing, fill no missing nonce and send no coins here: only cancel that one, if the balance covers it.',
    `If all of them are yours, send at least 0.001001 ETH to ${owner} on Ethereum. Where several findings name an amount to send to this account, send the highest of them, not their sum, then run this check again.`,
    'Or give up the transaction with nonce 8: choose Cancel in MetaMask and set the max base fee to 44 gwei and the priority fee to 1.1 gwei. The balance then covers the rest.',
    'Send nothing new until the ones that wait are confirmed, apart from what these findings tell you to send.',
    'If there is one that you neither sent nor confirmed, make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust, and move what is left to it. If others know the old phrase, none of its accounts is yours alone any more.',
  ])
  expect(wordsOf(unaffordableQueue, outcome, 'ja')).toEqual([
    '待っている2件の取引には、最大で 0.30168 ETH かかります。残高は 0.300679 ETH なので、「ナンス」が 8 の取引から足りなくなります。',
    '待っている取引を1件ずつ確かめます。自分で送った覚えも、サイトやプログラムで承認した覚えもない取引があれば、ほかの人がこのアカウントの鍵を持っています。その場合、高速化はせず、欠けた「ナンス」も埋めず、このアカウントにコインを送らないでください。残高が足りるときだけ、その取引をキャンセルします。',
    `どれも自分の取引なら、Ethereum で ${owner} に 0.001001 ETH 以上を送ります。このアカウントへ送る額が複数の検出結果に示されている場合は、合計ではなく最も大きい額だけを送り、もう一度このチェックを実行します。`,
    'または、「ナンス」が 8 の取引を取りやめます。MetaMaskで「キャンセル」を選び、「最大基本料金」を 44 gwei、「優先手数料」を 1.1 gwei に設定します。取りやめれば、残りの取引には残高が足ります。',
    'これらの検出結果の手順で送るものを除き、待っている取引が確認されるまで、新しい送金はしないでください。',
    '送った覚えも承認した覚えもない取引がある場合は、信頼できる端末のウォレットで、新しい「シークレットリカバリーフレーズ」を使って新しいアカウントを作り、残っている資産をそこへ移します。古いフレーズがほかの人に知られている場合、そのフレーズのアカウントはどれも自分だけのものではありません。',
  ])
})

test('a legacy transaction is cancelled by its gas price', () => {
  const legacy = mempool({ transactions: [{ ...first, isLegacy: true, maxPriorityFeePerGas: first.maxFeePerGas }] })
  const outcome = withBalance(0n, { mempool: legacy })
  expect(outcome).toMatchObject({ findings: [{ remedy: [{ gasPrice: '44000000000' }] }] })
  expect(wordsOf(unaffordableQueue, outcome, 'en')[3]).toContain('set the gas price to 44 gwei.')
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[3]).toContain('ガス価格を 44 gwei に設定します。')
})

test('an account with a delegate is not simply told to send coins', () => {
  const code = { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } as const
  const outcome = withBalance(0n, { account: account({ balance: 0n, code }) })
  expect(outcome).toMatchObject({ findings: [{ messageId: 'short-with-delegate' }] })
  expect(wordsOf(unaffordableQueue, outcome, 'en')[2]).toMatch(/^Send nothing to this account until you know/)
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[2]).toContain('このアカウントには何も送らないでください')
  expect(wordsOf(unaffordableQueue, outcome, 'en')[2]).toContain(
    'If you did choose it and all that waits is yours, send at least',
  )
  expect(wordsOf(unaffordableQueue, outcome, 'ja')[2]).toContain('待っている取引もすべて自分のものなら、')
})

test.each([
  ['plain', {}],
  ['with a delegate', { code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: null } as const }],
])('who sent what waits is asked before coins are sent for it: %s', (_, over) => {
  const outcome = withBalance(0n, { account: account({ balance: 0n, ...over }) })
  const english = wordsOf(unaffordableQueue, outcome, 'en')
  expect(english[1]).toContain('neither sent nor confirmed')
  expect(english[1]).toContain('send no coins here')
  expect(english.at(-1)).toMatch(/^If there is one that you neither sent nor confirmed, make a new account/)
  const japanese = wordsOf(unaffordableQueue, outcome, 'ja')
  expect(japanese[1]).toContain('このアカウントにコインを送らないでください。')
  expect(japanese.at(-1)).toMatch(/^送った覚えも承認した覚えもない取引がある場合は、/)
})

test.each([
  ['an empty pool', { mempool: mempool() }, 'passed'],
  ['a pool that the node does not share', { mempool: mempool({ missing: [missing('mempool')] }) }, 'inconclusive'],
  ['a pool that failed', { mempool: new Error('closed') }, 'inconclusive'],
  ['a balance that failed', { account: new Error('closed') }, 'inconclusive'],
  ['nonces that failed', { nonces: new Error('closed') }, 'inconclusive'],
  [
    'unknown fees, which do not change the sum',
    { mempool: mempool(), fees: fees({ missing: [missing('fees')] }) },
    'passed',
  ],
  [
    'a contract account, which has no queue',
    { account: account({ code: { kind: 'contract', codeHash: hashOf(1) } }) },
    'not-applicable',
  ],
])('%s', (_, over, status) => {
  expect(withBalance(10n ** 18n, over).status).toBe(status)
})
