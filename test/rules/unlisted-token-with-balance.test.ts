import { describe, expect, test } from 'vitest'
import unlistedToken from '../../rules/unlisted-token-with-balance/index.ts'
import { localizeOutcome } from '../../src/engine/localize.ts'
import {
  account,
  at,
  chain,
  holding,
  judgeWith,
  logAt,
  missing,
  owner,
  token,
  tokens,
  wordsOf,
} from '../../src/testing.ts'

const unlisted = holding({ lists: [] })
const listed = holding({ lists: ['bundled'] })
const withSymbol = (symbol: string | null) => holding({ lists: [], token: token({ symbol }) })
const withDecimals = (decimals: number | null) => holding({ lists: [], token: token({ decimals }) })
const judged = (over: Parameters<typeof tokens>[0], options = {}) =>
  judgeWith(unlistedToken, { tokens: tokens(over) }, options)

test.each([
  ['no tokens', {}, 'passed'],
  ['a listed token on a chain with detection', { holdings: [listed] }, 'passed'],
  ['a token on no list', { holdings: [unlisted] }, 'found'],
  ['a listed token on a chain without detection', { holdings: [listed], walletDetectsTokens: false }, 'found'],
  ['an unlisted token that the wallet shows', { holdings: [unlisted], shownByWallet: [at(0x70)] }, 'passed'],
  ['a listed token that the wallet does not show', { holdings: [listed], shownByWallet: [at(0x71)] }, 'found'],
  ['a wallet that shows nothing', { holdings: [listed], shownByWallet: [] }, 'found'],
  ['a token without a balance', { holdings: [holding({ lists: [], balance: 0n })] }, 'passed'],
  ['the smallest balance', { holdings: [holding({ lists: [], balance: 1n })] }, 'found'],
  ['an NFT collection', { holdings: [holding({ lists: [], token: token({ standard: 'erc721' }) })] }, 'passed'],
] as const)('%s', (_, over, status) => {
  expect(judged(over).status).toBe(status)
})

test.each([
  ["without the owner's word it is likely", { holdings: [unlisted] }, 'unlisted', 'likely'],
  ['without detection too', { holdings: [listed], walletDetectsTokens: false }, 'no-detection', 'likely'],
  ["with the owner's word it is certain", { holdings: [unlisted], shownByWallet: [] }, 'not-shown', 'certain'],
] as const)('%s', (_, over, messageId, confidence) => {
  expect(judged(over)).toMatchObject({
    findings: [{ messageId, confidence, severity: 'high', subject: { kind: 'token', token: at(0x70) } }],
  })
})

test('each token is a finding of its own', () => {
  const other = holding({ lists: [], token: token({ address: at(0x71) }) })
  expect(judged({ holdings: [unlisted, other, listed] })).toMatchObject({
    findings: [{ subject: { token: at(0x70) } }, { subject: { token: at(0x71) } }],
  })
})

test('the balance read from state proves it, and the transfer that brought it', () => {
  const log = logAt(20_500_000n)
  expect(judged({ holdings: [{ ...unlisted, received: log }] })).toMatchObject({
    findings: [
      {
        evidence: [
          {
            kind: 'call',
            to: at(0x70),
            function: 'balanceOf(address)',
            arguments: [owner],
            block: '21000000',
            value: '5000000000000000000',
          },
          { kind: 'log', block: '20500000', transaction: log.transaction, index: 0 },
        ],
      },
    ],
  })
})

