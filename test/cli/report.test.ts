import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import report from '../../src/cli/commands/report.ts'
import rulesCommand from '../../src/cli/commands/rules.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { cliWords } from '../../src/cli/words/index.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { encodeCollection, judgeCollection, type Locale, rules } from '../../src/index.ts'
import { chain } from '../../src/testing.ts'
import { plan, treasury } from '../config/file/sample.ts'
import { collectionOf } from '../support/collections.ts'

let folder: string
let printed: string
beforeEach(async () => {
  printed = ''
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

const contextIn = (locale: Locale): CliContext => ({
  locale,
  words: cliWords(locale),
  environment: { ...readEnvironment({ NO_COLOR: '1' }), locale },
  variables: {},
  signal: new AbortController().signal,
  print: (text) => {
    printed += text
  },
  answer: (text) => {
    printed += `${text}\n`
  },
  say: () => {},
  stdout: process.stdout,
  stderr: process.stderr,
})

const good = judgeCollection(collectionOf())

async function reportOn(text: string): Promise<number> {
  const file = join(folder, 'report.json')
  await writeFile(file, text)
  return report(file, { output: ['json'] }, contextIn('en'))
}

describe('report', () => {
  test('prints what it was given', async () => {
    expect(await reportOn(JSON.stringify(good))).toBe(0)
    expect(JSON.parse(printed)).toEqual(good)
  })

  test.each([
    ['no JSON', 'words', 'JSON'],
    ['another JSON', '[]', 'schemaVersion'],
    ['saved facts', encodeCollection(collectionOf()), 'format'],
    ['a report without its result', JSON.stringify({ ...good, result: undefined }), 'result'],
    [
      'a report with a verdict of its own',
      JSON.stringify(good).replace('"no-findings"', '"safe"'),
      'result.targets.0.verdict',
    ],
    ['a report of a later major version', JSON.stringify({ ...good, schemaVersion: '2.0.0' }), 'schemaVersion'],
  ])('refuses %s', async (_, text, path) => {
    await expect(reportOn(text)).rejects.toMatchObject({
      code: 'usage-not-a-report',
      data: { path: { type: 'text', value: path } },
    })
    expect(printed).toBe('')
  })

  test('does not repeat what a file calls its fields', async () => {
    const stale = judgeCollection(collectionOf({ chain: chain({ observedAt: 2_000_000_000 }) }))
    const hostile = JSON.stringify(stale).replace('"data":{', '"data":{"\\u001b[2J":1,')
    const error = await reportOn(hostile).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ data: { path: { value: expect.stringMatching(/\.data\.\?\?2J$/) } } })
    expect(JSON.stringify(error)).not.toContain('u001b')
  })
})

// The folder that tests run in is not about rules.
const noConfig = { config: false } as const

describe('rules', () => {
  test.each(['en', 'ja'] as const)('lists every rule in %s with its severity and title', async (locale) => {
    expect(await rulesCommand(undefined, noConfig, contextIn(locale))).toBe(0)
    for (const { id, severity, text } of rules) {
      expect(printed).toMatch(new RegExp(`^${id} +${severity} +`, 'm'))
      expect(printed).toContain(text[locale].title)
    }
  })

  test.each(rules.flatMap(({ id }) => [[id, 'en'] as const, [id, 'ja'] as const]))(
    'explains %s in %s',
    async (id, locale) => {
      await rulesCommand(id, noConfig, contextIn(locale))
      const rule = rules.find((candidate) => candidate.id === id)
      // Wherever lines break.
      const words = (text = '') => text.replaceAll(/\s/g, '')
      expect(words(printed)).toContain(words(rule?.text[locale].decides))
      expect(words(printed)).toContain(words(rule?.text[locale].why))
      for (const name of Object.keys(rule?.options.shape ?? {})) expect(printed).toContain(`${name} (`)
      expect(printed).not.toMatch(/, (?:select|plural),|undefined|\[object/)
    },
  )

  test.each(['unsent-approval', 'implicit-approval'])('tells once in %s how a grant is ended', async (id) => {
    await rulesCommand(id, noConfig, contextIn('en'))
    expect(printed.split('lockdown with the token')).toHaveLength(2)
    expect(printed).toContain('[as above]')
  })

  test.each(rules.map(({ id }) => [id]))(
    'shows %s as it may stand in a config file, with nothing changed',
    async (id) => {
      await rulesCommand(id, noConfig, contextIn('en'))
      const [, below = ''] = printed.split('In a config file, with the defaults (in a program: ruleOptions)\n')
      const [snippet = ''] = below.split('\n\n')
      const head = `version: 1\nchains: { ethereum: {} }\naccounts: [{ address: "${treasury}" }]\n`
      const { targets } = await plan(`${head}${snippet.replaceAll(/^ {2}/gm, '')}`)
      const rule = rules.find((candidate) => candidate.id === id)
      expect(targets[0]?.severities).toEqual({ [id]: rule?.severity })
      const options = targets[0]?.ruleOptions[id] ?? {}
      expect(Object.keys(options)).toEqual(Object.keys(rule?.options.shape ?? {}))
      expect(rule?.options.parse(options)).toEqual(rule?.options.parse({}))
    },
  )

  test('of an unknown rule is an error', async () => {
    await expect(rulesCommand('nonse-gap', noConfig, contextIn('en'))).rejects.toMatchObject({ code: 'unknown-rule' })
  })

  test('of one rule, as people read it', async () => {
    await rulesCommand('stale-head', noConfig, contextIn('en'))
    expect(printed).toMatchSnapshot()
  })
})
