import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConfigFileError } from '../../../src/config/file/problem.ts'
import { SecretVariableError } from '../../../src/config/secret-variable-error.ts'
import { SecretInputError } from '../../../src/config/secrets.ts'
import { changed, complaint, permit2, plan, sample, today, treasury, variable, variables } from './sample.ts'

/** Made at run time: a file of ours holds nothing that looks like a key. */
const key = 'ab12'.repeat(16)

describe.each([
  [
    'a mistyped key at the top',
    'accounts:',
    'acounts:',
    '12:1: acounts: There is no key acounts here.',
    'Did you mean accounts?',
    'acounts というキーはここにはありません。',
  ],
  [
    'a mistyped key of an account',
    'label: treasury',
    'lable: treasury',
    '14:5: accounts[0].lable: There is no key lable here.',
    'Did you mean label?',
    'label の間違いではありませんか。',
  ],
  [
    'a mistyped key of a chain',
    'maxRps',
    'maxRsp',
    '8:5: chains.base.maxRsp: There is no key',
    'Did you mean maxRps?',
    'maxRps の間違いではありませんか。',
  ],
  [
    'a mistyped key of a notification',
    'on: [new',
    'onn: [new',
    '49:41: notify[1].onn: There is no key',
    'Did you mean on?',
    'onn というキーはここにはありません。',
  ],
  [
    'a key nothing is like',
    'label: treasury',
    'wallet-file: x',
    '14:5: accounts[0].wallet-file: There is no key',
    'The keys are address, label, chains, tags, kind, rules, expectedSpenders.',
    '使えるキー: address',
  ],
  [
    'a missing key',
    'version: 1\n',
    '',
    '1:1: The key version is missing.',
    'Add version. It takes 1.',
    'キー version がありません。',
  ],
  [
    'an account without an address',
    'address: example.eth\n    ',
    '',
    '21:5: accounts[1]: The key address is missing.',
    'Add address.',
    'キー address がありません。',
  ],
  [
    'another version',
    'version: 1',
    'version: 2',
    '1:10: version: This value cannot be used here.',
    'It takes 1.',
    '使える値: 1',
  ],
  [
    'a word for a list',
    '[base, 1]',
    'base',
    '15:13: accounts[0].chains: This value',
    'It takes a list. For example: [ethereum]',
    'この値はここでは使えません。',
  ],
  [
    'an unknown chain',
    '[base, 1]',
    '[base, bas]',
    '15:20: accounts[0].chains[1]: The file has no chain of this name: bas.',
    'Did you mean base?',
    'bas というチェーンはファイルにありません。',
  ],
  [
    'an unknown tag',
    'tags: [payroll]',
    'tags: [payrol]',
    '16:12: accounts[0].tags[0]: The file describes no tag',
    'Did you mean payroll?',
    'payroll の間違いではありませんか。',
  ],
  [
    'an unknown rule',
    'stale-head: info',
    'stale-haed: info',
    '31:3: rules.stale-haed: There is no rule',
    'Did you mean stale-head?',
    'stale-haed という名前のルールはありません。',
  ],
  [
    'an unknown rule of a tag',
    'unlimited-allowance: off',
    'unlimited-alowance: off',
    '27:7: tags.payroll.rules.unlimited-alowance: There',
    'Did you mean unlimited-allowance?',
    'ルールはありません。',
  ],
  [
    'an unknown option',
    '{ days: 60 }',
    '{ dayz: 60 }',
    '28:25: tags.payroll.rules.stale-approval.dayz: There is no key',
    'Did you mean days?',
    'days の間違いではありませんか。',
  ],
  [
    'an option of another kind',
    '{ days: 60 }',
    '{ days: soon }',
    '28:31: tags.payroll.rules.stale-approval.days: The rule stale-approval does not take this value.',
    'It takes a whole number above 0. For example: 180\nwallet-checkup rules stale-approval explains its options.',
    'この値は使えません。',
  ],
  [
    'an unknown severity',
    'severity: low',
    'severity: lowest',
    '19:45: accounts[0].rules.stale-approval.severity: This value',
    'It takes one of: critical, high, medium, low, info, off.',
    '次のどれか1つを使えます: critical',
  ],
  [
    'a rule that is switched by a word of another format',
    'stale-head: info',
    'stale-head: false',
    '31:15: rules.stale-head: This value',
    'It takes one of: critical, high, medium, low, info, off, {…}.',
    '次のどれか1つを使えます',
  ],
  [
    'an unknown account in a suppression',
    'account: treasury',
    'account: treasure',
    '37:14: suppressions[0].account: No account has this label or address: treasure.',
    'Did you mean treasury?',
    'アカウントはありません。',
  ],
  [
    'an unknown rule in a suppression',
    '- rule: unlimited-allowance',
    '- rule: unlimited',
    '36:11: suppressions[0].rule: There is no rule',
    'wallet-checkup rules lists them.',
    'ルールはありません。',
  ],
  [
    'an unknown chain in a suppression',
    'chain: base',
    'chain: bass',
    '38:12: suppressions[0].chain: The file has no chain',
    'Did you mean base?',
    'チェーンはファイルにありません。',
  ],
  [
    'a suppression without a reason',
    '    reason: router of the weekly payout job\n',
    '',
    '36:5: suppressions[0]: The key reason is missing.',
    'Add reason.',
    'キー reason がありません。',
  ],
  [
    'a day that is none',
    '2027-03-31',
    '2027-02-31',
    '41:14: suppressions[0].expires: This value',
    'For example: 2027-03-31',
    '例: 2027-03-31',
  ],
  [
    'a suppression for ever',
    '2027-03-31',
    '2099-12-31',
    '41:14: suppressions[0].expires: A suppression lasts 180 days at most.',
    'Choose an earlier day',
    '最長で180日先まで',
  ],
  [
    'a mistyped address',
    treasury,
    treasury.replace(/4$/, '5'),
    '13:14: accounts[0].address: The capital letters of this address',
    'Copy the address',
    '大文字と小文字が',
  ],
  [
    'a short address',
    `spender: "${permit2}"`,
    'spender: "0x12"',
    '39:14: suppressions[0].spender: This address is too short: it has',
    'Copy the address',
    '短すぎます',
  ],
  [
    'a name among expected spenders',
    `expectedSpenders: ["${permit2}"]`,
    'expectedSpenders: [a.eth]',
    '32:20: expectedSpenders[0]: This value',
    'For example: "0x…"',
    'この値はここでは使えません。',
  ],
  [
    'nobody expected',
    `expectedSpenders: ["${permit2}"]`,
    'expectedSpenders: []',
    '32:19: expectedSpenders: This value',
    'It takes a list. For example: ["0x…"]',
    'この値はここでは使えません。',
  ],
  [
    'the same account again',
    'example.eth\n    label: founder',
    `"${treasury.toLowerCase()}"\n    label: treasury`,
    '21:5: accounts[1]: This account is there already, on ethereum: wallet.yaml:13:5.',
    'Leave out one of the two.',
    'すでに wallet.yaml:13:5 にあります。',
  ],
  [
    'the same label again',
    'label: founder',
    'label: treasury',
    '22:12: accounts[1].label: Another account has the label treasury, at wallet.yaml:14:12.',
    'Give one of them another label.',
    '別のアカウント(wallet.yaml:14:12)',
  ],
  [
    'the same chain again',
    'id: 31337',
    'id: 8453',
    '11:3: chains.devnet: Another chain has the number 8453, at wallet.yaml:6:3.',
    'Put the endpoints of both into one.',
    '番号 8453 のチェーン',
  ],
  [
    'a chain that nobody knows',
    'id: 31337, ',
    '',
    '11:3: chains.devnet: The key id is missing.',
    'Add id. It takes a whole number from 1. For example: 1, 8453',
    'キー id がありません。',
  ],
  [
    'a chain with a path for a name',
    'devnet:',
    'dev/net:',
    '11:3: chains.dev/net: This value',
    'For example: ethereum, payroll-2027',
    'この値はここでは使えません。',
  ],
  [
    'an endpoint of another protocol',
    'http://127.0.0.1:8545',
    'ftp://127.0.0.1',
    '11:29: chains.devnet.rpc: The RPC URL',
    'https://',
    'URL',
  ],
  [
    'an endpoint that is there before',
    'https://spare.example',
    `"https://base.example/${variable('BASE_KEY')}"`,
    '7:47: chains.base.rpc[1]: This endpoint is named before, at wallet.yaml:7:11.',
    'Leave it out',
    'すでに wallet.yaml:7:11 にあります。',
  ],
  [
    'the same endpoint twice',
    'second: https://two.example',
    `second: "${variable('MAINNET_RPC')}"`,
    '5:13: chains.ethereum.second: The second endpoint is the one under check',
    'Name another endpoint',
    '2つ目の接続先が',
  ],
  [
    'a variable that is not set',
    'MAINNET_RPC',
    'MAINET_RPC',
    `4:10: chains.ethereum.rpc: The variable MAINET_RPC is not set`,
    'export MAINET_RPC=…',
    '環境変数 MAINET_RPC が設定されていない',
  ],
  [
    'a variable in a label',
    'label: treasury',
    `label: "${variable('LABEL')}"`,
    '14:12: accounts[0].label: Variables are read in URLs and keys only.',
    'Write the value itself',
    '変数を使えるのは',
  ],
  [
    'a kind that there is not',
    'kind: safe',
    'kind: multisig',
    '17:11: accounts[0].kind: This value',
    'It takes one of: eoa, contract, safe.',
    '次のどれか1つを使えます: eoa',
  ],
  [
    'an unknown channel',
    'type: slack',
    'type: slak',
    '49:13: notify[1].type: This value',
    'It takes one of: webhook, slack, discord, telegram.',
    '次のどれか1つを使えます: webhook',
  ],
  [
    'a key that is there twice',
    'label: treasury',
    'label: treasury\n    label: other',
    '15:5: accounts[0].label: This key is there twice.',
    '',
    '同じキーが2回あります。',
  ],
  [
    'tabs',
    '    label: treasury',
    '\tlabel: treasury',
    '14:1: A line is indented with tabs.',
    'Indent with spaces.',
    'タブで字下げ',
  ],
  [
    'an anchor',
    'payroll:\n',
    'payroll: &base\n',
    '26:5: tags.payroll: Anchors and aliases',
    'give the accounts a tag',
    'アンカーとエイリアス',
  ],
  [
    'an alias',
    'label: treasury',
    'label: *base',
    '14:12: accounts[0].label: Anchors and aliases',
    'Write it out',
    'アンカーとエイリアス',
  ],
  ['a tag of YAML', 'version: 1', 'version: !!int 1', '1:16: version: Tags', 'Leave it out', 'YAMLのタグ'],
  [
    'a tag that runs code elsewhere',
    'label: treasury',
    'label: !!js/function "x"',
    '14:26: accounts[0].label: Tags',
    'Leave it out',
    'YAMLのタグ',
  ],
  [
    'a merge key',
    'kind: safe',
    '<<: { kind: safe }',
    '17:5: accounts[0].<<: There is no key',
    'The keys are',
    'というキーはここにはありません。',
  ],
  [
    'an open bracket',
    'outputs: [table,',
    'outputs: [[table,',
    '43:10: The bracket [ is opened here and not closed.',
    'Close it',
    'ここで始まる括弧 [ が閉じていません。',
  ],
  [
    'a second document',
    'failOn: medium',
    '---\nfailOn: medium',
    '44:1: A second document begins here',
    '',
    '2つ目の文書',
  ],
  [
    'an option that is no number',
    'stale-head: info',
    'balance-drop: { percent: lots }',
    '31:28: rules.balance-drop.percent: The rule balance-drop does not take this value.',
    'It takes a number above 0, up to 100. For example: 25\nwallet-checkup rules balance-drop explains its options.',
    '使える値: 0より大きく100以下の数。例: 25',
  ],
  [
    'an option above its limit',
    'stale-head: info',
    'swept-account: { mostLeftPercent: 101 }',
    '31:37: rules.swept-account.mostLeftPercent: The rule',
    'It takes a number from 0 to 100. For example: 5\n',
    '使える値: 0以上100以下の数。例: 5',
  ],
  [
    'an option that takes one of some words',
    'stale-head: info',
    'unexpected-account-kind: { kind: wallet }',
    '31:36: rules.unexpected-account-kind.kind: The rule',
    'It takes one of: any, eoa, contract, safe.',
    '次のどれか1つを使えます: any, eoa, contract, safe',
  ],
  [
    'an option that takes a list',
    'stale-head: info',
    'unexpected-spender: { expectedSpenders: none }',
    '31:43: rules.unexpected-spender.expectedSpenders: The rule',
    'It takes a list.',
    'リストで書きます。',
  ],
  [
    'a word for a switch',
    'allowIncomplete: true',
    'allowIncomplete: maybe',
    '45:18: allowIncomplete: This value',
    'It takes one of: true, false.',
    '次のどれか1つを使えます: true, false',
  ],
  [
    'half a day of history',
    'history: 30',
    'history: 1.5',
    '46:10: history: This value',
    'It takes a whole number from 1 to 10000, or the word all. For example: 30, 365',
    '使える値: 1以上10000以下の整数、または all。例: 30, 365',
  ],
  [
    'more history than there is',
    'history: 30',
    'history: 10001',
    '46:10: history: This value',
    'from 1 to 10000, or the word all',
    'または all',
  ],
  ['an older YAML', 'version: 1\n', '%YAML 1.1\n---\nversion: 1\n', '1:1: Only YAML 1.2', '', 'YAML 1.2だけ'],
])('%s', (_, from, to, sentence, hint, japanese) => {
  test('is told with its line and column, in both languages', async () => {
    const english = await complaint(changed(from, to))
    expect(english).toContain(`wallet.yaml:${sentence}`)
    expect(english).toContain(hint)
    const place = /^wallet\.yaml:\d+:\d+: /.exec(english)?.[0] ?? 'none'
    const translated = await complaint(changed(from, to), 'ja')
    expect(translated).toContain(japanese)
    expect(translated.startsWith(place)).toBe(true)
  })
})

