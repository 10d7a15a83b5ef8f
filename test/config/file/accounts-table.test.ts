import { describe, expect, test } from 'vitest'
import { readAccountsTable } from '../../../src/config/file/accounts-table.ts'
import { SecretInputError } from '../../../src/config/secrets.ts'
import { CheckupError } from '../../../src/core/errors.ts'
import { errorSentence } from '../../../src/words/index.ts'
import { complaint, plan, sample, treasury } from './sample.ts'

const seven = '0x0000000000000000000000000000000000000007'
const eight = '0x0000000000000000000000000000000000000008'

const listed = (text: string) => ({ listed: readAccountsTable(text, 'accounts.csv') })

function read(text: string) {
  return readAccountsTable(text, 'accounts.csv').map(({ account, address, at }) => ({
    ...account,
    address,
    line: at().line,
  }))
}

function told(text: string, locale: 'en' | 'ja' = 'en'): string {
  try {
    readAccountsTable(text, 'accounts.csv')
  } catch (error) {
    if (error instanceof CheckupError) return errorSentence(error, locale)
    throw error
  }
  throw new Error('this table was accepted')
}

describe('a table', () => {
  test('names accounts with what is said of each, and their lines', () => {
    const text = `address,label,chains,tags,kind\n${treasury},treasury,base;1,payroll,safe\nexample.eth,founder,,,\n`
    expect(read(text)).toEqual([
      { address: treasury, label: 'treasury', chains: ['base', '1'], tags: ['payroll'], kind: 'safe', line: 2 },
      { address: 'example.eth', label: 'founder', line: 3 },
    ])
  })

  test('may have its columns in any order and case, quotes, comments, empty lines, Windows line ends and a byte order mark', () => {
    const text = `\uFEFF# of finance\r\n"Label", ADDRESS\r\n\r\n"ops, #1", ${seven}\r\n# gone\r\nother,${eight}`
    expect(read(text)).toEqual([
      { address: seven, label: 'ops, #1', line: 4 },
      { address: eight, label: 'other', line: 6 },
    ])
  })

  test('may be plain lines', () => {
    expect(read(`# ours\n${seven}\n${eight}, cold\nexample.eth\n`)).toEqual([
      { address: seven, line: 2 },
      { address: eight, label: 'cold', line: 3 },
      { address: 'example.eth', line: 4 },
    ])
  })

  test('without a row names nobody', () => {
    expect(read('')).toEqual([])
    expect(read('address,label\n')).toEqual([])
  })

  test.each([
    [
      'a column that there is not',
      `address,lable\n${seven},x`,
      '1:1: The table has no column lable.',
      '列はありません',
    ],
    ['a column twice', `address,label,label\n${seven},x,y`, '1:1: label: This key is there twice.', '同じキーが2回'],
    ['no columns', 'name,group\nx,y', '1:1: The first line does not name the column address.', '列名 address が'],
    [
      'a row that is too short',
      `address,label\n${seven}\n`,
      '2:1: This row has not as many cells',
      'セルの数が列の数と',
    ],
    ['a row that is too long', `address\n${seven},x\n`, '2:1: This row has not as many cells', 'セルの数が列の数と'],
    [
      'a row without an address',
      `address,label\n${seven},x\n,y\n`,
      '3:1: The key address is missing.',
      'キー address がありません',
    ],
    [
      'a mistyped address',
      `address\n${treasury.replace(/4$/, '5')}`,
      '2:1: address: The capital letters',
      '大文字と小文字が',
    ],
    [
      'an unknown kind',
      `address,kind\n${seven},multisig`,
      '2:1: kind: This value cannot be used here.',
      'この値はここでは',
    ],
    ['an open quote', `address,label\n${seven},"x`, '2:1: The quotes of a cell', '引用符が'],
    ['a byte that no text has', `address\n${seven}\u0000`, '2:43: This is no text in UTF-8.', 'UTF-8のテキストでは'],
    ['too much', `address\n${`${seven}\n`.repeat(50_000)}`, '1:1: The file is too large.', '大きすぎます'],
  ])('with %s is refused with its line, in both languages', (_, text, english, japanese) => {
    expect(told(text)).toContain(`accounts.csv:${english}`)
    expect(told(text, 'ja')).toContain(japanese)
  })

  test('with a secret is refused, and nothing of it repeated', () => {
    const key = 'cd34'.repeat(16)
    for (const text of [`address,label\n${seven},${key}`, `address\n0x${key}`, `# ${key}\n${seven}`]) {
      const error = (() => {
        try {
          return read(text)
        } catch (thrown) {
          return thrown
        }
      })()
      expect(error).toBeInstanceOf(SecretInputError)
      expect(JSON.stringify(error) + String(error)).not.toContain('cd34')
    }
  })

  test('of formulas stays a table: what they say is a label', () => {
    expect(read(`address,label\n${seven},=1+1`)).toEqual([{ address: seven, label: '=1+1', line: 2 }])
  })
})

