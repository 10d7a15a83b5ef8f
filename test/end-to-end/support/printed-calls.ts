/** Unsigned calls of a report, sent as they are from the account that they are for: the node impersonates it. */
import type { Address } from 'viem'
import { numberToHex } from 'viem/utils'
import type { DevelopmentNode } from '../../../fixtures/chains/anvil.ts'
import type { UnsignedCall } from '../../../src/core/finding.ts'

const amountNames = ['value', 'maxFeePerGas', 'maxPriorityFeePerGas', 'gasPrice', 'maxFeePerBlobGas'] as const

/** `sidecar`: the blobs, which a call only names, with what proves them. */
type Printed = UnsignedCall & { readonly sidecar?: object }

/** @returns its hash. Throws the node's refusal. */
export async function sendPrinted(node: DevelopmentNode, from: Address, call: Printed | undefined): Promise<string> {
  if (call === undefined) throw new Error('no call was printed')
  const amounts = amountNames.flatMap((name) => {
    const digits = call[name]
    return digits === undefined ? [] : [[name, numberToHex(BigInt(digits))] as const]
  })
  const { to, data, nonce = 0, gasLimit = '21000', accessList, blobVersionedHashes, sidecar } = call
  const fields = { from, to, data, nonce: numberToHex(nonce), gas: numberToHex(BigInt(gasLimit)) }
  const lists = { ...(accessList && { accessList }), ...(blobVersionedHashes && { blobVersionedHashes }) }
  const transaction = { ...fields, ...Object.fromEntries(amounts), ...lists, ...sidecar }
  return String(await node.send('eth_sendTransaction', [transaction]))
}

/** The receipt's status, `0x1` for success; null while the node knows no receipt. */
export async function statusOf(node: DevelopmentNode, hash: string): Promise<string | null> {
  const receipt = (await node.send('eth_getTransactionReceipt', [hash])) as { readonly status: string } | null
  return receipt?.status ?? null
}