describe('a file', () => {
  test.each([
    ['that is empty', '', '1:1: The file is empty.'],
    ['with comments only', '# nothing\n', '1:1: The file is empty.'],
    ['with a list', '- a\n', '1:1: This value cannot be used here.'],
    ['with a word', 'hello', '1:1: This value cannot be used here.'],
    ['without accounts', 'version: 1\nchains: { base: }\n', '1:1: No account is named.'],
    ['without chains', `version: 1\naccounts: [{ address: "${treasury}" }]`, '1:1: No chain is named'],
    ['that is too large', `${sample}#${'x'.repeat(600_000)}`, '1:1: The file is too large.'],
    [
      'with a byte that no text has',
      changed('label: treasury', 'label: "trea\u0000sury"'),
      '14:17: This is no text in UTF-8.',
    ],
    ['in another encoding', Buffer.from(sample, 'utf16le').toString('utf8'), '1:2: This is no text in UTF-8.'],
    ['with brackets without end', `a: ${'['.repeat(200_000)}`, '1:36: This is nested too deeply.'],
    ['with maps without end', `a: ${'{a: '.repeat(100_000)}`, '1:132: This is nested too deeply.'],
    ['with lists without end', `x: 1\n${'- '.repeat(100_000)}x`, '2:1: This is nested too deeply.'],
    ['with questions without end', `${'? '.repeat(100_000)}x`, '1:1: This is nested too deeply.'],
    [
      'with steps without end',
      Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      '201:1: This is nested too deeply.',
    ],
    ['that laughs', laughs(), '1:7: a: Anchors and aliases'],
  ])('%s is refused', async (_, text, sentence) => {
    expect(await complaint(text)).toContain(`wallet.yaml:${sentence}`)
  })

  test.each([
    ['many keys', `version: 1\n${Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')}`],
    ['many errors', '}\n'.repeat(20_000)],
    ['many directives', '%X\n#\n'.repeat(50_000)],
    ['many anchors', '&a '.repeat(20_000)],
  ])('of %s is refused, and does not hold the run up', async (_, text) => {
    expect(await complaint(text)).toMatch(/^wallet\.yaml:\d+:\d+: /)
  })

  test('cannot reach what all objects have', async () => {
    expect(await complaint(changed('label: treasury', '__proto__: { label: x }'))).toContain(
      'wallet.yaml:14:5: accounts[0]',
    )
    expect(await complaint(changed('payroll:\n', 'constructor:\n'))).toContain(
      'accounts[0].tags[0]: The file describes no tag',
    )
    expect(await complaint(changed('[payroll]', '[toString]'))).toContain(
      'The file describes no tag of this name: toString.',
    )
    expect(await complaint(changed('MAINNET_RPC', 'constructor'))).toContain('The variable constructor is not set')
    expect(await complaint(changed('stale-head: info', 'hasOwnProperty: info'))).toContain('There is no rule')
  })

  test('cannot draw on the terminal with its keys', async () => {
    const told = await complaint(changed('label: treasury', '"\\e[31mred\\u202e\\n": x'))
    expect(told).toContain('accounts[0].')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the test
    expect(told.split('\n')[0]).not.toMatch(/[\u0000-\u001f\u202e]/)
  })
})

