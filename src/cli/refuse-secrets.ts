/** Looks at everything that was given before anything else does: an error message of the parser would repeat it. */
import { variablePrefix } from '../config/environment.ts'
import { findSecret, findSecretInArguments, type SecretKind } from '../config/secrets.ts'
import { isTransactionHash } from '../config/transaction-hash.ts'

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
  const found = findSecretInArguments(withoutTransactionHashes(args))
  if (found !== null) return { kind: found, place: { kind: 'command-line' } }
  for (const [name, setting] of Object.entries(variables)) {
    if (!name.startsWith(variablePrefix) || setting === undefined) continue
    const kind = findSecret(setting)
    if (kind !== null) return { kind, place: { kind: 'variable', name } }
  }
  return null
}

/** A hash has the shape of a key. Behind `--tx` alone it is looked up instead of refused; what it may be is never repeated. */
function withoutTransactionHashes(args: readonly string[]): readonly string[] {
  const given = new Set(transactionHashPlaces(args))
  // The name of the option in its place: it ends a run of words.
  return args.map((item, index) => (given.has(index) ? '--tx' : item))
}

/** What stands behind `--tx` in the shape of a hash: not to be repeated before a node knows it. */
export function transactionHashesIn(args: readonly string[]): readonly string[] {
  return transactionHashPlaces(args).map((index) => (args[index] ?? '').replace(/^--tx=/, ''))
}

function transactionHashPlaces(args: readonly string[]): readonly number[] {
  const end = args.indexOf('--')
  const options = end < 0 ? args : args.slice(0, end)
  return options.flatMap((item, index) => {
    const joined = item.startsWith('--tx=') && isTransactionHash(item.slice('--tx='.length))
    return joined || (options[index - 1] === '--tx' && isTransactionHash(item)) ? [index] : []
  })
}
