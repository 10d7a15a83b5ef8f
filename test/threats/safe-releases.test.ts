/** Our table against the packages in which the makers of Safe publish what they deployed. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { at, hashOf } from '../../src/testing.ts'
import { isAllowanceModule, safeRelease, safeReleaseList, safeReleases } from '../../src/threats/safe-releases.ts'

const require = createRequire(import.meta.url)

type Asset = {
  readonly contractName: string
  readonly version: string
  readonly released: boolean
  readonly deployments?: Readonly<Record<string, { readonly address: string; readonly codeHash: string }>>
  readonly networkAddresses: Readonly<Record<string, string | readonly string[]>>
}

function assetsOf(entry: string): readonly Asset[] {
  const folder = join(dirname(entry), 'assets')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Asset)
    .filter(({ released }) => released)
}

const core = assetsOf(require.resolve('@safe-global/safe-deployments'))
const modules = assetsOf(require.resolve('@safe-global/safe-modules-deployments'))
const nameOf = ({ contractName, version }: Asset) => `${contractName} ${version}`
const ours = (role: string, prefix: RegExp) =>
  safeReleases
    .filter((release) => release.role === role && prefix.test(release.key))
    .map(({ key, name }) => `${key} ${name}`)
    .sort()
const hash = /^0x[0-9a-f]{64}$/
const address = /^0x[0-9a-f]{40}$/

describe('the table has what is published, and nothing else', () => {
  test.each([
    ['singleton', /^(?:Gnosis)?Safe(?:L2)?$/],
    ['fallback-handler', /Handler$/],
  ] as const)('%s: by the hash of its code', (role, names) => {
    const published = core
      .filter(({ contractName }) => names.test(contractName))
      .flatMap((asset) => Object.values(asset.deployments ?? {}).map(({ codeHash }) => `${codeHash} ${nameOf(asset)}`))
    expect(published.length).toBeGreaterThan(7)
    expect(ours(role, hash)).toEqual([...new Set(published)].sort())
  })

  test('module: by its address', () => {
    const published = modules
      .filter(({ contractName }) => /Module$/.test(contractName))
      .flatMap((asset) =>
        Object.values(asset.networkAddresses)
          .flat()
          .map((at) => `${at.toLowerCase()} ${nameOf(asset)}`),
      )
    expect(ours('module', address)).toEqual([...new Set(published)].sort())
    expect(ours('fallback-handler', address)).toEqual(ours('module', address).filter((line) => /4337/.test(line)))
  })

  test('no guard, and no hash of a module, is published', () => {
    expect([...ours('guard', hash), ...ours('guard', address), ...ours('module', hash)]).toEqual([])
  })

  test('the date is that of the older of the two packages', () => {
    const version = (require('@safe-global/safe-deployments/package.json') as { version: string }).version
    expect([version, safeReleaseList.date]).toEqual(['1.37.56', '2026-05-02'])
  })
})

describe('a contract is known', () => {
  const singleton = '0xdda019cbd7c867a533a2a86e5c53434fdc50b13122b5a5ddb4a8df61b31c20f2'
  const allowanceModule = '0xCFbFaC74C26F8647cBDb8c5caf80BB5b32E43134'

  test('by its code, wherever it is', () => {
    expect(safeRelease('singleton', { address: at(1), codeHash: singleton })).toBe('Safe 1.5.0')
  })

  test('by its address, where no hash is published', () => {
    expect(safeRelease('module', { address: allowanceModule, codeHash: hashOf(1) })).toBe('AllowanceModule 0.1.0')
  })

  test('in its own role only: a singleton is no module', () => {
    expect(safeRelease('module', { address: at(1), codeHash: singleton })).toBeNull()
    expect(safeRelease('fallback-handler', { address: allowanceModule, codeHash: hashOf(1) })).toBeNull()
  })

  test('as an allowance module, by its address', () => {
    expect(isAllowanceModule(allowanceModule)).toBe(true)
    expect(isAllowanceModule(at(0xa))).toBe(false)
  })
})
