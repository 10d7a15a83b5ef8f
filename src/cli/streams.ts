/** The process's own outputs. Node's streams load when they are first used, which takes longer than to print the help. */
import { writeSync } from 'node:fs'
import { harmlessText } from '../domain/visible-text.ts'

type Name = 'stdout' | 'stderr'

export type StandardStreams = {
  readonly stdout: () => NodeJS.WriteStream
  readonly stderr: () => NodeJS.WriteStream
  /** Writes to standard output as it is. */
  readonly print: (text: string) => void
  /** Writes lines to standard output, each made harmless. */
  readonly answer: (text: string) => void
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
  const print = (text: string): void => {
    const rest = opened.has('stdout') || isWindows ? Buffer.from(text) : writeStraight(1, text)
    if (rest.length > 0) open('stdout').write(rest)
  }
  return {
    stdout: () => open('stdout'),
    stderr: () => open('stderr'),
    print,
    answer: (text) => print(harmlessLines(text)),
    say: (text) => open('stderr').write(harmlessLines(text)),
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

/** With a newline at the end. */
function harmlessLines(text: string): string {
  return `${text
    .split('\n')
    .map((line) => harmlessText(line))
    .join('\n')}\n`
}
