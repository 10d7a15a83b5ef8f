/** `--expected-spenders`: a treasury names who may have grants, and hears of everybody else. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCollection } from '../../src/index.ts'
import { at, owner, safeAccount, token } from '../../src/testing.ts'
import { reportOf } from '../end-to-end/support/report-of.ts'
import { cli } from '../support/cli.ts'
import { collectionOf } from '../support/collections.ts'
import { startSmallChain } from '../support/small-chain.ts'

const option = '--expected-spenders'
const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const delegate = at(0xde1e)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-expected-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function check(rule: string, args: readonly string[]) {
  const run = await cli(['check', '--rule', rule, '-o', 'json', ...args])
  const [outcome] = reportOf(run).result.targets[0]?.outcomes ?? []
  const findings = outcome?.status === 'found' ? outcome.findings : []
  const spenders = new Set(findings.flatMap(({ data: { spender } }) => (spender ? [String(spender.value)] : [])))
  return { exitCode: run.exitCode, status: outcome?.status, spenders: [...spenders] }
}

test('without it nothing is compared; with it every other spender is found', async () => {
  const sick = (...more: readonly string[]) =>
    check('unexpected-spender', ['--facts', 'fixtures/facts/demo-sick.json', ...more])
  expect(await sick()).toMatchObject({ exitCode: 0, status: 'not-applicable' })
  const all = await sick(option, at(1))
  expect(all).toMatchObject({ exitCode: 1, status: 'found' })
  expect(all.spenders).toContain(permit2)
  expect(all.spenders.length).toBeGreaterThan(1)

  const others = await sick(option, `${at(1)},${permit2}`)
  expect(others.spenders).toEqual(all.spenders.filter((spender) => spender !== permit2))
  const file = join(folder, 'spenders.txt')
  await writeFile(file, `# our own\n${all.spenders.join('\n')}\n`)
  expect(await sick(option, file)).toMatchObject({ exitCode: 0, status: 'passed' })
})

test('a delegate of a spending limit may be expected as well', async () => {
  const limit = { module: at(0xa1), token: token(), amount: 100n, spent: 0n, periodMinutes: 1440 }
  const spendingLimits = [{ ...limit, delegate: { address: delegate, code: 'none', nonce: 4 } as const }]
  const file = join(folder, 'facts.json')
  await writeFile(file, encodeCollection(collectionOf({ safe: safeAccount({ spendingLimits }) })))
  const limits = (given: string) => check('safe-spending-limit', ['--facts', file, option, given])
  expect((await limits(at(1))).status).toBe('found')
  expect((await limits(delegate)).status).toBe('passed')
})

test('it holds for what a node is asked as well', async () => {
  const chain = await startSmallChain()
  const ask = (...more: readonly string[]) => check('unexpected-spender', [owner, '--rpc-url', chain.url, ...more])
  expect((await ask()).status).toBe('not-applicable')
  expect((await ask(option, permit2)).status).toBe('passed')
  await chain.close()
})

test.each([
  ['nobody', '', 'Error: --expected-spenders'],
  ['half an address', '0x1234', 'Error: --expected-spenders: This address is too short'],
  ['a name, which is taken for a file', 'example.eth', 'example.eth cannot be read'],
])('%s is refused before anything is asked', async (_, given, complaint) => {
  const run = await cli([owner, '--rpc-url', 'http://127.0.0.1:9', option, given])
  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain(complaint)
})

test('a file without a single address is refused: silence would look like an answer', async () => {
  const file = join(folder, 'empty.txt')
  await writeFile(file, '# to be written\n')
  const run = await cli([owner, '--rpc-url', 'http://127.0.0.1:9', option, file])
  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain(`Error: ${option}`)
})
