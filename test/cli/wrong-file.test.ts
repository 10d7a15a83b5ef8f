/** A file of the wrong kind is called what it is, in one language. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeCollection, judgeCollection } from '../../src/index.ts'
import { cli } from '../support/cli.ts'
import { collectionOf } from '../support/collections.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const node = ['--rpc-url', 'http://127.0.0.1:9', '--no-cache']
const facts = encodeCollection(collectionOf())
const report = JSON.stringify(judgeCollection(collectionOf()))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function said(text: string, args: (file: string) => readonly string[]): Promise<string> {
  const file = join(folder, 'given')
  await writeFile(file, text)
  const { exitCode, stdout, stderr } = await cli(args(file))
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  return stderr.replaceAll(file, 'FILE')
}

const kinds: readonly (readonly [string, string, (file: string) => readonly string[], string])[] = [
  [
    'a report as facts',
    report,
    (file) => ['check', '--facts', file],
    'Error: --facts, file FILE: It is a report, and holds no saved facts.\n  → To print a report again: wallet-checkup report FILE\n',
  ],
  [
    'another JSON as facts',
    '{"name": "other"}',
    (file) => ['check', '--facts', file],
    'Error: --facts, file FILE: It holds no saved facts.\n  → Save facts with --save-facts FILE.\n',
  ],
  [
    'half of the facts',
    facts.slice(0, 500),
    (file) => ['check', '--facts', file],
    'Error: --facts, file FILE: It is not whole JSON, so it holds no saved facts.\n  → Save facts with --save-facts FILE.\n',
  ],
  [
    'facts of another version',
    facts.replace('"version": 1', '"version": 9'),
    (file) => ['check', '--facts', file],
    'Error: --facts, file FILE: These facts have the format of another version of wallet-checkup.\n  → Save facts with --save-facts FILE.\n',
  ],
  [
    'facts with a field that is wrong',
    facts.replace(/"durationSeconds": [\d.]+/, '"durationSeconds": "long"'),
    (file) => ['check', '--facts', file],
    'Error: --facts, file FILE: These facts cannot be judged: what stands at durationSeconds does not belong there.\n  → Save facts with --save-facts FILE.\n',
  ],
  [
    'facts as a report',
    facts,
    (file) => ['report', file],
    'Error: The file FILE holds saved facts, and is no report.\n  → To judge saved facts: wallet-checkup check --facts FILE\n',
  ],
  [
    'another JSON as a report',
    '{"name": "other"}',
    (file) => ['report', file],
    'Error: The file FILE is no report of this program.\n  → Reports are made with -o json=report.json.\n',
  ],
  [
    'a report of another version',
    report.replace(/"schemaVersion":"[\d.]+"/, '"schemaVersion":"9.0.0"'),
    (file) => ['report', file],
    'Error: The report FILE has the format of another version of wallet-checkup.\n  → Reports are made with -o json=report.json.\n',
  ],
  [
    'a threat list with a wrong line',
    `${account}\nnonsense\n`,
    (file) => [account, ...node, '--threat-list', file],
    'Error: --threat-list, file FILE: The threat list given cannot be read: line 2 is not an address (0x and 40 hex digits, with "chainId:" before it if it holds on one chain only).\n  → Write one address or chainId:address a line, with # before comments, or a JSON array of the same.\n',
  ],
  [
    'a list of sanctioned addresses without a real date',
    `# date: 2026-02-30\n${account}\n`,
    (file) => [account, ...node, '--sanctions-list', file],
    'Error: --sanctions-list, file FILE: The list of sanctioned addresses given cannot be read: its date is not a day as YYYY-MM-DD.\n  → Write "# date: YYYY-MM-DD", then one address or chainId:address a line; or JSON: {"date": "YYYY-MM-DD", "addresses": […]}.\n',
  ],
  [
    'a token list that is no list',
    '{"name": "other"}',
    (file) => [account, ...node, '--token-list', file],
    'Error: --token-list, file FILE: The token list given cannot be read: its JSON has no array of tokens.\n  → Give a token list (JSON), or one token address a line.\n',
  ],
]

test.each(kinds)('%s', async (_, text, args, words) => {
  expect(await said(text, args)).toBe(words)
})

describe('in Japanese', () => {
  test.each(kinds)('%s is told without English sentences', async (_, text, args) => {
    const words = await said(text, (file) => [...args(file), '--locale', 'ja'])
    expect(words).toMatch(/^エラー: /)
    // Names of options and files may stand side by side, three plain words are a sentence.
    expect(words).not.toMatch(/(?<![-\w])[a-z]{2,} [a-z]{2,} [a-z]{2,}/)
  })
})
