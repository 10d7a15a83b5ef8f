import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tool } from '../src/core/tool.ts'
import * as main from '../src/index.ts'
import * as rule from '../src/rule.ts'
import * as testing from '../src/testing.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string
  readonly version: string
}

// Taking one of these away breaks somebody's program.
test.each([
  ['wallet-checkup', main],
  ['wallet-checkup/rule', rule],
  ['wallet-checkup/testing', testing],
])('%s exports', (_, entry) => {
  expect(Object.keys(entry).sort()).toMatchSnapshot()
})

test('the tool calls itself by the name and version of its package', () => {
  expect(tool).toEqual({ name: manifest.name, version: manifest.version })
})
