import type { Address, Hex } from 'viem'
import { encodeAbiParameters, toHex } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import tokensCollector from '../../src/collectors/tokens.ts'
import type { CollectOptions } from '../../src/core/collector.ts'
import { at, chain, hashOf, logAt, logs as logFacts, missing as missingEntry, owner } from '../../src/testing.ts'
import { bundledTokens } from '../../src/tokens/bundled.ts'
import { type FakeContract, fakeContracts } from '../support/fake-contracts.ts'
import { read, refused } from '../support/fake-rpc.ts'

const string = (text: string) => encodeAbiParameters([{ type: 'string' }], [text])
const noTokens = { chain: chain({ chainId: 31337 }), logs: logFacts() }
const token = at(0x70)
const listed = (address: Address, over = {}) => ({
  name: 'mine.json',
  date: '2026-01-02',
  tokens: [{ chainId: 31337, address }],
  ...over,
})
const received = (contract: Address, kind: 'fungible' | 'nft' | 'multi' = 'fungible') =>
  logFacts({ received: [{ contract, kind, log: logAt(5n) }] })

const erc20: FakeContract = {
  'balanceOf(address)': (holder = 0n) => (holder === BigInt(owner) ? 7n : 0n),
  'symbol()': string('TKN'),
  'name()': string('Token'),
  'decimals()': 6n,
}

async function readWith(
  contracts: Readonly<Record<Address, FakeContract>>,
  {
    logs = logFacts(),
    tokenLists = [listed(token)],
    ...rest
  }: {
    logs?: ReturnType<typeof logFacts>
    tokenLists?: readonly ReturnType<typeof listed>[]
    shownByWallet?: readonly Address[]
    baseline?: NonNullable<CollectOptions['baseline']>
    label?: string
    over?: object
  } = {},
) {
  const { over, ...options } = rest
  const rpc = fakeContracts(new Map(Object.entries(contracts) as [Address, FakeContract][]), over)
  return read(tokensCollector, { rpc, facts: { ...noTokens, logs }, options: { tokenLists, ...options } })
}

test('a listed token with a balance is a holding, with what it says of itself', async () => {
  const facts = await readWith({ [token]: erc20 })
  expect(facts.holdings).toEqual([
    {
      token: { address: token, standard: 'erc20', symbol: 'TKN', name: 'Token', decimals: 6 },
      balance: 7n,
      lists: ['mine.json'],
      received: null,
    },
  ])
  expect(facts.missing).toEqual([])
  expect(facts.asked).toBe(1)
})

test('a token on no list is found by its transfer', async () => {
  const facts = await readWith({ [token]: erc20 }, { logs: received(token), tokenLists: [] })
  expect(facts.holdings).toMatchObject([{ balance: 7n, lists: [], received: logAt(5n) }])
})

test('a token that the wallet shows is asked as well', async () => {
  const facts = await readWith({ [token]: erc20 }, { tokenLists: [], shownByWallet: [token] })
  expect(facts.holdings).toHaveLength(1)
  expect(facts.shownByWallet).toEqual([token])
})

test('lists of other chains do not count, lists of any chain do', async () => {
  const elsewhere = listed(token, { tokens: [{ chainId: 1, address: token }] })
  const anywhere = listed(token, { name: 'any.txt', tokens: [{ chainId: null, address: token }] })
  const facts = await readWith({ [token]: erc20 }, { tokenLists: [elsewhere, anywhere] })
  expect(facts.holdings).toMatchObject([{ lists: ['any.txt'] }])
  expect(facts.lists.slice(-2)).toEqual([
    { name: 'mine.json', date: '2026-01-02', entries: 0 },
    { name: 'any.txt', date: '2026-01-02', entries: 1 },
  ])
})

test('the bundled tokens of the chain are asked, with the names of their lists', async () => {
  const tether = '0xdAC17F958D2ee523a2206206994597C13D831ec7'
  const rpc = fakeContracts(new Map([[tether, erc20]]))
  const facts = await read(tokensCollector, { rpc, facts: { chain: chain(), logs: logFacts() } })
  expect(facts.asked).toBe(bundledTokens(1).tokens.size)
  expect(facts.holdings).toMatchObject([{ token: { address: tether }, lists: bundledTokens(1).tokens.get(tether) }])
})

