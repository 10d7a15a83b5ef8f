import { describe, expect, test } from 'vitest'
import rules from '../../../rules/index.ts'
import { defineRule, z } from '../../../src/rule.ts'
import { changed, complaint, permit2, plan, sample, treasury } from './sample.ts'

const idleText = { title: 'Idle', decides: 'Idle.', why: 'Idle.', messages: {} }

const seven = '0x0000000000000000000000000000000000000007'

describe('a whole config', () => {
  test('names its targets in the order of the file, with the line that declares each', async () => {
    const { targets } = await plan(sample)
    expect(
      targets.map(({ address, label, chain, tags, kind, declaredAt }) => ({
        address,
        label,
        chain: [chain.name, chain.id],
        tags,
        kind,
        declaredAt,
      })),
    ).toEqual([
      {
        address: treasury,
        label: 'treasury',
        chain: ['base', 8453],
        tags: ['payroll'],
        kind: 'safe',
        declaredAt: at(13),
      },
      {
        address: treasury,
        label: 'treasury',
        chain: ['ethereum', 1],
        tags: ['payroll'],
        kind: 'safe',
        declaredAt: at(13),
      },
      { address: 'example.eth', label: 'founder', chain: ['ethereum', 1], tags: [], kind: null, declaredAt: at(21) },
    ])
  })

  test('fills in variables, and keeps endpoints in their order', async () => {
    const { chains } = await plan(sample)
    expect(chains).toMatchObject([
      { id: 1, rpc: ['https://one.example/key-of-mainnet'], second: 'https://two.example', timeoutMs: null },
      {
        id: 8453,
        rpc: ['https://base.example/key-of-base', 'https://spare.example'],
        second: null,
        maximumRps: 5,
        timeoutMs: 20_000,
        fromBlock: 1000n,
      },
      { id: 31337, rpc: ['http://127.0.0.1:8545'] },
    ])
  })

  test('lets an account outrank its tags, and these the file, option by option', async () => {
    const [first, , last] = (await plan(sample)).targets
    expect(first?.ruleOptions['stale-approval']).toEqual({ days: 30 })
    expect(first?.severities).toEqual({ 'stale-approval': 'low', 'stale-head': 'info', 'unlimited-allowance': 'off' })
    expect(last?.ruleOptions['stale-approval']).toEqual({ days: 90 })
    expect(last?.severities).toEqual({ 'stale-approval': 'high', 'stale-head': 'info' })
  })

  test('adds expected spenders up, for both rules that ask for them', async () => {
    const [first, , last] = (await plan(sample)).targets
    expect(first?.ruleOptions['unexpected-spender']).toEqual({ expectedSpenders: [permit2, seven] })
    expect(first?.ruleOptions['safe-spending-limit']).toEqual({ expected: [permit2, seven] })
    expect(last?.ruleOptions['unexpected-spender']).toEqual({ expectedSpenders: [permit2] })
  })

  test('carries the rest as it stands, with amounts as digits', async () => {
    expect((await plan(sample)).targets[0]?.ruleOptions['unexpected-account-kind']).toEqual({ kind: 'safe' })
    expect(await plan(sample)).toMatchObject({
      failOn: 'medium',
      allowIncomplete: true,
      history: 30,
      outputs: ['table', 'json=report.json'],
      lists: { threats: ['lists/drainers.txt'], tokens: [], sanctions: [] },
      expectedTokens: ['0x0000000000000000000000000000000000000008'],
      suppressions: [
        {
          rule: 'unlimited-allowance',
          account: 'treasury',
          chain: 8453,
          spender: permit2,
          expires: '2027-03-31',
          while: { maxAllowance: '250000000000000000000000' },
          declaredAt: at(36),
        },
      ],
      notify: [
        { type: 'webhook', url: 'https://ops.example/hook', secret: 'ab'.repeat(32) },
        { type: 'slack', url: 'https://hooks.example/key-of-slack', on: ['new', 'worse'] },
      ],
    })
  })
})

