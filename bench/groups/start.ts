/** How long the built command takes until it says something, or asks the node something, beside Node's own start. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { atMost, isQuick, type Row } from '../row.ts'
import { addressOf } from '../synthetic-log.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rounds = isQuick ? 7 : 31

export default async function start(): Promise<readonly Row[]> {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The build failed: ${built.stderr}${built.stdout}`)
  const times: Record<'node' | 'version' | 'help' | 'request', number[]> = {
    node: [],
    version: [],
    help: [],
    request: [],
  }
  // In turns, so that a busy moment of the machine meets all of them.
  for (let round = 0; round < rounds; round++) {
    times.node.push(await timeToExit(['-e', '']))
    times.version.push(await timeToExit([command(), '--version']))
    times.help.push(await timeToExit([command(), '--help']))
    times.request.push(await timeToRequest())
  }
  // The least of each: what else the machine does only adds to it.
  const node = Math.min(...times.node)
  return [
    atMost(`--version ÷ node -e "" (${Math.round(node)} ms)`, Math.min(...times.version) / node, 1.4),
    atMost('--help ÷ node -e ""', Math.min(...times.help) / node, 1.4),
    atMost('up to the first request ÷ node -e ""', Math.min(...times.request) / node, 2),
  ]
}

function command(): string {
  return fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))
}

/** No setting of this machine changes what is measured. */
const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' }

function timeToExit(args: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve(performance.now() - startedAt)
      else reject(new Error(`node ${args.join(' ')} ended with ${code}.`))
    })
  })
}

async function timeToRequest(): Promise<number> {
  let hear = (): void => undefined
  const server = createServer(() => hear())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  const args = [command(), 'check', addressOf(1), '--rpc-url', `http://127.0.0.1:${port}`, '--no-cache']
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  try {
    return await new Promise((resolve, reject) => {
      hear = () => resolve(performance.now() - startedAt)
      child.on('error', reject)
      child.on('exit', (code) => reject(new Error(`The command ended with ${code} and asked nothing.`)))
    })
  } finally {
    child.kill()
    await gone
    server.closeAllConnections()
    server.close()
  }
}
