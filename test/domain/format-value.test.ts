import { describe, expect, test } from 'vitest'
import { type Value, value } from '../../src/core/value.ts'
import { formatDuration, formatValue } from '../../src/domain/format-value.ts'
import { at, hashOf } from '../../src/testing.ts'

const ether = { symbol: 'ETH', decimals: 18 }
const token = (decimals: number | null, symbol: string | null = 'TKN') => ({ symbol, decimals })

describe('formatValue in English', () => {
  test.each<[string, Value, string | number]>([
    ['an address', value.address(at(0xabc)), at(0xabc)],
    ['a hash', value.hash(hashOf(7)), hashOf(7)],
    ['bytes', value.bytes('0x095ea7b3'), '0x095ea7b3'],
    ['no coin at all', value.native(0n, ether), '0 ETH'],
    ['one coin', value.native(10n ** 18n, ether), '1 ETH'],
    [
      'a coin amount cut to six decimals, never rounded up',
      value.native(1_999_999_999_999_999_999n, ether),
      '1.999999 ETH',
    ],
    ['one wei', value.native(1n, ether), '0.000000000000000001 ETH'],
    ['a small amount with four digits that count', value.native(123_456_789n, ether), '0.0000000001234 ETH'],
    ['a small amount that is missing', value.native(-123_456_789n, ether), '-0.0000000001234 ETH'],
    ['a coin with a hostile symbol', value.native(0n, { symbol: 'E\u202e', decimals: 18 }), '0 E\\u{202e}'],
    ['a gas price to the last wei', value.gasPrice(22_000_000_001n), '22.000000001 gwei'],
    ['a token amount', value.tokenAmount(2_500_000n, token(6, 'USDC')), '2.5 USDC'],
    ['a token without decimals', value.tokenAmount(7n, token(null)), '7 smallest units TKN'],
    ['a token of 36 decimals', value.tokenAmount(10n ** 36n, token(36)), '1 TKN'],
    ['a token of 37 decimals', value.tokenAmount(10n ** 37n, token(37)), `1${'0'.repeat(37)} smallest units TKN`],
    ['a token without a symbol', value.tokenAmount(5n, token(0, null)), '5'],
    ['a token with a hostile symbol', value.tokenAmount(5n, token(0, 'A\nB')), '5 A\\u{a}B'],
    ['a block', value.block(21_000_000n), '21000000'],
    ['a nonce', value.nonce(7), '7'],
    ['a count, for a plural to choose by', value.count(3), 3],
    ['a ratio, to two decimals', value.ratio(2.505), 2.51],
    ['a time', value.time(1_730_000_000), '2024-10-27 03:33 UTC'],
    ['the last second with four-digit years', value.time(253_402_300_799), '9999-12-31 23:59 UTC'],
    ['a second after that', value.time(253_402_300_800), 'after the year 9999'],
    ['the largest expiration of Permit2', value.time(2 ** 48 - 1), 'after the year 9999'],
    ['our own words', value.text('rpc.example'), 'rpc.example'],
    ['our own words in a file that somebody else wrote', value.text('rpc\u001b[2J.example'), 'rpc\\u{1b}[2J.example'],
    ['a keyword', value.keyword('erc20'), 'erc20'],
    ["a deployer's words", value.untrustedText('\u001b[2J'), '\\u{1b}[2J'],
  ])('%s', (_, cell, text) => {
    expect(formatValue(cell, 'en')).toBe(text)
  })
})

describe('formatValue in Japanese', () => {
  test.each<[string, Value, string]>([
    ['a token without decimals', value.tokenAmount(7n, token(null)), '7(最小単位) TKN'],
    ['a duration', value.seconds(7200), '2時間'],
    ['a time that no calendar reaches', value.time(2 ** 48 - 1), '9999年より後'],
  ])('%s', (_, cell, text) => {
    expect(formatValue(cell, 'ja')).toBe(text)
  })
})

describe('formatDuration', () => {
  test.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [7_199, '120 minutes'],
    [7_200, '2 hours'],
    [172_799, '48 hours'],
    [172_800, '2 days'],
    [-7_200, '-2 hours'],
  ])('%i s', (seconds, text) => {
    expect(formatDuration(seconds, 'en')).toBe(text)
  })
})
