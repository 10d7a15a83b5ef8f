import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CheckupError,
  type CheckupOptions,
  checkup,
  decodeCollection,
  encodeCollection,
  gather,
  judgeCollection,
  localizeReport,
  type Progress,
  reportSchema,
  rules,
} from '../src/index.ts'
import { at } from '../src/testing.ts'
import type { JsonRpcServer } from './support/json-rpc-server.ts'
import { ruleOf } from './support/rules.ts'
import { startSmallChain } from './support/small-chain.ts'

const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
let chain: JsonRpcServer
let stale: JsonRpcServer
beforeAll(async () => {
  chain = await startSmallChain()
  stale = await startSmallChain({ ageSeconds: 7200 })
})
afterAll(() => Promise.all([chain.close(), stale.close()]))

describe('checkup', () => {
  test('makes a report of every built-in rule', async () => {
    const report = await checkup({ address, rpcUrl: chain.url })
    expect(reportSchema.parse(report)).toEqual(report)
    expect(report.result.targets[0]?.outcomes.map(({ ruleId }) => ruleId)).toEqual(rules.map(({ id }) => id))
    expect(report.result.summary).toMatchObject({ complete: true, exitCode: 0 })
    expect(report.run.locale).toBe('en')
  })

  test('is gather and judgeCollection, also by way of a file', async () => {
    const now = () => Date.UTC(2026, 10, 23, 8)
    const collection = await gather({ address, rpcUrl: stale.url, label: 'savings', now })
    const read = decodeCollection(encodeCollection(collection))
    expect(read).toEqual(collection)
    const report = judgeCollection(read, { locale: 'ja', failOn: 'critical' })
    expect(report.result.targets[0]?.label).toBe('savings')
    expect(report.run).toMatchObject({ locale: 'ja', startedAt: '2026-11-23T08:00:00.000Z' })
    expect(localizeReport(report, 'en')).toEqual(judgeCollection(collection, { failOn: 'critical' }))
  })

  test('runs rules of your own, with your options', async () => {
    const own = ruleOf('acme/own-thing')
    const report = await checkup({
      address,
      rpcUrl: chain.url,
      rules: [...rules, own],
      onlyRules: ['acme/own-thing'],
      ruleOptions: { 'acme/own-thing': { findings: 1 } },
    })
    expect(report.result.targets[0]?.outcomes).toMatchObject([{ ruleId: 'acme/own-thing', status: 'found' }])
  })

  test('asks a client of your own', async () => {
    const asked: string[] = []
    const rpc = {
      host: 'mine.example',
      endpointId: 'fa4e',
      requestCount: () => asked.length,
      request: async (method: string) => {
        asked.push(method)
        throw new Error('no node behind it')
      },
    }
    const report = await checkup({ address, rpc })
    expect(asked.length).toBeGreaterThan(0)
    expect(report.run.endpoints).toEqual([{ host: 'mine.example', requests: asked.length }])
    expect(report.result.summary).toMatchObject({ complete: false, exitCode: 3 })
    expect(report.result.targets[0]?.verdict).toBe('inconclusive')
  })

  test('tells its progress', async () => {
    const seen: Progress[] = []
    await gather({ address, rpcUrl: chain.url, onProgress: (progress) => seen.push(progress) })
    expect(seen.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['chain', 'account', 'logs', 'approvals']))
  })

  test('stopped before it begins reports that nothing was read', async () => {
    const report = await checkup({ address, rpcUrl: chain.url, signal: AbortSignal.abort() })
    expect(report.run.interrupted).toBe(true)
    expect(report.result.summary.outcomes).toMatchObject({ passed: 0, inconclusive: rules.length })
  })
})

