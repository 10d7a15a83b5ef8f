import fc from 'fast-check'
import { numberToHex, padHex } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { mostProbes } from '../../src/collectors/activity/bisect-nonces.ts'
import activity, { TransactionsLeftOutError } from '../../src/collectors/activity.ts'
import type { CollectOptions } from '../../src/core/collector.ts'
import { toFactError } from '../../src/core/errors.ts'
import type { ActivityFacts } from '../../src/core/facts.ts'
import { RpcTimeoutError } from '../../src/rpc/errors.ts'
import { account, at, chain, hashOf, nonces, owner } from '../../src/testing.ts'
import { errorHints } from '../../src/words/index.ts'
import { type FakeRpc, fakeRpc, pruned, read, refused } from '../support/fake-rpc.ts'
import { hashOfNonce, receiptOf, simulatedNode, timeOf, transactionOf, type Use } from '../support/simulated-node.ts'

const head = 1_000_000n
const block = { number: head, hash: hashOf(head), timestamp: timeOf(head) }

function readFrom(rpc: FakeRpc, nextNonce: number, options: Partial<CollectOptions> = {}): Promise<ActivityFacts> {
  const facts = { chain: chain({ block, head: block }), account: account(), nonces: nonces({ latest: nextNonce }) }
  return read(activity, { rpc, facts, options })
}
const newest = (mostTransactions: number) => ({ history: { days: null, mostTransactions } })
/** A node with past state and no index by sender, with some answers replaced. */
function readBisected(uses: readonly Use[], { over = {}, oldestState = 0n } = {}): Promise<ActivityFacts> {
  return readFrom(fakeRpc({ ...simulatedNode({ uses, oldestState }), ...over }), uses.length)
}
const three: readonly Use[] = [
  { nonce: 0, block: 10n },
  { nonce: 1, block: 700_000n },
  { nonce: 2, block: 999_999n },
]
const noncesOf = ({ transactions }: ActivityFacts) => transactions.map(({ nonce }) => nonce)

describe('an account without own transactions', () => {
  test.each([
    ['nothing sent', account(), 0],
    ['a contract', account({ code: { kind: 'contract', codeHash: hashOf(1) } }), 5],
  ])('%s: complete, and nothing is asked', async (_, accountFacts, latest) => {
    const rpc = fakeRpc({})
    const facts = { chain: chain(), account: accountFacts, nonces: nonces({ latest }) }
    expect(await read(activity, { rpc, facts })).toEqual({
      transactions: [],
      source: 'none-sent',
      nonceRange: null,
      since: 0,
      raised: [],
      missing: [],
    })
    expect(rpc.asked).toEqual([])
  })

  test('a delegated account that sent some is looked at', async () => {
    const code = { kind: 'delegated', delegate: at(1), delegateCodeHash: null } as const
    const facts = { chain: chain({ block, head: block }), account: account({ code }), nonces: nonces({ latest: 3 }) }
    const rpc = fakeRpc(simulatedNode({ uses: three }))
    expect(noncesOf(await read(activity, { rpc, facts }))).toEqual([2, 1, 0])
  })
})

