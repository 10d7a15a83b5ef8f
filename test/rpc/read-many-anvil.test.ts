/** The read program on a real node: the same answers as one plain call each, whatever the contracts do. */
import fc from 'fast-check'
import type { Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { type CallResult, readContracts } from '../../src/rpc/read-contracts.ts'
import { readMany } from '../../src/rpc/read-many.ts'
import type { FixedRead } from '../../src/rpc/read-program/packing.ts'
import { at } from '../../src/testing.ts'

const hex = (number: number, bytes: number) => number.toString(16).padStart(bytes * 2, '0')
const word = (number: number | bigint) => number.toString(16).padStart(64, '0')

/** EVM code by hand. Sizes are bytes; contracts ignore what they are asked unless they say so. */
const code = {
  /** Returns the first bytes of its three words. */
  returns: (words: readonly bigint[], size: number) =>
    `${words.map((value, index) => `7f${word(value)}60${hex(index * 32, 1)}52`).join('')}61${hex(size, 2)}6000f3`,
  /** Returns its calldata behind the selector. */
  echoes: () => '6060600460003760606000f3',
  reverts: (size: number) => `61${hex(size, 2)}6000fd`,
  invalid: () => 'fe',
  stops: () => '00',
  /** About 26 gas a round, then returns or reverts. */
  burns: (rounds: number, then: string) => `62${hex(rounds, 3)}5b6001900380600457${then}`,
  /** Calls another contract with all its gas, and reverts without data when that fails. */
  leansOn: (other: Hex) => `60006000600060007f${word(BigInt(other))}5afa603257600080fd5b600760005260206000f3`,
} as const

const anySize = fc.constantFrom(0, 1, 31, 32, 33, 64, 96, 97, 500)
const anyValue = fc.oneof(fc.constant(0n), fc.bigInt(0n, 300n), fc.bigInt(0n, 2n ** 256n - 1n))
const aThirdOfTheGas = 4_000
const moreThanTheGas = 40_000
const simpleCode = fc.oneof(
  fc.tuple(fc.array(anyValue, { maxLength: 3 }), anySize).map(([words, size]) => code.returns(words, size)),
  anySize.map(code.reverts),
  fc.constantFrom(code.echoes(), code.invalid(), code.stops(), '', '600056', '01'),
  fc
    .tuple(fc.constantFrom(10, aThirdOfTheGas, moreThanTheGas), fc.boolean(), anySize)
    .map(([rounds, ends, size]) => code.burns(rounds, ends ? code.reverts(size) : code.returns([7n], size))),
)
const contractAt = (index: number) => at(0x5000 + index)
const anyContracts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: simpleCode },
    { weight: 1, arbitrary: fc.nat(7).map((other) => code.leansOn(contractAt(other))) },
  ),
  { minLength: 1, maxLength: 8 },
)
const anyRead = fc.record({
  contract: fc.nat(8),
  selector: fc.constantFrom('70a08231', 'dd62ed3e', '927da105'),
  values: fc.array(anyValue, { maxLength: 3 }),
  words: fc.constantFrom(1 as const, 3 as const),
})

let node: DevelopmentNode
let poor: DevelopmentNode
beforeAll(async () => {
  node = await startAnvil(['--gas-limit', '50000000'])
  poor = await startAnvil(['--gas-limit', '4000000'])
  await installPreinstalls(node)
})
afterAll(() => Promise.all([node.stop(), poor.stop()]))

/** What a call of its own says, as far as `readMany` looks. */
async function alone(rpc: RpcClient, { to, data, words }: FixedRead): Promise<CallResult> {
  const [result] = await readContracts(rpc, [{ to, data }], 0n)
  if (result?.status !== 'ok') return result as CallResult // one call, one result
  return { status: 'ok', data: `0x${result.data.slice(2, 2 + words * 64)}` }
}

