import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CheckupError, type FactError, toFactError } from '../../src/core/errors.ts'
import { factSchemas, missingSchema } from '../../src/core/facts.ts'
import type { Because } from '../../src/core/report.ts'
import { value } from '../../src/core/value.ts'
import { MalformedReplyError } from '../../src/domain/rpc-reply.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotAllowedError,
  MethodNotSupportedError,
  RateLimitedError,
  RequestStoppedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
  unusableAnswers,
} from '../../src/rpc/errors.ts'
import { WaitTooLongError } from '../../src/rpc/wait-too-long.ts'
import { at } from '../../src/testing.ts'
import en from '../../src/words/en.ts'
import errors from '../../src/words/errors-en.ts'
import { becauseHints, becauseSentence, errorHints, errorSentence, reasonKey, wordsFor } from '../../src/words/index.ts'
import inputErrors from '../../src/words/input-errors-en.ts'
import ja from '../../src/words/ja.ts'
import { withoutProductNames } from '../support/product-names.ts'

const place = { host: 'rpc.example', method: 'eth_getLogs' }
const refused = new RpcRefusedError(place, { code: -32005, message: 'too many \u001b[31mresults' })
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u

const source = join(import.meta.dirname, '../../src')
const codesInUse = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\bsuper\(\s*'([a-z0-9-]+)'/g)])
  .map(([, code = '']) => code)

function placeholders(message: string): readonly string[] {
  return [...new Set([...message.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name = '']) => name))].sort()
}

function leaves(words: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[path, words]]
  return Object.entries(words as object).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
}

describe('both languages', () => {
  test('name the same values', () => {
    const holes = (words: unknown) => leaves(words).map(([path, text]) => [path, placeholders(text)])
    expect(Object.fromEntries(holes(ja))).toEqual(Object.fromEntries(holes(en)))
  })

  test('have the same keys', () => {
    const paths = (words: unknown) => leaves(words).map(([path]) => path)
    expect(paths(ja).sort()).toEqual(paths(en).sort())
  })

  test('never call anything safe or healthy, and never shout', () => {
    const words = [...leaves(en), ...leaves(ja)].map(([, text]) => text)
    expect(
      words.map(withoutProductNames).filter((text) => /\b(?:safe|healthy|secure)\b|安全|健全|[!！]/i.test(text)),
    ).toEqual([])
  })

  test('name every fact and everything that may be missing', () => {
    for (const locale of ['en', 'ja'] as const) {
      expect(Object.keys(wordsFor(locale).facts).sort()).toEqual(Object.keys(factSchemas).sort())
      expect(Object.keys(wordsFor(locale).missing).sort()).toEqual([...missingSchema.shape.about.options].sort())
    }
  })
})

