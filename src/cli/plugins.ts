/** The rules of a run: the built-in ones, and those of plugins that a file or an option names. */
import { dirname } from 'node:path'
import type { Rule } from '../core/rule.ts'
import { rules as builtIn, loadPlugins } from '../index.ts'
import { findConfig } from './config/find-config.ts'
import type { CliContext } from './context.ts'

export type PluginFlags = { readonly plugin?: readonly string[] }
/** What a config file names counts from its folder; what an option names, from where the command runs. */
type Named = { readonly path: string; readonly plugins: readonly string[] }

/** @throws what `loadPlugins` throws */
export async function rulesWith({ plugin = [] }: PluginFlags, named: Named | null): Promise<readonly Rule[]> {
  const ofFile =
    named === null ? [] : await loadPlugins(named.plugins, { baseDirectory: dirname(named.path), rules: builtIn })
  const rules = [...builtIn, ...ofFile]
  return [...rules, ...(await loadPlugins(plugin, { baseDirectory: process.cwd(), rules }))]
}

/** Of a command that is about rules, and no account. @throws ConfigFileError and what `loadPlugins` throws */
export async function rulesOf(
  flags: PluginFlags & { readonly config?: string | false },
  context: CliContext,
): Promise<readonly Rule[]> {
  const found = findConfig(flags)
  if (found === null) return rulesWith(flags, null)
  const { loadFile } = await import('./config/load-config.ts')
  const { config } = await loadFile(found.path, context)
  return rulesWith(flags, { path: found.path, plugins: config.plugins ?? [] })
}
