/** What npm leaves behind of the arguments when it starts this program: `npm start -- …`, `npx …`. */
import { join } from 'node:path'

export type NpmTraces = {
  /** npm, or a program like it. */
  readonly starter: string
  /** It may have printed the arguments. */
  readonly isShown: boolean
  /** Where it may have written them down; null when it has not. */
  readonly logFolder: string | null
}

type Variables = Readonly<Record<string, string | undefined>>

/** null when this program was started by itself. npm tells what it runs its settings in variables. */
export function npmTraces(variables: Variables): NpmTraces | null {
  if (variables.npm_lifecycle_event === undefined) return null
  const [starter = 'npm'] = /^[a-z]{1,10}(?=\/)/.exec(variables.npm_config_user_agent ?? '') ?? []
  return {
    starter,
    // `npx` shows nothing.
    isShown: variables.npm_config_loglevel !== 'silent' && variables.npm_command !== 'exec',
    logFolder: starter === 'npm' && variables.npm_config_logs_max !== '0' ? logFolderOf(variables) : null,
  }
}

function logFolderOf({ npm_config_logs_dir: folder, npm_config_cache: cache }: Variables): string {
  if (folder !== undefined && folder !== '') return folder
  return join(cache ?? '~/.npm', '_logs')
}
