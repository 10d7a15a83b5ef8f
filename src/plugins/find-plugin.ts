/** Where the code of a plugin is: a path, or a package as code in that folder would import it. */
import { PluginNotFoundError } from './errors.ts'

/** An absolute path. @throws PluginNotFoundError */
export async function findPlugin(specifier: string, baseDirectory: string): Promise<string> {
  const { isAbsolute, resolve } = await import('node:path')
  if (!isAbsolute(specifier) && !/^\.\.?(?:[\\/]|$)/.test(specifier)) return findPackage(specifier, baseDirectory)
  const { stat } = await import('node:fs/promises')
  const path = resolve(baseDirectory, specifier)
  const isFile = await stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
  if (!isFile) throw new PluginNotFoundError(specifier)
  return path
}

/** `name`, `name/part`, `@scope/name` or `@scope/name/part`. */
const packageName = /^((?:@[\w.-]+\/)?[\w-][\w.-]*)(\/.+)?$/

async function findPackage(specifier: string, baseDirectory: string): Promise<string> {
  const [{ createRequire }, { join, resolve }, { readFile }] = await Promise.all([
    import('node:module'),
    import('node:path'),
    import('node:fs/promises'),
  ])
  const [, name, part = ''] = packageName.exec(specifier) ?? []
  if (name === undefined) throw new PluginNotFoundError(specifier)
  // Node has no way to ask, from code that is not a module there, what an import of it would find.
  const folders = createRequire(resolve(baseDirectory, 'config.js')).resolve.paths(name) ?? []
  for (const folder of folders) {
    const manifest = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => null)
    if (manifest === null) continue
    const entry = entryOf(JSON.parse(manifest) as Manifest, part) // looked at there
    if (entry === null) break
    return join(folder, name, entry)
  }
  throw new PluginNotFoundError(specifier)
}

type Manifest = { readonly exports?: unknown; readonly main?: unknown }

/** null: the package does not let anybody import that. */
function entryOf({ exports, main }: Manifest, part: string): string | null {
  if (exports === undefined) return part !== '' ? part : typeof main === 'string' ? main : 'index.js'
  if (part === '') return chosen(hasPaths(exports) ? exports['.'] : exports)
  return hasPaths(exports) ? chosen(exports[`.${part}`]) : null
}

function hasPaths(exports: unknown): exports is Readonly<Record<string, unknown>> {
  return typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'))
}

/** The first that holds for an import in Node, as Node does it. */
function chosen(target: unknown): string | null {
  if (typeof target === 'string') return target
  if (Array.isArray(target)) return target.map(chosen).find((entry) => entry !== null) ?? null
  if (typeof target !== 'object' || target === null) return null
  const holding = Object.entries(target).filter(([condition]) => conditions.has(condition))
  return holding.map(([, inner]) => chosen(inner)).find((entry) => entry !== null) ?? null
}

const conditions: ReadonlySet<string> = new Set(['import', 'node', 'module-sync', 'default'])
