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

describe('on a development chain', () => {
  const anvil = { chainId: 31337, clientVersion: 'anvil/v1.7.1' }

  test.each([
    ['exactly a minute', 60, 'passed'],
    ['a second over a minute', 61, 'found'],
  ])('%s', (_, ageSeconds, status) => {
    expect(judgeWith(staleHead, aged(ageSeconds, anvil)).status).toBe(status)
  })

  test.each([
    ["the chain ID of anvil and Hardhat, whatever the node's name", { ...anvil, clientVersion: null }],
    ['the chain ID of geth --dev and Ganache', { chainId: 1337, clientVersion: 'Geth/v1.17.6' }],
    ['a chain ID of its own', { chainId: 424_242, clientVersion: 'HardhatNetwork/2.26.0' }],
  ])('with %s, an old head weighs little', (_, over) => {
    expect(judgeWith(staleHead, aged(86_400, over))).toMatchObject({
      findings: [{ messageId: 'development', severity: 'low', confidence: 'certain' }],
    })
  })

  test.each([
    ['a copy of a public chain', { clientVersion: 'anvil/v1.7.1' }],
    ['another node', { chainId: 424_242, clientVersion: 'Geth/v1.17.6' }],
    ['a node without a name', { chainId: 424_242, clientVersion: null }],
  ])('%s is none', (_, over) => {
    expect(judgeWith(staleHead, aged(86_400, over))).toMatchObject({
      findings: [{ messageId: 'old', severity: 'high' }],
    })
  })

  test('a node that says it syncs is behind there too', () => {
    expect(judgeWith(staleHead, aged(1, { ...anvil, isSyncing: true }))).toMatchObject({
      findings: [{ messageId: 'syncing', severity: 'high' }],
    })
  })

  test('nobody is told to choose another RPC URL', () => {
    const outcome = judgeWith(staleHead, aged(7200, anvil))
    const english = wordsOf(staleHead, outcome, 'en')
    expect(english[0]).toBe(
      'The newest block that rpc.example knows is 21000000, made 2 hours before this check (2024-10-27 03:33 UTC). A development chain may make no block until there is a transaction for it.',
    )
    expect(english.join(' ')).not.toContain('choose another')
    expect(wordsOf(staleHead, outcome, 'ja')[0]).toContain('取引があるまでブロックを作らないことがあります')
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
