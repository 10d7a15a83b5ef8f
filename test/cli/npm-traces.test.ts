import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { npmTraces } from '../../src/cli/npm-traces.ts'

const npm = { npm_lifecycle_event: 'start', npm_config_user_agent: 'npm/11.0.0 node/v20', npm_config_cache: '/cache' }

describe('what npm leaves behind', () => {
  test.each<[string, Readonly<Record<string, string>>, ReturnType<typeof npmTraces>]>([
    ['without npm', {}, null],
    ['with npm’s defaults', npm, { starter: 'npm', isShown: true, logFolder: '/cache/_logs' }],
    [
      'silent',
      { ...npm, npm_config_loglevel: 'silent' },
      { starter: 'npm', isShown: false, logFolder: '/cache/_logs' },
    ],
    ['without logs', { ...npm, npm_config_logs_max: '0' }, { starter: 'npm', isShown: true, logFolder: null }],
    [
      'with a folder for logs',
      { ...npm, npm_config_logs_dir: '/logs' },
      { starter: 'npm', isShown: true, logFolder: '/logs' },
    ],
    ['as npx', { ...npm, npm_command: 'exec' }, { starter: 'npm', isShown: false, logFolder: '/cache/_logs' }],
    [
      'without a word about its cache',
      { npm_lifecycle_event: 'start' },
      { starter: 'npm', isShown: true, logFolder: '~/.npm/_logs' },
    ],
    [
      'when it is another one',
      { npm_lifecycle_event: 'start', npm_config_user_agent: 'pnpm/10.0.0 npm/? node/v20' },
      { starter: 'pnpm', isShown: true, logFolder: null },
    ],
  ])('%s', (_, variables, traces) => {
    expect(npmTraces(variables)).toEqual(traces)
  })
})

/** Without what `npm test` says of itself. */
function npmStart(args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-checkup-npm-'))
  const { PATH = '' } = process.env
  // `npm start` itself runs all the same; only the installation before it does not.
  const { stdout, stderr } = spawnSync('npm', ['start', '--ignore-scripts', '--', ...args], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH, HOME: folder, npm_config_cache: folder, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const logs = join(folder, '_logs')
  const kept = existsSync(logs) ? readdirSync(logs) : []
  rmSync(folder, { recursive: true, force: true })
  return { stdout, stderr, kept }
}

test('`npm start -- KEY` in a checkout shows the key nowhere, and keeps no log', () => {
  const { stdout, stderr, kept } = npmStart(['ab'.repeat(32)])
  expect(stderr).toContain('The command line holds something that looks like a private key.')
  expect(stdout + stderr).not.toContain('abab')
  expect(stderr).not.toContain('npm')
  expect(kept).toEqual([])
})

test('`npm start` has nothing else on its standard output', () => {
  expect(npmStart(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
