/** The process's own outputs. Node's streams load when they are first used, which takes longer than to print the help. */
import { writeSync } from 'node:fs'
import { harmlessText } from '../domain/visible-text.ts'

type Name = 'stdout' | 'stderr'

export type StandardStreams = {
  readonly stdout: () => NodeJS.WriteStream
  readonly stderr: () => NodeJS.WriteStream
  /** Writes to standard output. */
  readonly print: (text: string) => void
  /** Writes to standard error. Names of files and stacks may hold anything, so each line is made harmless. */
  readonly say: (text: string) => void
}

/** Its console takes other letters than ASCII only from Node's streams. */
const isWindows = process.platform === 'win32'

/** @param onLost takes the error's code when an output takes nothing more */
export function standardStreams(onLost: (name: Name, code: string) => void): StandardStreams {
  const opened = new Set<Name>()
  const open = (name: Name): NodeJS.WriteStream => {
    const stream = process[name]
    if (!opened.has(name)) stream.on('error', ({ code }: NodeJS.ErrnoException) => onLost(name, String(code)))
    opened.add(name)
    return stream
  }
  return {
    stdout: () => open('stdout'),
    stderr: () => open('stderr'),
    print: (text) => {
      const rest = opened.has('stdout') || isWindows ? Buffer.from(text) : writeStraight(1, text)
      if (rest.length > 0) open('stdout').write(rest)
    },
    say: (text) => open('stderr').write(`${text.split('\n').map(harmlessLine).join('\n')}\n`),
  }
}

/** @returns what could not be written: a stream may wait for its reader, or tell what is wrong */
function writeStraight(file: number, text: string): Buffer {
  let rest = Buffer.from(text)
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest))
  } catch {
    return rest
  }
  return rest
}

function harmlessLine(line: string): string {
  return harmlessText(line)
}
