import { expect, test } from 'vitest'
import { keysIn, readEnvironment } from '../../src/config/environment.ts'

test.each([
  [{}, 'en'],
  [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
  [{ LANG: 'ja' }, 'ja'],
  [{ LANG: 'JA_jp' }, 'ja'],
  [{ LANG: 'jam_JM' }, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LC_MESSAGES: 'ja_JP', LANG: 'en_US' }, 'ja'],
  [{ LC_ALL: 'en_US', LC_MESSAGES: 'ja_JP', LANG: 'ja_JP' }, 'en'],
  [{ LC_ALL: '', LANG: 'ja_JP' }, 'ja'],
] as const)('the language of %j is %s', (variables, locale) => {
  expect(readEnvironment(variables).locale).toBe(locale)
})

test('an empty variable is one that is not set', () => {
  const variables = {
    WALLET_CHECKUP_RPC_URL: '',
    WALLET_CHECKUP_LOGS_KEY: '',
    NO_COLOR: '',
    WALLET_CHECKUP_CACHE_DIR: '',
    XDG_CACHE_HOME: '',
    LOCALAPPDATA: '',
  }
  expect(readEnvironment(variables)).toEqual(readEnvironment({}))
  expect(readEnvironment({})).toMatchObject({ rpcUrl: null, logsKey: null, noColor: false, cacheDir: null })
})

test('the endpoint and NO_COLOR', () => {
  expect(readEnvironment({ WALLET_CHECKUP_RPC_URL: 'https://rpc.example', NO_COLOR: '0' })).toMatchObject({
    rpcUrl: 'https://rpc.example',
    noColor: true,
  })
})

test.each([
  ['80', 80],
  ['0', null],
  ['wide', null],
  ['80x', null],
  ['', null],
])('COLUMNS=%j is %s', (text, columns) => {
  expect(readEnvironment({ COLUMNS: text }).columns).toBe(columns)
})

test('the keys of both sources are known as what must not be repeated', () => {
  const variables = { WALLET_CHECKUP_LOGS_KEY: 'for-logs', WALLET_CHECKUP_HISTORY_KEY: 'for-history' }
  expect(keysIn(readEnvironment(variables))).toEqual(['for-logs', 'for-history'])
  expect(keysIn(readEnvironment({}))).toEqual([])
})