describe('bisection', () => {
  test('finds each transaction and all that belongs to it', async () => {
    const facts = await readBisected(three)
    expect(facts).toMatchObject({ source: 'nonce-bisection', nonceRange: { from: 0, to: 2 }, missing: [] })
    expect(noncesOf(facts)).toEqual([2, 1, 0])
    expect(facts.transactions[1]).toEqual({
      hash: hashOfNonce(1),
      nonce: 1,
      block: 700_000n,
      timestamp: timeOf(700_000n),
      to: at(0xb0b),
      value: 1n,
      selector: '0xa9059cbb',
      gasLimit: 50_000n,
      gasUsed: 21_000n,
      effectiveGasPrice: 110n,
      dataFee: 0n,
      succeeded: true,
      revertReason: null,
      blockFees: {
        baseFee: 100n,
        price: { p10: 101n, p50: 110n, p90: 120n },
        tip: { p10: 1n, p50: 10n, p90: 20n },
      },
    })
  })

  test('looks for as many of the newest as are read, and says how many are left out', async () => {
    const uses = Array.from({ length: 30 }, (_, nonce) => ({ nonce, block: BigInt(nonce) * 1000n + 5n }))
    const facts = await readFrom(fakeRpc(simulatedNode({ uses })), 30, newest(10))
    expect(facts).toMatchObject({ nonceRange: { from: 20, to: 29 }, since: null })
    expect(noncesOf(facts)).toEqual([29, 28, 27, 26, 25, 24, 23, 22, 21, 20])
    expect(facts.missing).toMatchObject([
      {
        about: 'history',
        error: {
          code: 'transactions-left-out',
          data: { first: { value: 0 }, last: { value: 19 }, count: { value: 20 }, limit: { value: 'default' } },
          hints: ['Ask for a number of days with --history: then up to 10000 transactions are read.'],
        },
      },
    ])
  })

  test.each([
    [10_000, 'most', 'Ask for fewer days with --history to read all of that time.', '--history の日数を減らすと'],
    [9_999, 'default', 'Ask for a number of days with --history', '--history で日数を指定すると'],
  ])('where %i were read, the most that are, it advises no more days', (count, limit, english, japanese) => {
    const error = toFactError(new TransactionsLeftOutError({ from: 0, to: 4 }, count))
    expect(error).toMatchObject({ data: { limit: { value: limit } } })
    expect(error.hints).toEqual(errorHints(error, 'en'))
    expect(errorHints(error, 'en').join()).toContain(english)
    expect(errorHints(error, 'ja').join()).toContain(japanese)
  })

  // The node says of every signature that the account made it.
  const itsOwn = { eth_call: padHex(owner, { size: 32 }) }

  test.each([
    ['authorisations that nobody can tell the signer of', {}],
    ['its own authorisations', itsOwn],
  ])('finds whatever history there is, within its bound of questions: with %s', async (_, over) => {
    const use = (block: fc.Arbitrary<bigint>) =>
      fc.record({ block, isAuthorization: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()) })
    // Anywhere, with long gaps; in a few neighbouring blocks; and bursts in one block.
    const anywhere = fc.array(use(fc.bigInt({ min: 1n, max: head })), { maxLength: 40 })
    const crowd = fc.array(use(fc.bigInt({ min: 500_000n, max: 500_020n })), { maxLength: 30 })
    const burst = fc
      .tuple(fc.bigInt({ min: 1n, max: head }), fc.integer({ min: 1, max: 20 }))
      .map(([block, size]) => Array.from({ length: size }, () => ({ block, isAuthorization: false })))
    const history = fc.tuple(anywhere, crowd, burst).map((parts) => parts.flat())
    await fc.assert(
      fc.asyncProperty(history, async (unordered) => {
        const ordered = unordered.toSorted((one, other) => Number(one.block - other.block))
        const uses = ordered.map((use, nonce) => ({ ...use, nonce }))
        const rpc = fakeRpc({ ...simulatedNode({ uses }), ...over })
        const facts = await readFrom(rpc, uses.length)
        const isSent = ({ isAuthorization }: Use) => isAuthorization !== true
        const places = (ofWhat: readonly { readonly nonce: number; readonly block: bigint }[]) =>
          ofWhat
            .map(({ nonce, block }) => [nonce, block])
            .toSorted(([one = 0], [other = 0]) => Number(one) - Number(other))
        expect(places(facts.transactions)).toEqual(places(uses.filter(isSent)))
        const authorized = uses.filter((use) => !isSent(use))
        expect(places(facts.raised ?? [])).toEqual(over === itsOwn ? places(authorized) : [])
        const unproven = over === itsOwn ? 0 : authorized.length
        expect(facts.missing.map(({ error }) => error.data.count?.value)).toEqual(unproven > 0 ? [unproven] : [])
        const askedFor = (method: string) => rpc.asked.filter((asked) => asked.method === method).length
        const hits = new Set(uses.map(({ block }) => block)).size
        expect(askedFor('eth_getTransactionCount')).toBeLessThanOrEqual(mostProbes(hits, Number(head)))
        expect(askedFor('eth_getBlockByNumber')).toBe(hits)
      }),
      { numRuns: 100 },
    )
  })

  test('transactions of one block share its answers', async () => {
    const uses = [0, 1, 2, 3].map((nonce) => ({ nonce, block: 500_000n }))
    const rpc = fakeRpc(simulatedNode({ uses }))
    expect(noncesOf(await readFrom(rpc, 4))).toEqual([3, 2, 1, 0])
    const asked = rpc.asked.map(({ method, params }) => `${method} ${params.at(-1)}`)
    expect(asked.filter((question) => question === 'eth_getBlockByNumber true')).toHaveLength(1)
    expect(asked.filter((question) => question.startsWith('eth_feeHistory'))).toHaveLength(1)
  })

  test('a nonce that no transaction used is missing in its own words', async () => {
    const facts = await readBisected([...three.slice(0, 2), { nonce: 2, block: 800_000n, isAuthorization: true }])
    expect(noncesOf(facts)).toEqual([1, 0])
    expect(facts.missing).toMatchObject([
      {
        about: 'activity',
        error: {
          code: 'nonce-without-transaction',
          data: { first: { value: 2 }, last: { value: 2 }, count: { value: 1 } },
        },
      },
    ])
  })

  test('a nonce whose block shows neither a transaction nor an authorisation is not explained away', async () => {
    const { eth_getBlockByNumber: blocks } = simulatedNode({ uses: three })
    const getBlock = (tag: unknown, isFull: unknown) => ({
      ...blocks(tag, isFull),
      ...(isFull === true && tag === '0xaae60' && { transactions: [] }),
    })
    const facts = await readBisected(three, { over: { eth_getBlockByNumber: getBlock } })
    expect(noncesOf(facts)).toEqual([2, 0])
    expect(facts.missing).toMatchObject([{ error: { code: 'nonces-not-found', data: { first: { value: 1 } } } }])
  })

  test('a node with recent state only: what it has is found, the rest is missing with its reason', async () => {
    const facts = await readBisected(three, { oldestState: 999_900n })
    expect(noncesOf(facts)).toEqual([2])
    expect(facts.nonceRange).toEqual({ from: 0, to: 2 })
    expect(facts.missing).toMatchObject([
      {
        about: 'activity',
        error: { code: 'state-unavailable', data: { first: { value: 0 }, last: { value: 1 }, count: { value: 2 } } },
      },
    ])
  })

  test('a node with half of the past state: as far back as it reaches, up to the nonce that is wanted', async () => {
    const node = fakeRpc(simulatedNode({ uses: three, oldestState: 400_000n }))
    expect(noncesOf(await readFrom(node, 3, newest(2)))).toEqual([2, 1])
  })

  test('more transactions than are searched for at a time', async () => {
    const uses = Array.from({ length: 150 }, (_, nonce) => ({ nonce, block: BigInt(nonce) * 6_500n + 3n }))
    const rpc = fakeRpc(simulatedNode({ uses }))
    const facts = await readFrom(rpc, 150)
    expect(facts.transactions.map(({ block }) => block).toReversed()).toEqual(uses.map(({ block }) => block))
    expect(facts.missing).toEqual([])
  })

  test('a node without any past state fails the fact, with what to do', async () => {
    await expect(readBisected(three, { oldestState: head })).rejects.toMatchObject({
      code: 'activity-unreadable',
      data: { sent: { value: 3 }, cause: { value: 'state-unavailable' } },
      hints: ['Use an archive endpoint, or check at the newest block.'],
    })
  })

  test.each([
    ['the newest one for every block', '0x3'],
    ['more than the newest one', '0x5'],
    ['null', null],
  ])('past nonces that cannot be fail the fact: %s', async (_, eth_getTransactionCount) => {
    const answer = readBisected(three, { over: { eth_getTransactionCount } })
    await expect(answer).rejects.toMatchObject({
      code: 'activity-unreadable',
      data: { cause: { value: 'malformed-reply' } },
    })
  })

  test('past nonces that fall are not believed: blocks show what was sent', async () => {
    const { eth_getTransactionCount: counts } = simulatedNode({ uses: three })
    const falling = (who: unknown, tag: unknown) => {
      const isWithinLie = Number(tag) >= 200_000 && Number(tag) < 500_000
      return isWithinLie ? '0x3' : counts(who, tag)
    }
    const facts = await readBisected(three, { over: { eth_getTransactionCount: falling } })
    expect(noncesOf(facts)).toEqual([2, 1, 0])
    expect(facts.missing).toEqual([])
  })

  test.each([
    ['null', null],
    ['another block', { number: '0x1', transactions: [] }],
    ['no transactions', { number: '0xf423f' }],
    ['hashes only', { number: '0xf423f', transactions: [hashOf(1)] }],
    ['an authorisation without a nonce', { number: '0xf423f', transactions: [{ authorizationList: [{}] }] }],
  ])('a malformed block fails the fact: %s', async (_, eth_getBlockByNumber) => {
    const answer = readBisected(three, { over: { eth_getBlockByNumber } })
    await expect(answer).rejects.toMatchObject({ data: { cause: { value: 'malformed-reply' } } })
  })
})

