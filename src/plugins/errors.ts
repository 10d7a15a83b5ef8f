/** What can be wrong with a rule of somebody else. A person chose it by name, so every error names it. */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

const named = (plugin: string) => ({ plugin: value.text(plugin) })

/** No such file or package. */
export class PluginNotFoundError extends CheckupError {
  constructor(plugin: string) {
    super('plugin-not-found', {
      message: `There is no plugin ${JSON.stringify(plugin)}.`,
      data: named(plugin),
      hints: [
        'A path begins with ./ and counts from the folder of the config file; a package must be installed there.',
      ],
    })
  }
}

/** Its code ended in an error while it was loaded. */
export class PluginFailedError extends CheckupError {
  constructor(plugin: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause
    super('plugin-failed', {
      message: `The plugin ${JSON.stringify(plugin)} could not be loaded: ${reason}`,
      data: { ...named(plugin), reason: value.untrustedText(reason.slice(0, 300)) },
      cause,
    })
  }
}

/** It was loaded, and is no rule that can be run. `problem` begins with the place of what is wrong. */
export class PluginInvalidError extends CheckupError {
  constructor(plugin: string, problem: string) {
    super('plugin-invalid', {
      message: `The plugin ${JSON.stringify(plugin)} cannot be used: ${problem}.`,
      data: { ...named(plugin), problem: value.text(problem) },
      hints: ['Its default export must be a rule that defineRule made, or an array of them.'],
    })
  }
}

/** It was made for another version of rules. */
export class PluginVersionError extends CheckupError {
  constructor(plugin: string, versions: { readonly found: number; readonly known: number }) {
    super('plugin-version', {
      message: `The plugin ${JSON.stringify(plugin)} is made for version ${versions.found} of rules; this is version ${versions.known}.`,
      data: { ...named(plugin), found: value.count(versions.found), known: value.count(versions.known) },
      hints: ['Update the older of the two.'],
    })
  }
}

/** Two rules have one id: nobody could tell their findings apart. */
export class PluginDuplicateError extends CheckupError {
  constructor(plugin: string, ruleId: string) {
    super('plugin-duplicate', {
      message: `The plugin ${JSON.stringify(plugin)} brings a rule that is there already: ${ruleId}.`,
      data: { ...named(plugin), rule: value.text(ruleId) },
      hints: ['Name each plugin once.'],
    })
  }
}
