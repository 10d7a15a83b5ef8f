/** The first question of a run, sent while the rest of the program still loads. */
import type { ReadMethod, RpcClient } from '../core/rpc.ts'

/**
 * Sends a question without parameters now. The client that is returned gives the answer, or the failure, to the first who asks
 * the same; everything else it passes on. The question counts when somebody asks it.
 */
export function askAhead<Client extends RpcClient>(rpc: Client, method: ReadMethod): Client {
  const answer = rpc.request(method, [])
  // Who asks hears of it; when nobody does, it concerns nobody.
  answer.catch(() => {})
  let isAsked = false
  return {
    ...rpc,
    requestCount: () => (isAsked ? rpc.requestCount() : 0),
    request: (asked, params) => {
      if (isAsked || asked !== method || params.length > 0) return rpc.request(asked, params)
      isAsked = true
      return answer
    },
  }
}
