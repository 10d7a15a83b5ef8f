import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findSecret,
  findSecretInArguments,
  findSecretInDocument,
  findSecretInFile,
  type SecretKind,
} from '../../src/config/secrets.ts'
import { encodeCollection } from '../../src/index.ts'
import { at, hashOf, owner } from '../../src/testing.ts'
import { collectionOf } from '../support/collections.ts'

// Nothing here is anybody's: one byte or one word, over and over.
const key = 'ab'.repeat(32)
const words = (count: number, word = 'abandon', separator = ' ') => Array(count).fill(word).join(separator)
const numbered = (separator: string) =>
  Array.from({ length: 12 }, (_, index) => `${index + 1}. abandon`).join(separator)
const base58 = (length: number, head = '') => head.padEnd(length, 'z')
const keystore = (crypto: string) =>
  JSON.stringify({ version: 3, [crypto]: { cipher: 'aes-128-ctr', ciphertext: 'ab' } })
const vault = JSON.stringify({ data: 'x', iv: 'y', salt: 'z' })

describe('secrets', () => {
  test.each<[string, string, SecretKind]>([
    ['a private key', key, 'private-key'],
    ['a private key with 0x', `0x${key}`, 'private-key'],
    ['a private key in capital letters', `0X${key.toUpperCase()}`, 'private-key'],
    ['a private key in quotes', `"${key}"`, 'private-key'],
    ['a private key in a longer text', `my key is 0x${key}, thank you`, 'private-key'],
    ['a private key as the value of an option', `--address=${key}`, 'private-key'],
    ['a private key in full-width digits', '\uff10'.repeat(64), 'private-key'],
    ['a private key with an invisible character in it', `${key.slice(0, 30)}\u200b${key.slice(30)}`, 'private-key'],
    ['a private key beside a web address', `https://rpc.example ${key}`, 'private-key'],
    ['a private key behind a comma after a web address', `https://rpc.example,${key}`, 'private-key'],
    ['a field named privateKey', '{"privateKey":"x"}', 'private-key'],
    ['a setting named PRIVATE_KEY', 'DEPLOYER_PRIVATE_KEY=x', 'private-key'],
    ['a key in PEM', '-----BEGIN EC PRIVATE KEY-----', 'private-key'],
    ['a key as a list of bytes', JSON.stringify(Array(64).fill(7)), 'private-key'],
    ['a key of 64 bytes in base 58', base58(88), 'private-key'],
    ['a WIF key', base58(51, '5'), 'private-key'],
    ['a compressed WIF key', base58(52, 'K'), 'private-key'],
    ['an extended private key', base58(111, 'xprv'), 'extended-key'],
    ['an extended private key of another version', base58(111, 'zprv'), 'extended-key'],
    ['a phrase of 12 words', words(12), 'seed-phrase'],
    ['a phrase of 24 words', words(24), 'seed-phrase'],
    ['a phrase of 13 words', words(13), 'seed-phrase'],
    ['a phrase in capital letters', words(12).toUpperCase(), 'seed-phrase'],
    ['a phrase with commas', words(12, 'abandon', ', '), 'seed-phrase'],
    ['a phrase with commas and no spaces', words(12, 'abandon', ','), 'seed-phrase'],
    ['a phrase with hyphens', words(12, 'abandon', '-'), 'seed-phrase'],
    ['a phrase on lines', words(12, 'abandon', '\n'), 'seed-phrase'],
    ['a numbered phrase', numbered(' '), 'seed-phrase'],
    ['a numbered phrase on lines', numbered('\r\n'), 'seed-phrase'],
    ['a phrase as JSON', JSON.stringify(Array(12).fill('abandon')), 'seed-phrase'],
    ['a phrase with invisible characters', words(12, 'aban\u200bdon'), 'seed-phrase'],
    ['a Japanese phrase', words(12, 'あいこくしん', '\u3000'), 'seed-phrase'],
    ['a Japanese phrase in separate marks', words(24, 'がいこく'.normalize('NFD'), '\u3000'), 'seed-phrase'],
    ['a Chinese phrase', words(12, '的'), 'seed-phrase'],
    ['a Korean phrase', words(12, '가격'.normalize('NFD')), 'seed-phrase'],
    ['a French phrase', words(12, 'académie'), 'seed-phrase'],
    ['a phrase in the query of a URL', `https://page.example/?m=${words(12, 'abandon', '+')}`, 'seed-phrase'],
    ['a phrase in the query, with %20', `https://page.example/?a=1&m=${words(12, 'abandon', '%20')}&b`, 'seed-phrase'],
    ['a phrase in the query, encoded twice', `http://page.example/?m=${words(12, 'abandon', '%2520')}`, 'seed-phrase'],
    ['a phrase in the query, with commas', `https://page.example/?m=${words(12, 'abandon', ',')}`, 'seed-phrase'],
    ['a phrase in the query, with real spaces', `https://page.example/?m=${words(12)}`, 'seed-phrase'],
    ['a phrase in the query, a word a field', `https://page.example/?w=${words(12, 'abandon', '&w=')}`, 'seed-phrase'],
    ['a phrase in the path of a URL', `https://page.example/${words(12, 'abandon', '-')}/login`, 'seed-phrase'],
    ['a phrase in the path, a word a part', `wss://page.example/${words(12, 'abandon', '/')}`, 'seed-phrase'],
    ['a phrase in the fragment', `https://page.example/#/${words(24, 'abandon', '_')}`, 'seed-phrase'],
    [
      'a Japanese phrase in a URL',
      `https://page.example/?m=${words(12, encodeURI('あいこくしん'), '%E3%80%80')}`,
      'seed-phrase',
    ],
    [
      'a phrase behind the name of a source',
      `blockscout:https://page.example/?m=${words(12, 'abandon', '+')}`,
      'seed-phrase',
    ],
    ['a phrase with hyphens as the value of an option', `--chain=${words(12, 'abandon', '-')}`, 'seed-phrase'],
    ['a keystore', keystore('crypto'), 'keystore'],
    ['an old keystore', keystore('Crypto'), 'keystore'],
    ['a vault', vault, 'vault'],
    ['a vault inside a string', JSON.stringify({ vault }), 'vault'],
    ['a state log', JSON.stringify({ KeyringController: { vault: '' } }), 'vault'],
  ])('%s', (_, text, kind) => {
    expect(findSecret(text)).toBe(kind)
  })

  test.each<[string, string]>([
    ['an address', owner],
    ['an address without 0x', owner.slice(2)],
    ['63 hex digits', key.slice(1)],
    ['65 hex digits', `${key}a`],
    ['an RPC URL with a key of 32 bytes', `https://rpc.example/v2/${key}`],
    ['an RPC URL with a key in its query', `https://user:word@rpc.example/?key=${key}&x=1`],
    ['an RPC URL with percent signs that encode nothing', 'https://rpc.example/%zz?key=%ff%20%e3'],
    [
      'an RPC URL of many words',
      'https://my-own-archive-node.eu.rpc.example.com/v1/some-long-project-name/locations/asia-east/endpoints/ethereum-mainnet/rpc',
    ],
    ['11 words', words(11)],
    ['11 words in a URL', `https://page.example/?m=${words(11, 'abandon', '+')}`],
    ['a deep path', '/home/somebody/wallets/checks/of/this/year/and/of/the/last/one/too.json'],
    ['an ENS name', 'abandon.eth'],
    ['the empty text', ''],
    ['a rule id', 'unlisted-token-with-balance'],
    ['an extended public key', base58(111, 'xpub')],
  ])('not %s', (_, text) => {
    expect(findSecret(text)).toBeNull()
  })

  test('every private key of random bytes, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.constantFrom('', '0x'),
        fc.constantFrom('', ' ', '"', '=', ':', '(', '\n'),
        (bytes, prefix, around) => {
          expect(findSecret(`${around}${prefix}${Buffer.from(bytes).toString('hex')}${around}`)).toBe('private-key')
        },
      ),
    )
  })
})

