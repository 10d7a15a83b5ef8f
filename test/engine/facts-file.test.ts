import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Gathered } from '../../src/core/collection.ts'
import type { AccountFacts, Missing } from '../../src/core/facts.ts'
import {
  decodeCollection,
  decodeGathered,
  encodeCollection,
  encodeGathered,
  FactsFileError,
} from '../../src/engine/facts-file.ts'
import {
  account,
  activity,
  allowance,
  approvals,
  at,
  chain,
  hashOf,
  holding,
  logs,
  mempool,
  nftApproval,
  operator,
  ownTransaction,
  pendingTransaction,
  permit2Grant,
  token,
  tokens,
} from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'

const gap: Missing = {
  about: 'logs',
  error: { code: 'rate-limited', message: 'x', data: { host: { type: 'text', value: 'h' } }, hints: ['wait'] },
  ranges: [{ fromBlock: 1n, toBlock: 2n ** 64n }],
  contract: at(5),
}
const full = collectionOf({
  mempool: mempool({ transactions: [pendingTransaction()] }),
  approvals: approvals([allowance({ amount: 2n ** 256n - 1n }), nftApproval(), operator(), permit2Grant()]),
  activity: activity([ownTransaction()]),
  logs: logs({ missing: [gap] }),
  fees: new Error('refused'),
})

describe('a facts file', () => {
  test('gives back what was saved', () => {
    expect(decodeCollection(encodeCollection(full))).toEqual(full)
  })

  test('gives back who listed the logs', () => {
    const source = 'explorer.example'
    const listed = collectionOf({ logs: { ...logs(), source } }, { logSource: { host: source, requests: 15 } })
    expect(decodeCollection(encodeCollection(listed))).toEqual(listed)
  })

  test('gives back any amount, any words of strangers, any gap', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '{"$bigint":"1"}', '$bigint')),
        fc.bigInt({ min: 0n, max: 2n ** 64n }),
        fc.option(fc.string()),
        (amount, words, block, label) => {
          const collection = collectionOf(
            {
              tokens: tokens({
                holdings: [holding({ balance: amount, token: token({ symbol: words, name: words }) })],
              }),
              logs: logs({ coverage: { fromBlock: 0n, toBlock: block, gaps: [{ fromBlock: 0n, toBlock: block }] } }),
            },
            { label },
          )
          expect(decodeCollection(encodeCollection(collection))).toEqual(collection)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('names the endpoint by its host only, and begins with what it is', () => {
    const text = encodeCollection(full)
    expect(JSON.parse(text)).toMatchObject({
      format: 'wallet-checkup-facts',
      version: 1,
      endpoint: { host: 'rpc.example', requests: 41 },
    })
    expect(text).not.toContain('://')
  })

  test('drops fields that it does not know', () => {
    const text = encodeCollection(full).replace('"label"', '"more": {"a": 1}, "label"')
    expect(decodeCollection(text)).toEqual(full)
  })
})

describe('not a facts file', () => {
  const edited = (from: string, to: string) => {
    const text = encodeCollection(full)
    if (!text.includes(from)) throw new Error(`the file has no ${from}`)
    return text.replace(from, to)
  }

  test.each([
    ['nothing', '', 'it is not JSON'],
    ['half a file', encodeCollection(full).slice(0, 500), 'it is not JSON'],
    ['another JSON', '{"format": "other", "version": 1}', 'it does not begin as one'],
    ['null', 'null', 'it does not begin as one'],
    ['a later version', edited('"version": 1', '"version": 2'), 'it is not of version 1'],
    ['a report', '{"$schema": "x", "schemaVersion": "1.0.0", "result": {}}', 'it is a report'],
    ['a negative amount', edited('"$bigint": "1000000000000000000"', '"$bigint": "-1"'), 'facts.account.value.balance'],
    ['an amount that is no number', edited('"$bigint": "1000000000000000000"', '"$bigint": "lots"'), '$bigint'],
    ['an endless amount', edited('"$bigint": "1000000000000000000"', `"$bigint": "${'9'.repeat(81)}"`), '$bigint'],
    [
      'an amount as a plain number',
      edited('{\n     "$bigint": "1000000000000000000"\n    }', '1000'),
      'facts.account.value.balance',
    ],
    ['a fact that is gone', edited('"nonces"', '"nonsense"'), 'facts.nonces'],
    ['a hash of another length', edited(hashOf(0xbeef), '0xbeef'), 'facts.mempool.value.transactions.0.hash'],
    [
      'facts of another account',
      edited('"account": "0x', '"account": "0x').replace(/"account": "0x\w+"/, `"account": "${at(1)}"`),
      'another account',
    ],
    [
      'a field that would change every object',
      edited('"label"', '"__proto__": {"polluted": true}, "label"'),
      '__proto__',
    ],
  ])('%s', (_, text, words) => {
    expect(() => decodeCollection(text)).toThrow(FactsFileError)
    expect(() => decodeCollection(text)).toThrow(words)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('the error never quotes the file', () => {
    const text = `not JSON at all ${chain().name} words`
    expect(() => decodeCollection(text)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('words') }),
    )
  })
})

