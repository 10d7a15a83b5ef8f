/** Looks at everything that was given before anything else does: an error message of the parser would repeat it. */
import { variablePrefix } from '../config/environment.ts'
import { findSecret, findSecretInArguments, SecretInputError } from '../config/secrets.ts'
import type { CliWords } from './words/index.ts'

type Given = {
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly words: CliWords
}

/** @throws SecretInputError */
export function refuseSecrets({ args, variables, words }: Given): void {
  const found = findSecretInArguments(args)
  if (found !== null) throw new SecretInputError(found, words.sources.commandLine)
  for (const [name, setting] of Object.entries(variables)) {
    if (!name.startsWith(variablePrefix) || setting === undefined) continue
    const kind = findSecret(setting)
    if (kind !== null) throw new SecretInputError(kind, words.sources.variable(name))
  }
}
