import { expect, test, vi } from 'vitest'
import { createSecondReader } from '../../src/rpc/second-reader.ts'
import { owner } from '../../src/testing.ts'
import { fakeRpc } from '../support/fake-rpc.ts'

vi.mock('../../src/rpc/ethers-reader.ts', () => {
  throw new Error('Cannot find package ethers')
})

const reader = () => createSecondReader(fakeRpc({}), { signal: new AbortController().signal })

test('an installation without the second library reads nothing again, and says so of every read', async () => {
  const balance = { kind: 'balance', address: owner, block: 1n } as const
  const answers = await reader().read([balance, balance])
  expect(answers).toHaveLength(2)
  for (const answer of answers) expect(answer).toMatchObject({ kind: 'failed', error: { code: 'unexpected-error' } })
})

test('the library is not even looked for when there is nothing to read', async () => {
  expect(await reader().read([])).toEqual([])
})