describe('arguments', () => {
  test.each<[string, readonly string[]]>([
    ['twelve words without quotes', words(12).split(' ')],
    ['behind a command', ['check', ...words(12).split(' ')]],
    ['before an option', [...words(12).split(' '), '--rpc-url', 'http://127.0.0.1']],
    ['behind an option', ['--rpc-url', ...words(12).split(' ')]],
    ['beginning in an option', ['--rpc-url=abandon', ...words(11).split(' ')]],
    ['beginning in a URL', ['--rpc-url', 'https://page.example/?m=abandon', ...words(11).split(' ')]],
    ['in two quoted halves', [words(6), words(6)]],
    ['with commas', words(12, 'abandon,').split(' ')],
  ])('a phrase %s', (_, items) => {
    expect(findSecretInArguments(items)).toBe('seed-phrase')
  })

  test('a key in any of them', () => {
    expect(findSecretInArguments(['check', owner, '--chain', key])).toBe('private-key')
  })

  test('an ordinary command line holds none', () => {
    const line = `check ${owner} --rpc-url https://rpc.example/${key} --chain base --locale ja -o table -o json=out --fail-on high
      --rule unlimited-allowance --rule operator-approval --skip-rule unlisted-token-with-balance --token-list tokens
      --threat-list threats --shown-tokens shown --save-facts facts --quiet --no-color`
    expect(findSecretInArguments(line.split(/\s+/))).toBeNull()
  })
})

