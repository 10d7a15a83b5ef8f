/** How much gas one transaction may have. */
import type { ChainFacts } from '../../src/rule.ts'

/** https://eips.ethereum.org/EIPS/eip-7825 */
const protocolCap = 2n ** 24n

/**
 * Where it holds, by the fork that brought it, as of November 2026. Osaka: Ethereum (December 2025), Hoodi, Sepolia and Gnosis;
 * Mendel: BNB Smart Chain; Azul: Base; Karst: OP Mainnet, Unichain and World Chain.
 */
const cappedChains: ReadonlySet<number> = new Set([1, 10, 56, 100, 130, 480, 8453, 560048, 11155111])

/** null where it is not known. @param taken what the chain gave a transaction before */
export function largestGasLimit({ chainId, blockGasLimit }: ChainFacts, taken: bigint): bigint | null {
  // Some chains make blocks of several sizes: the newest may be one of the small.
  const ofBlock = blockGasLimit !== undefined && blockGasLimit >= taken ? blockGasLimit : null
  if (!cappedChains.has(chainId)) return ofBlock
  return ofBlock !== null && ofBlock < protocolCap ? ofBlock : protocolCap
}
