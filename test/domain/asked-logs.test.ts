import type { Address } from 'viem'
import { expect, test } from 'vitest'
import { askedTopics } from '../../src/domain/asked-logs.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'

const alice: Address = `0x${'aa'.repeat(20)}`
const bob: Address = `0x${'bb'.repeat(20)}`
const filter = { name: 'received', topic0: [topics.transfer], accountPosition: 2 } as const

test('the account stands at its place, and anything before it', () => {
  expect(askedTopics({ filter, accounts: [alice, bob] })).toEqual([
    [topics.transfer],
    null,
    [addressTopic(alice), addressTopic(bob)],
  ])
})

test('accounts are spelled once, however often they are asked for', () => {
  const accounts = [alice]
  const [, , first] = askedTopics({ filter, accounts })
  expect(askedTopics({ filter, accounts })[2]).toBe(first)
  expect(askedTopics({ filter, accounts: [bob] })[2]).toEqual([addressTopic(bob)])
})
