/** How the second reading's JSON-RPC leaves the process: as bytes through our own client, or through one that the caller holds. */
import type { ReadMethod, RpcClient } from '../core/rpc.ts'
import type { OwnRpcClient } from './client.ts'
import { RequestStoppedError } from './errors.ts'
import { type ClientIdentity, identityOf } from './held-client.ts'

export type Wire = ClientIdentity & {
  /** Sends one JSON-RPC request as it is written and returns the answer as it came. Throws an `RpcError`. */
  readonly post: (body: string) => Promise<{ readonly status: number; readonly body: string }>
}

/** Of our own client only what carries bytes is used: request and answer are written and read by the other library. */
export function wireOver(rpc: RpcClient, signal: AbortSignal): Wire {
  return isOwn(rpc) ? rpc : { ...identityOf(rpc.host, null), post: (body) => postThrough(rpc, { body, signal }) }
}

function isOwn(rpc: RpcClient): rpc is OwnRpcClient {
  return 'post' in rpc && 'redact' in rpc
}

type Posting = { readonly body: string; readonly signal: AbortSignal }

/** A held client has its own JSON-RPC, and may know ways to a node that are not HTTP. It refuses what is no read. */
async function postThrough(rpc: RpcClient, { body, signal }: Posting) {
  const { id, method, params } = JSON.parse(body) as Request // written by a JSON-RPC client in this process
  const result = await new Promise((resolve, reject) => {
    const stop = () => reject(new RequestStoppedError({ host: rpc.host, method }))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    rpc
      .request(method as ReadMethod, params)
      .finally(() => signal.removeEventListener('abort', stop))
      .then(resolve, reject)
  })
  return { status: 200, body: JSON.stringify({ jsonrpc: '2.0', id, result }) }
}

type Request = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] }
