import type { Address, Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { FactError } from '../../src/core/errors.ts'
import type { FactResult } from '../../src/core/facts.ts'
import { outgoingSince, type Senders, unclearTransactions } from '../../src/domain/outgoing.ts'
import {
  account,
  activity,
  at,
  baseline,
  chain,
  hashOf,
  logAt,
  logs,
  missing,
  nonces,
  ownTransaction,
} from '../../src/testing.ts'

const failed = { status: 'failed', error: { code: 'stopped', message: '', data: {}, hints: [] } } as const
const ok = <Value>(value: Value) => ({ status: 'ok', value }) as const
const held = { token: at(0x70), symbol: 'TKN', decimals: 18, amount: '5' }
const before = (over = {}) => baseline({ tokens: { held: [held], block: '20000000' }, ...over })
const own = (nonce: number) => ownTransaction({ nonce, hash: hashOf(nonce) })

function since(over: {
  readonly to?: number
  readonly activity?: FactResult<'activity'>
  readonly logs?: FactResult<'logs'>
  readonly account?: ReturnType<typeof account>
  readonly baseline?: ReturnType<typeof baseline>
  readonly senders?: Senders
}) {
  return outgoingSince(...given(over), over.senders)
}

function given(over: Omit<Parameters<typeof since>[0], 'senders'>) {
  return [
    {
      chain: chain(),
      account: over.account ?? account(),
      nonces: nonces({ latest: over.to ?? 9 }),
      baseline: over.baseline ?? before(),
    },
    { activity: over.activity ?? ok(activity()), logs: over.logs ?? ok(logs({ sent: [] })) },
  ] as const
}

test('without a baseline nothing is compared', () => {
  expect(since({ baseline: { kind: 'none', missing: [] } })).toEqual({ kind: 'none', missing: [] })
})

describe('own transactions', () => {
  test('are those with nonces from the baseline’s on, by nonce', () => {
    const transactions = [own(9), own(8), own(7), own(6)]
    expect(since({ activity: ok(activity(transactions)) })).toMatchObject({
      used: { from: 7, to: 9 },
      sent: [{ nonce: 7 }, { nonce: 8 }],
    })
  })

  test('that could not be read leave their nonces used', () => {
    expect(since({ activity: failed })).toMatchObject({ used: { from: 7, to: 9 }, sent: [], missing: [] })
  })

  test.each([
    ['a contract', { account: account({ code: { kind: 'contract', codeHash: hashOf(1) } }) }, null],
    ['a baseline without the nonce', { baseline: before({ nonce: null }) }, null],
    ['a chain that was set back', { to: 3 }, { from: 7, to: 7 }],
  ])('of %s', (_, over, used) => {
    expect(since(over)).toMatchObject({ used })
  })
})

describe('tokens that left', () => {
  const left = (block: bigint, contract = at(0x70)) =>
    ok(logs({ sent: [{ contract, log: logAt(block), older: [], wholeFrom: 0n }] }))
  test.each([
    ['in the block of the baseline', left(20_000_000n), 0],
    ['in the next block', left(20_000_001n), 1],
    ['of another contract', left(20_000_001n, at(0x71)), 0],
  ] as const)('%s: %#', (_, seen, count) => {
    expect(since({ to: 7, logs: seen })).toMatchObject({
      moved: Array.from({ length: count }, () => ({ token: at(0x70) })),
    })
  })

  test('in a transaction of the account are none of others', () => {
    const mine = ownTransaction({ hash: logAt(20_000_001n).transaction, nonce: 8 })
    expect(since({ logs: left(20_000_001n), activity: ok(activity([mine])) })).toMatchObject({
      moved: [],
    })
  })

  /** The newest first; all but those before `wholeFrom`. */
  const leftIn = ([newest = 0n, ...older]: readonly bigint[], over: { wholeFrom?: bigint } = { wholeFrom: 0n }) =>
    ok(logs({ sent: [{ contract: at(0x70), log: logAt(newest), older: older.map(logAt), ...over }] }))
  const sentIn = (...blocks: readonly bigint[]) =>
    ok(activity(blocks.map((block, index) => ownTransaction({ hash: hashOf(block), nonce: 7 + index }))))
  const [first, second, third, fourth] = [20_000_001n, 20_000_002n, 20_000_003n, 20_000_004n] as const
  const movedIn = (outgoing: ReturnType<typeof since>) =>
    outgoing.kind === 'none' ? [] : outgoing.moved.map(({ log, sender }) => [log.block, sender ?? null])
  const unread = (outgoing: ReturnType<typeof since>) =>
    outgoing.missing.map(({ about, contract, error }) => [about, contract, error.code])

  test('by two others, before and between transfers of the account: both are told', () => {
    const outgoing = since({
      to: 9,
      activity: sentIn(fourth, second),
      logs: leftIn([fourth, third, second, first, 20_000_000n]),
    })
    expect(movedIn(outgoing)).toEqual([
      [third, null],
      [first, null],
    ])
    expect(outgoing.missing).toEqual([])
  })

  test.each([
    ['of the block after the baseline', 20_000_001n, []],
    ['of a later block', 20_000_002n, [['logs', at(0x70), 'sent-left-out']]],
  ] as const)('of which none was left out from the one %s on', (_, wholeFrom, missing) => {
    const outgoing = since({ to: 8, activity: sentIn(fourth), logs: leftIn([fourth], { wholeFrom }) })
    expect([movedIn(outgoing), unread(outgoing)]).toEqual([[], missing])
  })

  test('in facts of older versions the newest may hide others', () => {
    const outgoing = since({ to: 8, activity: sentIn(fourth), logs: leftIn([fourth], {}) })
    expect(unread(outgoing)).toEqual([['logs', at(0x70), 'sent-left-out']])
    expect(unread(since({ to: 7, logs: leftIn([20_000_000n], {}) }))).toEqual([])
  })

  describe('while not all transactions of the account were seen', () => {
    const seen = { to: 9, activity: sentIn(fourth), logs: leftIn([fourth, third, second, first]) }

    test('those that may be its own are asked about, the newest first', () => {
      expect(unclearTransactions(...given(seen))).toEqual([third, second, first].map(hashOf))
      expect(unclearTransactions(...given({ ...seen, to: 8 }))).toEqual([])
      const contract = account({ code: { kind: 'contract', codeHash: hashOf(1) } })
      expect(unclearTransactions(...given({ ...seen, account: contract }))).toEqual([])
    })

    test('only who is known to be another moved it; who is not known is missing', () => {
      const senders: Senders = new Map<Hex, Address | FactError>([
        [hashOf(third), at(0x5e)],
        [hashOf(second), account().address.toLowerCase() as Address],
        [hashOf(first), failed.error],
      ])
      const outgoing = since({ ...seen, senders })
      expect(movedIn(outgoing)).toEqual([[third, at(0x5e)]])
      expect(unread(outgoing)).toEqual([['transaction-sender', at(0x70), 'stopped']])
    })

    test('when nobody was asked, nothing is said of them but that', () => {
      const outgoing = since(seen)
      expect(movedIn(outgoing)).toEqual([])
      expect(unread(outgoing)).toEqual([['transaction-sender', at(0x70), 'sender-not-asked']])
    })
  })

  describe('where the baseline has the nonce of a later block than the tokens', () => {
    const seen = {
      to: 8,
      activity: sentIn(fourth),
      logs: leftIn([fourth, third, second, first]),
      baseline: before({ nonce: { next: 7, block: String(second) } }),
    }

    test('those up to that block may be the account’s own: they are asked about', () => {
      expect(unclearTransactions(...given(seen))).toEqual([second, first].map(hashOf))
      const senders: Senders = new Map<Hex, Address | FactError>([
        [hashOf(second), at(0x5e)],
        [hashOf(first), account().address],
      ])
      const outgoing = since({ ...seen, senders })
      expect([movedIn(outgoing), unread(outgoing)]).toEqual([
        [
          [third, null],
          [second, at(0x5e)],
        ],
        [],
      ])
    })

    test('and not where the rule itself compared all of that block', () => {
      const state = { balance: null, nonce: null, safe: null, tokens: { held: [held], block: String(second) } }
      const { baseline: known } = seen
      const baseline = { ...known, compared: { 'unexpected-outgoing': state } }
      expect(unclearTransactions(...given({ ...seen, baseline }))).toEqual([])
      expect(movedIn(since({ ...seen, baseline }))).toEqual([[third, null]])
    })
  })

  test.each<[string, FactResult<'logs'>, number]>([
    ['that failed', failed, 1],
    [
      'with blocks missing since',
      ok(logs({ sent: [], missing: [{ ...missing('logs'), ranges: [{ fromBlock: 1n, toBlock: 20_000_001n }] }] })),
      1,
    ],
    [
      'with blocks missing before',
      ok(logs({ sent: [], missing: [{ ...missing('logs'), ranges: [{ fromBlock: 1n, toBlock: 20_000_000n }] }] })),
      0,
    ],
    ['that nobody searched', ok(logs({ sent: [], missing: [missing('logs')] })), 1],
  ])('logs %s', (_, seen, count) => {
    expect(since({ logs: seen }).missing).toHaveLength(count)
  })

  test('of a baseline that has none need no logs', () => {
    expect(since({ logs: failed, baseline: before({ tokens: { held: [], block: '1' } }) }).missing).toEqual([])
  })
})
