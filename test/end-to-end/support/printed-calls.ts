/** Unsigned calls of a report, sent as they are from the account that they are for: the node impersonates it. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import type { DevelopmentNode } from '../../../fixtures/chains/anvil.ts'
import type { UnsignedCall } from '../../../src/core/finding.ts'

/** @returns its hash. Throws the node's refusal. */
export async function sendPrinted(
  node: DevelopmentNode,
  from: Address,
  call: UnsignedCall | undefined,
): Promise<string> {
  if (call === undefined) throw new Error('no call was printed')
  const amounts = (['value', 'maxFeePerGas', 'maxPriorityFeePerGas', 'gasPrice'] as const).flatMap((name) => {
    const digits = call[name]
    return digits === undefined ? [] : [[name, numberToHex(BigInt(digits))] as const]
  })
  const { to, data, nonce = 0, gasLimit = '21000' } = call
  const fields = { from, to, data, nonce: numberToHex(nonce), gas: numberToHex(BigInt(gasLimit)) }
  return String(await node.send('eth_sendTransaction', [{ ...fields, ...Object.fromEntries(amounts) }]))
}

/** The receipt's status, `0x1` for success; null while the node knows no receipt. */
export async function statusOf(node: DevelopmentNode, hash: string): Promise<string | null> {
  const receipt = (await node.send('eth_getTransactionReceipt', [hash])) as { readonly status: string } | null
  return receipt?.status ?? null
}
