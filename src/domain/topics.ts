/** Event topics that name an account, and the words of topics and data. */
import type { Address, Hex } from 'viem'

/** Keccak-256 of each event's signature. A test computes every one again. */
export const topics = {
  /** Approval(address,address,uint256): ERC-20 and ERC-721. */
  approval: '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925',
  /** ApprovalForAll(address,address,bool): ERC-721 and ERC-1155. */
  approvalForAll: '0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31',
  /** Permit2: Approval(address,address,address,uint160,uint48). */
  permit2Approval: '0xda9fa7c1b00402c17d0161b249b1ab8bbec047c5a52207b9c112deffd817036b',
  /** Permit2: Permit(address,address,address,uint160,uint48,uint48). */
  permit2Permit: '0xc6a377bfc4eb120024a8ac08eef205be16b817020812c73223e81d1bdb9708ec',
  /** Permit2: Lockdown(address,address,address). Only the owner is a topic. */
  permit2Lockdown: '0x89b1add15eff56b3dfe299ad94e01f2b52fbcb80ae1a3baea6ae8c04cb2b98a4',
  /** Transfer(address,address,uint256): ERC-20 and ERC-721. */
  transfer: '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  /** ERC-1155: TransferSingle(address,address,address,uint256,uint256). */
  transferSingle: '0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62',
  /** ERC-1155: TransferBatch(address,address,address,uint256[],uint256[]). */
  transferBatch: '0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb',
  /** ERC-6909: OperatorSet(address,address,bool). */
  operatorSet: '0xceb576d9f15e4e200fdb5096d64d5dfd667e16def20c1eefd14256d8e3faa267',
  /** ERC-6909: Approval(address,address,uint256,uint256). */
  itemApproval: '0xb3fd5071835887567a0671151121894ddccc2842f1d10bedad13e0d17cace9a7',
  /** ERC-777: AuthorizedOperator(address,address). The holder is the second argument. */
  authorizedOperator: '0xf4caeb2d6ca8932a215a353d0703c326ec2d81fc68170f320eb2ab49e9df61f9',
  /** ERC-777: RevokedOperator(address,address). The holder is the second argument. */
  revokedOperator: '0x50546e66e5f44d728365dc3908c63bc5cfeeab470722c1677e3073a6ac294aa1',
} as const satisfies Record<string, Hex>

/** An address as an indexed argument: left-padded to 32 bytes, lower case. */
export function addressTopic(address: Address): Hex {
  return `0x${address.slice(2).toLowerCase().padStart(64, '0')}`
}

/** The address in a 32-byte word, lower case; null when the 12 bytes before it are not zero. */
export function addressInWord(word: Hex): Address | null {
  const [, address] = /^0x0{24}([0-9a-f]{40})$/i.exec(word) ?? []
  return address === undefined ? null : `0x${address.toLowerCase()}`
}

/** The 32-byte word at an index of ABI-encoded data, lower case; null when the data ends before it does. */
export function wordAt(data: Hex, index: number): Hex | null {
  const digits = data.slice(2 + 64 * index, 2 + 64 * (index + 1))
  return digits.length === 64 ? `0x${digits.toLowerCase()}` : null
}
