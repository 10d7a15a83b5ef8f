/** The config file as it stands: its shape is checked, its variables are not filled in, and no rule is known yet. Pure. */
import { findSecretInFile, SecretInputError } from '../secrets.ts'
import { checkShape } from './check-shape.ts'
import { type ParsedFile, parseFile } from './parse-document.ts'
import { ConfigFileError, type Path } from './problem.ts'
import { type Config, configSchema } from './schema.ts'
import { hasVariable } from './variables.ts'

export type ReadConfig = { readonly config: Config; readonly file: ParsedFile }

/**
 * @param file its path as errors and reports are to name it
 * @throws ConfigFileError with line and column; SecretInputError with the file
 */
export function readConfig(text: string, file: string): ReadConfig {
  refuseSecret(text, file)
  const parsed = parseFile(text, file)
  const texts = textsIn(parsed.data, [])
  // What is written with escapes, or over several lines, looks like nothing in the text of the file.
  for (const written of texts) refuseSecret(written.text, file)
  const config = checkShape(parsed.data, { schema: configSchema, file: parsed })
  const misplaced = texts.find(({ text: written, path }) => hasVariable(written) && !takesVariables(path))
  if (misplaced !== undefined) {
    const { path } = misplaced
    throw new ConfigFileError('variable', { at: parsed.placeOf(path), path })
  }
  return { config, file: parsed }
}

function refuseSecret(text: string, file: string): void {
  const kind = findSecretInFile(text)
  if (kind !== null) throw new SecretInputError(kind, file)
}

/** Only what must stay out of the file: elsewhere a variable would make two runs of one file differ. */
function takesVariables(path: Path): boolean {
  const [top, , key = ''] = path
  if (top === 'notify') return ['url', 'secret', 'token'].includes(String(key))
  const ofChains = ['rpc', 'second', 'logsFrom', 'logsKey', 'historyUrl', 'historyKey']
  return top === 'chains' && ofChains.includes(String(key))
}

type Written = { readonly text: string; readonly path: Path }

/** Keys too. */
function textsIn(data: unknown, path: Path): readonly Written[] {
  if (typeof data === 'string') return [{ text: data, path }]
  if (typeof data !== 'object' || data === null) return []
  if (Array.isArray(data)) return data.flatMap((item, index) => textsIn(item, [...path, index]))
  return Object.entries(data).flatMap(([key, item]) => [{ text: key, path }, ...textsIn(item, [...path, key])])
}
