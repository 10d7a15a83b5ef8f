/** Contracts that want to spoil a check-up, on a real node. */
import type { Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { installPreinstalls, multicall3Address } from '../../fixtures/chains/preinstalls.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { readContracts } from '../../src/rpc/read-contracts.ts'
import { at } from '../../src/testing.ts'

/** EVM code by hand; each contract does the same whatever it is asked. */
const contracts = {
  /** return(0, 32) with 42 in it. */
  honest: '0x602a5f5260205ff3',
  /** An endless loop. */
  burnsGas: '0x5b5f56',
  /** revert(0, 0) */
  revertsPlainly: '0x5f5ffd',
  /** revert(0, 32) */
  revertsWithData: '0x60205ffd',
  /** INVALID takes all gas. */
  invalid: '0xfe',
  /** return(0, 3,000,000) */
  returnsMegabytes: '0x622dc6c05ff3',
  /** STOP */
  returnsNothing: '0x00',
} as const satisfies Record<string, Hex>

const names = Object.keys(contracts) as readonly (keyof typeof contracts)[] // the table's own keys
const addressOf = (name: keyof typeof contracts) => at(0x1000 + names.indexOf(name))
const callTo = (name: keyof typeof contracts) => ({ to: addressOf(name), data: '0x01' as const })
const honest = Array.from({ length: 120 }, () => callTo('honest'))
const fortyTwo = { status: 'ok', data: `0x${'2a'.padStart(64, '0')}` }

let node: DevelopmentNode
let rpc: RpcClient
beforeAll(async () => {
  node = await startAnvil()
  await installPreinstalls(node)
  for (const name of names) await node.send('anvil_setCode', [addressOf(name), contracts[name]])
})
afterAll(() => node.stop())

describe.each(['with Multicall3', 'without Multicall3'])('%s', (kind) => {
  beforeAll(async () => {
    if (kind === 'without Multicall3') await node.send('anvil_setCode', [multicall3Address, '0x'])
    rpc = createRpcClient({ url: node.url })
  })

  test.each([
    ['burnsGas', { status: 'failed', error: expect.objectContaining({ code: 'rpc-refused' }) }],
    ['invalid', { status: 'reverted', data: '0x' }],
    ['revertsPlainly', { status: 'reverted', data: '0x' }],
    ['revertsWithData', { status: 'reverted', data: `0x${'00'.repeat(32)}` }],
    ['returnsNothing', { status: 'empty' }],
    ['returnsMegabytes', { status: 'ok', data: `0x${'00'.repeat(3_000_000)}` }],
  ] as const)('a contract that %s costs only its own answer', async (name, expected) => {
    const results = await readContracts(rpc, [...honest, callTo(name), ...honest], 0n)
    expect(results[honest.length]).toEqual(expected)
    expect(results.toSpliced(honest.length, 1)).toEqual([...honest, ...honest].map(() => fortyTwo))
  })

  test('all of them at once, and an address without code', async () => {
    const asked = [...names.map(callTo), { to: at(0xdead), data: '0x01' as const }, ...honest]
    const results = await readContracts(rpc, asked, 0n)
    expect(results.map(({ status }) => status)).toEqual([
      'ok',
      'failed',
      'reverted',
      'reverted',
      'reverted',
      'ok',
      'empty',
      'empty',
      ...honest.map(() => 'ok'),
    ])
  })
})