describe('what cannot be begun is an error', () => {
  test.each<[string, Partial<CheckupOptions>, string]>([
    ['an address with a typing error', { address: address.replace('5aA', '5AA') }, 'address-checksum'],
    ['a private key', { address: 'ab'.repeat(32) }, 'secret-input'],
    ['an unknown rule', { onlyRules: ['nonse-gap'] }, 'unknown-rule'],
    ['no rule', { rules: [] }, 'no-rules-selected'],
    ['an option that its rule refuses', { ruleOptions: { 'stale-head': { blockTimes: -1 } } }, 'invalid-rule-options'],
    ['a URL that is none', { rpcUrl: 'rpc.example' }, 'invalid-endpoint'],
    ['a negative block', { block: -1n }, 'invalid-option'],
    ['a negative first block', { fromBlock: -1n }, 'invalid-option'],
    ['a first block after the block', { fromBlock: 2n, block: 1n }, 'invalid-option'],
    ['a chain id that is none', { chainId: 1.5 }, 'invalid-option'],
    ['no time at all', { timeoutMs: 0 }, 'invalid-option'],
    ['a token that is a name', { shownTokens: ['example.eth'] }, 'invalid-option'],
    ['a name on a chain without ENS', { address: 'example.eth' }, 'ens-not-available'],
    ['a name on another chain than the one asked for', { address: 'example.eth', chainId: 1 }, 'wrong-chain'],
  ])('%s', async (_, over, code) => {
    const error = await checkup({ address, rpcUrl: chain.url, ...over }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CheckupError)
    expect(error).toMatchObject({ code })
  })

  // What JavaScript, or a value of the wrong type, may bring.
  test.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'invalid-option', "For example: { address: '0x…', rpcUrl: 'https://rpc.example' }"],
    ['null', null, 'invalid-option', "For example: { address: '0x…', rpcUrl: 'https://rpc.example' }"],
    ['an address alone', address, 'invalid-option', "For example: { address: '0x…', rpcUrl: 'https://rpc.example' }"],
    ['no option at all', {}, 'invalid-option', 'Give a public address, 0x and 40 hex digits, or an ENS name.'],
    [
      'an address that is a number',
      { address: 5 },
      'invalid-option',
      'Give a public address, 0x and 40 hex digits, or an ENS name.',
    ],
    ['an unknown language', { address, locale: 'fr' }, 'invalid-option', 'It takes one of: en, ja.'],
    [
      'an unknown severity',
      { address, failOn: 'bogus' },
      'invalid-option',
      'It takes one of: critical, high, medium, low, info, never.',
    ],
    ['a block that is a number', { address, fromBlock: 8 }, 'invalid-option', 'For example: fromBlock: 21000000n'],
    ['less than no request', { address, maximumRequests: -1 }, 'invalid-option', 'For example: maximumRequests: 5000'],
    ['an option of the command line', { address, maxRequests: -1 }, 'unknown-option', 'Did you mean maximumRequests?'],
    ['an option by another name', { address, chain: 'etherium' }, 'unknown-option', 'Did you mean chainId?'],
    ['an option in capitals', { address, RPCURL: 'x' }, 'unknown-option', 'Did you mean rpcUrl?'],
    [
      'rules that are a text',
      { address, rules: 'x' },
      'invalid-option',
      'For example: rules: [...rules, idleBalance], where defineRule made idleBalance.',
    ],
    [
      'rules by their ids',
      { address, rules: ['nonce-gap'] },
      'invalid-option',
      'For example: rules: [...rules, idleBalance], where defineRule made idleBalance.',
    ],
    [
      'a list that is a file',
      { address, threatLists: ['threats.txt'] },
      'invalid-option',
      'For example: threatLists: [parseThreatList(text, { name, date })]',
    ],
    [
      'a list of sanctioned addresses that is a file',
      { address, sanctionsLists: ['sanctions.txt'] },
      'invalid-option',
      'For example: sanctionsLists: [parseSanctionsList(text, { name })]',
    ],
  ])('%s, before anything is read', async (_, given, code, hint) => {
    const before = chain.requests.length
    const options = typeof given === 'object' && given !== null ? { rpcUrl: chain.url, ...given } : given
    const error = await checkup(options as CheckupOptions).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CheckupError)
    expect(error).toMatchObject({ code, hints: [hint] })
    expect(chain.requests.length).toBe(before)
  })

  test('no error repeats what was given', async () => {
    const secret = 'ab'.repeat(32)
    for (const options of [{ [secret]: 1 }, { address: [secret] }, { address, locale: secret, rpcUrl: secret }]) {
      const error = await checkup(options as CheckupOptions).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(CheckupError)
      expect(JSON.stringify([error, String(error)])).not.toContain('abab')
    }
  })

  test('options of undefined are absent', async () => {
    const options = { address, rpcUrl: chain.url, locale: undefined, block: undefined } as unknown as CheckupOptions
    expect((await checkup(options)).run.locale).toBe('en')
  })

  test('also where a collection is judged, or a report is translated', async () => {
    const collection = await gather({ address, rpcUrl: chain.url })
    const wrong = { locale: 'fr' as 'en' }
    expect(() => judgeCollection(collection, wrong)).toThrow(expect.objectContaining({ code: 'invalid-option' }))
    expect(() => judgeCollection(null as never)).toThrow(expect.objectContaining({ code: 'invalid-option' }))
    expect(() => judgeCollection({} as never)).toThrow(expect.objectContaining({ code: 'invalid-option' }))
    expect(() => localizeReport(judgeCollection(collection), wrong.locale)).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    )
  })

  test('no endpoint, or two', async () => {
    const rpc = { host: 'mine.example', endpointId: 'fa4e', requestCount: () => 0, request: async () => null }
    await expect(checkup({ address })).rejects.toMatchObject({ code: 'invalid-option' })
    await expect(checkup({ address, rpc, rpcUrl: chain.url })).rejects.toMatchObject({ code: 'invalid-option' })
  })
})

test('another chain than the one asked for learns no address', async () => {
  const before = chain.requests.length
  const report = await checkup({ address, rpcUrl: chain.url, chainId: 1, shownTokens: [at(7)] })
  expect(JSON.stringify(chain.requests.slice(before))).not.toMatch(new RegExp(address.slice(2), 'i'))
  expect(report.result.summary.exitCode).toBe(1)
})
