import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cli } from '../support/cli.ts'

const root = resolve(import.meta.dirname, '../..')
const patience = 120_000

test(
  'the demo checks a sick and a well account of a chain of its own, and says so',
  async () => {
    const run = await cli(['demo'])
    expect(run.exitCode, run.stderr).toBe(0)
    expect(run.stderr).toContain('This is a demo: a development chain on this computer')
    expect(run.stderr).toContain('== A sick account ==')
    expect(run.stderr).toContain('Exit code 1: findings')
    expect(run.stderr).toContain('== A well account ==')
    expect(run.stderr).toContain('Exit code 0: every check was made')
    expect(run.stdout.match(/Wallet check-up/g)).toHaveLength(2)
  },
  patience,
)

test(
  'the demo is interrupted like a check, and leaves no process behind',
  async () => {
    const run = await cli(['demo'], {
      onStart: (child) => child.stderr?.once('data', () => setTimeout(() => child.kill('SIGINT'), 1000)),
    })
    // The pipes close when the last process that holds them is gone: that this line is reached proves it.
    expect(run.exitCode).toBe(130)
  },
  patience,
)

test('the demo prints two tables, and neither its help nor its options know of anything else', async () => {
  const run = await cli(['demo', '-o', 'json=report.json'])
  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain('There is no option -o here.')
  expect(run.stderr).toContain('It is an option of another command')
  expect((await cli(['demo', '--help'])).stdout).not.toContain('--output')
})

describe('without a checkout', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-test-'))
    const parts = ['src', 'rules', 'package.json', 'fixtures/facts']
    await mkdir(join(folder, 'fixtures'))
    for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test(
    'the demo judges recorded facts, and says so',
    async () => {
      const run = await cli(['demo', '--locale', 'ja'], { main: join(folder, 'src/cli/main.ts') })
      expect(run.exitCode, run.stderr).toBe(0)
      expect(run.stderr).toContain('開発用チェーンで記録した事実')
      expect(run.stderr).toContain('終了コード 1')
      expect(run.stderr).toContain('終了コード 0')
    },
    patience,
  )
})
