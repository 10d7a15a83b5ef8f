import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', file), 'utf8'))

test('the lock says of this package what package.json says, so that an installation does not change it', () => {
  const manifest = read('package.json')
  const { packages, name, version } = read('package-lock.json')
  const { '': own } = packages
  expect({ name, version }).toEqual({ name: manifest.name, version: manifest.version })
  expect(Object.keys(own).length).toBeGreaterThan(4)
  for (const [field, locked] of Object.entries(own)) expect({ [field]: locked }).toEqual({ [field]: manifest[field] })
})