describe('a node that finds by sender and nonce', () => {
  const many = Array.from({ length: 30 }, (_, nonce) => ({ nonce, block: BigInt(nonce) + 100n }))
  const bySender = (uses: readonly Use[]) => (_account: unknown, nonce: unknown) => {
    const use = uses.find((other) => numberToHex(other.nonce) === nonce)
    return use === undefined ? null : transactionOf(use)
  }
  /** A node that keeps no past state: nothing else tells about a nonce. */
  const node = (over: object = {}) =>
    fakeRpc({
      ...simulatedNode({ uses: many, oldestState: head }),
      eth_getTransactionBySenderAndNonce: bySender(many),
      ...over,
    })
  const readNode = (over: object = {}) => readFrom(node(over), 30, newest(25))

  test('as many of the newest as are read', async () => {
    const facts = await readNode()
    expect(facts).toMatchObject({
      source: 'eth_getTransactionBySenderAndNonce',
      nonceRange: { from: 5, to: 29 },
      missing: [{ about: 'history' }],
    })
    expect(noncesOf(facts)).toEqual(
      many
        .map(({ nonce }) => nonce)
        .slice(5)
        .toReversed(),
    )
  })

  test('nonces it does not know are missing, first, last and count', async () => {
    const known = many.filter(({ nonce }) => nonce !== 7 && nonce !== 20)
    const facts = await readNode({ eth_getTransactionBySenderAndNonce: bySender(known) })
    expect(facts.transactions).toHaveLength(23)
    expect(facts.missing).toMatchObject([
      { about: 'history' },
      { error: { code: 'state-unavailable', data: { first: { value: 7 }, last: { value: 20 }, count: { value: 2 } } } },
    ])
  })

  test('a nonce that failed is missing for that reason', async () => {
    const timeout = new RpcTimeoutError({ host: 'rpc.example', method: 'eth_getTransactionBySenderAndNonce' }, 1000)
    const answer = (who: unknown, nonce: unknown) => (nonce === '0x14' ? timeout : bySender(many)(who, nonce))
    const facts = await readNode({ eth_getTransactionBySenderAndNonce: answer })
    expect(facts.transactions).toHaveLength(24)
    expect(facts.missing).toMatchObject([
      { about: 'history' },
      { error: { code: 'rpc-timeout', data: { first: { value: 20 } } } },
    ])
  })

  test('one that knows none at all is not believed: bisection finds them', async () => {
    const forgetful = { ...simulatedNode({ uses: many }), eth_getTransactionBySenderAndNonce: null }
    const facts = await readFrom(fakeRpc(forgetful), 30)
    expect(facts).toMatchObject({ source: 'nonce-bisection', missing: [] })
    expect(facts.transactions).toHaveLength(30)
  })

  test('what it does not know is found by its nonce where the node has past state', async () => {
    const known = many.filter(({ nonce }) => nonce !== 7 && nonce !== 20)
    const archive = { ...simulatedNode({ uses: many }), eth_getTransactionBySenderAndNonce: bySender(known) }
    const rpc = fakeRpc(archive)
    const facts = await readFrom(rpc, 30)
    expect(facts).toMatchObject({ source: 'eth_getTransactionBySenderAndNonce', since: 0, missing: [] })
    expect(facts.transactions).toHaveLength(30)
    const whole = rpc.asked.filter(({ method, params }) => method === 'eth_getBlockByNumber' && params[1] === true)
    expect(whole.map(({ params }) => params[0]).toSorted()).toEqual([numberToHex(107n), numberToHex(120n)].toSorted())
  })

  test.each([
    ["another account's", { from: at(1) }],
    ['another nonce', { nonce: '0x1' }],
    ['pending', { blockNumber: null }],
    ['after the pinned block', { blockNumber: numberToHex(head + 1n) }],
    ['without a hash', { hash: undefined }],
  ])('a transaction that is %s is not taken', async (_, over) => {
    const broken = { ...transactionOf({ nonce: 20, block: 120n }), ...over }
    const answer = (who: unknown, nonce: unknown) => (nonce === '0x14' ? broken : bySender(many)(who, nonce))
    const facts = await readNode({ eth_getTransactionBySenderAndNonce: answer })
    expect(noncesOf(facts)).not.toContain(20)
    expect(facts.missing).toMatchObject([
      { about: 'history' },
      { error: { code: 'malformed-reply', data: { first: { value: 20 } } } },
    ])
  })
})

