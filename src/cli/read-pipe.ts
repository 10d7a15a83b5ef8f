import { constants, open } from 'node:fs'
import { Socket } from 'node:net'
import { promisify } from 'node:util'

/** A bare descriptor, which the socket owns from then on. A FileHandle would close it a second time when it is collected. */
const openDescriptor = promisify(open)

/**
 * All that comes out of a named pipe. Opening one waits for its other end, and a thread that waits there can be stopped by
 * nothing, not even by the end of the process: so it is opened without waiting, and read as a socket.
 */
export async function readPipe(file: string, signal: AbortSignal): Promise<string> {
  const fd = await openDescriptor(file, constants.O_RDONLY | constants.O_NONBLOCK)
  const pipe = new Socket({ fd, readable: true, writable: false, signal })
  const chunks: Buffer[] = []
  for await (const chunk of pipe) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
