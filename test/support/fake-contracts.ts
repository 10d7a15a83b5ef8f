/** Contracts in a table, for a node that answers eth_call, eth_getCode and eth_getTransactionCount about them. */
import type { Address, Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import type { ReadMethod } from '../../src/core/rpc.ts'
import { permit2Separator } from '../../src/domain/permit2.ts'
import { selectors } from '../../src/domain/token-calls.ts'
import { RpcRefusedError } from '../../src/rpc/errors.ts'
import { at, chain, hashOf, owner } from '../../src/testing.ts'
import { type FakeRpc, fakeRpc } from './fake-rpc.ts'

type Signature = keyof typeof selectors
/** Words of the arguments in; hex, a number, or an error to throw out. A function that a contract does not have reverts. */
type Answer = Hex | bigint | Error | ((...words: readonly bigint[]) => Hex | bigint | Error)
export type FakeContract = { readonly [Name in Signature]?: Answer }

export const host = 'rpc.example'
export const reverted = () =>
  new RpcRefusedError({ host, method: 'eth_call' }, { code: 3, message: 'execution reverted' })

/** @param over answers of other methods, or in place of the table's */
export function fakeContracts(
  contracts: ReadonlyMap<Address, FakeContract>,
  over: { readonly [Method in ReadMethod]?: unknown } = {},
): FakeRpc {
  const byAddress = new Map([...contracts].map(([address, contract]) => [address.toLowerCase(), contract]))
  return fakeRpc({
    eth_call: ({ to = at(0), data }: { to?: Address; data: Hex }) => {
      const contract = byAddress.get(to.toLowerCase())
      return contract === undefined
        ? '0x'
        : answer({ 'DOMAIN_SEPARATOR()': permit2Separator(chain().chainId, to), ...contract }, data)
    },
    eth_getCode: (address: Address) => (byAddress.has(address.toLowerCase()) ? '0x60' : '0x'),
    eth_getTransactionCount: '0x1',
    // The account sent everything, at the time of the pinned block.
    eth_getTransactionByHash: { from: owner },
    eth_getBlockByNumber: { timestamp: numberToHex(chain().block.timestamp) },
    ...over,
  })
}

function answer(contract: FakeContract, data: Hex): Hex | Error {
  const [signature] = Object.entries(selectors).find(([, selector]) => data.startsWith(selector)) ?? []
  if (signature === undefined) return reverted()
  const words = (data.slice(10).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`))
  const entry = contract[signature as Signature] // a key of the table just looked through
  const result = typeof entry === 'function' ? entry(...words) : entry
  if (result === undefined) return reverted()
  return typeof result === 'bigint' ? hashOf(result) : result
}
