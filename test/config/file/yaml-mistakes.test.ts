import { describe, expect, test } from 'vitest'
import { complaint, variable } from './sample.ts'

/** Mistakes of people who write YAML by hand: where they look, and what they do about it. */
describe.each([
  [
    'a bracket that stays open',
    'version: 1\noutputs: [table, json\nfailOn: high\n',
    '2:10: The bracket [ is opened here',
    'Close it',
    'ここで始まる括弧 [',
  ],
  [
    'a brace that stays open',
    `chains:\n  a: { rpc: "${variable('A')}"\n  b: { rpc: x }\n`,
    '2:6: The bracket { is opened here',
    'Close it',
    'ここで始まる括弧 {',
  ],
  [
    'a bracket that stays open after one in quotes',
    'version: 1\nx: "[" # it\'s [\ny: [1\nz: 2\n',
    '3:4: The bracket [',
    'Close it',
    '括弧 [',
  ],
  [
    'JSON without its end',
    '{"version": 1, "accounts": [{"address": "0x1"}\n',
    '1:28: The bracket [',
    'Close it',
    '括弧 [',
  ],
  [
    'JSON without a comma',
    '{"version": 1 "failOn": "high"}\n',
    '1:13: Between these brackets, a comma',
    'Put a comma',
    'カンマが抜けて',
  ],
  [
    'a bracket too many',
    'version: 1\noutputs: [table]]\n',
    '2:17: The bracket ] closes nothing.',
    'Take it out',
    '始まりがありません',
  ],
  ['a brace too many', 'rules: { a: b }}\n', '1:16: The bracket } closes nothing.', 'Take it out', '括弧 }'],
  [
    'a variable without quotes in brackets',
    `chains:\n  a:\n    rpc: [${variable('A')}, ${variable('B')}]\n`,
    '3:12: Between these brackets',
    'each variable into quotes',
    '変数は引用符',
  ],
  [
    'a list with dashes in brackets',
    'accounts: [\n  - address: x\n]\n',
    '2:3: Between these brackets',
    'no list with dashes',
    'ダッシュで始まるリスト',
  ],
  [
    'a key that is not under its neighbour',
    'accounts:\n  - address: a\n   label: x\n',
    '3:4: This line is indented',
    'begin in the same column',
    '字下げ',
  ],
  [
    'a key that is too far in',
    'version: 1\n  failOn: high\n',
    '2:3: This line is indented',
    'begin in the same column',
    '字下げ',
  ],
  [
    'a key that is too far in, behind a comment',
    'version: 1\n# why\n\n  failOn: high\n',
    '4:3: This line is indented',
    'same column',
    '字下げ',
  ],
  [
    'a dash that is not under the first',
    'accounts:\n  - address: a\n - address: b\n',
    '3:2: This line is indented',
    'dashes of one list',
    'ダッシュ',
  ],
  [
    'a dash without a space',
    'accounts:\n  -address: x\n    label: y\n',
    '3:5: This line is indented',
    'A space follows each dash',
    '空白',
  ],
  [
    'a key without a colon',
    'version 1\nchains:\n  a: b\n',
    '1:1: After this key, a colon',
    'failOn: high',
    'コロンと空白',
  ],
  [
    'a key without a space',
    'version:1\nfailOn: high\n',
    '1:1: After this key, a colon and a space',
    'failOn: high',
    'コロンと空白',
  ],
  [
    'a key of a map without a colon',
    'chains:\n  ethereum\n    rpc: x\n',
    '2:3: After this key',
    'failOn: high',
    'コロンと空白',
  ],
  [
    'a quote that stays open',
    'accounts:\n  - address: "0x1\n    label: y\n',
    '2:14: The quote that begins here',
    'Put the same quote',
    '引用符が閉じて',
  ],
  [
    'a reason with a colon',
    'reason: payout: weekly\n',
    '1:9: This text holds a colon',
    'Put the whole text into quotes.',
    'コロンと空白が含まれて',
  ],
  ['a text behind quotes', 'label: "ops" team\n', '1:14: Something stands behind', 'one pair of quotes', '余分なもの'],
  [
    'a name that begins with @',
    'label: @home\n',
    '1:8: A text without quotes cannot begin with @.',
    'Put the text into quotes.',
    '@ で始める',
  ],
  ['a path of Windows', 'file: "C:\\users"\n', '1:10: This backslash', 'Use single quotes', 'バックスラッシュ'],
])('%s', (_, text, english, cure, japanese) => {
  test('is told where it is, with its cure, in both languages', async () => {
    const told = await complaint(text)
    expect(told).toContain(`wallet.yaml:${english}`)
    expect(told).toContain(cure)
    expect(await complaint(text, 'ja')).toContain(japanese)
  })
})
