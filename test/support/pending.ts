/**
 * Transactions that stay in anvil's pool. What anvil 1.7 does, learned by trying it:
 *
 * - It takes a transaction only when its max fee reaches the base fee of the next block, so a stuck one is sent first and the
 *   base fee raised after it. `anvil_setNextBlockBaseFeePerGas` alone is enough: eth_feeHistory shows it as the next base fee.
 * - A block that is mined at the higher fee would throw the underpriced transaction out of the pool. One that is mined with a
 *   block gas limit of 1 leaves the whole pool as it is, and its own base fee does not fall: that is how the head stays fresh.
 * - `evm_setAutomine false` (or the flag --no-mining) keeps the payable ones unmined. A nonce above the next one stays queued
 *   whatever is mined; it is sent like any other.
 * - txpool_content and eth_getTransactionBySenderAndNonce show all of them; txpool_contentFrom does not exist; the pending
 *   block has only what could be mined at the next base fee.
 */
import { numberToHex } from 'viem/utils'
import type { DevelopmentNode } from '../../fixtures/chains/anvil.ts'

type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
type Sent = Fees & { readonly from: string; readonly to: string; readonly nonce: number; readonly value?: bigint }

/** Sends transfers that nothing mines, in the given order. Fees in wei per gas. Returns their hashes. */
export async function sendUnmined(node: DevelopmentNode, transactions: readonly Sent[]): Promise<readonly string[]> {
  await node.send('evm_setAutomine', [false])
  const hashes: string[] = []
  for (const { from, to, nonce, value = 1n, maxFeePerGas, maxPriorityFeePerGas } of transactions) {
    const fields = { nonce: numberToHex(nonce), value: numberToHex(value), gas: numberToHex(21_000n) }
    const fees = {
      maxFeePerGas: numberToHex(maxFeePerGas),
      maxPriorityFeePerGas: numberToHex(maxPriorityFeePerGas),
    }
    hashes.push(String(await node.send('eth_sendTransaction', [{ from, to, ...fields, ...fees }])))
  }
  return hashes
}

/** Mines an empty block at this base fee (wei per gas) and keeps the pool, whatever it holds. The next block has the same fee. */
export async function mineAroundPool(node: DevelopmentNode, baseFee: bigint): Promise<void> {
  const latest = (await node.send('eth_getBlockByNumber', ['latest', false])) as { readonly gasLimit: string }
  await node.send('evm_setBlockGasLimit', ['0x1'])
  await node.send('anvil_setNextBlockBaseFeePerGas', [numberToHex(baseFee)])
  await node.send('evm_mine')
  await node.send('evm_setBlockGasLimit', [latest.gasLimit])
  await node.send('anvil_setNextBlockBaseFeePerGas', [numberToHex(baseFee)])
}
