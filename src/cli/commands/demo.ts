/** `demo`: this very command line on a sick and a well account, on a live demo chain where there is one, else on recorded facts. */
import { join } from 'node:path'
import type { CliContext } from '../context.ts'
import { type DemoChain, demoParts, startDemoChain } from '../demo-chain.ts'
import { runSelf } from '../run-self.ts'

export type DemoFlags = { readonly color?: boolean }

type Patient = { readonly name: 'sick' | 'well'; readonly args: readonly string[]; readonly expected: 0 | 1 }

/** @returns 0 when both accounts ended as they must, else 70: then the demo, or the program, is broken */
export default async function demo(flags: DemoFlags, context: CliContext): Promise<number> {
  const { root, isLive } = demoParts()
  const { words, say } = context
  if (!isLive) {
    say(words.demo.recorded)
    const facts = (name: string) => ['--facts', join(root, 'fixtures', 'facts', `demo-${name}.json`)]
    return checkBoth(facts, flags, context)
  }
  say(words.demo.live)
  const chain = await startDemoChain(root, context.signal)
  if (chain === null) {
    if (!context.signal.aborted) say(words.error(words.demo.notStarted))
    return 70
  }
  try {
    return await checkBoth((name) => liveArguments(chain, name), flags, context)
  } finally {
    await chain.stop()
  }
}

function liveArguments(chain: DemoChain, name: Patient['name']): readonly string[] {
  // A chain of its own each time: nothing of it is worth keeping.
  const node = ['--rpc-url', chain.url, '--chain', String(chain.chainId), '--no-cache']
  const lists = ['--threat-list', chain.threatList, '--token-list', chain.tokenList]
  return [chain[name], ...node, ...lists, '--shown-tokens', chain.shownTokens]
}

async function checkBoth(
  argumentsFor: (name: Patient['name']) => readonly string[],
  flags: DemoFlags,
  context: CliContext,
): Promise<number> {
  const patients: readonly Patient[] = [
    { name: 'sick', args: argumentsFor('sick'), expected: 1 },
    { name: 'well', args: argumentsFor('well'), expected: 0 },
  ]
  let isAsExpected = true
  for (const patient of patients) {
    if (context.signal.aborted) return 70
    // Where the output goes elsewhere, nothing else stands between the two tables.
    if (patient.name === 'well' && context.stdout.isTTY !== true) context.print('\n')
    if (!(await checkOne(patient, flags, context))) isAsExpected = false
  }
  return isAsExpected ? 0 : 70
}

async function checkOne({ name, args, expected }: Patient, flags: DemoFlags, context: CliContext): Promise<boolean> {
  const { words, say, locale, signal } = context
  say(`\n== ${words.demo[name]} ==\n`)
  const display = ['--locale', locale, ...(flags.color === false ? ['--no-color'] : [])]
  const actual = await runSelf(['check', ...args, ...display], signal)
  if (actual === expected) say(`\n${words.demo.ended(actual, words.demo.meanings[actual === 1 ? 'found' : 'clean'])}`)
  else if (!signal.aborted) say(`\n${words.error(words.demo.unexpected(expected, actual))}`)
  return actual === expected
}
