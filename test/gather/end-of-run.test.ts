/** What a run has begun to ask and needs no more, because something else failed. */
import { afterEach, expect, test } from 'vitest'
import { gather, gatherMany } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { type JsonRpcServer, startJsonRpcServer } from '../support/json-rpc-server.ts'

let server: JsonRpcServer | undefined
afterEach(() => server?.close())

/** Refuses to say which chain it serves, and is slow with everything else. */
async function startRefusing(): Promise<JsonRpcServer> {
  server = await startJsonRpcServer({
    eth_chainId: { status: 429, headers: { 'retry-after': '3600' } },
    '*': { result: '0x1', delayMs: 400 },
  })
  return server
}

const pass = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test.each<[string, (rpcUrl: string) => Promise<unknown>]>([
  ['one account', (rpcUrl) => gather({ address: at(1), rpcUrl })],
  ['several accounts', (rpcUrl) => gatherMany([at(1), at(2)].map((address) => ({ address, rpcUrl })))],
])('nothing leaves after the end: %s', async (_, run) => {
  const { url, requests } = await startRefusing()
  await run(url)
  // What was on its way arrives.
  await pass(100)
  const asked = requests.map(({ method }) => method)
  await pass(1_000)
  expect(requests.map(({ method }) => method)).toEqual(asked)
  expect(asked).toContain('eth_chainId')
})
