/** The same facts come to the same result, to the byte, however and wherever they were read and judged. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeCollection, gatherMany, type JudgedTarget, judgeMany, rules } from '../../src/index.ts'
import type { Rule } from '../../src/rule.ts'
import { shuffled } from '../../src/testing/shuffle.ts'
import { at } from '../../src/testing.ts'
import { cli } from '../support/cli.ts'
import type { JsonRpcServer, Reply, Request } from '../support/json-rpc-server.ts'
import { startSmallChain } from '../support/small-chain.ts'

const facts = (name: string) => join(resolve(import.meta.dirname, '../..'), `fixtures/facts/demo-${name}.json`)
const collections = ['sick', 'well'].map((name) => decodeCollection(readFileSync(facts(name), 'utf8')))
const resultOf = (targets: readonly JudgedTarget[]) => JSON.stringify(judgeMany(targets).result)

test('whatever the order of the targets, and of the lists in their facts', () => {
  const targets: readonly JudgedTarget[] = collections.flatMap((collection) => [
    { collection: { ...collection, label: 'first' } },
    { collection: { ...collection, label: 'second' }, tags: ['payroll'] },
  ])
  const expected = resultOf(targets)
  fc.assert(
    fc.property(fc.shuffledSubarray([...targets], { minLength: targets.length }), fc.nat(), (order, seed) => {
      const read = order.map((target) =>
        target.kind === 'unchecked'
          ? target
          : { ...target, collection: { ...target.collection, facts: shuffled(target.collection.facts, seed) } },
      )
      expect(resultOf(read)).toBe(expected)
    }),
    { numRuns: 25 },
  )
})

test('whatever the order in which plugins were loaded, and where the own rules stand among them', () => {
  // Each finds what a rule of ours finds, so that only its id tells their findings apart.
  const found = new Set(['unlimited-allowance', 'nonce-gap'])
  const ofOthers = ['zeta/first', 'acme/second', 'acme/first'].flatMap((id) =>
    rules.filter((rule) => found.has(rule.id)).map((rule) => ({ ...rule, id: `${id}-${rule.id}` })),
  )
  const targets = collections.map((collection) => ({ collection }))
  const skipRules = ['acme/second-nonce-gap']
  const judgedBy = (given: readonly Rule[]) => JSON.stringify(judgeMany(targets, { rules: given, skipRules }).result)
  const expected = judgedBy([...rules, ...ofOthers])
  expect(expected).toContain('"zeta/first-nonce-gap","status":"found"')
  fc.assert(
    fc.property(
      fc.shuffledSubarray(ofOthers, { minLength: ofOthers.length }),
      fc.infiniteStream(fc.nat({ max: rules.length })),
      (order, places) => {
        const mixed: Rule[] = [...rules]
        for (const rule of order) mixed.splice(places.next().value, 0, rule)
        expect(judgedBy(mixed)).toBe(expected)
      },
    ),
    { numRuns: 25 },
  )
})

describe('the command', () => {
  const judged = async (env: Readonly<Record<string, string>>, ...more: readonly string[]) => {
    const { stdout } = await cli(['check', '--facts', facts('sick'), '-o', 'json', '--locale', 'en', ...more], { env })
    return JSON.stringify(JSON.parse(stdout).result)
  }

  test('whatever the language, the time zone and the size of the terminal of the process', async () => {
    const expected = await judged({})
    expect(expected).toContain('fingerprint')
    for (const env of [
      { TZ: 'Asia/Tokyo', LC_ALL: 'ja_JP.UTF-8', LANG: 'ja_JP.UTF-8' },
      { TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', COLUMNS: '40' },
      { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', NO_COLOR: '1' },
    ]) {
      expect(await judged(env)).toBe(expected)
    }
  })

  test('whatever the order in which rules are chosen', async () => {
    const [one, two] = ['nonce-gap', 'drainer-approval'].map((rule) => ['--rule', rule])
    expect(await judged({}, ...(one ?? []), ...(two ?? []))).toBe(await judged({}, ...(two ?? []), ...(one ?? [])))
  })
})

describe('a node that answers in another order every time', () => {
  let node: JsonRpcServer
  let longestMs = 0
  beforeAll(async () => {
    const slowed =
      (reply: Reply) =>
      (_: Request): Reply => ({ ...reply, delayMs: Math.random() * longestMs })
    node = await startSmallChain({
      over: {
        eth_getBalance: slowed({ result: '0xde0b6b3a7640000' }),
        eth_getCode: slowed({ result: '0x' }),
        eth_getTransactionCount: slowed({ result: '0x0' }),
        eth_getLogs: slowed({ result: [] }),
        txpool_contentFrom: slowed({ error: { code: -32601, message: 'no such method' } }),
        eth_gasPrice: slowed({ error: { code: -32000, message: 'busy' } }),
      },
    })
  })
  afterAll(() => node.close())

  test('whatever was answered first, and which targets were read together', async () => {
    const atMs = Date.now()
    const gatherAll = (places: readonly number[]) =>
      gatherMany(places.map((place) => ({ address: at(place), rpcUrl: node.url, chainId: 31_337, now: () => atMs })))
    const expected = resultOf(await gatherAll([1, 2, 3]))
    longestMs = 20
    expect(resultOf(await gatherAll([3, 1, 2]))).toBe(expected)
    expect(resultOf([...(await gatherAll([2])), ...(await gatherAll([3, 1]))])).toBe(expected)
  })
})