test.each([
  ['a balance of zero', { ...erc20, 'balanceOf(address)': 0n }],
  ['no contract at the address', null],
  ['a contract without balances', {}],
  ['an answer that is no word', { 'balanceOf(address)': '0x01' }],
] as const)('%s is no holding, and nothing is missing', async (_, contract) => {
  const facts = await readWith(contract === null ? {} : { [token]: contract }, {
    tokenLists: [],
    logs: received(token),
  })
  expect(facts.holdings).toEqual([])
  expect(facts.missing).toEqual([])
})

test('an ERC-1155 that sent items is not asked for a balance it does not have', async () => {
  const facts = await readWith({}, { logs: received(token, 'multi'), tokenLists: [] })
  expect(facts.asked).toBe(0)
  expect(facts.missing).toEqual([])
})

test('a balance that could not be read is missing, never absent', async () => {
  const facts = await readWith({ [token]: { ...erc20, 'balanceOf(address)': refused('eth_call') } })
  expect(facts.holdings).toEqual([])
  expect(facts.missing).toMatchObject([{ about: 'token-balance', contract: token, error: { code: 'rpc-refused' } }])
})

test('a contract that refuses to tell the balance is missing where the user named it, and no token elsewhere', async () => {
  const refusing = { [token]: { 'symbol()': string('TKN') } }
  const missing = [{ about: 'token-balance', contract: token, error: { code: 'balance-refused' } }]
  expect((await readWith(refusing)).missing).toMatchObject(missing)
  expect((await readWith(refusing, { tokenLists: [], shownByWallet: [token] })).missing).toMatchObject(missing)
  expect((await readWith(refusing, { tokenLists: [], logs: received(token) })).missing).toEqual([])
  expect((await readWith({}, { tokenLists: [], shownByWallet: [token] })).missing).toEqual([])
})

test('a node that answers no call at all is said once, not for every token', async () => {
  const tokens = Array.from({ length: 21 }, (_, index) => ({ chainId: null, address: at(0x100 + index) }))
  const over = { eth_call: refused('eth_call') }
  const many = await readWith({}, { tokenLists: [listed(token, { tokens })], over })
  expect(many.missing).toEqual([{ about: 'token-balance', error: expect.objectContaining({ code: 'rpc-refused' }) }])
  const few = await readWith({}, { tokenLists: [listed(token, { tokens: tokens.slice(0, 20) })], over })
  expect(few.missing).toHaveLength(20)
})

test('words that could not be read are missing; the holding stays', async () => {
  const facts = await readWith({ [token]: { ...erc20, 'symbol()': refused('eth_call') } })
  expect(facts.holdings).toMatchObject([{ balance: 7n, token: { symbol: null, name: 'Token' } }])
  expect(facts.missing).toMatchObject([{ about: 'token-metadata', contract: token }])
})

test.each([
  ['bytes32 words', { 'symbol()': toHex('MKR', { size: 32 }) }, { symbol: 'MKR' }],
  ['no words at all', { 'symbol()': undefined, 'name()': undefined }, { symbol: null, name: null }],
  ['empty words', { 'symbol()': string('') }, { symbol: null }],
  ['decimals beyond a byte', { 'decimals()': 256n }, { decimals: null }],
  ['no decimals', { 'decimals()': undefined }, { decimals: null }],
] as const)('%s are read as they are, and nothing is missing', async (_, over, expected) => {
  const contract = Object.fromEntries(Object.entries({ ...erc20, ...over }).filter(([, entry]) => entry !== undefined))
  const facts = await readWith({ [token]: contract as FakeContract })
  expect(facts.holdings[0]?.token).toMatchObject(expected)
  expect(facts.missing).toEqual([])
})

const interfaces =
  (...ids: readonly string[]) =>
  (id = 0n): Hex =>
    hashOf(ids.some((one) => id.toString(16).startsWith(one)) ? 1 : 0)

