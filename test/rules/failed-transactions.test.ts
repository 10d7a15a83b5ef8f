import { describe, expect, test } from 'vitest'
import failedTransactions from '../../rules/failed-transactions/index.ts'
import { value } from '../../src/rule.ts'
import { account, activity, chain, hashOf, judgeWith, missing, ownTransaction, wordsOf } from '../../src/testing.ts'

const now = chain().block.timestamp
const failed = (over: Parameters<typeof ownTransaction>[0] = {}) =>
  ownTransaction({ succeeded: false, gasLimit: 100_000n, gasUsed: 50_000n, ...over })
const judged = (over: Parameters<typeof ownTransaction>[0], options = {}) =>
  judgeWith(failedTransactions, { activity: activity([failed(over)]) }, options)

test.each([
  ['nothing sent', activity([], { source: 'none-sent' }), 'passed'],
  ['only transactions that succeeded', activity([ownTransaction()]), 'passed'],
  ['a failed one among others', activity([ownTransaction(), failed()]), 'found'],
])('%s', (_, facts, status) => {
  expect(judgeWith(failedTransactions, { activity: facts }).status).toBe(status)
})

test('each failed transaction is a finding of its own, with the fee it lost', () => {
  const facts = activity([failed({ hash: hashOf(1) }), ownTransaction(), failed({ hash: hashOf(2), dataFee: 7n })])
  expect(judgeWith(failedTransactions, { activity: facts })).toMatchObject({
    findings: [
      {
        severity: 'medium',
        confidence: 'certain',
        subject: { kind: 'transaction', hash: hashOf(1) },
        data: { fee: { value: String(50_000n * 21_000_000_000n) } },
        evidence: [
          { kind: 'transaction', hash: hashOf(1), block: '20990000' },
          { kind: 'read', method: 'eth_getTransactionReceipt', block: '20990000', value: 'status 0, gasUsed 50000' },
        ],
      },
      {
        subject: { kind: 'transaction', hash: hashOf(2) },
        data: { fee: { value: String(50_000n * 21_000_000_000n + 7n) } },
      },
    ],
  })
})

describe('the try with twice the gas is named as it was made', () => {
  test.each([
    ['on the state before', { withMoreGas: 'succeeds', replayedAt: 'before' }, '20989999', 'succeeds with 200000 gas'],
    ['on the state after', { withMoreGas: 'succeeds', replayedAt: 'after' }, '20990000', 'succeeds with 200000 gas'],
    ['in vain', { withMoreGas: 'fails', replayedAt: 'before' }, '20989999', 'fails with 200000 gas'],
  ] as const)('%s', (_, over, block, value) => {
    expect(judged({ gasUsed: 99_000n, ...over })).toMatchObject({
      findings: [{ evidence: [{}, {}, { kind: 'read', method: 'eth_call', block, value }] }],
    })
  })

  test.each([
    ['not made', { replayedAt: 'before', revertReason: 'paused' }],
    ['of a file of before, which does not say on which state', { withMoreGas: 'succeeds' }],
  ] as const)('%s: nothing is named', (_, over) => {
    const outcome = judged({ gasUsed: 99_000n, ...over })
    expect(outcome.status === 'found' && outcome.findings[0].evidence).toHaveLength(2)
  })
})

describe('how old', () => {
  test.each([
    ['exactly 90 days', { timestamp: now - 90 * 86_400 }, {}, 'found'],
    ['a second more', { timestamp: now - 90 * 86_400 - 1 }, {}, 'passed'],
    ['exactly the days of the option', { timestamp: now - 86_400 }, { maximumAgeDays: 1 }, 'found'],
    ['a second more than those', { timestamp: now - 86_401 }, { maximumAgeDays: 1 }, 'passed'],
  ])('%s', (_, over, options, status) => {
    expect(judged(over, options).status).toBe(status)
  })
})