describe('files', () => {
  const list = `# Addresses of people who took the coins from others, most of them in the last two years\n1:${owner}\n${at(7)} # seen by many\n`

  test('a list with prose in its comments holds none', () => {
    expect(findSecretInFile(list)).toBeNull()
  })

  test.each<[string, string]>([
    ['a key on a line', `${list}${key}\n`],
    ['a key with 0x on a line', `${list}0x${key}\n`],
    ['a phrase on a line', `${list}${words(12)}\n`],
    ['a phrase behind a label', `${list}# recovery words: ${words(24)}\n`],
    ['a phrase in a string', JSON.stringify({ tokens: [], note: words(15) })],
    ['a phrase of a word a line', words(18, 'abandon', '\n')],
    ['a phrase of a word a line under a title', `My new wallet\n\n${words(12, 'abandon', '\n')}`],
    [
      'a Japanese phrase of a word a line',
      `新しい ウォレット\n${words(12, 'あいこくしん', '\n')}\n${owner} # メモ です`,
    ],
    ['a phrase of a word a line under an address', `${owner}\n${words(12, 'abandon', '\n')}`],
    ['a phrase of numbered words under an address', `${owner} is mine\n${numbered('\n')}`],
    ['a phrase as an array', JSON.stringify({ version: 1, words: words(12).split(' ') }, null, 2)],
    ['a phrase with hyphens', `${list}${words(12, 'abandon', '-')}\n`],
    ['a keystore', keystore('crypto')],
  ])('%s is found', (_, text) => {
    expect(findSecretInFile(text)).not.toBeNull()
  })

  test('a column of symbols that is no phrase long holds none', () => {
    expect(findSecretInFile(words(13, 'abandon', '\n'))).toBeNull()
    expect(findSecretInFile(`${words(7, 'abandon', '\n')}\n${owner} mine\n${words(5, 'abandon', '\n')}`)).toBeNull()
  })

  test('a token list with links and a field called vault holds none', () => {
    const tokens = [
      { chainId: 1, address: owner, logoURI: `https://img.example/${key}.png`, extensions: { vault: at(9) } },
    ]
    expect(findSecretInFile(JSON.stringify({ name: 'Tokens', tokens }))).toBeNull()
  })
})

describe('documents', () => {
  const facts = encodeCollection(collectionOf())
  const report = `{"$schema": "https://unpkg.com/wallet-checkup/schema/report.json", "result": {"hash": "${hashOf(1)}"`

  test.each([
    ['saved facts full of hashes', facts],
    ['a report full of hashes', `${report}}}`],
    [
      'a report with words of strangers',
      `${report}, "symbol": ${JSON.stringify(`"privateKey": ${words(12)} ${key}`)}}}`,
    ],
  ])('%s holds none', (_, text) => {
    expect(findSecretInDocument(text)).toBeNull()
  })

  test.each<[string, string, SecretKind]>([
    ['a key', `0x${key}`, 'private-key'],
    ['a phrase', words(12), 'seed-phrase'],
    ['a keystore', keystore('crypto'), 'keystore'],
    ['a vault', vault, 'vault'],
    ['a key in a field of a report', `${report}, "privateKey": "x"}}`, 'private-key'],
    ['a vault in a report', `${report}, "other": ${vault}}}`, 'vault'],
  ])('%s is found', (_, text, kind) => {
    expect(findSecretInDocument(text)).toBe(kind)
  })
})