describe('the same config', () => {
  test.each([
    ['with Windows line ends', sample.replaceAll('\n', '\r\n')],
    ['behind a byte order mark', `\uFEFF${sample}`],
    ['after a document start', `---\n${sample}`],
    ['that says it is YAML 1.2', `%YAML 1.2\n---\n${sample}`],
  ])('%s is the same plan', async (_, text) => {
    const lines =
      (text.includes('---') ? text.indexOf('version') : 0) &&
      text.slice(0, text.indexOf('version')).split('\n').length - 1
    const expected = (await plan('\n'.repeat(lines) + sample)).targets
    expect((await plan(text)).targets).toEqual(expected)
  })

  test('as JSON, indented with tabs, is the same plan', async () => {
    const chains = { ethereum: { rpc: 'http://127.0.0.1:1' } }
    const accounts = [{ address: treasury, tags: ['cold'] }]
    const json = JSON.stringify({ $schema: './config.json', version: 1, chains, accounts }, null, '\t')
    expect((await plan(json)).targets).toMatchObject([{ address: treasury, tags: ['cold'], declaredAt: { line: 10 } }])
  })
})

describe('a rule of somebody else', () => {
  const idleBalance = defineRule({
    id: 'acme/idle-balance',
    severity: 'low',
    confidence: 'certain',
    needs: ['account'],
    options: z.object({ leastWei: z.bigint().default(1n).describe('A balance.') }),
    text: { en: idleText, ja: idleText },
    judge: () => [],
  })
  const more = { rules: [...rules, idleBalance] }
  const withOption = (given: string) => changed('stale-head: info', `acme/idle-balance: { leastWei: ${given} }`)

  test.each([
    ['a number', '250', 250n],
    ['digits in quotes', '"250"', 250n],
    ['more than a number holds', '250000000000000000000', 250_000_000_000_000_000_000n],
  ])('takes %s where it wants a bigint', async (_, given, expected) => {
    const [first] = (await plan(withOption(given), more)).targets
    expect(first?.ruleOptions['acme/idle-balance']).toEqual({ leastWei: expected })
  })

  test.each(['much', '1.5', '[1]', '{ wei: 1 }'])('refuses %s there', async (given) => {
    expect(await complaint(withOption(given), 'en', more)).toContain(
      'wallet.yaml:31:34: rules.acme/idle-balance.leastWei: The rule acme/idle-balance does not take this value.',
    )
  })

  test('is unknown where it is not loaded', async () => {
    expect(await complaint(withOption('250'))).toContain('There is no rule of this name: acme/idle-balance.')
  })
})

describe('what may be left out', () => {
  test('an account without chains is checked on each', async () => {
    const { targets } = await plan(changed('    chains: [ethereum]\n', ''))
    expect(targets.filter(({ label }) => label === 'founder').map(({ chain }) => chain.name)).toEqual([
      'ethereum',
      'base',
      'devnet',
    ])
  })

  test('a chain without an endpoint is left to its public one', async () => {
    const { chains } = await plan(`version: 1\nchains: { base: }\naccounts: [{ address: "${treasury}" }]`)
    expect(chains).toMatchObject([{ id: 8453, rpc: [] }])
  })

  test('tags need no description where none has one', async () => {
    const text = `version: 1\nchains: { base: }\naccounts: [{ address: "${treasury}", tags: [cold] }]`
    expect((await plan(text)).targets).toMatchObject([{ tags: ['cold'] }])
  })
})

test('a chain may be asked for by its number, and by its name in any case', async () => {
  const names = async (asked: string) =>
    (await plan(changed('[base, 1]', asked))).targets.slice(0, 1).map(({ chain }) => chain.id)
  expect(await names('[8453]')).toEqual([8453])
  expect(await names('[Base]')).toEqual([8453])
  expect(await names('["31337"]')).toEqual([31337])
})

test('an endpoint of its own for the second reading is another path, or another host', async () => {
  const second = (url: string) => plan(changed('second: https://two.example', `second: ${url}`))
  expect((await second('https://one.example/other')).chains[0]?.second).toBe('https://one.example/other')
})

function at(line: number) {
  return { file: 'wallet.yaml', line }
}
