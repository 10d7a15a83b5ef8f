import { expect, test } from 'vitest'
import { chainById, findChain, publicEndpoint } from '../../src/rpc/public-endpoint.ts'

test.each([
  ['1', 1],
  [' 137 ', 137],
  ['mainnet', 1],
  ['Ethereum', 1],
  ['eth', 1],
  ['OP', 10],
  ['optimism', 10],
  ['OP Mainnet', 10],
  ['bnb', 56],
  ['BSC', 56],
  ['arbitrum', 42161],
  ['Arbitrum One', 42161],
  ['base', 8453],
  ['polygon', 137],
  ['matic', 137],
  ['avalanche', 43114],
  ['gnosis', 100],
  ['xdai', 100],
  ['zksync', 324],
  ['linea', 59144],
  ['worldchain', 480],
  ['sepolia', 11155111],
  ['hyperevm', 999],
])('%s is chain %i', async (name, id) => {
  expect((await findChain(name))?.id).toBe(id)
})

test.each(['', 'etherium', '0x1', '-1', '1.5', '999999999999', 'constructor', '__proto__', 'toString'])(
  '"%s" is no chain',
  async (name) => {
    expect(await findChain(name)).toBeNull()
  },
)

test('an id that a test chain shares belongs to the main one', async () => {
  expect(await findChain('999')).toEqual({ id: 999, name: 'HyperEVM' })
  expect((await chainById(999))?.testnet).not.toBe(true)
})

test('public endpoints are URLs, and unknown chains have none', async () => {
  expect(await publicEndpoint(8453)).toMatch(/^https:\/\/[^/]+/)
  expect(await publicEndpoint(999_999_999_999)).toBeNull()
})