test.each([
  ['an ERC-721 by ERC-165', interfaces('80ac58cd'), 'erc721'],
  ['a contract that claims every interface', interfaces(''), 'erc20'],
  ['a contract that denies', interfaces(), 'erc20'],
  ['an answer that could not be read', refused('eth_call'), 'unknown'],
] as const)('the standard of %s', async (_, answer, standard) => {
  const facts = await readWith({ [token]: { ...erc20, 'supportsInterface(bytes4)': answer } })
  expect(facts.holdings[0]?.token.standard).toBe(standard)
  expect(facts.missing.map(({ about }) => about)).toEqual(standard === 'unknown' ? ['token-metadata'] : [])
})

test('what the log scan lacks, the holdings lack', async () => {
  const gap = { ...missingEntry('logs'), ranges: [{ fromBlock: 1n, toBlock: 2n }] }
  const facts = await readWith({ [token]: erc20 }, { logs: logFacts({ missing: [gap] }) })
  expect(facts.missing).toEqual([gap])
  expect(facts.coverage).toEqual(logFacts().coverage)
})

const gap = { ...missingEntry('logs'), ranges: [{ fromBlock: 1n, toBlock: 2n }] }
const holds = (...tokens: readonly Address[]) =>
  tokens.map((contractAddress) => ({ contractAddress, tokenBalance: hashOf(7) }))

describe("an endpoint's own index of holdings", () => {
  const ask = (index: unknown, logs = logFacts({ missing: [gap] })) =>
    readWith({ [token]: erc20 }, { logs, tokenLists: [], over: { alchemy_getTokenBalances: index } })

  test('finds a token that the log scan may have missed; its balance is read from its contract', async () => {
    const facts = await ask({ address: owner, tokenBalances: holds(token, at(0x71)) })
    expect(facts.holdings).toMatchObject([{ token: { address: token }, balance: 7n, lists: [], received: null }])
    expect(facts).toMatchObject({ asked: 2, missing: [gap] })
  })

  test.each([
    ['gaps', logFacts({ coverage: { fromBlock: 0n, toBlock: 9n, gaps: [{ fromBlock: 1n, toBlock: 2n }] } })],
    ['a later first block', logFacts({ coverage: { fromBlock: 1n, toBlock: 9n, gaps: [] } })],
  ])('is asked when the log scan has %s', async (_, logs) => {
    expect((await ask({ tokenBalances: holds(token) }, logs)).asked).toBe(1)
  })

  test('is not asked when the log scan saw everything', async () => {
    const index = () => new Error('asked for nothing')
    expect((await ask(index, logFacts())).asked).toBe(0)
  })

  test('is read page by page', async () => {
    const pages = [
      { tokenBalances: holds(at(1)), pageKey: 'second' },
      { tokenBalances: holds(at(2)), pageKey: 'third' },
      { tokenBalances: holds(token) },
    ]
    const keys: unknown[] = []
    const index = (_owner: Address, _kind: string, options?: { pageKey: string }) =>
      pages[keys.push(options?.pageKey) - 1]
    expect((await ask(index)).asked).toBe(3)
    expect(keys).toEqual([undefined, 'second', 'third'])
  })

  test('is not read for ever', async () => {
    let next = 0
    const endless = () => ({
      tokenBalances: holds(...Array.from({ length: 100 }, () => at(0x10000 + next++))),
      pageKey: 'more',
    })
    expect((await ask(endless)).asked).toBe(5_000)
    expect((await ask({ tokenBalances: [], pageKey: 'more' })).asked).toBe(0)
  })

  test.each([
    ['refused', refused('alchemy_getTokenBalances')],
    ['garbage', { tokenBalances: [{ contractAddress: 'no', tokenBalance: '0x1' }] }],
    ['no object', null],
    ['an odd balance', { tokenBalances: [{ contractAddress: token, tokenBalance: 5 }] }],
  ])('%s: what the scan lacks stays missing, and nothing else is lost', async (_, index) => {
    expect(await ask(index)).toMatchObject({ holdings: [], asked: 0, missing: [gap] })
  })

  test('is not asked again once it refused', async () => {
    let asked = 0
    const index = () => {
      asked++
      return refused('alchemy_getTokenBalances')
    }
    const rpc = fakeContracts(new Map(), { alchemy_getTokenBalances: index })
    const facts = { chain: chain({ chainId: 31337 }), logs: logFacts({ missing: [gap] }) }
    await read(tokensCollector, { rpc, facts })
    await read(tokensCollector, { rpc, facts })
    expect(asked).toBe(1)
  })

  test('zeros in it are no tokens, and a token without an answer is asked by ourselves', async () => {
    const tokenBalances = [
      { contractAddress: at(1), tokenBalance: hashOf(0) },
      { contractAddress: at(2), tokenBalance: '0x' },
      { contractAddress: token, tokenBalance: null, error: 'execution reverted' },
    ]
    const facts = await ask({ tokenBalances })
    expect(facts).toMatchObject({ asked: 1, holdings: [{ balance: 7n }] })
  })
})

