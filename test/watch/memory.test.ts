import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { emptyFolder } from '../store/support/folder.ts'

const program = fileURLToPath(new URL('support/many-runs.ts', import.meta.url))
const run = promisify(execFile)

/** A node that keeps nothing of what it is asked, and answers as little as one rule needs. */
async function startNode() {
  const hash = `0x${'ab'.repeat(32)}`
  const answers: Readonly<Record<string, () => unknown>> = {
    eth_chainId: () => '0x7a69',
    eth_blockNumber: () => '0x3e8',
    eth_syncing: () => false,
    eth_getBlockByNumber: () => ({
      number: '0x3e8',
      hash,
      timestamp: `0x${Math.floor(Date.now() / 1000).toString(16)}`,
      baseFeePerGas: '0x1',
      transactions: [],
    }),
    web3_clientVersion: () => 'small-chain/1',
  }
  const server = createServer(async (incoming, outgoing) => {
    let text = ''
    for await (const chunk of incoming.setEncoding('utf8')) text += chunk
    const { id, method } = JSON.parse(text)
    // Idle connections end after seconds, and here a thousand runs pass in some.
    outgoing
      .writeHead(200, { connection: 'close' })
      .end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.() ?? null }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

const mebibyte = 2 ** 20

test('a thousand runs leave nothing behind', async () => {
  const node = await startNode()
  const flags = ['--expose-gc', '--import', 'tsx', program, node.url, await emptyFolder(), '400', '700', '1000']
  const { stdout } = await run(process.execPath, flags, { maxBuffer: mebibyte })
  node.stop()
  const { used, results } = JSON.parse(stdout) as {
    readonly used: readonly number[]
    readonly results: readonly string[]
  }
  expect(results).toEqual(['no findings'])
  expect(used).toHaveLength(3)
  const [first = 0, ...later] = used
  // By then everything is loaded and compiled. Two kilobytes that each run left would be more.
  for (const bytes of later) expect(bytes - first).toBeLessThan(mebibyte)
})
