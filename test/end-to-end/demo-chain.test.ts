/** The demo chain is what the other tests here take it for: asked directly, without any code of ours in between. */
import type { Abi, Address, Hex } from 'viem'
import { decodeFunctionResult, encodeAbiParameters, encodeFunctionData, keccak256, parseAbi, toHex } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../../fixtures/chains/contracts.ts'
import { type Demo, startDemo } from '../../fixtures/chains/demo.ts'
import { friend, harborUnit, listedDelegate, stranger } from '../../fixtures/chains/demo-actors.ts'
import { permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
}, 60_000)
afterAll(() => demo?.node.stop())

async function read(to: Address, abi: Abi, call: readonly [name: string, ...args: readonly unknown[]]) {
  const [functionName, ...args] = call
  const data = (await demo.node.send('eth_call', [
    { to, data: encodeFunctionData({ abi, functionName, args }) },
  ])) as Hex
  return decodeFunctionResult({ abi, functionName, data })
}

const erc20 = contract('ERC20PresetFixedSupply').abi
const erc721 = contract('ERC721PresetMinterPauserAutoId').abi

describe('grants in state', () => {
  const allowance = (token: Address, spender: Address) => read(token, erc20, ['allowance', demo.sick, spender])

  test('the live ones are live', async () => {
    const { harbor, dollar, maker, nft, exchange, market, drainer } = demo.actors
    expect(await allowance(harbor, exchange)).toBe(2n ** 256n - 1n)
    expect(await allowance(harbor, stranger)).toBe(2_000n * harborUnit)
    expect(await allowance(dollar, drainer)).toBe(6_000_000_000n)
    expect(await allowance(maker, permit2Address)).toBe(2n ** 256n - 1n)
    expect(await read(nft, erc721, ['isApprovedForAll', demo.sick, market])).toBe(true)
    const grant = await read(permit2Address, permit2Abi, ['allowance', demo.sick, maker, market])
    expect(grant).toEqual([40n * harborUnit, expect.any(Number), 0])
  })

  test('the spent, revoked and moved ones are over', async () => {
    const { lantern, dollar, nft, items, exchange } = demo.actors
    expect(await allowance(lantern, exchange)).toBe(0n)
    expect(await allowance(dollar, exchange)).toBe(0n)
    expect(await read(nft, erc721, ['ownerOf', 1n])).toBe(friend)
    expect(await read(nft, erc721, ['getApproved', 1n])).toBe(`0x${'0'.repeat(40)}`)
    expect(await read(items, erc721, ['isApprovedForAll', demo.sick, exchange])).toBe(false)
  })

  test('one Permit2 grant has an amount and has expired', async () => {
    const { harbor, exchange } = demo.actors
    const grant = await read(permit2Address, permit2Abi, ['allowance', demo.sick, harbor, exchange])
    const [amount, expiration] = grant as readonly [bigint, number]
    expect(amount).toBe(5n * harborUnit)
    expect(expiration).toBeLessThan(await headTime())
  })
})

test('Permit2 knows the chain it is on', async () => {
  const type = keccak256(toHex('EIP712Domain(string name,uint256 chainId,address verifyingContract)'))
  const domain = [type, keccak256(toHex('Permit2')), 31337n, permit2Address] as const
  const types = [{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'address' }] as const
  const abi = parseAbi(['function DOMAIN_SEPARATOR() view returns (bytes32)'])
  expect(await read(permit2Address, abi, ['DOMAIN_SEPARATOR'])).toBe(keccak256(encodeAbiParameters(types, domain)))
})

test('the sick account runs the listed delegate, which has code', async () => {
  const codeOf = (address: Address) => demo.node.send('eth_getCode', [address, 'latest'])
  expect(await codeOf(demo.sick)).toBe(`0xef0100${listedDelegate.slice(2).toLowerCase()}`)
  expect(String(await codeOf(listedDelegate)).length).toBeGreaterThan(10)
  expect(await codeOf(demo.well)).toBe('0x')
})

test('the head stays fresh and the stuck transaction stuck, however many blocks are mined', async () => {
  for (let blocks = 0; blocks < 3; blocks++) {
    const { baseFeePerGas } = await latestBlock()
    expect(BigInt(baseFeePerGas)).toBeGreaterThan(demo.stuck.maxFeePerGas ?? 0n)
    expect(Date.now() / 1000 - (await headTime())).toBeLessThan(30)
    expect(await poolNonces()).toEqual({
      pending: { [demo.stuck.nonce]: demo.stuck.hash },
      queued: { [demo.queued.nonce]: demo.queued.hash },
    })
    await demo.refresh()
  }
  expect(await demo.node.send('eth_getTransactionReceipt', [demo.stuck.hash])).toBeNull()
})

type Pool = Record<'pending' | 'queued', Record<string, Record<string, { readonly hash: Hex }>>>

async function poolNonces() {
  const pool = (await demo.node.send('txpool_content')) as Pool
  const own = (part: Pool['pending']) =>
    Object.fromEntries(
      Object.values(part)
        .flatMap(Object.entries<{ hash: Hex }>)
        .map(([nonce, { hash }]) => [nonce, hash]),
    )
  return { pending: own(pool.pending), queued: own(pool.queued) }
}

async function latestBlock() {
  const block = await demo.node.send('eth_getBlockByNumber', ['latest', false])
  return block as { readonly timestamp: Hex; readonly baseFeePerGas: Hex }
}

async function headTime(): Promise<number> {
  return Number((await latestBlock()).timestamp)
}
