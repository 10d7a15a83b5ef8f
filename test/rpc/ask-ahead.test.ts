import { describe, expect, test } from 'vitest'
import type { RpcClient } from '../../src/core/rpc.ts'
import { askAhead } from '../../src/rpc/ask-ahead.ts'

/** A client that counts what it is asked, and answers with how many questions came before. */
function counting(over: Partial<RpcClient> = {}) {
  const asked: string[] = []
  const rpc: RpcClient = {
    host: 'node.example',
    endpointId: '0011223344556677',
    requestCount: () => asked.length,
    request: async (method, params) => {
      asked.push(`${method}(${params.join()})`)
      return asked.length - 1
    },
    ...over,
  }
  return { rpc, asked }
}

describe('a question asked ahead', () => {
  test('is sent at once, and its answer is for the first who asks the same', async () => {
    const { rpc, asked } = counting()
    const ahead = askAhead(rpc, 'eth_chainId')
    expect(asked).toEqual(['eth_chainId()'])
    expect(await ahead.request('eth_chainId', [])).toBe(0)
    expect(asked).toHaveLength(1)
    expect(await ahead.request('eth_chainId', [])).toBe(1)
    expect(asked).toHaveLength(2)
  })

  test('is no answer to another question', async () => {
    const { rpc, asked } = counting()
    const ahead = askAhead(rpc, 'eth_blockNumber')
    expect(await ahead.request('eth_chainId', [])).toBe(1)
    expect(await ahead.request('eth_blockNumber', ['latest'])).toBe(2)
    expect(await ahead.request('eth_blockNumber', [])).toBe(0)
    expect(asked).toEqual(['eth_blockNumber()', 'eth_chainId()', 'eth_blockNumber(latest)'])
  })

  test('counts from when it is asked', async () => {
    const ahead = askAhead(counting().rpc, 'eth_chainId')
    expect(ahead.requestCount()).toBe(0)
    await ahead.request('eth_chainId', [])
    expect(ahead.requestCount()).toBe(1)
  })

  test('fails for who asks it, however late, and for nobody else', async () => {
    const failure = new Error('refused')
    const ahead = askAhead(counting({ request: () => Promise.reject(failure) }).rpc, 'eth_chainId')
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(ahead.request('eth_chainId', [])).rejects.toBe(failure)
  })
})
