/** `${NAME}`: values from the environment, where the file must not hold them. They are never part of an error. */
import { ConfigFileError, type Path, type Position } from './problem.ts'

export type Variables = Readonly<Record<string, string | undefined>>

type Where = { readonly at: Position; readonly path: Path }

/** A variable's value, looked at before it is used. @throws when it must not be used */
export type CheckVariable = (name: string, given: string) => void

/**
 * A text with its variables filled in. One that is not set, or is empty, ends the run: half a URL is another URL.
 * @throws ConfigFileError naming the variable; what `check` throws
 */
export function expand(
  text: string,
  where: Where,
  { variables, check }: { variables: Variables; check: CheckVariable },
): string {
  return text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (!isName(name)) throw new ConfigFileError('variable-name', where)
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined
    if (given === undefined || given.trim() === '') throw new ConfigFileError('variable-missing', { ...where, name })
    check(name, given)
    return given.trim()
  })
}

export function hasVariable(text: string): boolean {
  return text.includes('${')
}

/** As shells have them. */
function isName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)
}
