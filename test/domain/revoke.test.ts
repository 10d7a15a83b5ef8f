import fc from 'fast-check'
import { decodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { revokeCall } from '../../src/domain/revoke.ts'
import { allowance, at, itemAllowance, nftApproval, operator, permit2Grant, spender, token } from '../../src/testing.ts'

const abi = parseAbi([
  'function approve(address, uint256)',
  'function approve(address, uint256, uint256)',
  'function setApprovalForAll(address, bool)',
  'function setOperator(address, bool)',
  'function revokeOperator(address)',
  'function lockdown((address token, address spender)[])',
])
const nobody = at(0)
const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

test.each([
  ['an ERC-20 allowance', allowance(), at(0x70), 'approve', [at(0x5e), 0n]],
  ['one approved NFT', nftApproval(), at(0x70), 'approve', [nobody, 12n]],
  ['an operator', operator(), at(0x70), 'setApprovalForAll', [at(0x5e), false]],
  ['an operator of ERC-6909', operator({ standard: 'erc6909' }), at(0x70), 'setOperator', [at(0x5e), false]],
  ['an operator of ERC-7540', operator({ standard: 'erc7540' }), at(0x70), 'setOperator', [at(0x5e), false]],
  ['an operator of ERC-777', operator({ standard: 'erc777' }), at(0x70), 'revokeOperator', [at(0x5e)]],
  ['one item', itemAllowance(), at(0x70), 'approve', [at(0x5e), 12n, 0n]],
  ['a Permit2 grant', permit2Grant(), permit2, 'lockdown', [[{ token: at(0x70), spender: at(0x5e) }]]],
] as const)(
  '%s is ended by its own contract, for its own spender, with no value',
  (_, grant, to, functionName, args) => {
    const call = revokeCall(grant, 137)
    expect(call).toMatchObject({ chainId: 137, to, value: '0', purpose: 'revoke' })
    expect(decodeFunctionData({ abi, data: call.data })).toEqual({ functionName, args })
  },
)

test('the call for an allowance never grants anything, whatever the token, the spender and the amount', () => {
  const addresses = fc.bigInt({ min: 1n, max: 2n ** 160n - 1n }).map(at)
  const amounts = fc.bigInt({ min: 1n, max: 2n ** 256n - 1n })
  fc.assert(
    fc.property(addresses, addresses, amounts, (contract, who, amount) => {
      const grant = allowance({ amount, token: token({ address: contract }), spender: spender({ address: who }) })
      const call = revokeCall(grant, 1)
      expect(call.to).toBe(contract)
      expect(decodeFunctionData({ abi, data: call.data }).args).toEqual([who, 0n])
    }),
  )
})

test('the call for an NFT names its token id and nobody, whatever the id', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (tokenId) => {
      const { data } = revokeCall(nftApproval({ tokenId }), 1)
      expect(decodeFunctionData({ abi, data }).args).toEqual([nobody, tokenId])
    }),
  )
})
