/** Where the code of a plugin is: a path, or a package as code in that folder would import it. */
import { PluginFailedError, PluginNotFoundError } from './errors.ts'

/** An absolute path. @throws PluginNotFoundError, or PluginFailedError for what is there and cannot be read */
export async function findPlugin(specifier: string, baseDirectory: string): Promise<string> {
  const { isAbsolute, resolve } = await import('node:path')
  if (!isAbsolute(specifier) && !/^\.\.?(?:[\\/]|$)/.test(specifier)) return findPackage(specifier, baseDirectory)
  const { stat } = await import('node:fs/promises')
  const path = resolve(baseDirectory, specifier)
  const entry = await unlessAbsent(specifier, () => stat(path))
  if (entry?.isFile() !== true) throw new PluginNotFoundError(specifier)
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
    const entry = await unlessAbsent(specifier, async () => {
      const manifest = JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8')) as Manifest // looked at there
      return { path: entryOf(manifest, part) }
    })
    if (entry === null) continue
    if (entry.path === null) break
    return join(folder, name, entry.path)
  }
  throw new PluginNotFoundError(specifier)
}

const absent: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR'])

/** null where there is no such file: only that lets the search go on. @throws PluginFailedError */
async function unlessAbsent<T>(specifier: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.has(error.code)) return null
    throw new PluginFailedError(specifier, error)
  }
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