describe('why it failed', () => {
  test.each([
    ['98 % of the gas limit used', { gasUsed: 98_000n }, 'out-of-gas', 'likely'],
    ['all of it used', { gasUsed: 100_000n }, 'out-of-gas', 'likely'],
    ['a unit of gas less than 98 %', { gasUsed: 97_999n }, 'reverted-unknown', 'certain'],
    ['words, with hardly any gas left', { gasUsed: 99_000n, revertReason: 'paused' }, 'reverted', 'certain'],
    ['words', { revertReason: 'Ownable: caller is not the owner' }, 'reverted', 'certain'],
    ['words on a balance', { revertReason: 'ERC20: transfer amount exceeds balance' }, 'funds', 'certain'],
    ['an error about a balance', { revertReason: 'ERC20InsufficientBalance(sender 0x1)' }, 'funds', 'certain'],
    ['an allowance', { revertReason: 'ERC20: insufficient allowance' }, 'funds', 'certain'],
    ['a short word of Uniswap', { revertReason: 'STF' }, 'funds', 'certain'],
    ['a longer word with it', { revertReason: 'STFU' }, 'reverted', 'certain'],
    ['a nonce', { revertReason: 'InvalidNonce()' }, 'nonce', 'certain'],
    ['a permit that is too old', { revertReason: 'SignatureExpired(signatureDeadline 1)' }, 'slippage', 'certain'],
    ['an exchange that got too little', { revertReason: 'Return amount is not enough' }, 'slippage', 'certain'],
    ['a reason read after its block', { revertReason: 'paused', replayedAt: 'after' }, 'reverted', 'likely'],
    ['more gas helps, far from the limit', { gasUsed: 86_000n, withMoreGas: 'succeeds' }, 'out-of-gas', 'certain'],
    [
      'more gas helps, whatever the outer contract says',
      { gasUsed: 98_500n, revertReason: 'low-level call failed', withMoreGas: 'succeeds' },
      'out-of-gas',
      'certain',
    ],
    ['more gas does not help', { gasUsed: 98_000n, withMoreGas: 'fails' }, 'all-gas-used', 'certain'],
    ['more gas does not help, gas left', { gasUsed: 97_999n, withMoreGas: 'fails' }, 'reverted-unknown', 'certain'],
    ['Uniswap v2 words', { revertReason: 'UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT' }, 'slippage', 'certain'],
    ['Uniswap v2 words on time', { revertReason: 'UniswapV2Router: EXPIRED' }, 'slippage', 'certain'],
    ['Uniswap v3 words', { revertReason: 'Too little received' }, 'slippage', 'certain'],
    ['Uniswap v3 words on what is paid', { revertReason: 'Too much requested' }, 'slippage', 'certain'],
    ['the name of an error', { revertReason: 'V3TooLittleReceived()' }, 'slippage', 'certain'],
    ['an amount before too little', { revertReason: 'output amount is too little' }, 'slippage', 'certain'],
    ['20 characters between', { revertReason: `too much${'.'.repeat(20)}requested` }, 'slippage', 'certain'],
    ['21 characters between', { revertReason: `too much${'.'.repeat(21)}requested` }, 'reverted', 'certain'],
    ['too much of something else', { revertReason: 'Too much recursion' }, 'reverted', 'certain'],
    ['too little of something else', { revertReason: 'Vault: too little collateral' }, 'reverted', 'certain'],
    ['other words on slippage', { revertReason: 'Slippage exceeded' }, 'slippage', 'certain'],
    ['a check of the compiler', { revertReason: 'Panic 0x11: arithmetic overflow or underflow' }, 'panic', 'certain'],
    ['a check nobody knows', { revertReason: 'Panic 0xab' }, 'panic', 'certain'],
    ['words that only look like one', { revertReason: 'Panic 0x11: deadline' }, 'slippage', 'certain'],
    ['words on a deadline', { revertReason: 'Transaction too old: deadline' }, 'slippage', 'certain'],
  ] as const)('%s', (_, over, messageId, confidence) => {
    expect(judged(over)).toMatchObject({ findings: [{ messageId, confidence }] })
  })

  test('what could not be replayed is only possibly out of gas, and says so; others are not touched', () => {
    const { error } = missing('revert-reason')
    const unread = {
      about: 'revert-reason',
      error: { ...error, data: { transaction: value.hash(hashOf(1)) } },
    } as const
    const facts = activity(
      [failed({ hash: hashOf(1), gasUsed: 99_000n }), failed({ hash: hashOf(2), gasUsed: 99_000n })],
      { missing: [unread] },
    )
    const outcome = judgeWith(failedTransactions, { activity: facts })
    expect(outcome).toMatchObject({ findings: [{ confidence: 'possible' }, { confidence: 'likely' }] })
    expect(wordsOf(failedTransactions, outcome, 'en')[0]).toContain('it may have run out of gas: the call could not')
    expect(wordsOf(failedTransactions, outcome, 'ja')[0]).toContain('確かではありません。')
  })

  test('each that could not be replayed says so, not only the one that the reason names', () => {
    const unread = { isReasonUnread: true, gasUsed: 99_000n } as const
    const facts = activity([failed({ hash: hashOf(1), ...unread }), failed({ hash: hashOf(2), ...unread })])
    const outcome = judgeWith(failedTransactions, { activity: facts })
    expect(outcome).toMatchObject({ findings: [{ confidence: 'possible' }, { confidence: 'possible' }] })
  })

  test('the percentage is an option', () => {
    expect(judged({ gasUsed: 95_000n }, { outOfGasPercent: 95 })).toMatchObject({
      findings: [{ messageId: 'out-of-gas' }],
    })
  })
})

