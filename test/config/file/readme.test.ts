/** What the READMEs show as a config is one. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAccountsTable } from '../../../src/config/file/accounts-table.ts'
import { readmes } from '../../support/readme.ts'
import { plan } from './sample.ts'

test.each(readmes)('the example of the README ($locale) is accepted as it stands', async ({ file }) => {
  const [, text = ''] = /```yaml\n(version: 1\n.*?)```/s.exec(readFileSync(file, 'utf8')) ?? []
  expect(text).toContain('accountsFrom: accounts.csv')
  const listed = readAccountsTable(
    'address,label,chains,tags,kind\nexample.eth,other,ethereum;devnet,payroll,',
    'accounts.csv',
  )
  const variables = { MAINNET_RPC: 'https://one.example', SECOND_RPC: 'https://two.example', BASE_KEY: 'key' }
  const { targets, chains } = await plan(text, { listed, variables })
  expect(targets.map(({ label, chain }) => `${label} ${chain.id}`)).toEqual([
    'treasury 1',
    'treasury 8453',
    'other 1',
    'other 31337',
  ])
  expect(targets.map(({ ruleOptions }) => ruleOptions['stale-approval']?.days)).toEqual([30, 30, 90, 90])
  expect(chains.map(({ rpc }) => rpc[0])).toEqual([
    'https://one.example',
    'https://base.example/v2/key',
    'http://127.0.0.1:8545',
  ])
})
