/** Looks at everything that was given before anything else does: an error message of the parser would repeat it. */
import { variablePrefix } from '../config/environment.ts'
import { findSecret, findSecretInArguments, type SecretKind } from '../config/secrets.ts'
import type { CliWords } from './words/index.ts'

type Given = {
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly words: CliWords
}

/** What was given that must not be, and where; never its text. */
export type GivenSecret = { readonly kind: SecretKind; readonly source: string }

/** The first secret among the arguments and this program's own variables, or null. */
export function findGivenSecret({ args, variables, words }: Given): GivenSecret | null {
  const found = findSecretInArguments(args)
  if (found !== null) return { kind: found, source: words.sources.commandLine }
  for (const [name, setting] of Object.entries(variables)) {
    if (!name.startsWith(variablePrefix) || setting === undefined) continue
    const kind = findSecret(setting)
    if (kind !== null) return { kind, source: words.sources.variable(name) }
  }
  return null
}