describe('error codes', () => {
  test('are found in the source', () => {
    expect(codesInUse).toContain('rpc-refused')
    expect(codesInUse).toContain('wrong-chain')
  })

  test('have one place each', () => {
    expect(Object.keys(errors).filter((code) => Object.hasOwn(inputErrors, code))).toEqual([])
  })

  test.each([...new Set([...codesInUse, 'unexpected-error'])])('%s has words', (code) => {
    expect(Object.keys(en.errors)).toContain(code)
  })

  test.each<[string, CheckupError, string]>([
    ['a refusal', refused, 'The node refused eth_getLogs (code -32005) and said: "too many \\u{1b}[31mresults".'],
    ['a forbidden method', new MethodNotAllowedError(place), 'eth_getLogs is not a read, so it was not sent.'],
    ['a missing method', new MethodNotSupportedError(place), 'The node does not offer eth_getLogs.'],
    [
      'pruned state',
      new StateUnavailableError(place, 'missing trie node'),
      'The node does not give the logs of these blocks and said: "missing trie node".',
    ],
    [
      'pruned state of a call',
      new StateUnavailableError({ ...place, method: 'eth_call' }, 'missing trie node'),
      'The node no longer has the state that eth_call asked for.',
    ],
    [
      'a call that is missing',
      new MethodNotSupportedError({ ...place, method: 'eth_call' }),
      'The node does not offer eth_call.',
    ],
    ['a rate limit', new RateLimitedError(place), 'rpc.example kept refusing eth_getLogs: too many requests.'],
    [
      'a rate limit for an hour',
      new WaitTooLongError(place, 3_600_000),
      'rpc.example refused eth_getLogs: too many requests. It asks to wait 60 minutes, so it was not asked again.',
    ],
    ['a timeout', new RpcTimeoutError(place, 30_000), 'rpc.example did not answer eth_getLogs within 30 seconds.'],
    ['no connection', new ConnectionError(place, 'ECONNREFUSED'), 'No connection to rpc.example (ECONNREFUSED).'],
    ['an HTTP status', new HttpStatusError(place, 503), 'rpc.example answered eth_getLogs with HTTP 503.'],
    [
      'garbage',
      new InvalidReplyError(place, 'json'),
      'rpc.example answered eth_getLogs with something unusable: it is not JSON.',
    ],
    ['a stopped request', new RequestStoppedError(place), 'The run was stopped before this was read.'],
    [
      'a malformed reply',
      new MalformedReplyError('eth_chainId'),
      "The node's answer for eth_chainId is not what the method returns.",
    ],
  ])('%s reads well in English and is Japanese in Japanese', (_, error, sentence) => {
    expect(errorSentence(toFactError(error), 'en')).toBe(sentence)
    expect(errorSentence(toFactError(error), 'ja')).toMatch(japanese)
    expect(errorHints(toFactError(error), 'en')).toEqual(error.hints)
    expect(errorHints(toFactError(error), 'ja')).toHaveLength(error.hints.length)
  })

  test.each(Object.keys(unusableAnswers) as (keyof typeof unusableAnswers)[])(
    'an answer that is unusable (%s) is told in each language',
    (problem) => {
      const error = toFactError(new InvalidReplyError(place, problem))
      expect(errorSentence(error, 'en')).toBe(error.message)
      const told = errorSentence(error, 'ja')
      expect(told).toMatch(/使えない内容でした\(.+\)。$/)
      expect(told.replaceAll(/rpc\.example|eth_getLogs|JSON|Multicall3/g, '')).not.toMatch(/[a-z]{2}/i)
    },
  )

  test('an unusable answer of a report of before is told without its English reason', () => {
    const { data, ...error } = toFactError(new InvalidReplyError(place, 'json'))
    const old = { ...error, data: { ...data, problem: { type: 'text', value: 'it is not JSON' } } } as const
    expect(errorSentence(old, 'ja')).toBe('eth_getLogs に対する rpc.example の応答は使えない内容でした。')
  })

  test.each([
    ['the base fees of eth_feeHistory', 'ノードの応答の形式が正しくありません(eth_feeHistory)。'],
    ['eth_getLogs (block 5)', 'ノードの応答の形式が正しくありません(eth_getLogs)。'],
    ['the hash of a block', 'ノードの応答の形式が正しくありません。'],
  ])('a malformed reply for %s has no English in Japanese', (what, sentence) => {
    expect(errorSentence(toFactError(new MalformedReplyError(what)), 'ja')).toBe(sentence)
  })

  test.each([
    [401, ['Check the API key in the RPC URL.']],
    [403, ['Check the API key in the RPC URL.']],
    [301, ['The URL leads to another one, which is not followed: give the final URL.']],
    [308, ['The URL leads to another one, which is not followed: give the final URL.']],
    [404, ['Check the RPC URL.']],
    [503, ['Run this check again in a minute, or use another endpoint.']],
    [418, []],
  ])('HTTP %i has its own hints', (status, hints) => {
    expect(errorHints(toFactError(new HttpStatusError(place, status)), 'en')).toEqual(hints)
  })

  test('an unknown code falls back to its English message, made harmless', () => {
    const error: FactError = { code: 'acme-broke', message: 'It broke\u202e.', data: {}, hints: ['Try\u0007 again.'] }
    expect(errorSentence(error, 'ja')).toBe('It broke\\u{202e}.')
    expect(errorHints(error, 'ja')).toEqual(['Try\\u{7} again.'])
  })

  test('a code that is also the name of something every object has is unknown', () => {
    expect(errorSentence({ code: 'constructor', message: 'It broke.', data: {}, hints: [] }, 'ja')).toBe('It broke.')
  })

  test('an error without the data that its sentence needs falls back to its English message', () => {
    const error: FactError = { code: 'rpc-refused', message: 'The node refused.', data: {}, hints: [] }
    expect(errorSentence(error, 'ja')).toBe('The node refused.')
  })

  test('an error of something that another fact needed tells the root cause', () => {
    const error: FactError = {
      ...toFactError(new ConnectionError(place, 'ECONNREFUSED')),
      code: 'needed-fact-failed',
      data: {
        ...toFactError(new ConnectionError(place, 'ECONNREFUSED')).data,
        fact: value.text('chain'),
        cause: value.keyword('connection-failed'),
      },
    }
    expect(errorSentence(error, 'en')).toBe(
      'This depends on the chain and its newest block, which could not be read. No connection to rpc.example (ECONNREFUSED).',
    )
    expect(errorSentence(error, 'ja')).toContain('rpc.example に接続できませんでした')
    expect(errorHints(error, 'ja')).toEqual(['RPC URLとインターネット接続を確認してください。'])
  })

  test('a fact that needed one which failed for another reason tells all of it, in the language of the reader', () => {
    const root = toFactError(new ConnectionError(place, 'ECONNREFUSED'))
    const error: FactError = {
      ...root,
      code: 'needed-fact-failed',
      message: 'English words.',
      data: {
        ...root.data,
        sent: value.count(23),
        fact: value.text('activity'),
        cause: value.keyword('activity-unreadable'),
        rootCause: value.keyword('connection-failed'),
      },
    }
    const sentence = becauseSentence({ kind: 'fact-failed', fact: 'sweeps', error }, 'ja')
    expect(sentence).toContain('rpc.example に接続できませんでした')
    expect(sentence).not.toContain('English')
    expect(errorHints(error, 'en')).toEqual(['Check the RPC URL and your connection.'])
    expect(reasonKey({ kind: 'fact-failed', fact: 'sweeps', error }, 'en')).toBe(
      reasonKey(
        {
          kind: 'fact-failed',
          fact: 'activity',
          error: {
            ...root,
            code: 'activity-unreadable',
            data: { ...root.data, sent: value.count(23), cause: value.keyword('connection-failed') },
          },
        },
        'en',
      ),
    )
  })
})