test('holdings come in the order of their addresses', async () => {
  const tokens = [3, 1, 2].map((number) => ({ chainId: null, address: at(number) }))
  const contracts = { [at(1)]: erc20, [at(2)]: erc20, [at(3)]: erc20 }
  const facts = await readWith(contracts, { tokenLists: [listed(token, { tokens })] })
  expect(facts.holdings.map((holding) => holding.token.address)).toEqual([at(1), at(2), at(3)])
})

describe('tokens of the baseline', () => {
  const held = (contract: Address) => ({ token: contract, symbol: 'TKN', decimals: 6, amount: '7' })
  const known = (account: Address, chainId = 31337): NonNullable<CollectOptions['baseline']> => [
    {
      account,
      label: null,
      chainId,
      state: { balance: null, nonce: null, safe: null, tokens: { held: [held(token), held(at(0x71))], block: '5' } },
    },
  ]
  const empty: FakeContract = { ...erc20, 'balanceOf(address)': 0n }

  test('are those of every rule that compares with a state of its own', async () => {
    const [target] = known(owner)
    if (target?.state == null) throw new Error('a state')
    const { state } = target
    const [first, second] = state.tokens?.held ?? []
    const holding = (held: typeof first) => ({
      ...state,
      tokens: { held: held === undefined ? [] : [held], block: '5' },
    })
    const baseline = [{ ...target, state: holding(first), compared: { 'balance-drop': holding(second) } }]
    const facts = await readWith({ [token]: erc20, [at(0x71)]: empty }, { tokenLists: [], baseline })
    expect([facts.asked, facts.gone]).toEqual([2, [at(0x71)]])
  })

  test('are those of the label, where the account has two', async () => {
    const other = { account: owner, label: 'pay', chainId: 31337, state: null }
    const baseline = [other, ...known(owner)].map((target, index) => ({
      ...target,
      label: index === 0 ? 'pay' : 'ops',
    }))
    const contracts = { [token]: erc20, [at(0x71)]: empty }
    const asked = ['ops', 'pay', 'renamed'].map(async (label) =>
      readWith(contracts, { tokenLists: [], baseline, label }),
    )
    expect((await Promise.all(asked)).map((facts) => facts.asked)).toEqual([2, 0, 0])
  })

  test('are asked about though no list has them, and those of which nothing is left are told', async () => {
    const facts = await readWith({ [token]: erc20, [at(0x71)]: empty }, { tokenLists: [], baseline: known(owner) })
    expect(facts.holdings.map((holding) => holding.token.address)).toEqual([token])
    expect(facts.gone).toEqual([at(0x71)])
    expect(facts.asked).toBe(2)
  })

  test('that do not answer are not told to be gone', async () => {
    const facts = await readWith({ [token]: erc20 }, { tokenLists: [], baseline: known(owner) })
    expect(facts.gone).toEqual([])
  })

  test.each([
    ['of another account', known(at(9))],
    ['on another chain', known(owner, 1)],
  ])('%s are nothing to this one', async (_, baseline) => {
    const facts = await readWith({ [token]: erc20 }, { tokenLists: [], baseline })
    expect(facts.asked).toBe(0)
    expect(facts.gone).toEqual([])
  })

  test('without a baseline nothing is said of them', async () => {
    expect(await readWith({ [token]: erc20 })).not.toHaveProperty('gone')
  })
})