describe('a secret', () => {
  const phrase = Array.from({ length: 12 }, () => 'abandon').join(' ')
  test.each([
    ['a private key', changed('label: treasury', `label: "${key}"`)],
    ['a private key without quotes', changed(treasury, `0x${key}`)],
    ['a private key in a comment', `${sample}# ${key}\n`],
    [
      'a private key in escapes',
      changed(
        'label: treasury',
        `label: "${[...key].map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('')}"`,
      ),
    ],
    ['a phrase', changed('label: treasury', `label: ${phrase}`)],
    ['a phrase over several lines', changed('label: treasury', `label: >-\n      ${phrase.replace(/ /g, '\n      ')}`)],
    ['a phrase as a list', changed('tags: [payroll]', `tags: [${phrase.replace(/ /g, ', ')}]`)],
    ['a field of a wallet', `${sample}privateKey: "x"\n`],
    ['a key in base 58 for an address', changed(treasury, `5${'Kb'.repeat(43)}`)],
  ])('%s is refused and never repeated', async (_, text) => {
    const error: unknown = await plan(text).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SecretInputError)
    expect(error).toMatchObject({ source: 'wallet.yaml' })
    expect(JSON.stringify({ error, message: String(error) })).not.toMatch(/ab12|abandon|KbKb/)
  })

  test('in a variable is refused by the name of the variable', async () => {
    const error: unknown = await plan(sample, { variables: { ...variables, MAINNET_RPC: key } }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(SecretVariableError)
    expect(error).toMatchObject({ variable: 'MAINNET_RPC', kind: 'private-key' })
    expect(JSON.stringify(error) + String(error)).not.toContain('ab12')
  })
})

