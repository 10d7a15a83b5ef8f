/**
 * A process that writes chunks into the cache of a folder: of blocks 0 to 1999, `size` at a time, newest first. Every
 * fifth block has a log. Says "written" after each chunk. Arguments: folder, size, and after how many chunks it
 * is killed while it writes the next one (never, when absent).
 */
import { openStore } from '../../../src/store/open-store.ts'
import { alice, blocks, chunk } from './chunks.ts'

const [directory = '', size = '', killedAfter] = process.argv.slice(2)
let written = 0
const store = await openStore({ directory })
for (let last = 1999; last >= 0; last -= Number(size)) {
  const first = Math.max(0, last - Number(size) + 1)
  const logs = []
  for (let block = first; block <= last; block++) if (block % 5 === 0) logs.push({ account: alice, block, size: 100 })
  const writing = store.logs.write(chunk({ range: blocks(first, last), logs }))
  if (written === Number(killedAfter)) process.kill(process.pid, 'SIGKILL')
  await writing
  written++
  process.stdout.write('written\n')
}
await store.close()
