/** However own transfers, mistakes and those of others follow each other: what matters is found, or said to be unknown. */
import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { expect, test } from 'vitest'
import sentToTokenContract from '../../rules/sent-to-token-contract/index.ts'
import unexpectedOutgoing from '../../rules/unexpected-outgoing/index.ts'
import misdirectedCollector from '../../src/collectors/misdirected.ts'
import outgoingCollector from '../../src/collectors/outgoing.ts'
import { strayedReader } from '../../src/domain/misdirected-logs.ts'
import { sentReader } from '../../src/domain/sent-logs.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import {
  account,
  activity,
  at,
  baseline,
  chain,
  hashOf,
  judgeWith,
  logs,
  nonces,
  owner,
  ownTransaction,
} from '../../src/testing.ts'
import { fakeRpc, read, refused } from '../support/fake-rpc.ts'

const tokens = [at(0x70), at(0x71)] as const
const spenders = [at(0x5e1), at(0x5e2)] as const
const logOf = (contract: Address, to: Address, block: number) => ({
  address: contract.toLowerCase() as Address,
  topics: [topics.transfer, addressTopic(owner), addressTopic(to)] as Hex[],
  data: hashOf(5),
  blockNumber: BigInt(block),
  transactionHash: hashOf(block),
  logIndex: 0,
})
const ok = <Value>(value: Value) => ({ status: 'ok', value }) as const

/** One transaction in each block from 1 on. */
const transfer = fc.record({ by: fc.constantFrom(owner, owner, owner, ...spenders), token: fc.constantFrom(...tokens) })
const history = fc.array(transfer, { maxLength: 40 })
const place = fc.integer({ min: 0, max: 41 })

test('every transaction of others since the baseline is told, or it is said that some are not known', async () => {
  const reading = fc.record({
    isKnown: fc.boolean(),
    ownUnread: fc.constantFrom(0, 0, 1, 3),
    isRefused: fc.constantFrom(false, false, true),
  })
  await fc.assert(
    fc.asyncProperty(history, place, reading, async (events, since, { isKnown, ownUnread, isRefused }) => {
      const known = new Map(isKnown ? tokens.map((token) => [token.toLowerCase(), BigInt(since)]) : [])
      const reader = sentReader(owner, known)
      reader.add(events.map(({ token }, index) => logOf(token, at(9), index + 1)))
      const own = events.flatMap(({ by }, index) => (by === owner ? index + 1 : []))
      const after = own.filter((block) => block > since)
      const seen = after.slice(0, Math.max(0, after.length - ownUnread))
      const first = own.length - after.length
      const held = tokens.map((token) => ({ token, symbol: 'TKN', decimals: 18, amount: '5' }))
      const facts = {
        chain: chain(),
        account: account(),
        nonces: nonces({ latest: own.length }),
        baseline: baseline({ tokens: { held, block: String(since) }, nonce: { next: first, block: String(since) } }),
      }
      const transactions = seen.map((block) => ownTransaction({ hash: hashOf(block), nonce: own.indexOf(block) }))
      const sender = (hash: Hex) =>
        isRefused ? refused('eth_getTransactionByHash') : { from: events[Number(hash) - 1]?.by }
      const outgoing = await read(
        outgoingCollector,
        { rpc: fakeRpc({ eth_getTransactionByHash: sender }), facts },
        { activity: ok(activity(transactions)), logs: ok(logs({ sent: reader.result() })) },
      )
      const truth = events.flatMap(({ by }, index) => (by !== owner && index + 1 > since ? index + 1 : []))
      const told = outgoing.kind === 'none' ? [] : outgoing.moved.map(({ log }) => Number(log.block))
      expect(told.filter((block) => !truth.includes(block))).toEqual([])
      if (outgoing.missing.length === 0) expect(told.toSorted((one, other) => one - other)).toEqual(truth)
      if (isKnown && !isRefused) expect(outgoing.missing).toEqual([])
      // One reason is enough: of several the order is not the rule's.
      const missing = outgoing.missing.slice(0, 1)
      const outcome = judgeWith(unexpectedOutgoing, { ...facts, outgoing: { ...outgoing, missing } })
      if (truth.length > 0) expect(outcome.status).not.toBe('passed')
      if (truth.length === 0 && after.length === 0 && isKnown) expect(outcome.status).toBe('passed')
      const named = outcome.status === 'found' ? outcome.findings.filter(({ messageId }) => messageId === 'moved') : []
      expect(named).toHaveLength(new Set(told.map((block) => events[block - 1]?.token)).size)
    }),
    { numRuns: 300 },
  )
}, 60_000)

/** What the events look like is the same for all three: the account's mistake, a fee that a token took, an event made up. */
const kinds = ['mistake', 'fee', 'forged'] as const
const often = fc
  .array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(1, 1, 3, 60)), { maxLength: 6 })
  .map((given) => given.flatMap(([kind, times]) => Array.from({ length: times }, () => kind)))

test('a mistake among fees and forgeries is told, or it is said that there may be one', async () => {
  await fc.assert(
    fc.asyncProperty(often, async (events) => {
      const [token] = tokens
      const reader = strayedReader(owner)
      reader.add(events.map((_, index) => logOf(token, token, index + 1)))
      const call = (recipient: Address) => `0xa9059cbb${addressTopic(recipient).slice(2)}${hashOf(5).slice(2)}`
      const reply = (hash: Hex) => {
        const kind = events[Number(hash) - 1]
        const input = call(kind === 'fee' ? at(9) : token)
        return { hash, from: kind === 'forged' ? spenders[0] : owner, to: token, input }
      }
      const facts = { chain: chain(), account: account(), logs: logs({ strayed: reader.result() }) }
      const misdirected = await read(
        misdirectedCollector,
        { rpc: fakeRpc({ eth_getTransactionByHash: reply, eth_call: '0x' }), facts },
        { activity: ok(activity()) },
      )
      const newest = events.lastIndexOf('mistake') + 1
      const outcome = judgeWith(sentToTokenContract, { ...facts, misdirected })
      const isKept = newest > events.length - 100
      if (newest > 0 && isKept) {
        expect(outcome).toMatchObject({ findings: [{ subject: { hash: hashOf(newest) } }] })
        return
      }
      expect(outcome.status).toBe(events.length > 100 ? 'inconclusive' : 'passed')
    }),
    { numRuns: 150 },
  )
}, 60_000)
