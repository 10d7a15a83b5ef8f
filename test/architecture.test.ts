import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may import whom. A file belongs to the longest layer name that its path starts with. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/domain': ['src/core'],
  'src/rpc': ['src/core', 'src/domain'],
  'src/log-sources': ['src/core', 'src/domain', 'src/rpc'],
  'src/store': ['src/core', 'src/domain'],
  'src/threats': ['src/core', 'src/domain'],
  'src/tokens': ['src/core', 'src/domain'],
  'src/words': ['src/core', 'src/domain'],
  'src/collectors': ['src/core', 'src/domain', 'src/rpc', 'src/threats', 'src/tokens'],
  'src/rule.ts': ['src/core', 'src/domain'],
  'src/engine': ['src/core', 'src/domain'],
  'src/reporters': ['src/core', 'src/domain', 'src/words'],
  'src/config': ['src/core', 'src/domain'],
  'src/watch': ['src/core', 'src/domain'],
  'src/notify': ['src/core', 'src/domain', 'src/engine', 'src/reporters', 'src/rpc', 'src/words'],
  'src/testing': ['src/core', 'src/engine'],
  'src/testing.ts': ['src/testing'],
  'src/gather': ['src/core', 'src/domain', 'src/rpc', 'src/collectors', 'src/engine', 'src/config', 'rules/index.ts'],
  'src/plugins': ['src/core', 'src/domain', 'src/engine'],
  'src/index.ts': [
    'src/plugins',
    'src/core',
    'src/domain',
    'src/rpc',
    'src/log-sources',
    'src/store',
    'src/threats',
    'src/tokens',
    'src/collectors',
    'src/engine',
    'src/gather',
    'src/config',
    'src/reporters',
    'rules/index.ts',
  ],
  'src/cli': [
    'src/index.ts',
    'src/config',
    'src/core',
    'src/domain',
    'src/reporters',
    'src/words',
    'src/rpc',
    'src/log-sources',
    'src/store',
    'src/watch',
    'src/notify',
  ],
  'rules/index.ts': ['rules', 'src/rule.ts'],
  rules: ['src/rule.ts'],
}

const files = ['src', 'rules']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts'))
  .sort()
const importPattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g

function layerOf(file: string): string {
  const [layer] = Object.keys(mayImport)
    .filter((name) => file === name || file.startsWith(`${name}/`))
    .sort((one, other) => other.length - one.length)
  if (layer === undefined) throw new Error(`${file} belongs to no layer: name its layer in this test`)
  return layer
}

function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(importPattern)].map(([, specifier = '']) => specifier)
}

function ownImports(file: string): readonly string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(root, resolve(root, dirname(file), specifier)))
}

describe('layers', () => {
  test('there are files to look at', () => {
    expect(files.length).toBeGreaterThan(40)
  })

  test.each(files)('%s imports only what its layer may', (file) => {
    const layer = layerOf(file)
    const forbidden = ownImports(file).filter((imported) => {
      const target = layerOf(imported)
      if (layer === 'rules') return target !== 'src/rule.ts' && dirname(imported) !== dirname(file)
      return target !== layer && !(mayImport[layer] ?? []).includes(target)
    })
    expect(forbidden).toEqual([])
  })

  test('rules import no package', () => {
    const packages = files
      .filter((file) => file.startsWith('rules/'))
      .flatMap((file) => importsOf(file).filter((specifier) => !specifier.startsWith('.')))
    expect(packages).toEqual([])
  })

  test('rules and the engine look at no clock, process, network or console', () => {
    const impure = /\b(?:Date\.now|new Date\(\)|process\.|console\.|fetch\(|await )/
    const found = files
      .filter((file) => file.startsWith('rules/') || file === 'src/engine/judge.ts')
      .filter((file) => impure.test(readFileSync(join(root, file), 'utf8')))
    expect(found).toEqual([])
  })

  test('only the command line prints, reads arguments or sets the exit code', () => {
    const printing = /\bprocess\.(?:argv|exit|exitCode|stdout|stderr|env)\b|\bconsole\./
    const found = files
      .filter((file) => !file.startsWith('src/cli/'))
      .filter((file) => printing.test(readFileSync(join(root, file), 'utf8')))
    expect(found).toEqual([])
  })
})
