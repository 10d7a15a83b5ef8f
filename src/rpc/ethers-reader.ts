/** Reads through ethers: its JSON-RPC client, its ABI coder, its hash. Only the bytes travel by our own HTTP, with its limits. */
import { setTimeout as delay } from 'node:timers/promises'
import { JsonRpcProvider, Network } from 'ethers/providers'
import { FetchRequest, toUtf8Bytes, toUtf8String } from 'ethers/utils'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { ReadMethod, RpcClient } from '../core/rpc.ts'
import type { SecondAnswer, SecondReader } from '../core/second-opinion.ts'
import { createLimit } from './concurrency.ts'
import { ConnectionError, HttpStatusError, InvalidReplyError, isLasting, RpcRefusedError } from './errors.ts'
import { answerReading } from './ethers-readings.ts'
import { clientOver } from './held-client.ts'
import { createPatience } from './patience.ts'
import { meaningOf } from './refusal.ts'
import type { Wire } from './second-wire.ts'

/** Few: the endpoint has just answered a whole check-up. */
const atOnce = 8
const mostAttempts = 3

export function createEthersReader(wire: Wire, backoffMs: number): SecondReader['read'] {
  const rpc = clientThrough(wire)
  const limit = createLimit(atOnce)
  const patience = createPatience()
  const ask = async (method: ReadMethod, params: readonly unknown[]) => {
    for (let attempt = 1; ; attempt++) {
      patience.check()
      try {
        const result = await rpc.request(method, params)
        patience.reset()
        return result
      } catch (error) {
        patience.spend(error)
        if (attempt === mostAttempts || !mayPass(error)) throw error
        await delay(backoffMs * 2 ** (attempt - 1))
      }
    }
  }
  return (readings) =>
    Promise.all(readings.map((reading) => limit(() => answered(() => answerReading(reading, ask), wire.host))))
}

/** The endpoint's URL never enters ethers, so that none of its errors can hold it. */
function clientThrough(wire: Wire): RpcClient {
  const request = new FetchRequest('http://endpoint')
  request.getUrlFunc = async ({ body }) => {
    const reply = await wire.post(toUtf8String(body ?? '0x'))
    return { statusCode: reply.status, statusMessage: '', headers: {}, body: toUtf8Bytes(reply.body) }
  }
  // A name only: nothing here is signed, and no name is resolved. Without one, ethers would ask for it on its own.
  const network = new Network('unnamed', 0n)
  const provider = new JsonRpcProvider(request, network, { staticNetwork: network, batchMaxCount: 1 })
  return clientOver({ ...wire, send: (method, params) => provider.send(method, [...params]) })
}

/** Rates and faults on their side pass; what a node has said of a request, it says again. */
function mayPass(error: unknown): boolean {
  if (error instanceof HttpStatusError) return error.status >= 500
  if (error instanceof ConnectionError) return !isLasting(error)
  if (error instanceof RpcRefusedError) return meaningOf(error).action === 'retry'
  return error instanceof CheckupError && error.code === 'rate-limited'
}

async function answered(work: () => Promise<SecondAnswer>, host: string): Promise<SecondAnswer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RpcRefusedError && meaningOf(error).action === 'reverted') return { kind: 'reverted' }
    if (error instanceof CheckupError) return { kind: 'failed', error: toFactError(error) }
    // ethers could not make sense of it. Its words hold what it was given, so they are not kept.
    const unusable = new InvalidReplyError({ host, method: 'ethers' }, 'undecodable')
    return { kind: 'failed', error: toFactError(unusable) }
  }
}
