/** Rules of third parties. Their code runs with all that this process may do: only what the user named is loaded. */
import { type Rule, ruleApiVersion } from '../core/rule.ts'
import { contentFlaws, shapeFlaws } from '../engine/rule-flaws.ts'
import {
  PluginDuplicateError,
  PluginFailedError,
  PluginInvalidError,
  PluginNotFoundError,
  PluginVersionError,
} from './errors.ts'
import { findPlugin } from './find-plugin.ts'
import { nativeImport } from './native-import.ts'

export type PluginOptions = {
  /** Where relative paths count from, and packages are looked for: the folder of the config file. */
  readonly baseDirectory: string
  /** Rules that are there already: no other may have the id of one. */
  readonly rules?: readonly Rule[]
}

/**
 * Loads rules by the paths and names of packages that somebody chose, in that order. Each must be made for this version, have an
 * id such as `acme/idle-balance`, and be the only one of that id. What a rule does when it judges is its own: one that throws
 * is inconclusive. One that never ends is not guarded against.
 * @throws CheckupError that names the plugin: PluginNotFoundError, PluginFailedError, PluginInvalidError, PluginVersionError,
 *   PluginDuplicateError
 */
export async function loadPlugins(
  specifiers: readonly string[],
  { baseDirectory, rules: known = [] }: PluginOptions,
): Promise<readonly Rule[]> {
  const rules: Rule[] = []
  const taken = new Set(known.map(({ id }) => id))
  for (const specifier of specifiers) {
    for (const rule of await loadPlugin(specifier, baseDirectory)) {
      if (taken.has(rule.id)) throw new PluginDuplicateError(specifier, rule.id)
      taken.add(rule.id)
      rules.push(rule)
    }
  }
  return rules
}

async function loadPlugin(specifier: string, baseDirectory: string): Promise<readonly Rule[]> {
  const exported = await importDefault(specifier, await findPlugin(specifier, baseDirectory))
  const all: readonly unknown[] = Array.isArray(exported) ? exported : [exported]
  if (all.length === 0) throw new PluginInvalidError(specifier, 'it has no rules')
  return all.map((candidate) => checkRule(specifier, candidate))
}

async function importDefault(specifier: string, path: string): Promise<unknown> {
  const { pathToFileURL } = await import('node:url')
  try {
    const imported = await nativeImport(pathToFileURL(path).href)
    if ('default' in imported) return imported.default
  } catch (error) {
    // A dependency that it lacks is its own failure; a file that is not there was the user's.
    throw isMissing(error, path) ? new PluginNotFoundError(specifier) : new PluginFailedError(specifier, error)
  }
  throw new PluginInvalidError(specifier, 'it has no default export')
}

function isMissing(error: unknown, path: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes(`'${path}'`)
  )
}

/** A maker's name, a slash, and a name as the built-in rules have them. */
const thirdPartyId = /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/

/** With English in place of words that it does not have. */
function checkRule(specifier: string, candidate: unknown): Rule {
  if (typeof candidate !== 'object' || candidate === null) throw new PluginInvalidError(specifier, 'it exports no rule')
  const { id, apiVersion, text } = candidate as Partial<Rule> // looked at below
  if (typeof id !== 'string' || !thirdPartyId.test(id))
    throw new PluginInvalidError(specifier, 'id: it is not like acme/idle-balance')
  if (typeof apiVersion !== 'number') throw new PluginInvalidError(specifier, `${id}: defineRule did not make it`)
  if (apiVersion !== ruleApiVersion)
    throw new PluginVersionError(specifier, { found: apiVersion, known: ruleApiVersion })
  const rule = { ...candidate, text: { ...text, ja: text?.ja ?? text?.en } }
  const [shape] = shapeFlaws(rule)
  if (shape !== undefined) throw new PluginInvalidError(specifier, `${id}: ${shape}`)
  const [content] = contentFlaws(rule as unknown as Rule) // its shape was checked
  if (content !== undefined) throw new PluginInvalidError(specifier, `${id}: ${content}`)
  return rule as unknown as Rule // the same
}
