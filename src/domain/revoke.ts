/** Unsigned calls that end a grant. A wallet may sign them; this program never does. */
import type { Address, Hex } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import type { Grant, Revocation } from '../core/facts.ts'
import type { UnsignedCall } from '../core/finding.ts'
import { isRevocable } from './implicit-grant.ts'

/** ERC-20 and ERC-721 share this signature: an amount for one, a token id for the other. */
const approve = [
  {
    type: 'function',
    name: 'approve',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'spender', type: 'address' },
      { name: 'amountOrId', type: 'uint256' },
    ],
    outputs: [],
  },
] as const

const decreaseAllowance = [
  {
    type: 'function',
    name: 'decreaseAllowance',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'spender', type: 'address' },
      { name: 'subtractedValue', type: 'uint256' },
    ],
    outputs: [{ name: '', type: 'bool' }],
  },
] as const

const setApprovalForAll = [
  {
    type: 'function',
    name: 'setApprovalForAll',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'operator', type: 'address' },
      { name: 'approved', type: 'bool' },
    ],
    outputs: [],
  },
] as const

const setOperator = [
  {
    type: 'function',
    name: 'setOperator',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'operator', type: 'address' },
      { name: 'approved', type: 'bool' },
    ],
    outputs: [],
  },
] as const

const revokeOperator = [
  {
    type: 'function',
    name: 'revokeOperator',
    stateMutability: 'nonpayable',
    inputs: [{ name: 'operator', type: 'address' }],
    outputs: [],
  },
] as const

const approveItem = [
  {
    type: 'function',
    name: 'approve',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'spender', type: 'address' },
      { name: 'id', type: 'uint256' },
      { name: 'amount', type: 'uint256' },
    ],
    outputs: [],
  },
] as const

const lockdown = [
  {
    type: 'function',
    name: 'lockdown',
    stateMutability: 'nonpayable',
    inputs: [
      {
        name: 'approvals',
        type: 'tuple[]',
        components: [
          { name: 'token', type: 'address' },
          { name: 'spender', type: 'address' },
        ],
      },
    ],
    outputs: [],
  },
] as const

const nobody = '0x0000000000000000000000000000000000000000'

type Variant = Revocation['variant']

/** The calls that end a grant, with what became of trying them: none for one that its owner cannot end. */
export function revokeCalls(grant: Grant, chainId: number): readonly UnsignedCall[] {
  return isRevocable(grant) ? [revokeCall(grant, chainId)] : []
}

/** The call by which the owner ends exactly this grant: nothing else changes. */
export function revokeCall(grant: Grant, chainId: number): UnsignedCall {
  const { revocation } = grant
  return {
    chainId,
    ...revocationOf(grant, revocation?.variant ?? 'usual'),
    value: '0',
    purpose: 'revoke',
    ...(revocation !== undefined && { simulation: revocation.simulation }),
  }
}

/** Whether the call was tried, and the grant was seen to be gone after it. */
export function isSeenToEnd({ revocation }: Grant): boolean {
  return revocation?.simulation.status === 'succeeds' && revocation.simulation.isConfirmed
}

/** The ways to end a grant, the usual one first. Some tokens refuse to approve nothing, and take what was approved away. */
export function revokeVariants({ kind }: Grant): readonly [Variant, ...Variant[]] {
  return kind === 'allowance' ? ['usual', 'decrease'] : ['usual']
}

export function revocationOf(grant: Grant, variant: Variant): Pick<UnsignedCall, 'to' | 'data'> {
  const to = grant.kind === 'permit2' ? grant.permit2 : grant.token.address
  const isDecrease = variant === 'decrease' && grant.kind === 'allowance'
  return { to, data: isDecrease ? decreaseData(grant) : revokeData(grant) }
}

function decreaseData({ spender, amount }: Extract<Grant, { kind: 'allowance' }>): Hex {
  return encodeFunctionData({ abi: decreaseAllowance, args: [spender.address, amount] })
}

function operatorData(standard: Extract<Grant, { kind: 'operator' }>['standard'], operator: Address): Hex {
  if (standard === 'nft') return encodeFunctionData({ abi: setApprovalForAll, args: [operator, false] })
  return standard === 'erc777'
    ? encodeFunctionData({ abi: revokeOperator, args: [operator] })
    : encodeFunctionData({ abi: setOperator, args: [operator, false] })
}

function revokeData(grant: Grant): Hex {
  const { address: spender } = grant.spender
  switch (grant.kind) {
    case 'allowance':
      return encodeFunctionData({ abi: approve, args: [spender, 0n] })
    case 'nft':
      return encodeFunctionData({ abi: approve, args: [nobody, grant.tokenId] })
    case 'operator':
      return operatorData(grant.standard, spender)
    case 'item-allowance':
      return encodeFunctionData({ abi: approveItem, args: [spender, grant.tokenId, 0n] })
    case 'permit2':
      return encodeFunctionData({ abi: lockdown, args: [[{ token: grant.token.address, spender }]] })
    default:
      return grant satisfies never
  }
}