describe('a node with an index by address', () => {
  /** Pages of `size`, newest first, as Otterscan's methods give them: received transactions among the own ones. */
  const paged = (all: readonly object[], size: number) => (_account: unknown, before: unknown) => {
    const older = all.filter((transaction) => blockOf(transaction) < Number(before))
    return { txs: older.slice(0, size), receipts: [], firstPage: false, lastPage: older.length <= size }
  }
  const blockOf = (transaction: object) => ('blockNumber' in transaction ? Number(transaction.blockNumber) : 0)
  const received = (id: number) => ({
    ...transactionOf({ nonce: 0, block: 800_000n - BigInt(id) }),
    from: at(0x5aa),
    hash: hashOf(id + 1),
  })
  const own = three.map(transactionOf).toReversed()
  const node = (ots: unknown) => fakeRpc({ ...simulatedNode({ uses: three }), ots_searchTransactionsBefore: ots })
  const byBlock = (one: object, other: object) => blockOf(other) - blockOf(one)

  test('own transactions are picked from several pages', async () => {
    const all = [...own, ...Array.from({ length: 60 }, (_, id) => received(id))].toSorted(byBlock)
    const rpc = node(paged(all, 25))
    const facts = await readFrom(rpc, 3)
    expect(facts).toMatchObject({ source: 'ots_searchTransactionsBefore', missing: [] })
    expect(noncesOf(facts)).toEqual([2, 1, 0])
    const pages = rpc.asked.filter(({ method }) => method === 'ots_searchTransactionsBefore')
    expect(pages.map(({ params }) => params)).toEqual([
      [owner, 1_000_001, 25],
      [owner, 799_977, 25],
      [owner, 799_952, 25],
    ])
  })

  const spammed = [...own, ...Array.from({ length: 1200 }, (_, id) => received(id))].toSorted(byBlock)

  test('spam is read for forty pages, and what was not reached is found by its nonce', async () => {
    const rpc = node(paged(spammed, 25))
    const facts = await readFrom(rpc, 3)
    expect(noncesOf(facts)).toEqual([2, 1, 0])
    expect(facts.missing).toEqual([])
    expect(rpc.asked.filter(({ method }) => method === 'ots_searchTransactionsBefore')).toHaveLength(40)
  })

  test('without past state either, it is missing', async () => {
    const withoutState = simulatedNode({ uses: three, oldestState: head })
    const rpc = fakeRpc({ ...withoutState, ots_searchTransactionsBefore: paged(spammed, 25) })
    const facts = await readFrom(rpc, 3)
    expect(noncesOf(facts)).toEqual([2])
    expect(facts.missing).toMatchObject([
      { error: { code: 'state-unavailable', data: { first: { value: 0 }, last: { value: 1 }, count: { value: 2 } } } },
    ])
  })

  test('reading stops where the range ends', async () => {
    const uses = Array.from({ length: 60 }, (_, nonce) => ({ nonce, block: BigInt(nonce) + 100n }))
    const listed = uses.filter(({ nonce }) => nonce !== 40)
    const ots = paged(listed.map(transactionOf).toReversed(), 25)
    const rpc = fakeRpc({ ...simulatedNode({ uses, oldestState: head }), ots_searchTransactionsBefore: ots })
    const facts = await readFrom(rpc, 60, newest(25))
    expect(facts.nonceRange).toEqual({ from: 35, to: 59 })
    expect(facts.transactions).toHaveLength(24)
    expect(facts.missing).toMatchObject([
      { about: 'history' },
      { error: { code: 'state-unavailable', data: { first: { value: 40 }, last: { value: 40 } } } },
    ])
    expect(rpc.asked.filter(({ method }) => method === 'ots_searchTransactionsBefore')).toHaveLength(1)
  })

  test.each([
    ['null', null],
    ['no transactions', {}],
    ['an empty last page', { txs: [], lastPage: true }],
    ['a transaction without a block', { txs: [{ ...own[0], blockNumber: null }], lastPage: true }],
    ['a transaction of a later block', { txs: [{ ...own[0], blockNumber: '0xf4241' }], lastPage: true }],
    ['two transactions of one nonce', { txs: [own[0], { ...own[0], hash: hashOf(5) }], lastPage: true }],
    ['the same page for ever', { txs: [own[0]], lastPage: false }],
  ])('an unusable index is passed over: %s', async (_, answer) => {
    const facts = await readFrom(node(answer), 3)
    expect(facts).toMatchObject({ source: 'nonce-bisection', missing: [] })
    expect(noncesOf(facts)).toEqual([2, 1, 0])
  })
})