test('a facts file from before transfers, and what left at once, were read: they are not known', () => {
  const file = JSON.parse(encodeCollection(collectionOf({})))
  delete file.facts.transfers
  delete file.facts.sweeps
  delete file.facts.logs.value.transfers
  const { transfers, sweeps, logs } = decodeCollection(JSON.stringify(file)).facts
  expect(sweeps).toMatchObject({ status: 'failed', error: { code: 'fact-not-saved' } })
  expect(transfers).toMatchObject({ status: 'failed', error: { code: 'fact-not-saved' } })
  expect(logs.status).toBe('ok')
})

describe('a facts file from before Safe accounts were read', () => {
  const old = (code: AccountFacts['code']) => {
    const file = JSON.parse(encodeCollection(collectionOf({ account: account({ code }) })))
    delete file.facts.safe
    return decodeCollection(JSON.stringify(file)).facts.safe
  }

  test.each([
    ['without code', { kind: 'none' }],
    ['with a delegate', { kind: 'delegated', delegate: at(7), delegateCodeHash: null }],
  ] as const)('of an account %s: it is none', (_, code) => {
    expect(old(code)).toEqual({ status: 'ok', value: { kind: 'none', missing: [] } })
  })

  test('of a contract: not known', () => {
    expect(old({ kind: 'contract', codeHash: hashOf(1) })).toMatchObject({
      status: 'failed',
      error: { code: 'fact-not-saved' },
    })
  })

  test('still has no room for a wrong one', () => {
    const file = JSON.parse(encodeCollection(collectionOf()))
    expect(() => decodeCollection(JSON.stringify({ ...file, facts: { ...file.facts, safe: null } }))).toThrow(
      FactsFileError,
    )
    expect(() => decodeCollection(JSON.stringify({ ...file, facts: null }))).toThrow(FactsFileError)
  })
})

describe('a file of several targets', () => {
  const unchecked: Gathered = {
    kind: 'unchecked',
    input: 'ops.eth',
    label: 'ops',
    chain: { id: 1, name: 'Ethereum' },
    error: {
      code: 'ens-name-not-found',
      message: 'x',
      data: { name: { type: 'untrusted-text', value: 'n' } },
      hints: [],
    },
    endpoint: { host: 'rpc.example', requests: 2 },
    startedAt: '2026-11-23T08:00:00.000Z',
  }
  const other = collectionOf({ account: account({ address: at(9) }) }, { account: at(9), chainId: 1 })
  const gathered: readonly Gathered[] = [
    { kind: 'collected', collection: full },
    unchecked,
    { kind: 'collected', collection: other },
  ]

  test('gives back what was saved, also what could not be checked', () => {
    expect(decodeGathered(encodeGathered(gathered))).toEqual(gathered)
    expect(decodeGathered(encodeGathered([unchecked]))).toEqual([unchecked])
  })

  test('of one account is the file of that account', () => {
    expect(encodeGathered([{ kind: 'collected', collection: full }])).toBe(encodeCollection(full))
    expect(decodeGathered(encodeCollection(full))).toEqual([{ kind: 'collected', collection: full }])
  })

  test('is not read as one account', () => {
    expect(() => decodeCollection(encodeGathered(gathered))).toThrow(FactsFileError)
  })

  const text = encodeGathered(gathered)
  test.each([
    ['no targets', JSON.stringify({ ...JSON.parse(text), targets: [] }), 'targets'],
    ['a target of another kind', text.replace('"unchecked"', '"skipped"'), 'targets.1.kind'],
    [
      'a name without a reason',
      text.replace('"error": {\n    "code": "ens-name-not-found"', '"error": {\n    "kode": "x"'),
      'targets.1.error.code',
    ],
    ['an account that is none', text.replaceAll(at(9), '0x12'), 'targets.2.collection.account'],
    [
      'facts of another account',
      text.replace(`"address": "${at(9)}"`, `"address": "${at(8)}"`),
      'targets.2.collection.facts.account.value.address',
    ],
  ])('with %s says where', (_, changed, path) => {
    expect(changed).not.toBe(text)
    try {
      decodeGathered(changed)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-facts-file', data: { path: { value: path } } })
    }
  })
})
