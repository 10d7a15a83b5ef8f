/** What editors check a config by: it agrees with the program about shapes, and knows every rule and option. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { configSchemaFile } from '../../../scripts/build-config-schema.ts'
import { changed, complaint, permit2, plan, sample, treasury } from './sample.ts'

const schema = JSON.parse(readFileSync(configSchemaFile, 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: true } }).compile(schema)
/** Without quotes, an address and a long amount are numbers to an editor. */
const asEditor = (text: string) =>
  parse(text.replace(`address: ${treasury}`, `address: "${treasury}"`).replace(/(?<=maxAllowance: )\d+/, '"$&"'))

test('the config that uses every part of the format is valid', async () => {
  validate(asEditor(sample))
  expect(validate.errors).toBeNull()
  expect((await plan(sample)).targets).toHaveLength(3)
})

describe.each([
  ['an unknown key', changed('label: treasury', 'lable: treasury')],
  ['no version', changed('version: 1\n', '')],
  ['an unknown rule', changed('stale-head: info', 'stale-haed: info')],
  ['an unknown option', changed('{ days: 60 }', '{ dayz: 60 }')],
  ['an option of another kind', changed('{ days: 60 }', '{ days: soon }')],
  ['an unknown severity', changed('stale-head: info', 'stale-head: loud')],
  ['an unknown kind', changed('kind: safe', 'kind: multisig')],
  ['an unknown channel', changed('type: slack', 'type: slak')],
  ['an unknown level', changed('failOn: medium', 'failOn: much')],
  ['no account in an item', changed('address: example.eth\n    ', '')],
  ['a suppression without a reason', changed('    reason: router of the weekly payout job\n', '')],
  ['nobody expected', changed(`expectedSpenders: ["${permit2}"]`, 'expectedSpenders: []')],
])('a config with %s', (_, text) => {
  test('is refused by the schema and by the program', async () => {
    expect(validate(asEditor(text))).toBe(false)
    expect(await complaint(text)).toMatch(/^wallet\.yaml:\d+:\d+: /)
  })
})

test('a rule of a plugin may have any option', () => {
  expect(validate(asEditor(changed('stale-head: info', 'acme/idle-balance: { leastWei: "1" }')))).toBe(true)
})

test('every key says what it is for', () => {
  const undescribed = Object.entries<{ description?: string; $ref?: string }>(schema.properties).filter(
    ([key, { description, $ref }]) => description === undefined && $ref === undefined && key !== '$schema',
  )
  expect(undescribed.map(([key]) => key)).toEqual([])
})