describe('what belongs to a transaction', () => {
  const failed: readonly Use[] = [three[0], { nonce: 1, block: 700_000n, hasFailed: true }].flatMap((use) => use ?? [])
  const replayed = (eth_call: unknown) => readBisected(failed, { over: { eth_call } })
  const words = `0x08c379a0${'20'.padStart(64, '0')}${'4'.padStart(64, '0')}${'6e6f7065'.padEnd(64, '0')}`

  test('a failed one is called again as it was, on the state before its block', async () => {
    const rpc = fakeRpc({
      ...simulatedNode({ uses: failed }),
      eth_call: refused('eth_call', 'execution reverted: nope', words),
    })
    const facts = await readFrom(rpc, 2)
    expect(facts.transactions[0]).toMatchObject({ succeeded: false, revertReason: 'nope' })
    expect(facts.missing).toEqual([])
    const calls = rpc.asked.filter(({ method }) => method === 'eth_call')
    const call = { from: owner, to: at(0xb0b), value: '0x1', gas: '0xc350', data: '0xa9059cbb0000' }
    expect(calls.map(({ params }) => params)).toEqual([[call, numberToHex(699_999n)]])
  })

  test.each([
    ['reverts without words', refused('eth_call', 'execution reverted'), null],
    ['reverts with empty data', refused('eth_call', 'execution reverted', '0x'), null],
    ['runs out of gas', refused('eth_call', 'out of gas'), null],
    ['reverts with a custom error', refused('eth_call', 'execution reverted', '0xe450d38c00'), '0xe450d38c'],
    ['reverts with a known error', refused('eth_call', 'execution reverted', '0x39d35496'), 'V3TooLittleReceived()'],
  ])('a replay that %s is read', async (_, answer, revertReason) => {
    const facts = await replayed(answer)
    expect(facts.transactions[0]?.revertReason).toBe(revertReason)
    expect(facts.missing).toEqual([])
  })

  test.each([
    ['goes through', '0x', 'replay-succeeded'],
    ['needs pruned state', pruned('eth_call'), 'state-unavailable'],
    ['is refused for other reasons', refused('eth_call', 'insufficient funds for transfer'), 'rpc-refused'],
    ['is not offered', undefined, 'method-not-supported'],
  ])('a replay that %s leaves the reason missing, and the transaction stays', async (_, answer, code) => {
    const over = answer === undefined ? {} : { eth_call: answer }
    const facts = await readBisected(failed, { over })
    expect(facts.transactions[0]).toMatchObject({ nonce: 1, succeeded: false, revertReason: null })
    expect(facts.missing).toMatchObject([
      {
        about: 'revert-reason',
        error: { code, data: { transaction: { value: hashOfNonce(1) }, count: { value: 1 } } },
      },
    ])
  })

  test('of two that cannot be replayed, each says so, and the reason is missing once', async () => {
    const two = three.map((use) => ({ ...use, hasFailed: use.nonce > 0 }))
    const facts = await readBisected(two, { over: { eth_call: pruned('eth_call') } })
    expect(facts.transactions.map(({ isReasonUnread }) => isReasonUnread)).toEqual([true, true, undefined])
    expect(facts.missing.map(({ about, error }) => [about, error.data.count?.value])).toEqual([['revert-reason', 2]])
  })

  test('refused block fees are missing once, with how many lack them', async () => {
    const facts = await readBisected(three, { over: { eth_feeHistory: refused('eth_feeHistory') } })
    expect(facts.transactions.map(({ blockFees }) => blockFees)).toEqual([null, null, null])
    expect(facts.missing).toMatchObject([
      {
        about: 'block-fees',
        error: { code: 'rpc-refused', data: { transaction: { value: hashOfNonce(2) }, count: { value: 3 } } },
      },
    ])
  })

  const history = {
    oldestBlock: '0xaae60',
    baseFeePerGas: ['0x64', '0x64'],
    gasUsedRatio: [0.5],
    reward: [['0x1', '0x2', '0x3']],
  }
  test.each([
    ['another block', { ...history, oldestBlock: '0xa' }],
    ['no tips', { ...history, reward: [[]] }],
    ['a base fee that is a number', { ...history, baseFeePerGas: [100, 100] }],
    ['null', null],
  ])('malformed block fees are missing: %s', async (_, answer) => {
    const facts = await readBisected([{ nonce: 0, block: 700_000n }], { over: { eth_feeHistory: answer } })
    expect(facts.transactions[0]?.blockFees).toBeNull()
    expect(facts.missing).toMatchObject([{ about: 'block-fees', error: { code: 'malformed-reply' } }])
  })

  test('on a chain without base fees the whole price is the tip', async () => {
    const over = { eth_feeHistory: { ...history, baseFeePerGas: undefined } }
    const facts = await readBisected([{ nonce: 0, block: 700_000n }], { over })
    expect(facts.transactions[0]?.blockFees).toEqual({
      baseFee: 0n,
      price: { p10: 1n, p50: 2n, p90: 3n },
      tip: { p10: 1n, p50: 2n, p90: 3n },
    })
  })

  const middle = { nonce: 1, block: 700_000n }
  test.each([
    ['is refused', refused('eth_getTransactionReceipt'), 'rpc-refused'],
    ['is not there', null, 'receipt-not-found'],
    ['has no status', { ...receiptOf(middle), status: undefined }, 'receipt-without-status'],
    ["is another transaction's", { ...receiptOf(middle), transactionHash: hashOf(1) }, 'malformed-reply'],
    ['has no gas used', { ...receiptOf(middle), gasUsed: null }, 'malformed-reply'],
    ['has a price in decimals', { ...receiptOf(middle), effectiveGasPrice: 110 }, 'malformed-reply'],
  ])('a receipt that %s costs its own transaction only', async (_, answer, code) => {
    const { eth_getTransactionReceipt: receipts } = simulatedNode({ uses: three })
    const over = { eth_getTransactionReceipt: (hash: unknown) => (hash === hashOfNonce(1) ? answer : receipts(hash)) }
    const facts = await readBisected(three, { over })
    expect(noncesOf(facts)).toEqual([2, 0])
    expect(facts.missing).toMatchObject([
      { about: 'activity', error: { code, data: { transaction: { value: hashOfNonce(1) } } } },
    ])
  })

  test.each([
    ['is refused', refused('eth_getBlockByNumber'), 'rpc-refused'],
    ['has no time', { number: '0xaae60', timestamp: null }, 'malformed-reply'],
    ['is another one', { number: '0x1', timestamp: '0x1' }, 'malformed-reply'],
  ])('a block that %s costs its own transactions only', async (_, answer, code) => {
    const node = simulatedNode({ uses: three })
    const rpc = fakeRpc({
      ...node,
      eth_getTransactionBySenderAndNonce: (_account: unknown, nonce: unknown) =>
        transactionOf(three[Number(nonce)] ?? middle),
      eth_getBlockByNumber: (tag: unknown, isFull: unknown) =>
        tag === '0xaae60' ? answer : node.eth_getBlockByNumber(tag, isFull),
    })
    const facts = await readFrom(rpc, 3)
    expect(noncesOf(facts)).toEqual([2, 0])
    expect(facts.missing).toMatchObject([{ about: 'activity', error: { code } }])
  })
})