describe('a URL in the file', () => {
  const told = (url: string) => complaint(changed('http://127.0.0.1:8545', url))
  test.each([
    ['a key in its path', 'https://eth.example/v2/Ab3dEfGh1jKlMn0p'],
    ['a long key without digits', `https://eth.example/v2/${'abcd'.repeat(8)}`],
    ['a key in its query', 'https://eth.example/?apiKey=short'],
    ['a user', 'https://me:pass@eth.example/'],
    ['a key in its host', `https://${'a1'.repeat(16)}.eth.example/`],
    ['a UUID', 'https://eth.example/3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
  ])('with %s is refused and not repeated', async (_, url) => {
    const text = await told(`"${url}"`)
    expect(text).toContain('chains.devnet.rpc: This holds what looks like a key')
    expect(text).not.toContain('eth.example')
    expect(text).toContain(variable('NAME'))
  })

  test.each([
    'https://portal.sqd.dev/datasets/ethereum-mainnet',
    'https://rpc.example/polygon-zkevm-1101/v1',
    'https://api.etherscan.io/v2/api',
    'http://localhost:8545',
    `https://eth.example/v2/${variable('BASE_KEY')}`,
  ])('%s may stand there', async (url) => {
    expect((await plan(changed('http://127.0.0.1:8545', `"${url}"`))).chains[2]?.rpc).toEqual([
      url.replace(variable('BASE_KEY'), variables.BASE_KEY),
    ])
  })

  test('a secret of a webhook has to be a variable', async () => {
    const text = await complaint(changed(`"${variable('WEBHOOK_SECRET')}"`, 'letmein'))
    expect(text).toContain('wallet.yaml:48:61: notify[0].secret: This holds what looks like a key')
    expect(text).not.toContain('letmein')
  })
})

describe('a variable', () => {
  test.each([
    ['that is empty', ''],
    ['of spaces', '  '],
  ])('%s counts as not set', async (_, given) => {
    expect(await complaint(sample, 'en', { variables: { ...variables, BASE_KEY: given } })).toContain(
      'wallet.yaml:7:11: chains.base.rpc[0]: The variable BASE_KEY is not set, or is empty.',
    )
  })

  test('whose name is none is not repeated', async () => {
    const text = await complaint(changed('MAINNET_RPC', 'not a-name'))
    expect(text).toContain('What stands between the braces is no name of a variable.')
    expect(text).not.toContain('not a-name')
  })

  test('never shows its value, whatever else is wrong', async () => {
    const url = 'ftp://host.example/topsecret'
    expect(await complaint(sample, 'en', { variables: { ...variables, MAINNET_RPC: url } })).not.toContain('topsecret')
  })
})

test('a suppression may last 180 days, and no day more', async () => {
  const inDays = (days: number) => new Date(today + days * 86_400_000).toISOString().slice(0, 10)
  expect((await plan(changed('2027-03-31', inDays(180)))).suppressions).toHaveLength(1)
  expect(await complaint(changed('2027-03-31', inDays(181)))).toContain('at most')
  expect(await complaint(changed('suppressions:', 'maxSuppressionDays: 30\nsuppressions:'))).toContain(
    'lasts 30 days at most',
  )
})

test('whichever key is mistyped, the error names its line', async () => {
  const lines = sample.split('\n')
  const keys = lines.flatMap((line, index) =>
    [...line.matchAll(/(?<=^ *(?:- )?(?:\{ )?|, |\{ )([A-Za-z]+):(?= |$)/g)].map(({ 1: name = '', index: column }) => ({
      index,
      column,
      name,
    })),
  )
  // Names that the user chooses: a chain and a tag, whose mistyping is told where they are used.
  const own = new Set(['ethereum', 'base', 'devnet', 'payroll'])
  const known = keys.filter(({ name }) => !own.has(name))
  expect(known.length).toBeGreaterThan(40)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...known),
      fc.stringMatching(/^[a-z]{1,3}$/),
      async ({ index, column, name }, extra) => {
        const mistyped = lines.with(
          index,
          `${lines[index]?.slice(0, column)}${name}Zz${extra}${lines[index]?.slice(column + name.length)}`,
        )
        const error: unknown = await plan(mistyped.join('\n')).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(ConfigFileError)
        if (!(error instanceof ConfigFileError)) return
        const [, line] = String(error.data.place?.value).split(':')
        // A mistyped key is also a key that is missing: of the item that it is in.
        const start = lines.slice(0, index + 1).findLastIndex((text) => /^(?:\S| *- )/.test(text)) + 1
        expect([index + 1, start, 1]).toContain(Number(line))
        if (error.data.problem?.value === 'unknown_key') expect(Number(line)).toBe(index + 1)
      },
    ),
    { numRuns: 300 },
  )
})

function laughs(): string {
  const line = (name: string, before: string) =>
    `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
  return ['a: &a [lol, lol]', ...[...'bcdefghi'].map((name, index) => line(name, 'abcdefgh'.charAt(index)))].join('\n')
}
