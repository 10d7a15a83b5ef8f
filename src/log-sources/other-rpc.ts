/** Another RPC endpoint as a source of logs: the same scan as on the endpoint under check. */
import { numberToHex } from 'viem/utils'
import type { LogListener, LogQuestion, LogSource } from '../core/log-source.ts'
import type { RpcClient } from '../core/rpc.ts'
import { fields, hash32 } from '../domain/rpc-reply.ts'
import { createRpcClient } from '../rpc/client.ts'
import { parseEndpoint } from '../rpc/endpoint.ts'
import { RpcRefusedError } from '../rpc/errors.ts'
import { scanLogs } from '../rpc/log-scan/scan.ts'
import { discoverWhere } from './agreement.ts'
import type { Limits } from './requests.ts'
import type { Source } from './source-failure.ts'

export type OtherRpcSetting = Limits & {
  /** May hold a key, as any RPC URL may. */
  readonly url: string
  readonly keyAdvice: Required<Source>['keyAdvice']
}

export function createOtherRpc({ url, keyAdvice, perSecond: _pace, ...limits }: OtherRpcSetting): LogSource {
  const { host } = parseEndpoint(url)
  const counts = { sent: 0, calls: 0 }
  return {
    host,
    requestCount: () => counts.sent,
    // How many at once a node takes, the scan learns.
    mostAccounts: Number.POSITIVE_INFINITY,
    discover: (question, listener) => {
      const { signal } = listener
      // One for each question, which ends with it; what may be sent is for all of them together.
      const rpc = createRpcClient({ url, ...limits, counts, ...(signal !== undefined && { signal }) })
      return discoverThrough({ rpc, keyAdvice }, question, listener)
    },
  }
}

type Through = Pick<OtherRpcSetting, 'keyAdvice'> & { readonly rpc: RpcClient }

function discoverThrough({ rpc, keyAdvice }: Through, question: LogQuestion, listener: LogListener) {
  const { filters, accounts, pinned } = question
  return discoverWhere(question, {
    host: rpc.host,
    keyAdvice,
    firstBlock: async () => 0n,
    blockHash: (block) => blockHash(rpc, block),
    read: async (ranges, newest) => {
      const { timestamp } = pinned
      const last = { number: newest.number, hash: hash32(newest.hash, 'the hash of a block'), timestamp }
      const { gaps } = await scanLogs(rpc, { filters, accounts, ranges, pinned: last }, listener)
      return gaps
    },
  })
}

/** Some nodes refuse a block that they do not have, others answer null. */
async function blockHash(rpc: RpcClient, block: bigint): Promise<string | null> {
  try {
    const reply = await rpc.request('eth_getBlockByNumber', [numberToHex(block), false])
    return reply === null ? null : hash32(fields(reply, 'eth_getBlockByNumber').hash, 'eth_getBlockByNumber')
  } catch (error) {
    if (error instanceof RpcRefusedError && /not found|unknown block/i.test(error.nodeMessage)) return null
    throw error
  }
}
