/** Serious findings are read again, and say what came of it. */
import { describe, expect, test } from 'vitest'
import type { Evidence, Finding, Severity } from '../../src/core/finding.ts'
import type { Reading, SecondAnswer, SecondReader } from '../../src/core/second-opinion.ts'
import { readingKey, readingOf } from '../../src/domain/second-reading.ts'
import { judge } from '../../src/engine/judge.ts'
import { readAgain, withSecondOpinion } from '../../src/engine/second-opinion.ts'
import type { Rule } from '../../src/rule.ts'
import { at, hashOf, owner } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'
import { draftOf, ruleOf } from '../support/rules.ts'

const allowance: Evidence = {
  kind: 'call',
  to: at(0x70),
  function: 'allowance(address,address)',
  arguments: [owner, at(0xbad)],
  block: '21000000',
  value: '100',
}
const balance: Evidence = { kind: 'read', method: 'eth_getBalance', block: '21000000', value: '5' }
const list: Evidence = { kind: 'list', name: 'demo', date: '2026-11-01' }
const aboutEndpoint = { kind: 'endpoint', host: 'rpc.example' } as const

type Proof = readonly [Evidence, ...Evidence[]]
const ruleWith = (evidence: Proof, severity: Severity = 'high', over: object = {}): Rule =>
  ruleOf('loud', { judge: () => [{ ...draftOf(0, severity), evidence, ...over }] })

type Asked = { readonly reader: SecondReader; readonly asked: Reading[] }

/** Answers by the kind of reading; what it has no answer for, fails. */
function readerOf(answers: Partial<Record<Reading['kind'], SecondAnswer>>, host = 'rpc.example'): Asked {
  const asked: Reading[] = []
  const read: SecondReader['read'] = async (readings) => {
    asked.push(...readings)
    return readings.map(({ kind }) => answers[kind] ?? refused)
  }
  return { asked, reader: { host, requestCount: () => asked.length, read } }
}

const said = (value: string): SecondAnswer => ({ kind: 'value', value })
const refused: SecondAnswer = {
  kind: 'failed',
  error: { code: 'rpc-refused', message: 'The node refused.', data: {}, hints: [] },
}

async function opinion(rule: Rule, first: Asked, second?: Asked): Promise<Finding> {
  const rules = { rules: [rule], ruleOptions: {} }
  const readers = { first: first.reader, ...(second !== undefined && { second: second.reader }) }
  const secondOpinion = await readAgain(collectionOf(), rules, readers)
  const collection = collectionOf({}, { secondOpinion })
  const [outcome] = judge([rule], collection).map((one) => withSecondOpinion(one, collection))
  if (outcome?.status !== 'found') throw new Error('nothing was found')
  return outcome.findings[0]
}

const readingIn = (finding: Finding) => finding.evidence.find(({ kind }) => kind === 'second-reading')

describe('the evidence of a serious finding', () => {
  test('that is answered the same again says so', async () => {
    const node = readerOf({ call: said('100'), balance: said('5') })
    const finding = await opinion(ruleWith([allowance, list, balance]), node)
    expect(finding.disputed).toBeUndefined()
    expect(readingIn(finding)).toEqual({
      kind: 'second-reading',
      stack: 'ethers',
      host: 'rpc.example',
      agrees: true,
      compared: 2,
      differing: 0,
      unread: 0,
    })
  })

  test.each<[string, SecondAnswer]>([
    ['another amount', said('0')],
    ['a revert', { kind: 'reverted' }],
    ['an empty answer', { kind: 'empty' }],
  ])('that is answered with %s makes it disputed, with both answers', async (_, second) => {
    const finding = await opinion(ruleWith([balance, allowance]), readerOf({ call: second, balance: said('5') }))
    expect(finding.disputed).toEqual([{ evidence: 1, first: '100', second }])
    expect(readingIn(finding)).toMatchObject({ agrees: false, compared: 2, differing: 1 })
  })

  test.each<[string, SecondAnswer, string]>([
    ['fails', refused, 'rpc-refused'],
    ['is not there', { kind: 'absent' }, 'second-not-there'],
  ])('that %s the second time is said, and disputes nothing', async (_, second, code) => {
    const finding = await opinion(ruleWith([allowance]), readerOf({ call: second }))
    expect(finding.disputed).toBeUndefined()
    expect(readingIn(finding)).toMatchObject({ agrees: null, compared: 0, unread: 1, error: { code } })
  })

  test('that was read again in part says how much', async () => {
    const finding = await opinion(ruleWith([allowance, balance]), readerOf({ call: said('100') }))
    expect(readingIn(finding)).toMatchObject({ agrees: true, compared: 1, unread: 1, error: { code: 'rpc-refused' } })
  })

  test('is asked once, whatever rests on it', async () => {
    const node = readerOf({ call: said('100') })
    const rules = [ruleWith([allowance]), { ...ruleWith([allowance, allowance]), id: 'louder' }]
    await readAgain(collectionOf(), { rules, ruleOptions: {} }, { first: node.reader })
    expect(node.asked).toHaveLength(1)
  })
})