describe('how much gas one transaction may have on the chain', () => {
  const cap = 2n ** 24n
  const ethereum = chain({ chainId: 1, blockGasLimit: 60_000_000n })
  const other = chain({ chainId: 5000, blockGasLimit: 30_000_000n })
  const ranOut = (gasLimit: bigint, withMoreGas?: 'succeeds') =>
    failed({ gasLimit, gasUsed: gasLimit, ...(withMoreGas !== undefined && { withMoreGas }) })

  test.each([
    ['twice as much is all of it', ethereum, ranOut(cap / 2n, 'succeeds'), 'out-of-gas', 'enough', cap],
    ['twice as much is a little more', ethereum, ranOut(cap / 2n + 1n, 'succeeds'), 'out-of-gas', 'capped', cap],
    ['half as much again is all of it', ethereum, ranOut(11_184_810n), 'out-of-gas', 'enough', 16_777_215n],
    ['half as much again is a little more', ethereum, ranOut(11_184_811n), 'out-of-gas', 'capped', cap],
    ['it had a unit less', ethereum, ranOut(cap - 1n), 'out-of-gas', 'capped', cap],
    ['it had all of it', ethereum, ranOut(cap), 'gas-cap', 'none', cap],
    ['it had more, before there was a cap', ethereum, ranOut(20_000_000n, 'succeeds'), 'gas-cap', 'none', cap],
    ['of a facts file of before', chain(), ranOut(cap), 'gas-cap', 'none', cap],
    [
      'a block holds less than the cap',
      chain({ blockGasLimit: 10n ** 7n }),
      ranOut(9n * 10n ** 6n),
      'out-of-gas',
      'capped',
      10n ** 7n,
    ],
    ['elsewhere a block holds just that', other, ranOut(15_000_000n, 'succeeds'), 'out-of-gas', 'enough', 30_000_000n],
    ['elsewhere a block holds less', other, ranOut(15_000_001n, 'succeeds'), 'out-of-gas', 'capped', 30_000_000n],
    ['elsewhere it had a whole block', other, ranOut(30_000_000n), 'gas-cap', 'none', 30_000_000n],
    ['elsewhere the newest block is smaller than it', other, ranOut(40_000_000n), 'out-of-gas', 'enough', 60_000_000n],
    ['elsewhere nobody said', chain({ chainId: 5000 }), ranOut(40_000_000n), 'out-of-gas', 'enough', 60_000_000n],
  ] as const)('%s', (_, on, transaction, messageId, room, limit) => {
    expect(judgeWith(failedTransactions, { chain: on, activity: activity([transaction]) })).toMatchObject({
      findings: [{ messageId, data: { room: { value: room }, newGasLimit: { value: String(limit) } } }],
    })
  })

  test('what had all of it and failed for another reason is told that reason', () => {
    const refused = failed({ gasLimit: cap, gasUsed: cap, withMoreGas: 'fails' })
    expect(judgeWith(failedTransactions, { activity: activity([refused]) })).toMatchObject({
      findings: [{ messageId: 'all-gas-used', confidence: 'certain' }],
    })
  })

  test.each([
    ['not tried', {}, 'likely'],
    ['proven', { withMoreGas: 'succeeds' }, 'certain'],
    ['unread', { isReasonUnread: true }, 'possible'],
  ] as const)('that all of it was too little is as sure as that it ran out: %s', (_, over, confidence) => {
    expect(judged({ gasLimit: cap, gasUsed: cap, ...over })).toMatchObject({
      findings: [{ messageId: 'gas-cap', confidence }],
    })
  })
})

test('a contract account sends nothing of its own, so nothing is said about it', () => {
  const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
  expect(judgeWith(failedTransactions, { account: contract, activity: activity([]) }).status).toBe('not-applicable')
})

