/** Runs this command line again, as a process of its own, on the same terminal. */
import { spawn } from 'node:child_process'

/**
 * @param signal passes the interruption on
 * @returns the exit code
 */
export function runSelf(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [, main = ''] = process.argv
  return new Promise((resolve, reject) => {
    // A group of its own: a Ctrl-C reaches it once, from us, and not a second time from the terminal.
    const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    })
    const stop = () => child.kill('SIGINT')
    signal.addEventListener('abort', stop)
    child.once('error', reject)
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      // Ended by a signal: no code of its own.
      resolve(code ?? 70)
    })
  })
}
