import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { configSchemaFile, configSchemaText } from '../scripts/build-config-schema.ts'
import { notificationSchemaFile, notificationSchemaText } from '../scripts/build-notification-schema.ts'
import { schemaFile, schemaText } from '../scripts/build-schema.ts'
import { type Report, reportSchema, reportSchemaUrl } from '../src/core/report.ts'
import { makeNotification } from '../src/notify/notification.ts'
import { transitionsOf } from '../src/notify/transitions.ts'
import { gappedFacts, refusedLogs, reportOf, sickFacts } from './reporters/sample-reports.ts'

const shipped = JSON.parse(readFileSync(schemaFile, 'utf8'))
const ajv = new Ajv2020({ strict: true, formats: { 'date-time': true, date: true } })
const validate = ajv.compile(shipped)

const reports: readonly (readonly [string, Report])[] = [
  ['a sick account', reportOf(sickFacts(), { label: 'treasury' })],
  ['a clean account', reportOf({})],
  ['an account that could not be seen completely, in Japanese', reportOf(gappedFacts(), { locale: 'ja' })],
  ['an endpoint that could not be asked', reportOf({ chain: refusedLogs }, { interrupted: true })],
]

test('schema/report.json is what `npx tsx scripts/build-schema.ts` writes', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(schemaText())
})

test('schema/config.json is what `npm run schema` writes, of all rules and their options', () => {
  expect(readFileSync(configSchemaFile, 'utf8')).toBe(configSchemaText())
})

test('schema/notification.json is what `npm run schema` writes', () => {
  expect(readFileSync(notificationSchemaFile, 'utf8')).toBe(notificationSchemaText())
})

test('a notification is valid by its shipped schema, and one without its changes is not', () => {
  const isValid = ajv.compile(JSON.parse(notificationSchemaText()))
  const report = reportOf(sickFacts())
  const notification = JSON.parse(JSON.stringify(makeNotification(transitionsOf(null, report), report)))
  expect([isValid(notification), isValid.errors]).toEqual([true, null])
  expect(notification.transitions.length).toBeGreaterThan(0)
  expect(isValid({ ...notification, transitions: undefined })).toBe(false)
  expect(isValid({ ...notification, transitions: [{ change: 'unknown', target: null }] })).toBe(false)
})

test('it names its draft, its address and itself', () => {
  expect(shipped).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: reportSchemaUrl,
    title: 'wallet-checkup report',
  })
})

describe.each(reports)('a report of %s', (_, report) => {
  test('is valid by the shipped schema', () => {
    validate(report)
    expect(validate.errors).toBeNull()
  })

  test('is valid by the zod schema, which knows every field of it', () => {
    expect(reportSchema.parse(report)).toEqual(report)
  })
})

describe('a report with', () => {
  const sick = JSON.stringify(reportOf(sickFacts()))
  test.each([
    ['an unknown verdict', sick.replace('"verdict":"critical"', '"verdict":"fine"')],
    ['an address that is too short', sick.replace(/"account":"0x0{10}/, '"account":"0x')],
    ['a hash in capitals', sick.replace(/"hash":"0x0+([0-9a-f]+)"/, '"hash":"0xABC$1"')],
    ['an amount that is a number', sick.replace('"value":"250000000","symbol"', '"value":250000000,"symbol"')],
    ['an odd number of digits in the data of a call', sick.replace('"data":"0x095', '"data":"0x95')],
    ['a finding without evidence fields', sick.replace('"kind":"log"', '"kind":"rumour"')],
    ['an exit code of a crash', sick.replace('"exitCode":1', '"exitCode":70')],
    ['a missing run', JSON.stringify({ ...JSON.parse(sick), run: undefined })],
  ])('%s is refused by both schemas', (_, text) => {
    expect(text).not.toBe(sick)
    expect(validate(JSON.parse(text))).toBe(false)
    expect(reportSchema.safeParse(JSON.parse(text)).success).toBe(false)
  })

  test('a field of a later minor version is accepted', () => {
    expect(validate({ ...JSON.parse(sick), later: true })).toBe(true)
  })
})
