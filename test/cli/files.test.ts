import { execFileSync } from 'node:child_process'
import { chmod, lstat, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkWritable, readDocument, readList, writeWhole } from '../../src/cli/files.ts'
import { SecretInputError } from '../../src/config/secrets.ts'

const reading = { signal: new AbortController().signal }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
})
afterEach(() => rm(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

describe('writing', () => {
  test('makes a file, or takes the place of one, and leaves nothing else', async () => {
    await writeWhole(at('a'), 'one')
    await writeWhole(at('a'), 'two')
    expect(await readFile(at('a'), 'utf8')).toBe('two')
    expect(await readdir(folder)).toEqual(['a'])
  })

  test('goes through a symbolic link, which stays one', async () => {
    await writeFile(at('target'), 'old')
    await symlink(at('target'), at('link'))
    await writeWhole(at('link'), 'new')
    expect(await readFile(at('target'), 'utf8')).toBe('new')
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true)
  })

  test.skipIf(process.platform === 'win32').each([
    ['0600', 0o600],
    ['0640', 0o640],
    ['0664', 0o664],
  ])('leaves the rights of a file as they were: %s', async (_, mode) => {
    await writeFile(at('target'), 'old')
    await chmod(at('target'), mode)
    await symlink(at('target'), at('link'))
    await writeWhole(at('link'), 'new')
    expect((await stat(at('target'))).mode & 0o777).toBe(mode)
    expect(await readFile(at('target'), 'utf8')).toBe('new')
  })

  test('to a device writes to it and does not replace it', async () => {
    await writeWhole('/dev/null', 'gone')
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  test.each([
    ['a folder that is not there', 'no/file', 'ENOENT'],
    ['a folder itself', 'folder', 'EISDIR'],
  ])('to %s is an error, told before as well', async (_, name, reason) => {
    await mkdir(at('folder'))
    const error = { code: 'usage-file-unwritable', data: { reason: { value: reason } } }
    await expect(checkWritable(at(name))).rejects.toMatchObject(error)
    await expect(writeWhole(at(name), 'x')).rejects.toMatchObject(error)
  })

  test('a place that can be written is no error', async () => {
    await expect(checkWritable(at('new'))).resolves.toBeUndefined()
    await expect(checkWritable('/dev/null')).resolves.toBeUndefined()
  })
})

describe('reading', () => {
  test('gives the text without a byte order mark, the name and the day', async () => {
    await writeFile(at('list.txt'), '\uFEFF# nothing\n')
    expect(await readList(at('list.txt'), reading)).toEqual({
      text: '# nothing\n',
      name: 'list.txt',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
  })

  test('a file that is not there is an error', async () => {
    await expect(readDocument(at('gone'), reading)).rejects.toMatchObject({ code: 'usage-file-unreadable' })
  })

  test('a folder is an error', async () => {
    await expect(readDocument(folder, reading)).rejects.toMatchObject({ data: { reason: { value: 'EISDIR' } } })
  })

  test('a secret in it is refused before anybody parses it', async () => {
    await writeFile(at('list.txt'), `not JSON { ${'ab'.repeat(32)}`)
    await expect(readList(at('list.txt'), reading)).rejects.toThrow(SecretInputError)
    await expect(readDocument(at('list.txt'), reading)).rejects.toThrow(SecretInputError)
  })
})

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  test('is read to its end, whenever its other end comes', async () => {
    execFileSync('mkfifo', [at('pipe')])
    const read = readList(at('pipe'), reading)
    const writer = await open(at('pipe'), 'w')
    await writer.write('# nothing ')
    await writer.write('more\n')
    await writer.close()
    expect((await read).text).toBe('# nothing more\n')
  })

  test('into which nobody writes is left when the run is stopped', async () => {
    execFileSync('mkfifo', [at('pipe')])
    const stopping = new AbortController()
    const read = readDocument(at('pipe'), { ...reading, signal: stopping.signal })
    setTimeout(() => stopping.abort(), 50)
    await expect(read).rejects.toMatchObject({ code: 'usage-interrupted' })
  })
})

test('a file is not read once the run is stopped', async () => {
  await writeFile(at('list.txt'), 'x'.repeat(1_000_000))
  const read = readList(at('list.txt'), { ...reading, signal: AbortSignal.abort() })
  await expect(read).rejects.toMatchObject({ code: 'usage-interrupted' })
})