/** Counts what a client sends. In the second way the node does as if it knew no state overrides. */
function countingRpc({ url }: DevelopmentNode, way: 'override' | 'creation') {
  const plain = createRpcClient({ url })
  const counted = { requests: 0, up: 0, down: 0 }
  const request: RpcClient['request'] = async (method, params) => {
    if (way === 'creation' && params.length === 3) return '0x'
    counted.requests++
    counted.up += JSON.stringify(params).length
    const result = await plain.request(method, params)
    counted.down += JSON.stringify(result).length
    return result
  }
  return { rpc: { ...plain, request }, counted }
}

const balanceOf = (to: Hex, owner: number): FixedRead => ({ to, data: `0x70a08231${word(owner)}`, words: 1 })

describe.each(['override', 'creation'] as const)('by %s', (way) => {
  test('random contracts answer random reads as they answer one call each', async () => {
    const { rpc } = countingRpc(node, way)
    await fc.assert(
      fc.asyncProperty(anyContracts, fc.array(anyRead, { minLength: 2, maxLength: 24 }), async (contracts, asked) => {
        for (let index = 0; index < 9; index++) {
          await node.send('anvil_setCode', [contractAt(index), `0x${contracts[index] ?? ''}`])
        }
        const reads = asked.map(
          ({ contract, selector, values, words }): FixedRead => ({
            to: contractAt(contract),
            data: `0x${selector}${values.map(word).join('')}`,
            words,
          }),
        )
        expect(await readMany(rpc, reads, 0n)).toEqual(await Promise.all(reads.map((one) => alone(rpc, one))))
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  test('contracts that take all their gas cost only their own answer, and the rest is read in further calls', async () => {
    const [honest, endless] = [at(0x6001), at(0x6002)]
    await poor.send('anvil_setCode', [honest, `0x${code.returns([42n], 32)}`])
    await poor.send('anvil_setCode', [endless, '0x5b600056'])
    const { rpc, counted } = countingRpc(poor, way)
    const reads = Array.from({ length: 600 }, (_, index) => balanceOf(index % 20 === 0 ? endless : honest, index))
    const results = await readMany(rpc, reads, 0n)
    const said = results.map((result) => (result.status === 'ok' ? BigInt(result.data) : result.status))
    expect(said).toEqual(reads.map(({ to }) => (to === honest ? 42n : 'failed')))
    // 30 of them are asked again alone; of 4,000,000 gas about twelve fit into a call, fewer where answers cost gas.
    expect(counted.requests).toBeLessThanOrEqual(30 + 1 + 10)
  }, 60_000)

  test.each([
    ['the largest numbers fill the answers', 'rich', 3_000, { override: 2, creation: 5 }],
    ['the largest numbers cost the gas of what is returned', 'poor', 600, { override: 1, creation: 2 }],
  ] as const)(
    '%s, and the rest is read in further calls',
    async (_, which, count, requests) => {
      const chosen = which === 'rich' ? node : poor
      const token = at(0x6003)
      await chosen.send('anvil_setCode', [token, `0x${code.echoes()}`])
      const reads = Array.from({ length: count }, (_, index): FixedRead => {
        return { to: token, data: `0x70a08231${word(2n ** 256n - 1n - BigInt(index))}`, words: 1 }
      })
      const { rpc, counted } = countingRpc(chosen, way)
      const results = await readMany(rpc, reads, 0n)
      expect(results).toEqual(reads.map(({ data }) => ({ status: 'ok', data: `0x${data.slice(10)}` })))
      expect(counted.requests).toBeLessThanOrEqual(requests[way])
    },
    30_000,
  )

  test('10,000 balances: few requests, few bytes', async () => {
    const token = at(0x6003)
    await node.send('anvil_setCode', [token, `0x${code.echoes()}`])
    const reads = Array.from({ length: 10_000 }, () => balanceOf(token, 3))
    const { rpc, counted } = countingRpc(node, way)
    expect(await readMany(rpc, reads, 0n)).toEqual(Array(10_000).fill({ status: 'ok', data: `0x${word(3)}` }))
    expect(counted.requests).toBeLessThanOrEqual(way === 'override' ? 3 : 5)
    expect(counted.up / 10_000).toBeLessThanOrEqual(50)
    expect(counted.down / 10_000).toBeLessThanOrEqual(8)
  }, 30_000)
})