describe('a table beside a config', () => {
  test('adds to its accounts, with the rules of the file and of its tags', async () => {
    const { targets } = await plan(sample, listed(`address,label,chains,tags\n${seven},payroll hot,base,payroll`))
    expect(targets).toHaveLength(4)
    expect(targets[3]).toMatchObject({
      address: seven,
      chain: { name: 'base' },
      declaredAt: { file: 'accounts.csv', line: 2 },
      severities: { 'unlimited-allowance': 'off', 'stale-approval': 'high' },
    })
  })

  test.each([
    [
      'chain',
      `address,chains\n${seven},bass`,
      'accounts.csv:2:1: chains[0]: The file has no chain of this name: bass.',
    ],
    [
      'tag',
      `address,tags\n${seven},payrol`,
      'accounts.csv:2:1: tags[0]: The file describes no tag of this name: payrol.',
    ],
  ])('may not name a %s that the config does not have', async (_, text, sentence) => {
    expect(await complaint(sample, 'en', listed(text))).toContain(sentence)
  })

  test.each([
    [
      'an account that is there already',
      `address,chains\n${treasury},base`,
      'accounts.csv:2:1: This account is there already, on base: wallet.yaml:13:5.',
    ],
    [
      'a label that is there already',
      `address,label\n${seven},treasury`,
      'accounts.csv:2:1: label: Another account has the label treasury, at wallet.yaml:14:12.',
    ],
  ])('may not name %s', async (_, text, sentence) => {
    expect(await complaint(sample, 'en', listed(text))).toContain(sentence)
  })

  test('can take the place of the accounts of the file', async () => {
    const { targets } = await plan(sample, {
      ...listed(`${seven}\n`),
      ownAccounts: false,
    })
    expect(targets.map(({ address, chain }) => `${address} ${chain.name}`)).toEqual([
      `${seven} ethereum`,
      `${seven} base`,
      `${seven} devnet`,
    ])
  })
})

describe('what the file names and the run leaves out', () => {
  const left = async (more: NonNullable<Parameters<typeof plan>[1]>) =>
    (await plan(sample, more)).otherAccounts.map(({ account, label, chainId }) => `${label ?? account} ${chainId}`)

  test.each<[string, NonNullable<Parameters<typeof plan>[1]>, readonly string[]]>([
    ['nothing, where all are asked about', {}, []],
    ['the other account', { only: { accounts: ['founder'] } }, ['treasury 8453', 'treasury 1']],
    ['the other chains', { only: { chain: 'base' } }, ['treasury 1', 'founder 1']],
    [
      'the accounts of the file, where others are asked about',
      { ...listed(`${seven}\n`), ownAccounts: false },
      ['treasury 8453', 'treasury 1', 'founder 1'],
    ],
    [
      'all of these but the one that is asked about by its address',
      { ...listed(`address,chains\n${treasury.toLowerCase()},base\n`), ownAccounts: false },
      ['treasury 1', 'founder 1'],
    ],
    [
      'the accounts of its tables, where others are asked about',
      { ...listed(`${seven}\n`), ownAccounts: false, others: listed(`address,chains\n${eight},base\n`).listed },
      ['treasury 8453', 'treasury 1', 'founder 1', `${eight} 8453`],
    ],
  ])('%s', async (_, more, expected) => {
    expect(await left(more)).toEqual(expected)
  })
})

describe('a choice', () => {
  const chosen = async (only: { accounts?: readonly string[]; chain?: string }, variables?: Record<string, string>) =>
    (await plan(sample, { only, ...(variables && { variables }) })).targets.map(
      ({ label, chain }) => `${label} ${chain.name}`,
    )
  const others = { SLACK_URL: 'https://hooks.example/x', WEBHOOK_SECRET: 'x' }

  test.each([
    ['an account by its label', { accounts: ['treasury'] }, ['treasury base', 'treasury ethereum']],
    [
      'an account by its address in lower case',
      { accounts: [treasury.toLowerCase()] },
      ['treasury base', 'treasury ethereum'],
    ],
    ['an account by its name', { accounts: ['Example.eth'] }, ['founder ethereum']],
    ['a chain', { chain: 'ethereum' }, ['treasury ethereum', 'founder ethereum']],
    ['a chain by its id', { chain: '8453' }, ['treasury base']],
    ['both', { accounts: ['founder'], chain: '1' }, ['founder ethereum']],
  ])('of %s leaves out the others', async (_, only, expected) => {
    expect(await chosen(only)).toEqual(expected)
  })

  test('needs no variable of a chain that is left out', async () => {
    expect(await chosen({ chain: 'base' }, { ...others, BASE_KEY: 'k' })).toEqual(['treasury base'])
    expect(
      await complaint(sample, 'en', { only: { chain: 'ethereum' }, variables: { ...others, BASE_KEY: 'k' } }),
    ).toContain('The variable MAINNET_RPC is not set')
  })

  test('that leaves nobody is refused', async () => {
    expect(await complaint(sample, 'en', { only: { accounts: ['founder'], chain: 'base' } })).toContain(
      'No account of the file',
    )
    expect(await complaint(sample, 'en', { only: { chain: 'bass' } })).toContain('Did you mean base?')
  })
})