describe('becauseSentence', () => {
  test('a list of the user that was not used is not told as something that could not be read', () => {
    const error = { code: 'sanctions-list-undated', message: '', data: { list: value.text('mine.txt') }, hints: [] }
    const missing = [{ about: 'sanctions-list' as const, error }]
    expect(becauseSentence({ kind: 'fact-incomplete', fact: 'transfers', missing }, 'en')).toBe(
      'Lists of sanctioned addresses: The list mine.txt was not used: it does not say of which day it is.',
    )
    const more = [...missing, { about: 'logs' as const, error }]
    expect(becauseSentence({ kind: 'fact-incomplete', fact: 'transfers', missing: more }, 'en')).toContain(
      'Could not read all of the transfers of tokens.',
    )
  })

  const error = toFactError(new MethodNotSupportedError(place))

  test.each<[string, Because, string]>([
    [
      'a fact that failed',
      { kind: 'fact-failed', fact: 'fees', error },
      'Could not read the current fees. The node does not offer eth_getLogs.',
    ],
    [
      'a fact of another version',
      { kind: 'fact-failed', fact: 'acme', error },
      'Could not read acme. The node does not offer eth_getLogs.',
    ],
    [
      'a fact read in part',
      { kind: 'fact-incomplete', fact: 'approvals', missing: [{ about: 'logs', error }] },
      'Could not read all of the approvals. Event logs: The node does not offer eth_getLogs.',
    ],
    [
      'another chain',
      { kind: 'wrong-chain', expected: 1, actual: 137 },
      'The endpoint serves chain 137, not chain 1, so nothing it says was judged.',
    ],
    [
      'a rule that crashed',
      { kind: 'rule-crashed', error: toFactError(new TypeError('secret')) },
      'The check itself failed. An unexpected error ended this step (TypeError).',
    ],
  ])('%s', (_, because, sentence) => {
    expect(becauseSentence(because, 'en')).toBe(sentence)
    expect(becauseSentence(because, 'ja')).toMatch(japanese)
  })

  test('the same failure of many contracts is told once, with how many', () => {
    const missing = (contract: number) => ({ about: 'token-metadata' as const, error, contract: at(contract) })
    expect(
      becauseSentence({ kind: 'fact-incomplete', fact: 'tokens', missing: [missing(1), missing(2), missing(2)] }, 'en'),
    ).toBe(
      'Could not read all of the token balances. Names and decimals of tokens (2 contracts): The node does not offer eth_getLogs.',
    )
  })

  test.each([
    [8, ''],
    [9, ' 1 more reason is in the JSON report.'],
    [10, ' 2 more reasons are in the JSON report.'],
  ])('of %i different reasons at most eight are told', (count, ending) => {
    const reasons = Array.from({ length: count }, (_, index) => `Reason ${index}.`)
    const missing = reasons.map((message) => ({
      about: 'logs' as const,
      error: { code: 'acme', message, data: {}, hints: [] },
    }))
    const told = reasons.slice(0, 8).map((reason) => `Event logs: ${reason}`)
    expect(becauseSentence({ kind: 'fact-incomplete', fact: 'logs', missing }, 'en')).toBe(
      `Could not read all of the event logs. ${told.join(' ')}${ending}`,
    )
  })

  test('several facts read in part are all named, and the same gap is told once', () => {
    const gap = { about: 'logs' as const, error }
    const missing = [
      { ...gap, fact: 'logs' },
      { ...gap, fact: 'tokens' },
      { about: 'fees' as const, error, fact: 'fees' },
    ]
    const because: Because = { kind: 'fact-incomplete', fact: 'logs', missing }
    expect(becauseSentence(because, 'en')).toBe(
      'Could not read all of the event logs, the token balances, and the current fees. Event logs: The node does not offer eth_getLogs. Current fees: The node does not offer eth_getLogs.',
    )
    expect(becauseSentence(because, 'ja')).toContain('イベントログ、トークンの残高、現在の手数料')
  })

  test('hints of several failures are each given once', () => {
    const limited = toFactError(new RateLimitedError(place))
    const because: Because = {
      kind: 'fact-incomplete',
      fact: 'logs',
      missing: [
        { about: 'logs', error: limited },
        { about: 'operator', error: limited },
      ],
    }
    expect(becauseHints(because, 'en')).toEqual(['Wait a while, or use an endpoint with a higher limit.'])
  })

  test('a wrong chain says what to check', () => {
    expect(becauseHints({ kind: 'wrong-chain', expected: 1, actual: 2 }, 'ja')).toEqual([
      '--chain とRPC URLを確認してください。',
    ])
  })
})
