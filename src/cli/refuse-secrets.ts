/** Looks at everything that was given before anything else does: an error message of the parser would repeat it. */
import { variablePrefix } from '../config/environment.ts'
import { findSecret, findSecretInArguments, type SecretKind } from '../config/secrets.ts'

type Given = {
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** What was given that must not be, and where; never its text. */
export type GivenSecret = { readonly kind: SecretKind; readonly place: SecretPlace }

export type SecretPlace =
  | { readonly kind: 'command-line' }
  | { readonly kind: 'variable'; readonly name: string }
  /** `name` as it was given. */
  | { readonly kind: 'file'; readonly name: string }

/** The first secret among the arguments and this program's own variables, or null. */
export function findGivenSecret({ args, variables }: Given): GivenSecret | null {
  const found = findSecretInArguments(args)
  if (found !== null) return { kind: found, place: { kind: 'command-line' } }
  for (const [name, setting] of Object.entries(variables)) {
    if (!name.startsWith(variablePrefix) || setting === undefined) continue
    const kind = findSecret(setting)
    if (kind !== null) return { kind, place: { kind: 'variable', name } }
  }
  return null
}
