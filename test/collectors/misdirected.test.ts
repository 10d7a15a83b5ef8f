import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import misdirected from '../../src/collectors/misdirected.ts'
import type { LogFacts } from '../../src/core/facts.ts'
import { addressTopic } from '../../src/domain/topics.ts'
import { account, activity, at, chain, hashOf, logAt, logs, missing, owner, ownTransaction } from '../../src/testing.ts'
import { fakeRpc, read, refused } from '../support/fake-rpc.ts'

const token = at(0x70)
const dead = at(0xdead)
type Strayed = NonNullable<LogFacts['strayed']>[number]
const strayed = (over: Partial<Strayed> = {}): Strayed => ({
  contract: token,
  to: token,
  amount: 5n,
  log: logAt(7n),
  ...over,
})
const call = (selector: string, ...words: readonly string[]): Hex =>
  `0x${selector}${words.map((word) => word.slice(2)).join('')}`
const five = `0x${'5'.padStart(64, '0')}`
const transaction = (over: object = {}) => ({
  hash: hashOf(7n),
  from: owner,
  to: token,
  input: call('a9059cbb', addressTopic(token), five),
  ...over,
})

const readFrom = (
  reply: unknown,
  { given = [strayed()], own = activity() }: { given?: readonly Strayed[]; own?: ReturnType<typeof activity> } = {},
) =>
  read(
    misdirected,
    {
      rpc: fakeRpc({ eth_getTransactionByHash: reply, eth_call: '0x' }),
      facts: { chain: chain(), account: account(), logs: logs({ strayed: given }) },
    },
    { activity: { status: 'ok', value: own } },
  )

test.each([
  ['transfer', call('a9059cbb', addressTopic(token), five)],
  ['transferFrom', call('23b872dd', addressTopic(owner), addressTopic(token), five)],
  ['safeTransferFrom', call('42842e0e', addressTopic(owner), addressTopic(token), five)],
  ['safeTransferFrom with data', call('b88d4fde', addressTopic(owner), addressTopic(token), five, five)],
])('a call of %s that names the recipient counts', async (_, input) => {
  expect((await readFrom(transaction({ input }))).tokens).toMatchObject([
    { place: 'own-contract', to: token, amount: 5n },
  ])
})

test.each([
  ['of somebody else', { from: at(1) }],
  ['to another contract', { to: at(2) }],
  ['that creates a contract', { to: null }],
  ['with another recipient, of whom the token kept a fee', { input: call('a9059cbb', addressTopic(at(3)), five) }],
  ['of another function', { input: call('42966c68', five) }],
  ['that is cut', { input: '0xa9059cbb00' }],
])('a transaction %s is none', async (_, over) => {
  const facts = await readFrom(transaction(over))
  expect(facts.tokens).toEqual([])
  expect(facts.missing).toEqual([])
})

test.each([
  ['refused', refused('eth_getTransactionByHash'), 'rpc-refused'],
  ['not there', null, 'malformed-reply'],
])('a transaction that is %s is missing, and not absent', async (_, reply, code) => {
  expect(await readFrom(reply)).toMatchObject({
    tokens: [],
    missing: [{ about: 'transaction-sender', error: { code } }],
  })
})

describe('of several transactions of one token and recipient', () => {
  /** By its block: the transaction of block 1 is a mistake of the account, all others paid a fee to the token. */
  const replyOf = (mine: number) => (hash: Hex) =>
    transaction({ hash, ...(hash !== hashOf(mine) && { input: call('a9059cbb', addressTopic(at(3)), five) }) })
  const inBlocks = (count: number, over: Partial<Strayed> = {}) =>
    Array.from({ length: count }, (_, index) => strayed({ log: logAt(BigInt(index + 1)), ...over }))
  const leftOut = ({ missing }: Awaited<ReturnType<typeof readFrom>>) =>
    missing.filter(({ about }) => about === 'transfers').map(({ error }) => error.code)

  test.each([2, 11, 100])('the oldest of %i is the mistake, and the rest are fees', async (count) => {
    const facts = await readFrom(replyOf(1), { given: inBlocks(count) })
    expect(facts.tokens).toEqual([
      { place: 'own-contract', contract: token, to: token, amount: 5n, symbol: null, decimals: null, log: logAt(1n) },
    ])
    expect(facts.missing).toEqual([])
  })

  test('the newest mistake is told', async () => {
    const facts = await readFrom(transaction(), { given: inBlocks(3) })
    expect(facts.tokens.map(({ log }) => log)).toEqual([logAt(3n)])
  })

  test('none is a mistake, and older ones were not kept: that is said', async () => {
    const [oldest, ...rest] = inBlocks(100)
    const given = [...rest, { ...strayed(), ...oldest, hasOlder: true as const }]
    expect(leftOut(await readFrom(replyOf(0), { given }))).toEqual(['too-many-strayed'])
    expect(leftOut(await readFrom(replyOf(0), { given: inBlocks(100) }))).toEqual([])
    // A newer mistake of the same kind is what would be told.
    expect(leftOut(await readFrom(replyOf(50), { given }))).toEqual([])
  })

  test('more than four hundred, as contracts make them up: the newest are read, and that is said', async () => {
    const kinds = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ contract: at(0x1000 + index), log: logAt(BigInt(index + 1)) }))
    const facts = await readFrom(replyOf(0), { given: kinds(401).map(strayed) })
    expect(leftOut(facts)).toEqual(['too-many-strayed'])
    expect(leftOut(await readFrom(replyOf(0), { given: kinds(400).map(strayed) }))).toEqual([])
  })
})

test('coins to nobody, of transactions that went through', async () => {
  const sent = (over: object) => ownTransaction({ to: dead, value: 7n, hash: hashOf(1), block: 9n, ...over })
  const own = activity([
    sent({}),
    sent({ succeeded: false }),
    sent({ value: 0n }),
    sent({ to: at(5) }),
    sent({ to: null }),
  ])
  const facts = await readFrom(transaction(), {
    given: [],
    own: { ...own, missing: [missing('activity'), missing('block-fees')] },
  })
  expect(facts.coins).toEqual([{ to: dead, value: 7n, transaction: hashOf(1), block: 9n }])
  expect(facts.missing.map(({ about }) => about)).toEqual(['activity'])
})
