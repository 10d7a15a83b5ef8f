import { describe, expect, test } from 'vitest'
import staleHead from '../../rules/stale-head/index.ts'
import { chain, judgeWith, wordsOf } from '../../src/testing.ts'

const aged = (ageSeconds: number, over = {}) => {
  const facts = chain(over)
  return { chain: { ...facts, observedAt: facts.head.timestamp + ageSeconds } }
}

test.each([
  ['a fresh head', aged(12), 'passed'],
  ['exactly a minute with blocks of 12 s', aged(60), 'passed'],
  ['a second over a minute with blocks of 12 s', aged(61), 'found'],
  ['exactly three block times of a slow chain', aged(900, { blockTimeSeconds: 300 }), 'passed'],
  ['a second over three block times of a slow chain', aged(901, { blockTimeSeconds: 300 }), 'found'],
  ['a node that says it syncs', aged(1, { isSyncing: true }), 'found'],
] as const)('%s', (_, facts, status) => {
  expect(judgeWith(staleHead, facts).status).toBe(status)
})

describe('where the block time is not known', () => {
  const unknown = { blockTimeSeconds: null }

  test('a minute is not old', () => {
    expect(judgeWith(staleHead, aged(60, unknown)).status).toBe('passed')
  })

  test.each([
    ['a second over a minute', 61, 'possible'],
    ['exactly 15 minutes', 900, 'possible'],
    ['a second over 15 minutes', 901, 'certain'],
  ])('%s may be old', (_, ageSeconds, confidence) => {
    expect(judgeWith(staleHead, aged(ageSeconds, unknown))).toMatchObject({ findings: [{ confidence }] })
    expect(judgeWith(staleHead, aged(ageSeconds))).toMatchObject({ findings: [{ confidence: 'certain' }] })
  })

  test('a node that says it syncs is certain', () => {
    expect(judgeWith(staleHead, aged(61, { ...unknown, isSyncing: true }))).toMatchObject({
      findings: [{ confidence: 'certain' }],
    })
  })
})

test('an endpoint that could not be asked is inconclusive', () => {
  expect(judgeWith(staleHead, { chain: new Error('refused') })).toMatchObject({
    status: 'inconclusive',
    because: { kind: 'fact-failed', fact: 'chain' },
  })
})

test('the message names the endpoint, the block and the age', () => {
  const outcome = judgeWith(staleHead, aged(7200))
  expect(wordsOf(staleHead, outcome, 'en')[0]).toBe(
    'The newest block that rpc.example knows is 21000000, made 2 hours before this check (2024-10-27 03:33 UTC).',
  )
  expect(wordsOf(staleHead, outcome, 'ja')[0]).toContain('2時間前')
})
