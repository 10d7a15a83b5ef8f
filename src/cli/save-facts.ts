/** `--save-facts`: what was read, to be judged again. */
import { encodeGathered, type Gathered } from '../index.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { writeWhole } from './files.ts'

/** Writes nothing where nobody asked for it. @throws UsageError */
export async function saveFacts(
  gathered: readonly Gathered[],
  { saveFacts: file, quiet }: CheckFlags,
  { say, words }: CliContext,
): Promise<void> {
  if (file === undefined) return
  await writeWhole(file, encodeGathered(gathered))
  if (quiet !== true) say(words.savedFacts(file))
}
