/** What the header of a block tells of its logs. */
import { CheckupError } from '../../core/errors.ts'
import { RpcRefusedError } from '../errors.ts'

/** `perhaps`: no logs by its bloom, and more gas than its transfers need. `gone`: the node does not have the block. */
export type Announced = 'logs' | 'perhaps' | 'none' | 'gone'

const transferGas = 21_000n

/** @param header a reply of eth_getBlockByNumber with hashes for transactions */
export function announcedBy(header: unknown): Announced {
  if (typeof header !== 'object' || header === null) return 'gone'
  const bloom = 'logsBloom' in header && typeof header.logsBloom === 'string' ? header.logsBloom : ''
  if (/[1-9a-f]/i.test(bloom.slice(2))) return 'logs'
  const gas = 'gasUsed' in header && typeof header.gasUsed === 'string' ? header.gasUsed : ''
  const transfers = 'transactions' in header && Array.isArray(header.transactions) ? header.transactions.length : 0
  return /^0x[0-9a-f]{1,16}$/i.test(gas) && BigInt(gas) > transferGas * BigInt(transfers) ? 'perhaps' : 'none'
}

/** True when the node says that it does not have the block, in whatever words. */
export function isBlockGone(error: unknown): boolean {
  if (error instanceof RpcRefusedError) return saysUnknownBlock(error)
  return error instanceof CheckupError && error.code === 'state-unavailable'
}

export function saysUnknownBlock({ nodeMessage }: RpcRefusedError): boolean {
  return /unknown block|(block|header)\b.*not found/i.test(nodeMessage)
}
