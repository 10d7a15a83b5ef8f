import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { Socket } from 'node:net'

/**
 * All that comes out of a named pipe. Opening one waits for its other end, and a thread that waits there can be stopped by
 * nothing, not even by the end of the process: so it is opened without waiting, and read as a socket.
 */
export async function readPipe(file: string, signal: AbortSignal): Promise<string> {
  const { fd } = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
  const pipe = new Socket({ fd, readable: true, writable: false, signal })
  const chunks: Buffer[] = []
  for await (const chunk of pipe) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
