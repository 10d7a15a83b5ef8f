import { expect, test } from 'vitest'
import { olderUnread } from '../../src/domain/older-transactions.ts'
import { activity, ownTransaction } from '../../src/testing.ts'

const since = 1_000_000
const at = (timestamp: number) => ownTransaction({ timestamp })
const newest = { nonceRange: { from: 1, to: 25 } }

test.each([
  ['the oldest read stands at the first second', activity([at(since + 9), at(since)], newest), true],
  ['the oldest read stands a second before', activity([at(since + 9), at(since - 1)], newest), false],
  ['all from the first nonce on were looked for', activity([at(since)], { nonceRange: { from: 0, to: 24 } }), false],
  ['none of the newest could be read', activity([], newest), true],
  ['all since then were looked for', activity([], { ...newest, since }), false],
  ['all since a second later were looked for', activity([at(since - 9)], { ...newest, since: since + 1 }), true],
  ['the whole chain was looked for, and nothing is in it', activity([], { nonceRange: null, since: 0 }), false],
  ['only the newest were read', activity([at(since)], { ...newest, since: null }), true],
  ['nothing was ever sent', activity([], { nonceRange: null, source: 'none-sent' }), false],
] as const)('%s', (_, facts, isUnread) => {
  expect(olderUnread(facts, since) !== null).toBe(isUnread)
})

test('the part says how many were looked for', () => {
  expect(olderUnread(activity([at(since)], newest), since)).toMatchObject({
    fact: 'activity',
    about: 'activity',
    error: { code: 'older-transactions-unread', data: { count: { value: 25 } } },
  })
})