describe('what MetaMask may refuse to import', () => {
  test.each([
    ['a symbol of 11 characters', withSymbol('ABCDEFGHIJK'), 'unlisted', 'none'],
    ['a symbol of 12 characters', withSymbol('ABCDEFGHIJKL'), 'unimportable', 'longsymbol'],
    ['no symbol', withSymbol(null), 'unimportable', 'nosymbol'],
    ['an empty symbol', withSymbol(' '), 'unimportable', 'nosymbol'],
    ['36 decimals', withDecimals(36), 'unlisted', 'none'],
    ['37 decimals', withDecimals(37), 'unimportable', 'manydecimals'],
    ['no decimals', withDecimals(null), 'unimportable', 'nodecimals'],
    ['zero decimals', withDecimals(0), 'unlisted', 'none'],
  ])('%s', (_, held, messageId, obstacle) => {
    const outcome = judged({ holdings: [held] })
    expect(outcome).toMatchObject({ findings: [{ messageId, data: { obstacle: { value: obstacle } } }] })
    expect(wordsOf(unlistedToken, outcome, 'en')[0]).not.toMatch(/(?<!u)\{/)
    expect(wordsOf(unlistedToken, outcome, 'ja')[0]).not.toMatch(/(?<!u)\{/)
  })

  test('the limits are options', () => {
    expect(judged({ holdings: [unlisted] }, { longestSymbol: 2 })).toMatchObject({
      findings: [{ messageId: 'unimportable' }],
    })
  })

  test('the sentence says why, with the numbers', () => {
    const words = (held: ReturnType<typeof holding>) =>
      wordsOf(unlistedToken, judged({ holdings: [held], shownByWallet: [] }), 'en')[0]
    expect(words(withSymbol('ABCDEFGHIJKL'))).toContain('its symbol ABCDEFGHIJKL is longer than 11 characters')
    expect(words(withDecimals(37))).toContain('its contract gives 37 decimals, more than 36')
    expect(words(withDecimals(null))).toContain('The wallet does not show it, and MetaMask may refuse')
  })
})

describe('bait', () => {
  const bait = withSymbol('claim-usdc.xyz')

  test('is worth an information, not an import', () => {
    const outcome = judged({ holdings: [bait] })
    expect(outcome).toMatchObject({ findings: [{ messageId: 'bait', severity: 'info', confidence: 'likely' }] })
    expect(wordsOf(unlistedToken, outcome, 'en')).toEqual([
      `The account holds 5 claim-usdc[.]xyz of the token ${at(0x70)} on Ethereum. It is on no list, and its words (symbol: claim-usdc[.]xyz) try to lead you to a site: most likely nobody meant you well with it.`,
      'Do not open an address that stands in its name, and do not try to claim, sell or send it.',
      `Approve nothing that has to do with ${at(0x70)}. Holding it harms nothing.`,
      `If you did expect it, ask the project behind it, through a page you knew before, whether ${at(0x70)} is its contract.`,
    ])
    expect(wordsOf(unlistedToken, outcome, 'ja')[0]).toContain('サイトへ誘導しようとしています')
  })

  test.each(['en', 'ja'] as const)('says why in words of its own: nobody is to make it visible (%s)', (locale) => {
    const { title, why } = unlistedToken.text[locale]
    const localized = localizeOutcome(judged({ holdings: [bait, unlisted] }), [unlistedToken], locale)
    expect(localized).toMatchObject({
      findings: [
        { messageId: 'bait', title: expect.not.stringMatching(title), why: expect.not.stringMatching(why) },
        { messageId: 'unlisted', title, why },
      ],
    })
  })

  test('is not what a list knows', () => {
    expect(judged({ holdings: [{ ...bait, lists: ['given'] }], shownByWallet: [] })).toMatchObject({
      findings: [{ messageId: 'unimportable', severity: 'high' }],
    })
  })
})

test.each([
  ['the code of a delegate', { account: account({ missing: [missing('delegate-code')] }) }],
  ['the clock', { chain: chain({ missing: [missing('clock')] }) }],
])('unread, %s changes no balance', (_, facts) => {
  expect(judgeWith(unlistedToken, { tokens: tokens(), ...facts }).status).toBe('passed')
})

test.each(['logs', 'token-balance', 'token-metadata'] as const)('unread %s keep it from passing', (about) => {
  expect(judged({ missing: [missing(about)] }).status).toBe('inconclusive')
  expect(judged({ holdings: [unlisted], missing: [missing(about)] })).toMatchObject({
    status: 'found',
    because: { kind: 'fact-incomplete', fact: 'tokens' },
  })
})

test('tokens that could not be read at all are inconclusive', () => {
  expect(judgeWith(unlistedToken, { tokens: new Error('refused') }).status).toBe('inconclusive')
})

test('the steps give what the import form asks for', () => {
  const facts = { chain: chain({ chainId: 137, name: 'Polygon' }), tokens: tokens({ holdings: [unlisted] }) }
  const outcome = judgeWith(unlistedToken, facts)
  expect(wordsOf(unlistedToken, outcome, 'en')).toEqual([
    `The account holds 5 TKN of the token ${at(0x70)} on Polygon. The one list that has tokens of this chain does not have it, so MetaMask will likely not show it by itself.`,
    'Go on only if you expected this token: anybody can send tokens to anybody. Do not open an address that stands in its name, and approve nothing in order to claim or sell it.',
    'In MetaMask, choose the network Polygon (chain ID 137).',
    `Open the menu of the token list, choose Manage tokens, then Add custom token (Import tokens in older versions), and paste the contract address ${at(0x70)}.`,
    'Compare what MetaMask fills in: the symbol must be TKN, the decimals 18. Then import it: the balance shown is 5 TKN.',
  ])
  const japanese = wordsOf(unlistedToken, outcome, 'ja')
  expect(japanese[0]).toContain('このチェーンを扱う1個のリストのどれにも載っていないため、MetaMaskには')
  expect(japanese[3]).toContain(`「トークンコントラクトアドレス」に ${at(0x70)}`)
  expect(japanese[4]).toContain('「トークンの小数桁数」が 18')
})

test('the sentence counts the lists that have tokens of the chain', () => {
  const lists = [1, 0, 7].map((entries, index) => ({ name: `list ${index}`, date: '2026-10-01', entries }))
  const outcome = judged({ holdings: [unlisted], lists })
  expect(outcome).toMatchObject({ findings: [{ messageId: 'unlisted', severity: 'high' }] })
  expect(wordsOf(unlistedToken, outcome, 'en')[0]).toContain(
    'None of the 2 lists that have tokens of this chain has it, so',
  )
})

describe('on a chain that no list covers', () => {
  const lists = [{ name: 'bundled', date: '2026-10-01', entries: 0 }]

  test.each([
    ['a list without tokens of the chain', lists],
    ['no list at all', []],
  ])('%s: possible and medium, and says so', (_, given) => {
    const outcome = judged({ holdings: [unlisted], lists: given })
    expect(outcome).toMatchObject({
      findings: [{ messageId: 'uncovered', severity: 'medium', confidence: 'possible' }],
    })
    expect(wordsOf(unlistedToken, outcome, 'en')[0]).toContain('None of our lists has tokens of Ethereum, so whether')
    expect(wordsOf(unlistedToken, outcome, 'ja')[0]).toContain('リストがないため')
  })

  test.each([
    ['no entry', 0, 'medium'],
    ['one entry', 1, 'high'],
  ])('nor detection: with %s, as likely', (_, entries, severity) => {
    const given = [{ name: 'bundled', date: '2026-10-01', entries }]
    const outcome = judged({ holdings: [unlisted], lists: given, walletDetectsTokens: false })
    expect(outcome).toMatchObject({ findings: [{ messageId: 'no-detection', severity, confidence: 'likely' }] })
  })

  test('what MetaMask may refuse weighs no more', () => {
    const outcome = judged({ holdings: [withSymbol(null)], lists })
    expect(outcome).toMatchObject({
      findings: [{ messageId: 'unimportable', severity: 'medium', confidence: 'possible' }],
    })
    expect(wordsOf(unlistedToken, outcome, 'en')[0]).toContain('The wallet may not show it by itself')
    expect(wordsOf(unlistedToken, outcome, 'ja')[0]).toContain('自動で表示されないことがあります')
  })

  test('bait is still only information', () => {
    expect(judged({ holdings: [withSymbol('claim-it.example')], lists })).toMatchObject({
      findings: [{ messageId: 'bait', severity: 'info' }],
    })
  })

  test("the owner's word decides all the same", () => {
    expect(judged({ holdings: [unlisted], lists, shownByWallet: [] })).toMatchObject({
      findings: [{ messageId: 'not-shown', severity: 'high', confidence: 'certain' }],
    })
  })
})

test('the other reasons read in both languages', () => {
  const notShown = judged({ holdings: [unlisted], shownByWallet: [] })
  expect(wordsOf(unlistedToken, notShown, 'en')[0]).toContain('it is not among the tokens that the wallet shows')
  expect(wordsOf(unlistedToken, notShown, 'ja')[0]).toContain('ウォレットに表示されているトークンには含まれていません')
  const noDetection = judged({ holdings: [listed], walletDetectsTokens: false })
  expect(wordsOf(unlistedToken, noDetection, 'en')[0]).toContain('does not look for tokens on Ethereum by itself')
  expect(wordsOf(unlistedToken, noDetection, 'ja')[0]).toContain('「トークンの自動検出」が働かない')
})