describe('unread facts', () => {
  test.each([
    ['activity', 'inconclusive'],
    ['block-fees', 'passed'],
    ['revert-reason', 'passed'],
  ] as const)('missing %s', (about, status) => {
    const facts = activity([ownTransaction()], { missing: [missing(about)] })
    expect(judgeWith(failedTransactions, { activity: facts }).status).toBe(status)
  })

  test('activity that could not be read at all is inconclusive', () => {
    expect(judgeWith(failedTransactions, { activity: new Error('pruned') }).status).toBe('inconclusive')
  })

  test('a failure in an activity that was read in part is still found', () => {
    const facts = activity([failed()], { missing: [missing('activity')] })
    expect(judgeWith(failedTransactions, { activity: facts })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete', fact: 'activity' },
    })
  })
})

describe('the words', () => {
  const words = (over: Parameters<typeof ownTransaction>[0], locale: 'en' | 'ja') =>
    wordsOf(failedTransactions, judged(over), locale)

  test('out of gas: the limit to set', () => {
    expect(words({ gasUsed: 100_000n, gasLimit: 100_001n }, 'en').slice(0, 3)).toEqual([
      `The transaction ${hashOf(0xace)} failed (2024-10-26 03:33 UTC) and cost 0.0021 ETH all the same: it used 100000 of the 100001 gas it was allowed, so it most likely ran out of gas.`,
      'Nothing but the fee left the account: what the transaction should have moved is where it was.',
      'Before you send it again, open the fee settings in MetaMask and raise the gas limit to 150002. Gas that is not used is not charged.',
    ])
    expect(words({ gasUsed: 100_000n }, 'ja')[2]).toContain('「ガスリミット」を 150000 に上げます')
  })

  test('out of gas: nobody tried the limit to set, so one that fails too may be too low as well', () => {
    expect(words({ gasUsed: 100_000n }, 'en')[3]).toBe(
      'If it fails again at the higher limit, ask the project behind the contract, through its official page, before you raise it further.',
    )
    expect(words({ gasUsed: 100_000n }, 'ja')[3]).toMatch(/^それでも失敗する場合は、さらに上げる前に、/)
  })

  test('out of gas: where twice as much was tried, that is the limit to set', () => {
    const proven = { gasUsed: 85_000n, gasLimit: 85_000n, withMoreGas: 'succeeds' } as const
    expect(words(proven, 'en')[2]).toContain('raise the gas limit to 170000.')
    expect(words(proven, 'en')[3]).toMatch(/^If it fails again at the higher limit, do not raise it further:/)
    expect(words(proven, 'ja')[2]).toContain('「ガスリミット」を 170000 に上げます')
    expect(words(proven, 'ja')[3]).toMatch(/^上げても失敗する場合は、それ以上は上げずに、/)
  })

  test('out of gas: where the chain allows no more than this, the way on is to do less', () => {
    const capped = { gasUsed: 16_000_000n, gasLimit: 16_000_000n } as const
    expect(words(capped, 'en')[2]).toContain(
      'raise the gas limit to 16777216, the most that one transaction may have on this chain now. Gas',
    )
    expect(words(capped, 'en')[3]).toMatch(/^If it fails again at the higher limit, do less in one transaction, or ask/)
    expect(words(capped, 'ja')[2]).toContain('現在このチェーンで1つの取引に設定できる上限の 16777216 に上げます')
    expect(words(capped, 'ja')[3]).toMatch(
      /^それでも失敗する場合は、1つの取引で行う量を減らすか、コントラクトの提供元に/,
    )
  })

  test('out of gas: where it had all that the chain allows, nothing is raised', () => {
    const all = { gasUsed: 16_777_216n, gasLimit: 16_777_216n, withMoreGas: 'succeeds' } as const
    expect(words(all, 'en')[0]).toMatch(
      /so it ran out of gas\. On this chain one transaction may have no more than 16777216 now\.$/,
    )
    expect(words(all, 'en')[2]).toMatch(/^Do less in one transaction: /)
    expect(words(all, 'en').join(' ')).not.toContain('raise')
    expect(words(all, 'ja')[0]).toMatch(
      /成功します。現在このチェーンでは、1つの取引の「ガスリミット」は 16777216 までです。$/,
    )
    expect(words(all, 'ja')[2]).toMatch(/^件数や数量を減らして1つの取引で行う量を小さくし、/)
  })

  test('slippage: the words of the contract are quoted harmlessly', () => {
    expect(words({ revertReason: 'slippage\u001b[2J https://x.example' }, 'en')[0]).toContain(
      '(slippage\\u{1b}[2J https[://]x[.]example).',
    )
    expect(words({ revertReason: 'EXPIRED' }, 'ja')[0]).toContain('価格が動いたか、期限が切れたためです(EXPIRED)')
  })

  test.each([
    [
      'out-of-gas',
      { gasUsed: 99_000n, withMoreGas: 'succeeds' },
      'the same call goes through with twice as much',
      '2倍のガスがあれば成功します',
    ],
    [
      'all-gas-used',
      { gasUsed: 99_000n, withMoreGas: 'fails' },
      'the same call fails with twice as much',
      '2倍のガスがあっても失敗します',
    ],
    [
      'funds',
      { revertReason: 'STF' },
      'a balance or an allowance was too small (STF).',
      '残高か許可が足りませんでした(STF)',
    ],
    [
      'nonce',
      { revertReason: 'InvalidNonce()' },
      'was used before, or was made for another turn (InvalidNonce()).',
      '順番の違うものでした(InvalidNonce())',
    ],
  ] as const)('%s', (_, over, english, japanese) => {
    expect(words(over, 'en')[0]).toContain(english)
    expect(words(over, 'ja')[0]).toContain(japanese)
  })

  test('a revert with words', () => {
    expect(words({ revertReason: 'paused' }, 'en')[0]).toContain('the contract refused it with the words paused.')
    expect(words({ revertReason: 'paused' }, 'ja')[0]).toContain('次の理由で拒否しました: paused')
  })

  test('an error without words is a code', () => {
    const custom = { revertReason: '0xe450d38c' }
    expect(words(custom, 'en')[0]).toContain('the contract refused it with the error code 0xe450d38c.')
    expect(words(custom, 'en').join(' ')).not.toContain('words')
    expect(words(custom, 'ja')[0]).toContain('次のエラーコードで拒否しました: 0xe450d38c')
    expect(words(custom, 'ja').join('')).not.toMatch(/理由|\n/)
  })

  test('a panic is a check, not words of the contract: most often too small a balance or allowance', () => {
    const overflow = { revertReason: 'Panic 0x11: arithmetic overflow or underflow' }
    const english = words(overflow, 'en')
    expect(english[0]).toContain(
      'a check that the compiler puts into contracts stopped it (Panic 0x11: a number would have fallen below zero',
    )
    expect(english[2]).toContain('Most often a balance or an allowance is smaller than the amount')
    expect(english.join(' ')).not.toContain('words')
    const japanese = words(overflow, 'ja')
    expect(japanese[0]).toContain('検査で止まりました(Panic 0x11: 数が0を下回るか')
    expect(japanese[2]).toContain('多くの場合、残高か許可が数量より少ないことが原因です。')
    expect(japanese.join('')).not.toContain('overflow')
  })

  test.each([
    ['0x01: assertion failed', 'Panic 0x01: a condition that must always hold did not', '常に成り立つはずの条件'],
    ['0x12: division by zero', 'Panic 0x12: a division by zero', '0で割ろうとしました'],
    ['0x32: array index out of bounds', 'Panic 0x32: a list was too short', 'リストの要素が足りません'],
    ['0xab', '(Panic 0xab).', '(Panic 0xab)。'],
  ])('other panics: %s', (panic, english, japanese) => {
    expect(words({ revertReason: `Panic ${panic}` }, 'en')[0]).toContain(english)
    expect(words({ revertReason: `Panic ${panic}` }, 'ja')[0]).toContain(japanese)
    expect(words({ revertReason: `Panic ${panic}` }, 'en')[2]).not.toContain('balance')
  })

  test('a revert without words', () => {
    expect(words({}, 'en')[0]).toContain('the contract refused it, and gave no reason that could be read.')
    expect(words({}, 'ja')[0]).toContain('理由は示されていないか、読み取れませんでした')
  })
})

test.each(['en', 'ja'] as const)(
  'what it decides names how many transactions and days are looked at (%s)',
  (locale) => {
    const numbers = [...failedTransactions.text[locale].decides.matchAll(/\d+/g)].map(([number]) => number)
    expect(numbers).toEqual(expect.arrayContaining(['300', '90']))
  },
)
