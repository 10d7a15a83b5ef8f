/** The command line as commander sees it: names and words, no logic. Commands load when they run. */
import { Command, Help } from 'commander'
import type { CacheFlags } from './cache.ts'
import type { CheckFlags } from './check-flags.ts'
import type { DemoFlags } from './commands/demo.ts'
import type { ReportFlags } from './commands/report.ts'
import type { CliContext } from './context.ts'
import { addOption } from './program-options.ts'
import type { CliWords } from './words/index.ts'

type Setting = {
  readonly context: CliContext
  readonly version: string
  /** Takes the exit code of the command that ran. */
  readonly end: (exitCode: number) => void
}

/** Errors of the parser are thrown as commander's own, and printed by nobody but `main`. */
export function createProgram({ context, version, end }: Setting): Command {
  const { words } = context
  const { help } = words
  const program = new Command('wallet-checkup')
    .exitOverride()
    .configureOutput({ writeOut: context.print, writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => titleIn(title, words) })
    .configureHelp({ styleTitle: (title) => titleIn(title, words) })
    .usage('<address> --rpc-url <url> [options]')
    .description(help.program)
    .version(version, '-V, --version', help.options.version)
    .helpOption('-h, --help', help.options.help)
    .helpCommand(false)
    .addHelpText('after', help.examples)

  const check = addCheck(program, words).action(async (address: string | undefined, flags: CheckFlags) => {
    const { default: run } = await import('./commands/check.ts')
    end(await run(address, flags, context))
  })
  addDisplay(
    program.command('report').description(help.report).argument('<file>', help.arguments.reportFile),
    words,
  ).action(async (file: string, flags: ReportFlags) => {
    const { default: run } = await import('./commands/report.ts')
    end(await run(file, flags, context))
  })
  addOption(
    program.command('rules').description(help.rules).argument('[id]', help.arguments.rule),
    'locale',
    words,
  ).action(async (ruleId: string | undefined) => {
    const { default: run } = await import('./commands/rules.ts')
    end(await run(ruleId, context))
  })
  addCache(program, words).action(async (action: string, flags: CacheFlags) => {
    const { default: run } = await import('./commands/cache.ts')
    end(await run(action, flags, context))
  })
  addDisplay(program.command('demo').description(help.demo), words).action(async (flags: DemoFlags) => {
    const { default: run } = await import('./commands/demo.ts')
    end(await run(flags, context))
  })
  // The default command's options are what most people look for. Last, because commands take over what stands here when they are made.
  const plain = new Help()
  program.configureHelp({
    styleTitle: (title) => titleIn(title, words),
    visibleOptions: () => [...check.options, ...plain.visibleOptions(program)],
  })
  return program
}

function addCheck(program: Command, words: CliWords): Command {
  const check = program
    .command('check', { isDefault: true })
    .description(words.help.check)
    .argument('[address]', words.help.arguments.address)
  for (const name of ['rpcUrl', 'chain'] as const) addOption(check, name, words)
  addDisplay(check, words)
  const rest = [
    'failOn',
    'allowIncomplete',
    'rule',
    'skipRule',
    'tokenList',
    'shownTokens',
    'threatList',
    'fromBlock',
    'block',
    'quick',
    'yes',
    'maxRps',
    'maxRequests',
    'timeout',
    'cacheDir',
    'cache',
    'quiet',
    'saveFacts',
    'facts',
  ] as const
  for (const name of rest) addOption(check, name, words)
  return check.addHelpText('after', words.help.examples)
}

function addCache(program: Command, words: CliWords): Command {
  const cache = program.command('cache').description(words.help.cache).argument('<action>', words.help.arguments.cache)
  for (const name of ['cacheDir', 'locale'] as const) addOption(cache, name, words)
  return cache
}

/** What every command that prints a report takes. */
function addDisplay(command: Command, words: CliWords): Command {
  for (const name of ['locale', 'output', 'color'] as const) addOption(command, name, words)
  return command
}

function titleIn(title: string, words: CliWords): string {
  const titles: Readonly<Record<string, string>> = words.help.titles
  return titles[title] ?? title
}
