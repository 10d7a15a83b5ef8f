/** Multicall3: many reads in one eth_call. https://github.com/mds1/multicall3 */
import type { Address, Hex } from 'viem'
import { decodeFunctionResult, encodeFunctionData } from 'viem/utils'

export type Call = { readonly to: Address; readonly data: Hex }
/** `success: false` may be a revert, or too little gas left by the calls before it. */
export type MulticallResult = { readonly success: boolean; readonly returnData: Hex }

/** The same address on every chain that has it. */
export const multicallAddress: Address = '0xcA11bde05977b3631167028862bE2a173976CA11'

const abi = [
  {
    type: 'function',
    name: 'aggregate3',
    stateMutability: 'payable',
    inputs: [
      {
        name: 'calls',
        type: 'tuple[]',
        components: [
          { name: 'target', type: 'address' },
          { name: 'allowFailure', type: 'bool' },
          { name: 'callData', type: 'bytes' },
        ],
      },
    ],
    outputs: [
      {
        name: 'returnData',
        type: 'tuple[]',
        components: [
          { name: 'success', type: 'bool' },
          { name: 'returnData', type: 'bytes' },
        ],
      },
    ],
  },
] as const

export function encodeMulticall(calls: readonly Call[]): Hex {
  // Lower case, because the encoder checks the spelling of mixed-case addresses, which is not its matter here.
  const args = calls.map(({ to, data }) => ({ target: to.toLowerCase() as Hex, allowFailure: true, callData: data }))
  return encodeFunctionData({ abi, functionName: 'aggregate3', args: [args] })
}

/** null when the bytes are not `expectedCount` results. */
export function decodeMulticall(data: Hex, expectedCount: number): readonly MulticallResult[] | null {
  try {
    const results = decodeFunctionResult({ abi, functionName: 'aggregate3', data })
    return results.length === expectedCount ? results : null
  } catch {
    return null // the decoder throws for anything that is not the declared shape
  }
}

/** Bytes one call takes in the calldata: its data, padded, and five words around it. */
export function encodedSize({ data }: Call): number {
  return Math.ceil((data.length - 2) / 64) * 32 + 160
}
