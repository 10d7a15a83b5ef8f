/** What a person types or names must not come back as more than harmless words, and a URL not at all. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { findMisplacedUrl } from '../../src/cli/refuse-urls.ts'
import { cli } from '../support/cli.ts'

const account = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const node = ['--rpc-url', 'http://127.0.0.1:9', '--no-cache']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('control characters', () => {
  const hostile = '\u001b[2J\u202e\u009b'
  // Anything that a terminal obeys or hides, except the ends of our own lines.
  const obeyed = /(?!\n)\p{C}/u

  test.each<[string, readonly string[]]>([
    ['a threat list', [account, ...node, '--threat-list', `${hostile}.txt`]],
    ['saved facts', ['--facts', `${hostile}.json`]],
    ['an output', [account, ...node, '-o', `json=${hostile}/report.json`]],
    ['a format', [account, ...node, '-o', hostile]],
    ['a report', ['report', hostile]],
    ['an ENS name', [`vital${hostile}.eth`, ...node]],
    ['an ENS name without an endpoint', [`vital${hostile}.eth`]],
    ['a chain', [account, '--chain', hostile]],
    ['a rule', ['rules', hostile]],
    ['an option', [`--${hostile}`]],
  ])('in the name of %s are shown, not obeyed', async (_, args) => {
    const { stdout, stderr, exitCode } = await cli(args)
    expect(exitCode).not.toBe(0)
    expect(stderr.length).toBeGreaterThan(20)
    expect(stdout + stderr).not.toMatch(obeyed)
  })
})

describe('a URL', () => {
  const url = 'https://user:word@rpc.example/v2/0123456789abcdef?key=fedcba'

  test.each<[string, readonly string[]]>([
    ['as the address', [url]],
    ['behind --chain', [account, '--chain', url]],
    ['joined to --chain', [account, `--chain=${url}`]],
    ['behind --facts', ['--facts', url]],
    ['behind --rule', [account, ...node, '--rule', url]],
    ['behind --skip-rule', [account, ...node, '--skip-rule', url]],
    ['behind -o', [account, ...node, '-o', url]],
    ['as the file of -o', [account, ...node, '-o', `json=${url}`]],
    ['behind --token-list', [account, ...node, '--token-list', url]],
    ['behind --threat-list', [account, ...node, '--threat-list', url]],
    ['behind --shown-tokens', [account, ...node, '--shown-tokens', url]],
    ['behind --save-facts', [account, ...node, '--save-facts', url]],
    ['behind --locale', ['--locale', url]],
    ['behind --fail-on', [account, '--fail-on', url]],
    ['as the name of a rule', ['rules', url]],
    ['as a report', ['report', url]],
    ['in a mistyped option', [account, `--rpc-ulr=${url}`]],
    ['behind the value of --logs-from', [account, '--logs-from', 'sqd:http://127.0.0.1:9', url]],
    ['behind the value of --rpc-url', [account, '--rpc-url', 'http://127.0.0.1:9', url]],
    ['of a socket', [account, '--chain', url.replace('https', 'wss')]],
  ])('%s is refused by its host only', async (_, args) => {
    const { stdout, stderr, exitCode } = await cli(args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('rpc.example')
    expect(stderr).toContain('Did you mean --rpc-url?')
    expect(stderr).not.toMatch(/0123456789abcdef|fedcba|word/)
  })

  test.each<[string, readonly string[]]>([
    ['behind --rpc-url', ['--rpc-url', url]],
    ['joined to it', [`--rpc-url=${url}`]],
    ['behind --logs-from', ['--logs-from', `rpc:${url}`]],
    ['joined to that', [`--logs-from=rpc:${url}`]],
    ['behind --history-url', ['--history-url', url]],
    ['behind --second-rpc-url', ['--second-rpc-url', url]],
  ])('%s is where it belongs', (_, args) => {
    expect(findMisplacedUrl([account, ...args])).toBeNull()
  })

  test('that is none after all has no host', () => {
    expect(findMisplacedUrl(['https://'])).toEqual({ host: null, isReason: false })
  })

  const ticket = 'https://tickets.example/browse/OPS-123'
  test.each<[string, readonly string[], string | null]>([
    ['without a key', ['--reason', ticket], null],
    ['without a key, joined to it', [`--reason=because of ${ticket}`], null],
    ['with a key', ['--reason', `${ticket} and ${url}`], 'rpc.example'],
    ['with a key, joined to it', [`--reason=${url}`], 'rpc.example'],
  ])('in a reason: one %s', (_, args, host) => {
    expect(findMisplacedUrl(['suppress', 'add', ...args])).toEqual(host === null ? null : { host, isReason: true })
  })

  test('behind the value of --reason is refused, whatever it holds', () => {
    expect(findMisplacedUrl(['--reason', 'x', ticket])).toEqual({ host: 'tickets.example', isReason: false })
  })

  test.each(['en', 'ja'])('out of place: all options that take one are named (%s)', async (locale) => {
    const { stderr } = await cli([url, '--locale', locale])
    for (const option of ['--rpc-url', '--second-rpc-url', '--logs-from', '--history-url'])
      expect(stderr).toContain(option)
  })
})

describe('a file', () => {
  test('as the address is refused unread', async () => {
    const file = join(folder, 'wallet.json')
    await writeFile(file, 'private words of somebody')
    const { stdout, stderr, exitCode } = await cli([file, ...node])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(`${file} is a file, and was not read.`)
    expect(stderr).not.toContain('private words')
  })

  test.each(['--shown-tokens', '--token-list', '--threat-list', '--sanctions-list', '--expected-spenders'])(
    'with a mistake, given to %s, is named',
    async (option) => {
      const file = join(folder, 'mine.txt')
      await writeFile(file, '0x1234\n')
      const { stderr, exitCode } = await cli([account, ...node, option, file])
      expect(exitCode).toBe(2)
      expect(stderr).toContain(`Error: ${option}, file ${file}: `)
    },
  )

  test('that is missing after = is said to be', async () => {
    const { stderr, exitCode } = await cli([account, ...node, '-o', 'json='])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('The file name after = is missing.')
  })

  test.skipIf(process.platform === 'win32')('that never ends is left at the first signal', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const run = cli(['--facts', pipe], {
      // Opening it for writing waits for the reader.
      onStart: async (child) => {
        const writer = await open(pipe, 'w')
        child.kill('SIGTERM')
        child.once('exit', () => writer.close())
      },
    })
    const { exitCode, stderr } = await run
    expect(exitCode).toBe(143)
    expect(stderr).toContain(`Stopped while ${pipe} was being read.`)
  })
})

test('a mistake among addresses names the option', async () => {
  const { stderr } = await cli([account, ...node, '--shown-tokens', `${account},0x12`])
  expect(stderr).toContain('Error: --shown-tokens: This address is too short')
})

test.skipIf(process.platform !== 'linux')('an output that is full is no fault of the program', async () => {
  const command = `"${process.execPath}" "${inject('command')}" rules > /dev/full`
  const said = () => execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: 'pipe' })
  expect(said).toThrow(expect.objectContaining({ status: 70 }))
  expect(said).toThrow('The output could not be written (ENOSPC)')
})

describe('the width of text in a pipe', () => {
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))

  test.each([
    ['60', 60],
    ['', 100],
  ])('with COLUMNS=%j is at most %i', async (columns, width) => {
    const { stdout } = await cli(['rules', 'stuck-transaction'], { env: { COLUMNS: columns } })
    expect(widest(stdout)).toBeLessThanOrEqual(width)
    expect(widest(stdout)).toBeGreaterThan(width - 20)
  })
})

test.each([
  [['cache', 'status', '--rpc-url', 'http://127.0.0.1:9'], '--rpc-url'],
  [['rules', '--chain', '1'], '--chain'],
  [['demo', '--quiet'], '--quiet'],
  [['report', '-o', 'table', '--fail-on', 'high', 'report.json'], '--fail-on'],
])('an option of another command is said to be one: %j', async (args, option) => {
  const { exitCode, stderr } = await cli(args)
  expect(exitCode).toBe(2)
  expect(stderr).toBe(
    `Error: There is no option ${option} here.\n  → It is an option of another command: see wallet-checkup --help.\n`,
  )
})
