import { describe, expect, test } from 'vitest'
import type { FactResult } from '../../src/core/facts.ts'
import { outgoingSince } from '../../src/domain/outgoing.ts'
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
}) {
  return outgoingSince(
    {
      chain: chain(),
      account: over.account ?? account(),
      nonces: nonces({ latest: over.to ?? 9 }),
      baseline: over.baseline ?? before(),
    },
    { activity: over.activity ?? ok(activity()), logs: over.logs ?? ok(logs({ sent: [] })) },
  )
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
  const left = (block: bigint, contract = at(0x70)) => ok(logs({ sent: [{ contract, log: logAt(block) }] }))
  test.each([
    ['in the block of the baseline', left(20_000_000n), 0],
    ['in the next block', left(20_000_001n), 1],
    ['of another contract', left(20_000_001n, at(0x71)), 0],
  ] as const)('%s: %#', (_, seen, count) => {
    expect(since({ logs: seen })).toMatchObject({ moved: Array.from({ length: count }, () => ({ token: at(0x70) })) })
  })

  test('in a transaction of the account are none of others', () => {
    const mine = ownTransaction({ hash: logAt(20_000_001n).transaction, nonce: 8 })
    expect(since({ logs: left(20_000_001n), activity: ok(activity([mine])) })).toMatchObject({
      moved: [],
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
