/** What a watch over the demo chain holds after many runs: every rule, both readings of what is serious, and a new block for each run. */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDemo } from '../fixtures/chains/demo.ts'
import { writeDemoLists } from '../fixtures/chains/demo-lists.ts'
import type { WatchMemory, WatchTask } from './watch-child.ts'

/** Blocks are slower to make than runs. */
const runsPerBlock = 10
const program = fileURLToPath(new URL('watch-child.ts', import.meta.url))

/** `measured`: after which runs the bytes in use are told; the last of them ends the watch. */
export async function watchMemory(measured: readonly number[]): Promise<WatchMemory> {
  const demo = await startDemo()
  const lists = await writeDemoLists(demo)
  const folder = await mkdtemp(join(tmpdir(), 'wallet-checkup-watch-'))
  try {
    const flags = {
      rpcUrl: [demo.node.url],
      chain: String(demo.chainId),
      tokenList: [lists.tokenList],
      threatList: [lists.threatList],
      shownTokens: lists.shownTokens,
      cacheDir: folder,
    }
    await demo.refresh()
    return await started({ measured, account: demo.sick, flags }, demo.refresh)
  } finally {
    await rm(folder, { recursive: true })
    await lists.remove()
    await demo.node.stop()
  }
}

function started(task: WatchTask, onRun: () => Promise<void>): Promise<WatchMemory> {
  const child = fork(program, [JSON.stringify(task)], { execArgv: ['--expose-gc', '--import', 'tsx'] })
  return new Promise((resolve, reject) => {
    child.on('message', (message: number | WatchMemory) => {
      if (typeof message !== 'number') resolve(message)
      else if (message % runsPerBlock === 0) onRun().then(() => child.send('go on'), reject)
      else child.send('go on')
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The watch ended with ${code} and no figures.`)))
  })
}
