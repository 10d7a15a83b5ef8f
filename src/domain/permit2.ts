/**
 * Where Permit2 is deployed. Anybody can send an event shaped like Permit2's that names a real token, so only events of
 * these contracts are believed. From RevokeCash/whois manual labels and PancakeSwap's permit2-sdk.
 */
import type { Address, Hex } from 'viem'
import { getAddress, keccak256, numberToHex, stringToHex } from 'viem/utils'

/** The CREATE2 deployment: the same address on every chain that has it. */
const canonical = '0x000000000022d473030f116ddee9f6b43ac78ba3'
const pancakeSwap = '0x31c2f6fcff4f8759b3bd5bf0e1084a055615c768'

/** Further deployments per chain id, lower case. */
const deployments: Readonly<Record<number, readonly string[]>> = {
  30: ['0xfcf5986450e4a014ffe7ad4ae24921b589d039b5'],
  56: [pancakeSwap],
  169: ['0x83986ff655a54ee061f6b7f476b92f4fed111b93'],
  204: [pancakeSwap],
  324: ['0x0000000000225e31d15943971f47ad3022f714fa', '0x686fd50007eaa636f01154d660b96110b6bfe351'],
  1101: [pancakeSwap],
  1135: ['0xb952578f3520ee8ea45b7914994dcf4702cee578'],
  1329: ['0xb952578f3520ee8ea45b7914994dcf4702cee578'],
  2020: ['0x771ca29e483df5447e20a89e0f00e1daf09ef534'],
  5000: ['0x5d6b0f5335ec95cd2ab7e52f2a0750dd86502435'],
  8453: [pancakeSwap],
  42161: [pancakeSwap],
  59144: [pancakeSwap],
  81457: ['0x4966deec054245866f2cf452ec20f72da9afc7b5'],
  167000: ['0x1b35fba9357fd9bda7ed0429c8bbabe1e8cc88fc'],
  534352: [pancakeSwap, '0xfcf5986450e4a014ffe7ad4ae24921b589d039b5'],
}

/** In EIP-55 spelling. */
export function permit2Deployments(chainId: number): readonly Address[] {
  return [canonical, ...(deployments[chainId] ?? [])].map((address) => getAddress(address))
}

export function isPermit2(chainId: number, address: Address): boolean {
  const key = address.toLowerCase()
  return key === canonical || (deployments[chainId]?.includes(key) ?? false)
}

/** What only Permit2 itself, at this address of this chain, has signed messages made for (EIP-712): proof that the code there is its own. */
export function permit2Separator(chainId: number, address: Address): Hex {
  const type = keccak256(stringToHex('EIP712Domain(string name,uint256 chainId,address verifyingContract)'))
  const name = keccak256(stringToHex('Permit2'))
  const words = [type, name, numberToHex(chainId), address].map((word) => word.slice(2).toLowerCase().padStart(64, '0'))
  return keccak256(`0x${words.join('')}`)
}
