import { decodeFunctionData, encodeAbiParameters, encodeFunctionResult, type Hex, parseAbi } from 'viem'
import { describe, expect, test, vi } from 'vitest'
import type { RpcClient } from '../../src/core/rpc.ts'
import { resolveEns } from '../../src/rpc/ens.ts'
import { RateLimitedError, RpcRefusedError } from '../../src/rpc/errors.ts'
import { at } from '../../src/testing.ts'

const place = { host: 'node.example', method: 'eth_call' }
const universalResolver = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe'
const abi = parseAbi([
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes, address)',
])

/** A chain whose universal resolver gives one address, or fails. */
function chainWith(answer: Hex | Error) {
  const names: string[] = []
  const rpc: RpcClient = {
    host: place.host,
    endpointId: 'fa4e',
    requestCount: () => names.length,
    request: async (method, [call]) => {
      const { data } = call as { data: Hex } // viem asks
      const { args } = decodeFunctionData({ abi, data })
      names.push(`${method} ${Buffer.from(args[0].slice(2), 'hex').toString('latin1')}`)
      if (answer instanceof Error) throw answer
      const record = encodeAbiParameters([{ type: 'address' }], [answer])
      return encodeFunctionResult({ abi, functionName: 'resolveWithGateways', result: [record, at(1)] })
    },
  }
  return { rpc, names }
}

const reverts = (data: Hex) => new RpcRefusedError(place, { code: 3, message: 'execution reverted', data })

test('a name is normalized, and its address comes in EIP-55 spelling', async () => {
  const { rpc, names } = chainWith(at(0xabcdef))
  await expect(resolveEns(rpc, 'AliCe.eth', 1)).resolves.toBe(at(0xabcdef))
  expect(names).toEqual(['eth_call \x05alice\x03eth\x00'])
})

test.each([
  ['no address is set', at(0)],
  // ResolverNotFound(bytes)
  ['no resolver is set', reverts(`0x77209fe8${'20'.padStart(64, '0')}${''.padStart(64, '0')}`)],
])('%s: the name is not found', async (_, answer) => {
  await expect(resolveEns(chainWith(answer).rpc, 'alice.eth', 1)).rejects.toMatchObject({
    code: 'ens-name-not-found',
    data: { name: { type: 'untrusted-text', value: 'alice.eth' } },
  })
})

test('letters that ENS does not allow are not asked for', async () => {
  const { rpc, names } = chainWith(at(1))
  await expect(resolveEns(rpc, 'ali_ce..eth', 1)).rejects.toMatchObject({ code: 'ens-name-not-found' })
  expect(names).toEqual([])
})

test('a name kept outside the chain is not looked up there', async () => {
  const lookup = encodeAbiParameters(
    [{ type: 'address' }, { type: 'string[]' }, { type: 'bytes' }, { type: 'bytes4' }, { type: 'bytes' }],
    [universalResolver, ['https://gateway.example/{sender}/{data}'], '0x', '0x00000000', '0x'],
  )
  const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network in tests'))
  const { rpc, names } = chainWith(reverts(`0x556f1830${lookup.slice(2)}`))
  await expect(resolveEns(rpc, 'alice.example.eth', 1)).rejects.toMatchObject({ code: 'ens-name-offchain' })
  expect(names).toHaveLength(1)
  expect(fetched).not.toHaveBeenCalled()
  fetched.mockRestore()
})

describe('a failed read', () => {
  test.each([
    ['of the rate', new RateLimitedError(place)],
    ['without words we know', new RpcRefusedError(place, { code: -32000, message: 'no' })],
  ])('%s keeps its own reason', async (_, failure) => {
    const { rpc, names } = chainWith(failure)
    await expect(resolveEns(rpc, 'alice.eth', 1)).rejects.toBe(failure)
    expect(names).toHaveLength(1)
  })
})

test.each([137, 31337, 4_000_000_123])('chain %i has no ENS', async (chainId) => {
  const { rpc, names } = chainWith(at(1))
  await expect(resolveEns(rpc, 'alice.eth', chainId)).rejects.toMatchObject({ code: 'ens-not-available' })
  expect(names).toEqual([])
})
