/** Where the code of a plugin is: a path, or a package as code in that folder would import it. */
import { PluginFailedError, PluginNotFoundError } from './errors.ts'

/** An absolute path. @throws PluginNotFoundError, or PluginFailedError for what is there and cannot be read */
export async function findPlugin(specifier: string, baseDirectory: string): Promise<string> {
  const { isAbsolute, resolve } = await import('node:path')
  if (!isAbsolute(specifier) && !/^\.\.?(?:[\\/]|$)/.test(specifier)) return findPackage(specifier, baseDirectory)
  const { stat } = await import('node:fs/promises')
  const path = resolve(baseDirectory, specifier)
  const isFile = await stat(path).then(
    (entry) => entry.isFile(),
    (error: unknown) => {
      if (isAbsent(error)) return false
      throw new PluginFailedError(specifier, error)
    },
  )
  if (!isFile) throw new PluginNotFoundError(specifier)
  return path
}

/** `name`, `name/part`, `@scope/name` or `@scope/name/part`. */
const packageName = /^(?:@[\w.-]+\/)?[\w-][\w.-]*(?:\/.+)?$/

/** What an import in Node takes by itself. */
const conditions = new Set(['node', 'import', 'module-sync', 'node-addons'])

async function findPackage(specifier: string, baseDirectory: string): Promise<string> {
  const [{ moduleResolve }, { fileURLToPath, pathToFileURL }] = await Promise.all([
    // Node has no way to ask, from code that is not a module there, what an import of it would find.
    import('import-meta-resolve'),
    import('node:url'),
  ])
  if (!packageName.test(specifier)) throw new PluginNotFoundError(specifier)
  try {
    const url = withoutDeprecations(() => moduleResolve(specifier, pathToFileURL(`${baseDirectory}/`), conditions))
    if (url.protocol === 'file:') return fileURLToPath(url)
  } catch (error) {
    if (!isAbsent(error)) throw new PluginFailedError(specifier, causeOf(error))
  }
  // A module of Node itself is no plugin.
  throw new PluginNotFoundError(specifier)
}

/** It warns of packages that are found in an old way. Who chose one has no part in that, and nothing else may be lost. */
function withoutDeprecations<Value>(resolve: () => Value): Value {
  const isSilent = process.noDeprecation ?? false
  process.noDeprecation = true
  try {
    return resolve()
  } finally {
    process.noDeprecation = isSilent
  }
}

/** That nothing is there, or that the package does not let anybody import it. */
const absent: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ERR_MODULE_NOT_FOUND',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_INVALID_MODULE_SPECIFIER',
  'ERR_UNSUPPORTED_DIR_IMPORT',
])

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && absent.has(error.code)
}

/** Of a manifest that is no JSON, the words on the JSON. */
function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? error) : error
}