describe('nothing is read again', () => {
  test.each([
    ['for a finding below high', ruleWith([allowance], 'medium')],
    ['when there is nothing but lists', ruleWith([list])],
    ['when two endpoints were compared', ruleWith([{ ...balance, host: 'rpc.example' }, allowance])],
  ])('%s', async (_, rule) => {
    const node = readerOf({})
    const finding = await opinion(rule, node)
    expect(node.asked).toEqual([])
    expect(readingIn(finding)).toBeUndefined()
  })

  test('when nothing was found', async () => {
    const node = readerOf({})
    const answer = await readAgain(
      collectionOf(),
      { rules: [ruleOf('quiet')], ruleOptions: {} },
      { first: node.reader },
    )
    expect([answer, node.asked]).toEqual([{ answers: [] }, []])
  })

  test('when no second opinion is wanted: the finding stays as it is', () => {
    const [outcome] = judge([ruleWith([allowance])], collectionOf())
    expect(outcome && withSecondOpinion(outcome, collectionOf())).toBe(outcome)
  })
})

test('what a later rule finds says that it was not asked again', () => {
  const collection = collectionOf({}, { secondOpinion: { answers: [] } })
  const [outcome] = judge([ruleWith([allowance])], collection).map((one) => withSecondOpinion(one, collection))
  expect(outcome).toMatchObject({
    findings: [{ evidence: [{}, { kind: 'second-reading', agrees: null, error: { code: 'not-read-again' } }] }],
  })
})

describe('with a second endpoint', () => {
  const sameChain = { 'chain-id': said('1'), 'block-time': said('1730000000') }

  test('evidence is read there, and the finding names it', async () => {
    const first = readerOf({})
    const second = readerOf({ ...sameChain, call: said('100') }, 'second.example')
    const finding = await opinion(ruleWith([allowance]), first, second)
    expect(first.asked).toEqual([])
    expect(readingIn(finding)).toMatchObject({ host: 'second.example', agrees: true })
  })

  test('what is about the first endpoint itself is read there again', async () => {
    const first = readerOf({ 'block-time': said('7') })
    const second = readerOf({ ...sameChain, 'block-time': said('8') }, 'second.example')
    const read: Evidence = { kind: 'read', method: 'eth_getBlockByNumber', block: '21000000', value: '7' }
    const finding = await opinion(ruleWith([read], 'high', { subject: aboutEndpoint }), first, second)
    expect(second.asked).toEqual([])
    expect(readingIn(finding)).toMatchObject({ host: 'rpc.example', agrees: true })
  })

  test.each<[string, Partial<Record<Reading['kind'], SecondAnswer>>, string]>([
    ['of another chain', { ...sameChain, 'chain-id': said('137') }, 'second-other-chain'],
    ['without the block', { ...sameChain, 'block-time': { kind: 'absent' } }, 'second-without-block'],
    ['that does not answer', {}, 'rpc-refused'],
  ])('one %s is told nothing about the account', async (_, answers, code) => {
    const second = readerOf(answers, 'second.example')
    const finding = await opinion(ruleWith([allowance]), readerOf({ call: said('0') }), second)
    expect(second.asked.map(({ kind }) => kind)).toEqual(['chain-id', 'block-time'])
    expect(finding.disputed).toBeUndefined()
    expect(readingIn(finding)).toMatchObject({ host: 'second.example', agrees: null, unread: 1, error: { code } })
  })
})

test('a finding is read again 500 times at most', async () => {
  const node = readerOf({ call: said('100') })
  const many = Array.from({ length: 501 }, (_, index): Evidence => ({ ...allowance, arguments: [owner, at(index)] }))
  const finding = await opinion(ruleWith([allowance, ...many]), node)
  expect(node.asked).toHaveLength(500)
  expect(readingIn(finding)).toMatchObject({ compared: 500, unread: 2, error: { code: 'not-read-again' } })
})

test('a reading is known by what it asks', () => {
  const keyOf = (evidence: Evidence) => {
    const reading = readingOf(evidence, owner)
    return reading && readingKey(reading)
  }
  expect(keyOf(allowance)).toBe(keyOf({ ...allowance, value: '0' }))
  expect(keyOf(allowance)).not.toBe(keyOf({ ...allowance, block: '21000001' }))
  expect(keyOf(balance)).not.toBe(keyOf({ ...balance, method: 'eth_getTransactionCount' }))
  expect(keyOf({ kind: 'log', block: '1', transaction: hashOf(1), index: 0 })).not.toBe(
    keyOf({ kind: 'log', block: '1', transaction: hashOf(1), index: 1 }),
  )
})
